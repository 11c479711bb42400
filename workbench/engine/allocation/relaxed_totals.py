"""The best total without whole decisions at every ceiling, and whole plans that lie close below it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.engine.allocation.knapsack import Integers, undominated

Floats = npt.NDArray[np.float64]

NEIGHBOURS = 24
"""Items on each side of the break that are tried in exchange for one another."""


@dataclass(frozen=True)
class RelaxedTotals:
    """The best totals when items may be split: a concave line through the greedy prefixes.

    Attributes
    ----------
    values, costs : array of int64
        Items that are worth anything, best value per rupiah first.
    spent, reached : array of int64
        Before every item and after the last.
    """

    values: Integers
    costs: Integers
    spent: Integers
    reached: Integers

    @classmethod
    def of(cls, values: Integers, costs: Integers) -> RelaxedTotals:
        """Return the line of some items; costs at least zero.

        Examples
        --------
        >>> RelaxedTotals.of(np.array([60, 100]), np.array([10, 25])).at(np.array([20]))
        array([100.])
        """
        useful = np.flatnonzero(values > 0)
        ratio = values[useful] / np.maximum(costs[useful], 0.5)
        order = useful[np.argsort(-ratio, kind="stable")]
        nothing = np.zeros(1, dtype=np.int64)
        return cls(
            values[order],
            costs[order],
            np.concatenate([nothing, np.cumsum(costs[order])]),
            np.concatenate([nothing, np.cumsum(values[order])]),
        )

    def at(self, ceilings: Integers) -> Floats:
        """Return the best split totals at some ceilings of at least zero."""
        place = np.searchsorted(self.spent, ceilings, side="right") - 1
        item = np.minimum(place, self.costs.size - 1)
        if self.costs.size == 0:
            return np.zeros(np.asarray(ceilings).size)
        rest = (ceilings - self.spent[place]) * (self.values[item] / np.maximum(self.costs[item], 1))
        return np.asarray(self.reached[place] + np.where(place < self.costs.size, rest, 0.0))

    def exchanges(self, low: int, high: int) -> tuple[Integers, Integers]:
        """Return costs and totals of whole plans between two ceilings, costs and totals rising.

        Every greedy prefix there, with one of the next items put in and one of its last taken out.
        """
        first = int(np.searchsorted(self.spent, low, side="right")) - 1
        last = int(np.searchsorted(self.spent, high, side="right")) - 1
        found = [self._around(place) for place in range(max(first - 1, 0), last + 1)]
        cost = np.concatenate([one for one, _ in found])
        total = np.concatenate([other for _, other in found])
        fits = (cost >= 0) & (cost <= high)
        return undominated(np.maximum(cost[fits], low), total[fits])

    def _around(self, place: int) -> tuple[Integers, Integers]:
        puts = slice(place, place + NEIGHBOURS)
        takes = slice(max(place - NEIGHBOURS, 0), place)
        cost = _one_for_one(self.costs[puts], self.costs[takes])
        total = _one_for_one(self.values[puts], self.values[takes])
        return cost + self.spent[place], total + self.reached[place]


def _one_for_one(added: Integers, taken: Integers) -> Integers:
    """Return the sums of none or one of the added less none or one of the taken."""
    nothing = np.zeros(1, dtype=np.int64)
    more, less = np.concatenate([nothing, added]), np.concatenate([nothing, taken])
    return np.asarray(np.subtract.outer(more, less).ravel())
