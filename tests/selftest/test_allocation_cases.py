"""The adapters on small cases of our own and on the shared reference cases."""

from __future__ import annotations

import json
import math

import pytest

from workbench.selftest.allocation_cases import KINDS


def agrees(expected, found, tol):
    if isinstance(expected, dict):
        return all(key in found and agrees(value, found[key], tol) for key, value in expected.items())
    if isinstance(expected, list):
        return len(expected) == len(found) and all(
            agrees(a, b, tol) for a, b in zip(expected, found, strict=True)
        )
    if isinstance(expected, float | int) and not isinstance(expected, bool):
        return math.isclose(expected, found, rel_tol=0, abs_tol=tol)
    return expected == found


@pytest.mark.shared_data
def test_all_shared_cases_of_these_kinds(shared_folder):
    cases = json.loads((shared_folder / "cases" / "mcda_cases.json").read_text(encoding="utf-8"))
    mine = [case for case in cases if case["kind"] in KINDS]
    assert {case["kind"] for case in mine} == set(KINDS)
    for case in mine:
        found = KINDS[case["kind"]](case["inputs"])
        assert agrees(case["expected"], found, case["tol"]), (case["id"], found)


def test_a_knapsack_in_both_forms():
    listed = KINDS["budget_knapsack"]({"cost": [5, 4, 3], "value": [10, 40, 30], "budget": 7})
    named = KINDS["budget_knapsack"](
        {"cost": {"a": 5, "b": 4, "c": 3}, "value": {"c": 30, "a": 10, "b": 40}, "budget": 7}
    )
    assert (listed["value"], listed["chosen"], listed["left"]) == (70, [0, 1, 1], 0)
    assert named["value"] == 70
    assert set(named["funded"]) == {"b", "c"}


def test_decimal_values_and_whole_floats():
    found = KINDS["budget_knapsack"]({"cost": [2.0, 3.0], "value": [0.3, 0.4], "budget": 4.0})
    assert found["value"] == pytest.approx(0.4)
    assert (
        KINDS["budget_knapsack"]({"cost": [2.5, 3], "value": [1, 2], "budget": 4})["error"]
        == "amount_not_whole"
    )
    assert KINDS["budget_greedy"]({"cost": [2, 3], "value": [1, 2]})["error"] == "no_ceiling"


def test_greedy_beside_the_best():
    found = KINDS["budget_greedy"]({"cost": [6, 5, 5], "value": [7, 5, 5], "budget": 10})
    assert (found["greedy_by_ratio"], found["optimal"]) == (7, 10)
    assert found["greedy_chosen"] == [1, 0, 0]
    assert found["ratio"] == pytest.approx(0.7)


def test_equal_shares_with_points_by_name_or_by_row():
    case = {"cost": {"a": 6, "b": 6}, "budget": 12}
    by_name = KINDS["budget_equal_shares"](case | {"scores": [{"a": 5}, {"a": 1, "b": 2}]})
    by_row = KINDS["budget_equal_shares"](case | {"scores": [[5, 0], [1, 2]]})
    assert by_name == by_row
    assert by_name["payments"] == pytest.approx([5, 1])
    assert by_name["selected"] == "a"


def test_equal_shares_by_cost_buys_what_most_people_share():
    case = {
        "cost": {"p1": 10, "p2": 16, "p3": 21},
        "budget": 40,
        "approvals": {"ani": ["p1"], "budi": ["p1", "p3"], "cici": ["p2", "p3"], "dodi": ["p2", "p3"]},
    }
    assert KINDS["budget_equal_shares"](case | {"utility": "cost"})["selected"] == "p1,p3"
    assert KINDS["budget_equal_shares"](case | {"utility": "joy"})["error"] == "unknown_method"
