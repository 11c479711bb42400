"""Batched arithmetic on plain arrays: many matrices of judgements at once.

Arrays have shape (..., n, n) for matrices and (..., n) for weights; the leading axes are participants,
samples or variants. Nothing is checked here: callers hold checked matrices. Every matrix is treated alone,
so that a result does not depend on which others stand in the same batch.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

_SQUARINGS = 3
_POWER_STEPS = 4
_CONVERGED = 1e-13
_SETTLED = 1e-14
_MAX_SQUARINGS = 60


def normalised(values: FloatArray) -> FloatArray:
    """Divide by the sum over the last axis."""
    return np.asarray(values / np.einsum("...i->...", values)[..., None])


def geometric_mean_kernel(matrices: FloatArray) -> FloatArray:
    """Return row geometric means of complete matrices, summing to one (Crawford & Williams 1985).

    Examples
    --------
    >>> geometric_mean_kernel(np.array([[1.0, 4.0], [0.25, 1.0]])).tolist()
    [0.8, 0.2]
    """
    return exp_normalised(mean_logs(np.log(matrices)))


def mean_logs(logs: FloatArray) -> FloatArray:
    """Return the mean of every row of complete log matrices."""
    return np.asarray(np.einsum("...ij->...i", logs) / logs.shape[-1])


def exp_normalised(log_weights: FloatArray) -> FloatArray:
    """Turn log weights into weights that sum to one, without overflow."""
    return normalised(np.exp(log_weights - log_weights.max(axis=-1, keepdims=True)))


def geometric_consistency_kernel(logs: FloatArray) -> FloatArray:
    """Return the geometric consistency index of complete log matrices (Aguaron & Moreno-Jimenez 2003).

    With antisymmetric logs L and row means l, the squared residuals of all ordered pairs sum to
    |L|^2 - 2n|l|^2, which needs no residual matrix. Zero for n < 3.
    """
    n = logs.shape[-1]
    if n < 3:
        return np.zeros(logs.shape[:-2])
    means = mean_logs(logs)
    residuals = np.einsum("...ij,...ij->...", logs, logs) - 2 * n * np.einsum("...i,...i->...", means, means)
    return np.asarray(np.maximum(residuals, 0.0) / ((n - 1) * (n - 2)))


def laplacian_kernel(logs: FloatArray, precision: FloatArray) -> FloatArray:
    """Return log weights, mean zero, that fit the answered ratios by weighted least squares.

    Parameters
    ----------
    logs : array of shape (..., n, n)
        Antisymmetric logarithms; any finite value where the precision is zero.
    precision : array of shape (..., n, n)
        Symmetric; weight of each squared residual, zero where a pair is not answered. The graph of nonzero
        entries must be connected (the caller has checked it).

    Notes
    -----
    The normal equations are L x = b with the graph Laplacian L (Bozoki, Fulop & Ronyai 2010); adding the
    all-ones matrix picks the solution with mean zero.
    """
    n = logs.shape[-1]
    right = np.einsum("...ij,...ij->...i", precision, logs)
    degree = np.einsum("...ij->...i", precision)
    # The ones are scaled to the degrees, so that very large or small precisions stay well conditioned.
    # One item has nothing to be compared with: any ground gives it the log weight zero.
    ground = degree.max(axis=-1)[..., None, None] / n if n > 1 else 1.0
    system = degree[..., None] * np.eye(n) - precision * (1 - np.eye(n)) + ground
    return np.asarray(np.linalg.solve(system, right[..., None])[..., 0])


def principal_kernel(matrices: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the principal eigenvalue and right eigenvector of positive matrices.

    Three squarings and four power steps with the eighth power reach machine precision for ordinary
    judgements; a matrix that has not converged is squared on.

    Parameters
    ----------
    matrices : array of shape (..., n, n)
        Positive (or nonnegative and primitive) matrices.

    Returns
    -------
    eigenvalues : array of shape (...)
    eigenvectors : array of shape (..., n)
        Each sums to one.

    Examples
    --------
    >>> value, vector = principal_kernel(np.array([[1.0, 4.0], [0.25, 1.0]]))
    >>> float(value), vector.tolist()
    (2.0, [0.8, 0.2])
    """
    shape = matrices.shape
    stack = np.asarray(matrices, dtype=np.float64).reshape(-1, *shape[-2:])
    values, vectors, bad = _power_steps(stack)
    if bad.any():
        values[bad], vectors[bad] = _squared_until_converged(stack[bad])
    return values.reshape(shape[:-2]), vectors.reshape(shape[:-1])


def _power_steps(stack: FloatArray) -> tuple[FloatArray, FloatArray, NDArray[np.bool_]]:
    with np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore"):
        power = stack
        for _ in range(_SQUARINGS):
            power = power @ power
        vectors = normalised(np.einsum("pij->pi", power))
        for _ in range(_POWER_STEPS):
            vectors = normalised(np.matvec(power, vectors))
        image = np.matvec(stack, vectors)
        values = np.einsum("pi->p", image)
        residual = np.abs(image - values[:, None] * vectors).max(axis=-1)
        bad = ~(residual <= _CONVERGED * values)
        return values, image / values[:, None], bad


def _squared_until_converged(stack: FloatArray) -> tuple[FloatArray, FloatArray]:
    values, vectors = np.empty(len(stack)), np.empty(stack.shape[:-1])
    left = np.arange(len(stack))
    power = stack / stack.max(axis=(-2, -1), keepdims=True)
    guess = normalised(np.einsum("pij->pi", power))
    for step in range(_MAX_SQUARINGS):
        power = power @ power
        power /= power.max(axis=(-2, -1), keepdims=True)
        image = np.matvec(stack[left], normalised(np.einsum("pij->pi", power)))
        further = normalised(image)
        moved = np.abs(further - guess).max(axis=-1)
        done = (moved <= _SETTLED * further.max(axis=-1)) | (step == _MAX_SQUARINGS - 1)
        ready = left[done]
        vectors[ready] = further[done]
        values[ready] = np.einsum("pi->p", np.matvec(stack[ready], further[done]))
        left, power, guess = left[~done], power[~done], further[~done]
        if not len(left):
            break
    return values, vectors


def scaled_principal_kernel(logs: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return principal eigenvalues and eigenvectors of complete log matrices of any magnitude.

    The similar matrix a_ij w_j / w_i (w: row geometric means) has the same eigenvalue and entries near one,
    so nothing overflows and few steps are needed.
    """
    centred = mean_logs(logs)
    values, vectors = principal_kernel(np.exp(logs - centred[..., :, None] + centred[..., None, :]))
    return values, exp_normalised(np.log(vectors) + centred)


def eigenvector_kernel(matrices: FloatArray, random_index: float) -> tuple[FloatArray, FloatArray]:
    """Return eigenvector weights and consistency ratios of a batch of complete matrices.

    Parameters
    ----------
    matrices : array of shape (..., n, n)
        Positive reciprocal matrices, n >= 1.
    random_index : float
        Random index of the size; for n < 3, where every answer is consistent, the ratio is 0 whatever it is.

    Returns
    -------
    weights : array of shape (..., n)
    ratios : array of shape (...)
    """
    n = matrices.shape[-1]
    values, weights = principal_kernel(matrices)
    if n < 3:
        return weights, np.zeros(values.shape)
    return weights, np.maximum(values - n, 0.0) / ((n - 1) * random_index)
