from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.influence import strong_unfunded
from workbench.errors import InvalidValue, LabelMismatch

PLACES = pd.Series({"u00": 1, "u01": 2, "u02": 3, "u03": 4, "u04": 5})
COSTS = pd.Series({"u00": 50, "u01": 10, "u02": 40, "u03": 30, "u04": 500})


def divided(room_of):
    room = room_of({"a": 9, "b": 6})
    room.points.loc[room.groups == "a"] = [5.0, 4.0, 3.0, 2.0, 1.0]
    room.points.loc[room.groups == "b"] = [1.0, 2.0, 3.0, 4.0, 5.0]
    return room


def test_strong_proposals_with_what_they_would_displace(room_of):
    room = divided(room_of)
    listed = strong_unfunded(room.cells(), room.rule, PLACES, ["u00", "u01", "u02"], COSTS, budget=100)
    assert [(one.group, one.proposal, one.place_in_group) for one in listed] == [
        ("b", "u04", 1),
        ("b", "u03", 2),
    ]
    impossible, possible = listed
    assert (impossible.fits, impossible.displaced, impossible.freed) == (False, (), 0)
    # Nothing is left, so the lowest funded one goes; that is enough.
    assert (possible.fits, possible.displaced, possible.freed) == (True, ("u02",), 40)
    assert (possible.cost, possible.place_in_room) == (30, 4)
    assert isinstance(possible.cost, int)


def test_money_left_displaces_nobody_and_who_need_not_go_returns(room_of):
    room = divided(room_of)
    free = strong_unfunded(room.cells(), room.rule, PLACES, ["u00", "u01"], COSTS, budget=100)
    assert [(one.proposal, one.displaced) for one in free if one.group == "b"] == [
        ("u04", ()), ("u03", ()), ("u02", ()),
    ]  # fmt: skip
    # u01 (10) alone does not make room for u03 (30); u00 (50) does, and then u01 may stay.
    tight = strong_unfunded(room.cells(), room.rule, PLACES, ["u00", "u01"], COSTS, budget=60)
    assert next(one.displaced for one in tight if one.proposal == "u03") == ("u00",)


@given(st.integers(0, 10**6))
def test_what_is_displaced_makes_room_and_none_of_it_is_needless(room_of, seed):
    random = np.random.default_rng(seed)
    room = room_of({"a": 9, "b": 6, "c": 5}, proposals=8, seed=seed)
    names = room.points.columns
    costs = pd.Series(random.integers(1, 90, 8) * 1_000_000, index=names)
    order = pd.Series(random.permutation(8) + 1, index=names)
    funded = [name for name in names if random.random() < 0.5]
    budget = int(costs[funded].sum() + random.integers(0, 60_000_000))
    left = budget - int(costs[funded].sum())
    for one in strong_unfunded(room.cells(), room.rule, order, funded, costs, budget):
        assert one.proposal not in funded
        assert one.place_in_group <= 3
        assert set(one.displaced) <= set(funded)
        assert one.freed == costs[list(one.displaced)].sum()
        assert one.fits == (one.cost <= budget)
        if one.fits:
            assert left + one.freed >= one.cost
            assert all(left + one.freed - costs[gone] < one.cost for gone in one.displaced)


def test_one_cell_lists_nothing(room_of):
    room = room_of({"a": 6})
    assert strong_unfunded(room.cells(), room.rule, PLACES, [], COSTS, budget=100) == ()


@pytest.mark.parametrize(
    ("funded", "costs", "budget", "code"),
    [
        (["u00"], COSTS + 0.5, 100, "not_whole_rupiah"),
        (["u00"], -COSTS, 100, "not_whole_rupiah"),
        (["u00"], COSTS.where(COSTS > 10), 100, "not_whole_rupiah"),
        (["u09"], COSTS, 100, "unknown_proposal"),
        (["u00"], COSTS, 49, "over_budget"),
    ],
)
def test_money_that_is_none_is_refused(room_of, funded, costs, budget, code):
    room = divided(room_of)
    with pytest.raises(InvalidValue) as caught:
        strong_unfunded(room.cells(), room.rule, PLACES, funded, costs, budget)
    assert caught.value.code == code


def test_places_and_costs_must_be_of_the_same_proposals(room_of):
    room = divided(room_of)
    with pytest.raises(LabelMismatch):
        strong_unfunded(room.cells(), room.rule, PLACES.iloc[1:], [], COSTS, 100)
    with pytest.raises(LabelMismatch):
        strong_unfunded(room.cells(), room.rule, PLACES, [], COSTS.iloc[1:], 100)
