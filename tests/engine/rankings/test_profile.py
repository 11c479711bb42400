from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.rankings import (
    one_group_one_voice,
    profile,
    profile_from_orders,
    profile_from_scores,
    unranked_last,
)
from workbench.engine.rankings.profile import common_multiple
from workbench.errors import InvalidValue, LabelMismatch


def test_the_way_a_tie_is_written_does_not_matter():
    written = [[1, 1, 3], [1, 1, 2], [10, 10, 11]]
    ranks = [profile(pd.DataFrame([row], columns=list("abc"))).ranks for row in written]
    assert all(table.equals(ranks[0]) for table in ranks)
    assert ranks[0].iloc[0].tolist() == [1.5, 1.5, 3.0]


@given(st.permutations(range(4)), st.permutations(range(3)))
def test_the_order_of_rows_and_columns_does_not_matter(rows, columns):
    table = pd.DataFrame(
        [[1, 2, 3], [3, 1, 2], [2, 2, 1], [np.nan, 1, 2]],
        index=["p1", "p10", "p2", "p3"],
        columns=list("xyz"),
    )
    weights = pd.Series([1.0, 2.0, 3.0, 4.0], index=table.index)
    first = profile(table, weights)
    again = profile(table.iloc[list(rows), list(columns)], weights.iloc[list(rows)])
    pd.testing.assert_frame_equal(first.ranks, again.ranks)
    pd.testing.assert_series_equal(first.weights, again.weights)


def test_scores_and_orders_give_the_same_room():
    by_scores = profile_from_scores(pd.DataFrame({"a": [5.0], "b": [np.nan], "c": [5.0], "d": [2.0]}))
    by_orders = profile_from_orders([(1, [["a", "c"], "d"])])
    assert by_scores.ranks.iloc[0].dropna().to_dict() == by_orders.ranks.iloc[0].to_dict()
    assert not by_scores.is_complete
    assert by_orders.is_complete


def test_unranked_last_shares_the_last_places():
    room = profile_from_orders([(1, ["c"]), (1, ["a", "b", "c"])])
    assert unranked_last(room).ranks.iloc[0].to_dict() == {"a": 2.5, "b": 2.5, "c": 1.0}
    assert unranked_last(room).is_complete


def test_one_group_one_voice_gives_every_group_the_same_exact_weight():
    room = profile_from_orders([(1, ["a", "b"])] * 43)
    groups = pd.Series(["north"] * 25 + ["south"] * 12 + ["east"] * 6, index=room.participants)
    weights = one_group_one_voice(room, groups).weights
    assert weights.groupby(groups).sum().tolist() == [300.0, 300.0, 300.0]
    assert (weights == weights.round()).all()


def test_weights_of_the_profile_count_within_the_group():
    room = profile_from_orders([(3, ["a", "b"]), (1, ["b", "a"])])
    groups = pd.Series(["x", "y"], index=room.participants)
    assert one_group_one_voice(room, groups).weights.tolist() == [3.0, 3.0]


@pytest.mark.parametrize(
    ("sizes", "multiple"), [([4, 6], 12.0), ([0.5, 1.0], 1.0), ([31.0**9, 37.0**9, 41.0**9], 1.0)]
)
def test_common_multiple_is_exact_or_one(sizes, multiple):
    assert common_multiple(np.array(sizes, dtype=float)) == multiple


@pytest.mark.parametrize(
    ("ranks", "weights", "code"),
    [
        (pd.DataFrame(), None, "empty_profile"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), None, "duplicate_label"),
        (pd.DataFrame([[1], [2]], index=["p", "p"], columns=["a"]), None, "duplicate_label"),
        (pd.DataFrame([[np.inf]], columns=["a"]), None, "not_finite"),
        (pd.DataFrame([[1]], columns=["a"]), pd.Series([-1.0]), "invalid_weights"),
        (pd.DataFrame([[1]], columns=["a"]), pd.Series([0.0]), "invalid_weights"),
        (pd.DataFrame([[1]], columns=["a"]), pd.Series([np.nan]), "invalid_weights"),
    ],
)
def test_bad_rooms_are_refused_by_name(ranks, weights, code):
    with pytest.raises(InvalidValue) as caught:
        profile(ranks, weights)
    assert caught.value.code == code


def test_orders_that_repeat_or_hold_nothing_are_refused():
    with pytest.raises(InvalidValue, match="repeated_proposal"):
        profile_from_orders([(1, ["a", "b", "a"])])
    with pytest.raises(InvalidValue, match="empty_profile"):
        profile_from_orders([(1, [])])


def test_groups_must_cover_the_room():
    room = profile_from_orders([(1, ["a"]), (1, ["a"])])
    with pytest.raises(LabelMismatch):
        one_group_one_voice(room, pd.Series(["x"], index=room.participants[:1]))
    with pytest.raises(InvalidValue, match="missing_group"):
        one_group_one_voice(room, pd.Series(["x", None], index=room.participants))
    nobody = profile(room.ranks, pd.Series([1.0, 0.0], index=room.participants))
    with pytest.raises(InvalidValue, match="weightless_group"):
        one_group_one_voice(nobody, pd.Series(["x", "y"], index=room.participants))
