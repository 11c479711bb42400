from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from workbench.engine.scoring.topsis import (
    topsis_minmax,
    topsis_minmax_kernel,
    topsis_vector,
    topsis_vector_kernel,
)

TABLE = pd.DataFrame([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], index=[*"abcd"], columns=[*"xyz"])
WEIGHTS = pd.Series({"x": 0.3, "y": 0.4, "z": 0.3})
UP = pd.Series("higher", index=TABLE.columns)


def test_the_example_of_tzeng_and_huang() -> None:
    closeness = topsis_vector(TABLE, WEIGHTS, UP).scores
    assert closeness.tolist() == pytest.approx([0.5037, 0.6581, 0.7482, 0.3340], abs=1e-4)


def test_the_steps_add_up_by_hand() -> None:
    table = pd.DataFrame({"x": [3.0, 4.0], "y": [1.0, 0.0]}, index=["a", "b"])
    found = topsis_vector(table, pd.Series({"x": 1, "y": 1}), pd.Series({"x": "higher", "y": "lower"}))
    assert found.normalised["x"].tolist() == pytest.approx([0.6, 0.8])
    assert found.weighted.loc["a"].tolist() == pytest.approx([0.3, 0.5])
    assert found.best.tolist() == pytest.approx([0.4, 0.0])
    assert found.worst.tolist() == pytest.approx([0.3, 0.5])
    assert found.distance_to_best.tolist() == pytest.approx([np.hypot(0.1, 0.5), 0.0])
    assert found.scores.tolist() == pytest.approx([0.0, 1.0])


def test_minmax_points_every_criterion_up() -> None:
    found = topsis_minmax(TABLE, WEIGHTS, pd.Series("lower", index=TABLE.columns))
    assert found.normalised["y"].tolist() == [0.0, 0.5, 0.0, 1.0]
    turned = topsis_minmax(-TABLE, WEIGHTS, UP)
    assert np.allclose(found.scores, turned.scores)


def test_whole_rupiah_and_tiny_shares_stay_in_range() -> None:
    huge = topsis_vector(TABLE * 1e200, WEIGHTS, UP).scores
    tiny = topsis_vector(TABLE * 1e-200, WEIGHTS, UP).scores
    plain = topsis_vector(TABLE, WEIGHTS, UP).scores
    assert np.allclose(huge, plain)
    assert np.allclose(tiny, plain)


@pytest.mark.parametrize(
    ("method", "kernel"), [(topsis_vector, topsis_vector_kernel), (topsis_minmax, topsis_minmax_kernel)]
)
def test_kernel_equals_the_labelled_method(method, kernel) -> None:
    random = np.random.default_rng(3)
    values, shares = random.random((4, 6, 3)), random.dirichlet(np.ones(3), 4)
    higher = np.array([True, False, True])
    scores = kernel(values, shares, higher)
    for draw in range(4):
        directions = pd.Series(["higher", "lower", "higher"])
        labelled = method(pd.DataFrame(values[draw]), pd.Series(shares[draw]), directions).scores
        assert scores[draw].tolist() == pytest.approx(labelled.tolist(), abs=1e-12)
