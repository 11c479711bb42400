from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.influence import largest_personal_change, leave_groups_out
from workbench.engine.influence.orders import distances_to, places
from workbench.errors import InvalidValue, LabelMismatch


@given(st.integers(0, 10**6))
def test_each_row_is_the_room_without_that_cell(room_of, seed):
    room = room_of({"a": 8, "b": 7, "c": 5}, seed=seed)
    cells = room.cells()
    result = leave_groups_out(cells, room.rule)
    everybody = room.points.sum().to_numpy()
    for name in cells.names:
        rest = room.points[cells.members.loc[room.points.index] != name].sum().to_numpy()
        moved = distances_to(rest[None], everybody)[0]
        row = result.table.loc[name]
        assert row["moved"] == moved
        assert row["domination"] == pytest.approx(moved / (row["people"] / 20))
        assert row["flagged"] == (row["domination"] > 2)
        expected = places(rest[None])[0] - places(everybody[None])[0]
        assert result.place_changes.loc[name].tolist() == expected.tolist()


def test_weights_of_people_count_and_must_fit(room_of):
    room = room_of({"a": 8, "b": 7})
    cells = room.cells()
    weights = pd.Series(1.0, index=cells.members.index)
    pd.testing.assert_frame_equal(
        leave_groups_out(cells, room.rule, weights).table, leave_groups_out(cells, room.rule).table
    )
    with pytest.raises(LabelMismatch):
        leave_groups_out(cells, room.rule, weights.iloc[1:])


def test_nothing_apart_gives_an_empty_table(room_of):
    room = room_of({"a": 3, "b": 3})
    result = leave_groups_out(room.cells(), room.rule)
    assert result.table.empty
    assert result.place_changes.empty
    assert len(result.places_with_all) == 5


@given(st.integers(0, 10**6))
def test_the_largest_personal_change_is_the_largest(room_of, seed):
    room = room_of({"a": 4, "b": 4}, seed=seed)
    result = largest_personal_change(room.points.index, room.rule)
    everybody = room.points.sum().to_numpy()
    before = places(everybody[None])[0]
    moved, shifts, first = [], [], []
    for person in room.points.index:
        rest = room.points.drop(person).sum().to_numpy()
        after = places(rest[None])[0]
        moved.append(distances_to(rest[None], everybody)[0])
        shifts.append(np.abs(after - before).max())
        first.append(((after == 1) != (before == 1)).any())
    assert (result.moved, result.places, result.first_changes) == (max(moved), max(shifts), any(first))
    assert result.people == 8


def test_it_names_nobody_and_no_proposal(room_of):
    room = room_of({"a": 9})
    held = repr(largest_personal_change(room.points.index, room.rule))
    assert not any(label in held for label in [*room.points.index, *room.points.columns])


def test_blocks_of_people_make_no_difference(room_of, monkeypatch):
    room = room_of({"a": 9, "b": 4}, seed=3)
    whole = largest_personal_change(room.points.index, room.rule)
    monkeypatch.setattr("workbench.engine.influence.leave_out.PERSONS_AT_ONCE", 4)
    assert largest_personal_change(room.points.index, room.rule) == whole
    weights = pd.Series(2.0, index=room.points.index)
    assert largest_personal_change(room.points.index, room.rule, weights) == whole


def test_small_rooms_are_refused(room_of):
    room = room_of({"a": 5})
    with pytest.raises(InvalidValue, match="too_few_people"):
        largest_personal_change(room.points.index, room.rule)
