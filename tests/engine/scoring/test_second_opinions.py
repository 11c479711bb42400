"""What all second opinions have in common: properties, degenerate tables, refusals, answers of peers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.engine.scoring.promethee import Preference, promethee_ii
from workbench.engine.scoring.ranking import rank_with_ties
from workbench.engine.scoring.second_opinions import SECOND_OPINIONS, second_opinion
from workbench.errors import InvalidValue, LabelMismatch, UnknownMethod

NAMES = sorted(SECOND_OPINIONS)
every_method = pytest.mark.parametrize("name", NAMES)
EQUAL = pd.Series({"x": 1.0, "y": 1.0})
UP = pd.Series({"x": "higher", "y": "higher"})


@st.composite
def decisions(draw: st.DrawFn, least: int = 1) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    rows, columns = draw(st.integers(least, 7)), draw(st.integers(1, 4))
    value = st.integers(1, 5).map(float) | st.floats(1, 1e9)
    cells = draw(st.lists(st.lists(value, min_size=columns, max_size=columns), min_size=rows, max_size=rows))
    criteria = ["urgency", "benefit", "cost", "land"][:columns]
    weights = draw(st.lists(st.sampled_from([1, 2, 3, 25, 30]), min_size=columns, max_size=columns))
    directions = draw(st.lists(st.sampled_from(["higher", "lower"]), min_size=columns, max_size=columns))
    table = pd.DataFrame(cells, index=[f"P{row}" for row in range(rows)], columns=criteria)
    return table, pd.Series(weights, index=criteria, dtype=float), pd.Series(directions, index=criteria)


@every_method
@settings(max_examples=12)
@given(case=decisions(), random=st.randoms(use_true_random=False))
def test_order_of_rows_and_columns_changes_no_bit(name: str, case, random) -> None:
    table, weights, directions = case
    rows, columns = list(table.index), list(table.columns)
    random.shuffle(rows)
    random.shuffle(columns)
    plain = SECOND_OPINIONS[name](table, weights, directions).scores
    other = SECOND_OPINIONS[name](table.loc[rows, columns], weights[columns[::-1]], directions).scores
    assert other.index.tolist() == rows
    assert other[table.index].to_numpy().tobytes() == plain.to_numpy().tobytes()


@every_method
@settings(max_examples=12)
@given(case=decisions())
def test_no_nan_and_equal_rows_get_equal_bits(name: str, case) -> None:
    table, weights, directions = case
    table = pd.concat([table, table.iloc[[0]].set_axis(["copy"])])
    scores = SECOND_OPINIONS[name](table, weights, directions).scores
    assert not scores.isna().any()
    assert scores["copy"] == scores.iloc[0]


@every_method
@settings(max_examples=12)
@given(case=decisions(), factor=st.sampled_from([0.01, 3.0, 100.0]))
def test_scaling_the_weights_changes_nothing(name: str, case, factor: float) -> None:
    table, weights, directions = case
    plain = SECOND_OPINIONS[name](table, weights, directions).scores
    scaled = SECOND_OPINIONS[name](table, weights * factor, directions).scores
    assert np.allclose(plain, scaled, atol=1e-9)


@every_method
@settings(max_examples=12)
@given(case=decisions())
def test_a_proposal_that_is_nowhere_worse_never_ranks_lower(name: str, case) -> None:
    table, weights, directions = case
    better = table.iloc[0] * np.where(directions == "higher", 1.25, 0.8)
    table = pd.concat([table, better.to_frame("better").T])
    scores = SECOND_OPINIONS[name](table, weights, directions).scores
    assert scores["better"] >= scores.iloc[0] - 1e-12


@every_method
def test_a_constant_column_decides_nothing(name: str) -> None:
    table = pd.DataFrame({"x": [1.0, 2.0, 3.0], "y": [5.0, 5.0, 5.0]}, index=[*"abc"])
    assert rank_with_ties(SECOND_OPINIONS[name](table, EQUAL, UP).scores).ranks.tolist() == [3, 2, 1]


@every_method
@pytest.mark.parametrize("direction", ["higher", "lower"])
def test_an_all_zero_column_decides_nothing(name: str, direction: str) -> None:
    table = pd.DataFrame({"x": [1.0, 2.0, 3.0], "y": [0.0, 0.0, 0.0]}, index=[*"abc"])
    directions = pd.Series({"x": "higher", "y": direction})
    assert rank_with_ties(SECOND_OPINIONS[name](table, EQUAL, directions).scores).ranks.tolist() == [3, 2, 1]


@every_method
@pytest.mark.parametrize("value", [0.0, 4.0])
def test_all_equal_is_one_tie(name: str, value: float) -> None:
    table = pd.DataFrame({"x": [value] * 3, "y": [value] * 3}, index=[*"abc"])
    scores = SECOND_OPINIONS[name](table, EQUAL, UP).scores
    assert rank_with_ties(scores).ties == (("a", "b", "c"),)


@every_method
def test_one_proposal_and_one_criterion_are_defined(name: str) -> None:
    alone = pd.DataFrame({"x": [3.0], "y": [4.0]}, index=["a"])
    assert np.isfinite(SECOND_OPINIONS[name](alone, EQUAL, UP).scores).all()
    one = pd.DataFrame({"x": [1.0, 3.0, 2.0]}, index=[*"abc"])
    scores = SECOND_OPINIONS[name](one, pd.Series({"x": 9}), pd.Series({"x": "lower"})).scores
    assert rank_with_ties(scores).ranks.tolist() == [1, 3, 2]


@every_method
def test_missing_values_are_refused_by_cell(name: str) -> None:
    table = pd.DataFrame({"x": [1.0, np.nan], "y": [np.inf, 2.0]}, index=["a", "b"])
    with pytest.raises(InvalidValue) as caught:
        SECOND_OPINIONS[name](table, EQUAL, UP)
    assert caught.value.code == "values_not_finite"
    assert caught.value.facts["cells"] == (("a", "y"), ("b", "x"))


@every_method
def test_wrong_labels_directions_and_empty_tables_are_refused(name: str) -> None:
    table = pd.DataFrame({"x": [1.0, 2.0], "y": [1.0, 2.0]}, index=["a", "b"])
    method = SECOND_OPINIONS[name]
    with pytest.raises(LabelMismatch):
        method(table, EQUAL, UP.rename({"y": "z"}))
    with pytest.raises(InvalidValue, match="unknown_direction"):
        method(table, EQUAL, pd.Series({"x": "higher", "y": "up"}))
    with pytest.raises(InvalidValue, match="nothing_to_score"):
        method(table.iloc[:0], EQUAL, UP)
    with pytest.raises(InvalidValue, match="duplicate_labels"):
        method(pd.concat([table, table]), EQUAL, UP)


def test_unknown_names_are_refused_with_the_known() -> None:
    assert second_opinion("vikor") is SECOND_OPINIONS["vikor"]
    with pytest.raises(UnknownMethod) as caught:
        second_opinion("topsis")
    assert "topsis_vector" in caught.value.facts["known"]


@pytest.fixture(scope="module")
def peers(project_root: Path) -> dict:
    return json.loads((project_root / "tests/fixtures/scoring/peers.json").read_text(encoding="utf-8"))


def decision_of(instance: dict) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    table = pd.DataFrame(instance["matrix"])
    directions = pd.Series(["higher" if kind == 1 else "lower" for kind in instance["types"]])
    return table, pd.Series(instance["weights"]), directions


@pytest.mark.parametrize("name", ["topsis_vector", "topsis_minmax", "vikor", "wsm_max"])
def test_answers_of_peers(name: str, peers: dict) -> None:
    compared = 0
    for instance in peers["instances"]:
        found = SECOND_OPINIONS[name](*decision_of(instance))
        ours = found.q if name == "vikor" else found.scores
        for peer, theirs in instance[name].items():
            if theirs is not None and np.isfinite(theirs).all():
                assert ours.tolist() == pytest.approx(theirs, abs=1e-9), (name, peer)
                compared += 1
    assert compared >= 30


@pytest.mark.parametrize(
    ("shape", "theirs"),
    [
        ("usual", "usual"),
        ("u_shape", "ushape"),
        ("v_shape", "vshape"),
        ("level", "level"),
        ("linear", "vshape_2"),
    ],
)
def test_promethee_answers_of_pymcdm(shape: str, theirs: str, peers: dict) -> None:
    for instance in peers["instances"]:
        table, weights, directions = decision_of(instance)
        thresholds = zip(instance["q"], instance["p"], strict=True)
        preferences = {column: Preference(shape, q, p) for column, (q, p) in enumerate(thresholds)}
        phi = promethee_ii(table, weights, directions, preferences).scores
        assert phi.tolist() == pytest.approx(instance["promethee_ii"][theirs], abs=1e-9)
