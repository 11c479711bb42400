"""Answers to "why not" under the exact plan with conditions where its plans cannot be listed: a search.

Every step solves the whole programme, so money is searched to a thousandth part only, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace

import numpy as np
import pandas as pd

from workbench.engine.allocation.best_plan import Problem, state_problem
from workbench.engine.allocation.core_program import reaching, relax, solve_by_core
from workbench.engine.allocation.program import Program
from workbench.engine.allocation.readings import Needs
from workbench.engine.allocation.why_best import Found, first_above

PARTS = 1000
"""Money is searched to the thousandth part of the cost or of the ceiling: every step is a solve."""
MOST_CHORDS = 8
"""Relaxations that are solved to find where to look."""


def cost_by_search(needs: Needs, proposal: Hashable, works: Callable[[int], bool]) -> Found:
    """Return by how much less a proposal would have to cost, to the thousandth part of its cost.

    Parameters and result as `score_with_conditions`; a much smaller change may do it too.
    """
    price = {label: int(cost) for label, cost in needs.costs.items()}
    cost = price[proposal]
    top = _without(stated(needs), proposal)  # the others' plan does not know its cost

    def costing(amount: int) -> Program:
        cheaper = pd.Series({**price, proposal: cost - amount})
        return forced(stated(replace(needs, costs=cheaper)), proposal)

    def gains(amount: int) -> bool:
        found = reaching(costing(amount), max(top, 0), needs.settings)
        return found is not None and (found.value > top or works(amount))

    return _coarse(gains, lambda amount: _split_total(costing(amount)) - top, cost, max(cost // PARTS, 1))


def ceiling_by_search(needs: Needs, proposal: Hashable, works: Callable[[int], bool]) -> Found:
    """Return how much more money would fund a proposal, to the thousandth part of the ceiling.

    Parameters and result as `score_with_conditions`; a much smaller change may do it too.
    """

    def lead(amount: int) -> float:
        problem = stated(replace(needs, ceiling=needs.ceiling + amount))
        return _split_total(forced(problem, proposal)) - _split_total(_without_it(problem, proposal))

    everything = max(sum(int(cost) for cost in needs.costs) - needs.ceiling, 0)
    return _coarse(works, lead, everything, max(needs.ceiling // PARTS, 1))


def _coarse(works: Callable[[int], bool], lead: Callable[[int], float], limit: int, step: int) -> Found:
    """Return an amount that works while one `step` less does not; none where none is found.

    The relaxations without whole decisions say where to look; from there the rule runs again, ever further
    away until it says otherwise.
    """
    steps = -(-limit // step)

    def amount(place: int) -> int:
        return min(place * step, limit)

    def at(place: int) -> bool:
        return place > 0 and works(amount(place))

    if not steps:
        return Found(None, smallest=True)
    place = max(_crossing(lambda place: lead(amount(place)), steps), 1)
    low, high = _bracket(at, place, steps)
    if high is None:
        return Found(None, smallest=False)
    return Found(amount(first_above(low, high, at)), smallest=False, step=step)


def _bracket(at: Callable[[int], bool], place: int, steps: int) -> tuple[int, int | None]:
    """Return a place that fails and a later one that works, ever further away from the first look."""
    stride = 1
    if at(place):
        while place > stride and at(place - stride):
            stride *= 2
        return max(place - stride, 0), place - stride // 2
    while place < steps:
        onward = min(place + stride, steps)
        if at(onward):
            return place, onward
        place, stride = onward, stride * 2
    return place, None


def _crossing(lead: Callable[[int], float], steps: int) -> int:
    """Return about where a rising lead passes zero, by the chord and now and then by half."""
    low, high = 0, steps
    at_low, at_high = lead(low), lead(high)
    if at_low >= 0 or not at_high > 0:  # not a number where neither side has a plan
        return low if at_low >= 0 else high
    for turn in range(MOST_CHORDS):
        if high - low <= 1:
            break
        part = at_low / (at_low - at_high) if np.isfinite(at_low) and turn % 3 < 2 else 0.5
        middle = min(max(low + round((high - low) * part), low + 1), high - 1)
        found = lead(middle)
        low, at_low, high, at_high = (
            (low, at_low, middle, found) if found >= 0 else (middle, found, high, at_high)
        )
    return high


def _split_total(program: Program) -> float:
    """Return the best total without whole decisions; below every other where there is none."""
    relaxed = relax(program)
    return -np.inf if relaxed is None else relaxed.bound


def stated(needs: Needs) -> Problem:
    """Return the allocation that the exact plan with conditions solves."""
    return state_problem(
        needs.scores,
        needs.costs,
        needs.ceiling,
        needs.groups,
        needs.conditions,
        needs.committed,
        needs.tie_key,
        needs.settings,
    )


def forced(problem: Problem, proposal: Hashable) -> Program:
    """Return the programme of plans that take a proposal."""
    program = problem.program
    return replace(program, fixed_in=program.fixed_in | np.asarray(problem.labels == proposal))


def _without_it(problem: Problem, proposal: Hashable) -> Program:
    program = problem.program
    return replace(program, fixed_out=program.fixed_out | np.asarray(problem.labels == proposal))


def _without(problem: Problem, proposal: Hashable) -> int:
    """Return the best total without a proposal; below every total where there is no plan without it."""
    found = solve_by_core(_without_it(problem, proposal), problem.settings)
    return found.value if found.found else -1
