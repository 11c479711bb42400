from __future__ import annotations

import pytest

from workbench.selftest.runner import KINDS, Status, run_case, run_cases

CASE = {
    "id": "x",
    "kind": "rank_order_centroid",
    "inputs": {"n": 2},
    "expected": {"weights": [0.75, 0.25]},
    "source": "s",
}


def test_a_case_that_agrees_passes_and_says_where_it_comes_from():
    found = run_case(CASE)
    assert (found.case, found.kind, found.source, found.status, found.differences) == (
        "x",
        "rank_order_centroid",
        "s",
        Status.PASSED,
        (),
    )


@pytest.mark.parametrize(
    ("expected", "place"),
    [
        ({"weights": [0.75, 0.26]}, ".weights[1]"),
        ({"weights": [0.75]}, ".weights"),
        ({"weights": {"a": 1}}, ".weights"),
        ({"weights": "0.75"}, ".weights"),
        ({"weights": True}, ".weights"),
        ({"weights": 0.75}, ".weights"),
        ({"nothing": 1}, ".nothing: missing"),
        ([1], "."),
    ],
)
def test_every_difference_is_named_by_its_place(expected, place):
    found = run_case(CASE | {"expected": expected})
    assert found.status is Status.FAILED
    assert found.differences[0].startswith(place)


def test_a_tolerance_is_a_tolerance():
    near = CASE | {"expected": {"weights": [0.7501, 0.2499]}}
    assert run_case(near).status is Status.FAILED
    assert run_case(near | {"tol": 1e-3}).status is Status.PASSED
    assert run_case(near | {"tol": None}).status is Status.FAILED


@pytest.mark.parametrize(
    ("kind", "inputs", "expected"),
    [
        (
            "ahp_evm",
            {"labels": ["a", "b"], "upper": [3]},
            {"weights": {"b": 0.25, "a": 0.75}, "order": ["a", "b"]},
        ),
        ("random_index", {"n": [3, 4], "table": "saaty_1980"}, {"ri": {"3": 0.58, "4": 0.9}}),
        (
            "budget_knapsack",
            {"cost": {"a": 5, "b": 6}, "value": [1, 2], "budget": 6},
            {"chosen": {"a": 0, "b": 1}},
        ),
        ("rank_order_centroid", {"order": ["b", "a"]}, {"weights": {"a": 0.25, "b": 0.75}}),
        ("degenerate", {"matrix": [[1, 2], [2, 1]], "weights": [0, 0]}, {"error": True}),
        ("degenerate", {"matrix": [], "weights": []}, {"error": "empty_table"}),
        ("ahp_evm", {"matrix": [[1, 3], [3, 1]]}, {"error": "judgement_not_reciprocal"}),
    ],
)
def test_answers_may_stand_under_the_names_of_the_case(kind, inputs, expected):
    case = {"id": "x", "kind": kind, "inputs": inputs, "expected": expected, "tol": 1e-9}
    assert run_case(case).differences == ()


@pytest.mark.parametrize(
    "expected",
    [{"weights": {"b": 0.75, "a": 0.25}}, {"weights": {"c": 0.75}}, {"order": ["b", "a"]}, {"error": True}],
)
def test_names_do_not_make_a_wrong_answer_right(expected):
    case = {
        "id": "x",
        "kind": "ahp_evm",
        "inputs": {"labels": ["a", "b"], "upper": [3]},
        "expected": expected,
    }
    assert run_case(case).status is Status.FAILED


def test_an_unknown_kind_is_unsupported():
    assert run_case(CASE | {"kind": "astrology"}).status is Status.UNSUPPORTED
    assert [found.status for found in run_cases([CASE, {}])] == [Status.PASSED, Status.UNSUPPORTED]


@pytest.mark.parametrize(
    "spoilt", [{"inputs": {}}, {"inputs": {"n": "x"}}, {"inputs": []}, {"inputs": None}, {"expected": None}]
)
def test_a_spoilt_case_fails_and_stops_nobody(spoilt):
    found = run_case(CASE | spoilt)
    assert found.status is Status.FAILED
    assert found.differences


@pytest.mark.parametrize("key", ["inputs", "expected"])
def test_a_case_without_inputs_or_answer_fails(key):
    assert run_case({name: value for name, value in CASE.items() if name != key}).status is Status.FAILED


def test_no_two_adapters_answer_to_one_name():
    from workbench.selftest import runner

    modules = [module for name, module in vars(runner).items() if name.endswith("_cases")]
    names = [kind for module in modules for kind in getattr(module, "KINDS", ())]
    assert len(names) == len(set(names)) == len(KINDS)
    assert all(adapter.__doc__ for adapter in KINDS.values())
