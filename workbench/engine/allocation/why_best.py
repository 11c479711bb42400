"""Exact answers to "why not" under the best total: few solves instead of many, each confirmed by a re-run."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import NamedTuple

import numpy as np

from workbench.engine.allocation.knapsack import Integers, best_subset
from workbench.engine.allocation.money import priced
from workbench.engine.allocation.points import whole_points
from workbench.engine.allocation.readings import Needs


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
        Whether that is all that is known of the amount: less may do, and what is funded then is not told.
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


def cost_for_best(needs: Needs, proposal: Hashable, works: Callable[[int], bool]) -> Found:
    """Return by how much less a proposal would have to cost to be in the best plan.

    Parameters
    ----------
    needs : Needs
        The session, all scores at least zero.
    proposal : label
        A proposal that is not funded.
    works : callable
        Runs the rule again with a lower cost.

    Returns
    -------
    Found
        Rupiah; no amount when no price helps.

    Examples
    --------
    >>> import pandas as pd
    >>> needs = Needs(pd.Series({"a": 3.0, "b": 2.0}), pd.Series({"a": 5, "b": 4}), 7)
    >>> cost_for_best(needs, "b", lambda amount: amount >= 2).amount
    2
    """
    others = split(needs, proposal)
    top = others.best(others.ceiling)
    fails = 0
    for ahead in (0, 1):  # an equal total may lose by the public tie order; one unit ahead cannot
        needed = others.cheapest(max(top + ahead - others.value, 0))
        if needed is None or needed > others.ceiling:
            continue
        amount = max(others.cost - (others.ceiling - needed), 1)
        if amount <= others.cost and works(amount):
            return Found(first_above(fails, amount, works) if ahead else amount, smallest=True)
        fails = amount
    # Between the two other plans of an equal total come within reach, and one of them may be the first.
    return Found(first_above(fails, others.cost, works) if works(others.cost) else None, smallest=True)


def score_for_best(needs: Needs, proposal: Hashable, works: Callable[[int], bool]) -> Found:
    """Return how many score units more would bring a proposal into the best plan.

    Parameters
    ----------
    needs, proposal, works
        As `cost_for_best`, the last with a higher score.

    Returns
    -------
    Found
        Score units; no amount when the proposal alone costs more than the ceiling.

    Examples
    --------
    >>> import pandas as pd
    >>> needs = Needs(pd.Series({"a": 3, "b": 1}), pd.Series({"a": 5, "b": 4}), 7)
    >>> score_for_best(needs, "b", lambda amount: amount > 2).amount
    3
    """
    others = split(needs, proposal)
    if others.cost > others.ceiling:
        return Found(None, smallest=True)
    with_it = others.value + others.best(others.ceiling - others.cost)
    level = max(others.best(others.ceiling) - with_it, 1)
    return Found(level if works(level) else level + 1, smallest=True)


def split(needs: Needs, proposal: Hashable) -> Others:
    """Return all proposals but one, and that one.

    Examples
    --------
    >>> import pandas as pd
    >>> split(Needs(pd.Series({"a": 3, "b": 1}), pd.Series({"a": 5, "b": 4}), 7), "b").costs
    array([5])
    """
    price = priced(needs.costs)
    labels = needs.scores.index.tolist()
    place = labels.index(proposal)
    units = whole_points(needs.scores).units
    money = np.array([price[label] for label in labels], dtype=np.int64)
    keep = np.arange(len(labels)) != place
    return Others(units[keep], money[keep], int(units[place]), int(money[place]), int(needs.ceiling))


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
