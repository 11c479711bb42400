"""Exact answers to "why not" under the best plan with conditions: few lists of plans instead of many solves.

Where a list grows too long, `workbench.engine.allocation.why_searched` answers, and says that it searched.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace

import numpy as np

from workbench.engine.allocation.best_plan import Problem, first_plan, in_tie_order, listed_plan
from workbench.engine.allocation.clash import smallest_clash
from workbench.engine.allocation.core_program import solve_by_core
from workbench.engine.allocation.moving import Contest, Least, Moving, least_amount
from workbench.engine.allocation.program import ProgramAnswer, SolverOutcome, solve
from workbench.engine.allocation.readings import Needs
from workbench.engine.allocation.rows import Flags, Integers
from workbench.engine.allocation.why_best import Found
from workbench.engine.allocation.why_rise import RisingCeiling
from workbench.engine.allocation.why_searched import (
    ceiling_by_search,
    cost_by_search,
    forced,
    stated,
)


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
    program = forced(stated(needs), proposal)
    if solve(program, needs.settings).outcome is not SolverOutcome.INFEASIBLE:
        return ()
    return tuple(dict.fromkeys(row.name for row in smallest_clash(program, needs.settings)))


def funded_with_conditions(needs: Needs) -> frozenset[Hashable]:
    """Return what the exact plan with conditions funds, nothing where no plan keeps them; no clash is sought.

    Raises
    ------
    NoFeasiblePlan
        When the committed proposals alone cost more than the ceiling.

    Examples
    --------
    >>> import pandas as pd
    >>> sorted(funded_with_conditions(Needs(pd.Series({"a": 3, "b": 1}), pd.Series({"a": 5, "b": 4}), 7)))
    ['a']
    """
    problem = stated(needs)
    answer, _ = _first_of(problem)
    return frozenset(problem.labels[answer.chosen].tolist())


def score_with_conditions(needs: Needs, proposal: Hashable, works: Callable[[int], bool]) -> Found:
    """Return how many score units more would bring a proposal into the plan.

    The best plan with it lacks exactly so many units to the best plan without; where they are level, the
    public tie order decides between the two.

    Parameters
    ----------
    needs : Needs
        The session, all scores at least zero.
    proposal : label
        A proposal that is not funded.
    works : callable
        Runs the rule again with a higher score.

    Examples
    --------
    >>> import pandas as pd
    >>> needs = Needs(pd.Series({"a": 3, "b": 1}), pd.Series({"a": 5, "b": 4}), 7)
    >>> score_with_conditions(needs, "b", lambda amount: amount > 2)[:2]
    (3, True)
    """
    problem = stated(needs)
    standing, ordered = first_plan(problem)
    with_it, settled = _first_of(replace(problem, program=forced(problem, proposal)))
    if not with_it.found:
        return Found(None, smallest=with_it.outcome is SolverOutcome.INFEASIBLE)
    level = max(standing.value - with_it.value, 1)
    if not (ordered and settled):
        proven = standing.outcome is with_it.outcome is SolverOutcome.PROVEN
        return Found(level if works(level) else level + 1, smallest=proven)
    if with_it.value + level == standing.value and not _ahead(
        with_it.chosen, standing.chosen, problem.places
    ):
        level += 1
    return Found(level, smallest=True, funded=frozenset(problem.labels[with_it.chosen].tolist()))


def cost_with_conditions(needs: Needs, proposal: Hashable, works: Callable[[int], bool]) -> Found:
    """Return by how much less a proposal would have to cost, to the rupiah.

    Parameters and result as `score_with_conditions`.

    Examples
    --------
    >>> import pandas as pd
    >>> needs = Needs(pd.Series({"a": 3.0, "b": 2.0}), pd.Series({"a": 5, "b": 4}), 7)
    >>> cost_with_conditions(needs, "b", lambda amount: amount >= 2)[:2]
    (2, True)
    """
    problem = stated(needs)
    place = problem.labels.tolist().index(proposal)
    cost = int(problem.costs[place])
    standing, ordered = first_plan(problem)
    if not cost or not ordered:
        return cost_by_search(needs, proposal, works)
    one_less = needs.costs.where(needs.costs.index != proposal, cost - 1)
    moving = Moving.with_cost(problem.program, stated(replace(needs, costs=one_less)).program, place)
    program = forced(problem, proposal)
    found = least_amount(Contest(moving, program, problem.places, standing.chosen, cost))
    return cost_by_search(needs, proposal, works) if found is None else _told(problem, found)


def ceiling_with_conditions(needs: Needs, proposal: Hashable, works: Callable[[int], bool]) -> Found:
    """Return how much more money would fund a proposal, to the rupiah.

    Parameters and result as `score_with_conditions`. One rupiah less does not do it; where the proposal is
    far out of reach, much smaller rises are not searched.

    Examples
    --------
    >>> import pandas as pd
    >>> needs = Needs(pd.Series({"a": 3.0, "b": 2.0}), pd.Series({"a": 5, "b": 4}), 7)
    >>> ceiling_with_conditions(needs, "b", lambda amount: amount >= 2)[:2]
    (2, True)
    """
    problem = stated(needs)
    place = problem.labels.tolist().index(proposal)
    everything = max(int(problem.costs.sum()) - problem.ceiling, 0)
    moving = Moving.with_ceiling(problem.program)
    found = RisingCeiling(problem.program, moving, place, problem.places, everything).least()
    if found is None:
        return ceiling_by_search(needs, proposal, works)
    if found.amount is None:
        return Found(None, found.smallest)
    return Found(found.amount, found.smallest, frozenset(problem.labels[found.chosen].tolist()))


def _told(problem: Problem, found: Least) -> Found:
    if found.amount is None:
        return Found(None, smallest=True)
    return Found(found.amount, smallest=True, funded=frozenset(problem.labels[found.chosen].tolist()))


def _first_of(problem: Problem) -> tuple[ProgramAnswer, bool]:
    """Return the best plan, first in the public tie order, and whether that was settled."""
    listed = listed_plan(problem.program, problem.places, problem.settings)
    if listed is not None:
        return listed, True
    return in_tie_order(problem, solve_by_core(problem.program, problem.settings))


def _ahead(chosen: Flags, other: Flags, places: Integers) -> bool:
    """Return whether a plan comes before another one in the public tie order."""
    order = np.argsort(places)
    differs = np.flatnonzero(chosen[order] != other[order])
    return bool(differs.size and chosen[order[differs[0]]])
