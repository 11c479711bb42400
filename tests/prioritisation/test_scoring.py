"""The weighted product and the plain sum rank whole sessions; what they cannot score is refused or listed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.strategies import DISTRICT, Tables, rules, tables
from workbench.domain.rules import Rules
from workbench.errors import InvalidInput
from workbench.prioritisation import Standing, prioritise
from workbench.prioritisation.scoring import SCORING, adds_up


def village(
    points: dict[str, tuple[float | None, ...]], *, weight=None, scale=None, direction="higher"
) -> Tables:
    """Return the form of a village: some criteria of 1 to 5, one card with the agreed points, no weights."""
    width = len(next(iter(points.values())))
    names = [f"K{place}" for place in range(width)]
    frame = pd.DataFrame(
        {
            "criterion": names,
            "name": names,
            "weight": weight,
            "scale_min": 1.0,
            "scale_max": 5.0,
            "direction": "higher",
        }
    )
    if scale:
        frame.loc[width - 1, "scale_max"] = scale
    frame.loc[width - 1, "direction"] = direction
    cells = [
        (1, "mufakat", label, name, value)
        for label, row in points.items()
        for name, value in zip(names, row, strict=True)
    ]
    costs = pd.array([10] * len(points), "Int64")
    return Tables(
        proposals=pd.DataFrame(
            {"proposal": list(points), "activity": "x", "region": DISTRICT, "cost": costs}
        ),
        criteria=frame,
        points=pd.DataFrame(),
        participants=pd.DataFrame({"participant": ["mufakat"]}),
        ballots=pd.DataFrame(cells, columns=["round", "participant", "proposal", "criterion", "points"]),
        judgements=pd.DataFrame(),
        gates=pd.DataFrame(),
        budget=pd.DataFrame([{"region": DISTRICT, "kind": "ceiling", "amount": 20}]),
    )  # fmt: skip


def test_plain_sum_reproduces_the_usg_lesson_without_any_weight():
    forum = village({"masalah 1": (5, 4, 4), "masalah 2": (4, 5, 3)}).session()
    outcome = prioritise(forum, Rules(scoring="plain_sum"))
    assert outcome.scoring.scores.to_dict() == {"masalah 1": 13.0, "masalah 2": 12.0}
    assert outcome.table["rank"].to_dict() == {"masalah 1": 1, "masalah 2": 2}
    assert outcome.scoring.highest == 15.0
    assert outcome.weights.method == "equal"
    assert outcome.reasons["masalah 2"].facts["largest_loss"] == "K2"


def test_plain_sum_names_what_is_missing_and_funds_the_rest():
    forum = village({"a": (5, None), "b": (2, 2), "c": (3, 3), "d": (1, 1)}).session()
    outcome = prioritise(forum, Rules(scoring="plain_sum"))
    assert outcome.reasons["a"].code == Standing.NOT_SCORED.value
    assert outcome.reasons["a"].facts["criteria"] == ("K1",)
    assert list(outcome.standing(Standing.FUNDED).index) == ["c", "b"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"scale": 10.0}, "plain_sum_needs_one_scale"), ({"direction": "lower"}, "plain_sum_counts_upwards")],
)
def test_points_that_cannot_be_added_are_refused_by_name(changed, code):
    forum = village({"a": (1, 2), "b": (2, 2)}, **changed).session()
    assert not adds_up(forum.criteria)
    with pytest.raises(InvalidInput) as caught:
        prioritise(forum, Rules(scoring="plain_sum"))
    assert [(problem.code, problem.facts["criterion"]) for problem in caught.value.problems] == [(code, "K1")]


def test_a_lowest_value_brings_a_product_to_zero_and_carries_the_whole_loss():
    forum = village({"a": (1, 5), "b": (3, 3)}, weight=1.0).session()
    outcome = prioritise(forum, Rules(scoring="weighted_product"))
    assert outcome.scoring.scores["a"] == 0.0
    assert outcome.scoring.losses.loc["a"].to_dict() == {"K0": 100.0, "K1": 0.0}
    assert outcome.table["rank"].to_dict() == {"b": 1, "a": 2}
    assert outcome.scoring.scores["b"] == pytest.approx(50.0)


@given(tables(), rules(), st.sampled_from(sorted(SCORING)))
def test_parts_add_up_to_the_score_and_losses_to_what_lacks(given_tables, chosen, method):
    session = given_tables.session()
    assume(method != "plain_sum" or adds_up(session.criteria))
    scoring = prioritise(session, replace(chosen, scoring=method)).scoring
    scored = scoring.scores.notna()
    got, lost = scoring.contributions[scored], scoring.losses[scored]
    np.testing.assert_allclose(got.sum(axis=1), scoring.scores[scored], atol=1e-9)
    np.testing.assert_allclose(lost.sum(axis=1), scoring.highest - scoring.scores[scored], atol=1e-9)
    if method != "plain_sum":
        assert (got.to_numpy() >= 0).all()
        assert (lost.to_numpy() >= -1e-9).all()


@given(tables(least=2), rules(), st.sampled_from(sorted(SCORING)))
def test_removing_a_proposal_changes_no_score_of_the_others(given_tables, chosen, method):
    session = given_tables.session()
    assume(method != "plain_sum" or adds_up(session.criteria))
    chosen = replace(chosen, scoring=method)
    whole = prioritise(session, chosen).scoring.scores
    fewer = session.of_proposals(type(session.proposals)(session.proposals.frame.iloc[1:]))
    pd.testing.assert_series_equal(prioritise(fewer, chosen).scoring.scores, whole.iloc[1:], rtol=0, atol=0)
