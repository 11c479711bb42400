from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.pairwise.graph import pairs_of
from workbench.engine.pairwise.matrix import SAATY_SCALE
from workbench.engine.pairwise.triads import congruence, dissonance, worst_triad


@st.composite
def matrices(draw):
    n = draw(st.integers(3, 7))
    cells = np.ones((n, n))
    for i, j in pairs_of(n):
        cells[i, j] = draw(st.sampled_from(SAATY_SCALE))
        cells[j, i] = 1 / cells[i, j]
    return pd.DataFrame(cells, list("abcdefg"[:n]), list("abcdefg"[:n]))


def naive_koczkodaj(a):
    gaps = []
    for i, j, k in combinations(range(len(a)), 3):
        ratio = a[i, k] / (a[i, j] * a[j, k])
        gaps.append(min(abs(1 - ratio), abs(1 - 1 / ratio)))
    return max(gaps)


@given(matrices())
def test_koczkodaj_agrees_with_its_definition(matrix):
    assert worst_triad(matrix).inconsistency == pytest.approx(naive_koczkodaj(matrix.to_numpy()), abs=1e-12)


@given(matrices())
def test_congruence_and_dissonance_agree_with_their_definitions(matrix):
    a = matrix.to_numpy()
    n = len(a)
    triples = list(permutations(range(n), 3))
    gaps = [abs(np.log(a[i, k] * a[k, j] / a[i, j])) for i, j, k in triples]
    opposed = [np.log(a[i, j]) * np.log(a[i, k] * a[k, j]) < -1e-12 for i, j, k in triples]
    assert congruence(matrix) == pytest.approx(np.mean(gaps), abs=1e-12)
    assert dissonance(matrix) == pytest.approx(np.mean(opposed), abs=1e-12)


def test_a_triad_can_be_read_aloud():
    labels = ["need", "cost", "land"]
    triad = worst_triad(pd.DataFrame([[1, 2, 9], [1 / 2, 1, 2], [1 / 9, 1 / 2, 1]], labels, labels))
    assert triad.items == ("cost", "land", "need")
    assert (triad.first_second, triad.second_third) == (2.0, pytest.approx(1 / 9))
    assert (triad.first_third, triad.implied) == (0.5, pytest.approx(2 / 9))


def test_fewer_than_three_answers_have_no_triad():
    labels = ["a", "b", "c"]
    assert worst_triad(pd.DataFrame([[1, 2], [0.5, 1]], labels[:2], labels[:2])) is None
    gap = pd.DataFrame([[1, 2, np.nan], [0.5, 1, 3], [np.nan, 1 / 3, 1]], labels, labels)
    assert worst_triad(gap) is None
    one = pd.DataFrame([[1.0]], ["a"], ["a"])
    assert (congruence(one), dissonance(one)) == (0.0, 0.0)
