from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.doubt.flips import value_flips, weight_flips
from workbench.engine.doubt.stability import top_members


def random_case(seed: int) -> tuple[pd.DataFrame, pd.Series, int]:
    random = np.random.default_rng(seed)
    rows, columns = int(random.integers(2, 8)), int(random.integers(1, 5))
    table = pd.DataFrame(random.random((rows, columns)), index=[f"P{row}" for row in range(rows)])
    weights = pd.Series(random.dirichlet(np.ones(columns)))
    return table, weights, int(random.integers(1, rows))


def top(table: pd.DataFrame, weights: pd.Series, k: int) -> set:
    return set(table.index[top_members((table * weights).sum(axis=1).to_numpy(), k)])


@given(st.integers(0, 10**6))
def test_value_flips_flip_just_beyond_and_not_before(seed: int) -> None:
    table, weights, k = random_case(seed)
    before = top(table, weights, k)
    for flip in value_flips(table, weights, k):
        assert flip.at == pytest.approx(flip.utility + flip.change, abs=1e-12)
        for share, flipped in ((0.999, False), (1.001, True)):
            changed = table.copy()
            changed.loc[flip.proposal, flip.criterion] += flip.change * share
            after = top(changed, weights, k)
            assert (flip.enters in after and flip.leaves not in after) == flipped
            assert (after == before) != flipped


@given(st.integers(0, 10**6))
def test_no_single_value_flips_with_a_smaller_change(seed: int) -> None:
    table, weights, k = random_case(seed)
    before = top(table, weights, k)
    flips = value_flips(table, weights, k)
    smallest = abs(flips[0].change) if flips else 2.0
    for proposal in table.index:
        for criterion in table.columns:
            for sign in (-1, 1):
                changed = table.copy()
                moved = np.clip(table.loc[proposal, criterion] + sign * smallest * 0.999, 0, 1)
                changed.loc[proposal, criterion] = moved
                assert top(changed, weights, k) == before


@given(st.integers(0, 10**6))
def test_weight_flips_flip_just_beyond_and_not_before(seed: int) -> None:
    table, weights, k = random_case(seed)
    flips = weight_flips(table, weights, k)
    sizes = [abs(flip.change) for flip in flips]
    assert sizes == pytest.approx(sorted(sizes), abs=1e-12)
    for flip in flips:
        for share, flipped in ((0.999, False), (1.001, True)):
            x = flip.weight + flip.change * share
            if 0 <= x <= 1:
                rest = weights.drop(flip.criterion)
                moved = pd.concat([rest / rest.sum() * (1 - x), pd.Series({flip.criterion: x})])
                after = top(table, moved, k)
                assert (flip.enters in after and flip.leaves not in after) == flipped


def test_nothing_flips_when_all_are_inside_or_dominated() -> None:
    table = pd.DataFrame({"x": [0.9, 0.2], "y": [0.9, 0.2]}, index=["a", "b"])
    weights = pd.Series({"x": 0.5, "y": 0.5})
    assert weight_flips(table, weights) == ()
    assert value_flips(table, weights, 2) == ()


def test_a_criterion_without_weight_flips_nothing_by_value() -> None:
    table = pd.DataFrame({"x": [0.9, 0.8], "y": [0.0, 0.5]}, index=["a", "b"])
    flips = value_flips(table, pd.Series({"x": 1, "y": 0}))
    assert {flip.criterion for flip in flips} == {"x"}
    assert [flip.proposal for flip in flips] == ["a", "b"]


def test_the_published_near_tie_flips_by_a_hair() -> None:
    table = pd.DataFrame({"x": [0.3728, 0.3680], "y": [0.3728, 0.3680]}, index=["first", "second"])
    flip = value_flips(table, pd.Series({"x": 1, "y": 1}))[0]
    assert abs(flip.change) == pytest.approx(0.0096)
