from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import example, given, settings

from tests.prioritisation.fixed_forums import NOBODY, fixed, text_of
from tests.strategies import DISTRICT, STAGES, Tables, rules, tables
from workbench.domain.ballots import Ballots
from workbench.domain.proposals import Proposals
from workbench.domain.rules import Rules
from workbench.errors import InvalidInput
from workbench.prioritisation import prioritise
from workbench.prioritisation.rounds import counting_round

FEW = settings(max_examples=settings.default.max_examples // 3)
"""Each example builds and computes whole sessions."""
TIED = {"a": {"K1": 4.0}, "b": {"K1": 4.0}, "c": {"K1": 2.0}}


def test_a_failed_gate_is_named_and_an_open_one_holds_nobody_back():
    gates = pd.DataFrame(
        {
            "proposal": ["a", "a", "b"],
            "gate": ["lahan", "hibah", "lahan"],
            "passed": [False, False, None],
            "note": "",
        }
    ).astype({"passed": "boolean"})
    outcome = prioritise(fixed(TIED, gates=gates).session(), Rules())
    assert outcome.reasons["a"].facts == {"gates": ("hibah", "lahan")}
    assert outcome.table.loc["a", ["standing"]].item() == "gate_failed"
    assert pd.isna(outcome.table.loc["a", "score"])
    assert outcome.table.loc["b", "rank"] == 1
    assert outcome.screening.open["b"] == ("lahan",)


def cards(*lines: tuple[int, str, float | None]) -> pd.DataFrame:
    return pd.DataFrame(
        [(number, "1", label, "K1", points) for number, label, points in lines],
        columns=["round", "participant", "proposal", "criterion", "points"],
    ).astype({"points": "float64"})


def test_a_later_round_counts_for_what_it_scored_alone():
    lines = cards((1, "a", 1.0), (1, "b", 3.0), (2, "a", 5.0))
    forum = fixed({"a": {"K1": 1.0}, "b": {"K1": 1.0}}, ballots=lines)
    assert prioritise(forum.session(), Rules()).table["score"].to_dict() == {"a": 100.0, "b": 50.0}
    assert prioritise(forum.session(), Rules(round=1)).table["score"].to_dict() == {"b": 50.0, "a": 0.0}


def test_a_form_of_a_later_round_left_blank_voids_nothing():
    lines = cards((1, "a", 1.0), (2, "a", None), (1, "b", None), (2, "b", None))
    kept = counting_round(lines, 0)
    assert kept[["round", "proposal"]].to_records(index=False).tolist() == [(1, "a"), (2, "b")]


def staged(*lines: tuple[str, str, str]) -> Tables:
    forum = fixed({label: {"K1": 3.0} for label, _, _ in lines})
    stages = {"stage": [stage for _, stage, _ in lines], "parent": [parent for _, _, parent in lines]}
    return replace(forum, proposals=forum.proposals.assign(**stages))


CHAIN = staged(("a", "desa", ""), ("b", "kecamatan", "a"), ("c", "renja", "b"), ("d", "kecamatan", "zz"))


def test_one_declared_stage_is_ranked_and_the_rest_is_its_history():
    outcome = prioritise(CHAIN.session(), Rules(stage="kecamatan"))
    assert list(outcome.table.index) == ["b", "d"]
    assert list(outcome.history) == ["a", "c"]
    assert outcome.funnel.orphans == ("d",)
    assert outcome.funnel.steps.to_dict("records") == [
        {"parent_stage": "desa", "stage": "kecamatan", "parents": 1, "children": 1},
        {"parent_stage": "kecamatan", "stage": "renja", "parents": 1, "children": 1},
    ]


def test_a_chain_is_never_ranked_twice():
    with pytest.raises(InvalidInput) as caught:
        prioritise(CHAIN.session(), Rules())
    assert caught.value.problems[0].code == "stage_not_declared"
    assert caught.value.problems[0].facts["allowed"] == ("desa", "kecamatan", "renja")
    unlinked = staged(("a", "desa", ""), ("b", "kecamatan", ""))
    assert len(prioritise(unlinked.session(), Rules()).table) == 2


@FEW
@given(tables(stages=True), rules(stage=STAGES[0]))
def test_no_two_of_a_chain_are_ranked_at_different_stages(forum, choice):
    session = forum.session()
    outcome = prioritise(session, choice)
    stages = session.proposals.frame["stage"]
    assert set(stages[outcome.table.index]) <= {STAGES[0]}
    assert len(outcome.table) == (stages == STAGES[0]).sum()
    assert sorted([*outcome.table.index, *outcome.history]) == sorted(session.proposals.labels)
    assert outcome.funnel.totals.sum() == len(session.proposals)


@example(forum=fixed(TIED))
@FEW
@given(forum=tables(least=1))
def test_a_district_alone_scores_as_in_the_whole_session(forum):
    session = forum.session()
    assert text_of(prioritise(session, Rules())) == text_of(prioritise(session.within(DISTRICT), Rules()))


def test_an_outcome_is_a_value():
    outcome = prioritise(fixed(TIED).session(), Rules())
    with pytest.raises(TypeError):
        outcome.reasons["a"] = None
    with pytest.raises(TypeError):
        outcome.reasons["a"].facts["rank"] = 9
    with pytest.raises(AttributeError):
        outcome.table = None


def test_medians_do_not_follow_one_extreme_card():
    forum = fixed({"a": {"K1": 1.0}})
    lines = pd.DataFrame(
        [(1, person, "a", "K1", points) for person, points in (("1", 1.0), ("2", 5.0), ("3", 5.0))],
        columns=forum.ballots.columns,
    )
    session = replace(forum, ballots=lines).session()
    assert prioritise(session, Rules(aggregation="median")).table.loc["a", "score"] == 100.0
    assert prioritise(session, Rules()).table.loc["a", "score"] == pytest.approx(200 / 3)


def test_a_session_without_ballots_needs_no_people():
    forum = fixed(TIED, ballots=NOBODY, participants=NOBODY)
    session = forum.session()
    assert len(session.participants) == 0
    assert session.ballots.rounds == Ballots.empty().rounds == ()
    assert isinstance(session.proposals, Proposals)
    assert set(prioritise(session, Rules()).table["standing"]) == {"not_scored"}


def test_a_lot_prints_its_seed_also_where_nothing_is_tied():
    forum = fixed({"jalan": {"K1": 5.0}, "sumur": {"K1": 1.0}})
    outcome = prioritise(forum.session(), Rules(ties=("lower_cost", "lot"), lot_seed=7))
    assert (dict(outcome.tie_breaks.seeds), outcome.tie_breaks.steps) == ({"lot": 7}, ())
