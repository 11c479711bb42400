"""Nothing is counted on a sheet with text, infinities or two columns of one name."""

import numpy as np
import pandas as pd
import pytest

from workbench.engine.rankings import (
    dot_vote,
    mad_vote,
    majority_judgement,
    merge_group_orders,
    preference_points,
    profile,
    profile_from_scores,
)
from workbench.errors import InvalidValue

COUNTED = (
    profile,
    profile_from_scores,
    majority_judgement,
    merge_group_orders,
    preference_points,
    lambda sheet: dot_vote(sheet, 9),
)


@pytest.mark.parametrize("count", COUNTED)
def test_text_infinity_and_two_columns_of_one_name_are_refused_by_name(count):
    for code, sheet in {
        "not_a_number": pd.DataFrame({"a": ["satu"], "b": ["dua"]}),
        "not_finite": pd.DataFrame({"a": [1.0], "b": [np.inf]}),
        "duplicate_label": pd.DataFrame([[1.0, 2.0]], columns=["a", "a"]),
    }.items():
        with pytest.raises(InvalidValue, match=code):
            count(sheet)
    with pytest.raises(InvalidValue, match="duplicate_label"):
        count(pd.DataFrame({"a": [1.0, 2.0], "b": [2.0, 1.0]}, index=["p", "p"]))


def test_places_written_as_text_are_read_as_numbers():
    written = pd.DataFrame({"a": ["10"], "b": ["2"], "c": ["1"]}, index=["g"])
    assert merge_group_orders(written).sums.to_dict() == {"a": 3.0, "b": 2.0, "c": 1.0}
    assert profile(written).ranks.loc["g"].to_dict() == {"a": 3.0, "b": 2.0, "c": 1.0}


def test_a_merge_of_nothing_and_weights_that_are_none_are_refused():
    orders = pd.DataFrame({"a": [1, 2], "b": [2, 1]}, index=["g", "h"])
    with pytest.raises(InvalidValue, match="empty_table"):
        merge_group_orders(orders.iloc[:0])
    for bad in (-1.0, np.nan, np.inf):
        with pytest.raises(InvalidValue, match="invalid_weights"):
            merge_group_orders(orders, pd.Series({"g": 1.0, "h": bad}))


def test_a_ballot_left_empty_is_refused_beside_the_other_bad_ones():
    vote = pd.Series({"p": ["a", "a", "b"], "q": None, "r": np.nan, "s": ["z", "a", "b"]}, dtype=object)
    with pytest.raises(InvalidValue) as refused:
        mad_vote(vote, pd.Index(list("abcd")))
    assert refused.value.facts["ballots"] == (
        ("p", "repeated"),
        ("q", "wrong_number"),
        ("r", "wrong_number"),
        ("s", "unknown_proposal"),
    )
