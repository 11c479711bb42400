"""Exact answers to "why not" under the best plan with conditions: few lists of plans instead of many solves.

What lists may cost is bounded by a count. Where they grow too long, `workbench.engine.allocation.why_enough`
answers with what is enough, and the answer says that less may do.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

import numpy as np

from workbench.engine.allocation.best_plan import Problem, listed_plan
from workbench.engine.allocation.clash import smallest_clash
from workbench.engine.allocation.moving import Contest, Least, Moving, least_amount
from workbench.engine.allocation.near_plans import Allowance
from workbench.engine.allocation.program import SolverOutcome, solve
from workbench.engine.allocation.readings import Needs, stated
from workbench.engine.allocation.rows import Flags, Integers
from workbench.engine.allocation.standing_plan import StandingPlan, forced
from workbench.engine.allocation.why_best import Found
from workbench.engine.allocation.why_enough import Beside, Enough
from workbench.engine.allocation.why_rise import RisingCeiling

MOST_CELLS = 60_000
"""What the lists of one answer may cost, in states times conditions."""
CELLS_OF_A_RISE = 400_000
"""The same for a ceiling, which is followed as it rises."""
CELLS_OF_A_LIST = 120_000
"""What one list may."""


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
    >>> from workbench.engine.allocation.readings import Needs, stated
    >>> groups = pd.DataFrame({"v": ["x", "y"]}, index=["a", "b"])
    >>> none = Count("none of y", {"v": "y"}, at_most=0)
    >>> needs = Needs(pd.Series({"a": 1, "b": 9}), pd.Series({"a": 1, "b": 1}), 2, None, groups, (none,))
    >>> blocking_conditions(needs, "b")
    ('none of y',)
    """
    program = forced(stated(needs), proposal)
    if solve(program, needs.settings).outcome is not SolverOutcome.INFEASIBLE:
        return ()
    return tuple(dict.fromkeys(row.name for row in smallest_clash(program, needs.settings).rows))


def score_with_conditions(standing: StandingPlan, proposal: Hashable) -> Found:
    """Return how many score units more would bring a proposal into the plan.

    The best plan with it lacks exactly so many units to the best plan without; where they are level, the
    public tie order decides between the two.

    Parameters
    ----------
    standing : StandingPlan
        The plan, all scores at least zero.
    proposal : label
        A proposal that is not funded.

    Examples
    --------
    >>> import pandas as pd
    >>> standing = StandingPlan.of(Needs(pd.Series({"a": 3, "b": 1}), pd.Series({"a": 5, "b": 4}), 7))
    >>> score_with_conditions(standing, "b")[:2]
    (3, True)
    """
    problem, plan = standing.problem, standing.answer
    program = forced(problem, proposal)
    with_it = None
    if standing.ordered:
        with_it = listed_plan(program, problem.places, problem.settings, _allowance(MOST_CELLS))
    if with_it is None:
        return _enough(_beside(standing, proposal).score_more())
    level = max(plan.value - with_it.value, 1)
    if with_it.value + level == plan.value and not _ahead(with_it.chosen, plan.chosen, problem.places):
        level += 1
    return Found(level, smallest=True, funded=frozenset(problem.labels[with_it.chosen].tolist()))


def cost_with_conditions(standing: StandingPlan, proposal: Hashable) -> Found:
    """Return by how much less a proposal would have to cost.

    Parameters and result as `score_with_conditions`.

    Examples
    --------
    >>> import pandas as pd
    >>> standing = StandingPlan.of(Needs(pd.Series({"a": 3.0, "b": 2.0}), pd.Series({"a": 5, "b": 4}), 7))
    >>> cost_with_conditions(standing, "b")[:2]
    (2, True)
    """
    needs, problem, place = standing.needs, standing.problem, standing.place(proposal)
    cost = int(problem.costs[place])
    if not cost:
        return Found(None, smallest=True)
    one_less = needs.costs.where(needs.costs.index != proposal, cost - 1)
    moving = Moving.with_cost(problem.program, stated(replace(needs, costs=one_less)).program, place)
    found = None
    if standing.ordered:
        program = forced(problem, proposal)
        contest = Contest(moving, program, problem.places, standing.answer.chosen, cost)
        found = least_amount(contest, _allowance(MOST_CELLS))
    if found is None:
        return _enough(_beside(standing, proposal).cost_less(moving, cost))
    return _told(problem, found)


def ceiling_with_conditions(standing: StandingPlan, proposal: Hashable) -> Found:
    """Return how much more money would fund a proposal.

    Parameters and result as `score_with_conditions`. Where all lists are short, one rupiah less does not do
    it; where the proposal is far out of reach, much smaller rises are not searched.

    Examples
    --------
    >>> import pandas as pd
    >>> standing = StandingPlan.of(Needs(pd.Series({"a": 3.0, "b": 2.0}), pd.Series({"a": 5, "b": 4}), 7))
    >>> ceiling_with_conditions(standing, "b")[:2]
    (2, True)
    """
    problem, place = standing.problem, standing.place(proposal)
    everything = max(int(problem.costs.sum()) - problem.ceiling, 0)
    moving = Moving.with_ceiling(problem.program)
    rising = RisingCeiling(
        problem.program, moving, place, problem.places, everything, _allowance(CELLS_OF_A_RISE)
    )
    found = rising.least() if standing.ordered else None
    if found is None:
        return _enough(_beside(standing, proposal).ceiling_more(moving, everything))
    if found.amount is None:
        return Found(None, found.smallest)
    return Found(found.amount, found.smallest, frozenset(problem.labels[found.chosen].tolist()))


def _allowance(cells: int) -> Allowance:
    return Allowance(cells, CELLS_OF_A_LIST)


def _beside(standing: StandingPlan, proposal: Hashable) -> Beside:
    problem, place = standing.problem, standing.place(proposal)
    plan = standing.answer.chosen
    return Beside(problem.program, problem.places, plan, place, standing.top, problem.settings)


def _enough(found: Enough) -> Found:
    return Found(found.amount, smallest=found.impossible, enough=True)


def _told(problem: Problem, found: Least) -> Found:
    if found.amount is None:
        return Found(None, smallest=True)
    return Found(found.amount, smallest=True, funded=frozenset(problem.labels[found.chosen].tolist()))


def _ahead(chosen: Flags, other: Flags, places: Integers) -> bool:
    """Return whether a plan comes before another one in the public tie order."""
    order = np.argsort(places)
    differs = np.flatnonzero(chosen[order] != other[order])
    return bool(differs.size and chosen[order[differs[0]]])
