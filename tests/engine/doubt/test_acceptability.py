from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.engine.doubt import acceptability as module
from workbench.engine.doubt.acceptability import (
    confidence_factors,
    pairwise_winning,
    rank_acceptability,
    rank_acceptability_in_order,
    rank_counts,
)
from workbench.engine.doubt.weight_sampling import flat_weights
from workbench.errors import InvalidValue, LabelMismatch

THREE = pd.DataFrame({"x": [1.0, 0.0, 0.6], "y": [0.0, 1.0, 0.6]}, index=[*"abc"])


def naive_counts(cells: np.ndarray, weights: np.ndarray) -> np.ndarray:
    counts = np.zeros((len(cells), len(cells)), dtype=int)
    for weight in weights:
        scores = [round(float(sum(weight * row)), 12) for row in cells]
        for row, score in enumerate(scores):
            counts[row, sum(other > score for other in scores)] += 1
    return counts


@settings(max_examples=25)
@given(
    st.lists(
        st.lists(st.sampled_from([0, 0.2, 0.4, 0.5, 0.75, 1]), min_size=3, max_size=3), min_size=1, max_size=9
    )
)
def test_counts_match_a_naive_twin_with_copies(cells: list[list[float]]) -> None:
    values, weights = np.array(cells, dtype=float), flat_weights(3, 60, 5)
    counts, first = rank_counts(values, weights)
    assert counts.tolist() == naive_counts(values, weights).tolist()
    best = (weights @ values.T).max(axis=1)
    assert np.allclose((weights * values[first]).sum(axis=1), best)


def test_closed_form_of_two_criteria() -> None:
    found = rank_acceptability(THREE, draws=100_000, seed=3)
    assert found.ranks[1].tolist() == pytest.approx([0.4, 0.4, 0.2], abs=6e-3)
    assert found.central_weights.loc["a"].tolist() == pytest.approx([0.8, 0.2], abs=6e-3)
    assert found.first_draws.sum() == found.draws
    assert found.standard_errors().loc["a", 1] == pytest.approx((0.4 * 0.6 / 100_000) ** 0.5, rel=0.05)


def test_exact_polytope_volumes_of_a_peer(project_root: Path) -> None:
    text = (project_root / "tests/fixtures/scoring/peers.json").read_text(encoding="utf-8")
    for case in json.loads(text)["exact_acceptability"]:
        found = rank_acceptability(pd.DataFrame(case["utilities"]), draws=40_000, seed=9)
        assert found.ranks[1].tolist() == pytest.approx(case["acceptability"], abs=0.012)
        for row, theirs in enumerate(case["central_weights"]):
            if found.first_draws[row] > 2_000:
                assert found.central_weights.loc[row].tolist() == pytest.approx(theirs, abs=0.02)


@given(st.randoms(use_true_random=False))
@settings(max_examples=10)
def test_order_of_rows_and_columns_changes_no_bit(random) -> None:
    values = np.random.default_rng(2).integers(0, 5, (12, 4)) / 4
    table = pd.DataFrame(values, index=[f"P{row:02d}" for row in range(12)], columns=[*"wxyz"])
    rows, columns = list(table.index), list(table.columns)
    random.shuffle(rows)
    random.shuffle(columns)
    plain = rank_acceptability(table, draws=500, seed=1)
    other = rank_acceptability(table.loc[rows, columns], draws=500, seed=1)
    assert other.ranks.index.tolist() == rows
    assert other.ranks.loc[table.index].equals(plain.ranks)
    assert other.central_weights.loc[table.index, table.columns].equals(plain.central_weights)
    assert pairwise_winning(table, draws=50, seed=1).equals(
        pairwise_winning(table.loc[rows, columns], draws=50, seed=1).loc[table.index, table.index]
    )


def test_copies_share_the_better_rank() -> None:
    table = pd.DataFrame({"x": [0.9, 0.9, 0.1], "y": [0.9, 0.9, 0.1]}, index=[*"abc"])
    found = rank_acceptability(table, draws=50, seed=1)
    assert found.ranks.to_numpy().tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 1]]
    assert found.central_weights.loc["a"].equals(found.central_weights.loc["b"].rename("a"))
    assert found.central_weights.loc["c"].isna().all()
    wins = pairwise_winning(table, draws=50, seed=1)
    assert wins.loc["a", "b"] == wins.loc["b", "a"] == 0.0
    assert wins.loc["a", "c"] == 1.0


def test_blocks_do_not_change_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    table = pd.DataFrame(np.random.default_rng(1).random((30, 5)))
    whole = rank_acceptability(table, draws=700, seed=1)
    monkeypatch.setattr(module, "BLOCK_CELLS", 100)
    assert rank_acceptability(table, draws=700, seed=1).ranks.equals(whole.ranks)


def test_pairwise_winning_matches_a_naive_twin() -> None:
    cells = np.random.default_rng(1).random((5, 3))
    weights = flat_weights(3, 200, 6)
    scores = weights @ cells.T
    naive = [[float((scores[:, a] > scores[:, b]).mean()) for b in range(5)] for a in range(5)]
    assert pairwise_winning(pd.DataFrame(cells), draws=200, seed=6).to_numpy().tolist() == naive


def test_proposals_without_a_value_stand_apart() -> None:
    table = THREE.copy()
    table.loc["c", "y"] = np.nan
    found = rank_acceptability(table, draws=100, seed=1)
    assert found.unscored == ("c",)
    assert found.ranks.index.tolist() == ["a", "b"]
    assert pairwise_winning(table, draws=10, seed=1).shape == (2, 2)


def test_an_agreed_order_of_criteria_narrows_the_weights() -> None:
    found = rank_acceptability_in_order(THREE, ["x", "y"], draws=20_000, seed=1)
    # Now w_x is uniform on 1/2..1, and "a" wins from 0.6 on.
    assert found.ranks[1].tolist() == pytest.approx([0.8, 0.0, 0.2], abs=0.015)
    with pytest.raises(LabelMismatch):
        rank_acceptability_in_order(THREE, ["x"], draws=1, seed=1)
    with pytest.raises(InvalidValue, match="duplicate_labels"):
        rank_acceptability_in_order(THREE, ["x", "y", "x"], draws=1, seed=1)


def test_one_proposal_and_one_criterion() -> None:
    assert rank_acceptability(THREE.iloc[:1], draws=10, seed=1).ranks.to_numpy().tolist() == [[1.0]]
    assert rank_acceptability(THREE[["x"]], draws=10, seed=1).ranks[1].tolist() == [1.0, 0.0, 0.0]


def test_confidence_is_one_with_exact_values() -> None:
    found = rank_acceptability(THREE, draws=2_000, seed=1)
    exact = np.repeat(THREE.to_numpy()[np.newaxis], 3, axis=0)
    assert confidence_factors(found.central_weights, exact).tolist() == [1.0, 1.0, 1.0]
    never = found.central_weights.copy()
    never.loc["c"] = np.nan
    assert np.isnan(confidence_factors(never, exact)["c"])
    with pytest.raises(InvalidValue, match="shapes_differ"):
        confidence_factors(found.central_weights, exact[:, :2])


def test_unusable_tables_are_refused() -> None:
    with pytest.raises(InvalidValue, match="nothing_to_score"):
        rank_acceptability(THREE * np.nan, draws=10, seed=1)
    with pytest.raises(InvalidValue, match="utilities_out_of_range"):
        rank_acceptability(THREE * 2, draws=10, seed=1)
    with pytest.raises(InvalidValue, match="not_a_number"):
        rank_acceptability(THREE.astype(str) + "!", draws=10, seed=1)
    with pytest.raises(InvalidValue, match="duplicate_labels"):
        rank_acceptability(pd.concat([THREE, THREE]), draws=10, seed=1)
