from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.weighting.combined import combine_evidence
from workbench.engine.weighting.evidence import (
    best_worst_evidence,
    judgement_evidence,
    points_evidence,
    rank_evidence,
)
from workbench.errors import DisconnectedJudgements, InvalidValue, LabelMismatch

CRITERIA = ["need", "cost", "land", "people"]


def answers(rows):
    return pd.DataFrame(rows, columns=["first", "second", "value"])


def room():
    best = pd.Series([1.0, 4, 8, 2], CRITERIA)
    worst = pd.Series([8.0, 2, 1, 4], CRITERIA)
    return pd.concat(
        [
            judgement_evidence(
                "Siti", answers([("need", "cost", 3), ("cost", "land", 2), ("need", "land", np.nan)])
            ),
            points_evidence("Budi", pd.Series([9, 4, 0, 7], CRITERIA)),
            rank_evidence("Ani", pd.Series([1, 3, 3, 2], CRITERIA)),
            best_worst_evidence("Dewi", best, worst),
        ],
        ignore_index=True,
    )


def test_the_room_agrees_with_a_general_least_squares_routine():
    evidence = room()
    design = np.zeros((len(evidence), len(CRITERIA)))
    for row, (first, second) in enumerate(zip(evidence["first"], evidence["second"], strict=True)):
        design[row, CRITERIA.index(first)], design[row, CRITERIA.index(second)] = 1, -1
    root = np.sqrt(evidence["precision"].to_numpy())
    logs, *_ = np.linalg.lstsq(root[:, None] * design, root * evidence["log_ratio"].to_numpy(), rcond=None)
    found = combine_evidence(evidence, CRITERIA)
    assert found.log_weights.to_numpy() == pytest.approx(logs - logs.mean(), abs=1e-10)
    information = design.T @ (root[:, None] ** 2 * design)
    assert found.covariance.to_numpy() == pytest.approx(np.linalg.pinv(information), abs=1e-10)
    assert found.by_kind["share"].sum() == pytest.approx(1)
    assert set(found.by_kind.index) == {"best_worst", "judgement", "points", "rank"}


def test_beans_are_the_same_as_free_scores_with_their_own_variances():
    # A heap of c beans has log variance 1 / c; the shared offset of the person is fitted explicitly here.
    heaps = np.array([9.5, 4.5, 0.5, 7.5])
    design = np.column_stack([np.eye(4), np.ones(4)])
    root = np.sqrt(heaps)
    other = judgement_evidence("Siti", answers([("need", "cost", 3)]), variance=0.1)
    both = combine_evidence(
        pd.concat([points_evidence("Budi", pd.Series([9, 4, 0, 7], CRITERIA)), other]), CRITERIA
    )
    row = np.array([1, -1, 0, 0, 0]) / np.sqrt(0.1)
    fitted, *_ = np.linalg.lstsq(
        np.vstack([root[:, None] * design, row, [1, 1, 1, 1, 0]]),
        np.r_[root * np.log(heaps), np.log(3) / np.sqrt(0.1), 0.0],
        rcond=None,
    )
    assert both.log_weights.to_numpy() == pytest.approx(fitted[:4], abs=1e-9)


@given(st.permutations(range(len(room()))))
def test_order_of_answers_and_criteria_does_not_change_a_bit(order):
    straight = combine_evidence(room(), CRITERIA)
    shuffled = combine_evidence(room().iloc[list(order)], CRITERIA[::-1])
    assert shuffled.weights.to_dict() == straight.weights.to_dict()


def test_voices_multiply_and_zero_silences():
    voices = pd.Series({"Siti": 0.0, "Budi": 1.0, "Ani": 0.0, "Dewi": 0.0})
    alone = combine_evidence(points_evidence("Budi", pd.Series([9, 4, 0, 7], CRITERIA)), CRITERIA)
    assert combine_evidence(room(), CRITERIA, voices).weights.to_numpy() == pytest.approx(
        alone.weights.to_numpy()
    )


def test_answers_that_disagree_show_a_large_observed_variance():
    clash = pd.concat(
        [
            judgement_evidence("Siti", answers([("need", "cost", 9.0)])),
            judgement_evidence("Budi", answers([("need", "cost", 1 / 9)])),
        ]
    )
    found = combine_evidence(clash, ["need", "cost"])
    assert found.weights.tolist() == pytest.approx([0.5, 0.5])
    assert found.by_kind.loc["judgement", "observed_variance"] == pytest.approx(np.log(9) ** 2 / 0.16)


def test_dont_know_adds_nothing_and_nothing_is_refused():
    nothing = judgement_evidence("Siti", answers([("need", "cost", np.nan)]))
    with pytest.raises(InvalidValue, match="nobody_answered"):
        combine_evidence(nothing, CRITERIA)
    assert rank_evidence("Ani", pd.Series([np.nan, np.nan])).empty


def test_unlinked_and_unknown_criteria_are_named():
    some = judgement_evidence("Siti", answers([("need", "cost", 2), ("land", "people", 3)]))
    with pytest.raises(DisconnectedJudgements) as refused:
        combine_evidence(some, CRITERIA)
    assert set(map(frozenset, refused.value.facts["components"])) == {
        frozenset({"need", "cost"}),
        frozenset({"land", "people"}),
    }
    with pytest.raises(LabelMismatch) as unknown:
        combine_evidence(some, ["need", "cost", "land"])
    assert unknown.value.facts["unexpected"] == ("people",)


@pytest.mark.parametrize("voices", [{"Siti": -1.0}, {"Siti": np.nan}, {"Siti": 0.0}])
def test_wrong_voices_are_refused(voices):
    some = judgement_evidence("Siti", answers([("need", "cost", 2)]))
    with pytest.raises(InvalidValue):
        combine_evidence(some, ["need", "cost"], pd.Series(voices))


def test_wrong_answers_are_refused():
    with pytest.raises(InvalidValue):
        judgement_evidence("Siti", answers([("need", "cost", -2)]))
    with pytest.raises(InvalidValue):
        points_evidence("Siti", pd.Series({"need": -1, "cost": 2}))
    with pytest.raises(InvalidValue):
        judgement_evidence("Siti", answers([("need", "cost", 2)]), variance=0)
