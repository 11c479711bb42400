"""The same case in other words: every form with one meaning gives one answer, anything else is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from workbench.errors import WorkbenchError
from workbench.selftest.runner import KINDS

# a12 = 2, a13 = 1, a23 = 4: weights 2 : 2 : 1, lambda 3.5.
JUDGEMENTS: list[dict[str, Any]] = [
    {"upper": [2, 1, 4]},
    {"upper": ["2", " 1.0 ", "8 / 2"], "n": 3},
    {"upper": [[2, 1], [4]]},
    {"matrix": [[1, 2, 1], ["1/2", 1, 4], [1, "0,25", 1]]},
    {"matrix": [[1, 2, 1], [None, 1, 4], ["?", "*", 1]]},
    {
        "matrix": {
            "a": {"c": 1, "b": 2, "a": 1},
            "b": {"a": 0.5, "b": 1, "c": 4},
            "c": {"a": 1, "b": 0.25, "c": 1},
        }
    },
    {"known": {"0,1": 2, "0,2": 1, "1,2": 4}},
    {"known": {"(1, 0)": "1/2", "0 - 2": 1, "2,1": 0.25}, "n": 3},
    {"known": [[0, 1, 2], [0, 2, 1], [[1, 2], 4]]},
    {"known": {"a,b": 2, "a,c": 1, "b,c": 4}},
    {"known": {"b,c": 4, "a,c": 1, "a,b": 2}, "labels": ["a", "b", "c"]},
    {"known": {"b,c": 4, "a,c": 1, "a,b": 2}, "names": ["a", "b", "c"]},
]


@pytest.mark.parametrize("inputs", JUDGEMENTS, ids=range(len(JUDGEMENTS)))
@pytest.mark.parametrize(
    "kind", ["ahp_evm", "ahp_any", "cop_check", "consistency_indices", "incomplete_llsm"]
)
def test_forms_of_judgements(kind: str, inputs: dict[str, Any]) -> None:
    found = KINDS[kind]({**inputs, "ri": 0.5})
    assert found["weights"] == pytest.approx([0.4, 0.4, 0.2])
    assert found["cr"] == pytest.approx(0.5)
    assert found["lambda_max"] == pytest.approx(3.5)


@pytest.mark.parametrize(
    ("given", "index"),
    [
        ({"ri": "0.58"}, 0.58),
        ({"ri": "29/50"}, 0.58),
        ({"ri": {"2": 0, "3": 0.58}}, 0.58),
        ({"ri": "Saaty 1980"}, 0.58),
        ({"table": "saaty-2005"}, 0.52),
        ({"ri_table": "Alonso & Lamata"}, 0.5245),
        ({"ri": None}, 0.5244574543),
        ({}, 0.5244574543),
    ],
)
def test_forms_of_the_random_index(given: dict[str, Any], index: float) -> None:
    found = KINDS["ahp_cr"]({"upper": [2, 1, 4], **given})
    assert found["ri"] == pytest.approx(index)
    assert found["cr"] == pytest.approx(0.25 / index)


def test_reciprocals_are_read_as_printed_and_nothing_else_is() -> None:
    printed = {"matrix": [[1, 3, 7], [0.33, 1, 3], [0.143, "0.33", 1]]}
    exact = {"upper": [3, 7, 3]}
    assert KINDS["ahp_evm"](printed)["weights"] == pytest.approx(
        KINDS["ahp_evm"](exact)["weights"], abs=1e-12
    )
    for matrix in ([[1, 3], [3, 1]], [[1, 3], [0.3, 1]]):
        with pytest.raises(WorkbenchError):
            KINDS["ahp_evm"]({"matrix": matrix})
        assert KINDS["degenerate"]({"matrix": matrix})["error"] == "judgement_not_reciprocal"


def test_zero_is_a_gap_where_gaps_are_asked_for_and_refused_elsewhere() -> None:
    zeros = {"matrix": [[1, 2, 0], ["1/2", 1, 4], ["0", "1/4", 1]]}
    assert KINDS["incomplete_llsm"](zeros)["weights"] == pytest.approx([8 / 13, 4 / 13, 1 / 13])
    assert KINDS["incomplete_error"]({"upper": [2, 0, 0]})["error"] == "disconnected"
    assert KINDS["degenerate"](zeros)["weights"] == pytest.approx([8 / 13, 4 / 13, 1 / 13])
    with pytest.raises(WorkbenchError):
        KINDS["ahp_evm"](zeros)


@pytest.mark.parametrize(
    "inputs",
    [
        {"criteria": {"x": [2], "y": ["1/4"]}},
        {"criteria": ["x", "y"], "alternatives": {"y": ["1/4"], "x": [2]}},
        {"names": ["x", "y"], "matrices": {"x": [[1, 2], ["1/2", 1]], "y": [0.25]}},
    ],
)
def test_forms_of_a_hierarchy(inputs: dict[str, Any]) -> None:
    found = KINDS["ahp_hierarchy"]({"goal": [3], **inputs})
    assert found["target"] == pytest.approx([0.75 * 2 / 3 + 0.25 / 5, 0.75 / 3 + 0.25 * 4 / 5])


def test_pooled_judgements_have_a_consistency_ratio() -> None:
    found = KINDS["aij"]({"judgements": [[2, 1, 4], [2, 1, 4]], "ri": 0.5})
    assert (found["lambda_max"], found["cr"]) == (pytest.approx(3.5), pytest.approx(0.5))
    assert "cr" not in KINDS["aij"]({"upper": [[2, None, 4]]})


@pytest.mark.parametrize("inputs", [{"upper": [0, 1, 4]}, {"upper": [2, 1]}, {"upper": [2, None, 4]}])
def test_judgements_that_are_none_are_refused(inputs: dict[str, Any]) -> None:
    with pytest.raises(WorkbenchError):
        KINDS["ahp_evm"](inputs)


def test_gaps_are_filled_under_positions_and_labels() -> None:
    found = KINDS["incomplete_evm_optimal"](
        {"labels": ["a", "b", "c"], "known": {"a,b": 2, "b,c": 2}, "ri": 1}
    )
    assert found["completed"]["0,2"] == pytest.approx(4, rel=1e-6)
    assert found["completed"]["c,a"] == pytest.approx(0.25, rel=1e-6)


@pytest.mark.parametrize(
    "inputs",
    [
        {"uppers": [[16], [1]], "stakeholder_weights": [3, 1]},
        {"upper": [["16"], ["1/1"]], "weights": ["3/4", "25%"]},
        {"uppers": {"ani": [16], "budi": [1]}, "stakeholder_weights": {"budi": 1, "ani": 3}},
        {"matrices": [[[1, 16], ["1/16", 1]], [[1, 1], [1, 1]]], "weights": [6, 2]},
    ],
)
def test_forms_of_a_group(inputs: dict[str, Any]) -> None:
    assert KINDS["aij"](inputs)["a12"] == pytest.approx(8)


@pytest.mark.parametrize(
    "inputs",
    [
        {"judgements": [[-3], [1]]},
        {"judgements": {"ani": ["-3"], "budi": ["1"]}},
        {"judgements": [[3], [1]], "coding": "positive k means the first is k times more important"},
        {"judgements": [[3], [1]], "coding": "pairs in order; a positive number: the first is preferred"},
        {"judgements": [["3"], ["1"], ["1/3"], [3]]},
    ],
)
def test_forms_of_a_survey(inputs: dict[str, Any]) -> None:
    found = KINDS["group_200"]({**inputs, "ri": 0})["aip_arithmetic_of_column_mean"]
    assert found == pytest.approx([0.625, 0.375] if len(inputs["judgements"]) == 2 else [0.5625, 0.4375])


@pytest.mark.parametrize(
    "inputs",
    [
        {"A_B_C": [[8, 1, "1/8"], ["1/9", "1/9", 1]], "added": "D, a copy of B"},
        {
            "matrices": [[8, 1, "1/8"], ["1/9", "1/9", 1]],
            "names": ["A", "B", "C"],
            "added": "a duplicate of B.",
        },
        {"matrices": {"x": [8, 1, "1/8"], "y": ["1/9", "1/9", 1]}, "labels": ["A", "B", "C"], "copy_of": "B"},
        {"alts": ["A", "B", "C"], "matrices": [[8, 1, "1/8"], ["1/9", "1/9", 1]], "copy_of": 1},
    ],
)
def test_forms_of_a_copy(inputs: dict[str, Any]) -> None:
    found = KINDS["rank_reversal"]({"criteria_weights": ["1/2", 0.5], **inputs})
    first, second = np.array([8, 1, 8]), np.array([1, 9, 9])
    assert found["distributive_before"] == pytest.approx((first / 17 + second / 19) / 2)
    longer = np.array([8, 1, 8, 1]) / 18 + np.array([1, 9, 9, 9]) / 28
    assert found["distributive_after"] == pytest.approx(longer / 2)


MOUNTAIN = [[1, 3000], [2, 3750], [5, 4500]]
TABLES: list[dict[str, Any]] = [
    {"matrix": MOUNTAIN, "objectives": ["min", "max"]},
    {"matrix": MOUNTAIN, "weights": [0.5, 0.5], "direction": ["min", "max"]},
    {"values": MOUNTAIN, "weights": ["50%", "1/2"], "types": ["cost", "benefit"]},
    {"matrix": MOUNTAIN, "direction": [-1, 1]},
    {"matrix": MOUNTAIN, "weights": [7, 7], "directions": [" MIN", "Maximize"]},
    {
        "matrix": {
            "A": {"risk": 1, "height": 3000},
            "B": {"height": 3750, "risk": 2},
            "C": {"risk": 5, "height": 4500},
        },
        "weights": {"height": 2, "risk": 2},
        "direction": {"height": "max", "risk": "min"},
    },
    {
        "matrix": MOUNTAIN,
        "criteria": ["risk", "height"],
        "weights": {"height": 1, "risk": 1},
        "direction": {"height": "higher", "risk": "lower"},
    },
]


@pytest.mark.parametrize("inputs", TABLES, ids=range(len(TABLES)))
def test_forms_of_a_table(inputs: dict[str, Any]) -> None:
    assert KINDS["vikor"](inputs)["Q"] == pytest.approx([1, 0, 1])
    assert KINDS["promethee2"](inputs)["phi"] == pytest.approx([0, 0, 0])
    assert KINDS["topsis_minmax"](inputs)["closeness"] == pytest.approx([0.5, 0.6172177815, 0.5])
    assert KINDS["wsm_max"](inputs)["scores"] == pytest.approx([5 / 6, 2 / 3, 0.6])


@pytest.mark.parametrize("name", ["linear", "V-shape 2", 5, "Type V", ["linear"], {"x": "linear"}])
def test_forms_of_a_preference(name: Any) -> None:
    inputs = {"matrix": [[4], [2], [0]], "criteria": ["x"], "preference": name, "q": 1, "p": "3"}
    assert KINDS["promethee2"](inputs)["phi"] == pytest.approx([0.75, 0, -0.75])


def test_the_width_of_gaussian_stands_beside_other_thresholds() -> None:
    inputs = {"matrix": [[2, 2], [0, 0]], "preference": ["v-shape", "gaussian"], "p": [4, 9], "s": [None, 2]}
    assert KINDS["promethee2"](inputs)["phi"][0] == pytest.approx((0.5 + 1 - np.exp(-0.5)) / 2)


@pytest.mark.parametrize("rows", [[[1, 2], [3]], []])
def test_ragged_and_empty_tables_are_refused(rows: list[list[float]]) -> None:
    with pytest.raises(WorkbenchError):
        KINDS["vikor"]({"matrix": rows, "weights": [1, 1]})


TENNESSEE = {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17}
PROFILES: list[Any] = [
    TENNESSEE,
    [[count, order] for order, count in TENNESSEE.items()],
    [[str(count), list(order)] for order, count in TENNESSEE.items()],
    [[" > ".join(order), count] for order, count in TENNESSEE.items()],
    [[count, [[label] for label in order]] for order, count in TENNESSEE.items()],
    [{"votes": count, "ranking": ", ".join(order)} for order, count in TENNESSEE.items()],
    [
        [count, {label: place for place, label in reversed([*enumerate(order)])}]
        for order, count in TENNESSEE.items()
    ],
    [f"{count}: {'>'.join(order)}" for order, count in TENNESSEE.items()],
    [list(order) for order, count in TENNESSEE.items() for _ in range(count)],
    [order for order, count in TENNESSEE.items() for _ in range(count)],
]


@pytest.mark.parametrize("profile", PROFILES, ids=range(len(PROFILES)))
def test_forms_of_a_profile(profile: Any) -> None:
    found = KINDS["voting"]({"profile": profile})
    assert found["borda"] == {"C": 173, "K": 107, "M": 126, "N": 194}
    assert (found["kemeny"], found["kemeny_distance"], found["borda_winner"]) == ("NCKM", 207, "N")
    assert KINDS["voting_schulze"]({"profile": profile})["order"] == "NCKM"


@pytest.mark.parametrize("key", ["ballots", "votes", "orders"])
def test_a_profile_goes_by_other_names(key: str) -> None:
    assert KINDS["voting"]({key: TENNESSEE})["borda_winner"] == "N"
    assert KINDS["voting"]({"people": TENNESSEE})["error"] == "missing_input"


def test_two_labels_are_an_order_and_numbers_stay_numbers() -> None:
    assert KINDS["voting"]({"profile": [["road", "well"]]})["kemeny"] == ["road", "well"]
    found = KINDS["voting"]({"profile": [[1, [1, 2, 3]], [2, [3, 2, 1]]]})
    assert (found["kemeny"], found["condorcet_winner"]) == ([3, 2, 1], 3)


def test_labelled_ratings_and_priorities_are_matched_by_label() -> None:
    plain = {"ratings_by_rater": [[1, 2, 4], [2, 1, 3], [1, 3, 2]]}
    labelled = {
        "ratings_by_rater": {
            "ani": {"x": 1, "y": 2, "z": 4},
            "budi": {"z": 3, "y": 1, "x": 2},
            "cici": {"y": 3, "z": 2, "x": 1},
        }
    }
    assert KINDS["kendall_w"](labelled) == KINDS["kendall_w"](plain)
    opposed = {"priorities": {"ani": {"x": "9/10", "y": 0.1}, "budi": {"y": 0.9, "x": "0,1"}}}
    assert KINDS["consensus_shannon"](opposed)["S"] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    "judgements", [[[9], ["1/9"]], [9, "1/9"], {"ani": [[1, 9], ["1/9", 1]], "budi": ["1/9"]}]
)
def test_forms_of_judgements_beside_priorities(judgements: Any) -> None:
    assert KINDS["consensus_shannon"]({"aij": judgements})["aij_a12"] == pytest.approx(1)


PLANS: list[dict[str, Any]] = [
    {"cost": [10, 20, 30], "value": [60, 100, 120], "budget": 50},
    {"cost": ["10", 20.0, "30/1"], "value": ["60", 100, "120"], "budget": "50"},
    {"weights": [10, 20, 30], "values": [60, 100, 120], "capacity": 50},
    {"cost": {"a": 10, "b": 20, "c": 30}, "value": {"c": 120, "b": 100, "a": 60}, "budget": 50},
    {"cost": {"a": 10, "b": 20, "c": 30}, "value": [60, 100, 120], "budget": 50},
    {
        "items": [{"cost": 10, "value": 60}, {"cost": 20, "value": 100}, {"cost": 30, "value": 120}],
        "budget": 50,
    },
    {
        "items": {
            "a": {"weight": 10, "profit": 60},
            "b": {"weight": 20, "profit": 100},
            "c": {"weight": 30, "profit": 120},
        },
        "capacity": 50,
    },
    {"items": [[10, 60], [20, 100], [30, 120]], "budget": 50},
]


@pytest.mark.parametrize("inputs", PLANS, ids=range(len(PLANS)))
def test_forms_of_costs_and_values(inputs: dict[str, Any]) -> None:
    found = KINDS["budget_knapsack"](inputs)
    assert (found["value"], found["chosen"], found["spent"]) == (220, [0, 1, 1], 50)
    assert KINDS["budget_greedy"](inputs)["greedy_by_ratio"] == 160


@pytest.mark.parametrize(
    "inputs", [{"budget": 50}, {"cost": [1], "budget": 50}, {"cost": [1.5], "value": [1], "budget": 2}]
)
def test_missing_and_broken_amounts_are_named(inputs: dict[str, Any]) -> None:
    assert KINDS["budget_knapsack"](inputs)["error"] in {"missing_input", "amount_not_whole"}


BALLOTS: list[Any] = [
    [["p1"], ["p1", "p3"], ["p2", "p3"], ["p2", "p3"]],
    ["p1", "p1, p3", "p2,p3", "p3,p2"],
    [["p1"], ["p1", "p3"], [2, ["p2", "p3"]]],
    [[1, 0, 0], [1, 0, 1], [0, 1, 1], [0, 1, 1]],
    [{"p1": 1}, {"p1": 1, "p3": 1}, {"p2": 1, "p3": 1}, {"p2": 1, "p3": 1}],
]


@pytest.mark.parametrize("ballots", BALLOTS, ids=range(len(BALLOTS)))
def test_forms_of_approvals(ballots: Any) -> None:
    inputs = {"cost": {"p1": 10, "p2": "16", "p3": 21}, "budget": 40, "approvals": ballots}
    found = KINDS["budget_equal_shares"](inputs)
    assert (found["selected"], found["payments"]) == ("p1,p2", [5, 5, 8, 8])


def test_named_participants_pay_under_their_names_and_unknown_proposals_are_refused() -> None:
    inputs = {"cost": {"p1": 10, "p2": 16}, "budget": 20, "approvals": {"ani": ["p1"], "budi": ["p1"]}}
    assert KINDS["budget_equal_shares"](inputs)["payments"] == {"ani": 5, "budi": 5}
    strange = KINDS["budget_equal_shares"]({**inputs, "approvals": [["p9"]]})
    assert (strange["error"], strange["labels"]) == ("unknown_label", ("p9",))


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"uppers": [[3]] * 324}, {"weights": [0.75, 0.25], "cr": 0.0}),
        ({"uppers": []}, {"error": "nobody_answered"}),
        ({"ratings_by_rater": [[1, 1], [1, 1]]}, {"error": "no_order_given"}),
        ({"profile": [[1, ["A"]]]}, {"condorcet_winner": "A"}),
        ({"priorities": [[0.5, 0.5]]}, {"error": "too_few_to_agree"}),
        ({"cost": [], "value": [], "budget": 5}, {"value": 0, "chosen": []}),
        ({"cost": {"a": 3}, "budget": 9, "approvals": [[], []]}, {"selected": ""}),
        ({"matrix": [[1, 5], [2, 5], [3, 5]]}, {"order": [2, 1, 0], "nan": False}),
        ({"matrix": [[1, 0], [2, 0]], "weights": [1, 1], "method": "topsis"}, {"order": [1, 0]}),
        ({"matrix": []}, {"error": "empty_matrix"}),
        ({"upper": [], "n": 1}, {"weights": [1.0], "cr": 0.0}),
    ],
)
def test_the_edge_of_every_kind_has_an_answer(inputs: dict[str, Any], expected: dict[str, Any]) -> None:
    found = KINDS["degenerate"](inputs)
    assert {key: found.get(key) for key in expected} == expected
