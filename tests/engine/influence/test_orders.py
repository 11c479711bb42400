from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from workbench.engine.influence.orders import distances_to, places


@given(st.integers(1, 4), st.integers(1, 6), st.integers(0, 10**6))
def test_distances_agree_with_going_through_the_pairs(rows, items, seed):
    random = np.random.default_rng(seed)
    scores = random.integers(0, 4, (rows, items)).astype(float)
    reference = random.integers(0, 4, items).astype(float)
    pairs = [(i, j) for i in range(items) for j in range(i)]
    for found, row in zip(distances_to(scores, reference), scores, strict=True):
        apart = [abs(np.sign(row[i] - row[j]) - np.sign(reference[i] - reference[j])) / 2 for i, j in pairs]
        assert found == (np.mean(apart) if pairs else 0.0)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=9))
def test_places_agree_with_scipy(scores):
    assert (
        places(np.array([scores], dtype=float))[0].tolist() == rankdata([-s for s in scores], "min").tolist()
    )


def test_rounding_is_no_difference():
    sums = np.array([[0.1 + 0.2, 0.3, 0.2]])
    assert places(sums).tolist() == [[1.0, 1.0, 3.0]]
    assert distances_to(sums, np.array([1.0, 1.0, 0.0]))[0] == 0.0
