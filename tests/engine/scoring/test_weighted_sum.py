from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.scoring.ranking import rank_with_ties
from workbench.engine.scoring.weighted_sum import weighted_sum
from workbench.errors import InvalidValue, LabelMismatch

CRITERIA = ["urgency", "benefit", "readiness", "alignment"]


def table(values: list[list[float]]) -> pd.DataFrame:
    values_array = np.asarray(values, dtype=float)
    return pd.DataFrame(
        values_array,
        index=[f"P{row:02d}" for row in range(len(values_array))],
        columns=CRITERIA[: values_array.shape[1]],
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.Series]:
    rows = draw(st.integers(1, 12))
    columns = draw(st.integers(1, 4))
    utility = st.sampled_from([0.0, 0.2, 0.25, 0.4, 0.6, 0.75, 0.8, 1.0]) | st.floats(0, 1)
    values = draw(
        st.lists(st.lists(utility, min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    )
    weights = draw(st.lists(st.sampled_from([0.25, 0.3, 1, 3, 5, 30]), min_size=columns, max_size=columns))
    utilities = table(values)
    return utilities, pd.Series(weights, index=utilities.columns, dtype=float)


def test_matches_the_district_technical_scoring() -> None:
    utilities = table([[1.0] * 4, [0.8] * 4, [0.6] * 4, [0.8, 1.0, 0.6, 0.4]])
    result = weighted_sum(utilities, pd.Series([30, 25, 25, 20], index=CRITERIA))
    assert result.scores.tolist() == pytest.approx([100, 80, 60, 72], abs=1e-12)
    assert result.contributions.loc["P03"].tolist() == pytest.approx([24, 25, 15, 8], abs=1e-12)


@given(cases())
def test_matches_a_naive_twin(case: tuple[pd.DataFrame, pd.Series]) -> None:
    utilities, weights = case
    scores = weighted_sum(utilities, weights).scores
    for proposal in utilities.index:
        naive = 100 * sum(weights[c] * utilities.loc[proposal, c] for c in utilities.columns) / weights.sum()
        assert scores[proposal] == pytest.approx(naive, abs=1e-10)


@given(cases(), st.randoms(use_true_random=False))
def test_order_of_rows_and_columns_changes_no_bit(case: tuple[pd.DataFrame, pd.Series], random) -> None:
    utilities, weights = case
    rows, columns = list(utilities.index), list(utilities.columns)
    random.shuffle(rows)
    random.shuffle(columns)
    scores = weighted_sum(utilities, weights).scores
    shuffled = weighted_sum(utilities.loc[rows, columns], weights.sample(frac=1, random_state=1)).scores
    assert shuffled[utilities.index].to_numpy().tobytes() == scores.to_numpy().tobytes()


@given(cases())
def test_equal_rows_get_equal_bits_and_a_copy_reorders_nobody(case: tuple[pd.DataFrame, pd.Series]) -> None:
    utilities, weights = case
    before = weighted_sum(utilities, weights).scores
    with_copy = pd.concat([utilities, utilities.iloc[[0]].set_axis(["copy"])])
    after = weighted_sum(with_copy, weights).scores
    assert after["copy"] == after.iloc[0]
    assert after.drop("copy").to_numpy().tobytes() == before.to_numpy().tobytes()


@given(cases(), st.integers(0, 11), st.integers(0, 3))
def test_better_never_lowers_the_score_or_the_rank(case, row: int, column: int) -> None:
    utilities, weights = case
    row, column = row % len(utilities), column % len(utilities.columns)
    better = utilities.copy()
    better.iloc[row, column] = 1.0
    before = weighted_sum(utilities, weights).scores
    after = weighted_sum(better, weights).scores
    assert after.iloc[row] >= before.iloc[row]
    assert rank_with_ties(after).ranks.iloc[row] <= rank_with_ties(before).ranks.iloc[row]


@given(cases(), st.sampled_from([0.01, 1 / 3, 7.0, 100.0, 1e9]))
def test_scaling_the_weights_changes_no_rank(case: tuple[pd.DataFrame, pd.Series], factor: float) -> None:
    utilities, weights = case
    plain, scaled = weighted_sum(utilities, weights), weighted_sum(utilities, weights * factor)
    assert np.allclose(plain.scores, scaled.scores, rtol=0, atol=1e-11)
    assert rank_with_ties(plain.scores).ranks.equals(rank_with_ties(scaled.scores).ranks)


@given(cases())
def test_contributions_add_up_to_the_score(case: tuple[pd.DataFrame, pd.Series]) -> None:
    result = weighted_sum(*case)
    assert np.allclose(result.contributions.sum(axis=1), result.scores, atol=1e-10)
    assert ((result.scores >= 0) & (result.scores <= 100)).all()


def test_missing_is_never_imputed() -> None:
    utilities = table([[1.0, np.nan, 0.5, 0.5], [0.5, 0.5, 0.5, 0.5], [np.nan, np.nan, 1.0, 1.0]])
    result = weighted_sum(utilities, pd.Series([1, 1, 1, 1], index=CRITERIA))
    assert result.scores.isna().tolist() == [True, False, True]
    assert result.missing_criteria() == {"P00": ("benefit",), "P02": ("benefit", "urgency")}
    ranking = rank_with_ties(result.scores)
    assert ranking.unranked == ("P00", "P02")
    assert ranking.ranks.to_dict() == {"P01": 1}


def test_missing_on_a_criterion_without_weight_does_not_stop_the_score() -> None:
    utilities = table([[1.0, np.nan], [0.5, 0.5]])
    result = weighted_sum(utilities, pd.Series([1, 0], index=CRITERIA[:2]))
    assert result.scores.tolist() == [100, 50]
    assert result.missing.loc["P00", "benefit"]


def test_empty_pool_and_single_cell_are_defined() -> None:
    empty = table([[1.0, 1.0]]).iloc[:0]
    assert weighted_sum(empty, pd.Series([1, 1], index=CRITERIA[:2])).scores.empty
    assert weighted_sum(table([[0.3]]), pd.Series([7], index=["urgency"])).scores.tolist() == [30.0]


@pytest.mark.parametrize(
    ("weights", "code", "fact"),
    [
        ([1, -2], "weights_not_usable", {"benefit": -2.0}),
        ([np.inf, 1], "weights_not_usable", {"urgency": np.inf}),
        ([0, 0], "weights_all_zero", ("urgency", "benefit")),
    ],
)
def test_unusable_weights_are_refused_by_name(weights: list[float], code: str, fact: object) -> None:
    with pytest.raises(InvalidValue) as caught:
        weighted_sum(table([[0.1, 0.2]]), pd.Series(weights, index=CRITERIA[:2], dtype=float))
    assert caught.value.code == code
    assert caught.value.facts["criteria"] == fact


def test_a_missing_weight_is_refused_by_name() -> None:
    with pytest.raises(InvalidValue) as caught:
        weighted_sum(table([[0.1, 0.2]]), pd.Series([1, np.nan], index=CRITERIA[:2]))
    assert list(caught.value.facts["criteria"]) == ["benefit"]


def test_utilities_outside_the_scale_are_refused_by_cell() -> None:
    utilities = table([[0.1, 1.5], [-0.2, 1.0 + 1e-13]])
    with pytest.raises(InvalidValue) as caught:
        weighted_sum(utilities, pd.Series([1, 1], index=CRITERIA[:2]))
    assert caught.value.facts["cells"] == (("P00", "benefit", 1.5), ("P01", "urgency", -0.2))


def test_rounding_just_beyond_the_scale_is_accepted() -> None:
    result = weighted_sum(table([[1.0 + 1e-13, -1e-13]]), pd.Series([1, 1], index=CRITERIA[:2]))
    assert result.scores.tolist() == [50.0]


def test_misspelt_criteria_and_duplicates_are_refused() -> None:
    with pytest.raises(LabelMismatch) as caught:
        weighted_sum(table([[0.1, 0.2]]), pd.Series([1, 1], index=["urgency", "benefits"]))
    assert caught.value.facts["unexpected"] == ("benefits",)
    twice = pd.concat([table([[0.1, 0.2]]), table([[0.1, 0.2]])])
    with pytest.raises(InvalidValue, match="duplicate_labels"):
        weighted_sum(twice, pd.Series([1, 1], index=CRITERIA[:2]))
    with pytest.raises(InvalidValue, match="duplicate_labels"):
        weighted_sum(table([[0.1]]), pd.Series([1, 1], index=["urgency", "urgency"]))


def test_text_is_refused() -> None:
    with pytest.raises(InvalidValue, match="not_a_number"):
        weighted_sum(pd.DataFrame({"urgency": ["high"]}), pd.Series({"urgency": 1}))
