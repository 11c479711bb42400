"""Harker's weights of incomplete matrices, for comparison only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.engine.pairwise.kernels import principal_kernel
from workbench.engine.pairwise.weights import connected_logs


@dataclass(frozen=True, eq=False)
class HarkerWeights:
    """Weights of an incomplete matrix by Harker's method, for comparison only.

    Attributes
    ----------
    weights : Series
    lambda_max : float
        Principal eigenvalue of Harker's auxiliary matrix.
    """

    weights: pd.Series[float]
    lambda_max: float


def harker_weights(matrix: pd.DataFrame) -> HarkerWeights:
    """Weigh an incomplete matrix by Harker's method: unanswered 0, counted on the diagonal.

    It differs from the optimal completion by up to 0.05 in a weight and is kept to compare with older work.

    Raises
    ------
    DisconnectedJudgements
        The answers do not link all labels.

    References
    ----------
    Harker (1987).

    Examples
    --------
    >>> labels = ["a", "b", "c"]
    >>> answers = pd.DataFrame([[1, 2, np.nan], [0.5, 1, 2], [np.nan, 0.5, 1]], labels, labels)
    >>> harker_weights(answers).weights.round(4).to_dict()
    {'a': 0.5714, 'b': 0.2857, 'c': 0.1429}
    """
    read = connected_logs(matrix)
    auxiliary = np.where(read.answered, np.exp(np.nan_to_num(read.logs)), 0.0)
    missing = np.isnan(read.logs).sum(axis=1)
    np.fill_diagonal(auxiliary, 1.0 + missing)
    value, vector = principal_kernel(auxiliary)
    return HarkerWeights(read.series(vector, "weight"), float(value))
