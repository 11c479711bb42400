from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from workbench.engine.pairwise.consistency import consistency
from workbench.engine.pairwise.graph import components, pairs_of
from workbench.engine.pairwise.harker import harker_weights
from workbench.engine.pairwise.incomplete import (
    graph_random_index,
    incomplete_consistency,
    lambda_optimal_completion,
    linear_random_index,
    live_consistency,
)
from workbench.engine.pairwise.matrix import SAATY_SCALE
from workbench.engine.pairwise.random_index import random_index
from workbench.engine.pairwise.weights import geometric_mean_weights
from workbench.errors import DisconnectedJudgements, InvalidValue

LETTERS = "abcdefgh"


def matrix_of(n, known):
    cells = np.full((n, n), np.nan)
    np.fill_diagonal(cells, 1.0)
    for (i, j), value in known.items():
        cells[i, j], cells[j, i] = value, 1 / value
    return pd.DataFrame(cells, list(LETTERS[:n]), list(LETTERS[:n]))


@st.composite
def connected(draw, largest=6):
    n = draw(st.integers(2, largest))
    pairs = pairs_of(n)
    values = dict(
        zip(
            pairs,
            draw(st.lists(st.sampled_from(SAATY_SCALE), min_size=len(pairs), max_size=len(pairs))),
            strict=True,
        )
    )
    for pair in draw(st.lists(st.sampled_from(pairs), max_size=len(pairs), unique=True)):
        fewer = {other: value for other, value in values.items() if other != pair}
        if len(components(matrix_of(n, fewer).notna().to_numpy())) == 1:
            values = fewer
    return matrix_of(n, values)


def largest_eigenvalue(cells):
    return np.linalg.eigvals(cells).real.max()


@given(connected())
def test_the_completion_is_optimal(matrix):
    done = lambda_optimal_completion(matrix)
    free = [(i, j) for i, j in pairs_of(len(matrix)) if np.isnan(matrix.iloc[i, j])]
    start = np.log([done.matrix.iloc[i, j] for i, j in free])

    def value(logs):
        cells = matrix.to_numpy().copy()
        for (i, j), log in zip(free, logs, strict=True):
            cells[i, j], cells[j, i] = np.exp(log), np.exp(-log)
        return largest_eigenvalue(cells)

    assert done.lambda_max == pytest.approx(value(start), rel=1e-9)
    assert done.steps < 2_000
    # The eigenvalue is convex in the logarithms: no worse than any neighbour means that it is the minimum.
    for step in (0.05, -0.05):
        for place in range(len(free)):
            assert value(start + step * np.eye(len(free))[place]) >= done.lambda_max - 1e-9


def test_a_general_optimiser_finds_the_same():
    matrix = matrix_of(5, {(0, 1): 3, (1, 2): 5, (2, 3): 1 / 2, (3, 4): 4, (0, 4): 7, (1, 3): 2})
    free = [(i, j) for i, j in pairs_of(5) if np.isnan(matrix.iloc[i, j])]

    def value(logs):
        cells = matrix.to_numpy().copy()
        for (i, j), log in zip(free, logs, strict=True):
            cells[i, j], cells[j, i] = np.exp(log), np.exp(-log)
        return largest_eigenvalue(cells)

    found = minimize(
        value,
        np.zeros(len(free)),
        method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 5000},
    )
    assert lambda_optimal_completion(matrix).lambda_max == pytest.approx(found.fun, abs=1e-8)


def test_published_completion_of_bozoki():
    matrix = matrix_of(4, {(0, 1): 1, (0, 2): 5, (0, 3): 2, (1, 2): 3, (1, 3): 4})
    done = lambda_optimal_completion(matrix)
    assert done.filled == (("c", "d", pytest.approx(np.sqrt(8 / 15), abs=1e-10)),)
    assert done.weights.round(4).tolist() == [0.3738, 0.3920, 0.0985, 0.1357]


@given(st.lists(st.sampled_from(SAATY_SCALE), min_size=1, max_size=7))
def test_every_method_gives_the_one_answer_of_a_tree(values):
    matrix = matrix_of(len(values) + 1, {(0, place + 1): value for place, value in enumerate(values)})
    exact = geometric_mean_weights(matrix).to_numpy()
    assert lambda_optimal_completion(matrix).weights.to_numpy() == pytest.approx(exact, abs=1e-10)
    assert harker_weights(matrix).weights.to_numpy() == pytest.approx(exact, abs=1e-9)
    assert incomplete_consistency(matrix, seed=1).consistency.cr == 0
    assert live_consistency(matrix).consistency.cr == 0


def test_harker_satisfies_its_equation():
    matrix = matrix_of(4, {(0, 1): 2, (1, 2): 5, (2, 3): 1 / 3, (0, 3): 4})
    found = harker_weights(matrix)
    w = found.weights.to_numpy()
    cells = np.where(matrix.isna(), 0.0, matrix) + np.diag(matrix.isna().sum(axis=1))
    assert cells @ w == pytest.approx(found.lambda_max * w, abs=1e-10)


def test_complete_answers_use_the_own_table():
    matrix = matrix_of(4, dict(zip(pairs_of(4), [2, 5, 3, 4, 2, 1 / 2], strict=True)))
    found = incomplete_consistency(matrix, seed=3)
    assert found.consistency == consistency(matrix)
    assert found.random_index.samples == 0


def test_random_indices_fall_with_the_missing_pairs_as_measured():
    pairs = pairs_of(7)
    rng = np.random.default_rng(0)
    for missing, measured in ((3, 1.09), (6, 0.81), (9, 0.55), (12, 0.28)):
        while True:
            kept = [pairs[place] for place in rng.permutation(21)[missing:]]
            matrix = matrix_of(7, dict.fromkeys(kept, 1))
            if len(components(matrix.notna().to_numpy())) == 1:
                break
        found = graph_random_index(matrix, seed=5, samples=400)
        assert found.value == pytest.approx(measured, abs=0.12)
        assert linear_random_index(7, missing) == pytest.approx(measured, abs=0.04)
        assert (found.unanswered, found.samples, found.seed) == (missing, 400, 5)


def test_the_same_seed_and_graph_give_the_same_bits_whatever_the_order():
    matrix = matrix_of(5, {(0, 1): 3, (1, 2): 5, (2, 3): 1 / 2, (3, 4): 4, (0, 4): 7, (1, 3): 2})
    turned = matrix.loc[list("cabed"), list("edcba")]
    one = incomplete_consistency(matrix, seed=8, samples=50)
    assert incomplete_consistency(turned, seed=8, samples=50) == one
    assert graph_random_index(matrix, seed=9, samples=50).value != one.random_index.value


def test_a_complete_graph_simulates_the_table():
    matrix = matrix_of(5, dict.fromkeys(pairs_of(5), 1))
    found = graph_random_index(matrix, seed=1, samples=3000)
    assert abs(found.value - random_index(5)) < 4 * found.standard_error


def test_unlinked_answers_are_refused_by_name_everywhere():
    matrix = matrix_of(4, {(0, 1): 2, (2, 3): 3})
    for function in (lambda_optimal_completion, harker_weights, live_consistency, geometric_mean_weights):
        with pytest.raises(DisconnectedJudgements) as refused:
            function(matrix)
        assert refused.value.facts["components"] == (("a", "b"), ("c", "d"))
    with pytest.raises(DisconnectedJudgements):
        incomplete_consistency(matrix, seed=1)
    with pytest.raises(InvalidValue):
        graph_random_index(matrix_of(2, {(0, 1): 2}), seed=1, samples=1)
    with pytest.raises(InvalidValue):
        linear_random_index(4, 4)
