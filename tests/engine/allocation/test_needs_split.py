"""A ceiling split by need: whole rupiah, exact sums, no district favoured by its place."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.allocation.needs_split import split_by_need
from workbench.errors import InvalidValue, LabelMismatch


@given(st.integers(0, 10**6), st.integers(1, 12), st.integers(0, 10**13))
def test_rupiah_are_whole_and_sum_exactly_in_any_order(seed, size, ceiling):
    rng = np.random.default_rng(seed)
    needs = pd.DataFrame(
        rng.uniform(0.1, 900, (size, 3)), columns=list("abc"), index=[f"d{i}" for i in range(size)]
    )
    weights = pd.Series({"a": 0.5, "b": 0.2, "c": 0.3})
    made = split_by_need(needs, weights, ceiling)
    assert made.amounts.sum() == ceiling
    assert ((made.amounts - made.shares * ceiling).abs() <= 1 + ceiling * 1e-12).all()
    assert made.contributions.sum(axis=1).tolist() == pytest.approx(made.shares.tolist())
    again = split_by_need(needs[::-1][["c", "a", "b"]], weights[::-1], ceiling)
    assert again.amounts.to_dict() == made.amounts.to_dict()


def test_equal_remainders_follow_the_public_order():
    needs = pd.DataFrame({"a": [1.0, 1.0]}, index=["north", "south"])
    assert split_by_need(needs, pd.Series({"a": 1}), 3).remainders == ("north",)
    assert split_by_need(needs, pd.Series({"a": 1}), 3, pd.Series({"north": 2, "south": 1})).remainders == (
        "south",
    )


@pytest.mark.parametrize(
    ("values", "weight", "code"),
    [
        ([1.0, np.nan], 1.0, "need_missing"),
        ([1.0, -1.0], 1.0, "need_negative"),
        ([0.0, 0.0], 1.0, "need_all_zero"),
        ([1.0, 1.0], 0.0, "weight_invalid"),
        ([1.0, 1.0], np.nan, "weight_invalid"),
    ],
)
def test_bad_input_is_named(values, weight, code):
    with pytest.raises(InvalidValue) as caught:
        split_by_need(pd.DataFrame({"a": values}), pd.Series({"a": weight}), 10)
    assert caught.value.code == code
    with pytest.raises(LabelMismatch):
        split_by_need(pd.DataFrame({"a": [1.0]}), pd.Series({"b": 1.0}), 10)
