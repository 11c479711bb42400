"""Answers to "why not" under rules that run again for every amount, and how an amount is searched."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from workbench.engine.allocation.changes import CHANGES, ChangeKind
from workbench.engine.allocation.money import priced
from workbench.engine.allocation.points import whole_points
from workbench.engine.allocation.readings import Needs, funded_under
from workbench.engine.allocation.why_best import Found, Tries

_LARGEST_SCORE = 900_000_000
"""Units beyond which `whole_points` would have to round the other scores."""


@dataclass(frozen=True)
class StandingShares:
    """A session under a rule that shares money; every question runs the rule again.

    Attributes
    ----------
    needs : Needs
    rule : str
        A name of `workbench.engine.allocation.readings.READINGS`.
    """

    needs: Needs
    rule: str

    @cached_property
    def funded(self) -> frozenset[Hashable]:
        """What the rule funds as things are."""
        return frozenset(funded_under(self.rule, self.needs))

    def found(self, proposal: Hashable, kind: ChangeKind) -> Found:
        """Return a change of a kind that funds a proposal while one less does not.

        Examples
        --------
        >>> import pandas as pd
        >>> ballots = pd.DataFrame({"a": [1, 1], "b": [0, 1]})
        >>> needs = Needs(pd.Series({"a": 3, "b": 1}), pd.Series({"a": 6, "b": 4}), 8, ballots)
        >>> StandingShares(needs, "phragmen").found("b", ChangeKind.CEILING_MORE).amount
        2
        """

        def after(amount: int) -> frozenset[Hashable]:
            return frozenset(funded_under(self.rule, CHANGES[kind](self.needs, proposal, amount)))

        tries = Tries(proposal, after)
        amount = first_amount(tries.works, _LIMITS[kind](self.needs, proposal))
        return tries.found(amount, smallest=amount is None)


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
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if works(middle) else (middle, high)
    return high


def _whole_cost(needs: Needs, proposal: Hashable) -> int:
    return priced(needs.costs)[proposal]


def _everything(needs: Needs, proposal: Hashable) -> int:  # noqa: ARG001 - one signature for all
    return max(sum(priced(needs.costs).values()) - needs.ceiling, 0)


def _everybody(needs: Needs, proposal: Hashable) -> int:  # noqa: ARG001
    return len(needs.with_ballots())


_LIMITS: Mapping[ChangeKind, Callable[[Needs, Hashable], int]] = MappingProxyType(
    {
        ChangeKind.COST_LESS: _whole_cost,
        ChangeKind.SUPPORT_MORE: _everybody,
        ChangeKind.CEILING_MORE: _everything,
    }
)
"""The largest change of each kind that is looked at; scores alone fund nothing under these rules."""
