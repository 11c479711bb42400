from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.influence import two_readings
from workbench.engine.influence.orders import distances_to, places


@given(st.integers(0, 10**6))
def test_both_readings_are_means_of_people_and_of_cells(room_of, seed):
    room = room_of({"a": 14, "b": 6, "c": 5}, seed=seed)
    cells = room.cells()
    result = two_readings(cells, room.rule)
    people = room.points.sum().to_numpy()
    means = room.points.groupby(cells.members.loc[room.points.index]).mean()
    # One hundredth and a bit apart is far, a rounding error is a tie.
    groups = means.sum().round(9).to_numpy()
    assert result.proposals["one_person_one_voice"].tolist() == places(people[None])[0].tolist()
    assert result.proposals["one_group_one_voice"].tolist() == places(groups[None])[0].tolist()
    assert result.distance == pytest.approx(distances_to(people[None], groups)[0])
    moved = result.proposals["places_gained"]
    assert set(result.gains) == set(moved.index[moved > 0])
    assert set(result.losses) == set(moved.index[moved < 0])
    closer = result.groups["one_group_one_voice"] - result.groups["one_person_one_voice"]
    pd.testing.assert_series_equal(result.groups["closer"], closer, check_names=False)


def test_the_largest_change_comes_first(room_of):
    room = room_of({"a": 20, "b": 5}, proposals=4)
    room.points.loc[room.groups == "a"] = [4.0, 3.0, 2.0, 1.0]
    room.points.loc[room.groups == "b"] = [1.0, 1.0, 1.0, 9.0]
    result = two_readings(room.cells(), room.rule)
    assert result.gains == ("u03",)
    assert result.losses == ("u00", "u01")
    assert result.groups.loc["b", "closer"] > 0 > result.groups.loc["a", "closer"]


def test_with_one_cell_both_readings_are_the_same(room_of):
    room = room_of({"a": 7})
    result = two_readings(room.cells(), room.rule)
    assert result.groups.empty
    assert result.distance == 0.0
    assert result.gains == result.losses == ()
