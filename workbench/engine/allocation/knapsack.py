"""The best total under one ceiling, exactly, in integers: a dynamic programme that grows from the break item.

Pisinger (1997), "A minimal algorithm for the 0-1 knapsack problem", Operations Research 45(5). Whole lists of
states are handled at once. Bounds are float but only err towards keeping a state, so the answer is exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

MOST_STATES = 400_000
"""A list longer than this is given up; the caller turns to the solver."""
_SAFE = 1.0 + 1e-12
_BITS = 62


@dataclass(frozen=True)
class Subset:
    """A chosen subset.

    Attributes
    ----------
    chosen : array of bool
        By item.
    value : int
        Sum of the chosen values.
    proven : bool
        False when the list of states grew beyond `MOST_STATES`.
    """

    chosen: Flags
    value: int
    proven: bool


@dataclass(frozen=True)
class _Level:
    """One expansion of the core: where every state came from."""

    item: int
    adds: bool
    parent: npt.NDArray[np.int64]
    changed: Flags


@dataclass(frozen=True)
class _Best:
    value: int
    level: int
    state: int


def best_subset(values: Integers, costs: Integers, ceiling: int) -> Subset:
    """Return the subset of largest total value that the ceiling pays for.

    A batched kernel on plain arrays; `workbench.engine.allocation.best_plan` is the labelled door.

    Parameters
    ----------
    values, costs : array of int64
        By item; costs at least zero; each sum below 2**62.
    ceiling : int
        At least zero.

    Returns
    -------
    Subset

    Examples
    --------
    >>> best_subset(np.array([60, 100, 120]), np.array([10, 20, 30]), 50).value
    220
    """
    chosen = (costs == 0) & (values > 0)
    useful = np.flatnonzero((values > 0) & (costs > 0) & (costs <= ceiling))
    if useful.size == 0:
        return Subset(chosen, int(values[chosen].sum()), proven=True)
    order = useful[np.argsort(-(values[useful] / costs[useful]), kind="stable")]
    filled = greedy_chosen(values[order], costs[order], ceiling)
    reached = int(values[order[filled]].sum())
    left_open = _could_differ(values[order], costs[order], ceiling, reached)
    # What is decided stands on the same side of the greedy list in every plan of a larger total.
    decided = order[~left_open & filled]
    items = order[left_open]
    inside, proven = _core(values[items], costs[items], ceiling - int(costs[decided].sum()))
    gained = int(values[items[inside]].sum()) + int(values[decided].sum())
    taken = np.concatenate([decided, items[inside]]) if gained > reached else order[filled]
    chosen[taken] = True
    return Subset(chosen, int(values[chosen].sum()), proven)


def greedy_chosen(values: Integers, costs: Integers, ceiling: int) -> Flags:
    """Return what a walk down the given order takes, passing over what does not fit.

    Examples
    --------
    >>> greedy_chosen(np.array([6, 5, 4]), np.array([6, 5, 4]), 10).tolist()
    [True, False, True]
    """
    chosen = np.zeros(values.size, dtype=np.bool_)
    left = ceiling
    for place, cost in enumerate(costs.tolist()):
        if cost <= left:
            chosen[place] = True
            left -= cost
    return chosen


def _core(values: Integers, costs: Integers, ceiling: int) -> tuple[Flags, bool]:
    total = np.cumsum(costs)
    broken = int(np.searchsorted(total, ceiling, side="right"))
    if broken == values.size:
        return np.ones(values.size, dtype=np.bool_), True
    start = np.arange(values.size) < broken
    filled = greedy_chosen(values, costs, ceiling)
    best = _Best(int(values[filled].sum()), -1, -1)
    ratio = values / costs
    weight = np.array([int(costs[start].sum())], dtype=np.int64)
    profit = np.array([int(values[start].sum())], dtype=np.int64)
    levels: list[_Level] = []
    left_end, right_end = broken, broken
    while weight.size and weight.size <= MOST_STATES and (left_end > 0 or right_end < values.size):
        adds = right_end < values.size and (left_end == 0 or right_end - broken <= broken - left_end)
        item = right_end if adds else left_end - 1
        left_end, right_end = (left_end, right_end + 1) if adds else (left_end - 1, right_end)
        weight, profit, level = _expand(weight, profit, costs[item], values[item], item, adds=adds)
        best = _improved(best, weight, profit, ceiling, len(levels))
        rates = (
            ratio[left_end - 1] if left_end else 0.0,
            ratio[right_end] if right_end < ratio.size else 0.0,
        )
        kept = _promising(weight, profit, best.value, ceiling, rates)
        levels.append(level)
        weight, profit = weight[kept], profit[kept]
        levels.append(_Level(-1, adds=True, parent=kept, changed=np.zeros(0, dtype=np.bool_)))
    return _unwind(start, filled, levels, best), weight.size <= MOST_STATES


def _expand(
    weight: Integers, profit: Integers, cost: np.int64, value: np.int64, item: int, *, adds: bool
) -> tuple[Integers, Integers, _Level]:
    sign = 1 if adds else -1
    both_weight = np.concatenate([weight, weight + sign * cost])
    both_profit = np.concatenate([profit, profit + sign * value])
    order = _ahead(both_weight, both_profit)
    level = _Level(item, adds, order % weight.size, order >= weight.size)
    return both_weight[order], both_profit[order], level


def undominated(weight: Integers, profit: Integers) -> tuple[Integers, Integers]:
    """Return the states that none other equals or beats for the same weight or less, both rising.

    Examples
    --------
    >>> [held.tolist() for held in undominated(np.array([3, 1, 2]), np.array([5, 4, 4]))]
    [[1, 3], [4, 5]]
    """
    order = _ahead(weight, profit)
    return weight[order], profit[order]


def _ahead(weight: Integers, profit: Integers) -> npt.NDArray[np.int64]:
    # States come as sorted runs, which this sort merges instead of sorting them anew.
    order = np.argsort(weight, kind="stable")
    ordered = profit[order]
    keep = np.ones(order.size, dtype=np.bool_)
    keep[1:] = ordered[1:] > np.maximum.accumulate(ordered)[:-1]
    order = order[keep]
    last = np.ones(order.size, dtype=np.bool_)
    last[:-1] = weight[order[1:]] != weight[order[:-1]]
    return np.asarray(order[last])


def _improved(best: _Best, weight: Integers, profit: Integers, ceiling: int, levels: int) -> _Best:
    fitting = int(np.searchsorted(weight, ceiling, side="right"))
    # Along an undominated list profit rises with weight, so the last state that fits is the best that fits.
    if fitting and int(profit[fitting - 1]) > best.value:
        return _Best(int(profit[fitting - 1]), levels, fitting - 1)
    return best


def _promising(
    weight: Integers, profit: Integers, best: int, ceiling: int, rates: tuple[float, float]
) -> npt.NDArray[np.int64]:
    """Return the states that could still lead above the best, in order."""
    room = (ceiling - weight).astype(float)
    needed = (best + 1 - profit).astype(float)
    # Nothing is left to take out when the core reaches the top: what overspends then can never fit.
    hope = (
        np.where(room < 0, room * rates[0], room * rates[1])
        if rates[0]
        else np.where(room < 0, -np.inf, room * rates[1])
    )
    slack = 1e-12 * (np.abs(needed) + np.abs(np.where(room < 0, needed, hope))) + 1e-6
    return np.flatnonzero(hope + slack >= needed)


def _unwind(start: Flags, filled: Flags, levels: list[_Level], best: _Best) -> Flags:
    if best.level < 0:
        return filled
    chosen = start.copy()
    state = best.state
    for level in reversed(levels[: best.level + 1]):
        if level.item >= 0 and level.changed[state]:
            chosen[level.item] = level.adds
        state = int(level.parent[state])
    return chosen


def first_in_tie_order(
    values: Integers, costs: Integers, ceiling: int, best: Subset, places: Integers
) -> Subset:
    """Return, among all subsets of the best total, the one that the public tie order puts first.

    The order is applied lexicographically: the proposal with the first place is in if any best subset holds
    it, then the second, and so on. Sums of places are never used, because sums of lot numbers tie.

    Parameters
    ----------
    values, costs : array of int64
        By item.
    ceiling : int
        Whole rupiah.
    best : Subset
        A proven best subset.
    places : array of int64
        Place of every item in the public tie order.

    Returns
    -------
    Subset
        ``proven`` is False when a list of states had to be given up.

    Examples
    --------
    >>> values, costs = np.array([5, 5, 5]), np.array([3, 3, 3])
    >>> best = best_subset(values, costs, 6)
    >>> first_in_tie_order(values, costs, 6, best, np.array([2, 0, 1])).chosen.tolist()
    [False, True, True]
    """
    chosen = best.chosen.copy()
    free = np.flatnonzero(_could_differ(values, costs, ceiling, best.value))
    free = free[np.argsort(places[free])]
    block = max(1, min(24, _BITS - int(values.sum()).bit_length()))
    proven = best.proven
    while free.size and proven:
        turn = free[:block]
        rank = np.zeros(values.size, dtype=np.int64)
        rank[turn] = 1 << np.arange(turn.size - 1, -1, -1, dtype=np.int64)
        fixed = chosen.copy()
        fixed[free] = False
        left = ceiling - int(costs[fixed].sum())
        found = best_subset((values[free] << turn.size) + rank[free], costs[free], left)
        chosen[free] = found.chosen
        proven = found.proven
        free = free[block:]
    return Subset(chosen, best.value, proven)


def _could_differ(values: Integers, costs: Integers, ceiling: int, best: int) -> Flags:
    """Return the items that are not the same in every subset of the best total (a superset of them)."""
    rate, bound = _linear_bound(values, costs, ceiling)
    away = np.abs(values - costs * rate)
    return np.asarray(bound * _SAFE + 1e-6 - away * (1 - 1e-12) >= best, dtype=np.bool_) & (costs <= ceiling)


def _linear_bound(values: Integers, costs: Integers, ceiling: int) -> tuple[float, float]:
    """Return the break item's value per rupiah and the bound that it gives on any total."""
    paid = np.flatnonzero((costs > 0) & (values > 0))
    ratio = values[paid] / costs[paid]
    order = np.argsort(-ratio, kind="stable")
    total = np.cumsum(costs[paid][order])
    broken = int(np.searchsorted(total, ceiling, side="right"))
    rate = float(ratio[order][broken]) if broken < order.size else 0.0
    gains = np.maximum(values - costs * rate, 0.0)
    return rate, ceiling * rate + float(gains.sum())
