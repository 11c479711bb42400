"""What a rule elects in a participatory budgeting election, beside the official result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import pandas as pd

from workbench.domain.election import POINTED, Election
from workbench.engine.allocation.best_plan import best_plan
from workbench.engine.allocation.completions import equal_shares
from workbench.engine.allocation.phragmen import fund_by_phragmen
from workbench.engine.allocation.ranked import fund_by_rank
from workbench.errors import InvalidInput, Problem, UnknownMethod

WITHDRAWN = 999_999_999
"""A cost that Pabulib writes for a project which was withdrawn after the vote; it closes no line."""


@dataclass(frozen=True)
class Choices:
    """What Equal Shares is told.

    Attributes
    ----------
    utility, completion, until, start : str
        As `workbench.engine.allocation.completions.equal_shares`.
    step : int
        In the smallest unit of the election's currency; 0 where none is stated.
    """

    utility: str = "cost"
    completion: str = "add_opt"
    until: str = "last_feasible"
    start: str = "fraction"
    step: int = 0


@dataclass(frozen=True)
class ElectionResult:
    """What a rule elects.

    Attributes
    ----------
    rule : str
        A name of `RULES`.
    elected : tuple of str
        In the order of the rule.
    spent, left : int
        In the smallest unit of the currency.
    without_any : int
        Voters none of whose projects is elected.
    missing, extra : tuple of str
        Officially elected and not elected here, and the other way round, sorted; empty where the file names
        no official result.
    below : tuple of str
        Projects that the threshold of the file leaves out, in the order of the file.
    """

    rule: str
    elected: tuple[str, ...]
    spent: int
    left: int
    without_any: int
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    below: tuple[str, ...] = ()


def votes_of(election: Election) -> pd.Series:
    """Return the total of the ballots by project: approvals, or points."""
    return election.ballots.sum(axis="index").astype("int64")


def _ranks(election: Election, values: pd.Series) -> pd.Series:
    """Rank by a value, equal ones by lower cost, then by the order of the labels."""
    costs = election.costs.to_dict()
    order = sorted(values.index, key=lambda label: (-values[label], costs[label], str(label)))
    return pd.Series(range(1, len(order) + 1), index=order)


def _by_votes(at_line: str, election: Election) -> tuple[str, ...]:
    ranks = _ranks(election, votes_of(election))
    return tuple(
        map(str, fund_by_rank(ranks, election.costs.loc[ranks.index], election.budget, at_line).funded)
    )


def _greedy(election: Election, choices: Choices) -> tuple[str, ...]:  # noqa: ARG001
    return _by_votes("skip", election)


def _greedy_stop(election: Election, choices: Choices) -> tuple[str, ...]:  # noqa: ARG001
    withdrawn = (election.costs == WITHDRAWN) & (election.costs > election.budget)
    return _by_votes("stop", _without(election, withdrawn[withdrawn].index))


def _per_cost(election: Election, choices: Choices) -> tuple[str, ...]:  # noqa: ARG001
    votes, costs = votes_of(election).to_dict(), election.costs.to_dict()
    # Two fractions of such numbers differ by more than 2**-120, so the whole parts order them exactly.
    worth = pd.Series(
        {label: (votes[label] << 120) // costs[label] if costs[label] else 1 << 240 for label in costs},
        dtype=object,
    )
    ranks = _ranks(election, worth)
    return tuple(
        map(str, fund_by_rank(ranks, election.costs.loc[ranks.index], election.budget, "skip").funded)
    )


def _most_votes(election: Election, choices: Choices) -> tuple[str, ...]:  # noqa: ARG001
    votes = votes_of(election)
    held = votes[votes > 0]  # what is disliked on balance adds nothing to a total
    if held.empty:
        return ()
    totals = held // int(np.gcd.reduce(held.to_numpy()))
    plan = best_plan(totals, election.costs[held.index], election.budget, tie_key=_ranks(election, held))
    funded = set(plan.funded)
    return tuple(str(label) for label in votes.index if label in funded)


def _shares(election: Election, choices: Choices) -> tuple[str, ...]:
    made = equal_shares(
        election.ballots.clip(lower=0),  # points against a project are no support
        election.costs,
        election.budget,
        choices.utility,
        choices.completion,
        choices.step or None,
        choices.until,
        choices.start,
    )
    return tuple(map(str, made.funded))


def _phragmen(election: Election, choices: Choices) -> tuple[str, ...]:  # noqa: ARG001
    support = election.ballots.clip(lower=0)
    return tuple(map(str, fund_by_phragmen(support, election.costs, election.budget).funded))


def _compared(election: Election, choices: Choices) -> tuple[str, ...]:
    """Return what Equal Shares elects, or what greedy does where more voters have more projects from it."""
    shares, greedy = _shares(election, choices), _greedy(election, choices)
    of_shares, of_greedy = (
        (election.ballots[list(each)] > 0).sum(axis="columns") for each in (shares, greedy)
    )
    return greedy if (of_greedy > of_shares).sum() > (of_shares > of_greedy).sum() else shares


RULES: Mapping[str, Callable[[Election, Choices], tuple[str, ...]]] = MappingProxyType(
    {
        "greedy": _greedy,
        "greedy_stop": _greedy_stop,
        "greedy_per_cost": _per_cost,
        "most_votes": _most_votes,
        "equal_shares": _shares,
        "equal_shares_compared": _compared,
        "phragmen": _phragmen,
    }
)
"""Rules of an election: by total votes (skipping or closing the line), by votes for each unit of money, the
set with most votes in total, and those that share money."""


def _without(election: Election, left_out: pd.Index) -> Election:
    kept = election.costs.index.difference(left_out, sort=False)
    return replace(
        election,
        projects=election.projects.loc[kept],
        costs=election.costs.loc[kept],
        ballots=election.ballots[kept],
    )


def elect(election: Election, rule: str, choices: Choices | None = None) -> ElectionResult:
    """Return what a rule elects, and how that differs from the official result.

    Raises
    ------
    UnknownMethod
        When the rule is not a name of `RULES`.
    InvalidValue
        What Equal Shares refuses: ``step_missing``, ``step_too_small``.
    """
    if rule not in RULES:
        raise UnknownMethod(method=rule, known=tuple(RULES))
    totals = votes_of(election)
    below = totals.index[totals < election.threshold] if election.threshold is not None else totals.index[:0]
    held = _without(election, below)
    elected = () if held.projects.empty else RULES[rule](held, choices or Choices())
    spent = int(election.costs[list(elected)].sum())
    served = (election.ballots[list(elected)] > 0).any(axis="columns")
    official = election.selected if election.selected is not None else frozenset(elected)
    return ElectionResult(
        rule=rule,
        elected=elected,
        spent=spent,
        left=election.budget - spent,
        without_any=int((~served).sum()),
        missing=tuple(sorted(official - set(elected))),
        extra=tuple(sorted(set(elected) - official)),
        below=tuple(map(str, below)),
    )


THRESHOLD_RULE = "greedy-threshold"
OFFICIAL_RULE = "official"
"""Asks for the rule that the file names."""
OFFICIAL: Mapping[str, tuple[str, Choices]] = MappingProxyType(
    {
        "greedy": ("greedy", Choices()),
        "greedy-exclusive": ("greedy", Choices()),
        "greedy-no-skip": ("greedy_stop", Choices()),
        THRESHOLD_RULE: ("greedy", Choices()),
        "equalshares": ("equal_shares", Choices(completion="none")),
        "equalshares-comparison": ("equal_shares_compared", Choices(completion="none")),
        "equalshares/add1": ("equal_shares", Choices(completion="add_one", step=1)),
        "equalshares/add1-comparison": ("equal_shares_compared", Choices(completion="add_one", step=1)),
    }
)
"""Official rules of Pabulib files that have a rule here; a step is one unit of the currency as written.

Exclusions between projects are not in the files, so ``greedy-exclusive`` is read as plain ``greedy``.
"""


def rule_of(election: Election, asked: str | None) -> tuple[str, Choices]:
    """Return the rule that is asked for with its plain choices; the official one where none is asked for.

    A file whose official rule is not known is decided by total votes unless "official" is asked for by name.

    Raises
    ------
    InvalidInput
        ``pb_rule_unknown``.
    """
    official = official_rule(election)
    if asked == OFFICIAL_RULE and official is None:
        known = {"allowed": tuple(RULES)}
        raise InvalidInput([Problem("pb_rule_unknown", column="rule", value=election.rule, facts=known)])
    if asked in (None, OFFICIAL_RULE):
        return official or ("greedy", Choices())
    return str(asked), Choices(utility="score" if election.vote_type in POINTED else "cost")


def official_rule(election: Election) -> tuple[str, Choices] | None:
    """Return the rule that the file names, with the step in the smallest unit; None for others.

    A rule with a threshold is unknown where the file does not state it.
    """
    name = election.rule.strip().lower()
    found = OFFICIAL.get(name)
    if found is None or (name == THRESHOLD_RULE and election.threshold is None):
        return None
    rule, choices = found
    utility = "score" if election.vote_type in POINTED else choices.utility
    step = choices.step * 10**election.decimals
    return rule, Choices(utility, choices.completion, choices.until, choices.start, step)
