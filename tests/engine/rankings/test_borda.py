from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.rankings import Profile, borda, borda_by_voices, profile, profile_from_orders
from workbench.errors import LabelMismatch


@given(st.data())
def test_complete_rankings_are_counted_with_average_ranks(rooms, data):
    room = data.draw(rooms(complete=True))
    result = borda(room)
    expected = (len(room.proposals) - room.ranks).mul(room.weights, axis=0).sum()
    pd.testing.assert_series_equal(result.points, expected, check_names=False)
    mean_rank = room.ranks.mul(room.weights, axis=0).sum() / room.weights.sum()
    np.testing.assert_allclose(result.average_rank, mean_rank, rtol=0, atol=1e-9)


@given(st.data())
def test_gaps_give_the_share_of_comparisons_won(rooms, data):
    room = data.draw(rooms())
    result = borda(room)
    for one in room.proposals:
        won = made = 0.0
        for participant in room.participants:
            row, weight = room.ranks.loc[participant], room.weights[participant]
            others = row.drop(one).dropna()
            if not np.isnan(row[one]):
                made += weight * len(others)
                won += weight * ((others > row[one]).sum() + (others == row[one]).sum() / 2)
        if made == 0:
            assert np.isnan(result.points[one])
            assert np.isnan(result.ranks[one])
        else:
            scale = (len(room.proposals) - 1) * room.weights.sum()
            assert result.points[one] == pytest.approx(won / made * scale, abs=1e-6)


@given(st.data())
def test_order_of_the_table_and_doubling_the_room_change_nothing(rooms, shuffled, data):
    room = data.draw(rooms())
    result = borda(room)
    pd.testing.assert_series_equal(result.points, borda(shuffled(room, 3)).points)
    pd.testing.assert_series_equal(result.ranks, borda(Profile(room.ranks, room.weights * 2)).ranks)


@given(st.data())
def test_raising_a_proposal_on_one_ballot_never_lowers_it(rooms, data):
    room = data.draw(rooms(complete=True, ties=False))
    lifted = data.draw(st.sampled_from(list(room.proposals)))
    ranks = room.ranks.copy()
    ranks.loc[room.participants[0], lifted] = 0.5
    after = borda(profile(ranks, room.weights))
    assert after.ranks[lifted] <= borda(room).ranks[lifted]


def test_many_voices_agree_with_one_at_a_time(room):
    given_room = room([[1, 2, 3], [2, 1, float("nan")], [3, 1, 2]])
    voices = pd.DataFrame(
        [[1, 1, 1], [1, 0, 5], [0, 1, 0]], index=["all", "two", "one"], columns=given_room.participants
    )
    many = borda_by_voices(given_room, voices[["p02", "p00", "p01"]])
    for name, weights in voices.astype(float).iterrows():
        alone = borda(Profile(given_room.ranks, weights))
        np.testing.assert_allclose(many.loc[name] * weights.sum(), alone.points, atol=1e-9)
    assert np.isnan(many.loc["one", "u02"])
    with pytest.raises(LabelMismatch):
        borda_by_voices(given_room, voices.rename(columns={"p00": "x"}))


def test_peers_give_the_same_points(peers):
    for case in peers["strict"]:
        points = borda(profile_from_orders(case["profile"])).points.to_dict()
        assert points == case["answers"]["borda"] == case["answers"]["borda_votekit"]


def test_a_lone_proposal_is_first():
    assert borda(profile_from_orders([(2, ["a"])])).ranks.to_dict() == {"a": 1.0}
