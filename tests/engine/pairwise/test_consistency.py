from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.pairwise.consistency import (
    consistency,
    equivalent_geometric_threshold,
    geometric_consistency,
    residuals,
    row_average_consistency,
)
from workbench.engine.pairwise.graph import pairs_of
from workbench.engine.pairwise.matrix import SAATY_SCALE
from workbench.engine.pairwise.random_index import random_index
from workbench.engine.pairwise.weights import column_mean_weights, eigenvector_weights, geometric_mean_weights
from workbench.errors import InvalidValue, UnknownMethod

LETTERS = "abcdefghij"


def matrix_of(n, values):
    cells = np.ones((n, n))
    for (i, j), value in zip(pairs_of(n), values, strict=True):
        cells[i, j], cells[j, i] = value, 1 / value
    return pd.DataFrame(cells, list(LETTERS[:n]), list(LETTERS[:n]))


@st.composite
def matrices(draw, smallest=1):
    n = draw(st.integers(smallest, 8))
    pairs = n * (n - 1) // 2
    return matrix_of(n, draw(st.lists(st.sampled_from(SAATY_SCALE), min_size=pairs, max_size=pairs)))


@given(matrices())
def test_the_eigenvalue_is_lapacks_and_never_below_n(matrix):
    found = consistency(matrix)
    assert found.lambda_max == pytest.approx(np.linalg.eigvals(matrix.to_numpy()).real.max(), rel=1e-10)
    assert found.ci >= 0
    assert found.cr == (0 if found.n < 3 else pytest.approx(found.ci / random_index(found.n)))
    assert found.acceptable == (found.cr <= {3: 0.05, 4: 0.08}.get(found.n, 0.10))


@given(matrices(), st.permutations(range(8)))
def test_order_does_not_change_a_bit(matrix, order):
    kept = [label for place, label in sorted(zip(order, matrix.index, strict=False))]
    assert consistency(matrix.loc[kept, kept]) == consistency(matrix)
    assert geometric_consistency(matrix.loc[kept, kept]) == geometric_consistency(matrix)


@given(matrices(3))
def test_gci_is_the_mean_squared_residual(matrix):
    n = len(matrix)
    rest = residuals(matrix, geometric_mean_weights(matrix)).to_numpy()
    expected = 2 / ((n - 1) * (n - 2)) * sum(rest[i, j] ** 2 for i, j in pairs_of(n))
    assert geometric_consistency(matrix).gci == pytest.approx(expected, abs=1e-10)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=10))
def test_consistent_answers_have_exactly_zero(sizes):
    true = np.array(sizes, dtype=float)
    labels = list(LETTERS[: len(true)])
    matrix = pd.DataFrame(true[:, None] / true, labels, labels)
    assert (consistency(matrix).cr, geometric_consistency(matrix).gci) == (0.0, 0.0)
    assert consistency(matrix).acceptable


def test_near_consistency_gci_follows_ci():
    rng = np.random.default_rng(2)
    for n in (3, 5, 8):
        true = rng.uniform(1, 5, n)
        noise = np.triu(rng.normal(0, 1e-3, (n, n)), 1)
        labels = list(LETTERS[:n])
        matrix = pd.DataFrame(true[:, None] / true * np.exp(noise - noise.T), labels, labels)
        ci = consistency(matrix).ci
        assert geometric_consistency(matrix).gci == pytest.approx(2 * n / (n - 2) * ci, rel=1e-3)


def test_published_thresholds():
    assert [equivalent_geometric_threshold(n, 0.1, ri) for n, ri in ((3, 0.525), (4, 0.882), (5, 1.115))] == [
        pytest.approx(0.315, abs=1e-3),
        pytest.approx(0.353, abs=1e-3),
        pytest.approx(0.372, abs=1e-3),
    ]
    assert geometric_consistency(matrix_of(4, [2, 3, 4, 2, 3, 2])).threshold == 0.353


def test_tables_and_rules_can_be_chosen_and_are_named():
    matrix = matrix_of(3, [3, 1 / 5, 1 / 7])
    found = consistency(matrix, table="thesis_id", rule="ten_percent")
    assert (found.table, found.random_index, found.rule, found.acceptable) == (
        "thesis_id",
        0.52,
        "ten_percent",
        True,
    )
    assert found.cr == pytest.approx(0.0623919, abs=1e-7)
    assert not consistency(matrix).acceptable
    with pytest.raises(UnknownMethod):
        consistency(matrix, rule="gate")


def test_the_spreadsheet_ratio_is_reproduced_and_equals_the_true_one_for_the_eigenvector():
    matrix = matrix_of(3, [3, 3, 2])
    value, ci, cr = row_average_consistency(matrix, column_mean_weights(matrix), 0.52)
    assert (ci, cr) == (pytest.approx(0.0269521806, abs=1e-9), pytest.approx(ci / 0.52))
    value, ci, _ = row_average_consistency(matrix, eigenvector_weights(matrix), 0.52)
    assert value == pytest.approx(consistency(matrix).lambda_max)


def test_sixteen_and_thirty_criteria_are_defined():
    rng = np.random.default_rng(4)
    for n in (11, 16, 30):
        cells = np.ones((n, n))
        for i, j in pairs_of(n):
            cells[i, j] = rng.choice(SAATY_SCALE)
            cells[j, i] = 1 / cells[i, j]
        assert consistency(pd.DataFrame(cells)).cr == pytest.approx(1, abs=0.2)


def test_incomplete_answers_are_refused_by_name():
    matrix = matrix_of(3, [3, 3, 2])
    matrix.loc["a", "b"] = matrix.loc["b", "a"] = np.nan
    with pytest.raises(InvalidValue) as refused:
        consistency(matrix)
    assert refused.value.facts["unanswered"] == (("a", "b"),)
    with pytest.raises(InvalidValue):
        equivalent_geometric_threshold(2, 0.1, 0.5)
