from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.weighting.best_worst import best_worst_weights
from workbench.errors import InvalidValue


@given(st.lists(st.integers(1, 9), min_size=2, max_size=8))
def test_consistent_answers_give_back_the_weights(sizes):
    labels = [f"c{place}" for place in range(len(sizes))]
    true = pd.Series(sizes, labels, dtype=float)
    found = best_worst_weights(true.max() / true, true / true.min())
    assert found.weights.to_numpy() == pytest.approx((true / true.sum()).to_numpy(), abs=1e-7)
    assert found.deviation == pytest.approx(0, abs=1e-7)
    assert found.input_consistency == pytest.approx(0, abs=1e-9)


def test_published_car_example_of_rezaei():
    # Rezaei (2015, 2016): quality, price, comfort, safety, style; best price, worst style.
    labels = ["quality", "price", "comfort", "safety", "style"]
    best = pd.Series([2.0, 1, 4, 2, 8], labels)
    worst = pd.Series([4.0, 8, 2, 4, 1], labels)
    found = best_worst_weights(best, worst)
    assert (found.best, found.worst) == ("price", "style")
    assert found.weights.round(4).tolist() == [0.2105, 0.4211, 0.1053, 0.2105, 0.0526]
    assert found.input_consistency == 0


def test_inconsistent_answers_are_measured():
    labels = ["a", "b", "c"]
    found = best_worst_weights(pd.Series([1.0, 3, 8], labels), pd.Series([8.0, 5, 1], labels))
    assert found.input_consistency == pytest.approx((15 - 8) / (64 - 8))
    # The optimum of the linear programme by a fine grid over the simplex.
    grid = np.array([(a, b, 1 - a - b) for a in np.linspace(0, 1, 401) for b in np.linspace(0, 1 - a, 201)])
    a, b, c = grid.T
    deviations = np.max(np.abs([a - 3 * b, a - 8 * c, b - 5 * c]), axis=0)
    assert found.deviation <= deviations.min() + 1e-9
    assert found.deviation == pytest.approx(deviations.min(), abs=5e-3)


@pytest.mark.parametrize(
    ("best", "worst", "code"),
    [
        ([1, 0.5], [2, 1], "not_at_least_one"),
        ([1, np.nan], [2, 1], "not_at_least_one"),
        ([2, 3], [2, 1], "best_not_one"),
        ([1, 3], [4, 1], "best_worst_disagree"),
    ],
)
def test_wrong_answers_are_refused(best, worst, code):
    with pytest.raises(InvalidValue) as refused:
        best_worst_weights(
            pd.Series(best, ["a", "b"], dtype=float), pd.Series(worst, ["a", "b"], dtype=float)
        )
    assert refused.value.code == code
