from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from workbench.errors import InvalidValue
from workbench.selftest.degenerate_cases import KINDS as AT_THE_EDGE
from workbench.selftest.scoring_cases import KINDS as SCORING

KINDS = {**SCORING, **AT_THE_EDGE}


def differences(expected: object, found: object, tol: float, path: str = "") -> list[str]:
    if isinstance(expected, dict):
        return [d for key in expected for d in differences(expected[key], found[key], tol, f"{path}.{key}")]
    if isinstance(expected, list):
        if not isinstance(found, list) or len(found) != len(expected):
            return [f"{path}: {expected} != {found}"]
        pairs = enumerate(zip(expected, found, strict=True))
        return [d for place, (one, other) in pairs for d in differences(one, other, tol, f"{path}[{place}]")]
    if isinstance(expected, (int, float)) and not isinstance(expected, bool):
        close = isinstance(found, (int, float)) and abs(found - expected) <= tol + 1e-12
        return [] if close else [f"{path}: {expected} != {found}"]
    return [] if expected == found else [f"{path}: {expected} != {found}"]


@pytest.mark.shared_data
def test_shared_reference_cases(shared_folder: Path) -> None:
    file = next(iter([*shared_folder.rglob("mcda_cases.json")]), None)
    if file is None:
        pytest.skip("the shared folder holds no mcda_cases.json")
    cases = [case for case in json.loads(file.read_text(encoding="utf-8")) if case["kind"] in KINDS]
    assert {case["kind"] for case in cases} == set(KINDS)
    failures = {
        case["id"]: found
        for case in cases
        if (found := differences(case["expected"], KINDS[case["kind"]](case["inputs"]), case["tol"]))
    }
    assert failures == {}


OWN_CASES = [
    (
        "sensitivity_critical_weight",
        {"matrix": [["4/5", 0.3], [0.2, 0.6]], "weights": [0.5, 0.5]},
        # P = 0.55, 0.40; 0.15 / 0.6 and -0.15 / 0.3.
        {"preferences": [0.55, 0.4], "changes": {"0,1": [0.25, -0.5]}, "critical_any": 0, "order": [0, 1]},
    ),
    (
        "topsis_vector",
        {"matrix": [[3, 1], [4, 0]], "weights": [2, 2], "direction": ["benefit", "cost"]},
        {"closeness": [0.0, 1.0], "order": [1, 0], "ranks": [2, 1]},
    ),
    (
        "topsis_minmax",
        {"matrix": [[1, 3000], [2, 3750], [5, 4500]], "direction": [-1, 1]},
        # Distances: |(0.125, 0.25)| to the best and |(0.375, 0.25)| to the worst.
        {
            "closeness": [
                0.5,
                math.hypot(0.375, 0.25) / (math.hypot(0.375, 0.25) + math.hypot(0.125, 0.25)),
                0.5,
            ]
        },
    ),
    (
        "vikor",
        {"matrix": [[1, 0], [0, 1]], "weights": [1, 1], "direction": "max"},
        {"Q": [0.0, 0.0], "compromise": [0, 1], "acceptable_advantage": False},
    ),
    (
        "promethee2",
        {"matrix": [[4], [2], [0]], "weights": [1], "preference": "v-shape", "p": 4},
        {"phi": [0.75, 0.0, -0.75], "phi_plus": [0.75, 0.25, 0.0]},
    ),
    (
        "promethee2",
        {
            "matrix": [[4], [2], [0]],
            "weights": [1],
            "preference": ["vshape_2"],
            "q": [1],
            "p": [3],
            "types": [-1],
        },
        {"phi": [-0.75, 0.0, 0.75]},
    ),
    (
        "wsm_max",
        {"matrix": [[2, 10], [4, 5]], "weights": [3, 1], "direction": ["max", "min"]},
        {"scores": [0.5, 1.0]},
    ),
    # 1 w > 3 (1 - w) from w = 3/4 on.
    ("smaa_acceptability", {"values": [[1, 0], [0, 3]]}, {"acceptability": [0.25, 0.75]}),
    ("smaa_acceptability", {"values": [[1, 0], [0, 1]], "order": [1, 0]}, {"acceptability": [0.0, 1.0]}),
    ("weight_sampler", {"n": 3}, {"mean": 1 / 3, "var": 1 / 18, "p_any_over_half": 0.75}),
    (
        "degenerate",
        {"matrix": [[0, 5], [0, 6]], "weights": [1, 1], "direction": ["max", "max"]},
        {"order": [1, 0], "nan": False, "orders": {"topsis_vector": [1, 0], "vikor": [1, 0]}},
    ),
    ("degenerate", {"matrix": [[7]], "weights": [1]}, {"order": [0], "nan": False}),
    ("degenerate", {"values": [[7], [7], [8]]}, {"order": [2, 0, 1], "ties": [[0, 1]], "ranks": [2, 2, 1]}),
    ("degenerate", {"matrix": [[1]]}, {"weights": [1.0], "cr": 0.0}),
    ("degenerate", {"matrix": [[7], [8]], "weights": [0]}, {"error": "weights_all_zero"}),
    (
        "degenerate",
        {"matrix": [[-7], [8]], "weights": [1], "method": "vikor"},
        {"order": [1, 0], "nan": False},
    ),
    ("degenerate", {"matrix": [[1, 9], [0.1111111111, 1]]}, {"weights": [0.9, 0.1], "cr": 0.0, "nan": False}),
]


@pytest.mark.parametrize(("kind", "inputs", "expected"), OWN_CASES)
def test_own_cases(kind: str, inputs: dict, expected: dict) -> None:
    found = KINDS[kind](inputs)
    sampled = kind in {"smaa_acceptability", "weight_sampler"}
    assert differences(expected, found, 3e-3 if sampled else 1e-9) == []
    json.dumps(found)


def test_unknown_directions_are_refused() -> None:
    with pytest.raises(InvalidValue, match="unknown_direction"):
        KINDS["vikor"]({"matrix": [[1]], "weights": [1], "direction": ["up"]})
