from __future__ import annotations

import copy
import json
import math
import subprocess
import sys
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from workbench.selftest.runner import KINDS, Status, run_case, run_cases

CASES = json.loads(resources.files("workbench.selftest").joinpath("cases.json").read_text(encoding="utf-8"))
NAMES = [case["id"] for case in CASES]


def spoilt(value: Any, tol: float) -> Any:
    """Move every number by more than the tolerance and change every text, sign and null."""
    if isinstance(value, dict):
        return {key: spoilt(one, tol) for key, one in value.items()}
    if isinstance(value, list):
        return [spoilt(one, tol) for one in value]
    if isinstance(value, bool):
        return not value
    if value is None:
        return 0
    return f"{value}?" if isinstance(value, str) else value + 1.5 * tol + 1e-6


def test_every_kind_has_two_cases_at_least() -> None:
    counts = Counter(case["kind"] for case in CASES)
    assert set(counts) == set(KINDS)
    assert min(counts.values()) >= 2


def test_every_case_is_complete_and_named_once() -> None:
    assert len(set(NAMES)) == len(NAMES)
    for case in CASES:
        assert set(case) == {"id", "kind", "inputs", "expected", "tol", "source"}
        assert case["expected"]
        assert case["source"]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_shipped_case(case: dict[str, Any]) -> None:
    result = run_case(case)
    assert (result.status, result.differences) == (Status.PASSED, ())


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_each_wrong_answer_fails(case: dict[str, Any]) -> None:
    for key, value in case["expected"].items():
        wrong = {**case, "expected": {**case["expected"], key: spoilt(value, case["tol"])}}
        result = run_case(wrong)
        assert result.status is Status.FAILED, key
        assert any(key in difference for difference in result.differences)


def test_cases_do_not_change_their_inputs() -> None:
    before = copy.deepcopy(CASES)
    run_cases(CASES)
    assert before == CASES


def test_the_file_is_written_anew_byte_for_byte(project_root: Path, tmp_path: Path) -> None:
    script = project_root / "benchmarks" / "oracles" / "make_selftest_cases.py"
    fresh = tmp_path / "cases.json"
    # -I: the script must stand alone, without the product on its path.
    program = f"import sys; sys.path.insert(0, {str(script.parent)!r}); sys.argv = ['', {str(fresh)!r}]"
    program += "; import make_selftest_cases; make_selftest_cases.main()"
    program += "; assert not {'workbench', 'numpy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-I", "-B", "-c", program], check=True)
    assert fresh.read_bytes() == (project_root / "workbench" / "selftest" / "cases.json").read_bytes()


def test_an_unknown_kind_is_unsupported() -> None:
    result = run_case({"id": "x", "kind": "tarot", "inputs": {}, "expected": {}})
    assert (result.status, result.differences) == (Status.UNSUPPORTED, ())


BROKEN: list[Any] = [
    {},
    [],
    None,
    "text",
    7,
    {"upper": None},
    {"upper": "abc", "matrix": 3},
    {"matrix": [[1, "x"], [2]], "weights": ["y"]},
    {"matrix": [[math.inf, math.nan], [0, -1]], "weights": [-1, 0], "direction": ["sideways"] * 2},
    {"known": {"0": 1}, "n": "many"},
    {"known": 5, "n": -1},
    {"profile": [[1]], "approvals": 3, "cost": {"a": "b"}, "budget": "c"},
    {"profile": 3, "cost": [1, 2], "value": [1], "budget": -5},
    {"goal": {"a": {}}, "criteria": [1, 2], "alternative_priorities": [[]]},
    {"uppers": [[1, 2, 3], [1]], "judgements": [[0]], "criteria_weights": []},
    {"n": [None], "ranks": ["first"], "table": "astrology", "ri": "none of them"},
    {"values": [[]], "ratings_by_rater": [[1, "b"]], "priorities": [[0, 0]]},
]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_malformed_inputs_fail_with_a_message_and_never_raise(kind: str) -> None:
    for inputs in BROKEN:
        result = run_case({"id": "x", "kind": kind, "inputs": inputs, "expected": {"no_such_key": 1}})
        assert result.status is Status.FAILED
        assert all(result.differences)


@pytest.mark.parametrize("lacking", ["inputs", "expected"])
def test_a_case_that_lacks_a_part_fails_and_says_so(lacking: str) -> None:
    case = {
        "id": "x",
        "kind": "rank_order_centroid",
        "inputs": {"n": 2},
        "expected": {"weights": [0.75, 0.25]},
    }
    del case[lacking]
    result = run_case(case)
    assert (result.status, result.differences) == (Status.FAILED, (f"missing: {lacking}",))


def test_odd_tolerances_and_expectations_fail_without_raising() -> None:
    case = {"id": "x", "kind": "rank_order_centroid", "inputs": {"n": 2}}
    for expected, tol in (
        ({"weights": [0.75, 0.25]}, "wide"),
        ([0.75], 0),
        ("0.75", 0),
        ({"weights": 0.75}, 0),
    ):
        assert run_case({**case, "expected": expected, "tol": tol}).status is Status.FAILED
    assert run_case({**case, "expected": {"weights": [0.75, 0.25]}, "tol": None}).status is Status.PASSED


def test_a_refusal_is_an_answer_only_where_it_is_expected() -> None:
    case = {"id": "x", "kind": "ahp_evm", "inputs": {"upper": [1, 2]}}
    assert run_case({**case, "expected": {"error": "not_a_triangle"}}).status is Status.PASSED
    assert run_case({**case, "expected": {"error": "disconnected"}}).status is Status.FAILED
    assert "not_a_triangle" in run_case({**case, "expected": {"cr": 0}}).differences[0]
    refused = {"id": "x", "kind": "budget_knapsack", "inputs": {"cost": [1], "value": [1], "budget": -1}}
    assert "amount_negative" in run_case({**refused, "expected": {"value": 1}}).differences[0]


@pytest.mark.parametrize(
    ("expected", "passes"),
    [
        ({"kemeny": ["N", "C", "K", "M"]}, True),
        ({"kemeny": "NCKM"}, True),
        ({"kemeny_order": "NCKM"}, True),
        ({"kemeny_order": "N>C>K>M"}, True),
        ({"kemeny": ["N", "C", "M", "K"]}, False),
        ({"kemeny": ["N", "C", "K"]}, False),
        ({"borda": {"N": 194}}, True),
        ({"borda": {"N": True}}, False),
        ({"condorcet_winner": None}, False),
    ],
)
def test_orders_as_text_or_list_are_the_same(expected: dict[str, Any], passes: bool) -> None:
    profile = {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17}
    result = run_case({"id": "x", "kind": "voting", "inputs": {"profile": profile}, "expected": expected})
    assert (result.status is Status.PASSED) is passes
