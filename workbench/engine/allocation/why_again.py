"""How the amount of a change is searched, by a rule that tells for any amount what it funds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from workbench.engine.allocation.points import whole_points
from workbench.engine.allocation.readings import Needs
from workbench.engine.allocation.why_best import Found, Tries, first_above

_LARGEST_SCORE = 900_000_000
"""Units beyond which `whole_points` would have to round the other scores."""

MOST_DOWN = 4
"""Round amounts below a guess that are tried."""
_FIGURES = (10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30, 33, 36, 39, 43, 47, 51, 56, 62, 68, 75, 82, 91)


def highest_rise(needs: Needs) -> int:
    """Return by how many units a score is raised at most: above all others together.

    Examples
    --------
    >>> import pandas as pd
    >>> highest_rise(Needs(pd.Series({"a": 3, "b": 1}), pd.Series({"a": 6, "b": 4}), 8))
    9
    """
    units = abs(whole_points(needs.scores).units)
    return min(2 * int(units.sum()) + 1, _LARGEST_SCORE - int(units.max()))


def first_amount(works: Callable[[int], bool], limit: int) -> int | None:
    """Return an amount that works while one less does not, searching upwards in doubling steps first.

    Examples
    --------
    >>> first_amount(lambda amount: amount >= 37, 100)
    37
    """
    low, high = 0, 1
    while high < limit and not works(high):
        low, high = high, high * 2
    high = min(high, limit)
    if high <= low or not works(high):
        return None
    return first_above(low, high, works)


def searched_near(tries: Tries, guess: int, limit: int) -> Found:
    """Return the least amount, where none that does it is followed by one that does not.

    Parameters
    ----------
    tries : Tries
    guess : int
        At least 1, and near what is sought: the fewer steps away, the fewer amounts are tried.
    limit : int
        The largest amount.

    Examples
    --------
    >>> tries = Tries("b", lambda amount: frozenset({"b"} if amount >= 37 else ()))
    >>> searched_near(tries, 36, 100).amount
    37
    """
    low, high, step = min(guess, limit) - 1, min(guess, limit), 1
    while high < limit and not tries.works(high):
        low, high, step = high, min(high + step, limit), step * 2
    if high < 1 or not tries.works(high):
        return tries.found(None)
    step = 1
    while low > 0 and tries.works(low):
        low, high, step = max(low - step, 0), low, step * 2
    return tries.found(first_above(low, high, tries.works))


def searched_on(tries: Tries, rungs: Sequence[int], guess: int) -> Found:
    """Return the first of some amounts, from a guess on, that does it; less may do as well.

    Parameters
    ----------
    tries : Tries
    rungs : sequence of int
        Rising.
    guess : int
        Tried first.

    Examples
    --------
    >>> tries = Tries("b", lambda amount: frozenset({"b"} if amount >= 37 else ()))
    >>> [searched_on(tries, [20, 30, 40, 50], guess).amount for guess in (44, 37, 12)]
    [40, 37, 40]
    """
    place = bisect_left(rungs, guess)
    if not tries.works(guess):
        found = _first_from(place, rungs, tries)
        return tries.found(found, smallest=False, enough=found is not None)
    below = [guess, *rungs[max(place - MOST_DOWN, 0) : place][::-1]]
    least = next((at for at, rung in enumerate(below) if not tries.works(rung)), len(below)) - 1
    return tries.found(below[least], smallest=False, enough=True)


def _first_from(place: int, rungs: Sequence[int], tries: Tries) -> int | None:
    """Return an amount that does it while the one before does not, in doubling steps up from a place."""
    low, high, step, last = place - 1, place, 1, len(rungs) - 1
    while high < last and not tries.works(rungs[high]):
        low, high, step = high, min(high + step, last), step * 2
    if high > last or not tries.works(rungs[high]):
        return None
    return rungs[first_above(low, high, lambda at: tries.works(rungs[at]))]


def round_amounts(limit: int, unit: int) -> list[int]:
    """Return amounts of two figures below a limit, each about a tenth above the one before; rising.

    Parameters
    ----------
    limit : int
    unit : int
        All are whole numbers of it.

    Examples
    --------
    >>> round_amounts(60, 5)
    [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55]
    """
    most = -(-limit // unit)
    held = (figure * 10**power for power in range(len(str(most))) for figure in _FIGURES)
    return [count * unit for count in (*range(1, 10), *held) if count < most]
