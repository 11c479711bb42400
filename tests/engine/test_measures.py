from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.measures import MISSING, anchored_utilities, points_from_table
from workbench.errors import LabelMismatch


def points(*lines: dict) -> pd.DataFrame:
    table = pd.DataFrame([{"lower": None, "upper": None, "text": ""} | line for line in lines])
    return table.astype({"lower": "float64", "upper": "float64"})


def looked_up(column: pd.Series, *lines: dict) -> list[float | None]:
    found = points_from_table(column, points(*lines))
    return [None if np.isnan(value) else value for value in found]


def test_the_first_declared_interval_that_holds_the_number_counts():
    lines = (
        {"upper": 50, "points": 1},
        {"lower": 50, "upper": 100, "points": 3},
        {"lower": 101, "points": 5},
    )
    column = pd.Series([0, 50, 51, 100, 100.5, 101, None])
    assert looked_up(column, *lines) == [1, 1, 3, 3, None, 5, None]


def test_texts_go_before_intervals_wherever_they_stand():
    lines = ({"lower": 0, "points": 1}, {"text": "7", "points": 5})
    assert looked_up(pd.Series([6, 7], dtype="Int64"), *lines) == [1, 5]


def test_texts_match_without_case_and_surplus_blanks():
    lines = ({"text": " Air  bersih ", "points": 4}, {"text": MISSING, "points": 2})
    assert looked_up(pd.Series(["AIR BERSIH", "air", "", None]), *lines) == [4, None, 2, 2]


def test_flags_are_looked_up_and_unknown_is_neither():
    lines = ({"text": "true", "points": 5}, {"text": "false", "points": 1})
    assert looked_up(pd.Series([True, False, None], dtype="boolean"), *lines) == [5, 1, None]
    assert looked_up(pd.Series([None], dtype="boolean"), *lines, {"text": MISSING, "points": 3}) == [3]


@pytest.mark.parametrize("dtype", ["Int64", "float64", "boolean", "str"])
def test_a_column_that_is_empty_throughout_earns_what_is_declared_for_blanks(dtype):
    column = pd.Series([None, None], dtype=dtype)
    assert looked_up(column, {"lower": 0, "points": 1}) == [None, None]
    assert looked_up(column, {"lower": 0, "points": 1}, {"text": MISSING, "points": 2}) == [2, 2]
    assert looked_up(column[:0], {"lower": 0, "points": 1}) == []
    assert points_from_table(column, points({"points": 1}).iloc[:0]).isna().all()


ANCHORS = pd.DataFrame(
    {"scale_min": [1.0, 0.0], "scale_max": [5.0, 10.0], "direction": ["higher", "lower"]}, index=["K1", "K2"]
)


def utilities(k1: list[float], k2: list[float]):
    return anchored_utilities(pd.DataFrame({"K1": k1, "K2": k2}), ANCHORS)


def test_values_beyond_an_anchor_count_as_the_anchor_and_are_marked():
    found = utilities([0.0, 1.0, 3.0, 5.0, 9.0, np.nan], [11.0, 10.0, 5.0, 0.0, -1.0, np.nan])
    expected = [0.0, 0.0, 0.5, 1.0, 1.0, np.nan]
    np.testing.assert_array_equal(found.values["K1"], expected)  # noqa: PD011 - ours
    np.testing.assert_array_equal(found.values["K2"], expected)  # noqa: PD011 - ours
    assert (
        found.beyond["K1"].tolist() == found.beyond["K2"].tolist() == [True, False, False, False, True, False]
    )


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=8), st.sampled_from(["higher", "lower"]))
def test_utilities_rise_with_what_is_better_and_stay_within_the_scale(numbers, direction):
    anchors = ANCHORS.iloc[:1].assign(direction=direction)
    found = anchored_utilities(pd.DataFrame({"K1": numbers}), anchors).values["K1"]  # noqa: PD011 - ours
    assert found.between(0, 1).all()
    steps = np.diff(found.iloc[np.argsort(numbers)])
    assert (steps >= 0).all() if direction == "higher" else (steps <= 0).all()


def test_anchors_are_matched_by_label_or_refused():
    values = pd.DataFrame({"K2": [0.0], "K1": [5.0]})
    found = anchored_utilities(values, ANCHORS).values  # noqa: PD011 - ours
    assert found.to_numpy().tolist() == [[1.0, 1.0]]
    with pytest.raises(LabelMismatch):
        anchored_utilities(values[["K1"]], ANCHORS)
