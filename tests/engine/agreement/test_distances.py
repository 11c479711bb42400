from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau, spearmanr

from workbench.engine.agreement import DISTANCES, kendall_distances, spearman_distances
from workbench.engine.agreement.distances import require_defined
from workbench.errors import InvalidValue


def drawn(rows, items, seed, gaps=0.0):
    random = np.random.default_rng(seed)
    values = random.integers(1, items + 1, (rows, items)).astype(float)
    values[random.random(values.shape) < gaps] = np.nan
    return pd.DataFrame(values, index=[f"r{n}" for n in range(rows)], columns=[f"u{n}" for n in range(items)])


def matches(ours, theirs):
    return (np.isnan(ours) and np.isnan(theirs)) or ours == pytest.approx(theirs, abs=1e-6)


@given(st.integers(2, 6), st.integers(2, 8), st.integers(0, 10**6))
def test_kendall_agrees_with_scipy_on_what_both_rank(rows, items, seed):
    table = drawn(rows, items, seed, gaps=0.15)
    found = kendall_distances(table)
    for one in table.index:
        for two in table.index.drop(one):
            both = table.loc[[one, two]].dropna(axis=1)
            tau = kendalltau(both.loc[one], both.loc[two]).statistic if both.shape[1] > 1 else np.nan
            assert matches(found.loc[one, two], (1 - tau) / 2)
    assert (np.diag(found) == 0).all()


@given(st.integers(2, 6), st.integers(3, 8), st.integers(0, 10**6))
def test_spearman_agrees_with_scipy(rows, items, seed):
    table = drawn(rows, items, seed)
    table = table[table.max(axis=1) > table.min(axis=1)]
    if len(table) < 2:
        return
    found = spearman_distances(table)
    for one in table.index:
        for two in table.index.drop(one):
            assert matches(found.loc[one, two], (1 - spearmanr(table.loc[one], table.loc[two]).statistic) / 2)


@pytest.mark.parametrize("name", DISTANCES)
def test_same_reverse_and_order_of_the_table(name):
    table = pd.DataFrame([[1, 2, 3, 4], [1, 2, 3, 4], [4, 3, 2, 1]], index=["b", "a", "c"])
    found = DISTANCES[name](table)
    assert found.loc["a", "b"] == pytest.approx(0, abs=1e-12)
    assert found.loc["a", "c"] == pytest.approx(1, abs=1e-12)
    pd.testing.assert_frame_equal(found, DISTANCES[name](table.iloc[::-1, ::-1]))


def test_a_ranking_that_ties_all_has_no_distance():
    found = kendall_distances(pd.DataFrame([[1, 1, 1], [1, 2, 3]]))
    assert np.isnan(found.loc[0, 1])
    with pytest.raises(InvalidValue) as caught:
        require_defined(found)
    assert caught.value.facts["rankings"] == 2
    assert np.isnan(spearman_distances(pd.DataFrame([[1, 1, 1], [1, 2, 3]])).loc[0, 1])


def test_spearman_refuses_gaps():
    with pytest.raises(InvalidValue, match="incomplete_table"):
        spearman_distances(pd.DataFrame([[1, np.nan], [1, 2]]))
