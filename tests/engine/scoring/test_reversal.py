from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.scoring.reversal import reversal_check
from workbench.engine.scoring.second_opinions import SECOND_OPINIONS
from workbench.engine.scoring.weighted_product import weighted_product
from workbench.engine.scoring.weighted_sum import weighted_sum

PAIR = pd.DataFrame([[6, 7], [9, 4], [1, 7], [5, 8]], index=[*"abcd"], columns=[*"xy"], dtype=float)
TRIPLE = pd.DataFrame([[7, 9, 1], [2, 8, 9], [3, 3, 8]], index=[*"abc"], columns=[*"xyz"], dtype=float)
FLOWS = pd.DataFrame([[8, 6], [3, 7], [4, 8], [9, 3]], index=[*"abcd"], columns=[*"xy"], dtype=float)


def check(name: str, table: pd.DataFrame, weights: list[float]):
    labelled = pd.Series(weights, index=table.columns, dtype=float)
    up = pd.Series("higher", index=table.columns)
    return reversal_check(lambda rest: SECOND_OPINIONS[name](rest, labelled, up), table)


@pytest.mark.parametrize(
    ("name", "table", "weights", "removed"),
    [
        ("topsis_vector", PAIR, [2, 2], "c"),
        ("topsis_minmax", PAIR, [2, 2], "c"),
        ("vikor", PAIR, [2, 2], "b"),
        ("promethee_ii", TRIPLE, [2, 2, 4], "c"),
        ("wsm_max", PAIR, [2, 2], "b"),
    ],
)
def test_removing_a_loser_changes_the_winner_of_a_second_opinion(name, table, weights, removed) -> None:
    found = check(name, table, weights)
    assert removed in found.removals_that_change_the_best
    assert found.removals.loc[removed, "reordered_pairs"] > 0
    assert not found.stable


@pytest.mark.parametrize(
    ("name", "table", "weights"), [("topsis_vector", PAIR, [2, 2]), ("promethee_ii", FLOWS, [2, 1])]
)
def test_a_copy_changes_the_winner_of_a_second_opinion(name, table, weights) -> None:
    assert check(name, table, weights).copies_that_change_the_best == ("b",)


@pytest.mark.parametrize("method", [weighted_sum, weighted_product])
@given(
    cells=st.lists(
        st.lists(st.sampled_from([0, 0.25, 0.5, 0.75, 1, np.nan]), min_size=3, max_size=3),
        min_size=1,
        max_size=6,
    )
)
def test_fixed_anchors_never_reverse(method, cells: list[list[float]]) -> None:
    table = pd.DataFrame(cells, index=[f"P{row}" for row in range(len(cells))], columns=[*"xyz"])
    weights = pd.Series({"x": 0.443, "y": 0.25, "z": 0.307})
    assert reversal_check(lambda rest: method(rest, weights), table).stable


def test_one_proposal_has_nothing_to_remove() -> None:
    found = check("topsis_vector", PAIR.iloc[:1], [1, 1])
    assert found.removals.empty
    assert found.stable
    assert found.removals_that_change_the_best == ()


def test_copies_get_labels_of_their_own() -> None:
    table = PAIR.rename(index={"b": "a copy"})
    assert check("wsm_max", table, [1, 1]).copies.index.tolist() == ["a", "a copy", "c", "d"]
