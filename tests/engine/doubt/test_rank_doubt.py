from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.doubt.rank_doubt import batched_ranks, rank_probabilities, tied_pairs


@given(st.lists(st.lists(st.integers(0, 4) | st.none(), min_size=4, max_size=4), min_size=1, max_size=6))
def test_ranks_match_a_naive_twin(rows: list[list[int | None]]) -> None:
    scores = np.array([[np.nan if cell is None else cell for cell in row] for row in rows], dtype=float)
    naive = [[0 if np.isnan(own) else 1 + sum(other > own for other in row) for own in row] for row in scores]
    assert batched_ranks(scores, 1e-9).tolist() == naive
    shares = rank_probabilities(scores, 1e-9)
    assert shares.sum(axis=1) == pytest.approx((~np.isnan(scores)).mean(axis=0))
    for proposal in range(4):
        assert shares[proposal].tolist() == [
            pytest.approx(np.mean([row[proposal] == rank for row in naive])) for rank in range(1, 5)
        ]


def test_tied_pairs_agree_with_the_interval_of_the_difference() -> None:
    random = np.random.default_rng(1)
    draws = random.normal([0.0, 0.5, 3.0, 8.0], 1.0, (4001, 4))
    tied = tied_pairs(draws, 0.95)
    for first in range(4):
        for second in range(4):
            low, high = np.quantile(draws[:, first] - draws[:, second], [0.025, 0.975])
            assert tied[first, second] == (low <= 0 <= high)
    assert tied.tolist() == tied.T.tolist()


def test_pairs_that_never_both_have_a_score_are_not_told_apart() -> None:
    draws = np.array([[1.0, np.nan], [np.nan, 5.0]])
    assert tied_pairs(draws, 0.9).all()
