"""Weights from the best and the worst criterion compared with all others."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import InvalidValue, NoFeasiblePlan, same_labels


@dataclass(frozen=True, eq=False)
class BestWorstWeights:
    """Weights of the linear best-worst method.

    Attributes
    ----------
    weights : Series
        Weight by criterion, summing to one.
    best, worst : labels
    deviation : float
        Largest |w_best - a_j w_j| or |w_j - b_j w_worst|; 0 when all answers fit.
    input_consistency : float
        Largest |a_j b_j - a_worst| / (a_worst^2 - a_worst) (Liang, Brunelli & Rezaei 2020); 0 fits.
    """

    weights: pd.Series[float]
    best: Any
    worst: Any
    deviation: float
    input_consistency: float


def best_worst_weights(
    best_to_others: pd.Series[float], others_to_worst: pd.Series[float]
) -> BestWorstWeights:
    """Weigh criteria by the linear best-worst method.

    Parameters
    ----------
    best_to_others : Series
        How many times the best is preferred to each criterion, at least 1; 1 for the best itself.
    others_to_worst : Series
        How many times each criterion is preferred to the worst, at least 1; 1 for the worst itself.

    Raises
    ------
    InvalidValue
        ``not_at_least_one``, naming the criteria; ``best_not_one`` when no criterion has 1 in both roles
        needed; ``best_worst_disagree`` when the best against the worst is not the same number both times.
    LabelMismatch
        The two sides name different criteria.

    References
    ----------
    Rezaei (2016), linear model.

    Examples
    --------
    >>> best = pd.Series({"need": 1.0, "cost": 2.0, "land": 4.0})
    >>> worst = pd.Series({"need": 4.0, "cost": 2.0, "land": 1.0})
    >>> best_worst_weights(best, worst).weights.round(4).to_dict()
    {'need': 0.5714, 'cost': 0.2857, 'land': 0.1429}
    """
    same_labels("best-worst answers", best_to_others.index, others_to_worst.index)
    labels = sorted(best_to_others.index, key=str)
    over = np.asarray(best_to_others[labels], dtype=np.float64)
    under = np.asarray(others_to_worst[labels], dtype=np.float64)
    best, worst = _ends(labels, over, under)
    values, deviation = _solve(over, under, best, worst)
    ratio = float(_gaps(over, under, over[worst]).max())
    weights = pd.Series(values, index=labels, name="weight")[list(best_to_others.index)]
    return BestWorstWeights(weights, labels[best], labels[worst], deviation, ratio)


def answer_gaps(
    best_to_others: pd.Series[float], others_to_worst: pd.Series[float], worst: Hashable
) -> pd.Series[float]:
    """Measure by criterion how far its two answers are from the best against the worst.

    Parameters
    ----------
    best_to_others, others_to_worst : Series
        As of `best_worst_weights`, as far as they are answered; missing: not yet.
    worst : label
        The worst criterion.

    Returns
    -------
    Series
        |a_j b_j - a_worst| / (a_worst^2 - a_worst), 0 where they fit; missing where one of the three is not
        answered. The largest is `BestWorstWeights.input_consistency`.

    Examples
    --------
    >>> over = pd.Series({"need": 1.0, "cost": 2.0, "land": 4.0})
    >>> under = pd.Series({"need": 4.0, "cost": 3.0, "land": 1.0})
    >>> answer_gaps(over, under, "land").round(4).to_dict()
    {'need': 0.0, 'cost': 0.1667, 'land': 0.0}
    """
    same_labels("best-worst answers", best_to_others.index, others_to_worst.index)
    labels = best_to_others.index
    over = np.asarray(best_to_others, dtype=np.float64)
    under = np.asarray(others_to_worst[labels], dtype=np.float64)
    gaps = _gaps(over, under, float(over[labels.get_loc(worst)]))
    return pd.Series(gaps, index=labels, name="gap")


def _gaps(over: NDArray[np.float64], under: NDArray[np.float64], widest: float) -> NDArray[np.float64]:
    difference = np.abs(over * under - widest)
    return difference / (widest**2 - widest) if widest > 1 else np.where(np.isnan(difference), np.nan, 0.0)


def _ends(labels: list[Any], over: NDArray[np.float64], under: NDArray[np.float64]) -> tuple[int, int]:
    low = ~(np.minimum(over, under) >= 1)
    if low.any():
        raise InvalidValue("not_at_least_one", criteria=tuple(np.array(labels, dtype=object)[low]))
    if over.min() != 1 or under.min() != 1:
        raise InvalidValue("best_not_one", best_to_others=over.min(), others_to_worst=under.min())
    # With several ones, the best is the one furthest above the worst, and the other way round.
    best = int(np.argmax(np.where(over == 1, under, -1.0)))
    worst = int(np.argmax(np.where(under == 1, over, -1.0)))
    if over[worst] != under[best]:
        raise InvalidValue("best_worst_disagree", best_to_worst=over[worst], worst_from_best=under[best])
    return best, worst


def _solve(
    over: NDArray[np.float64], under: NDArray[np.float64], best: int, worst: int
) -> tuple[NDArray[np.float64], float]:
    from scipy.optimize import linprog

    n = len(over)
    unit = np.eye(n)
    differences = np.vstack([unit[best] - over[:, None] * unit, unit - under[:, None] * unit[worst]])
    slack = -np.ones((2 * n, 1))
    bounds = np.vstack([np.hstack([differences, slack]), np.hstack([-differences, slack])])
    found = linprog(
        c=np.r_[np.zeros(n), 1.0],
        A_ub=bounds,
        b_ub=np.zeros(4 * n),
        A_eq=np.r_[np.ones(n), 0.0][None],
        b_eq=np.ones(1),
        method="highs",
    )
    if found.status != 0 or found.x is None:
        raise NoFeasiblePlan("best_worst_unsolved", status=int(found.status))
    weights = np.maximum(found.x[:n], 0.0)
    return np.asarray(weights / weights.sum()), max(float(found.x[n]), 0.0)
