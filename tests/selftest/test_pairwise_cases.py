from __future__ import annotations

import json
import math

import pytest

from workbench.errors import WorkbenchError
from workbench.selftest.pairwise_cases import KINDS
from workbench.selftest.pairwise_inputs import matrix_of, number

OWN_CASES = [
    ("ahp_evm", {"upper": ["1/2"]}, {"weights": [1 / 3, 2 / 3], "cr": 0.0, "lambda_max": 2.0}),
    ("ahp_evm", {"matrix": [[1]]}, {"weights": [1.0], "cr": 0.0}),
    ("ahp_evm", {"known": {"0,1": 2, "0,2": 4, "1,2": 2}}, {"weights": [4 / 7, 2 / 7, 1 / 7]}),
    ("ahp_evm", {"labels": ["a", "b"], "known": {"b,a": 3}}, {"weights": [0.25, 0.75]}),
    ("ahp_any", {"upper": [2, 4, 2], "method": "column_mean"}, {"weights": [4 / 7, 2 / 7, 1 / 7], "cr": 0}),
    ("ahp_column_normalisation", {"upper": [2, 4, 2]}, {"weights": [4 / 7, 2 / 7, 1 / 7], "ci": 0.0}),
    ("cop_check", {"upper": [2, 4, 2]}, {"cop_violated": False, "cr_ok": True}),
    ("cop_check", {"upper": [2, "1/2", 2]}, {"cop_violated": True, "pop_violated": True}),
    ("consistency_indices", {"upper": [2, 1, 2]}, {"koczkodaj": 0.75, "congruence": math.log(4)}),
    # One triad: GCI = (log of the gap)^2 / 3.
    ("gci", {"upper": [2, 1, 2]}, {"gci": math.log(4) ** 2 / 3}),
    ("gci_threshold", {"n": 4, "ri": 0.9}, {"gci": 4 * 0.09}),
    ("random_index", {"n": 8, "table": "saaty_1980"}, {"ri": 1.41}),
    ("random_index_table", {"n": [1, 2, 3], "table": "thesis_id"}, {"ri": [0.0, 0.0, 0.52]}),
    ("cr_linear_fit", {"n": 8, "lambda_max": 9.0}, {"cr": 1 / (1.7699 * 8 - 4.3513)}),
    ("rank_order_centroid", {"n": 2}, {"weights": [0.75, 0.25]}),
    ("rank_order_centroid", {"ranks": [2, 1, 2]}, {"weights": [7 / 36, 22 / 36, 7 / 36]}),
    ("incomplete_error", {"n": 5, "known": {"0,1": 2, "2,3": 3}}, {"error": "disconnected", "components": 3}),
    ("incomplete_llsm", {"n": 3, "known": {"2,1": 2, "1,0": 2}}, {"weights": [1 / 7, 2 / 7, 4 / 7], "ci": 0}),
    ("incomplete_evm_optimal", {"upper": [2, None, 2]}, {"completed": {"0,2": 4.0, "2,0": 0.25}, "cr": 0.0}),
    ("incomplete_harker", {"upper": [2, "?", 2]}, {"harker": [4 / 7, 2 / 7, 1 / 7], "lambda_max": 3.0}),
    ("aij", {"uppers": [[4], ["1/4"], [4]]}, {"a12": 4 ** (1 / 3), "a21": 4 ** (-1 / 3)}),
    ("aij_aip_equality", {"uppers": [[4, 2, 3], [1, 2, 3]]}, {"equal": True}),
    (
        "ahp_hierarchy",
        {"criteria": ["x", "y"], "goal": [3], "alts": ["p", "q"], "x": [3], "y": ["1/3"]},
        {"criteria": [0.75, 0.25], "target": [0.625, 0.375], "cr_goal": 0.0},
    ),
    (
        "ahp_hierarchy_wsm",
        {"goal": [3], "alternative_priorities": [[0.8, 0.2], [0.4, 0.6]]},
        {"target": [0.7, 0.3]},
    ),
    (
        "rank_reversal",
        {"criteria_weights": [1], "matrices": [[[1, 2], [0.5, 1]]], "labels": ["A", "B"], "copy_of": "B"},
        {"distributive_before": [2 / 3, 1 / 3], "distributive_after": [0.5, 0.25, 0.25], "winner_after": 0},
    ),
    (
        "group_200",
        {"attributes": ["x", "y"], "judgements": [[3], [-3]]},
        {"aip_arithmetic_of_column_mean": [0.5, 0.5], "aij_upper": [1.0], "accepted_cr_0.10": 2},
    ),
]


def differences(expected, found, tol, path=""):
    if isinstance(expected, dict):
        return [
            line for key in expected for line in differences(expected[key], found[key], tol, f"{path}.{key}")
        ]
    if isinstance(expected, list):
        assert len(expected) == len(found), path
        return [
            line
            for place, (one, other) in enumerate(zip(expected, found, strict=True))
            for line in differences(one, other, tol, f"{path}[{place}]")
        ]
    if isinstance(expected, bool | str):
        return [] if expected == found else [f"{path}: {expected} != {found}"]
    return [] if abs(expected - found) <= tol + 1e-12 * abs(expected) else [f"{path}: {expected} != {found}"]


@pytest.mark.parametrize(("kind", "inputs", "expected"), OWN_CASES)
def test_own_cases_in_every_form(kind, inputs, expected):
    assert differences(expected, KINDS[kind](inputs), 1e-9) == []


def test_every_kind_but_two_has_an_own_case():
    # ahp_cr is ahp_evm; the rest needs a matrix that is found, not made up.
    assert set(KINDS) - {kind for kind, _, _ in OWN_CASES} == {"ahp_cr", "ahp_evm_revise", "group_paradox"}


def test_the_judgement_to_revise_is_the_one_that_was_spoilt():
    true = [8, 4, 2, 1]
    matrix = [[a / b for b in true] for a in true]
    matrix[1][3], matrix[3][1] = 9, 1 / 9
    answer = KINDS["ahp_evm_revise"]({"matrix": matrix, "labels": ["p", "q", "r", "s"]})
    assert (answer["revise_pair"], answer["revise_labels"]) == ([1, 3], ["q", "s"])
    # The weights are pulled towards the spoilt answer, so the suggestion lies between it and the true 4.
    assert 4 <= answer["suggestion"] < 9
    assert answer["cr_after"] < answer["cr"]


def test_unanimous_persons_stay_unanimous_in_geometric_means():
    answer = KINDS["group_paradox"]({"uppers": [[3, 5, 2], [2, 9, 3]]})
    assert answer["first_person_1"] == answer["first_person_2"] == answer["first_group_llsm"] == 0
    assert answer["first_group_llsm_is_never_overturned"] is True


@pytest.mark.parametrize("given", [[1, 2, 3, 4], [[1, 2], [3, 1]], {"0,1": 2, "1,0": 3}, [0, 1, 1]])
def test_wrong_judgements_are_refused(given):
    with pytest.raises(WorkbenchError):
        KINDS["ahp_evm"]({"matrix": given})


def test_numbers_in_text():
    assert [number(given) for given in ("1/9", "2,5", 4, "0.5")] == [1 / 9, 2.5, 4.0, 0.5]
    assert matrix_of({"matrix": [[1, "1/2"], [2, 1]]}).loc[0, 1] == 0.5


@pytest.mark.shared_data
def test_shared_reference_cases(shared_folder):
    given = json.loads((shared_folder / "cases" / "mcda_cases.json").read_text())
    cases = given if isinstance(given, list) else given["cases"]
    ours = [case for case in cases if case["kind"] in KINDS]
    assert {case["kind"] for case in ours} == set(KINDS)
    failed = {
        case["id"]: found
        for case in ours
        if (found := differences(case["expected"], KINDS[case["kind"]](case["inputs"]), case["tol"]))
    }
    assert failed == {}


@pytest.mark.parametrize(("kind", "inputs"), [(kind, inputs) for kind, inputs, _ in OWN_CASES])
def test_answers_are_plain_values(kind, inputs):
    # A NumPy integer would compare unequal in the runner and fail in a JSON report.
    assert json.loads(json.dumps(KINDS[kind](inputs))) is not None
