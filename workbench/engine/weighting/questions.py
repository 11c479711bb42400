"""Which question to ask next, and whether asking can still change anything."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.weighting.least_squares import covariance_of, refuse_disconnected
from workbench.errors import InvalidValue, same_labels

FloatArray = NDArray[np.float64]

_NODES, _NODE_WEIGHTS = np.polynomial.hermite_e.hermegauss(31)


@dataclass(frozen=True)
class NextQuestion:
    """The pair whose answer is expected to settle the first k most.

    Attributes
    ----------
    first, second : labels
    risk : float
        Now: sum over the pairs across the cut of the probability that their order is wrong.
    expected_risk : float
        The same after the answer, averaged over what the answer may be.
    """

    first: Any
    second: Any
    risk: float
    expected_risk: float


def next_question(
    log_weights: pd.Series[float],
    covariance: pd.DataFrame,
    pairs: Iterable[tuple[Any, Any]],
    k: int,
    variance: float,
) -> NextQuestion:
    """Choose the pair that most reduces the chance that the first k criteria are the wrong ones.

    Parameters
    ----------
    log_weights, covariance : Series, DataFrame
        From `combine_evidence`.
    pairs : iterable of pairs of labels
        The questions that may be asked.
    k : int
        Size of the first group; 1 to one less than the criteria.
    variance : float
        Of one log answer.

    Returns
    -------
    NextQuestion
        Of equal pairs the first in sorted order.

    Raises
    ------
    InvalidValue
        ``cut_outside``, ``no_question_left``, ``variance_not_positive``.

    Notes
    -----
    An answer with variance v about d = e_a - e_b turns the covariance C into C - C d d'C / (v + d'C d) and
    moves the mean accordingly; the expectation over the answer is taken by Gauss-Hermite quadrature.
    """
    names = sorted(log_weights.index, key=str)
    same_labels("covariance", names, covariance.index)
    if not 1 <= k < len(names):
        raise InvalidValue("cut_outside", k=k, criteria=len(names))
    if not 0 < variance < math.inf:
        raise InvalidValue("variance_not_positive", variance=variance)
    asked = sorted({(str(a), str(b)): (a, b) for a, b in (sorted(p, key=str) for p in pairs)}.items())
    if not asked:
        raise InvalidValue("no_question_left")
    means = np.asarray(log_weights[names], dtype=np.float64)
    spread = covariance.loc[names, names].to_numpy()
    gaps, crossing = _across(means, k)
    variances = np.einsum("ci,ij,cj->c", crossing, spread, crossing)
    risk = float(_wrong(gaps, variances).sum())
    expected = [
        _expected_risk(gaps, variances, crossing, spread, _direction(names, pair), variance)
        for _, pair in asked
    ]
    best = int(np.argmin(np.round(expected, 12)))
    first, second = asked[best][1]
    return NextQuestion(first, second, risk, expected[best])


def _across(means: FloatArray, k: int) -> tuple[FloatArray, FloatArray]:
    order = np.argsort(-means, kind="stable")
    unit = np.eye(len(means))
    crossing = (unit[order[:k], None, :] - unit[None, order[k:], :]).reshape(-1, len(means))
    return crossing @ means, crossing


def _direction(names: list[Any], pair: tuple[Any, Any]) -> FloatArray:
    direction = np.zeros(len(names))
    direction[names.index(pair[0])], direction[names.index(pair[1])] = 1.0, -1.0
    return direction


def _wrong(gaps: FloatArray, variances: FloatArray) -> FloatArray:
    from scipy.special import ndtr

    with np.errstate(divide="ignore", invalid="ignore"):
        standardised = np.abs(gaps) / np.sqrt(np.maximum(variances, 0.0))
    # No variance and no gap: a tie, either order as likely.
    return np.asarray(ndtr(-np.nan_to_num(standardised, nan=0.0, posinf=np.inf)))


def _expected_risk(
    gaps: FloatArray,
    variances: FloatArray,
    crossing: FloatArray,
    spread: FloatArray,
    direction: FloatArray,
    variance: float,
) -> float:
    image = spread @ direction
    learnt = (crossing @ image) ** 2 / (variance + direction @ image)
    left = np.maximum(variances - learnt, 0.0)
    moved = gaps[:, None] + np.sqrt(learnt)[:, None] * _NODES
    risks = _wrong(moved, np.broadcast_to(left[:, None], moved.shape))
    return float((risks @ _NODE_WEIGHTS).sum() / _NODE_WEIGHTS.sum())


@dataclass(frozen=True)
class StopRule:
    """Whether any remaining answer can still change which criteria are the first k.

    Attributes
    ----------
    settled : bool
        True exactly when no answers within the scale to all remaining pairs change the first k.
    first : tuple of labels
        The first k if every remaining answer were "equal", heaviest first.
    margins : DataFrame
        The first k by the others: the smallest log ratio the remaining answers can bring about; settled when
        all are above zero.
    """

    settled: bool
    first: tuple[Any, ...]
    margins: pd.DataFrame


def may_stop(
    judgements: pd.DataFrame, remaining: pd.DataFrame, criteria: Iterable[Any], k: int, limit: float = 9.0
) -> StopRule:
    """Decide exactly whether the remaining answers can still change the first k criteria.

    The log weights of least squares are linear in the answers, so over all answers between 1/limit and limit
    the smallest difference of two log weights is the fixed part less log(limit) times the sum of the absolute
    coefficients. One pair across the cut that can be turned is enough to change the first k, so the rule is
    exact, not cautious.

    Parameters
    ----------
    judgements : DataFrame
        Answers so far: columns ``first``, ``second``, ``value``, optionally ``precision`` (default 1).
    remaining : DataFrame
        Questions that will still be answered: ``first``, ``second``, optionally ``precision``.
    criteria : iterable
    k : int
        Size of the first group.
    limit : float
        Largest value of the scale.

    Raises
    ------
    InvalidValue
        ``cut_outside``, ``judgement_not_positive``.
    DisconnectedJudgements
        Even with the remaining answers the criteria are not all linked.

    Examples
    --------
    >>> answers = pd.DataFrame({"first": ["a", "a"], "second": ["b", "c"], "value": [9.0, 9.0]})
    >>> left = pd.DataFrame({"first": ["b"], "second": ["c"]})
    >>> may_stop(answers, left, ["a", "b", "c"], k=1).settled
    True
    """
    names = sorted(criteria, key=str)
    if not 1 <= k < len(names):
        raise InvalidValue("cut_outside", k=k, criteria=len(names))
    values = judgements["value"].to_numpy(dtype=float)
    if not ((values > 0) & np.isfinite(values)).all():
        raise InvalidValue("judgement_not_positive")
    known, open_ = _incidence(names, judgements), _incidence(names, remaining)
    given, coming = _precisions(judgements), _precisions(remaining)
    solve = _solver(names, known, open_, given, coming)
    fixed = solve @ (known.T @ (given * np.log(values)))
    reach = math.log(limit) * coming[:, None] * (open_ @ solve)
    order = np.argsort(-np.round(fixed, 12), kind="stable")
    top, rest = order[:k], order[k:]
    swing = np.abs(reach[:, top][:, :, None] - reach[:, rest][:, None, :]).sum(axis=0)
    margins = fixed[top][:, None] - fixed[rest][None, :] - swing
    labels = [names[place] for place in top], [names[place] for place in rest]
    settled = bool((margins > 1e-12).all())
    return StopRule(settled, tuple(labels[0]), pd.DataFrame(margins, index=labels[0], columns=labels[1]))


def _incidence(names: list[Any], rows: pd.DataFrame) -> FloatArray:
    place = pd.Index(names)
    matrix = np.zeros((len(rows), len(names)))
    for column, sign in (("first", 1.0), ("second", -1.0)):
        positions = place.get_indexer(rows[column])
        if (positions < 0).any():
            raise InvalidValue("unknown_label", label=tuple(rows[column][positions < 0]), known=tuple(names))
        matrix[np.arange(len(rows)), positions] += sign
    return matrix


def _precisions(rows: pd.DataFrame) -> FloatArray:
    return rows["precision"].to_numpy(dtype=float) if "precision" in rows.columns else np.ones(len(rows))


def _solver(
    names: list[Any], known: FloatArray, open_: FloatArray, given: FloatArray, coming: FloatArray
) -> FloatArray:
    rows = np.vstack([known, open_])
    matrix = rows.T @ (np.concatenate([given, coming])[:, None] * rows)
    refuse_disconnected(matrix, tuple(names))
    return covariance_of(matrix)
