from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.doubt.stability import top_members, weight_stability
from workbench.errors import InvalidValue, LabelMismatch


def moved(weights: pd.Series, criterion: str, x: float) -> pd.Series:
    """The naive twin: one weight to x, the others in their proportions."""
    rest = weights.drop(criterion)
    return pd.concat([rest / rest.sum() * (1 - x), pd.Series({criterion: x})])


def lead(table: pd.DataFrame, weights: pd.Series, top: tuple) -> float:
    scores = (table * weights).sum(axis=1)
    return scores[list(top)].min() - scores.drop(list(top)).max()


@st.composite
def cases(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.Series, int]:
    rows, columns = draw(st.integers(2, 8)), draw(st.integers(2, 4))
    random = np.random.default_rng(draw(st.integers(0, 10**6)))
    grid = draw(st.booleans())
    cells = random.integers(0, 5, (rows, columns)) / 4 if grid else random.random((rows, columns))
    table = pd.DataFrame(cells, index=[f"P{row}" for row in range(rows)], columns=[*"wxyz"][:columns])
    weights = pd.Series(random.integers(1, 6, columns) / 1.0, index=table.columns)
    return table, weights / weights.sum(), draw(st.integers(1, rows))


@given(cases())
def test_inside_the_interval_the_top_leads_and_just_outside_it_does_not(case) -> None:
    table, weights, k = case
    found = weight_stability(table, weights, k)
    if len(found.top) == len(table):
        assert (found.intervals[["lower", "upper"]] == [0.0, 1.0]).all(axis=None)
        return
    for criterion, row in found.intervals.iterrows():
        assert 0 <= row["lower"] <= row["weight"] <= row["upper"] <= 1
        for x in np.linspace(row["lower"], row["upper"], 7):
            assert lead(table, moved(weights, criterion, x), found.top) >= -1e-9
        for end, step in (("lower", -1e-4), ("upper", 1e-4)):
            x = row[end] + step
            if row[f"{end}_enters"] is None:
                assert not 0 < x < 1
            elif 0 <= x <= 1:
                scores = (table * moved(weights, criterion, x)).sum(axis=1)
                assert scores[row[f"{end}_leaves"]] < scores[row[f"{end}_enters"]] + 1e-12
                assert row[f"{end}_leaves"] in found.top
                assert row[f"{end}_enters"] not in found.top


def test_the_sentence_of_the_issue() -> None:
    table = pd.DataFrame({"urgency": [1.0, 0.0], "benefit": [0.0, 0.25]}, index=["road", "well"])
    row = weight_stability(table, pd.Series({"urgency": 30, "benefit": 70})).intervals.loc["urgency"]
    # 1 x w = 0.25 (1 - w) at w = 0.2.
    assert row["lower"] == pytest.approx(0.2)
    assert row["lower_leaves"] == "road"
    assert row["lower_enters"] == "well"
    assert row["upper"] == 1.0
    assert row["upper_enters"] is None


def test_order_of_rows_and_columns_does_not_matter() -> None:
    table = pd.DataFrame(np.random.default_rng(3).random((6, 3)), index=[*"abcdef"], columns=[*"xyz"])
    weights = pd.Series({"x": 2, "y": 3, "z": 4})
    plain = weight_stability(table, weights, 2)
    other = weight_stability(table.loc[[*"fbdace"], [*"zxy"]], weights[[*"yzx"]], 2)
    assert other.top == plain.top
    pd.testing.assert_frame_equal(other.intervals.loc[[*"xyz"]], plain.intervals, check_exact=True)


def test_a_criterion_with_all_the_weight_cannot_move() -> None:
    table = pd.DataFrame({"x": [1.0, 0.0], "y": [0.0, 1.0]}, index=["a", "b"])
    intervals = weight_stability(table, pd.Series({"x": 1, "y": 0})).intervals
    assert intervals.loc["x", ["lower", "upper"]].tolist() == [1.0, 1.0]
    assert intervals.loc["y", ["lower", "upper"]].tolist() == [0.0, 0.5]
    one = weight_stability(table[["x"]], pd.Series({"x": 5})).intervals
    assert one.loc["x", ["lower", "upper"]].tolist() == [1.0, 1.0]


def test_ties_at_the_border_are_inside_and_unscored_apart() -> None:
    table = pd.DataFrame({"x": [0.5, 0.5, 0.1, np.nan]}, index=[*"abcd"])
    found = weight_stability(table.assign(y=table["x"]), pd.Series({"x": 1, "y": 1}))
    assert found.top == ("a", "b")
    assert found.unscored == ("d",)
    assert top_members(np.array([0.3]), 5).tolist() == [True]


def test_unusable_requests_are_refused() -> None:
    table = pd.DataFrame({"x": [0.5, 0.1]}, index=["a", "b"])
    with pytest.raises(InvalidValue, match="k_out_of_range"):
        weight_stability(table, pd.Series({"x": 1}), 0)
    with pytest.raises(LabelMismatch):
        weight_stability(table, pd.Series({"y": 1}))
    with pytest.raises(InvalidValue, match="weights_not_usable"):
        weight_stability(table, pd.Series({"x": -1}))
    with pytest.raises(InvalidValue, match="weights_all_zero"):
        weight_stability(table, pd.Series({"x": 0}))
