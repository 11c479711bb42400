from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from workbench.engine.scoring.methods_agree import methods_agree, tau_b
from workbench.errors import InvalidValue, LabelMismatch

FIRST = pd.Series({"a": 9.0, "b": 7.0, "c": 5.0, "d": 1.0})


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=20))
def test_tau_matches_scipy(pairs: list[tuple[int, int]]) -> None:
    left, right = np.array(pairs, dtype=float).T
    if len(set(left)) > 1 and len(set(right)) > 1:
        assert tau_b(left, right) == pytest.approx(kendalltau(left, right).statistic, abs=1e-12)


def test_constant_orders_are_defined() -> None:
    same, rising = np.ones(3), np.arange(3.0)
    assert tau_b(same, same) == 1.0
    assert math.isnan(tau_b(same, rising))
    assert tau_b(np.ones(1), np.ones(1)) == 1.0


def test_names_who_changes_the_top() -> None:
    second = pd.Series({"d": 0.1, "c": 0.8, "b": 0.3, "a": 0.9})
    found = methods_agree({"weighted_sum": FIRST, "vikor": second}, k=2)
    assert dict(found.top) == {"weighted_sum": ("a", "b"), "vikor": ("a", "c")}
    assert found.certain == ("a",)
    assert found.disputed == ("b", "c")
    assert found.same_winner
    assert found.tau.loc["weighted_sum", "vikor"] == pytest.approx(2 / 3)


def test_a_tie_across_k_is_inside_as_a_whole() -> None:
    tied = pd.Series({"a": 9.0, "b": 5.0, "c": 5.0, "d": 1.0})
    assert methods_agree({"x": tied}, k=2).top["x"] == ("a", "b", "c")
    shared = pd.Series({"a": 9.0, "b": 9.0, "c": 5.0, "d": 1.0})
    assert not methods_agree({"x": FIRST, "y": shared}).same_winner


def test_all_zero_scores_are_one_tie() -> None:
    zero = FIRST * 0
    assert methods_agree({"x": zero}).ranks["x"].tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("scores", "k", "code"),
    [
        ({}, 1, "nothing_to_compare"),
        ({"x": FIRST.iloc[:0]}, 1, "nothing_to_compare"),
        ({"x": FIRST}, 5, "top_size_out_of_range"),
        ({"x": FIRST, "y": FIRST.replace(5.0, np.nan)}, 1, "scores_missing"),
    ],
)
def test_unusable_scores_are_refused(scores: dict[str, pd.Series], k: int, code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        methods_agree(scores, k)
    assert caught.value.code == code


def test_different_proposals_are_refused() -> None:
    with pytest.raises(LabelMismatch):
        methods_agree({"x": FIRST, "y": FIRST.rename({"a": "z"})})
