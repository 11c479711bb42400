from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.agreement import kendall_distances, ranking_map
from workbench.errors import InvalidValue, LabelMismatch


def gaps(points):
    return np.sqrt(((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2))


def labelled(distances):
    names = [f"r{number}" for number in range(len(distances))]
    return pd.DataFrame(distances, names, names)


@given(st.integers(3, 9), st.integers(0, 10**6))
def test_flat_distances_are_found_again(count, seed):
    distances = gaps(np.random.default_rng(seed).normal(size=(count, 2)))
    found = ranking_map(labelled(distances))
    np.testing.assert_allclose(gaps(found.coordinates.to_numpy()), distances, atol=1e-6)
    assert found.explained == pytest.approx(1, abs=1e-9)
    np.testing.assert_allclose(found.coordinates.mean(), 0, atol=1e-9)


@given(st.integers(3, 9), st.integers(0, 10**6), st.integers(0, 100))
def test_the_map_does_not_flip_with_the_order_of_the_table(count, seed, again):
    rankings = pd.DataFrame(np.random.default_rng(seed).random((count, 6)))
    distances = kendall_distances(rankings)
    order = np.random.default_rng(again).permutation(count)
    one, two = ranking_map(distances), ranking_map(distances.iloc[order, order])
    assert one.coordinates.equals(two.coordinates)
    for axis in one.coordinates:
        furthest = one.coordinates[axis].abs().max()
        if furthest > 1e-6:
            assert one.coordinates.loc[one.coordinates[axis].abs() >= furthest - 1e-9, axis].iloc[0] > 0


def test_equal_rankings_stand_on_one_point():
    found = ranking_map(labelled(np.zeros((3, 3))))
    assert (found.coordinates == 0).all(axis=None)
    assert found.explained == 1.0


@pytest.mark.parametrize(
    ("distances", "dimensions", "code"),
    [
        (labelled(np.array([[0.0, 1.0], [0.5, 0.0]])), 2, "not_symmetric"),
        (labelled(np.array([[0.1, 1.0], [1.0, 0.0]])), 2, "not_symmetric"),
        (labelled(np.array([[0.0, np.nan], [np.nan, 0.0]])), 2, "undefined_distances"),
        (labelled(np.array([[0.0, 1.0], [1.0, 0.0]])), 3, "invalid_dimensions"),
        (labelled(np.array([[0.0, 1.0], [1.0, 0.0]])), 0, "invalid_dimensions"),
    ],
)
def test_what_are_no_distances_is_refused(distances, dimensions, code):
    with pytest.raises(InvalidValue) as caught:
        ranking_map(distances, dimensions)
    assert caught.value.code == code


def test_rows_and_columns_must_be_the_same():
    with pytest.raises(LabelMismatch):
        ranking_map(pd.DataFrame([[0.0]], index=["a"], columns=["b"]))
