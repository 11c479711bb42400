"""Every way of answering as log ratios with a precision each, for one least squares.

Beans, ranks, best-worst and 1-9 answers of one room become rows of one frame: participant, kind, first,
second, log_ratio, precision (one over the variance). A set of scores with a free scale, such as beans, is
exactly the complete graph of its pairs with precision d_i d_j / sum(d), where d is the precision of each log
score.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from workbench.engine.weighting.ordinal import rank_order_weights
from workbench.errors import InvalidValue, same_labels

COLUMNS = ("participant", "kind", "first", "second", "log_ratio", "precision")

VARIANCES: Mapping[str, float] = MappingProxyType({"judgement": 0.16, "best_worst": 0.16, "rank": 0.5})
"""Variance of one log answer by kind, unless the caller knows better.

0.16 is a person who is off by a factor of 1.5 in two of three answers; an order says less than a number. They
are assumptions: `combine_evidence` returns what the room's own answers say (``observed_variance``). Beans
need none, their variance is that of the count.
"""


def judgement_evidence(
    participant: object, judgements: pd.DataFrame, variance: float = VARIANCES["judgement"]
) -> pd.DataFrame:
    """Turn 1-9 answers into evidence.

    Parameters
    ----------
    participant : label
    judgements : DataFrame
        Columns ``first``, ``second``, ``value``; NaN means "don't know" and adds nothing.
    variance : float
        Of one log answer.

    Examples
    --------
    >>> answers = pd.DataFrame({"first": ["need"], "second": ["cost"], "value": [4.0]})
    >>> judgement_evidence("Siti", answers)["precision"].tolist()
    [6.25]
    """
    answered = judgements[judgements["value"].notna()]
    values = answered["value"].to_numpy(dtype=float)
    if not (np.isfinite(values) & (values > 0)).all():
        raise InvalidValue("judgement_not_positive", participant=participant)
    rows = [
        (participant, "judgement", first, second, math.log(value), _precision(variance))
        for first, second, value in zip(answered["first"], answered["second"], values, strict=True)
    ]
    return _frame(rows)


def points_evidence(
    participant: object, points: pd.Series[float], overdispersion: float = 1.0
) -> pd.DataFrame:
    """Turn counted beans (or other points that are shared out) into evidence.

    A count c has log c with variance 1 / c; half a bean is added to every heap, so that an empty heap, which
    is an answer, stays finite (Haldane 1956). NaN is no answer.

    Parameters
    ----------
    participant : label
    points : Series
        Beans by criterion, not negative; at least two answered.
    overdispersion : float
        By how much the variance exceeds that of counting.

    Examples
    --------
    >>> points_evidence("Siti", pd.Series({"need": 7, "cost": 3})).loc[0, "precision"].round(4)
    np.float64(2.3864)
    """
    given = points.dropna().astype(float)
    if (given < 0).any():
        raise InvalidValue("negative_points", participant=participant, criteria=tuple(given.index[given < 0]))
    heaps = given + 0.5
    return _block(participant, "points", heaps, heaps / overdispersion)


def rank_evidence(
    participant: object, ranks: pd.Series[float], variance: float = VARIANCES["rank"]
) -> pd.DataFrame:
    """Turn an order of criteria into evidence by its rank-order centroids.

    Parameters
    ----------
    participant : label
    ranks : Series
        Rank by criterion, 1 the most important, ties allowed; NaN is not ranked and adds nothing.
    variance : float
        Of one log centroid.
    """
    given = ranks.dropna()
    if given.empty:
        return _frame([])
    centroids = rank_order_weights(given)
    return _block(participant, "rank", centroids, pd.Series(_precision(variance), index=given.index))


def best_worst_evidence(
    participant: object,
    best_to_others: pd.Series[float],
    others_to_worst: pd.Series[float],
    variance: float = VARIANCES["best_worst"],
) -> pd.DataFrame:
    """Turn best-worst answers into evidence: a star from the best and a star to the worst.

    Parameters
    ----------
    participant : label
    best_to_others, others_to_worst : Series
        As in `best_worst_weights`; the best and the worst carry 1 on their side. NaN adds nothing.
    variance : float
        Of one log answer. The best against the worst, asked once, counts once.
    """
    same_labels("best-worst answers", best_to_others.index, others_to_worst.index)
    best, worst = best_to_others.idxmin(), others_to_worst.idxmin()
    above = [(best, label, value) for label, value in best_to_others.items() if label != best]
    below = [(label, worst, value) for label, value in others_to_worst.items() if label not in (best, worst)]
    answers = pd.DataFrame([*above, *below], columns=["first", "second", "value"])
    return judgement_evidence(participant, answers, variance).assign(kind="best_worst")


def _block(
    participant: object, kind: str, sizes: pd.Series[float], precision: pd.Series[float]
) -> pd.DataFrame:
    names = sorted(sizes.index, key=str)
    total = float(precision[names].sum())
    rows = [
        (
            participant,
            kind,
            names[i],
            names[j],
            math.log(sizes[names[i]] / sizes[names[j]]),
            float(precision[names[i]] * precision[names[j]]) / total,
        )
        for i in range(len(names))
        for j in range(i + 1, len(names))
    ]
    return _frame(rows)


def _precision(variance: float) -> float:
    if not 0 < variance < math.inf:
        raise InvalidValue("variance_not_positive", variance=variance)
    return 1 / variance


def _frame(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"log_ratio": float, "precision": float})
