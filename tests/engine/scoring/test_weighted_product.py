from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.scoring.weighted_product import weighted_product
from workbench.errors import InvalidValue

utilities = st.lists(
    st.lists(st.floats(0, 1).filter(lambda u: u == 0 or u > 1e-9), min_size=3, max_size=3),
    min_size=1,
    max_size=20,
).map(lambda rows: pd.DataFrame(rows, index=[f"P{i:02d}" for i in range(len(rows))], columns=[*"xyz"]))
WEIGHTS = pd.Series({"x": 3.0, "y": 2.0, "z": 1.0})


@given(utilities)
def test_matches_a_naive_twin_and_keeps_bits_for_copies(table: pd.DataFrame) -> None:
    scores = weighted_product(table, WEIGHTS).scores
    naive = 100 * (table ** (WEIGHTS / 6)).prod(axis=1)
    assert scores.tolist() == pytest.approx(naive.tolist(), abs=1e-10)
    twice = pd.concat([table, table.set_axis(table.index + "b")])
    again = weighted_product(twice[[*"zyx"]], WEIGHTS).scores
    assert again.to_numpy().tobytes() == np.tile(scores.to_numpy(), 2).tobytes()


def test_a_zero_with_weight_is_a_veto_and_without_weight_nothing() -> None:
    table = pd.DataFrame({"x": [0.0, 0.25], "y": [1.0, 1.0]}, index=["a", "b"])
    assert weighted_product(table, pd.Series({"x": 1, "y": 1})).scores.tolist() == [0.0, pytest.approx(50.0)]
    assert weighted_product(table, pd.Series({"x": 0, "y": 1})).scores.tolist() == [100.0, 100.0]


def test_missing_is_never_imputed() -> None:
    table = pd.DataFrame({"x": [np.nan, 0.25], "y": [1.0, 1.0]}, index=["a", "b"])
    found = weighted_product(table, pd.Series({"x": 1, "y": 1}))
    assert found.scores.isna().tolist() == [True, False]
    assert found.missing_criteria() == {"a": ("x",)}
    assert found.factors.loc["b"].tolist() == pytest.approx([0.5, 1.0])


def test_outside_the_scale_is_refused() -> None:
    with pytest.raises(InvalidValue, match="utilities_out_of_range"):
        weighted_product(pd.DataFrame({"x": [1.2]}), pd.Series({"x": 1}))


def test_answers_of_pymcdm(project_root: Path) -> None:
    text = (project_root / "tests/fixtures/scoring/peers.json").read_text(encoding="utf-8")
    for instance in json.loads(text)["instances"]:
        table = pd.DataFrame(instance["matrix"])
        ours = weighted_product(table / table.max(), pd.Series(instance["weights"])).scores
        assert (ours / 100).tolist() == pytest.approx(instance["weighted_product"]["pymcdm"], abs=1e-9)
