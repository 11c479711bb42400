from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings

from tests.room_folders import small_session
from tests.strategies import DISTRICT, VILLAGES, Tables, tables
from workbench.domain.ballots import Ballots
from workbench.domain.budget import Budget
from workbench.domain.facts import LISTS, NUMBERS
from workbench.errors import InvalidInput, LabelMismatch, Problem, Severity

TWO = Tables(
    proposals=pd.DataFrame(
        {"proposal": ["a", "b"], "activity": "x", "region": [VILLAGES[0], "73.02.02"], "cost": [1, 2]}
    ),
    criteria=pd.DataFrame({"criterion": ["K1", "K2"], "name": "x", "scale_min": 0.0, "scale_max": 5.0}),
    points=pd.DataFrame(),
    participants=pd.DataFrame({"participant": list("123"), "region": [VILLAGES[0], "73.02.02", "73.02.02"]}),
    ballots=pd.DataFrame(
        {"round": 1, "participant": ["2", "3"], "proposal": ["a", "b"], "criterion": "K1", "points": 3.0}
    ),
    judgements=pd.DataFrame({"participant": ["3"], "first": ["K1"], "second": ["K2"], "value": [2.0]}),
    gates=pd.DataFrame({"proposal": ["a", "b"], "gate": "lahan", "passed": True, "note": ""}),
    budget=pd.DataFrame({"region": [DISTRICT, "73.02.02"], "kind": "ceiling", "amount": [10, 20]}),
)


def test_a_district_keeps_what_is_its_own_and_all_comparisons():
    part = TWO.session().within(DISTRICT)
    assert list(part.proposals.labels) == ["a"]
    assert part.ballots.frame["proposal"].tolist() == ["a"]
    assert part.gates.frame["proposal"].tolist() == ["a"]
    assert part.budget.ceiling() == 10
    assert len(part.judgements.frame) == 1
    assert list(part.participants.labels) == ["1", "2", "3"]  # lives there, scored there, compared criteria
    assert (part.facts.region, part.facts.region_name) == (DISTRICT, "Gantarang")
    apart = replace(TWO, judgements=pd.DataFrame()).session().within(DISTRICT)
    assert list(apart.participants.labels) == ["1", "2"]


def test_notes_follow_the_proposal_or_the_district_they_are_about():
    notes = tuple(
        Problem("n", Severity.NOTE, value=value, facts=facts)
        for value, facts in (
            ("a", {"proposal": "a"}),
            ("b", {"proposal": "b"}),
            ("d", {"district": DISTRICT}),
            ("-", {}),
        )
    )
    session = replace(TWO.session(), notes=notes)
    assert [note.value for note in session.within(DISTRICT).notes] == ["a", "d"]
    assert [note.value for note in session.of_proposals(session.proposals.at_stage("none")).notes] == ["d"]


def test_what_does_not_fit_between_the_tables_is_named_at_once():
    session = TWO.session()
    criteria = replace(
        session.criteria,
        frame=session.criteria.frame.assign(measure=["judged", "number"], column=["", "height"]),
    )
    ballots = Ballots(session.ballots.frame.assign(points=[9.0, 1.0]))
    budget = Budget(session.budget.frame.assign(amount=[-1, 5]))
    with pytest.raises(InvalidInput) as caught:
        replace(session, criteria=criteria, ballots=ballots, budget=budget)
    assert [p.code for p in caught.value.problems] == [
        "criterion_column_missing",
        "points_outside_scale",
        "negative_value",
    ]


@settings(max_examples=settings.default.max_examples // 5)
@given(tables(least=1))
def test_villages_partition_a_district(forum):
    session = forum.session()
    parts = [session.within(code) for code in VILLAGES]
    assert [part.check() for part in parts] == [[]] * len(parts)
    labels = [label for part in parts for label in part.proposals.labels]
    direct = session.proposals.frame.index[session.proposals.frame["region"] == DISTRICT]
    assert sorted([*labels, *direct]) == sorted(session.proposals.labels)
    cards = sum(len(part.ballots) for part in parts) + session.ballots.frame["proposal"].isin(direct).sum()
    assert cards == len(session.ballots)


def test_facts_know_their_lists_and_numbers():
    assert set(LISTS) == {"speeches", "presentations", "responses", "delegates", "copies_to"}
    assert set(NUMBERS) == {"plan_year", "invited"}


def test_a_trial_is_the_session_with_other_weights_or_another_ceiling():
    session = small_session()
    heavier = session.criteria.__class__(
        session.criteria.frame.assign(weight=[1.0, 0.0, 0.0]), session.criteria.points
    )
    budget = session.budget.with_ceiling("", 5)
    tried = session.tried(heavier, budget)
    assert tried.check() == []
    assert tried.budget.ceiling() == 5
    assert tried.proposals is session.proposals
    assert session.budget.ceiling() == 450_000_000
    with pytest.raises(LabelMismatch):
        session.tried(session.criteria.__class__(session.criteria.frame.head(1), session.criteria.points))
