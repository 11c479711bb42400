"""How much more money would fund a proposal under the best total: the smallest rise, searched in intervals.

With ``B(c)`` for the others' best total at a ceiling, a proposal of worth ``v`` and cost ``w`` is in a best
plan where ``v + B(c - w) >= B(c)``. Split totals and whole plans close below them leave few ceilings in
question; there both sides are known at every ceiling at once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import partial
from math import gcd
from typing import NamedTuple

import numpy as np

from workbench.engine.allocation.knapsack import Integers
from workbench.engine.allocation.relaxed_totals import Floats, RelaxedTotals
from workbench.engine.allocation.staircase import Staircase, staircase
from workbench.engine.allocation.standing_total import StandingTotal
from workbench.engine.allocation.why_best import Found, Others, Tries, first_above, split

MOST_INTERVALS = 24
"""Intervals that are searched; after them the search halves, and what it finds may not be the smallest."""
PARTS = 4
"""Intervals up to the ceiling at which the split totals say that the proposal comes in."""
MOST_TIES = 8
"""Ceilings at which the public tie order is asked one by one, in all."""
_FINE = 1e-3

Stairs = tuple[Integers, Integers]


class _Stretch(NamedTuple):
    """Ceilings at which the proposal is level or ahead; the end is not among them."""

    start: int
    end: int
    ahead: bool


def ceiling_for_best(standing: StandingTotal, proposal: Hashable) -> Found:
    """Return the smallest rise of the ceiling that brings a proposal into the best plan.

    More money can also push a proposal out of the best plan, so no bisection finds the smallest rise. After
    `MOST_INTERVALS` the search halves intervals, and what it finds works while one rupiah less does not.

    Parameters
    ----------
    standing : StandingTotal
    proposal : label
        A proposal that is not funded.

    Returns
    -------
    Found
        Rupiah; no amount when no rise up to the cost of everything does it.

    Examples
    --------
    >>> import pandas as pd
    >>> from workbench.engine.allocation.readings import Needs
    >>> needs = Needs(pd.Series({"a": 3.0, "b": 2.0}), pd.Series({"a": 5, "b": 4}), 7)
    >>> ceiling_for_best(StandingTotal.of(needs), "b")[:2]
    (2, True)
    """
    given, tries = split(standing, proposal), Tries(proposal, partial(standing.richer, proposal))
    unit = max(gcd(given.cost, *given.costs.tolist()), 1)
    others = given.in_units_of(unit)
    ties = _Ties(lambda ceiling: tries.works(ceiling * unit - given.ceiling))
    search = _Search(others)
    for stretch in search.stretches():
        ceiling = stretch.start if stretch.ahead else ties.first_in(stretch)
        if ceiling is not None:
            return tries.found(ceiling * unit - given.ceiling, smallest=not ties.skipped)
    if search.low > search.everything:
        return tries.found(None)
    ceiling = first_above(search.low - 1, search.everything, others.ahead)
    return tries.found(ceiling * unit - given.ceiling if others.ahead(ceiling) else None, smallest=False)


class _Ties:
    """Asks the public tie order where totals are level, so often and no more."""

    def __init__(self, works: Callable[[int], bool]) -> None:
        self.works = works
        self.skipped = False
        self._left = MOST_TIES

    def first_in(self, stretch: _Stretch) -> int | None:
        """Return a ceiling of a level stretch with the proposal in; the first, if none is skipped."""
        asked = range(stretch.start, stretch.end)[: max(self._left, 1)]
        self._left -= len(asked)
        found = next((ceiling for ceiling in asked if self.works(ceiling)), None)
        last = stretch.end - 1
        if found is not None or last == asked[-1]:
            return found
        self.skipped = True
        return first_above(asked[-1], last, self.works) if self.works(last) else None


class _Search:
    """The search for ceilings at which a proposal is level or ahead, from below; money in whole units."""

    def __init__(self, others: Others) -> None:
        self.others = others
        self.split_totals = RelaxedTotals.of(others.values, others.costs)
        self.low = max(others.ceiling + 1, others.cost)
        self.everything = max(int(others.costs.sum()) + others.cost, self.low)

    def stretches(self) -> Iterator[_Stretch]:
        """Yield stretches from below, as far as `MOST_INTERVALS` lead; `low` tells how far they led."""
        turn = first_above(self.low - 1, self.everything, self._leads_split)
        known = self.split_totals.exchanges(self.low, turn)
        self.low = self._in_question(known, turn)
        width = max((turn - self.low) // PARTS, 1)
        for _ in range(MOST_INTERVALS):
            if self.low > self.everything:
                return
            high = min(self.low + width, self.everything)
            sides = self._sides(known, self.low, high)
            if sides is None:
                width = max(width // 2, 1)
                continue
            yield from self._compared(*sides)
            self.low = high + 1

    def _leads_split(self, ceiling: int) -> bool:
        without = float(self.split_totals.at(np.array([ceiling]))[0])
        return float(self._with_split(np.array([ceiling]))[0]) >= without

    def _with_split(self, ceilings: Integers) -> Floats:
        """Return the most that the proposal and the others could reach together."""
        return np.asarray(self.others.value + self.split_totals.at(ceilings - self.others.cost) + _FINE)

    def _in_question(self, known: Stairs, turn: int) -> int:
        """Return the first ceiling at which known plans without the proposal do not settle the matter."""
        ends = np.append(known[0][1:] - 1, turn)
        unsettled = np.flatnonzero(known[1] <= self._with_split(ends))
        return int(known[0][unsettled[0]]) if unsettled.size else turn

    def _sides(self, known: Stairs, low: int, high: int) -> tuple[Staircase, Staircase] | None:
        """Return the best totals without the proposal, and with it where it comes level."""
        others = self.others
        near = known[0] <= high
        seen = known[0][near], known[1][near]
        without = staircase(others.values, others.costs, low, high, seen, self._with_split)
        if without is None:
            return None
        below = without.starts - others.cost, without.totals - others.value - 1
        within = staircase(others.values, others.costs, low - others.cost, high - others.cost, below)
        return None if within is None else (without, within)

    def _compared(self, without: Staircase, within: Staircase) -> Iterator[_Stretch]:
        cost, value = self.others.cost, self.others.value
        points = np.unique(np.concatenate([without.starts, within.starts + cost]))
        lead = value + within.at(points - cost) - without.at(points)
        ends = np.append(points[1:], without.high + 1)
        for place in np.flatnonzero(lead >= 0).tolist():
            yield _Stretch(int(points[place]), int(ends[place]), ahead=bool(lead[place] > 0))
