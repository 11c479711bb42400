from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.rankings import (
    borda,
    choices_required,
    dot_vote,
    mad_vote,
    merge_group_orders,
    preference_points,
    profile,
)
from workbench.errors import InvalidValue


@pytest.mark.parametrize(("proposals", "choices"), [(3, 3), (10, 3), (11, 5), (18, 5), (19, 7), (80, 7)])
def test_three_five_seven(proposals, choices):
    assert choices_required(proposals) == choices


def test_fewer_than_three_proposals_need_no_vote():
    with pytest.raises(InvalidValue, match="too_few_proposals"):
        choices_required(2)


@given(st.integers(3, 25), st.integers(1, 20), st.integers(0, 10**6))
def test_every_delegate_gives_exactly_k_votes(proposals, delegates, seed):
    random = np.random.default_rng(seed)
    labels = pd.Index([f"u{number}" for number in range(proposals)])
    required = choices_required(proposals)
    ballots = {f"p{n}": tuple(random.choice(labels, required, replace=False)) for n in range(delegates)}
    tally = mad_vote(pd.Series(ballots), labels)
    assert tally.points.sum() == delegates * required
    assert tally.points.max() <= delegates
    assert tally.ballots == delegates


def test_bad_mad_ballots_are_listed_together():
    vote = pd.Series({"p1": ("a", "b", "b"), "p2": ("a", "b"), "p3": ("a", "b", "x"), "p4": ("a", "b", "c")})
    with pytest.raises(InvalidValue) as caught:
        mad_vote(vote, pd.Index(list("abcd")))
    assert caught.value.facts["ballots"] == (
        ("p1", "repeated"),
        ("p2", "wrong_number"),
        ("p3", "unknown_proposal"),
    )


def test_three_two_one():
    sheet = pd.DataFrame({"a": [1, np.nan], "b": [2, 1], "c": [3, np.nan], "d": np.nan}, index=["p1", "p2"])
    tally = preference_points(sheet)
    assert tally.points.to_dict() == {"a": 3, "b": 5, "c": 1, "d": 0}
    assert tally.ranks.to_dict() == {"b": 1.0, "a": 2.0, "c": 3.0, "d": 4.0}


def test_bad_sheets_are_listed_together():
    sheet = pd.DataFrame(
        {"a": [1, 1, 4, 1, np.nan], "b": [1, 3, 1, 1.5, np.nan]}, index=["p1", "p2", "p3", "p4", "p5"]
    )
    with pytest.raises(InvalidValue) as caught:
        preference_points(sheet)
    assert caught.value.facts["ballots"] == (
        ("p1", "repeated"), ("p2", "gap"), ("p3", "place_outside_sheet"), ("p4", "place_outside_sheet"),
    )  # fmt: skip


def test_dots_are_counted_and_limited():
    dots = pd.DataFrame({"a": [3, 0, np.nan], "b": [0, 1, 2]}, index=["p1", "p2", "p3"])
    assert dot_vote(dots, 3).points.to_dict() == {"a": 3, "b": 3}
    assert dot_vote(dots, 3).ranks.tolist() == [1.0, 1.0]
    with pytest.raises(InvalidValue) as caught:
        dot_vote(
            pd.DataFrame({"a": [3, 1.5, 2, -1], "b": [1, 0, 0, 0]}, index=list("pqrs")), 3, per_proposal=1
        )
    assert caught.value.facts["ballots"] == (
        ("p", "too_many"), ("p", "too_many_on_one"), ("q", "not_whole"), ("q", "too_many_on_one"),
        ("r", "too_many_on_one"), ("s", "not_whole"),
    )  # fmt: skip


@given(st.integers(1, 6), st.integers(2, 9), st.integers(0, 10**6))
def test_merging_is_bordas_count_upside_down(groups, proposals, seed):
    random = np.random.default_rng(seed)
    table = pd.DataFrame(
        random.integers(1, proposals + 1, (groups, proposals)),
        index=[f"g{number}" for number in range(groups)],
        columns=[f"u{number}" for number in range(proposals)],
    )
    merged = merge_group_orders(table)
    assert (merged.table.sum(axis=1) == proposals * (proposals + 1) / 2).all()
    pd.testing.assert_series_equal(merged.ranks, borda(profile(table)).ranks)


def test_smallest_sum_is_first():
    sheet = pd.DataFrame({"well": [1, 2], "road": [2, 3], "bridge": [3, 1]}, index=["g1", "g2"])
    merged = merge_group_orders(sheet)
    assert merged.sums.to_dict() == {"well": 3.0, "road": 5.0, "bridge": 4.0}
    assert merged.ranks.to_dict() == {"well": 1.0, "bridge": 2.0, "road": 3.0}


def test_gaps_in_a_group_order_are_named():
    with pytest.raises(InvalidValue) as caught:
        merge_group_orders(pd.DataFrame({"well": [1, np.nan], "road": [2, 1]}, index=["g1", "g2"]))
    assert caught.value.facts["gaps"] == (("g2", "well"),)
