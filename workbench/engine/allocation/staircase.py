"""The best total at every ceiling of an interval at once, exactly: one dynamic programme instead of many.

The list of states grows from the break item, as in `workbench.engine.allocation.knapsack`. A state is dropped
when it can beat the best known total at no ceiling of the interval. Bounds are float but only err towards
keeping a state.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.engine.allocation.knapsack import Integers, undominated

Floats = npt.NDArray[np.float64]

MOST_STATES = 40_000
"""A list longer than this is given up; the caller asks for a shorter interval."""
_SLACK = 1e-6

Stairs = tuple[Integers, Integers]
"""Ceilings or costs, and totals, both rising."""


@dataclass(frozen=True)
class Staircase:
    """The best total as a function of the ceiling, on an interval.

    Attributes
    ----------
    starts : array of int64
        Ceilings at which the best total rises; the first is the low end of the interval.
    totals : array of int64
        From that ceiling up to the next.
    high : int
        The high end of the interval, inclusive.
    """

    starts: Integers
    totals: Integers
    high: int

    def at(self, ceilings: Integers) -> Integers:
        """Return the best totals at some ceilings of the interval."""
        return np.asarray(self.totals[np.searchsorted(self.starts, ceilings, side="right") - 1])


@dataclass(frozen=True)
class _Core:
    """Items in order of value per rupiah, and which of them the states have decided about."""

    values: Integers
    costs: Integers
    ratios: Floats
    left: int
    right: int

    @property
    def done(self) -> bool:
        return self.left == 0 and self.right == self.values.size

    def rates(self) -> tuple[float, float]:
        """Return the value per rupiah of the next items to take out and to put in."""
        out = float(self.ratios[self.left - 1]) if self.left else float("inf")
        return out, float(self.ratios[self.right]) if self.right < self.ratios.size else 0.0


def staircase(
    values: Integers,
    costs: Integers,
    low: int,
    high: int,
    known: tuple[Integers, Integers] | None = None,
    enough: Callable[[Integers], Floats] | None = None,
) -> Staircase | None:
    """Return the best total at every ceiling from `low` to `high`; None where too many states are needed.

    A kernel on plain arrays, like `workbench.engine.allocation.knapsack.best_subset`.

    Parameters
    ----------
    values, costs : array of int64
        By item; costs at least zero; each sum below 2**62.
    low, high : int
        Ceilings, ``0 <= low <= high``.
    known : pair of arrays of int64, optional
        Stairs (starts, totals) below which nothing is of interest: totals are never told lower.
    enough : callable, optional
        From ceilings to totals, rising. Where the best total is above it, some total above it is told.

    Examples
    --------
    >>> found = staircase(np.array([60, 100, 120]), np.array([10, 20, 30]), 25, 50)
    >>> found.starts.tolist(), found.totals.tolist()
    ([25, 30, 40, 50], [100, 160, 180, 220])
    """
    free = int(values[(costs == 0) & (values > 0)].sum())
    useful = np.flatnonzero((values > 0) & (costs > 0) & (costs <= high))
    ratios = values[useful] / costs[useful]
    order = np.argsort(-ratios, kind="stable")
    items = useful[order]
    window = _Window(low, high, None if enough is None else lambda ends: enough(ends) - free)
    steps = _started(values[items], costs[items], low)
    if known is not None:
        steps = window.merged(steps, known[0], known[1] - free)
    core, weight, profit = _opened(values[items], costs[items], ratios[order], steps, window)
    while weight.size and not core.done:
        core, weight, profit = _grown(core, weight, profit)
        steps = window.merged(steps, weight, profit)
        kept = _promising(core, weight, profit, window.in_question(steps), window)
        weight, profit = weight[kept], profit[kept]
        if weight.size > MOST_STATES:
            return None
    return Staircase(steps[0], steps[1] + free, high)


@dataclass(frozen=True)
class _Window:
    """The interval of ceilings, and the totals above which it does not matter by how much."""

    low: int
    high: int
    enough: Callable[[Integers], Floats] | None

    def merged(self, steps: Stairs, weight: Integers, profit: Integers) -> Stairs:
        """Return the stairs with further states on them."""
        fits = weight <= self.high
        return undominated(
            np.concatenate([steps[0], np.maximum(weight[fits], self.low)]),
            np.concatenate([steps[1], profit[fits]]),
        )

    def in_question(self, steps: Stairs) -> Stairs:
        """Return the last ceilings of the stairs that matter, and their totals."""
        ends = np.append(steps[0][1:] - 1, self.high)
        if self.enough is None:
            return ends, steps[1]
        matters = steps[1] <= self.enough(ends)
        return ends[matters], steps[1][matters]


def _opened(
    values: Integers, costs: Integers, ratios: Floats, steps: Stairs, window: _Window
) -> tuple[_Core, Integers, Integers]:
    """Return the items that any better plan leaves open, and the state to start from.

    With a price for each rupiah, an item on the wrong side costs the total as much as it lies away from that
    price. Where that is more than the stairs could still rise, the item is decided.
    """
    ends, totals = window.in_question(steps)
    broken = int(np.searchsorted(np.cumsum(costs), (window.low + window.high) // 2, side="right"))
    rate = float(ratios[min(broken, ratios.size - 1)]) if ratios.size else 0.0
    worth = values - rate * costs
    bound = ends * rate + float(np.maximum(worth, 0.0).sum())
    rise = float((bound - totals).max(initial=-1.0)) if ends.size else -1.0
    open_items = np.abs(worth) <= rise * (1 + 1e-9) + _SLACK
    inside = ~open_items & (worth > 0)
    spent, reached = int(costs[inside].sum()), int(values[inside].sum())
    values, costs = values[open_items], costs[open_items]
    broken = int(np.searchsorted(spent + np.cumsum(costs), (window.low + window.high) // 2, side="right"))
    core = _Core(values, costs, ratios[open_items], broken, broken)
    weight = np.array([spent + int(costs[:broken].sum())], dtype=np.int64)
    profit = np.array([reached + int(values[:broken].sum())], dtype=np.int64)
    return core, weight, profit


def _started(values: Integers, costs: Integers, low: int) -> Stairs:
    """Return the first stair: what a walk down the order takes for the lowest ceiling."""
    left, reached = low, 0
    for cost, value in zip(costs.tolist(), values.tolist(), strict=True):
        if cost <= left:
            left -= cost
            reached += value
    return np.array([low], dtype=np.int64), np.array([reached], dtype=np.int64)


def _grown(core: _Core, weight: Integers, profit: Integers) -> tuple[_Core, Integers, Integers]:
    """Decide about one more item in every state, and keep the states that none other dominates."""
    middle = (core.left + core.right) // 2
    adds = core.right < core.values.size and (core.left == 0 or core.right - middle <= middle - core.left)
    item = core.right if adds else core.left - 1
    sign = 1 if adds else -1
    grown = _Core(
        core.values,
        core.costs,
        core.ratios,
        core.left if adds else core.left - 1,
        core.right + 1 if adds else core.right,
    )
    both = np.concatenate([weight, weight + sign * core.costs[item]])
    gains = np.concatenate([profit, profit + sign * core.values[item]])
    return (grown, *undominated(both, gains))


def _promising(
    core: _Core, weight: Integers, profit: Integers, asked: Stairs, window: _Window
) -> npt.NDArray[np.bool_]:
    """Return which states could still beat the stairs in question somewhere.

    Beyond its own weight a state gains at most the rate of the next item to put in, before it it loses at
    least the rate of the next to take out. On one stair the best chance is just before the next.
    """
    ends, totals = asked
    if not ends.size:
        return np.zeros(weight.size, dtype=np.bool_)
    out, into = core.rates()
    base = float(profit.max(initial=0))  # near the totals that are compared: keeps the floats fine
    above = (totals - base) + 1.0
    lead = profit - base
    slack = _SLACK + 1e-12 * abs(base)
    room = (ends - window.low).astype(float)
    place = (weight - window.low).astype(float)
    later = lead - place * into + slack >= float((above - room * into).min())
    later &= weight <= window.high
    if not np.isfinite(out):
        return np.asarray(later)
    earlier = lead - place * out + slack >= float((above - room * out).min())
    return np.asarray(later | (earlier & (weight > window.low)))
