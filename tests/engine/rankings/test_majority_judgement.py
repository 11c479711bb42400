from __future__ import annotations

from functools import cmp_to_key
from math import lcm

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.rankings import majority_judgement
from workbench.errors import InvalidValue, LabelMismatch


def medians_removed_one_by_one(grades):
    """Balinski & Laraki's definition, taken literally."""
    left, walk = sorted(grades), []
    while left:
        walk.append(left.pop((len(left) - 1) // 2))
    return walk


def places_by_definition(columns):
    common = lcm(*(len(column) for column in columns))
    walks = [medians_removed_one_by_one(column * (common // len(column))) for column in columns]
    ordered = sorted(walks, key=cmp_to_key(lambda one, two: (one < two) - (one > two)))
    return [ordered.index(walk) + 1 for walk in walks]


@given(
    st.integers(1, 9).flatmap(
        lambda people: st.lists(
            st.lists(st.integers(1, 5), min_size=people, max_size=people), min_size=1, max_size=6
        )
    )
)
def test_equal_numbers_of_answers_follow_the_definition(columns):
    result = majority_judgement(pd.DataFrame(dict(enumerate(columns))))
    assert result.ranks.tolist() == places_by_definition(columns)
    assert result.median.tolist() == [sorted(column)[(len(column) - 1) // 2] for column in columns]


@given(st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=7), min_size=1, max_size=5))
def test_gaps_are_read_as_shares_of_the_answers_given(columns):
    table = pd.DataFrame({number: pd.Series(column, dtype=float) for number, column in enumerate(columns)})
    assert majority_judgement(table).ranks.tolist() == places_by_definition(columns)


@given(
    st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=4), min_size=2, max_size=4), st.integers(2, 9)
)
def test_weights_are_repeated_ballots(columns, weight):
    table = pd.DataFrame(dict(enumerate(columns)))
    weights = pd.Series([float(weight), 1.0, 2.0, 1.0], index=table.index)
    repeated = pd.concat([table] + [table.iloc[[0]]] * (weight - 1) + [table.iloc[[2]]], ignore_index=True)
    one, two = majority_judgement(table, weights), majority_judgement(repeated)
    assert one.ranks.tolist() == two.ranks.tolist()
    pd.testing.assert_frame_equal(one.shares, two.shares)


def test_shares_above_and_below_the_median():
    result = majority_judgement(pd.DataFrame({"well": [1, 3, 3, 4, 5]}))
    assert (result.below["well"], result.above["well"], result.answers["well"]) == (0.2, 0.4, 5.0)


def test_no_answer_means_no_place():
    result = majority_judgement(pd.DataFrame({"well": [3.0, 4.0], "road": [np.nan, np.nan]}))
    assert np.isnan(result.ranks["road"])
    assert np.isnan(result.median["road"])
    assert result.ranks["well"] == 1.0


def test_what_cannot_be_judged_is_refused():
    with pytest.raises(InvalidValue, match="no_answers"):
        majority_judgement(pd.DataFrame({"a": [np.nan]}))
    with pytest.raises(InvalidValue, match="invalid_weights"):
        majority_judgement(pd.DataFrame({"a": [1]}), pd.Series([-1.0]))
    with pytest.raises(LabelMismatch):
        majority_judgement(pd.DataFrame({"a": [1]}), pd.Series([1.0], index=["x"]))
