from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from workbench.engine.scoring.divide_by_max import wsm_max, wsm_max_kernel
from workbench.errors import InvalidValue


def test_by_hand() -> None:
    table = pd.DataFrame({"x": [2.0, 4.0], "cost": [10.0, 5.0]}, index=["a", "b"])
    found = wsm_max(table, pd.Series({"x": 3, "cost": 1}), pd.Series({"x": "higher", "cost": "lower"}))
    assert found.normalised.to_numpy().tolist() == [[0.5, 0.5], [1.0, 1.0]]
    assert found.contributions.loc["a"].tolist() == [0.375, 0.125]
    assert found.scores.tolist() == [0.5, 1.0]


def test_a_cost_of_zero_is_best_and_the_rest_get_the_limit() -> None:
    table = pd.DataFrame({"cost": [0.0, 5.0, 9.0]}, index=[*"abc"])
    assert wsm_max(table, pd.Series({"cost": 1}), pd.Series({"cost": "lower"})).scores.tolist() == [1, 0, 0]


def test_negative_values_are_refused_by_criterion() -> None:
    table = pd.DataFrame({"x": [1.0, 2.0], "y": [-1.0, 2.0]})
    with pytest.raises(InvalidValue) as caught:
        wsm_max(table, pd.Series({"x": 1, "y": 1}), pd.Series({"x": "higher", "y": "higher"}))
    assert caught.value.facts["criteria"] == ("y",)


def test_kernel_equals_the_labelled_method() -> None:
    random = np.random.default_rng(3)
    values, shares = random.random((4, 6, 3)), random.dirichlet(np.ones(3), 4)
    scores = wsm_max_kernel(values, shares, np.array([True, False, True]))
    for draw in range(4):
        directions = pd.Series(["higher", "lower", "higher"])
        labelled = wsm_max(pd.DataFrame(values[draw]), pd.Series(shares[draw]), directions).scores
        assert scores[draw].tolist() == pytest.approx(labelled.tolist(), abs=1e-12)
