"""Exact answers to "why not" under the best total: few solves instead of many, each confirmed by a re-run."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import NamedTuple

import numpy as np

from workbench.engine.allocation.knapsack import Integers, best_subset
from workbench.engine.allocation.standing_total import StandingTotal


class Found(NamedTuple):
    """What a search for the smallest change of a kind found.

    Attributes
    ----------
    amount : int or None
        It funds the proposal; None where nothing does.
    smallest : bool
        Whether no smaller one does.
    funded : frozenset of labels, or None
        What is funded then, where it is known.
    enough : bool
        Whether less may do, by one unit even; what is funded then may not be known either.
    """

    amount: int | None
    smallest: bool
    funded: frozenset[Hashable] | None = None
    enough: bool = False


class Others(NamedTuple):
    """All proposals but one, and that one, in whole units of score and money."""

    values: Integers
    costs: Integers
    value: int
    cost: int
    ceiling: int

    def in_units_of(self, unit: int) -> Others:
        """Return the same with money in units that divide every cost."""
        return self._replace(costs=self.costs // unit, cost=self.cost // unit, ceiling=self.ceiling // unit)

    def best(self, ceiling: int) -> int:
        """Return the best total without the proposal."""
        return best_subset(self.values, self.costs, ceiling).value if ceiling >= 0 else -1

    def ahead(self, ceiling: int) -> bool:
        """Return whether the best total with the proposal is larger, whatever the public tie order says."""
        return ceiling >= self.cost and self.best(ceiling) < self.value + self.best(ceiling - self.cost)

    def cheapest(self, total: int) -> int | None:
        """Return the least rupiah that reach a total without the proposal: a knapsack of what is left out."""
        spare = int(self.values.sum()) - total
        if spare < 0:
            return None
        left_out = best_subset(self.costs, self.values, spare)
        return int(self.costs.sum()) - left_out.value


def cost_for_best(standing: StandingTotal, proposal: Hashable) -> Found:
    """Return by how much less a proposal would have to cost to be in the best plan.

    Parameters
    ----------
    standing : StandingTotal
    proposal : label
        A proposal that is not funded.

    Returns
    -------
    Found
        Rupiah; no amount when no price helps.

    Examples
    --------
    >>> import pandas as pd
    >>> from workbench.engine.allocation.readings import Needs
    >>> needs = Needs(pd.Series({"a": 3.0, "b": 2.0}), pd.Series({"a": 5, "b": 4}), 7)
    >>> cost_for_best(StandingTotal.of(needs), "b").amount
    2
    """
    others, tries = split(standing, proposal), Tries(proposal, partial(standing.cheaper, proposal))
    top = standing.answer.value  # the best plan is one without it
    fails = 0
    for ahead in (0, 1):  # an equal total may lose by the public tie order; one unit ahead cannot
        needed = others.cheapest(max(top + ahead - others.value, 0))
        if needed is None or needed > others.ceiling:
            continue
        amount = max(others.cost - (others.ceiling - needed), 1)
        if amount <= others.cost and tries.works(amount):
            return tries.found(first_above(fails, amount, tries.works) if ahead else amount)
        fails = amount
    # Between the two other plans of an equal total come within reach, and one of them may be the first.
    works = others.cost > 0 and tries.works(others.cost)
    return tries.found(first_above(fails, others.cost, tries.works) if works else None)


def score_for_best(standing: StandingTotal, proposal: Hashable) -> Found:
    """Return how many score units more would bring a proposal into the best plan.

    Parameters
    ----------
    standing, proposal
        As `cost_for_best`.

    Returns
    -------
    Found
        Score units; no amount when the proposal alone costs more than the ceiling.

    Examples
    --------
    >>> import pandas as pd
    >>> from workbench.engine.allocation.readings import Needs
    >>> needs = Needs(pd.Series({"a": 3, "b": 1}), pd.Series({"a": 5, "b": 4}), 7)
    >>> score_for_best(StandingTotal.of(needs), "b").amount
    3
    """
    others, tries = split(standing, proposal), Tries(proposal, partial(standing.better_scored, proposal))
    if others.cost > others.ceiling:
        return tries.found(None)
    with_it = others.value + others.best(others.ceiling - others.cost)
    level = max(standing.answer.value - with_it, 1)
    return tries.found(level if tries.works(level) else level + 1)


class Tries:
    """What is funded after changes of one kind, each amount tried once.

    Parameters
    ----------
    proposal : label
    after : callable
        From an amount to what is funded then.
    """

    def __init__(self, proposal: Hashable, after: Callable[[int], frozenset[Hashable]]) -> None:
        self._proposal, self._after = proposal, after
        self._known: dict[int, frozenset[Hashable]] = {}

    def works(self, amount: int) -> bool:
        """Return whether the proposal is funded."""
        return self._proposal in self.after(amount)

    def after(self, amount: int) -> frozenset[Hashable]:
        """Return what is funded."""
        if amount not in self._known:
            self._known[amount] = self._after(amount)
        return self._known[amount]

    def found(self, amount: int | None, *, smallest: bool = True, enough: bool = False) -> Found:
        """Return what a search found, with what is funded then."""
        return Found(amount, smallest, None if amount is None else self.after(amount), enough)


def split(standing: StandingTotal, proposal: Hashable) -> Others:
    """Return all proposals but one, and that one.

    Examples
    --------
    >>> import pandas as pd
    >>> from workbench.engine.allocation.readings import Needs
    >>> standing = StandingTotal.of(Needs(pd.Series({"a": 3, "b": 1}), pd.Series({"a": 5, "b": 4}), 7))
    >>> split(standing, "b").costs
    array([5])
    """
    problem, place = standing.problem, standing.place[proposal]
    units, money = problem.points.units, problem.costs
    keep = np.arange(money.size) != place
    return Others(units[keep], money[keep], int(units[place]), int(money[place]), problem.ceiling)


def first_above(low: int, high: int, works: Callable[[int], bool]) -> int:
    """Return a number above `low` that works while one less does not; `high` where none below it is found.

    Examples
    --------
    >>> first_above(0, 100, lambda number: number >= 37)
    37
    """
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if works(middle) else (middle, high)
    return high
