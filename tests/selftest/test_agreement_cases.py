from __future__ import annotations

import json
import math

import pytest

from workbench.selftest.agreement_cases import KINDS


def close(expected, found, tol):
    if isinstance(expected, dict):
        return all(close(value, found[key], tol) for key, value in expected.items())
    if isinstance(expected, list):
        return len(expected) == len(found) and all(map(lambda a, b: close(a, b, tol), expected, found))
    if isinstance(expected, bool | str) or expected is None:
        return expected == found
    return abs(expected - found) <= tol + 1e-12


OWN = {
    "three raters in full agreement, by object": (
        "kendall_w",
        {"ratings_by_object": [[1, 1, 1], [2, 2, 2], [3, 3, 3], [4, 4, 4]]},
        {"w_corrected": 1.0, "w_uncorrected": 1.0, "chi2": 9.0, "df": 3, "raters": 3, "objects": 4},
    ),
    # Siegel & Castellan (1988), 9.3: six applicants, three executives, W = 0.16.
    "siegel and castellan's executives": (
        "kendall_w",
        {"rankings": {"X": [1, 6, 3, 2, 5, 4], "Y": [1, 5, 6, 4, 2, 3], "Z": [6, 3, 2, 5, 4, 1]}},
        {"w": 12 * 25.5 / (9 * (216 - 6))},
    ),
    "nobody prefers anything": ("kendall_w", {"ratings": [[2, 2], [1, 1]]}, {"error": "no_order_given"}),
    "two camps on three criteria": (
        "consensus_shannon",
        {"priorities": {"p": ["9/11", "1/11", "1/11"], "q": ["1/11", "1/11", "9/11"]}, "form": "2013"},
        {"S": 0.0},
    ),
    "weights given as points are brought to one": (
        "consensus_shannon",
        {"priorities": [[6, 3, 1], [60, 30, 10]]},
        {"S": 1.0, "beta": 0.0, "D_beta": 1.0, "S_2013": 1.0},
    ),
    "three judgements each": (
        "consensus_shannon",
        {"aij": [["2", "4", "1/2"], [[1, 8, 1], ["1/8", 1, 2], [1, "1/2", 1]]]},
        {"aij_a12": 4.0, "aij_a13": 2.0, "aij_a23": 1.0},
    ),
    "negative weights are none": (
        "consensus_shannon",
        {"priorities": [[-1, 2], [1, 1]]},
        {"error": "not_priorities"},
    ),
    "no such form": (
        "consensus_shannon",
        {"priorities": [[1, 2], [1, 1]], "form": "1999"},
        {"error": "unknown_method"},
    ),
    "ties and texts": (
        "voting",
        {"profile": [[2, "A>B=C"], {"ranking": ["C", ["A", "B"]], "count": 1}]},
        {
            "borda": {"A": 4.5, "B": 1.5, "C": 3.0},
            "copeland_wins": {"A": 2.0, "B": 0.0, "C": 1.0},
            "condorcet_winner": "A",
            "condorcet_loser": "B",
            "kemeny": "ACB",
            "kemeny_distance": 1.0,
            "kemeny_score": 5.0,
            "plurality": {"A": 2.0, "B": 0.0, "C": 1.0},
        },
    ),
    "long labels give lists": (
        "voting",
        {"profile": [[3, ["well", "road"]], [1, ["road", "well"]]]},
        {"kemeny": ["well", "road"], "kemeny_order": ["well", "road"], "pairwise": {"well": {"road": 3.0}}},
    ),
    "a cycle is not certain": (
        "voting",
        {"profile": [[1, "ABC"], [1, "B C A"], [1, "C,A,B"]]},
        {"kemeny_unique": False, "kemeny_distance": 4.0, "copeland_order": [["A", "B", "C"]]},
    ),
    "truncated ballots are last, or silent when asked": (
        "voting",
        {"profile": [[1, ["A"]], [1, ["B", "A", "C"]]], "unranked": "silent"},
        {"borda": {"A": 2.0, "B": 4.0, "C": 0.0}},
    ),
    "an order that repeats is refused": ("voting", {"profile": [[1, "AAB"]]}, {"error": "repeated_proposal"}),
    "no such reading": (
        "voting",
        {"profile": [[1, "AB"]], "unranked": "first"},
        {"error": "unknown_reading"},
    ),
    "schulze with a tie": (
        "voting_schulze",
        {"profile": [[1, "ABC"], [1, "BAC"]]},
        {"order": [["A", "B"], "C"], "winner": None, "winners": ["A", "B"], "ranks": {"C": 3}},
    ),
    "schulze by margins": (
        "voting_schulze",
        {
            "profile": [[9, "AB"], [8, "BA"], [6, "BC"], [5, "CA"]],
            "unranked": "silent",
            "strength": "margins",
        },
        {"order": "BCA", "winner": "B"},
    ),
    "no such strength": (
        "voting_schulze",
        {"profile": [[1, "AB"]], "strength": "noise"},
        {"error": "unknown_method"},
    ),
}


@pytest.mark.parametrize("name", OWN)
def test_own_cases(name):
    kind, inputs, expected = OWN[name]
    assert close(expected, KINDS[kind](inputs), 1e-9)


def test_truncated_ballots_are_last_by_default():
    found = KINDS["voting"]({"profile": [[1, ["A"]], [1, ["B", "A", "C"]]]})
    assert found["borda"] == {"A": 3.0, "B": 2.5, "C": 0.5}


def test_answers_are_values_of_json():
    for kind, inputs, _ in OWN.values():
        assert json.loads(json.dumps(KINDS[kind](inputs)))


def test_one_error_stays_the_readers():
    with pytest.raises(KeyError):
        KINDS["kendall_w"]({})
    assert not math.isnan(KINDS["kendall_w"]({"ranks": [[1, 2], [1, 2]]})["w"])


@pytest.mark.shared_data
def test_shared_cases(shared_folder):
    folder = shared_folder / "cases" if (shared_folder / "cases").is_dir() else shared_folder
    cases = json.loads((folder / "mcda_cases.json").read_text(encoding="utf-8"))
    mine = [case for case in cases if case["kind"] in KINDS]
    assert {case["kind"] for case in mine} == set(KINDS)
    for case in mine:
        found = KINDS[case["kind"]](case["inputs"])
        assert close(case["expected"], found, case["tol"]), (case["id"], case["expected"], found)
