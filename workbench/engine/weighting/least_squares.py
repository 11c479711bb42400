"""Weighted least squares of log ratios on a graph: the arithmetic under every way of answering."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.errors import DisconnectedJudgements

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]


def laplacian(n: int, first: IntArray, second: IntArray, precision: FloatArray) -> FloatArray:
    """Return the weighted graph Laplacian of log-ratio observations; shape (n, n)."""
    matrix = np.zeros((n, n))
    np.add.at(matrix, (first, first), precision)
    np.add.at(matrix, (second, second), precision)
    np.add.at(matrix, (first, second), -precision)
    np.add.at(matrix, (second, first), -precision)
    return matrix


def covariance_of(matrix: FloatArray) -> FloatArray:
    """Return the covariance of mean-zero log weights: the pseudo-inverse of a connected Laplacian."""
    n = len(matrix)
    scale = float(np.diagonal(matrix).max()) / n if n > 1 else 1.0
    ones = np.full((n, n), 1.0 / n)
    return np.asarray(np.linalg.inv(matrix + scale * n * ones) - ones / (scale * n))


def refuse_disconnected(matrix: FloatArray, names: tuple[Any, ...]) -> None:
    """Raise `DisconnectedJudgements`, naming the components, unless the observations link all labels."""
    parts = components(matrix)
    if len(parts) > 1:
        named = tuple(tuple(names[member] for member in part) for part in parts)
        raise DisconnectedJudgements(components=named)


def components(matrix: NDArray[Any]) -> tuple[tuple[int, ...], ...]:
    """Return the connected components of the graph of nonzero entries.

    Examples
    --------
    >>> components(np.array([[1, -1, 0], [-1, 1, 0], [0, 0, 0]]))
    ((0, 1), (2,))
    """
    reached = (np.asarray(matrix) != 0) | np.eye(len(matrix), dtype=bool)
    for middle in range(len(reached)):
        reached = reached | (reached[:, [middle]] & reached[[middle]])
    parts = {tuple(np.flatnonzero(row).tolist()) for row in reached}
    return tuple(sorted(parts))
