from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.pairwise.graph import components, pairs_of
from workbench.engine.pairwise.matrix import SAATY_SCALE
from workbench.engine.pairwise.weights import (
    WEIGHTING,
    column_mean_weights,
    eigenvector_weights,
    geometric_mean_weights,
    order_changes,
    weights_by,
)
from workbench.errors import DisconnectedJudgements, InvalidValue, UnknownMethod

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ"


def matrix_of(n, values):
    cells = np.ones((n, n))
    for (i, j), value in zip(pairs_of(n), values, strict=True):
        cells[i, j], cells[j, i] = value, 1 / value
    return pd.DataFrame(cells, list(LETTERS[:n]), list(LETTERS[:n]))


@st.composite
def complete_matrices(draw, smallest=1, largest=9):
    n = draw(st.integers(smallest, largest))
    pairs = n * (n - 1) // 2
    return matrix_of(n, draw(st.lists(st.sampled_from(SAATY_SCALE), min_size=pairs, max_size=pairs)))


@st.composite
def incomplete_matrices(draw, largest=8):
    matrix = draw(complete_matrices(2, largest))
    pairs = pairs_of(len(matrix))
    for i, j in draw(st.lists(st.sampled_from(pairs), max_size=len(pairs))):
        matrix.iloc[i, j] = matrix.iloc[j, i] = np.nan
    return matrix


def naive_least_squares(matrix):
    """Solve every answered equation log a_ij = x_i - x_j by a general least-squares routine."""
    n = len(matrix)
    rows, right = [np.ones(n)], [0.0]
    for i, j in pairs_of(n):
        if not np.isnan(matrix.iloc[i, j]):
            row = np.zeros(n)
            row[i], row[j] = 1, -1
            rows.append(row)
            right.append(np.log(matrix.iloc[i, j]))
    solution, *_ = np.linalg.lstsq(np.array(rows), np.array(right), rcond=None)
    return np.exp(solution) / np.exp(solution).sum()


@given(complete_matrices())
def test_every_method_sums_to_one_and_is_positive(matrix):
    for method in WEIGHTING:
        weights = weights_by(method, matrix)
        assert list(weights.index) == list(matrix.index)
        assert weights.sum() == pytest.approx(1, abs=1e-12)
        assert (weights > 0).all()


@given(complete_matrices(2), st.randoms(use_true_random=False))
def test_order_of_rows_and_columns_does_not_change_a_bit(matrix, random):
    rows, columns = list(matrix.index), list(matrix.index)
    random.shuffle(rows)
    random.shuffle(columns)
    for method in WEIGHTING:
        assert weights_by(method, matrix.loc[rows, columns]).to_dict() == weights_by(method, matrix).to_dict()


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=12))
def test_consistent_answers_give_back_the_weights_by_every_method(values):
    true = np.array(values) / sum(values)
    labels = list(LETTERS[: len(true)])
    matrix = pd.DataFrame(true[:, None] / true, labels, labels)
    for method in WEIGHTING:
        assert weights_by(method, matrix).to_numpy() == pytest.approx(true, rel=1e-9)


@given(complete_matrices(1, 3))
def test_eigenvector_equals_geometric_mean_up_to_three(matrix):
    assert eigenvector_weights(matrix).to_numpy() == pytest.approx(geometric_mean_weights(matrix), abs=1e-12)


@given(complete_matrices())
def test_eigenvector_agrees_with_lapack(matrix):
    values, vectors = np.linalg.eig(matrix.to_numpy())
    vector = np.abs(vectors[:, np.argmax(values.real)].real)
    assert eigenvector_weights(matrix).to_numpy() == pytest.approx(vector / vector.sum(), abs=1e-9)


@given(incomplete_matrices())
def test_incomplete_weights_agree_with_a_naive_twin_or_name_the_parts(matrix):
    parts = components(matrix.notna().to_numpy())
    if len(parts) == 1:
        assert geometric_mean_weights(matrix).to_numpy() == pytest.approx(
            naive_least_squares(matrix), abs=1e-9
        )
    else:
        with pytest.raises(DisconnectedJudgements) as refused:
            geometric_mean_weights(matrix)
        named = {frozenset(part) for part in refused.value.facts["components"]}
        assert named == {frozenset(matrix.index[list(part)]) for part in parts}


@given(complete_matrices(3))
def test_counts_of_one_change_nothing(matrix):
    ones = pd.DataFrame(1.0, matrix.index, matrix.columns)
    assert geometric_mean_weights(matrix, ones).to_numpy() == pytest.approx(
        geometric_mean_weights(matrix), abs=1e-12
    )


@pytest.mark.parametrize("n", [30, 36])
def test_thirty_and_more_criteria(n):
    rng = np.random.default_rng(7)
    matrix = matrix_of(n, rng.choice(SAATY_SCALE, n * (n - 1) // 2))
    weights = eigenvector_weights(matrix)
    image = matrix @ weights
    assert (image / weights).to_numpy() == pytest.approx((image / weights).iloc[0], rel=1e-9)


def test_huge_ratios_do_not_overflow():
    labels = ["a", "b", "c"]
    matrix = pd.DataFrame([[1, 1e200, 1e-150], [1e-200, 1, 1e180], [1e150, 1e-180, 1]], labels, labels)
    for method in ("geometric_mean", "eigenvector"):
        assert weights_by(method, matrix).sum() == pytest.approx(1)


def test_missing_is_not_equal():
    labels = ["a", "b", "c"]
    matrix = pd.DataFrame([[1, 9, 3], [1 / 9, 1, np.nan], [1 / 3, np.nan, 1]], labels, labels)
    assert geometric_mean_weights(matrix).to_numpy() == pytest.approx([9 / 13, 1 / 13, 3 / 13], abs=1e-12)


def test_eigenvector_names_the_unanswered_pairs():
    labels = ["a", "b", "c"]
    matrix = pd.DataFrame([[1, 9, 3], [1 / 9, 1, np.nan], [1 / 3, np.nan, 1]], labels, labels)
    with pytest.raises(InvalidValue) as refused:
        eigenvector_weights(matrix)
    assert refused.value.code == "incomplete_matrix"
    assert refused.value.facts["unanswered"] == (("b", "c"),)


def test_published_weights_of_saatys_drinks():
    upper = [9, 5, 2, 1, 1, 1 / 2, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9, 1 / 3, 1 / 4, 1 / 3, 1 / 9, 1 / 2, 1]
    weights = eigenvector_weights(matrix_of(7, [*upper, 1 / 3, 2, 1 / 2, 1 / 3]))
    assert weights.round(3).tolist() == [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327]


def test_column_mean_of_a_spreadsheet():
    weights = column_mean_weights(matrix_of(3, [3, 3, 2]))
    assert weights.tolist() == pytest.approx(
        [(0.6 + 2 / 3 + 0.5) / 3, (0.2 + 2 / 9 + 1 / 3) / 3, (0.2 + 1 / 9 + 1 / 6) / 3]
    )


def test_unknown_method_lists_what_there_is():
    with pytest.raises(UnknownMethod) as refused:
        weights_by("fuzzy", matrix_of(2, [3]))
    assert "geometric_mean" in refused.value.facts["known"]


def test_order_changes_ignore_ties():
    left = pd.Series({"a": 0.5, "b": 0.5, "c": 0.0})
    right = pd.Series({"c": 0.2, "b": 0.5, "a": 0.3})
    assert order_changes(left, right) == ()
    assert order_changes(right, pd.Series({"a": 0.6, "b": 0.1, "c": 0.3})) == (("b", "a"), ("b", "c"))


def test_wrong_counts_are_refused():
    matrix = matrix_of(3, [2, 3, 4])
    with pytest.raises(InvalidValue):
        geometric_mean_weights(matrix, pd.DataFrame(-1.0, matrix.index, matrix.columns))
