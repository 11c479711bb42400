"""Batched completion of incomplete matrices so that the principal eigenvalue is smallest.

The smallest eigenvalue is unique exactly when the answers link all items (Bozoki, Fulop & Ronyai 2010). At
the optimum each filled entry satisfies a_ij^2 = v_i u_j / (v_j u_i) with the right and left principal
eigenvectors v and u, which gives a fixed point; stepping half as far again as it says converges in fewer
steps.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workbench.engine.pairwise.kernels import laplacian_kernel, principal_kernel

FloatArray = NDArray[np.float64]

_STEP = 1.5
_MOST_STEPS = 2_000


def completion_kernel(
    logs: FloatArray, answered: NDArray[np.bool_], tolerance: float
) -> tuple[FloatArray, FloatArray, NDArray[np.intp]]:
    """Fill the unanswered entries of a batch of log matrices with one graph of answers.

    Parameters
    ----------
    logs : array of shape (batch, n, n)
        Antisymmetric; any finite value where not answered.
    answered : array of shape (n, n)
        True where a pair was answered; connected; the diagonal does not matter.
    tolerance : float
        A matrix is done when no log entry moves further than this in a step.

    Returns
    -------
    completed : array of shape (batch, n, n)
    eigenvalues : array of shape (batch,)
    steps : array of int, shape (batch,)
        Steps each matrix took; 2,000 means that it stopped before the tolerance was met.
    """
    n = logs.shape[-1]
    free = ~answered & ~np.eye(n, dtype=bool)
    precision = np.broadcast_to(answered & ~np.eye(n, dtype=bool), logs.shape).astype(float)
    scale = laplacian_kernel(np.where(answered, logs, 0.0), precision)
    current = np.where(free, scale[:, :, None] - scale[:, None, :], logs)
    completed, steps = np.empty_like(current), np.zeros(len(logs), dtype=np.intp)
    left = np.arange(len(logs))
    for step in range(1, _MOST_STEPS + 1):
        change = _fixed_point(current, scale) - current
        moved = np.abs(np.where(free, change, 0.0)).max(axis=(1, 2))
        done = (moved <= tolerance) | (step == _MOST_STEPS)
        completed[left[done]], steps[left[done]] = current[done], step
        left, scale = left[~done], scale[~done]
        if not len(left):
            break
        current = current[~done] + np.where(free, _STEP * change[~done], 0.0)
    eigenvalues, _ = principal_kernel(_scaled(completed, completed.mean(axis=-1)))
    return completed, eigenvalues, steps


def _scaled(logs: FloatArray, scale: FloatArray) -> FloatArray:
    return np.exp(logs - scale[:, :, None] + scale[:, None, :])


def _fixed_point(logs: FloatArray, scale: FloatArray) -> FloatArray:
    matrices = _scaled(logs, scale)
    _, right = principal_kernel(matrices)
    _, left = principal_kernel(np.ascontiguousarray(np.swapaxes(matrices, 1, 2)))
    half = (np.log(right) - np.log(left)) / 2 + scale
    return half[:, :, None] - half[:, None, :]
