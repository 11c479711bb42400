from __future__ import annotations

import pandas as pd

from workbench.engine.derived import DERIVED, count_same, has_parent

FRAME = pd.DataFrame(
    {
        "stage": ["desa", "desa", "kec", "kec", "desa"],
        "parent": ["", "", "a", "zz", ""],
        "village": ["v", "v", "v", "w", ""],
        "field": ["jalan", "jalan", "jalan", "jalan", "jalan"],
    },
    index=list("abcde"),
)


def test_a_parent_counts_only_of_its_stage_and_only_if_it_is_there():
    assert has_parent(FRAME, (), "desa").tolist() == [False, False, True, False, False]
    assert has_parent(FRAME, (), "kec").any() == False  # noqa: E712 - a value of pandas


def test_demand_is_counted_at_one_stage_for_all_and_blank_is_like_nothing():
    found = count_same(FRAME, ["village", "field"], "desa")
    assert found.tolist()[:4] == [2, 2, 2, 0]
    assert pd.isna(found["e"])
    assert list(found.index) == list(FRAME.index)


def test_names_of_the_registry_are_those_of_the_functions():
    assert {name: method.__name__ for name, method in DERIVED.items()} == {name: name for name in DERIVED}
