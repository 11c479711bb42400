from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.proposals import Proposals
from workbench.errors import InvalidInput


def table(*lines: dict) -> pd.DataFrame:
    filled = [
        {"proposal": f"U-{n}", "activity": "x", "region": "", "cost": None} | line
        for n, line in enumerate(lines)
    ]
    return pd.DataFrame(filled, index=range(2, len(lines) + 2))


def problems(frame: pd.DataFrame) -> list[tuple[str, int | None, str]]:
    with pytest.raises(InvalidInput) as caught:
        Proposals.from_table(frame)
    return [(p.code, p.row, p.column) for p in caught.value.problems]


def test_all_broken_invariants_are_named_at_once():
    frame = table(
        {"activity": ""},
        {"proposal": ""},
        {"proposal": "U-0"},
        {"cost": -5},
        {"region": "73.2"},
        {"parent": "U-5"},
        {"poor_households": -1},
    )
    assert sorted(problems(frame)) == [
        ("duplicate_id", 4, "proposal"),
        ("empty_cell", 2, "activity"),
        ("empty_cell", 3, "proposal"),
        ("negative_value", 5, "cost"),
        ("negative_value", 8, "poor_households"),
        ("own_parent", 7, "parent"),
        ("region_code_malformed", 6, "region"),
    ]


def test_unpriced_is_not_zero_and_both_are_allowed():
    costs = Proposals.from_table(table({"cost": 0}, {"cost": None}, {"cost": 10**10})).frame["cost"]
    assert costs.tolist()[0::2] == [0, 10**10]
    assert costs.isna().tolist() == [False, True, False]


def test_a_circle_of_parents_is_named_and_what_hangs_on_it_is_not():
    frame = table(
        {"parent": "U-2"}, {"parent": "U-0"}, {"parent": "U-1"}, {"parent": "U-2"}, {"parent": "gone"}
    )
    assert problems(frame) == [("parent_cycle", row, "parent") for row in (2, 3, 4)]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=10))
def test_circles_are_those_that_a_walk_would_never_leave(parents):
    frame = table(*({"parent": f"U-{parent}"} for parent in parents))
    known = {f"U-{n}": f"U-{parent}" for n, parent in enumerate(parents)}

    def returns(start: str) -> bool:
        at = known.get(start)
        for _ in known:
            if at == start or at is None:
                break
            at = known.get(at)
        return at == start

    expected = sorted(
        ("own_parent" if known[label] == label else "parent_cycle", row, "parent")
        for row, label in enumerate(known, start=2)
        if returns(label)
    )
    assert expected == (
        sorted(problems(frame)) if expected else list(Proposals.from_table(frame).frame.index[:0])
    )


def test_a_long_line_of_parents_takes_no_long_time():
    size = 20_000
    frame = table(*({"parent": f"U-{n + 1}"} for n in range(size)))
    assert len(Proposals.from_table(frame)) == size


def test_districts_sum_to_the_whole():
    codes = ["73.02.01.2001", "73.02.01", "73.02.02.1001", "73.02", "", "73"]
    listed = Proposals.from_table(table(*({"region": code} for code in codes)))
    assert listed.districts == ("73.02.01", "73.02.02")
    inside = [label for district in listed.districts for label in listed.within(district).labels]
    assert sorted([*inside, *listed.without_district().labels]) == sorted(listed.labels)
    assert list(listed.without_district().labels) == ["U-3", "U-4", "U-5"]


def test_a_stage_is_asked_for_by_name_and_none_means_all():
    listed = Proposals.from_table(table({"stage": "a"}, {"stage": "b"}))
    assert list(listed.at_stage("b").labels) == ["U-1"]
    assert len(listed.at_stage("")) == 2
    assert len(listed.at_stage("c")) == 0


def test_further_columns_are_kept():
    assert Proposals.from_table(table({"urusan": "WAJIB"})).frame["urusan"].tolist() == ["WAJIB"]
