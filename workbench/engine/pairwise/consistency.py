"""How far one complete matrix of answers contradicts itself: CR, GCI, the worst triad.

The 0.10 line of the consistency ratio is an invitation to talk, never a gate: half of realistic 7 x 7 answers
fail it. The worst triad is what can be read aloud.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.pairwise.kernels import (
    geometric_consistency_kernel,
    scaled_principal_kernel,
)
from workbench.engine.pairwise.matrix import complete_logs, log_matrix
from workbench.engine.pairwise.random_index import random_index
from workbench.errors import InvalidValue, UnknownMethod

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class ThresholdRule:
    """Up to which consistency ratio answers pass, by number of items.

    Attributes
    ----------
    name, source : str
        Name in `THRESHOLDS` and where the rule comes from.
    exceptions : mapping
        Threshold of particular sizes; every other size has `general`.
    general : float
    """

    name: str
    source: str
    exceptions: Mapping[int, float]
    general: float = 0.10

    def at(self, n: int) -> float:
        """Return the threshold of n items."""
        return self.exceptions.get(n, self.general)


THRESHOLDS: Mapping[str, ThresholdRule] = MappingProxyType(
    {
        "by_size": ThresholdRule(
            "by_size", "Saaty (1994): 0.05 at n = 3, 0.08 at n = 4", MappingProxyType({3: 0.05, 4: 0.08})
        ),
        "ten_percent": ThresholdRule("ten_percent", "Saaty (1977): 0.10 for all", MappingProxyType({})),
    }
)
"""Rules for the consistency ratio, by name."""


def threshold_rule(name: str) -> ThresholdRule:
    """Return the named rule of `THRESHOLDS`, or raise `UnknownMethod`."""
    if name not in THRESHOLDS:
        raise UnknownMethod(method=name, known=tuple(THRESHOLDS))
    return THRESHOLDS[name]


@dataclass(frozen=True)
class Consistency:
    """The consistency ratio of one matrix with everything it was computed from.

    Attributes
    ----------
    n : int
        Number of items.
    lambda_max : float
        Principal eigenvalue, whatever method gave the weights.
    ci : float
        Consistency index (lambda_max - n) / (n - 1).
    random_index : float
    table : str
        Name of the table the random index stands in.
    cr : float
        ci / random_index; 0 for n = 1 and 2, where no answer contradicts another.
    threshold : float
    rule : str
        Name of the threshold rule.
    acceptable : bool
        Whether cr is at most the threshold.
    """

    n: int
    lambda_max: float
    ci: float
    random_index: float
    table: str
    cr: float
    threshold: float
    rule: str
    acceptable: bool


def consistency(matrix: pd.DataFrame, table: str = "own", rule: str = "by_size") -> Consistency:
    """Compute the consistency ratio of a complete matrix.

    Parameters
    ----------
    matrix : DataFrame
        Complete judgements, labels by labels; see `incomplete_consistency` for others.
    table : str
        Name of the random-index table.
    rule : str
        Name of the threshold rule, ``"by_size"`` or ``"ten_percent"``.

    Raises
    ------
    InvalidValue
        ``incomplete_matrix``, naming the unanswered pairs; ``size_beyond_table``.
    UnknownMethod
        No such table or rule.

    References
    ----------
    Saaty (1977, 1994).

    Examples
    --------
    >>> labels = ["need", "cost", "land"]
    >>> matrix = pd.DataFrame([[1, 1/4, 4], [4, 1, 9], [1/4, 1/9, 1]], labels, labels)
    >>> result = consistency(matrix, table="thesis_id")
    >>> round(result.cr, 4), result.threshold, result.acceptable
    (0.0355, 0.05, True)
    """
    read = complete_logs(matrix)
    value, _ = scaled_principal_kernel(read.logs)
    n = len(read.logs)
    return consistency_of(n, float(value), random_index(n, table), table, rule)


def consistency_of(n: int, lambda_max: float, index: float, table: str, rule: str) -> Consistency:
    """Assemble the ratio from a principal eigenvalue and a random index (0 where all is consistent)."""
    # lambda_max >= n by Saaty's theorem; what falls below is rounding.
    ci = max(lambda_max - n, 0.0) / (n - 1) if n > 1 else 0.0
    if ci < 1e-13 * n:
        ci = 0.0
    cr = ci / index if index > 0 else 0.0
    threshold = threshold_rule(rule).at(n)
    return Consistency(n, lambda_max, ci, index, table, cr, threshold, rule, cr <= threshold)


@dataclass(frozen=True)
class GeometricConsistency:
    """The consistency index that belongs to geometric-mean weights.

    Attributes
    ----------
    gci : float
        Mean squared log residual per degree of freedom; 0 for n < 3.
    threshold : float
        0.315, 0.353, 0.370 for n = 3, 4, 5 and more (Aguaron & Moreno-Jimenez 2003), which correspond to
        CR = 0.10.
    acceptable : bool
    """

    gci: float
    threshold: float
    acceptable: bool


def geometric_consistency(matrix: pd.DataFrame) -> GeometricConsistency:
    """Compute the geometric consistency index of a complete matrix.

    References
    ----------
    Crawford & Williams (1985); Aguaron & Moreno-Jimenez (2003).

    Examples
    --------
    >>> labels = ["need", "cost", "land"]
    >>> matrix = pd.DataFrame([[1, 1/4, 4], [4, 1, 9], [1/4, 1/9, 1]], labels, labels)
    >>> round(geometric_consistency(matrix).gci, 4), geometric_consistency(matrix).acceptable
    (0.1103, True)
    """
    read = complete_logs(matrix)
    gci = float(geometric_consistency_kernel(read.logs))
    gci = 0.0 if gci < 1e-13 * len(read.logs) ** 2 else gci
    threshold = geometric_threshold(len(read.logs))
    return GeometricConsistency(gci, threshold, gci <= threshold)


def geometric_threshold(n: int) -> float:
    """Return the published threshold of the geometric consistency index for n items."""
    return {3: 0.315, 4: 0.353}.get(n, 0.370)


def equivalent_geometric_threshold(n: int, cr: float, index: float) -> float:
    """Return the geometric consistency index that corresponds to a consistency ratio.

    Near consistency GCI = 2n / (n - 2) CI (Aguaron & Moreno-Jimenez 2003); `index` is the random index of n.

    Examples
    --------
    >>> round(equivalent_geometric_threshold(3, 0.10, 0.525), 4)
    0.315
    """
    if n < 3:
        raise InvalidValue("size_below_three", n=n)
    return 2 * n / (n - 2) * cr * index


def row_average_consistency(
    matrix: pd.DataFrame, weights: pd.Series[float], index: float
) -> tuple[float, ...]:
    """Return the spreadsheet's lambda, CI and CR: the mean of (A w)_i / w_i for given weights.

    Only to reproduce old spreadsheets; for the principal eigenvector it equals the true eigenvalue.

    Parameters
    ----------
    matrix : DataFrame
        Complete judgements.
    weights : Series
        Weight by label, for example `column_mean_weights`.
    index : float
        Random index of the size.
    """
    read = complete_logs(matrix)
    sorted_weights = weights[list(read.names)].to_numpy(dtype=float)
    value = float((np.exp(read.logs) @ sorted_weights / sorted_weights).mean())
    n = len(read.logs)
    ci = (value - n) / (n - 1) if n > 1 else 0.0
    return value, ci, ci / index if index > 0 else 0.0


def residuals(matrix: pd.DataFrame, weights: pd.Series[float]) -> pd.DataFrame:
    """Return log(a_ij w_j / w_i): how far each answer lies above the ratio of the weights; NaN if unanswered.

    Parameters
    ----------
    matrix : DataFrame
        Judgements, complete or not.
    weights : Series
        Positive weight by label.
    """
    read = log_matrix(matrix)
    logs = np.log(weights[list(read.names)].to_numpy(dtype=float))
    return read.frame(read.logs - logs[:, None] + logs[None, :])
