from __future__ import annotations

from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.rankings import copeland, profile_from_orders, schulze, tie_groups
from workbench.engine.rankings.schulze import widest_paths
from workbench.errors import UnknownMethod

SCHULZE_2011 = [
    (5, "ACBED"), (5, "ADECB"), (8, "BEDAC"), (3, "CABED"),
    (7, "CAEBD"), (2, "CBADE"), (7, "DCEBA"), (8, "EBADC"),
]  # fmt: skip


def strongest_by_trying_every_path(strengths, start, end):
    inner = [node for node in range(len(strengths)) if node not in (start, end)]
    best = 0.0
    for length in range(len(inner) + 1):
        for middle in permutations(inner, length):
            path = [start, *middle, end]
            best = max(best, min(strengths[i, j] for i, j in pairwise(path)))
    return best


@given(st.integers(2, 5), st.integers(0, 10**6))
def test_paths_agree_with_trying_every_path(count, seed):
    strengths = np.random.default_rng(seed).integers(0, 9, (count, count)).astype(float)
    np.fill_diagonal(strengths, 0)
    paths = widest_paths(strengths)
    for start in range(count):
        for end in range(count):
            if start != end:
                assert paths[start, end] == strongest_by_trying_every_path(strengths, start, end)


def test_schulzes_own_example():
    assert (
        "".join(label for (label,) in tie_groups(schulze(profile_from_orders(SCHULZE_2011)).ranks)) == "EACBD"
    )


@given(st.data(), st.sampled_from(["winning_votes", "margins"]))
def test_beating_is_transitive_and_a_condorcet_winner_wins(rooms, shuffled, data, strength):
    room = data.draw(rooms())
    result = schulze(room, strength)
    beats = result.beats.to_numpy()
    assert not (beats & beats.T).any()
    assert not (((beats.astype(int) @ beats.astype(int)) > 0) & ~beats).any()
    winner = copeland(room).condorcet_winner
    if winner is not None:
        assert result.ranks[result.ranks == 1].index.tolist() == [winner]
    assert schulze(shuffled(room, 2), strength).ranks.equals(result.ranks)


def test_peers_agree(peers):
    for case in peers["strict"]:
        ranks = schulze(profile_from_orders(case["profile"])).ranks
        assert sorted(ranks.index[ranks == 1]) == case["answers"]["schulze_winners"]
    for case in peers["tied"]:
        ranks = schulze(profile_from_orders(case["profile"]), "margins").ranks
        assert sorted(ranks.index[ranks == 1]) == case["answers"]["schulze_winners_margins"]


def test_winning_votes_and_margins_differ_where_people_abstain():
    # A cycle whose closest duel is another one when leads are counted instead of winning votes.
    room = profile_from_orders([(9, ["a", "b"]), (8, ["b", "a"]), (6, ["b", "c"]), (5, ["c", "a"])])
    by_votes, by_margins = schulze(room), schulze(room, "margins")
    assert by_votes.ranks.to_dict() == {"a": 1, "b": 2, "c": 3}
    assert by_margins.ranks.to_dict() == {"a": 3, "b": 1, "c": 2}


def test_another_strength_is_unknown(room):
    with pytest.raises(UnknownMethod) as caught:
        schulze(room([[1, 2]]), "loudness")
    assert caught.value.facts["known"] == ("winning_votes", "margins")
