"""Answers to "why not" under the exact plan with conditions: each is forced into the plan once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace

import numpy as np
import pandas as pd

from workbench.engine.allocation.best_plan import Problem, in_tie_order, state_problem
from workbench.engine.allocation.clash import smallest_clash
from workbench.engine.allocation.core_program import reaching, relax, solve_by_core
from workbench.engine.allocation.program import Program, SolverOutcome, solve
from workbench.engine.allocation.readings import Needs
from workbench.engine.allocation.why_best import Found
from workbench.engine.allocation.why_ceiling import first_above

PARTS = 1000
"""Money is searched to the thousandth part of the cost or of the ceiling: every step is a solve."""
MOST_CHORDS = 8
"""Relaxations that are solved to find where to look."""


def blocking_conditions(needs: Needs, proposal: Hashable) -> tuple[str, ...]:
    """Return names of conditions that cannot hold with a proposal; empty where it could be in a plan.

    Parameters
    ----------
    needs : Needs
        The session, with groups and conditions.
    proposal : label

    Examples
    --------
    >>> import pandas as pd
    >>> from workbench.engine.allocation.conditions import Count
    >>> from workbench.engine.allocation.readings import Needs
    >>> groups = pd.DataFrame({"v": ["x", "y"]}, index=["a", "b"])
    >>> none = Count("none of y", {"v": "y"}, at_most=0)
    >>> needs = Needs(pd.Series({"a": 1, "b": 9}), pd.Series({"a": 1, "b": 1}), 2, None, groups, (none,))
    >>> blocking_conditions(needs, "b")
    ('none of y',)
    """
    program = _forced(_stated(needs), proposal)
    if solve(program, needs.settings).outcome is not SolverOutcome.INFEASIBLE:
        return ()
    return tuple(dict.fromkeys(row.name for row in smallest_clash(program, needs.settings)))


def score_with_conditions(needs: Needs, proposal: Hashable, works: Callable[[int], bool]) -> Found:
    """Return how many score units more would bring a proposal into the plan.

    The best plan with it lacks exactly so many units to the best plan without.

    Parameters
    ----------
    needs : Needs
        The session, all scores at least zero.
    proposal : label
        A proposal that is not funded.
    works : callable
        Runs the rule again with a higher score.
    """
    problem = _stated(needs)
    with_it = solve_by_core(_forced(problem, proposal), needs.settings)
    if not with_it.found:
        return Found(None, smallest=True)
    level = max(_without(problem, proposal) - with_it.value, 1)
    if with_it.outcome is not SolverOutcome.PROVEN:
        return Found(level if works(level) else level + 1, smallest=False)
    # At the level both plans have the best total, so the public tie order decides between them.
    lifted = problem.points.units + level * (problem.labels == proposal)
    raised = replace(problem, program=replace(problem.program, values=lifted))
    first, _ = in_tie_order(raised, replace(with_it, value=with_it.value + level))
    funded = frozenset(problem.labels[first.chosen].tolist())
    if proposal in funded:
        return Found(level, smallest=True, funded=funded)
    return Found(level + 1, smallest=True)


def cost_with_conditions(needs: Needs, proposal: Hashable, works: Callable[[int], bool]) -> Found:
    """Return by how much less a proposal would have to cost, to the thousandth part of its cost.

    Parameters and result as `score_with_conditions`; a much smaller change may do it too.
    """
    price = {label: int(cost) for label, cost in needs.costs.items()}
    cost = price[proposal]
    top = _without(_stated(needs), proposal)  # the others' plan does not know its cost

    def forced(amount: int) -> Program:
        cheaper = pd.Series({**price, proposal: cost - amount})
        return _forced(_stated(replace(needs, costs=cheaper)), proposal)

    def gains(amount: int) -> bool:
        found = reaching(forced(amount), max(top, 0), needs.settings)
        return found is not None and (found.value > top or works(amount))

    return _coarse(gains, lambda amount: _split_total(forced(amount)) - top, cost, max(cost // PARTS, 1))


def ceiling_with_conditions(needs: Needs, proposal: Hashable, works: Callable[[int], bool]) -> Found:
    """Return how much more money would fund a proposal, to the thousandth part of the ceiling.

    Parameters and result as `score_with_conditions`; a much smaller change may do it too.
    """

    def lead(amount: int) -> float:
        problem = _stated(replace(needs, ceiling=needs.ceiling + amount))
        return _split_total(_forced(problem, proposal)) - _split_total(_without_it(problem, proposal))

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
        return Found(None, smallest=False)
    place = max(_crossing(lambda place: lead(amount(place)), steps), 1)
    low, high = _bracket(at, place, steps)
    if high is None:
        return Found(None, smallest=False)
    return Found(amount(first_above(low, high, at)), smallest=False)


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
    if at_low >= 0 or at_high <= 0:
        return low if at_low >= 0 else high
    for turn in range(MOST_CHORDS):
        if high - low <= 1:
            break
        part = at_low / (at_low - at_high) if np.isfinite(at_low) and turn % 3 < 2 else 0.5
        middle = min(max(low + round((high - low) * part), low + 1), high - 1)
        found = lead(middle)
        low, at_low, high, at_high = (
            (middle, found, high, at_high) if found < 0 else (low, at_low, middle, found)
        )
    return high


def _split_total(program: Program) -> float:
    """Return the best total without whole decisions; below every other where there is none."""
    relaxed = relax(program)
    return -np.inf if relaxed is None else relaxed.bound


def _stated(needs: Needs) -> Problem:
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


def _forced(problem: Problem, proposal: Hashable) -> Program:
    program = problem.program
    return replace(program, fixed_in=program.fixed_in | np.asarray(problem.labels == proposal))


def _without_it(problem: Problem, proposal: Hashable) -> Program:
    program = problem.program
    return replace(program, fixed_out=program.fixed_out | np.asarray(problem.labels == proposal))


def _without(problem: Problem, proposal: Hashable) -> int:
    """Return the best total without a proposal; below every total where there is no plan without it."""
    found = solve_by_core(_without_it(problem, proposal), problem.settings)
    return found.value if found.found else -1
