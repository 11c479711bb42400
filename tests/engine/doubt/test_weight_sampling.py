from __future__ import annotations

import numpy as np
import pytest

from workbench.engine.doubt.weight_sampling import flat_weights, ordered_flat_weights
from workbench.errors import InvalidValue


@pytest.mark.parametrize("n", [2, 5, 8])
def test_moments_of_the_flat_dirichlet(n: int) -> None:
    weights = flat_weights(n, draws=60_000, seed=4)
    assert np.allclose(weights.sum(axis=1), 1.0)
    assert weights.mean(axis=0) == pytest.approx(np.full(n, 1 / n), abs=5e-3)
    assert weights.var(axis=0).mean() == pytest.approx((n - 1) / (n**2 * (n + 1)), rel=0.03)
    covariance = np.cov(weights.T)[0, 1]
    assert covariance == pytest.approx(-1 / (n**2 * (n + 1)), rel=0.08)


def test_a_criterion_over_one_half_is_not_rare() -> None:
    # P(any weight > 1/2) = n / 2^(n - 1) for n > 1; normalised independent uniforms give 0.0002.
    share = (flat_weights(8, draws=60_000, seed=1).max(axis=1) > 0.5).mean()
    assert share == pytest.approx(8 / 2**7, abs=4e-3)


def test_ordered_weights_fall_and_average_to_the_rank_order_centroid() -> None:
    weights = ordered_flat_weights(3, draws=40_000, seed=1)
    assert (np.diff(weights, axis=1) <= 0).all()
    assert weights.mean(axis=0) == pytest.approx([11 / 18, 5 / 18, 2 / 18], abs=4e-3)


def test_one_criterion_has_the_whole_weight_and_seeds_repeat() -> None:
    assert flat_weights(1, draws=3, seed=1).tolist() == [[1.0]] * 3
    assert flat_weights(4, 5, 7).tobytes() == flat_weights(4, 5, 7).tobytes()
    assert flat_weights(4, 5, 7).tobytes() != flat_weights(4, 5, 8).tobytes()


def test_impossible_sizes_are_refused() -> None:
    with pytest.raises(InvalidValue, match="criteria_out_of_range"):
        flat_weights(0, 1, 1)
    with pytest.raises(InvalidValue, match="draws_out_of_range"):
        flat_weights(1, 0, 1)
