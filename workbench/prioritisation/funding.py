"""What each budget rule funds, as one kind of result: a status for every ranked proposal, and facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import Any

import pandas as pd

from workbench.engine.allocation.best_plan import Plan, best_plan
from workbench.engine.allocation.completions import equal_shares
from workbench.engine.allocation.equal_shares import SharedAllocation
from workbench.engine.allocation.greedy import ranks_by_value
from workbench.engine.allocation.money import amounts
from workbench.engine.allocation.phragmen import fund_by_phragmen
from workbench.engine.allocation.quotas import fund_by_rank_within_quotas
from workbench.engine.allocation.ranked import fund_by_rank
from workbench.engine.allocation.result import Allocation, FundingStatus
from workbench.errors import InvalidInput, InvalidValue, Problem
from workbench.prioritisation.contest import Contest
from workbench.prioritisation.outcome import Proof, Shared

AT_LINE = MappingProxyType(
    {"rank_stop": "stop", "rank_skip": "skip", "quota_stop": "stop", "quota_skip": "skip"}
)
"""The rules that walk down the ranks, and what they do at the line."""
SHARES_MONEY = ("equal_shares", "phragmen")
"""Rules that need the cards of participants."""

NAMELESS = ""
"""The group of proposals that name no village or proposer."""

Facts = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Funding:
    """What a budget rule decided.

    Attributes
    ----------
    status : mapping of proposal to FundingStatus
        Of every competing proposal.
    shortfall : mapping of proposal to int
        Rupiah that are missing, where money is what is missing.
    facts : mapping of proposal to mapping
        Further facts of the sentence about it: conditions, quota.
    walk : Allocation or None
        The steps of a walk down the ranks.
    proof : Proof or None
    shared : Shared or None
    """

    status: Mapping[str, FundingStatus]
    shortfall: Mapping[str, int] = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)
    walk: Allocation | None = None
    proof: Proof | None = None
    shared: Shared | None = None

    def funded(self, order: pd.Index) -> tuple[str, ...]:
        """Return the funded proposals in an order."""
        return tuple(label for label in order if self.status.get(label) is FundingStatus.FUNDED)


def fund(contest: Contest) -> Funding:
    """Return what the budget rule of a contest funds.

    Raises
    ------
    InvalidInput
        ``rule_without_ballots`` where a rule shares money and nobody has a complete card;
        ``completion_step_too_small`` where the shares would need too many runs.
    NoFeasiblePlan
        ``conditions_clash``, ``committed_above_ceiling``, ``nothing_found_in_time``.
    """
    if contest.ranks.empty:  # before anything was scored
        return Funding(MappingProxyType({}))
    return FUNDING[contest.rules.budget_rule](contest)


def _by_rank(rule: str, contest: Contest) -> Funding:
    return _walked(contest, contest.ranks, AT_LINE[rule])


def _by_value(contest: Contest) -> Funding:
    """Walk by score for each rupiah; equal values go by the ranks, and the forum decides what is left."""
    places = ranks_by_value(contest.scores, contest.costs, equals=contest.ranks)
    return _walked(contest, places, "skip")


def _walked(contest: Contest, places: pd.Series, at_line: str) -> Funding:
    held = contest.without_committed()
    walk = fund_by_rank(places.loc[held.ranks.index], held.costs, held.room, at_line)
    return _with_committed(contest, walk)


def _with_committed(
    contest: Contest, walk: Allocation, more: Mapping[str, FundingStatus] = MappingProxyType({})
) -> Funding:
    labels = [str(label) for label in walk.status.index.tolist()]
    status = dict(zip(labels, walk.status.tolist(), strict=True)) | dict(more)
    status |= dict.fromkeys(contest.committed, FundingStatus.FUNDED)
    lacking = zip(labels, walk.shortfall.tolist(), strict=True)
    missing = {label: int(amount) for label, amount in lacking if amount is not pd.NA}
    return Funding(MappingProxyType(status), MappingProxyType(missing), walk=walk)


def _within_quotas(rule: str, contest: Contest) -> Funding:
    groups = contest.quota_groups
    held = contest.without_committed()
    taken = groups[list(contest.committed)].value_counts().to_dict()
    own = groups.loc[held.ranks.index]
    quotas = {group: max(contest.rules.quota - int(taken.get(group, 0)), 0) for group in set(own)}
    if NAMELESS in quotas:
        quotas[NAMELESS] = len(own)  # of no village or proposer: no quota holds for them
    made = fund_by_rank_within_quotas(held.ranks, held.costs, held.room, own, quotas, AT_LINE[rule])
    beyond = {str(label): FundingStatus.OVER_QUOTA for label in made.over_quota}
    beyond |= {str(label): FundingStatus.TIED_AT_QUOTA for label in made.tied_at_quota}
    facts = {
        label: {"group": contest.called.get(groups[label], groups[label]), "quota": contest.rules.quota}
        for label in beyond
    }
    return replace(_with_committed(contest, made.listed, beyond), facts=MappingProxyType(facts))


def _best_total(contest: Contest) -> Funding:
    plan = best_plan(
        contest.scores,
        contest.costs,
        contest.room,
        committed=tuple(contest.committed),
        tie_key=contest.order,
        settings=contest.settings,
    )
    return _planned(contest, plan)


def _best_with_conditions(contest: Contest) -> Funding:
    plan = best_plan(
        contest.scores,
        contest.costs,
        contest.room,
        contest.needs().groups,
        contest.conditions,
        tuple(contest.committed),
        contest.order,
        contest.settings,
    )
    return _planned(contest, plan)


def _planned(contest: Contest, plan: Plan) -> Funding:
    blocked = {
        str(label): {"conditions": tuple(name for name in names if name != "ceiling")}
        for label, names in plan.blocked_by.items()
    }
    return Funding(
        MappingProxyType({str(label): held for label, held in plan.status.items()}),
        _beyond_left(contest, plan.status, plan.left),
        MappingProxyType(blocked),
        proof=Proof(
            plan.proven,
            plan.gap,
            plan.settings.relative_gap,
            plan.settings.seconds,
            plan.interrupted,
            plan.tie_order_applied,
            plan.total_score,
        ),
    )


def _equal_shares(contest: Contest) -> Funding:
    held = contest.without_committed()
    needs = held.needs()
    try:
        made = equal_shares(
            _ballots(held),
            held.costs,
            held.room,
            needs.utility,
            needs.completion,
            needs.step,
            needs.until,
            needs.start,
            tie_key=needs.tie_key,
        )
    except InvalidValue as error:
        if error.code != "step_too_small":
            raise
        raise InvalidInput([_step_too_small(error)]) from error
    return replace(_bought(contest, made.status, made.left), shared=_shared(contest, made))


def _step_too_small(error: InvalidValue) -> Problem:
    step, facts = str(error.facts["value"]), {"least": error.facts["at_least"]}
    return Problem("completion_step_too_small", column="completion_step", value=step, facts=facts)


def _shared(contest: Contest, made: SharedAllocation) -> Shared:
    participants = len(contest.support.ballots)
    return Shared(participants, float(made.first_share), float(made.share), len(made.completed))


def _phragmen(contest: Contest) -> Funding:
    held = contest.without_committed()
    made = fund_by_phragmen(_ballots(held), held.costs, held.room, tie_key=held.order)
    costs = held.costs.to_dict()
    beyond = {
        str(label): {"rule": "above_ceiling"}
        for label, found in made.status.items()
        if found is FundingStatus.NOT_CHOSEN and costs[label] > held.room
    }
    return replace(_bought(contest, made.status, made.left), facts=MappingProxyType(beyond))


def _ballots(contest: Contest) -> pd.DataFrame:
    if contest.support.ballots.empty:
        rule = str(contest.rules.budget_rule)
        facts = {"budget_rule": rule}
        raise InvalidInput([Problem("rule_without_ballots", column="budget_rule", value=rule, facts=facts)])
    return contest.support.ballots


def _bought(contest: Contest, status: pd.Series, left: int) -> Funding:
    held = {str(label): found for label, found in status.items()}
    held |= dict.fromkeys(contest.committed, FundingStatus.FUNDED)
    return Funding(MappingProxyType(held), _beyond_left(contest, status, left))


def _beyond_left(contest: Contest, status: pd.Series, left: int) -> Mapping[str, int]:
    """Return by how much the cost of each proposal that is not funded exceeds what is left."""
    costs = contest.costs.to_dict()
    missing = {
        str(label): int(costs[label]) - left
        for label, held in status.items()
        if held is not FundingStatus.FUNDED and int(costs[label]) > left
    }
    return MappingProxyType(missing)


FUNDING: Mapping[str, Callable[[Contest], Funding]] = MappingProxyType(
    {
        "rank_stop": partial(_by_rank, "rank_stop"),
        "rank_skip": partial(_by_rank, "rank_skip"),
        "by_value": _by_value,
        "best_total": _best_total,
        "best_with_conditions": _best_with_conditions,
        "equal_shares": _equal_shares,
        "phragmen": _phragmen,
        "quota_stop": partial(_within_quotas, "quota_stop"),
        "quota_skip": partial(_within_quotas, "quota_skip"),
    }
)
"""The names of `Rules.budget_rule`."""


def allocation_of(contest: Contest, funding: Funding, ranks: pd.Series) -> Allocation:
    """Return the funded list in rank order, unpriced proposals in their place.

    Parameters
    ----------
    contest : Contest
    funding : Funding
        Of this contest.
    ranks : Series of int by proposal
        Of all ranked proposals, in any order.
    """
    order = sorted(ranks.index, key=lambda label: (int(ranks[label]), str(label)))
    costs = contest.costs.to_dict()
    running, spent, last = {}, 0, None
    for label in order:
        if funding.status.get(label) is FundingStatus.FUNDED and costs[label]:
            spent += int(costs[label])
            last = int(ranks[label])
        running[label] = spent
    index = ranks.index
    status = [funding.status.get(label, FundingStatus.UNPRICED) for label in index]
    return Allocation(
        rule=contest.rules.budget_rule,
        status=pd.Series(status, index=index, name="status", dtype=object),
        order=tuple(order),
        running_total=amounts((running[label] for label in index), index, "running_total"),
        spent=spent,
        left=contest.room - spent,
        ceiling=contest.room,
        shortfall=amounts((funding.shortfall.get(label) for label in index), index, "shortfall"),
        line_after_rank=last,
        steps=funding.walk.steps if funding.walk else (),
    )
