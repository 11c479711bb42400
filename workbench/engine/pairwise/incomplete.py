"""Consistency of answers so far: optimal completion, and random indices for the graph that was answered.

A ratio against the random index of the complete matrix would pass nonsense: with 9 of 21 pairs missing the
mean index of random answers is 0.55, not 1.34.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.pairwise.completion import completion_kernel
from workbench.engine.pairwise.consistency import Consistency, consistency_of
from workbench.engine.pairwise.kernels import scaled_principal_kernel
from workbench.engine.pairwise.matrix import SAATY_SCALE
from workbench.engine.pairwise.random_index import random_index
from workbench.engine.pairwise.weights import connected_logs
from workbench.errors import InvalidValue

FloatArray = NDArray[np.float64]

_PRECISE = 1e-11
_SIMULATED = 1e-5
"""Error in the entries; the eigenvalue, being at its minimum, is off by the square of it."""


@dataclass(frozen=True, eq=False)
class Completion:
    """A matrix with its unanswered pairs filled so that the principal eigenvalue is smallest.

    Attributes
    ----------
    matrix : DataFrame
        Complete, reciprocal; for the consistency ratio only, never as if somebody had answered.
    filled : tuple of (label, label, value)
        What was filled, one entry per unanswered pair.
    weights : Series
        Principal eigenvector of the completed matrix.
    lambda_max : float
    steps : int
        Steps of the fixed point.
    """

    matrix: pd.DataFrame
    filled: tuple[tuple[Any, Any, float], ...]
    weights: pd.Series[float]
    lambda_max: float
    steps: int


def lambda_optimal_completion(matrix: pd.DataFrame) -> Completion:
    """Fill the unanswered pairs so that the principal eigenvalue is smallest.

    Parameters
    ----------
    matrix : DataFrame
        Judgements, NaN where not answered.

    Raises
    ------
    DisconnectedJudgements
        The completion is unique exactly when the answers link all labels; the components are named.

    References
    ----------
    Bozoki, Fulop & Ronyai (2010).

    Examples
    --------
    >>> labels = ["a", "b", "c"]
    >>> answers = pd.DataFrame([[1, 2, np.nan], [0.5, 1, 2], [np.nan, 0.5, 1]], labels, labels)
    >>> lambda_optimal_completion(answers).matrix.loc["a", "c"].round(6)
    np.float64(4.0)
    """
    read = connected_logs(matrix)
    completed, _, steps = completion_kernel(np.nan_to_num(read.logs)[None], read.answered, _PRECISE)
    logs = completed[0]
    value, vector = scaled_principal_kernel(logs)
    names = read.names
    missing = np.argwhere(np.triu(np.isnan(read.logs)))
    return Completion(
        matrix=read.frame(np.exp(logs)),
        filled=tuple((names[i], names[j], float(np.exp(logs[i, j]))) for i, j in missing),
        weights=read.series(vector, "weight"),
        lambda_max=float(value),
        steps=int(steps[0]),
    )


@dataclass(frozen=True)
class GraphRandomIndex:
    """The random index of one graph of answers.

    Attributes
    ----------
    value : float
        Mean consistency index of random answers to the same pairs; 0 for a tree, where nothing can
        contradict.
    standard_error : float
    samples, seed : int
        How it was simulated; 0 samples where it is exact (a tree) or taken from a table.
    unanswered : int
        Number of pairs not answered.
    method : str
        ``"simulated"``, ``"tree"``, ``"linear"`` or the name of a table for a complete matrix.
    """

    value: float
    standard_error: float
    samples: int
    seed: int
    unanswered: int
    method: str


def graph_random_index(matrix: pd.DataFrame, *, seed: int, samples: int = 1_000) -> GraphRandomIndex:
    """Simulate the random index for the pairs that are answered in a matrix.

    Parameters
    ----------
    matrix : DataFrame
        Judgements; only which pairs are answered matters.
    seed : int
        Seed of the simulation; the same seed and graph give the same value.
    samples : int
        Number of random matrices, each answer uniform on the 17 values 1/9..9, at least 2.

    Raises
    ------
    DisconnectedJudgements
        The answers do not link all labels.

    References
    ----------
    Agoston & Csato (2022), who show that the index falls with every missing pair.

    Examples
    --------
    >>> labels = ["a", "b", "c"]
    >>> answers = pd.DataFrame([[1, 2, np.nan], [0.5, 1, 2], [np.nan, 0.5, 1]], labels, labels)
    >>> graph_random_index(answers, seed=1).method
    'tree'
    """
    if samples < 2:
        raise InvalidValue("too_few_samples", samples=samples)
    read = connected_logs(matrix)
    answered, n = read.answered, len(read.logs)
    i, j = np.nonzero(np.triu(answered))
    unanswered = n * (n - 1) // 2 - len(i)
    if len(i) == n - 1:
        return GraphRandomIndex(0.0, 0.0, 0, seed, unanswered, "tree")
    logs = np.zeros((samples, n, n))
    logs[:, i, j] = np.random.default_rng(seed).choice(np.log(SAATY_SCALE), (samples, len(i)))
    logs[:, j, i] = -logs[:, i, j]
    _, eigenvalues, _ = completion_kernel(logs, answered, _SIMULATED)
    indices = (eigenvalues - n) / (n - 1)
    error = float(indices.std(ddof=1) / np.sqrt(samples))
    return GraphRandomIndex(float(indices.mean()), error, samples, seed, unanswered, "simulated")


def linear_random_index(n: int, unanswered: int, table: str = "own") -> float:
    """Approximate the random index of an incomplete matrix by its number of missing pairs.

    Falls in a line from the complete index to 0 for a spanning tree, (1 - 2m / ((n-1)(n-2))) RI_n. Within a
    few per cent of the simulated mean over graphs, at no cost: for the display while typing.

    Raises
    ------
    InvalidValue
        ``too_many_unanswered``: fewer answers than a tree needs.

    References
    ----------
    Agoston & Csato (2022).

    Examples
    --------
    >>> round(linear_random_index(7, 6), 2)
    0.8
    """
    free = (n - 1) * (n - 2) // 2
    if not 0 <= unanswered <= free:
        raise InvalidValue("too_many_unanswered", n=n, unanswered=unanswered, most=free)
    return random_index(n, table) * (1 - unanswered / free) if free else 0.0


@dataclass(frozen=True)
class IncompleteConsistency:
    """The consistency ratio of the answers so far.

    Attributes
    ----------
    consistency : Consistency
        Its ``table`` is the method of the random index.
    random_index : GraphRandomIndex
    """

    consistency: Consistency
    random_index: GraphRandomIndex


def incomplete_consistency(
    matrix: pd.DataFrame, *, seed: int, samples: int = 1_000, rule: str = "by_size"
) -> IncompleteConsistency:
    """Compute the consistency ratio of answers with gaps against random answers to the same pairs.

    A complete matrix is measured against the own table, a tree is consistent by its nature.

    Parameters
    ----------
    matrix : DataFrame
        Judgements, NaN where not answered.
    seed, samples : int
        Of the simulated random index.
    rule : str
        Name of the threshold rule.

    Raises
    ------
    DisconnectedJudgements
        The answers do not link all labels.

    Examples
    --------
    >>> labels = ["a", "b", "c"]
    >>> answers = pd.DataFrame([[1, 2, np.nan], [0.5, 1, 2], [np.nan, 0.5, 1]], labels, labels)
    >>> incomplete_consistency(answers, seed=1).consistency.cr
    0.0
    """
    read = connected_logs(matrix)
    n, unanswered = len(read.logs), len(read.unanswered_pairs)
    if unanswered:
        index = graph_random_index(matrix, seed=seed, samples=samples)
    else:
        index = GraphRandomIndex(random_index(n), 0.0, 0, seed, 0, "own")
    return _against(matrix, index, rule)


def live_consistency(
    matrix: pd.DataFrame, table: str = "own", rule: str = "by_size"
) -> IncompleteConsistency:
    """Compute the consistency ratio of answers with gaps against the linear random index, while typing.

    Parameters and errors are those of `incomplete_consistency`, without a simulation.
    """
    read = connected_logs(matrix)
    n, unanswered = len(read.logs), len(read.unanswered_pairs)
    method = "linear" if unanswered else table
    value = linear_random_index(n, unanswered, table)
    return _against(matrix, GraphRandomIndex(value, 0.0, 0, 0, unanswered, method), rule)


def _against(matrix: pd.DataFrame, index: GraphRandomIndex, rule: str) -> IncompleteConsistency:
    completion = lambda_optimal_completion(matrix)
    ratio = consistency_of(len(matrix), completion.lambda_max, index.value, index.method, rule)
    return IncompleteConsistency(ratio, index)
