from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.pairwise.kernels import (
    eigenvector_kernel,
    geometric_consistency_kernel,
    geometric_mean_kernel,
    laplacian_kernel,
    principal_kernel,
    scaled_principal_kernel,
)
from workbench.engine.pairwise.matrix import SAATY_SCALE


def random_matrices(seed, count, n):
    rng = np.random.default_rng(seed)
    i, j = np.triu_indices(n, 1)
    values = rng.choice(SAATY_SCALE, (count, len(i)))
    matrices = np.ones((count, n, n))
    matrices[:, i, j], matrices[:, j, i] = values, 1 / values
    return matrices


@given(st.integers(0, 10**6), st.integers(1, 12))
def test_the_principal_pair_is_lapacks(seed, n):
    matrices = random_matrices(seed, 20, n)
    values, vectors = principal_kernel(matrices)
    assert values == pytest.approx(np.linalg.eigvals(matrices).real.max(axis=-1), rel=1e-11)
    assert np.matvec(matrices, vectors) == pytest.approx(values[:, None] * vectors, rel=1e-10)
    assert vectors.sum(axis=-1) == pytest.approx(np.ones(20))


@given(st.integers(0, 10**6), st.integers(3, 9))
def test_a_matrix_does_not_depend_on_its_batch(seed, n):
    matrices = random_matrices(seed, 6, n)
    weights, ratios = eigenvector_kernel(matrices, 1.0)
    for place in range(6):
        alone, ratio = eigenvector_kernel(matrices[place], 1.0)
        assert (alone == weights[place]).all()
        assert ratio == ratios[place]


def test_slow_matrices_converge_too():
    circle = np.array([[1, 1e6, 1e-6], [1e-6, 1, 1e6], [1e6, 1e-6, 1]])
    value, vector = principal_kernel(circle)
    assert value == pytest.approx(1e6 + 1 + 1e-6, rel=1e-12)
    assert vector == pytest.approx(np.full(3, 1 / 3), abs=1e-12)


def test_scaling_agrees_with_the_plain_kernel_and_survives_extremes():
    matrices = random_matrices(1, 50, 6)
    plain, scaled = principal_kernel(matrices), scaled_principal_kernel(np.log(matrices))
    assert plain[0] == pytest.approx(scaled[0], rel=1e-12)
    assert plain[1] == pytest.approx(scaled[1], rel=1e-10)
    value, _ = scaled_principal_kernel(np.subtract.outer([0.0, 400.0, -300.0], [0.0, 400.0, -300.0]))
    assert value == pytest.approx(3)


def test_geometric_means_and_their_index_by_hand():
    matrices = random_matrices(2, 5, 4)
    means = np.prod(matrices, axis=-1) ** 0.25
    weights = geometric_mean_kernel(matrices)
    assert weights == pytest.approx(means / means.sum(axis=-1, keepdims=True))
    errors = np.log(matrices * weights[:, None, :] / weights[:, :, None])
    assert geometric_consistency_kernel(np.log(matrices)) == pytest.approx((errors**2).sum(axis=(1, 2)) / 6)
    assert geometric_consistency_kernel(np.zeros((3, 2, 2))).tolist() == [0, 0, 0]


def test_two_items_are_always_consistent():
    weights, ratios = eigenvector_kernel(np.array([[[1, 9], [1 / 9, 1]]]), 0.0)
    assert weights[0] == pytest.approx([0.9, 0.1])
    assert ratios.tolist() == [0.0]


def test_one_item_has_the_log_weight_zero():
    assert laplacian_kernel(np.zeros((1, 1)), np.zeros((1, 1))).tolist() == [0.0]
