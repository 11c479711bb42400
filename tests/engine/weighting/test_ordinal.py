from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.weighting.ordinal import rank_order_centroids, rank_order_weights
from workbench.errors import InvalidValue


@pytest.mark.parametrize("n", [1, 2, 3, 5, 12, 30])
def test_centroids_equal_the_exact_fractions(n):
    exact = [sum(Fraction(1, i) for i in range(k, n + 1)) / n for k in range(1, n + 1)]
    assert rank_order_centroids(n).tolist() == pytest.approx([float(one) for one in exact], abs=1e-14)


def test_centroids_are_the_mean_of_flat_weights_in_that_order():
    flat = np.random.default_rng(3).dirichlet(np.ones(4), 200_000)
    assert rank_order_centroids(4) == pytest.approx(np.sort(flat)[:, ::-1].mean(axis=0), abs=2e-3)


@given(st.lists(st.integers(1, 6), min_size=1, max_size=9))
def test_ties_share_and_the_order_is_kept(ranks):
    given_ranks = pd.Series(ranks, [f"c{place}" for place in range(len(ranks))])
    weights = rank_order_weights(given_ranks)
    assert weights.sum() == pytest.approx(1)
    for one in given_ranks.index:
        for other in given_ranks.index:
            if given_ranks[one] < given_ranks[other]:
                assert weights[one] > weights[other]
            elif given_ranks[one] == given_ranks[other]:
                assert weights[one] == weights[other]


def test_a_missing_rank_is_named():
    with pytest.raises(InvalidValue) as refused:
        rank_order_weights(pd.Series({"need": 1.0, "cost": np.nan}))
    assert refused.value.facts["criteria"] == ("cost",)
    with pytest.raises(InvalidValue):
        rank_order_weights(pd.Series(dtype=float))
    with pytest.raises(InvalidValue):
        rank_order_centroids(0)
