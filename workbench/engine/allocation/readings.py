"""The same needs and the same ceiling under every rule."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import pandas as pd

from workbench.engine.allocation.best_plan import Problem, best_plan, first_plan, plan_of, state_problem
from workbench.engine.allocation.completions import equal_shares
from workbench.engine.allocation.conditions import Condition
from workbench.engine.allocation.equal_shares import SharedAllocation
from workbench.engine.allocation.greedy import fund_by_value
from workbench.engine.allocation.phragmen import fund_by_phragmen
from workbench.engine.allocation.points import whole_points
from workbench.engine.allocation.program import SolverSettings
from workbench.engine.allocation.ranked import fund_by_rank
from workbench.errors import InvalidValue, UnknownMethod


@dataclass(frozen=True)
class Needs:
    """Everything that a rule may look at.

    Attributes
    ----------
    scores : Series of float by proposal
        More is better.
    costs : Series of int by proposal
        Whole rupiah, all priced.
    ceiling : int
        Whole rupiah.
    ballots : DataFrame of numbers, participants by proposals, or None
        For the rules that share money.
    groups : DataFrame by proposal, or None
        Columns such as village, field, proposer.
    conditions : tuple of Condition
        For the exact plan with conditions.
    committed : tuple of labels
        For the rules that know committed proposals.
    tie_key : Series of int by proposal, or None
        The public lot, the same for all rules.
    utility, completion : str
        Of Equal Shares.
    step : int or None
        Of the ``add_one`` completion.
    until, start : str
        Of Equal Shares, as `workbench.engine.allocation.completions.equal_shares`.
    settings : SolverSettings
        Of the exact plans.
    ranks : Series of int by proposal, or None
        Where given, equal score per rupiah goes by these ranks, not by the lot; who shares one stays equal.
    """

    scores: pd.Series
    costs: pd.Series
    ceiling: int
    ballots: pd.DataFrame | None = None
    groups: pd.DataFrame | None = None
    conditions: tuple[Condition, ...] = ()
    committed: tuple[Hashable, ...] = ()
    tie_key: pd.Series | None = None
    utility: str = "cost"
    completion: str = "add_opt"
    step: int | None = None
    until: str = "last_feasible"
    start: str = "fraction"
    settings: SolverSettings = field(default_factory=SolverSettings)
    ranks: pd.Series | None = None

    def with_ballots(self) -> pd.DataFrame:
        """Return the ballots, or raise ``no_ballots``."""
        if self.ballots is None:
            raise InvalidValue("no_ballots", remedy="this rule shares money among participants")
        return self.ballots


Funded = tuple[Hashable, ...]


def ranks_of(needs: Needs) -> pd.Series:
    """Return ranks by score; equal scores share a rank unless the public lot separates them.

    Examples
    --------
    >>> ranks_of(Needs(pd.Series({"a": 1.0, "b": 2.0}), pd.Series({"a": 1, "b": 1}), 1)).to_dict()
    {'a': 2, 'b': 1}
    """
    units = pd.Series(whole_points(needs.scores).units, index=needs.scores.index)
    if needs.tie_key is None:
        return units.rank(method="min", ascending=False).astype(int)
    lot = needs.tie_key.reindex(units.index).to_numpy()
    order = np.lexsort((lot, -units.to_numpy()))
    return pd.Series(np.argsort(order) + 1, index=units.index)


def by_rank_stop(needs: Needs) -> Funded:
    """Fund by rank and close the line at the first that does not fit."""
    return fund_by_rank(ranks_of(needs), needs.costs, needs.ceiling, "stop").funded


def by_rank_skip(needs: Needs) -> Funded:
    """Fund by rank and pass over what does not fit."""
    return fund_by_rank(ranks_of(needs), needs.costs, needs.ceiling, "skip").funded


def by_value(needs: Needs) -> Funded:
    """Fund by score for each rupiah and pass over what does not fit."""
    return fund_by_value(needs.scores, needs.costs, needs.ceiling, needs.tie_key, needs.ranks).funded


def best_total(needs: Needs) -> Funded:
    """Fund the plan with the best total score."""
    return best_plan(
        needs.scores, needs.costs, needs.ceiling, tie_key=needs.tie_key, settings=needs.settings
    ).funded


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


def best_with_conditions(needs: Needs) -> Funded:
    """Fund the plan with the best total score that keeps every condition."""
    problem = stated(needs)
    return plan_of(problem, *first_plan(problem)).funded


def run_of_shares(needs: Needs) -> SharedAllocation:
    """Return the run of Equal Shares with the completion that was chosen."""
    return equal_shares(
        needs.with_ballots(),
        needs.costs,
        needs.ceiling,
        needs.utility,
        needs.completion,
        needs.step,
        needs.until,
        needs.start,
        committed=needs.committed,
        tie_key=needs.tie_key,
    )


def shares(needs: Needs) -> Funded:
    """Fund by the Method of Equal Shares with the completion that was chosen."""
    return run_of_shares(needs).funded


def phragmen(needs: Needs) -> Funded:
    """Fund by sequential Phragmen."""
    return fund_by_phragmen(
        needs.with_ballots(), needs.costs, needs.ceiling, needs.committed, needs.tie_key
    ).funded


READINGS: Mapping[str, Callable[[Needs], Funded]] = MappingProxyType(
    {
        "by_rank_stop": by_rank_stop,
        "by_rank_skip": by_rank_skip,
        "by_value": by_value,
        "best_total": best_total,
        "best_with_conditions": best_with_conditions,
        "equal_shares": shares,
        "phragmen": phragmen,
    }
)
"""Rules of the allocation, by name, as a function from needs to the funded proposals."""


def funded_under(rule: str, needs: Needs) -> Funded:
    """Return what a rule funds.

    Raises
    ------
    UnknownMethod
        When the rule is not a name of `READINGS`.

    Examples
    --------
    >>> needs = Needs(pd.Series({"a": 3.0, "b": 2.0}), pd.Series({"a": 5, "b": 5}), 5)
    >>> funded_under("best_total", needs)
    ('a',)
    """
    if rule not in READINGS:
        raise UnknownMethod(method=rule, known=tuple(READINGS))
    return READINGS[rule](needs)
