"""Where answers and weights, or answers among themselves, put two items in opposite order.

The consistency ratio does not catch these: the matrix of Bana e Costa & Vansnick (2008) has CR 0.03.
Everything here is data; sentences are made elsewhere.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.pairwise.matrix import log_matrix
from workbench.engine.pairwise.triads import triad_errors
from workbench.errors import InvalidValue, same_labels

_SAME = 1e-9
"""Log ratios closer than this are equal."""


@dataclass(frozen=True)
class OrderViolation:
    """Somebody said `first` over `second`, the weights say otherwise (or equal).

    Attributes
    ----------
    first, second : labels
    judgement : float
        How many times first was preferred, above 1.
    weight_ratio : float
        Weight of first divided by weight of second, at most 1.
    """

    first: Any
    second: Any
    judgement: float
    weight_ratio: float


def order_violations(matrix: pd.DataFrame, weights: pd.Series[float]) -> tuple[OrderViolation, ...]:
    """List the answered pairs that the weights put in the opposite order, strongest judgement first.

    Parameters
    ----------
    matrix : DataFrame
        Judgements, complete or not.
    weights : Series
        Positive weight by label.

    References
    ----------
    Bana e Costa & Vansnick (2008), condition of order preservation (preference).

    Examples
    --------
    >>> matrix = pd.DataFrame([[1, 2], [0.5, 1]], ["a", "b"], ["a", "b"])
    >>> order_violations(matrix, pd.Series({"a": 0.4, "b": 0.6}))[0].first
    'a'
    """
    names, logs, ratios = _aligned(matrix, weights)
    violated = np.argwhere((logs > _SAME) & (ratios <= _SAME))
    found = [
        OrderViolation(names[i], names[j], float(np.exp(logs[i, j])), float(np.exp(ratios[i, j])))
        for i, j in violated
    ]
    return tuple(sorted(found, key=lambda one: -round(one.judgement, 9)))


def _aligned(
    matrix: pd.DataFrame, weights: pd.Series[float]
) -> tuple[tuple[Any, ...], NDArray[np.float64], NDArray[np.float64]]:
    read = log_matrix(matrix)
    same_labels("weights", read.names, weights.index)
    values = weights[list(read.names)].to_numpy(dtype=float)
    if not (values > 0).all():
        raise InvalidValue("not_positive", weights=tuple(weights.index[weights.to_numpy() <= 0]))
    logs = np.log(values)
    return read.names, np.where(read.answered, read.logs, np.nan), np.subtract.outer(logs, logs)


@dataclass(frozen=True)
class IntensityViolation:
    """A weaker preference that the weights make at least as strong as a stronger one.

    Attributes
    ----------
    strong, weak : tuple of two labels
        The answers said that the first pair's difference is the larger.
    strong_judgement, weak_judgement : float
    strong_ratio, weak_ratio : float
        The ratios of the weights, in the opposite order or equal.
    """

    strong: tuple[Any, Any]
    weak: tuple[Any, Any]
    strong_judgement: float
    weak_judgement: float
    strong_ratio: float
    weak_ratio: float


def intensity_violations(
    matrix: pd.DataFrame, weights: pd.Series[float], most: int = 20
) -> tuple[IntensityViolation, ...]:
    """List pairs of preferences whose strength the weights reverse, widest gap between the ratios first.

    Parameters
    ----------
    matrix : DataFrame
        Judgements, complete or not.
    weights : Series
        Positive weight by label.
    most : int
        How many to return at most; thirty criteria may have tens of thousands.

    References
    ----------
    Bana e Costa & Vansnick (2008), condition of order preservation (intensity of preference).
    """
    names, logs, ratios = _aligned(matrix, weights)
    i, j = np.nonzero(logs > _SAME)
    said, weighed = logs[i, j], ratios[i, j]
    violated = (said[:, None] > said + _SAME) & (weighed[:, None] <= weighed + _SAME)
    strong, weak = np.nonzero(violated)
    gaps = np.round(weighed[weak] - weighed[strong], 9)
    chosen = np.argsort(-gaps, kind="stable")[:most]
    return tuple(
        IntensityViolation(
            strong=(names[i[s]], names[j[s]]),
            weak=(names[i[w]], names[j[w]]),
            strong_judgement=float(np.exp(said[s])),
            weak_judgement=float(np.exp(said[w])),
            strong_ratio=float(np.exp(weighed[s])),
            weak_ratio=float(np.exp(weighed[w])),
        )
        for s, w in zip(strong[chosen], weak[chosen], strict=True)
    )


@dataclass(frozen=True)
class Contradiction:
    """Three answers that go round in a circle: first over second, second over third, third over first.

    Attributes
    ----------
    items : tuple of three labels
        Starts with the smallest label; read round the circle.
    judgements : tuple of three floats
        first over second, second over third, third over first; at most one of them is 1 (equal).
    """

    items: tuple[Any, Any, Any]
    judgements: tuple[float, float, float]


def contradictions(matrix: pd.DataFrame) -> tuple[Contradiction, ...]:
    """List the triads of answers that go round in a circle, strongest first.

    Three equal answers, or two equal and one preference, are not listed: people leave small differences out.

    Parameters
    ----------
    matrix : DataFrame
        Judgements, complete or not.

    References
    ----------
    Kendall & Babington Smith (1940), circular triads.

    Examples
    --------
    >>> labels = ["a", "b", "c"]
    >>> matrix = pd.DataFrame([[1, 2, 1/3], [1/2, 1, 4], [3, 1/4, 1]], labels, labels)
    >>> contradictions(matrix)[0].items, [round(j, 3) for j in contradictions(matrix)[0].judgements]
    (('a', 'b', 'c'), [2.0, 4.0, 3.0])
    """
    read = log_matrix(matrix)
    logs = np.where(np.abs(read.logs) < _SAME, 0.0, read.logs)
    errors, triples = triad_errors(logs)
    found = []
    for (i, j, k), error in zip(triples.tolist(), errors.tolist(), strict=True):
        # Forwards i > j > k > i, or the same circle backwards.
        a, b, c = (i, j, k) if error > 0 else (i, k, j)
        circle = np.array([logs[a, b], logs[b, c], logs[c, a]])
        if np.sum(circle > 0) >= 2 and (circle >= 0).all():
            names = tuple(read.names[place] for place in (a, b, c))
            found.append((float(circle.sum()), Contradiction(names, tuple(np.exp(circle).tolist()))))
    return tuple(one for _, one in sorted(found, key=lambda pair: -round(pair[0], 9)))


def preference_circle(matrix: pd.DataFrame, first: object, second: object) -> tuple[Any, ...]:
    """Find the shortest circle of preferences that the answer about one pair closes.

    For the alert while answering: with gaps a circle can be longer than a triad and no triad shows it.

    Parameters
    ----------
    matrix : DataFrame
        Judgements so far, including the answer just given.
    first, second : labels
        The pair just answered.

    Returns
    -------
    tuple of labels
        Each is preferred to the next and the last to the first; the pair just answered stands in front. Empty
        when the answer fits the others, is equal or is missing.

    Examples
    --------
    >>> labels = ["a", "b", "c"]
    >>> matrix = pd.DataFrame([[1, 2, 1/3], [1/2, 1, 4], [3, 1/4, 1]], labels, labels)
    >>> preference_circle(matrix, "c", "a")
    ('c', 'a', 'b')
    """
    read = log_matrix(matrix)
    names = read.names
    for label in (first, second):
        if label not in names:
            raise InvalidValue("unknown_label", label=label, known=names)
    over = np.nan_to_num(read.logs) > _SAME
    i, j = names.index(first), names.index(second)
    if over[j, i]:
        i, j = j, i
    path = _shortest_path(over, j, i) if over[i, j] else []
    return tuple(names[place] for place in ([i, *path[:-1]] if path else []))


def _shortest_path(over: NDArray[np.bool_], start: int, goal: int) -> list[int]:
    came_from: dict[int, int] = {start: start}
    queue = deque([start])
    while queue and goal not in came_from:
        here = queue.popleft()
        for there in np.flatnonzero(over[here]).tolist():
            if there not in came_from:
                came_from[there] = here
                queue.append(there)
    if goal not in came_from:
        return []
    path = [goal]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return path[::-1]
