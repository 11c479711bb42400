"""Which judgement to look at again, and what consistency another answer would bring.

A suggestion is for the person who answered: nothing here replaces an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.pairwise.consistency import consistency
from workbench.engine.pairwise.kernels import scaled_principal_kernel
from workbench.engine.pairwise.matrix import SAATY_SCALE, complete_logs
from workbench.engine.pairwise.weights import weights_by
from workbench.errors import InvalidValue

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Review:
    """One judgement to look at again.

    Attributes
    ----------
    first, second : labels
        Oriented so that `first` was judged more strongly over `second` than the weights support.
    judgement : float
        The answer as it stands, first over second.
    implied : float
        Ratio of the weights, first over second.
    exceeds : float
        judgement / implied, at least 1.
    suggestion : float
        The value of the scale nearest to `implied` (on the log scale).
    cr : float
        Consistency ratio now.
    cr_after : float
        Consistency ratio if the suggestion were given instead and nothing else changed.
    third : label or None
        The item whose triad with this pair contradicts itself most; None for two items.
    triad_gap : float
        Mean |log| gap of the triads this pair sits in, which confirms (large) or doubts (small) the finding.
    """

    first: Any
    second: Any
    judgement: float
    implied: float
    exceeds: float
    suggestion: float
    cr: float
    cr_after: float
    third: Any
    triad_gap: float


def judgements_to_review(
    matrix: pd.DataFrame,
    method: str = "geometric_mean",
    table: str = "own",
    scale: tuple[float, ...] = SAATY_SCALE,
    most: int = 3,
) -> tuple[Review, ...]:
    """List the judgements that lie furthest from the ratio of the weights, furthest first.

    Parameters
    ----------
    matrix : DataFrame
        Complete judgements.
    method : str
        How the weights are made, a name of `WEIGHTING`; Saaty's own examples use ``"eigenvector"``.
    table : str
        Random-index table of the ratios.
    scale : tuple of floats
        The answers that can be offered.
    most : int
        How many judgements to return at most. Judgements that fit the weights are never returned.

    Raises
    ------
    InvalidValue
        ``incomplete_matrix``, naming the unanswered pairs; ``empty_scale``.

    References
    ----------
    Saaty (2003): the largest a_ij w_j / w_i.

    Examples
    --------
    >>> labels = ["a", "b", "c"]
    >>> matrix = pd.DataFrame([[1, 2, 9], [1/2, 1, 2], [1/9, 1/2, 1]], labels, labels)
    >>> review = judgements_to_review(matrix, most=1)[0]
    >>> review.first, review.second, review.suggestion
    ('a', 'c', 7.0)
    """
    if not scale:
        raise InvalidValue("empty_scale")
    read = complete_logs(matrix)
    names = read.names
    logs = np.log(weights_by(method, matrix)[list(names)].to_numpy(dtype=float))
    implied = np.subtract.outer(logs, logs)
    pairs = _furthest(read.logs - implied, most)
    if not pairs:
        return ()
    now = consistency(matrix, table)
    offered = np.array(sorted(np.log(scale)))
    nearest = [float(offered[np.argmin(np.abs(offered - implied[i, j]))]) for i, j in pairs]
    after = _ratios_after(read.logs, pairs, nearest, now.random_index)
    return tuple(
        Review(
            names[i],
            names[j],
            judgement=float(np.exp(read.logs[i, j])),
            implied=float(np.exp(implied[i, j])),
            exceeds=float(np.exp(read.logs[i, j] - implied[i, j])),
            suggestion=_on_scale(scale, value),
            cr=now.cr,
            cr_after=ratio,
            third=None if third is None else names[third],
            triad_gap=gap,
        )
        for (i, j), value, ratio, (third, gap) in zip(
            pairs, nearest, after, [_triads(read.logs, i, j) for i, j in pairs], strict=True
        )
    )


def _furthest(residuals: FloatArray, most: int) -> list[tuple[int, int]]:
    places = np.argwhere(residuals > 1e-9)
    sizes = np.round(residuals[residuals > 1e-9], 12)
    return [(int(i), int(j)) for i, j in places[np.argsort(-sizes, kind="stable")][:most]]


def _on_scale(scale: tuple[float, ...], log: float) -> float:
    return min(scale, key=lambda value: abs(np.log(value) - log))


def _ratios_after(
    logs: FloatArray, pairs: list[tuple[int, int]], values: list[float], index: float
) -> list[float]:
    n = len(logs)
    changed = np.repeat(logs[None], len(pairs), axis=0)
    for place, ((i, j), value) in enumerate(zip(pairs, values, strict=True)):
        changed[place, i, j], changed[place, j, i] = value, -value
    eigenvalues, _ = scaled_principal_kernel(changed)
    indices = np.maximum(eigenvalues - n, 0.0) / (n - 1)
    return [float(one) / index if index > 0 else 0.0 for one in indices]


def _triads(logs: FloatArray, i: int, j: int) -> tuple[int | None, float]:
    others = [k for k in range(len(logs)) if k not in (i, j)]
    if not others:
        return None, 0.0
    gaps = np.array([abs(logs[i, k] + logs[k, j] - logs[i, j]) for k in others])
    return others[int(np.argmax(np.round(gaps, 12)))], float(gaps.mean())
