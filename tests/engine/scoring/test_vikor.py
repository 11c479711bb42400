from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from workbench.engine.scoring.vikor import vikor, vikor_kernel
from workbench.errors import InvalidValue

MOUNTAIN = pd.DataFrame({"risk": [1.0, 2.0, 5.0], "height": [3000, 3750, 4500]}, index=[*"abc"])
DIRECTIONS = pd.Series({"risk": "lower", "height": "higher"})
EQUAL = pd.Series({"risk": 1, "height": 1})


def up(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    return table, pd.Series(1.0, index=table.columns), pd.Series("higher", index=table.columns)


def test_mountain_climbing() -> None:
    found = vikor(MOUNTAIN, EQUAL, DIRECTIONS)
    assert found.q.tolist() == [1.0, 0.0, 1.0]
    assert found.s.tolist() == pytest.approx([0.5, 0.375, 0.5])
    assert found.r.tolist() == pytest.approx([0.5, 0.25, 0.5])
    assert found.threshold == 0.5
    assert found.acceptable_advantage
    assert found.acceptable_stability
    assert found.compromise == ("b",)


def test_all_regrets_equal_is_a_tie_and_not_nan() -> None:
    found = vikor(*up(pd.DataFrame({"x": [1.0, 0.0], "y": [0.0, 1.0]}, index=["a", "b"])))
    assert found.q.tolist() == [0.0, 0.0]
    assert found.compromise == ("a", "b")
    assert not found.acceptable_advantage


def test_without_advantage_all_within_the_threshold_are_the_compromise() -> None:
    table = pd.DataFrame({"x": [1.0, 0.9, 0.0], "y": [1.0, 0.9, 0.0]}, index=[*"abc"])
    found = vikor(*up(table))
    assert not found.acceptable_advantage
    assert found.compromise == ("a", "b")


def test_without_stability_the_first_two_are_the_compromise() -> None:
    # Drawn until the first in Q is first neither in S nor in R.
    random = np.random.default_rng(5)
    for _ in range(2000):
        table = pd.DataFrame(random.integers(0, 10, (5, 3)).astype(float), index=[*"abcde"])
        found = vikor(*up(table))
        if found.acceptable_advantage and not found.acceptable_stability:
            first, second = found.q.sort_values().index[:2]
            assert set(found.compromise) == set(found.q.index[found.q <= found.q[second] + 1e-12])
            assert found.s[first] > found.s.min()
            assert found.r[first] > found.r.min()
            return
    pytest.fail("no such table drawn")


def test_strategy_moves_between_sum_and_largest_regret() -> None:
    table, weights, directions = up(
        pd.DataFrame({"x": [1.0, 0.6, 0.0], "y": [0.0, 0.5, 1.0]}, index=[*"abc"])
    )
    assert np.allclose(vikor(table, weights, directions, 1.0).q, [1, 0, 1])
    with pytest.raises(InvalidValue, match="strategy_out_of_range"):
        vikor(table, weights, directions, 1.5)


def test_one_proposal_is_its_own_compromise() -> None:
    found = vikor(*up(pd.DataFrame({"x": [1.0]}, index=["a"])))
    assert found.compromise == ("a",)
    assert found.threshold == 0.0


def test_an_improvement_can_lower_a_rank_which_is_why_it_is_no_default() -> None:
    rows = [[9.0, 1.0, 2.0], [9.0, 1.0, 6.0], [2.0, 5.0, 5.0], [1.0, 3.0, 2.0]]
    table = pd.DataFrame(rows, index=[*"abcd"], columns=[*"xyz"])
    weights, directions = pd.Series({"x": 3, "y": 4, "z": 2}), pd.Series("higher", index=[*"xyz"])
    before = vikor(table, weights, directions).scores.rank(ascending=False)["b"]
    table.loc["b", "x"] = 18.0
    assert vikor(table, weights, directions).scores.rank(ascending=False)["b"] > before


def test_kernel_equals_the_labelled_method() -> None:
    random = np.random.default_rng(3)
    values, shares = random.random((4, 6, 3)), random.dirichlet(np.ones(3), 4)
    scores = vikor_kernel(values, shares, np.array([True, False, True]))
    for draw in range(4):
        directions = pd.Series(["higher", "lower", "higher"])
        labelled = vikor(pd.DataFrame(values[draw]), pd.Series(shares[draw]), directions).scores
        assert scores[draw].tolist() == pytest.approx(labelled.tolist(), abs=1e-12)
