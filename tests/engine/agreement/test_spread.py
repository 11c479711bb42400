from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.agreement import Level, LevelThresholds, spread, tastle_wierman
from workbench.errors import InvalidValue


@given(st.integers(5, 40), st.integers(0, 10**6))
def test_quartiles_agree_with_numpy_column_by_column(people, seed):
    random = np.random.default_rng(seed)
    values = random.integers(1, 6, (people, 4)).astype(float)
    values[random.random(values.shape) < 0.15] = np.nan
    table = spread(pd.DataFrame(values, columns=list("abcd")), (1, 5), minimum_answers=1).table
    for number, name in enumerate("abcd"):
        answered = values[~np.isnan(values[:, number]), number]
        assert table.loc[name, "answers"] == len(answered)
        if len(answered):
            low, middle, high = np.quantile(answered, [0.25, 0.5, 0.75])
            row = table.loc[name]
            assert [row["lower_quartile"], row["median"], row["upper_quartile"]] == [low, middle, high]
            assert row["iqr"] == high - low


@given(st.lists(st.integers(1, 5), min_size=1, max_size=30))
def test_tastle_wierman_by_its_formula(answers):
    mean = sum(answers) / len(answers)
    expected = 1 + sum(np.log2(1 - abs(answer - mean) / 4) for answer in answers) / len(answers)
    found = tastle_wierman(np.array(answers, dtype=float)[:, None], (1, 5))[0]
    assert found == pytest.approx(expected, abs=1e-12)
    assert -1e-12 <= found <= 1 + 1e-12
    mirrored = tastle_wierman(6 - np.array(answers, dtype=float)[:, None], (1, 5))[0]
    assert mirrored == pytest.approx(found, abs=1e-12)


def test_published_values_of_tastle_and_wierman():
    # Half at either end 0; all in one category 1; one step apart on five categories 1 + log2(7/8).
    table = np.array([[1, 3, 4], [5, 3, 5]], dtype=float)
    np.testing.assert_allclose(tastle_wierman(table, (1, 5)), [0, 1, 1 + np.log2(7 / 8)], atol=1e-12)


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ([4, 4, 4, 5, 5, 5], Level.UNIFORM),
        ([3, 4, 5, 3, 4, 5], Level.FAIRLY_VARIED),
        ([1, 2, 3, 4, 5, 1, 2, 3, 4, 5], Level.VARIED),
        ([5] * 16 + [1] * 5, Level.VARIED),
        ([3, 3, 3, 3], Level.TOO_FEW),
    ],
)
def test_levels(answers, level):
    assert spread(pd.DataFrame({"well": answers}), (1, 5)).levels["well"] == level


def test_thresholds_are_part_of_the_result_and_can_be_set():
    points = pd.DataFrame({"well": [3, 4, 5, 3, 4, 5]})
    loose = LevelThresholds(uniform_iqr=0.5, uniform_consensus=0.5)
    result = spread(points, (1, 5), loose)
    assert result.levels["well"] == Level.UNIFORM
    assert result.thresholds == loose


def test_few_answers_show_nothing_but_their_number():
    table = spread(pd.DataFrame({"well": [5, 1, 1, 4, np.nan], "road": [1, 2, 3, 4, 5]}), (1, 5)).table
    assert table.loc["well", "answers"] == 4
    assert table.loc["well"].drop("answers").isna().all()
    assert table.loc["road"].notna().all()


def test_answers_outside_the_scale_name_the_proposal():
    with pytest.raises(InvalidValue) as caught:
        spread(pd.DataFrame({"well": [6, 2], "road": [1, 5], "bridge": [3, 0]}), (1, 5))
    assert caught.value.facts["proposals"] == ("bridge", "well")
    with pytest.raises(InvalidValue, match="invalid_scale"):
        spread(pd.DataFrame({"well": [3]}), (3, 3))
