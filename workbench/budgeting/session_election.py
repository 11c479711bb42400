"""A session as a participatory budgeting election, for exchange: nobody's card can be told by its number."""

from __future__ import annotations

from types import MappingProxyType

import pandas as pd

from workbench.budgeting.contest import Contest
from workbench.domain.election import Election, VoteType
from workbench.domain.session import Session
from workbench.errors import InvalidInput, Problem, Severity
from workbench.prioritisation.outcome import Outcome, Standing
from workbench.prioritisation.support import FULL_SUPPORT, support_of


def election_of(session: Session, outcome: Outcome, contest: Contest) -> Election:
    """Return what competes for the ceiling as an election with scoring ballots.

    Ballots carry the support of complete cards (`Contest.support`) under new numbers in the order of their
    content, without anything else about a person. Proposals whose score is withheld stand outside, as if
    their cards had never been given: a ballot would hold what one of few people gave. What the funded among
    them cost is taken off the budget, and a note and the line ``withheld_projects`` of META name them.

    Parameters
    ----------
    session : Session
    outcome : Outcome
        Computed from it.
    contest : Contest
        Of both.

    Raises
    ------
    InvalidInput
        ``pb_too_few_ballots`` where fewer people than the smallest group gave a complete card: their ballots
        would tell who they are.
    """
    labels = sorted(str(label) for label in contest.ranks.index if label not in outcome.withheld)
    shown = pd.Index(labels, dtype="str")
    ballots = support_of(session, outcome.weights.values, outcome.rules.round, shown).ballots
    if len(ballots) < outcome.rules.minimum_group:
        facts = {"least": outcome.rules.minimum_group}
        raise InvalidInput([Problem("pb_too_few_ballots", value=str(len(ballots)), facts=facts)])
    given = sorted(tuple(row) for row in ballots[labels].to_numpy().tolist())
    points = pd.DataFrame(given, columns=labels, dtype="int64")
    points.index = pd.Index(
        [str(number) for number in range(1, len(points) + 1)], name="voter_id", dtype="str"
    )
    funded = set(outcome.standing(Standing.FUNDED).index)
    left_out = contest.ranks.index.difference(shown)
    budget = contest.room - sum(int(contest.costs[label]) for label in left_out.intersection(list(funded)))
    frame = session.proposals.frame.loc[labels]
    projects = pd.DataFrame(
        {
            "cost": [str(int(cost)) for cost in contest.costs.loc[labels]],
            "votes": [str(int(count)) for count in (points > 0).sum()],
            "score": [str(int(total)) for total in points.sum()],
            "name": [" ".join(str(name).split()) for name in frame["activity"]],
            "category": list(frame["field"]),
            "selected": ["1" if label in funded else "0" for label in labels],
        },
        index=pd.Index(labels, name="project_id", dtype="str"),
    )
    meta = {
        "description": session.facts.region_name or session.facts.forum,
        "country": "Indonesia",
        "unit": session.facts.region_name,
        "instance": str(session.facts.plan_year or ""),
        "num_projects": str(len(labels)),
        "num_votes": str(len(points)),
        "budget": str(budget),
        "vote_type": VoteType.SCORING.value,
        "rule": outcome.rules.budget_rule,
        **_dates(session.facts.date),
        "min_points": "0",
        "max_points": str(FULL_SUPPORT),
        "default_score": "0",
        "language": "id",
        "currency": "IDR",
        **({} if left_out.empty else {"withheld_projects": ",".join(map(str, left_out))}),
    }
    return Election(
        MappingProxyType(meta),
        VoteType.SCORING,
        projects,
        contest.costs.loc[labels].rename("cost"),
        budget,
        0,
        pd.DataFrame({"vote": _labels(points), "points": _points(points)}, index=points.index),
        points,
        frozenset(funded & set(labels)),
        _notes(left_out, outcome),
    )


def _dates(date: str) -> dict[str, str]:
    """Return when the vote began and ended: the day of the meeting, where it is known."""
    day = ".".join(reversed(date.split("-")))
    return {"date_begin": day, "date_end": day} if date else {}


def _notes(left_out: pd.Index, outcome: Outcome) -> tuple[Problem, ...]:
    if left_out.empty:
        return ()
    facts = {"proposals": tuple(map(str, left_out)), "least": outcome.rules.minimum_group}
    return (Problem("pb_few_left_out", Severity.NOTE, facts=facts),)


def _labels(points: pd.DataFrame) -> list[str]:
    return [
        ",".join(str(label) for label, value in row.items() if value > 0) for row in points.to_dict("records")
    ]


def _points(points: pd.DataFrame) -> list[str]:
    return [",".join(str(value) for value in row.values() if value > 0) for row in points.to_dict("records")]
