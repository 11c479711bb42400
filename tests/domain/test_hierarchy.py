from __future__ import annotations

import pandas as pd
import pytest

from tests.rooms import TREE, criteria
from workbench.domain.criteria import Criteria
from workbench.domain.hierarchy import GOAL, siblings
from workbench.errors import InvalidInput

LINE = {"name": "x", "scale_min": 1.0, "scale_max": 5.0}
GROUP = {"name": "Kebutuhan", "scale_min": None, "scale_max": None}


def problems(*lines: dict) -> list:
    with pytest.raises(InvalidInput) as caught:
        Criteria.from_tables(pd.DataFrame(lines, index=range(2, len(lines) + 2)))
    return caught.value.problems


def test_only_the_lowest_criteria_are_scored():
    found = criteria(TREE)
    assert list(found.labels) == ["K1", "K2", "K3", "K4", "K5"]
    assert list(found.groups.index) == ["G1", "G2"]
    assert list(found.members.index) == ["G1", "G2", "K1", "K2", "K3", "K4", "K5"]
    assert set(found.groups["measure"]) == {""}
    assert found.siblings() == {GOAL: ("G1", "G2"), "G1": ("K1", "K2"), "G2": ("K3", "K4", "K5")}


def test_any_depth_and_criteria_beside_groups():
    found = criteria({"A": "", "B": "A", "C": "B", "D": "C", "E": ""})
    assert list(found.labels) == ["D", "E"]
    assert found.siblings() == {GOAL: ("A", "E"), "A": ("B",), "B": ("C",), "C": ("D",)}


def test_without_groups_there_is_one_set():
    assert siblings(pd.Series({"a": "", "b": ""})) == {GOAL: ("a", "b")}
    assert criteria(TREE).flat().siblings() == {GOAL: ("K1", "K2", "K3", "K4", "K5")}


def test_a_misspelt_parent_is_named_with_what_it_probably_means():
    (one,) = problems(
        {"criterion": "G1", **GROUP, "parent_criterion": ""},
        {"criterion": "K1", **LINE, "parent_criterion": "G1"},
        {"criterion": "K2", **LINE, "parent_criterion": "Kebutuhn"},
    )
    assert (one.code, one.row, one.column) == ("unknown_parent", 4, "parent_criterion")
    assert one.facts["suggestion"] == "G1"


@pytest.mark.parametrize(
    ("parents", "circle"),
    [({"a": "b", "b": "a"}, ("a", "b")), ({"a": "a"}, ("a",)), ({"a": "b", "b": "c", "c": "b"}, ("b", "c"))],
)
def test_a_circle_is_named_once(parents, circle):
    lines = [{"criterion": k, **GROUP, "parent_criterion": v} for k, v in parents.items()]
    found = problems(*lines, {"criterion": "K", **LINE, "parent_criterion": "a"})
    assert [(p.code, p.facts["circle"]) for p in found] == [("criteria_in_circle", circle)]


def test_a_group_with_a_measure_is_refused_cell_by_cell():
    found = problems(
        {"criterion": "G1", **LINE, "measure": "judged", "parent_criterion": ""},
        {"criterion": "K1", **LINE, "parent_criterion": "G1"},
    )
    assert [(p.code, p.row, p.column) for p in found] == [
        ("group_with_measure", 2, "scale_min"),
        ("group_with_measure", 2, "scale_max"),
        ("group_with_measure", 2, "measure"),
    ]
