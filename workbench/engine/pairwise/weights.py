"""Weights from one matrix of judgements: row geometric means, principal eigenvector, column means.

The geometric mean is the default (logarithmic least squares: closed form, no left-right asymmetry, unanimity
kept in groups, incomplete answers need no guess). The eigenvector is Saaty's original. The column mean only
reproduces old spreadsheets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.pairwise.graph import components
from workbench.engine.pairwise.kernels import (
    exp_normalised,
    laplacian_kernel,
    mean_logs,
    scaled_principal_kernel,
)
from workbench.engine.pairwise.matrix import LogMatrix, complete_logs, log_matrix
from workbench.errors import DisconnectedJudgements, InvalidValue, UnknownMethod, same_labels

FloatArray = NDArray[np.float64]


def geometric_mean_weights(matrix: pd.DataFrame, counts: pd.DataFrame | None = None) -> pd.Series[float]:
    """Weigh by logarithmic least squares: row means, or the graph Laplacian for incomplete answers.

    Parameters
    ----------
    matrix : DataFrame
        Judgements, labels by labels, NaN where nobody answered.
    counts : DataFrame, optional
        How much each answered pair counts (for a group: how many people stand behind it), same labels,
        symmetric; None counts every answered pair once.

    Returns
    -------
    Series
        Weight by label, in the order of the rows, summing to one.

    Raises
    ------
    DisconnectedJudgements
        The answers do not link all labels; the fact ``components`` names what belongs together.
    InvalidInput, LabelMismatch, InvalidValue
        The matrix or the counts are not what they should be.

    References
    ----------
    Crawford & Williams (1985); Bozoki, Fulop & Ronyai (2010) for incomplete matrices.

    Examples
    --------
    >>> labels = ["need", "cost", "land"]
    >>> matrix = pd.DataFrame([[1, 2, np.nan], [0.5, 1, 2], [np.nan, 0.5, 1]], labels, labels)
    >>> geometric_mean_weights(matrix).round(4).to_dict()
    {'need': 0.5714, 'cost': 0.2857, 'land': 0.1429}
    """
    read = log_matrix(matrix)
    if counts is None and read.answered.sum() == len(read.logs) * (len(read.logs) - 1):
        return read.series(exp_normalised(mean_logs(read.logs)), "weight")
    precision = read.answered.astype(float) if counts is None else _precision(read, counts)
    return read.series(exp_normalised(log_weights(read, precision)), "weight")


def log_weights(read: LogMatrix, precision: FloatArray) -> FloatArray:
    """Solve the least squares of one read matrix, refusing disconnected answers by name (sorted labels)."""
    refuse_disconnected(read, precision)
    return laplacian_kernel(np.nan_to_num(read.logs), precision)


def refuse_disconnected(read: LogMatrix, answered: NDArray[Any], participant: object = None) -> None:
    """Raise `DisconnectedJudgements`, naming components and participant, unless answers link all labels."""
    parts = components(answered)
    if len(parts) > 1:
        names = read.names
        named = tuple(tuple(names[member] for member in part) for part in parts)
        raise DisconnectedJudgements(components=named, participant=participant)


def connected_logs(matrix: pd.DataFrame) -> LogMatrix:
    """Read a matrix and refuse answers that do not link all labels."""
    read = log_matrix(matrix)
    refuse_disconnected(read, read.answered)
    return read


def _precision(read: LogMatrix, counts: pd.DataFrame) -> FloatArray:
    same_labels("counts of judgements", read.names, counts.index)
    same_labels("counts of judgements", read.names, counts.columns)
    values = np.array(counts.loc[list(read.names), list(read.names)], dtype=float)
    np.fill_diagonal(values, 0.0)
    usable = np.isfinite(values) & (values >= 0)
    if not usable.all() or not np.allclose(values, values.T):
        raise InvalidValue("invalid_counts", rule="finite, not negative, symmetric")
    return np.where(read.answered, values, 0.0)


def eigenvector_weights(matrix: pd.DataFrame) -> pd.Series[float]:
    """Weigh by the principal right eigenvector, Saaty's original.

    Parameters
    ----------
    matrix : DataFrame
        Complete judgements, labels by labels.

    Returns
    -------
    Series
        Weight by label, in the order of the rows, summing to one.

    Raises
    ------
    InvalidValue
        ``incomplete_matrix``, naming the unanswered pairs.
    InvalidInput, LabelMismatch
        The matrix is not what it should be.

    References
    ----------
    Saaty (1977).

    Examples
    --------
    >>> labels = ["need", "cost", "land"]
    >>> matrix = pd.DataFrame([[1, 1/4, 4], [4, 1, 9], [1/4, 1/9, 1]], labels, labels)
    >>> eigenvector_weights(matrix).round(3).to_dict()
    {'need': 0.217, 'cost': 0.717, 'land': 0.066}
    """
    read = complete_logs(matrix)
    _, vector = scaled_principal_kernel(read.logs)
    return read.series(vector, "weight")


def column_mean_weights(matrix: pd.DataFrame) -> pd.Series[float]:
    """Weigh by normalising columns and averaging rows, only to reproduce old spreadsheets.

    Parameters, returns and errors are those of `eigenvector_weights`, which this approximates.

    Examples
    --------
    >>> labels = ["need", "cost", "land"]
    >>> matrix = pd.DataFrame([[1, 3, 3], [1/3, 1, 2], [1/3, 1/2, 1]], labels, labels)
    >>> column_mean_weights(matrix).round(4).to_dict()
    {'need': 0.5889, 'cost': 0.2519, 'land': 0.1593}
    """
    read = complete_logs(matrix)
    columns = np.exp(read.logs - read.logs.max(axis=0))
    return read.series((columns / columns.sum(axis=0)).mean(axis=1), "weight")


WEIGHTING: Mapping[str, Callable[[pd.DataFrame], pd.Series[float]]] = MappingProxyType(
    {
        "geometric_mean": geometric_mean_weights,
        "eigenvector": eigenvector_weights,
        "column_mean": column_mean_weights,
    }
)
"""Ways to weigh one matrix, by name. Only the geometric mean takes incomplete answers."""


def weights_by(method: str, matrix: pd.DataFrame) -> pd.Series[float]:
    """Weigh a matrix by the named method of `WEIGHTING`.

    Raises
    ------
    UnknownMethod
        The facts list the names there are.

    Examples
    --------
    >>> matrix = pd.DataFrame([[1, 4], [0.25, 1]], ["need", "cost"], ["need", "cost"])
    >>> weights_by("eigenvector", matrix).round(6).to_dict()
    {'need': 0.8, 'cost': 0.2}
    """
    if method not in WEIGHTING:
        raise UnknownMethod(method=method, known=tuple(WEIGHTING))
    return WEIGHTING[method](matrix)


def order_changes(left: pd.Series[float], right: pd.Series[float]) -> tuple[tuple[Any, Any], ...]:
    """List the pairs that one weighting puts one way and the other the other way.

    Parameters
    ----------
    left, right : Series
        Weights of the same labels, for example by geometric mean and by eigenvector.

    Returns
    -------
    tuple of pairs
        ``(a, b)``: a is heavier on the left, b on the right. Weights within 1e-12 of each other are a tie and
        contradict nothing.

    Examples
    --------
    >>> order_changes(pd.Series({"a": 0.6, "b": 0.4}), pd.Series({"a": 0.45, "b": 0.55}))
    (('a', 'b'),)
    """
    same_labels("weights", left.index, right.index)
    labels = sorted(left.index, key=str)
    one = np.subtract.outer(left[labels].to_numpy(), left[labels].to_numpy())
    two = np.subtract.outer(right[labels].to_numpy(), right[labels].to_numpy())
    return tuple((labels[i], labels[j]) for i, j in np.argwhere((one > 1e-12) & (two < -1e-12)))
