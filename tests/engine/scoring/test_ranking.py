from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from workbench.engine.scoring.ranking import competition_ranks, rank_with_ties, round_half_up
from workbench.errors import InvalidValue

scores_on_a_grid = st.lists(st.integers(0, 40), min_size=0, max_size=30).map(
    lambda values: pd.Series(
        [v * 2.5 for v in values], index=[f"P{i:02d}" for i in range(len(values))], dtype=float
    )
)


@given(scores_on_a_grid)
def test_matches_scipy_rankdata(scores: pd.Series) -> None:
    expected = rankdata(-scores.to_numpy(), method="min") if len(scores) else np.array([])
    assert rank_with_ties(scores).ranks.tolist() == expected.tolist()


@given(scores_on_a_grid, st.randoms(use_true_random=False))
def test_row_order_never_decides(scores: pd.Series, random) -> None:
    labels = list(scores.index)
    random.shuffle(labels)
    plain, shuffled = rank_with_ties(scores), rank_with_ties(scores[labels])
    assert shuffled.ranks.to_dict() == plain.ranks.to_dict()
    assert shuffled.ties == plain.ties
    assert shuffled.groups() == plain.groups()


@given(scores_on_a_grid)
def test_groups_hold_every_proposal_once_in_order(scores: pd.Series) -> None:
    ranking = rank_with_ties(scores)
    flat = [label for group in ranking.groups() for label in group]
    assert sorted(flat) == sorted(scores.index)
    assert ranking.ties == tuple(group for group in ranking.groups() if len(group) > 1)
    means = [scores[list(group)].iloc[0] for group in ranking.groups()]
    assert means == sorted(means, reverse=True)


def test_rounding_of_the_computer_is_a_tie_and_a_judgement_is_not() -> None:
    scores = pd.Series({"road": 0.1 + 0.2, "well": 0.3, "clinic": 0.3 + 1e-6})
    ranking = rank_with_ties(scores)
    assert ranking.ranks.to_dict() == {"road": 2, "well": 2, "clinic": 1}
    assert ranking.tolerance == pytest.approx(1e-10)
    assert rank_with_ties(scores, scale=1e-5).ties == ()


def test_missing_scores_get_no_rank() -> None:
    ranking = rank_with_ties(pd.Series({"road": np.nan, "well": 3.0, "bridge": np.nan}))
    assert ranking.ranks.to_dict() == {"well": 1}
    assert ranking.unranked == ("bridge", "road")


def test_all_equal_and_empty_are_defined() -> None:
    assert rank_with_ties(pd.Series({"b": 1.0, "a": 1.0})).ties == (("a", "b"),)
    assert rank_with_ties(pd.Series([], dtype=float)).ranks.empty


@pytest.mark.parametrize(
    ("scores", "scale", "code"),
    [
        (pd.Series([1.0, 2.0], index=["a", "a"]), 100, "duplicate_labels"),
        (pd.Series([1.0, np.inf], index=["a", "b"]), 100, "scores_not_finite"),
        (pd.Series([1.0], index=["a"]), 0, "scale_not_positive"),
        (pd.Series(["x"], index=["a"]), 100, "not_a_number"),
    ],
)
def test_unusable_scores_are_refused(scores: pd.Series, scale: float, code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        rank_with_ties(scores, scale=scale)
    assert caught.value.code == code


def test_kernel_ranks_plain_numbers() -> None:
    assert competition_ranks(np.array([1.0, 4.0, 4.0, 9.0]), 0.0).tolist() == [4, 2, 2, 1]


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [(2.5, 0, 3.0), (1.005, 2, 1.01), (-2.5, 0, -3.0), (79.2449, 2, 79.24), (37.28, 1, 37.3)],
)
def test_rounds_as_people_do(value: float, decimals: int, rounded: float) -> None:
    assert round_half_up(pd.Series({"a": value}), decimals)["a"] == pytest.approx(rounded, abs=1e-12)


def test_rounded_scores_tie() -> None:
    scores = pd.Series({"road": 37.28, "well": 37.31})
    assert rank_with_ties(scores).ties == ()
    assert rank_with_ties(round_half_up(scores, 1)).ties == (("road", "well"),)


def test_rounding_keeps_missing_and_refuses_strange_digits() -> None:
    assert round_half_up(pd.Series({"a": np.nan}), 1).isna().all()
    with pytest.raises(InvalidValue, match="decimals_out_of_range"):
        round_half_up(pd.Series({"a": 1.0}), 9)
