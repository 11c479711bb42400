"""Answers to "why not" under the exact plan with conditions: each is forced into the plan once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace

import numpy as np
import pandas as pd

from workbench.engine.allocation.best_plan import Problem, state_problem
from workbench.engine.allocation.clash import smallest_clash
from workbench.engine.allocation.program import Program, SolverOutcome, solve
from workbench.engine.allocation.readings import Needs
from workbench.engine.allocation.why_best import Found

PARTS = 1000
"""Money is searched to the thousandth part of the cost or of the ceiling: every step is a solve."""


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
    with_it = solve(_forced(problem, proposal), needs.settings)
    if not with_it.found:
        return Found(None, smallest=True)
    level = max(_without(problem, proposal) - with_it.value, 1)
    proven = with_it.outcome is SolverOutcome.PROVEN
    return Found(level if works(level) else level + 1, smallest=proven)


def cost_with_conditions(needs: Needs, proposal: Hashable, works: Callable[[int], bool]) -> Found:  # noqa: ARG001
    """Return by how much less a proposal would have to cost, to the thousandth part of its cost.

    Parameters and result as `score_with_conditions`; a much smaller change may do it too.
    """
    price = {label: int(cost) for label, cost in needs.costs.items()}
    cost = price[proposal]
    top = _without(_stated(needs), proposal)  # the others' plan does not know its cost

    def gains(amount: int) -> bool:
        cheaper = pd.Series({**price, proposal: cost - amount})
        found = solve(_forced(_stated(replace(needs, costs=cheaper)), proposal), needs.settings)
        return found.found and found.value > top

    return Found(_coarse(gains, cost, max(cost // PARTS, 1)), smallest=False)


def ceiling_with_conditions(needs: Needs, proposal: Hashable, works: Callable[[int], bool]) -> Found:  # noqa: ARG001
    """Return how much more money would fund a proposal, to the thousandth part of the ceiling.

    Parameters and result as `score_with_conditions`; a much smaller change may do it too.
    """

    def gains(amount: int) -> bool:
        problem = _stated(replace(needs, ceiling=needs.ceiling + amount))
        found = solve(_forced(problem, proposal), needs.settings)
        return found.found and found.value > _without(problem, proposal)

    everything = max(sum(int(cost) for cost in needs.costs) - needs.ceiling, 0)
    return Found(_coarse(gains, everything, max(needs.ceiling // PARTS, 1)), smallest=False)


def _coarse(works: Callable[[int], bool], limit: int, step: int) -> int | None:
    """Return an amount that works while one `step` less does not, doubling first; None where none works."""
    low, high = 0, min(step, limit)
    while high < limit and not works(high):
        low, high = high, min(high * 2, limit)
    if high <= low or (high == limit and not works(high)):
        return None
    while high - low > step:
        middle = (low + high) // 2
        low, high = (low, middle) if works(middle) else (middle, high)
    return high


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


def _without(problem: Problem, proposal: Hashable) -> int:
    """Return the best total without a proposal; below every total where there is no plan without it."""
    program = problem.program
    left = replace(program, fixed_out=program.fixed_out | np.asarray(problem.labels == proposal))
    found = solve(left, problem.settings)
    return found.value if found.found else -1
