"""What every rule of the ceiling funds on the same contest, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import pandas as pd

from workbench.budgeting.contest import Contest
from workbench.budgeting.walk import AT_LINE, groups_of, walk
from workbench.engine.allocation.best_plan import best_plan
from workbench.engine.allocation.greedy import ranks_by_value
from workbench.engine.allocation.readings import phragmen, shares
from workbench.errors import UnknownMethod


@dataclass(frozen=True)
class Reading:
    """What one rule funds.

    Attributes
    ----------
    rule : str
        A name of `READINGS`.
    funded : tuple of str
        In the public order.
    proven : bool
        For the exact plan: whether no better one exists. True for rules that only follow their steps.
    gap : float
        The share of the total that a better plan could still add, at most.
    """

    rule: str
    funded: tuple[str, ...]
    proven: bool = True
    gap: float = 0.0


def by_rank(rule: str, contest: Contest) -> Reading:
    """Fund by rank; a name of `AT_LINE` says what happens at the line."""
    walked = walk(groups_of(contest.ranks, contest.costs), contest.room, AT_LINE[rule])
    return _reading(rule, contest, walked.funded)


def by_value(contest: Contest) -> Reading:
    """Fund by score for each rupiah, passing over what does not fit.

    Equal score for each rupiah is separated by the ranks of the outcome; where those are shared too, the
    choice stays with the forum.
    """
    values = ranks_by_value(contest.scores, contest.costs)
    both = pd.Series(list(zip(values.tolist(), contest.ranks.tolist(), strict=True)), index=values.index)
    place = {key: number for number, key in enumerate(sorted(set(both.tolist())), start=1)}
    walked = walk(groups_of(both.map(place), contest.costs), contest.room, "skip")
    return _reading("by_value", contest, walked.funded)


def best_total(contest: Contest) -> Reading:
    """Fund the plan with the best total score; among equals the public order decides."""
    plan = best_plan(
        contest.scores, contest.costs, contest.room, tie_key=contest.order, settings=contest.settings
    )
    return _reading("best_total", contest, frozenset(map(str, plan.funded)), proven=plan.proven, gap=plan.gap)


def equal_shares(contest: Contest) -> Reading:
    """Fund by the Method of Equal Shares on the cards of the participants."""
    return _reading("equal_shares", contest, frozenset(map(str, shares(contest.needs()))))


def by_phragmen(contest: Contest) -> Reading:
    """Fund by sequential Phragmen on the cards of the participants."""
    return _reading("phragmen", contest, frozenset(map(str, phragmen(contest.needs()))))


READINGS: Mapping[str, Callable[[Contest], Reading]] = MappingProxyType(
    {
        **{rule: partial(by_rank, rule) for rule in AT_LINE},
        "by_value": by_value,
        "best_total": best_total,
        "equal_shares": equal_shares,
        "phragmen": by_phragmen,
    }
)
"""Rules of the ceiling, by name."""
SHARES_MONEY = ("equal_shares", "phragmen")
"""Rules that need the cards of participants."""


def read_rule(rule: str, contest: Contest) -> Reading:
    """Return what a rule funds.

    Raises
    ------
    UnknownMethod
        When the rule is not a name of `READINGS`.
    InvalidValue
        ``no_ballots`` under a rule of `SHARES_MONEY` when nobody has a complete card.
    NoFeasiblePlan
        ``nothing_found_in_time`` under the exact rule.
    """
    if rule not in READINGS:
        raise UnknownMethod(method=rule, known=tuple(READINGS))
    return READINGS[rule](contest)


def _reading(
    rule: str, contest: Contest, funded: frozenset[str], *, proven: bool = True, gap: float = 0.0
) -> Reading:
    return Reading(rule, tuple(label for label in contest.ranks.index if label in funded), proven, gap)
