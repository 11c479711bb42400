"""The best plan under a tree of ceilings: branch by branch, in integers, equals settled on the way.

A branch is asked for all its plans that lose little beside its best, at the price that the ceilings above it
charge for a rupiah; of these only the ones matter that no other beats with less money. The lists of the
branches are joined under their common ceiling. As each branch is charged only for what it loses itself, the
lists stay short, where one budget for the whole would let each branch lose everything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from workbench.engine.allocation.ceiling_tree import Branch, tree_of
from workbench.engine.allocation.plan_lists import (
    PlanList,
    combined,
    decided,
    one_plan,
    unbeaten,
    with_or_without,
)
from workbench.engine.allocation.priced_rows import Priced
from workbench.engine.allocation.rows import Flags, Floats, Integers
from workbench.engine.allocation.spending_steps import Steps, break_price, steps_of, steps_of_items

MOST_STATES = 1_500_000
"""Partial plans over all steps; beyond it the tree is given up."""
FIRST_OPEN = 6
"""Parts that the first budget of a branch lets stand otherwise than the prices say."""
MOST_PRICES = 6
"""Prices that are tried for one ceiling over branches."""
SMALL_GAIN = 4.0
"""A better price is not sought where it gains less than so many first budgets."""
FEW_ITEMS = 5
"""Of a ceiling over so few items, with no other within it, all plans are listed once for all prices."""
_GROWTH = 1.7
_LARGEST_SUM = 2.0**62


@dataclass(frozen=True)
class _Known:
    """What is known of a branch at a price from above: its plans within a budget beside its best.

    `price` is that of its own ceiling, `gap` what its best plan loses against the bound of that price.
    """

    price: float
    gap: float
    budget: float
    plans: PlanList


@dataclass
class _Search:
    """What all branches of one search share; `states` counts down, `whole` lists all of small ones."""

    values: Integers
    costs: Integers
    places: Integers
    margin: float
    states: int
    known: dict[tuple[int, float], _Known]
    whole: dict[int, PlanList]

    def worth(self, items: Integers, price: float) -> Floats:
        return np.asarray(self.values[items] - price * self.costs[items])


@dataclass(frozen=True)
class _Parts:
    """The items and branches under a ceiling, at a price.

    `spent` and `worth` are those of the best of each part, `away` is what a few of them lose by another
    plan, and `hoped` is the price at which they would just spend the ceiling.
    """

    spent: int
    worth: float
    away: float
    hoped: float


def best_in_tree(held: Priced, places: Integers) -> tuple[Flags, int] | None:
    """Return the best plan and its value, first in the public tie order among its equals, proven.

    Parameters
    ----------
    held : Priced
        Decisions under conditions; the first side is the ceiling over everything.
    places : array of int64
        Place of every item in the public tie order.

    Returns
    -------
    array of bool and int, or None
        None where the conditions that bind are no tree of ceilings, where a list grows too long, or where
        there may be no plan.

    Examples
    --------
    >>> from workbench.engine.allocation.priced_rows import priced
    >>> from workbench.engine.allocation.program import Program
    >>> from workbench.engine.allocation.rows import Row
    >>> costs, free = np.array([2, 2, 3]), np.zeros(3, dtype=bool)
    >>> roads = Row("roads", "group_ceiling", np.array([2, 2, 0]), upper=3)
    >>> whole = Row("ceiling", "ceiling", costs, upper=5)
    >>> held = priced(Program(np.array([5, 5, 1]), (whole, roads), free, free))
    >>> best_in_tree(held, np.array([1, 0, 2]))[0].tolist()
    [False, True, True]
    """
    table = held.sides.coefficients
    if (np.abs(table).sum(axis=1, dtype=float) >= _LARGEST_SUM).any():
        return None
    asked = np.maximum(table[:, ~held.fixed_out], 0).sum(axis=1) > held.sides.upper
    asked[0] = True
    if tree_of(held, np.flatnonzero(asked)) is None:
        asked[1:] &= held.prices[1:] > 0
    while True:
        chosen = _best_under(held, np.flatnonzero(asked), places)
        broken = asked if chosen is None else table @ chosen > held.sides.upper
        if chosen is None or not broken.any():
            return None if chosen is None else (chosen, int(held.values[chosen].sum()))
        asked |= broken  # a condition without a price binds after all


def _best_under(held: Priced, asked: Integers, places: Integers) -> Flags | None:
    """Return the first of the best plans under some sides."""
    tree = tree_of(held, asked)
    if tree is None:
        return None
    search = _Search(held.values, held.sides.coefficients[0], places, held.margin, MOST_STATES, {}, {})
    plans = _plans(tree, 0.0, 0.0, search)
    if plans is None:
        return None
    chosen = held.fixed_in.copy()
    chosen[plans.first()] = True
    return chosen


def _plans(branch: Branch, above: float, budget: float | None, search: _Search) -> PlanList | None:
    """Return the plans of a branch that lose no more than a budget beside its best, at a price from above.

    Without a budget as many as the search for the best has brought. None where there is no plan, or where
    the search is given up.
    """
    known = search.known.get((branch.number, above)) or _searched(branch, above, search)
    if known is not None and budget is not None and budget > known.budget:
        known = _within(branch, above, known.price, known.gap + budget, search)
    if known is None:
        return None
    search.known[branch.number, above] = known
    plans = known.plans
    return plans if budget is None else plans.kept(plans.lost <= budget + search.margin)


def _searched(branch: Branch, above: float, search: _Search) -> _Known | None:
    """Return the best of a branch and what lies near it, found with a budget that grows."""
    if branch.room >= 0 and not branch.branches and branch.items.size <= FEW_ITEMS:
        return _every(branch, above, search)
    tuned = _tuned(branch, above, search) if branch.room >= 0 else None
    if tuned is None:
        return None
    price, allowed = tuned
    while True:
        found = _within(branch, above, price, allowed, search)
        if found is None or found.gap <= allowed:
            return found
        if not np.isfinite(allowed):
            return None
        allowed = min(_GROWTH * allowed, found.gap)


def _every(branch: Branch, above: float, search: _Search) -> _Known:
    """Return all plans of a ceiling over few items that no other beats, as they stand at a price."""
    plans = search.whole.get(branch.number)
    if plans is None:
        items = branch.items[np.argsort(search.places[branch.items])]
        plans = one_plan(items, np.zeros(0, dtype=np.int64), 0, 0)
        for item in items.tolist():
            one = with_or_without(item, int(search.costs[item]), int(search.values[item]), 0.0)
            plans = combined(plans, one, search.places)
            plans = unbeaten(plans.kept(plans.spent <= branch.room))
        search.whole[branch.number] = plans = decided(plans)
    worth = plans.total - above * plans.spent
    return _Known(above, 0.0, np.inf, replace(plans, lost=worth.max() - worth))


def _tuned(branch: Branch, above: float, search: _Search) -> tuple[float, float] | None:
    """Return a price of a ceiling at which its parts just spend it, and a first budget.

    The prices of the relaxation take items in part; where whole branches spend otherwise, another price
    leaves less between the bound and the best plan. Any price is valid; it decides how long lists grow.
    """
    price, least, most = _start(branch, above, search), above, np.inf
    tried: list[tuple[float, float, float]] = []
    for _ in range(MOST_PRICES):
        parts = _parts(branch, price, search)
        if parts is None:
            return None
        tried.append((parts.worth + (price - above) * branch.room, price - above, parts.away))
        least, most = (price, most) if parts.spent > branch.room else (least, price)
        before, price = price, parts.hoped if least < parts.hoped < most else _between(least, most)
        # The bound is convex in the price: this is the most that another price can bring it down.
        gain = abs(price - before) * abs(branch.room - parts.spent)
        if not branch.branches or most <= above or gain <= SMALL_GAIN * parts.away:
            break
    return min(tried)[1:]


def _start(branch: Branch, above: float, search: _Search) -> float:
    if branch.branches:
        return above + branch.price
    alone = steps_of_items(search.values[branch.items], search.costs[branch.items])
    return max(break_price([alone], branch.room), above)


def _between(least: float, most: float) -> float:
    return (least + most) / 2 if np.isfinite(most) else 1.25 * least + 1e-9


def _parts(branch: Branch, price: float, search: _Search) -> _Parts | None:
    worth = search.worth(branch.items, price)
    values, costs = search.values[branch.items], search.costs[branch.items]
    steps: list[Steps] = [steps_of_items(values, costs)]
    losses, spent, total = [np.abs(worth)], int(costs[worth > 0].sum()), float(np.maximum(worth, 0).sum())
    for held in branch.branches:
        plans = _plans(held, price, None, search)
        if plans is None:
            return None
        best = int(np.argmin(plans.lost))
        losses.append(plans.lost)
        spent += int(plans.spent[best])
        total += float(plans.total[best] - price * plans.spent[best])
        steps.append(steps_of(plans))
    away = np.sort(np.concatenate(losses))
    away = away[away > search.margin]
    first = float(away[min(FIRST_OPEN, away.size - 1)]) if away.size else np.inf
    return _Parts(spent, total, first, break_price(steps, branch.room))


def _within(branch: Branch, above: float, own: float, allowed: float, search: _Search) -> _Known | None:
    """Return the plans of a branch that lose no more than allowed against the bound of its own price."""
    listed = _lists(branch, above + own, allowed + search.margin, search)
    if listed is None:
        return None
    joined, lists = listed
    found = _joined(replace(branch, price=own), joined, lists, allowed + search.margin, search)
    if found is None:
        return None
    gap = float(found.lost.min()) if found.lost.size else np.inf
    lost = found.lost - gap if found.lost.size else found.lost
    return _Known(own, gap, allowed - gap, replace(found, lost=lost))


def _lists(
    branch: Branch, price: float, allowed: float, search: _Search
) -> tuple[PlanList, list[PlanList]] | None:
    """Return what the parts of a branch may do, each within what is allowed, and the plan to start from."""
    lists = []
    for held in branch.branches:
        plans = _plans(held, price, allowed, search)
        if plans is None:
            return None
        lists.append(plans)
    worth = search.worth(branch.items, price)
    near = np.abs(worth) <= allowed
    for item, gain in zip(branch.items[near].tolist(), worth[near].tolist(), strict=True):
        lists.append(with_or_without(item, int(search.costs[item]), int(search.values[item]), gain))
    sure = branch.items[worth > allowed]
    items = np.concatenate([np.zeros(0, dtype=np.int64), *(one.items for one in lists)])
    items = items[np.argsort(search.places[items])]
    inside = np.concatenate([sure, *(one.inside for one in lists)])
    start = one_plan(items, inside, int(search.costs[sure].sum()), int(search.values[sure].sum()))
    return start, sorted(lists, key=lambda one: -int(np.ptp(one.spent)))


def _joined(
    branch: Branch, joined: PlanList, lists: list[PlanList], allowed: float, search: _Search
) -> PlanList | None:
    """Join lists one after another; what cannot keep the ceiling, or loses too much, is dropped."""
    least, most = (
        np.append(np.cumsum([int(of(one.spent)) for one in lists][::-1])[::-1], 0).astype(np.int64)
        for of in (np.min, np.max)
    )
    joined = _fitting(branch, joined, int(least[0]), int(most[0]), allowed)
    for turn, one in enumerate(lists, start=1):
        search.states -= joined.total.size * one.total.size
        if search.states < 0:
            return None
        every = combined(joined, one, search.places)
        joined = unbeaten(_fitting(branch, every, int(least[turn]), int(most[turn]), allowed))
    unused = (branch.room - joined.spent) * branch.price
    return decided(replace(joined, lost=joined.lost + unused))


def _fitting(branch: Branch, joined: PlanList, least: int, most: int, allowed: float) -> PlanList:
    unused = np.maximum(branch.room - joined.spent - most, 0) * branch.price
    return joined.kept((joined.spent + least <= branch.room) & (joined.lost + unused <= allowed))
