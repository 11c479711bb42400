"""All plans that lose little against a bound: a list of states that grows item by item, in integers.

Few items can stand otherwise than the prices say without losing more than a small budget, and few conditions
bind those. What remains is decided item by item. A state is dropped when it must break a condition, when it
loses more than the budget, or when another one does better with less. So nothing within the budget is missed:
when a plan is found, the best is proven, and with it the one that the public tie order puts first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from workbench.engine.allocation.losses_ahead import LossesAhead
from workbench.engine.allocation.narrowed import Narrowed, narrowed
from workbench.engine.allocation.priced_rows import Priced
from workbench.engine.allocation.rows import Flags, Floats, Integers

MOST_CELLS = 1_000_000
"""States times conditions that bind them, over all items; beyond it the list is given up."""
FIRST_OPEN = 8
"""Items that the first budget lets stand otherwise."""
FEW_UNITS = 4.0
"""Budgets below so many units of value grow more slowly."""
_FEW = 64
_WORD = 64
_LARGEST_SUM = 2.0**62

Words = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class NearPlans:
    """Plans that lose no more than a budget, and that no other beats with less.

    Attributes
    ----------
    chosen : array of bool, plans by items
    totals : array of int64
        The value of every plan.
    """

    chosen: npt.NDArray[np.bool_]
    totals: Integers

    def best(self) -> tuple[Flags, int]:
        """Return the plan of the largest value, and among these the one that comes first."""
        place = int(np.argmax(self.totals))  # the first of the largest: plans are listed in tie order
        return self.chosen[place], int(self.totals[place])


@dataclass
class Allowance:
    """What lists may cost that answer one question together, in states times conditions that bind them.

    Attributes
    ----------
    left : int
        What all may still cost.
    each : int
        What one may.
    """

    left: int
    each: int


class _States(NamedTuple):
    """Partial plans: what they use of every condition, lose, reach, and have taken, as bits in tie order."""

    used: Integers
    lost: Floats
    total: Integers
    taken: Words

    def kept(self, which: npt.NDArray[np.bool_] | npt.NDArray[np.int64]) -> _States:
        return _States(self.used[which], self.lost[which], self.total[which], self.taken[which])


def best_near(held: Priced, places: Integers, allowance: Allowance | None = None) -> tuple[Flags, int] | None:
    """Return the best plan and its value, first in the public tie order among its equals, proven.

    Parameters
    ----------
    held : Priced
        Decisions under conditions, with prices close to those of the relaxation.
    places : array of int64
        Place of every item in the public tie order.
    allowance : Allowance, optional
        What all lists together may cost.

    Returns
    -------
    array of bool and int, or None
        None where the list grows too long, or where there may be no plan at all.

    Examples
    --------
    >>> from workbench.engine.allocation.priced_rows import priced
    >>> from workbench.engine.allocation.program import Program
    >>> from workbench.engine.allocation.rows import Row
    >>> budget, free = Row("ceiling", "ceiling", np.array([3, 3, 3]), upper=6), np.zeros(3, dtype=bool)
    >>> held = priced(Program(np.array([5, 5, 5]), (budget,), free, free))
    >>> best_near(held, np.array([2, 0, 1]))[0].tolist()
    [False, True, True]
    """
    most = held.bound - float(np.minimum(held.values, 0).sum()) + 1.0  # no plan loses more
    unit = max(int(np.gcd.reduce(held.values)), 1)
    budget = min(_reaching(held, first_budget(held), unit), most)
    while True:
        found = near_plans(held, budget, places, allowance=allowance)
        if found is None:
            return None
        # Beyond the budget the list may hold plans by the margin, but not all of them.
        if found.totals.size and int(found.totals.max()) >= held.bound - budget:
            return found.best()
        if budget >= most:
            return None
        budget = min(_reaching(held, larger(budget), unit, budget), most)


def _reaching(held: Priced, budget: float, unit: int, before: float = -1.0) -> float:
    """Return the budget of the lowest total that a budget reaches, or of the next lower one.

    Totals are whole units. A budget that ends between two of them only lengthens the list.
    """
    if not np.isfinite(budget):
        return budget
    above = (held.bound + held.margin) % unit
    steps = np.floor((budget - above) / unit)
    reached = above + max(steps, 0.0) * unit
    return float(reached if reached > before + held.margin else reached + unit)


def first_budget(held: Priced) -> float:
    """Return a budget that lets a few items stand otherwise than the prices say; infinite where all may."""
    away = np.abs(held.worth[~(held.fixed_in | held.fixed_out)])
    away = np.sort(away[away > held.margin])
    return float(away[min(FIRST_OPEN, away.size - 1)]) if away.size else float("inf")


def larger(budget: float) -> float:
    """Return the next budget to try: in small steps around few whole units, where a list grows fast.

    Examples
    --------
    >>> larger(0.75), larger(1.0), larger(100.0)
    (1.0, 1.25, 150.0)
    """
    if budget < 1.0:
        return min(1.5 * budget, 1.0)
    return (1.25 if budget < FEW_UNITS else 1.5) * budget


def near_plans(
    held: Priced,
    budget: float,
    places: Integers,
    floor: int | None = None,
    allowance: Allowance | None = None,
) -> NearPlans | None:
    """Return the plans that lose no more than a budget; None where the list grows too long.

    Left out are plans that another one in the list beats: with no more of any condition used it reaches a
    larger value, or the same and comes first in the public tie order.

    Parameters
    ----------
    held : Priced
    budget : float
        In units of value.
    places : array of int64
        Place of every item in the public tie order.
    floor : int, optional
        Plans of a smaller value are of no interest.
    allowance : Allowance, optional
        What this list and others together may cost; what it has cost is taken off.

    Examples
    --------
    >>> from workbench.engine.allocation.priced_rows import priced
    >>> from workbench.engine.allocation.program import Program
    >>> from workbench.engine.allocation.rows import Row
    >>> budget, free = Row("ceiling", "ceiling", np.array([1, 2]), upper=2), np.zeros(2, dtype=bool)
    >>> near_plans(priced(Program(np.array([5, 6]), (budget,), free, free)), 3.0, np.arange(2)).totals
    array([5, 6])
    """
    if (np.abs(held.sides.coefficients).sum(axis=1, dtype=float) >= _LARGEST_SUM).any():
        return None
    core = narrowed(held, budget + held.margin)
    if core is None:
        nothing = np.zeros((0, held.values.size), dtype=np.bool_)
        return NearPlans(nothing, np.zeros(0, dtype=np.int64))
    ranks = np.argsort(np.argsort(places[core.items], kind="stable"), kind="stable")
    least = None if floor is None else floor - core.total
    states = _grown(core, ranks, least, allowance or Allowance(MOST_CELLS, MOST_CELLS))
    if states is None:
        return None
    order = np.lexsort(tuple(~states.taken.T[::-1]))
    chosen = np.repeat(core.inside[None, :], order.size, axis=0)
    chosen[:, core.items] = _bits(states.taken[order], ranks)
    return NearPlans(chosen, states.total[order] + core.total)


def _grown(core: Narrowed, ranks: Integers, least: int | None, allowance: Allowance) -> _States | None:
    """Decide every item in every state; None where there are too many."""
    size, rows = core.items.size, np.arange(core.prices.size)
    states = _States(
        np.zeros((1, rows.size), dtype=np.int64),
        np.array([core.lost]),
        np.zeros(1, dtype=np.int64),
        np.zeros((1, size // _WORD + 1), dtype=np.uint64),
    )
    gains = np.append(np.cumsum(np.maximum(core.values, 0)[::-1])[::-1], 0)
    ahead, end = LossesAhead.of(core), max(allowance.left - min(allowance.each, MOST_CELLS), 0)
    for item in range(size):
        states = _within(core, _both(core, states, rows, item, int(ranks[item])), rows, item + 1)
        if least is not None:
            states = states.kept(states.total + gains[item + 1] >= least)
        open_rows = core.alive[item + 1][rows] | core.moves[rows]
        if not open_rows.all():
            states, rows = _closed(core, states, rows, open_rows), rows[open_rows]
        if states.total.size > _FEW:
            states = states.kept(states.lost + ahead.at(states.used, rows, item + 1) <= core.budget)
            states = _undominated(states)
        allowance.left -= states.total.size * max(rows.size, 1)
        if allowance.left < end:
            return None
    return states


def _both(core: Narrowed, states: _States, rows: Integers, item: int, rank: int) -> _States:
    """Return every state without an item and with it."""
    worth = float(core.worth[item])
    bit = np.zeros(states.taken.shape[1], dtype=np.uint64)
    bit[rank // _WORD] = np.uint64(1) << np.uint64(_WORD - 1 - rank % _WORD)
    return _States(
        np.concatenate([states.used, states.used + core.coefficients[rows, item]]),
        np.concatenate([states.lost + max(worth, 0.0), states.lost + max(-worth, 0.0)]),
        np.concatenate([states.total, states.total + core.values[item]]),
        np.concatenate([states.taken, states.taken | bit]),
    )


def _within(core: Narrowed, states: _States, rows: Integers, item: int) -> _States:
    """Return the states that can still keep every condition and the budget."""
    unused = np.maximum(core.charged[rows] - states.used - core.most[item, rows], 0)
    kept = (core.room[rows] - states.used >= core.least[item, rows]).all(axis=1)
    kept &= states.lost + unused @ core.prices[rows] <= core.budget
    return states.kept(kept)


def _closed(core: Narrowed, states: _States, rows: Integers, open_rows: npt.NDArray[np.bool_]) -> _States:
    """Return the states without the conditions that no further item uses; what these leave unused is lost."""
    shut = rows[~open_rows]
    unused = np.maximum(core.charged[shut] - states.used[:, ~open_rows], 0)
    return states._replace(used=states.used[:, open_rows], lost=states.lost + unused @ core.prices[shut])


def _undominated(states: _States) -> _States:
    """Return the states that none other beats: equal in all conditions but the first, and not more in it."""
    used = states.used
    first = used[:, 0] if used.shape[1] else np.zeros(states.total.size, dtype=np.int64)
    group = _groups(used[:, 1:])
    # One number orders states by group, value and place in the tie order; no two states are equal in it.
    strength = np.empty(group.size, dtype=np.int64)
    strength[np.lexsort((*states.taken.T[::-1], states.total, group))] = np.arange(group.size)
    order = np.lexsort((-strength, first, group))
    ahead = strength[order]
    kept = np.ones(group.size, dtype=np.bool_)
    kept[1:] = ahead[1:] > np.maximum.accumulate(ahead)[:-1]
    return states.kept(order[kept])


def _groups(used: Integers) -> Integers:
    """Return a number for each row, the same for equal rows."""
    group = np.zeros(used.shape[0], dtype=np.int64)
    if used.shape[1]:
        order = np.lexsort(tuple(used.T))
        group[order] = np.append(0, np.cumsum((used[order][1:] != used[order][:-1]).any(axis=1)))
    return group


def _bits(taken: Words, ranks: Integers) -> npt.NDArray[np.bool_]:
    shifts = (_WORD - 1 - ranks % _WORD).astype(np.uint64)
    return np.asarray((taken[:, ranks // _WORD] >> shifts) & np.uint64(1), dtype=np.bool_)
