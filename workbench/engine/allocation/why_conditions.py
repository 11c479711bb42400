"""Answers to "why not" under the exact plan with conditions: the proposal is forced in and the plan made again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace

from workbench.engine.allocation.best_plan import Problem, answer_of, state_problem
from workbench.engine.allocation.clash import smallest_clash
from workbench.engine.allocation.program import Program, SolverOutcome, solve
from workbench.engine.allocation.readings import Needs
from workbench.engine.allocation.why_best import Found

PARTS = 1000
"""Money is searched to the thousandth part of the cost or of the ceiling: every step is a solve."""


def blocking_conditions(needs: Needs, proposal: Hashable) -> tuple[str, ...]:
    """Return names of conditions that cannot hold together with a proposal; empty where it could be in a plan.

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
    program = _forced(needs, proposal)
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
    top = answer_of(_stated(needs)).value
    with_it = solve(_forced(needs, proposal), needs.settings)
    if not with_it.found:
        return Found(None, smallest=True)
    level = max(top - with_it.value, 1)
    proven = with_it.outcome is SolverOutcome.PROVEN
    if works(level):
        return Found(level, smallest=proven)
    return Found(level + 1 if works(level + 1) else None, smallest=proven)


def cost_with_conditions(needs: Needs, proposal: Hashable, works: Callable[[int], bool]) -> Found:
    """Return by how much less a proposal would have to cost, to the thousandth part of its cost.

    Parameters and result as `score_with_conditions`; a much smaller change may do it too.
    """
    cost = int(needs.costs[proposal])
    return Found(_coarse(works, 0, cost, max(cost // PARTS, 1)), smallest=False)


def ceiling_with_conditions(needs: Needs, proposal: Hashable, works: Callable[[int], bool]) -> Found:
    """Return how much more money would fund a proposal, to the thousandth part of the ceiling.

    Parameters and result as `score_with_conditions`; a much smaller change may do it too.
    """
    everything = sum(int(cost) for cost in needs.costs) - needs.ceiling
    return Found(_coarse(works, 0, max(everything, 0), max(needs.ceiling // PARTS, 1)), smallest=False)


def _coarse(works: Callable[[int], bool], low: int, high: int, step: int) -> int | None:
    """Return an amount that works while one `step` less does not, by halving; None where the largest fails."""
    if high <= low or not works(high):
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


def _forced(needs: Needs, proposal: Hashable) -> Program:
    problem = _stated(needs)
    return replace(problem.program, fixed_in=problem.program.fixed_in | (problem.labels == proposal))
