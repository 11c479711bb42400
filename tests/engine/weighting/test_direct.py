from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.weighting.direct import direct_weights, percent_weights
from workbench.errors import InvalidValue


@given(st.lists(st.integers(0, 100), min_size=1, max_size=12).filter(any), st.integers(1, 50))
def test_scaling_the_points_changes_nothing_and_order_does_not_matter(points, factor):
    labels = [f"c{place}" for place in range(len(points))]
    weights = direct_weights(pd.Series(points, labels))
    assert weights.sum() == pytest.approx(1)
    assert direct_weights(pd.Series(points, labels) * factor).to_numpy() == pytest.approx(weights.to_numpy())
    assert direct_weights(pd.Series(points, labels)[::-1]).to_dict() == weights.to_dict()


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ([0, 0], "weights_sum_to_zero"),
        ([1, -1], "negative_points"),
        ([1, np.nan], "missing_points"),
        ([1, np.inf], "missing_points"),
    ],
)
def test_wrong_points_are_refused_by_name(points, code):
    with pytest.raises(InvalidValue) as refused:
        direct_weights(pd.Series(points, ["need", "cost"]))
    assert refused.value.code == code
    assert "cost" in refused.value.facts["criteria"]


def test_percentages_must_add_up():
    assert percent_weights(pd.Series([33.3, 33.3, 33.4])).sum() == pytest.approx(1)
    with pytest.raises(InvalidValue) as refused:
        percent_weights(pd.Series([30, 25, 25, 10], list("abcd")))
    assert refused.value.facts["total"] == 90
