from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.influence import one_group_one_voice, shapley_influence
from workbench.engine.influence.shapley import shapley_values
from workbench.errors import InvalidValue


@given(st.integers(1, 5), st.integers(0, 10**6))
def test_values_agree_with_all_orders_of_arrival(players, seed):
    worths = np.random.default_rng(seed).integers(-9, 9, 1 << players).astype(float)
    gained = np.zeros(players)
    orders = list(permutations(range(players)))
    for order in orders:
        here = 0
        for player in order:
            gained[player] += worths[here | (1 << player)] - worths[here]
            here |= 1 << player
    np.testing.assert_allclose(shapley_values(worths, players), gained / len(orders), atol=1e-9)


@given(st.integers(0, 10**6))
def test_shares_sum_to_one_and_the_total_is_the_distance_from_no_order(room_of, seed):
    room = room_of({"a": 12, "b": 7, "c": 5, "d": 6}, seed=seed)
    result = shapley_influence(room.cells(), room.rule)
    scores = room.points.sum().to_numpy()
    pairs = [(i, j) for i in range(len(scores)) for j in range(i)]
    decided = np.mean([scores[i] != scores[j] for i, j in pairs])
    assert result.total == pytest.approx(decided / 2)
    assert result.table["share"].sum() == pytest.approx(1.0)
    assert result.table["influence"].sum() == pytest.approx(result.total)
    np.testing.assert_allclose(result.table["ratio"], result.table["share"] / result.table["head_share"])


def test_cells_that_judge_alike_share_alike_whatever_their_size(room_of):
    room = room_of({"a": 12, "b": 6})
    room.points.loc[:] = [5.0, 4.0, 3.0, 2.0, 1.0]
    table = shapley_influence(room.cells(), room.rule).table
    assert table["share"].tolist() == [0.5, 0.5]
    assert table["ratio"].tolist() == pytest.approx([0.75, 1.5])


def test_a_cell_without_an_opinion_has_no_influence(room_of):
    room = room_of({"a": 6, "b": 6})
    room.points.loc[:] = [5.0, 4.0, 3.0, 2.0, 1.0]
    room.points.loc[room.groups == "b"] = 3.0
    table = shapley_influence(room.cells(), room.rule, one_group_one_voice(room.cells())).table
    assert table["influence"].tolist() == [0.5, 0.0]


def test_an_order_that_ties_all_has_nothing_to_share(room_of):
    room = room_of({"a": 6, "b": 6})
    room.points.loc[:] = 3.0
    assert np.isnan(shapley_influence(room.cells(), room.rule).table["share"]).all()


def test_one_cell_and_eleven_cells(room_of):
    alone = room_of({"a": 6})
    assert shapley_influence(alone.cells(), alone.rule).table.empty
    many = room_of({f"g{number}": 5 for number in range(11)})
    with pytest.raises(InvalidValue, match="too_many_groups"):
        shapley_influence(many.cells(), many.rule)
