from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.scoring import promethee
from workbench.engine.scoring.promethee import PREFERENCES, Preference, promethee_ii, promethee_usual_kernel
from workbench.errors import InvalidValue, LabelMismatch, UnknownMethod

TABLE = pd.DataFrame([[4, 3, 2], [3, 2, 4], [5, 1, 3]], index=[*"abc"], columns=[*"xyz"])
WEIGHTS = pd.Series({"x": 0.5, "y": 0.3, "z": 0.2})
UP = pd.Series("higher", index=TABLE.columns)


def naive(table: pd.DataFrame, weights: pd.Series, shape: str, q: float, p: float) -> list[float]:
    flows = []
    for a in table.index:
        others = [b for b in table.index if b != a]
        flow = 0.0
        for c in table.columns:
            for b in others:
                d = float(table.loc[a, c] - table.loc[b, c])
                flow += weights[c] * (_pref(shape, d, q, p) - _pref(shape, -d, q, p)) / len(others)
        flows.append(flow / weights.sum())
    return flows


def _pref(shape: str, d: float, q: float, p: float) -> float:
    return {
        "usual": float(d > 0),
        "u_shape": float(d > q),
        "v_shape": min(max(d / p, 0), 1),
        "level": 0.0 if d <= q else (0.5 if d <= p else 1.0),
        "linear": min(max((d - q) / (p - q), 0), 1),
        "gaussian": 1 - math.exp(-(d**2) / (2 * p**2)) if d > 0 else 0.0,
    }[shape]


def test_the_example_of_zhao() -> None:
    found = promethee_ii(TABLE, WEIGHTS, UP)
    assert found.scores.tolist() == pytest.approx([0.1, -0.3, 0.2])
    assert (found.leaving - found.entering).tolist() == pytest.approx([0.1, -0.3, 0.2])
    assert found.criterion_flows["x"].tolist() == [0.0, -1.0, 1.0]


@pytest.mark.parametrize("shape", sorted(PREFERENCES))
@given(cells=st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=2, max_size=6))
def test_matches_a_naive_twin(shape: str, cells: list[list[int]]) -> None:
    table = pd.DataFrame(cells, columns=["x", "y"])
    weights, directions = pd.Series({"x": 2.0, "y": 1.0}), pd.Series({"x": "higher", "y": "higher"})
    preferences = dict.fromkeys(table.columns, Preference(shape, 1.5, 4.0))
    found = promethee_ii(table, weights, directions, preferences).scores
    assert found.tolist() == pytest.approx(naive(table, weights, shape, 1.5, 4.0), abs=1e-12)
    assert found.sum() == pytest.approx(0, abs=1e-12)


def test_blocks_do_not_change_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    table = pd.DataFrame(np.random.default_rng(1).random((20, 3)), columns=[*"xyz"])
    whole = promethee_ii(table, WEIGHTS, UP)
    monkeypatch.setattr(promethee, "BLOCK_CELLS", 50)
    assert promethee_ii(table, WEIGHTS, UP).scores.equals(whole.scores)


def test_rounding_of_the_computer_is_no_preference() -> None:
    table = pd.DataFrame({"x": [0.1 + 0.2, 0.3]}, index=["a", "b"])
    assert promethee_ii(table, pd.Series({"x": 1}), pd.Series({"x": "higher"})).scores.tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    "preference",
    [
        Preference("v_shape", 0, 0),
        Preference("linear", 2, 2),
        Preference("level", -1, 2),
        Preference("gaussian"),
    ],
)
def test_unusable_thresholds_are_refused_by_criterion(preference: Preference) -> None:
    preferences = {"x": Preference(), "y": preference, "z": Preference()}
    with pytest.raises(InvalidValue) as caught:
        promethee_ii(TABLE, WEIGHTS, UP, preferences)
    assert caught.value.facts["criterion"] == "y"


def test_unknown_shapes_and_criteria_are_refused() -> None:
    with pytest.raises(UnknownMethod, match="unknown_preference_shape"):
        promethee_ii(TABLE, WEIGHTS, UP, dict.fromkeys(TABLE.columns, Preference("round")))
    with pytest.raises(LabelMismatch):
        promethee_ii(TABLE, WEIGHTS, UP, {"x": Preference()})


def test_kernel_equals_the_labelled_method() -> None:
    random = np.random.default_rng(3)
    values, shares = random.integers(0, 5, (4, 6, 3)).astype(float), random.dirichlet(np.ones(3), 4)
    scores = promethee_usual_kernel(values, shares, np.array([True, False, True]))
    for draw in range(4):
        directions = pd.Series(["higher", "lower", "higher"])
        labelled = promethee_ii(pd.DataFrame(values[draw]), pd.Series(shares[draw]), directions).scores
        assert scores[draw].tolist() == pytest.approx(labelled.tolist(), abs=1e-12)
