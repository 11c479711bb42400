from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.influence import (
    POOLED,
    Cells,
    flip_weights,
    leave_groups_out,
    release,
    safe_cells,
    shapley_influence,
    strong_unfunded,
    two_readings,
)
from workbench.errors import InvalidValue

GROUPS = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=60)
MINIMUM = st.integers(2, 8)


def unions(sizes):
    for count in range(1, len(sizes) + 1):
        for chosen in combinations(sizes, count):
            yield set().union(*chosen)


@given(GROUPS, MINIMUM)
def test_no_union_of_cells_nor_its_complement_is_small(groups, minimum):
    people = pd.Series(groups)
    cells = safe_cells(people, minimum)
    everybody = set(people.index)
    held = [set(cells.members.index[cells.members == name]) for name in cells.names]
    assert sum(map(len, held)) == (len(people) if len(people) >= minimum else 0)
    for union in unions(held):
        assert len(union) >= minimum
        assert len(everybody - union) == 0 or len(everybody - union) >= minimum


@given(GROUPS, MINIMUM)
def test_large_groups_stand_apart_unless_one_hides_the_small(groups, minimum):
    people = pd.Series(groups)
    cells = safe_cells(people, minimum)
    counts = people.value_counts()
    small = counts[counts < minimum]
    if len(people) < minimum:
        assert cells.sizes.empty
        return
    assert set(small.index) <= set(cells.pooled)
    joined = [name for name in cells.pooled if counts[name] >= minimum]
    # One group at most is taken in to hide the small ones, and only when they need it.
    assert len(joined) <= 1
    assert bool(joined) == (0 < small.sum() < minimum and len(small) < len(counts))
    if joined:
        assert counts[joined[0]] == counts[counts >= minimum].min()


@given(st.permutations(range(14)))
def test_the_order_of_people_does_not_matter(order):
    people = pd.Series(list("aaaaaaabbbbbcc"))
    one, two = safe_cells(people), safe_cells(people.iloc[list(order)])
    assert one.members.to_dict() == two.members.to_dict()
    assert one.pooled == two.pooled == ("b", "c")
    assert one.sizes.to_dict() == {POOLED: 7, "a": 7}


@given(st.integers(0, 10**6), MINIMUM)
def test_everything_about_groups_is_asked_of_cells_only(room_of, seed, minimum):
    random = np.random.default_rng(seed)
    room = room_of({name: int(random.integers(1, 12)) for name in "abcde"}, seed=seed)
    cells = room.cells(minimum)
    if not len(cells.members):
        return
    leave_groups_out(cells, room.rule)
    shapley_influence(cells, room.rule)
    two_readings(cells, room.rule)
    flip_weights(cells, room.rule, selected_count=2)
    costs = pd.Series(10, index=room.points.columns)
    strong_unfunded(cells, room.rule, costs.rank(method="first"), ["u00"], costs, budget=15)
    for voices in room.asked:
        weights = voices.T
        apart = weights.groupby(cells.members.loc[weights.index]).nunique()
        # Within a cell all people weigh the same in every question: no answer tells two of them apart.
        assert (apart == 1).all(axis=None)


@given(st.integers(0, 10**6))
def test_what_is_shown_does_not_change_when_people_of_a_cell_swap_their_points(room_of, seed):
    room = room_of({"a": 9, "b": 6, "c": 2, "d": 1}, seed=seed)
    cells = room.cells()
    swapped = room_of({"a": 9, "b": 6, "c": 2, "d": 1}, seed=seed)
    random = np.random.default_rng(seed + 1)
    for name in cells.names:
        members = cells.members.index[cells.members == name]
        swapped.points.loc[members] = room.points.loc[random.permutation(members)].to_numpy()
    for report in (leave_groups_out, shapley_influence):
        pd.testing.assert_frame_equal(report(cells, room.rule).table, report(cells, swapped.rule).table)
    pd.testing.assert_frame_equal(
        two_readings(cells, room.rule).groups, two_readings(cells, swapped.rule).groups
    )


def remainders(one, other):
    """Everybody that can be singled out by taking cells of one grouping out of cells of the other."""
    first = [set(one.members.index[one.members == name]) for name in one.names]
    second = [set(other.members.index[other.members == name]) for name in other.names]
    for larger, smaller in ((first, second), (second, first)):
        for union in unions(larger):
            for part in [set(), *unions(smaller)]:
                if part <= union:
                    yield union - part


@given(st.integers(8, 60), st.integers(2, 4), st.floats(0, 1), st.integers(0, 10**6))
def test_groupings_shown_together_single_nobody_out(people, hamlets, tied, seed):
    # Hamlets that follow the sex of their people in part: this is where differences give somebody away.
    random = np.random.default_rng(seed)
    sex = random.integers(0, 2, people)
    hamlet = np.where(random.random(people) < tied, sex, random.integers(0, hamlets, people))
    table = pd.DataFrame({"sex": sex, "hamlet": hamlet})
    shown = release(table, minimum_size=4)
    assert next(iter(shown.shown)) == "sex"
    assert set(shown.shown) | set(shown.withheld) == {"sex", "hamlet"}
    groupings = list(shown.shown.values())
    if len(groupings) == 2 and all(cells.shows_groups for cells in groupings):
        assert all(len(left) == 0 or len(left) >= 4 for left in remainders(*groupings))
    if "hamlet" in shown.withheld:
        refused = safe_cells(table["hamlet"], 4)
        assert any(0 < len(left) < 4 for left in remainders(groupings[0], refused))


def test_too_many_cells_to_check_are_held_back():
    people = pd.DataFrame({"sex": ["f", "m"] * 85, "hamlet": [f"h{n // 10}" for n in range(170)]})
    assert release(people).withheld == ("hamlet",)
    assert release(people.iloc[:160]).withheld == ()


def test_one_lone_cell_shows_nothing_apart():
    cells = safe_cells(pd.Series(list("aaabb")))
    assert cells.sizes.to_dict() == {POOLED: 5}
    assert not cells.shows_groups
    assert safe_cells(pd.Series(list("aaaaa"))).sizes.to_dict() == {"a": 5}


def test_cells_cannot_be_made_small_by_hand():
    members = pd.Series(["a"] * 4 + ["b"] * 6)
    with pytest.raises(InvalidValue, match="cell_too_small"):
        Cells(members, members.value_counts(), (), 5)
    with pytest.raises(InvalidValue, match="cell_too_small"):
        Cells(members, members.value_counts(), (), 1)


@pytest.mark.parametrize(
    ("groups", "minimum", "code"),
    [
        (pd.Series(["a", None]), 5, "missing_group"),
        (pd.Series(["a", "b"], index=["p", "p"]), 5, "duplicate_label"),
        (pd.Series(["a", POOLED]), 5, "reserved_name"),
        (pd.Series(["a", "b"]), 1, "invalid_minimum"),
    ],
)
def test_groups_that_cannot_be_used_are_refused(groups, minimum, code):
    with pytest.raises(InvalidValue) as caught:
        safe_cells(groups, minimum)
    assert caught.value.code == code
