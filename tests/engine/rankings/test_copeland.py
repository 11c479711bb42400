from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.rankings import copeland, profile_from_orders


@given(st.data())
def test_points_are_duels_won_and_half_the_tied(rooms, data):
    room = data.draw(rooms())
    result = copeland(room)
    count = len(room.proposals)
    assert result.points.sum() == count * (count - 1) / 2
    margins = result.pairwise.margins
    for label in room.proposals:
        others = margins.loc[label].drop(label)
        assert result.points[label] == (others > 0).sum() + (others == 0).sum() / 2


@given(st.data())
def test_a_condorcet_winner_is_alone_on_top(rooms, shuffled, data):
    room = data.draw(rooms())
    result = copeland(room)
    if result.condorcet_winner is not None:
        assert result.ranks[result.ranks == 1].index.tolist() == [result.condorcet_winner]
    if result.condorcet_loser is not None:
        assert result.ranks.idxmax() == result.condorcet_loser
    assert copeland(shuffled(room, 1)).points.equals(result.points)


def test_peers_give_the_same_points_with_ties_and_gaps(peers):
    for case in peers["strict"] + peers["tied"]:
        result = copeland(profile_from_orders(case["profile"]))
        assert result.points.to_dict() == case["answers"]["copeland"]


def test_peers_give_the_same_margins(peers):
    for case in peers["tied"]:
        margins = copeland(profile_from_orders(case["profile"])).pairwise.margins
        for one, row in case["answers"]["margins"].items():
            assert margins.loc[one].drop(one).to_dict() == row


def test_a_duel_of_nobody_is_tied_and_listed(room):
    result = copeland(room([[1, 2, float("nan")], [float("nan"), 1, 2]]))
    assert result.not_compared == (("u00", "u02"),)
    assert result.points.tolist() == [1.5, 1.0, 0.5]


def test_one_proposal_wins_and_does_not_lose():
    result = copeland(profile_from_orders([(1, ["a"])]))
    assert (result.condorcet_winner, result.condorcet_loser) == ("a", None)
