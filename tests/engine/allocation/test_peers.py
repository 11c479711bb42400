"""Answers of pabutools to the same meetings.

`benchmarks/oracles/allocation_peers.py` wrote them and says where pabutools is no oracle.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import NamedTuple

import pandas as pd
import pytest

from workbench.engine.allocation.best_plan import best_plan
from workbench.engine.allocation.completions import equal_shares
from workbench.engine.allocation.greedy import fund_by_value
from workbench.engine.allocation.phragmen import fund_by_phragmen
from workbench.engine.allocation.ranked import fund_by_rank


class Meeting(NamedTuple):
    ballots: pd.DataFrame
    costs: pd.Series
    ceiling: int
    by_name: pd.Series
    answers: dict[str, list[str] | int]
    seed: int


@pytest.fixture(scope="module")
def meetings(project_root):
    file = project_root / "tests" / "fixtures" / "allocation" / "pabutools.json"
    drawn = json.loads(file.read_text(encoding="utf-8"))["meetings"]
    return [
        Meeting(
            ballots=pd.DataFrame(case["scores"], columns=list(case["costs"])),
            costs=pd.Series(case["costs"]),
            ceiling=case["ceiling"],
            by_name=pd.Series({name: place for place, name in enumerate(sorted(case["costs"]))}),
            answers=case["answers"],
            seed=case["seed"],
        )
        for case in drawn
    ]


def test_greedy_by_votes(meetings):
    for meeting in meetings:
        votes = (meeting.ballots > 0).sum()
        order = sorted(votes.index, key=lambda name, votes=votes: (-votes[name], name))
        ranks = pd.Series({name: rank for rank, name in enumerate(order, start=1)})
        made = fund_by_rank(ranks, meeting.costs, meeting.ceiling, "skip")
        assert sorted(made.funded) == meeting.answers["greedy_votes"], meeting.seed


@pytest.mark.parametrize(
    ("answer", "worth"),
    [
        ("greedy_votes_per_rupiah", lambda ballots: (ballots > 0).sum()),
        ("greedy_score_per_rupiah", lambda ballots: ballots.sum()),
    ],
)
def test_greedy_by_value(meetings, answer, worth):
    for meeting in meetings:
        made = fund_by_value(worth(meeting.ballots), meeting.costs, meeting.ceiling, meeting.by_name)
        assert sorted(made.funded) == meeting.answers[answer], meeting.seed


@pytest.mark.parametrize("utility", ["cost", "cardinality", "score"])
def test_equal_shares_without_completion(meetings, utility):
    for meeting in meetings:
        made = equal_shares(meeting.ballots, meeting.costs, meeting.ceiling, utility, tie_key=meeting.by_name)
        assert sorted(made.funded) == meeting.answers[f"equal_shares_{utility}"], meeting.seed


def test_phragmen(meetings):
    for meeting in meetings:
        made = fund_by_phragmen(meeting.ballots, meeting.costs, meeting.ceiling, tie_key=meeting.by_name)
        assert sorted(made.funded) == meeting.answers["phragmen"], meeting.seed


def test_the_best_total(meetings):
    for meeting in meetings:
        plan = best_plan(meeting.ballots.sum(), meeting.costs, meeting.ceiling)
        assert plan.proven
        assert plan.total_score == meeting.answers["best_total"], meeting.seed
        assert meeting.ballots[list(plan.funded)].to_numpy().sum() == plan.total_score
        assert meeting.costs[list(plan.funded)].sum() == plan.spent <= meeting.ceiling


def test_the_rules_differ_on_these_meetings(meetings):
    """A fixture on which all rules fund the same list would show nothing."""
    rules = [rule for rule in meetings[0].answers if rule != "best_total"]
    for one, two in pairwise(rules):
        assert sum(meeting.answers[one] != meeting.answers[two] for meeting in meetings) >= 10, (one, two)
