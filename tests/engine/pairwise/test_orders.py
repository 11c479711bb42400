from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.pairwise.graph import pairs_of
from workbench.engine.pairwise.matrix import SAATY_SCALE
from workbench.engine.pairwise.orders import (
    contradictions,
    intensity_violations,
    order_violations,
    preference_circle,
)
from workbench.engine.pairwise.weights import eigenvector_weights
from workbench.errors import InvalidValue

LETTERS = "abcdefg"


def matrix_of(n, values):
    cells = np.ones((n, n))
    for (i, j), value in zip(pairs_of(n), values, strict=True):
        cells[i, j], cells[j, i] = value, 1 / value
    return pd.DataFrame(cells, list(LETTERS[:n]), list(LETTERS[:n]))


@st.composite
def matrices(draw, gaps=True):
    n = draw(st.integers(2, 6))
    pairs = n * (n - 1) // 2
    choice = st.sampled_from([*SAATY_SCALE, *([np.nan] * 4 if gaps else [])])
    return matrix_of(n, draw(st.lists(choice, min_size=pairs, max_size=pairs)))


@given(matrices(gaps=False))
def test_violations_agree_with_their_definitions(matrix):
    weights = eigenvector_weights(matrix)
    labels = list(matrix.index)
    preferred = [(a, b) for a, b in permutations(labels, 2) if matrix.loc[a, b] > 1 + 1e-9]
    ratio = {(a, b): np.log(weights[a] / weights[b]) for a, b in preferred}
    assert {(one.first, one.second) for one in order_violations(matrix, weights)} == {
        pair for pair in preferred if ratio[pair] <= 1e-9
    }
    expected = {
        (strong, weak)
        for strong in preferred
        for weak in preferred
        if np.log(matrix.loc[strong]) > np.log(matrix.loc[weak]) + 1e-9
        and ratio[strong] <= ratio[weak] + 1e-9
    }
    assert {(one.strong, one.weak) for one in intensity_violations(matrix, weights, most=10**6)} == expected


def test_bana_e_costa_and_vansnick_are_caught_although_the_ratio_is_fine():
    matrix = matrix_of(5, [2, 3, 5, 9, 2, 4, 9, 2, 8, 7])
    weights = eigenvector_weights(matrix)
    assert order_violations(matrix, weights) == ()
    found = intensity_violations(matrix, weights)
    assert (("d", "e"), ("a", "d")) in {(one.strong, one.weak) for one in found}
    assert len(intensity_violations(matrix, weights, most=1)) == 1


@given(matrices())
def test_contradictions_agree_with_their_definition(matrix):
    expected = set()
    for triple in combinations(matrix.index, 3):
        for a, b, c in (triple, (triple[0], triple[2], triple[1])):
            circle = [matrix.loc[a, b], matrix.loc[b, c], matrix.loc[c, a]]
            if np.min(circle) >= 1 and sum(value > 1 for value in circle) >= 2:
                expected.add((a, b, c))
    assert {one.items for one in contradictions(matrix)} == expected


@given(matrices())
def test_a_circle_is_a_circle_and_every_strict_triad_is_found(matrix):
    for a, b in permutations(matrix.index, 2):
        circle = preference_circle(matrix, a, b)
        if circle:
            assert {circle[0], circle[1]} == {a, b}
            assert all(matrix.loc[x, y] > 1 for x, y in zip(circle, [*circle[1:], circle[0]], strict=True))
    for one in contradictions(matrix):
        if min(one.judgements) > 1:
            assert len(preference_circle(matrix, one.items[0], one.items[1])) == 3


def test_a_longer_circle_is_found_where_no_triad_shows_it():
    nan = np.nan
    matrix = matrix_of(4, [2, nan, 1 / 2, 3, nan, 2])  # a>b, d>a, b>c, c>d
    assert contradictions(matrix) == ()
    assert preference_circle(matrix, "d", "a") == ("d", "a", "b", "c")
    assert preference_circle(matrix, "a", "c") == ()


def test_equal_answers_contradict_nothing():
    assert contradictions(matrix_of(3, [1, 1, 1])) == ()
    assert contradictions(matrix_of(3, [2, 1, 1])) == ()
    assert contradictions(matrix_of(3, [2, 1 / 2, 1]))[0].judgements == pytest.approx((2, 1, 2))


def test_unknown_labels_and_zero_weights_are_refused():
    matrix = matrix_of(2, [2])
    with pytest.raises(InvalidValue):
        preference_circle(matrix, "a", "x")
    with pytest.raises(InvalidValue):
        order_violations(matrix, pd.Series({"a": 1.0, "b": 0.0}))
