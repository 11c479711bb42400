from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.rankings import (
    Profile,
    copeland,
    kemeny,
    kemeny_by_dynamic_programme,
    kemeny_distance,
    profile,
    profile_from_orders,
)
from workbench.errors import InvalidValue

OPTIMA = {"00003-00000001.toc": 1212, "00004-00000001.soc": 500, "00015-00000044.soc": 662}
"""Proven by three independent solvers (handbook); PrefLib publishes none."""


def least_by_trying_all(room):
    return min(kemeny_distance(room, order) for order in permutations(room.proposals))


@given(st.data())
def test_exact_on_small_rooms(rooms, data):
    room = data.draw(rooms(most=5))
    result = kemeny(room)
    assert result.proven
    assert result.gap == 0.0
    assert result.distance == result.lower_bound == least_by_trying_all(room)
    assert result.distance == kemeny_distance(room, result.order)
    assert result.distance == kemeny_by_dynamic_programme(room).distance


@pytest.mark.parametrize("seed", range(12))
def test_two_exact_methods_agree_to_twelve(seed, room):
    random = np.random.default_rng(seed)
    count = int(random.integers(8, 13))
    ranks = random.integers(1, count + 1, (int(random.integers(3, 12)), count)).astype(float)
    ranks[random.random(ranks.shape) < 0.1 * (seed % 3)] = np.nan
    drawn = room(ranks.tolist())
    one, two = kemeny(drawn), kemeny_by_dynamic_programme(drawn)
    assert one.proven
    assert one.distance == two.distance
    assert one.blocks == two.blocks


@given(st.data())
def test_blocks_hold_in_every_optimal_order(rooms, data):
    room = data.draw(rooms(most=5))
    result = kemeny(room)
    optimal = [
        order for order in permutations(room.proposals) if kemeny_distance(room, order) == result.distance
    ]
    for order in optimal:
        assert [set(block) for block in result.blocks] == cut_like(order, result.blocks)
    if len(result.blocks) == len(room.proposals):
        assert optimal == [result.order]


def cut_like(order, blocks):
    at, parts = 0, []
    for block in blocks:
        parts.append(set(order[at : at + len(block)]))
        at += len(block)
    return parts


@given(st.data())
def test_anonymity_doubling_and_reversal(rooms, shuffled, data):
    room = data.draw(rooms())
    result = kemeny(room)
    again = kemeny(shuffled(room, 5))
    assert (again.order, again.distance) == (result.order, result.distance)
    assert kemeny(Profile(room.ranks, room.weights * 3)).distance == 3 * result.distance
    reversed_room = profile(-room.ranks, room.weights)
    assert kemeny(reversed_room).distance == result.distance
    assert [set(block) for block in kemeny(reversed_room).blocks] == [
        set(block) for block in result.blocks[::-1]
    ]


@given(st.data())
def test_a_condorcet_winner_is_first_and_unanimity_is_kept(rooms, data):
    room = data.draw(rooms())
    result = kemeny(room)
    duels = copeland(room)
    if duels.condorcet_winner is not None:
        assert result.order[0] == duels.condorcet_winner
    wins = duels.pairwise.wins
    for place, above in enumerate(result.order):
        for below in result.order[place + 1 :]:
            assert wins.loc[below, above] != room.weights.sum()


def test_fractional_weights_find_the_same_optimum_as_whole_ones(room):
    rows = np.random.default_rng(8).integers(1, 9, (9, 8)).tolist()
    whole = room(rows, [float(number % 4 + 1) for number in range(9)])
    thirds = Profile(whole.ranks, whole.weights / 3)
    assert kemeny(thirds).distance == pytest.approx(kemeny(whole).distance / 3)
    assert kemeny(thirds).proven


def test_peers_find_the_same_distance(peers):
    for case in peers["strict"]:
        answers = case["answers"]
        distance = kemeny(profile_from_orders(case["profile"])).distance
        assert distance == answers["kemeny_distance"] == answers["kemeny_distance_corankco"]
    for case in peers["tied"]:
        distance = kemeny(profile_from_orders(case["profile"])).distance
        assert distance == case["answers"]["kemeny_distance_corankco"]


def noisy_room(count, people, seed):
    random = np.random.default_rng(seed)
    orders = np.array([random.permutation(count) for _ in range(people)])
    return profile(pd.DataFrame(orders, columns=[f"u{number:02d}" for number in range(count)]))


def test_a_limit_leaves_an_order_with_its_bound():
    room = noisy_room(30, 15, seed=3)
    best = kemeny(room)
    cut = kemeny(room, iteration_limit=1)
    assert best.proven
    assert cut.lower_bound <= best.distance <= cut.distance
    assert cut.distance <= 1.02 * best.distance
    if not cut.proven:
        assert 0 < cut.gap == (cut.distance - cut.lower_bound) / cut.distance


def test_no_time_at_all_still_gives_an_order():
    cut = kemeny(noisy_room(40, 21, seed=4), time_limit=1e-9)
    assert sorted(cut.order) == sorted(cut.ranks.index)
    assert cut.lower_bound <= cut.distance


def test_a_cycle_is_one_block():
    room = profile_from_orders([(1, "abc"), (1, "bca"), (1, "cab")])
    result = kemeny(room)
    assert result.blocks == (("a", "b", "c"),)
    assert result.distance == 4.0


@pytest.mark.parametrize(
    "limits", [{"time_limit": 0.0}, {"iteration_limit": 0}, {"time_limit": float("nan")}]
)
def test_limits_must_be_positive(limits):
    with pytest.raises(InvalidValue, match="invalid_limit"):
        kemeny(profile_from_orders([(1, "ab")]), **limits)


def test_the_dynamic_programme_refuses_large_rooms():
    with pytest.raises(InvalidValue) as caught:
        kemeny_by_dynamic_programme(noisy_room(17, 2, seed=1))
    assert caught.value.facts["maximum"] == 16


def test_a_distance_needs_an_order_of_all():
    room = profile_from_orders([(1, "abc")])
    for order in [("a", "b"), ("a", "b", "b"), ("a", "b", "x")]:
        with pytest.raises(InvalidValue, match="not_an_order"):
            kemeny_distance(room, order)


def preflib(path):
    """Read a PrefLib file of complete orders, with ties in braces."""
    orders = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        count, order = line.split(":")
        places, tied = [], None
        for token in order.replace("{", "{ ").replace("}", " }").replace(",", " ").split():
            if token == "{":
                tied = []
            elif token == "}":
                places.append(tied)
                tied = None
            elif tied is None:
                places.append(int(token))
            else:
                tied.append(int(token))
        orders.append((float(count), places))
    return profile_from_orders(orders)


@pytest.mark.shared_data
@pytest.mark.parametrize(("name", "optimum"), OPTIMA.items())
def test_preflib_optima(shared_folder, name, optimum):
    folder = shared_folder / "data" if (shared_folder / "data").is_dir() else shared_folder
    result = kemeny(preflib(folder / "prefs" / name))
    assert result.proven
    assert result.distance == optimum


@pytest.mark.shared_data
def test_preflib_small_rooms_by_both_methods(shared_folder):
    folder = shared_folder / "data" if (shared_folder / "data").is_dir() else shared_folder
    netflix = preflib(folder / "prefs" / "00004-00000001.soc")
    assert kemeny(netflix).distance == kemeny_by_dynamic_programme(netflix).distance == 500
    apa = preflib(folder / "prefs" / "apa1998_00028-00000001.toc")
    assert kemeny(apa).distance == kemeny_by_dynamic_programme(apa).distance == 63_329
    assert kemeny(apa).order == (3, 2, 1, 4, 5)
