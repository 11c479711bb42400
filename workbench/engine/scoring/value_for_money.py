"""Needs against cost: score per rupiah, and whether cost is counted twice."""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.scoring.inputs import canonical, normalised_weights, numbers, unique_labels
from workbench.engine.scoring.ranking import Ranking, rank_with_ties
from workbench.errors import InvalidValue, LabelMismatch, same_labels

LARGEST_WHOLE_FLOAT = 2**53
"""Beyond this a float no longer holds every whole rupiah."""


@dataclass(frozen=True)
class ValuePerRupiah:
    """Score per rupiah of the proposals that have both.

    Attributes
    ----------
    per_rupiah : Series
        Score / cost by proposal, points per rupiah, in the order of the scores.
    ranking : Ranking
        Over the base-10 logarithms of `per_rupiah`, so that ties are relative; scores of 0 come last.
    unpriced, without_cost, unscored : tuple
        Proposals whose cost is not known, is zero, or that have no score, sorted; they are in no ranking
        here.
    """

    per_rupiah: pd.Series
    ranking: Ranking
    unpriced: tuple[Hashable, ...]
    without_cost: tuple[Hashable, ...]
    unscored: tuple[Hashable, ...]


@dataclass(frozen=True)
class CostCount:
    """Whether cost weighs in the score although a ceiling bounds it too.

    Attributes
    ----------
    cost_counted_twice : bool
    criteria : tuple
        Cost criteria of positive weight, sorted.
    weight : float
        Their share of the total weight.
    """

    cost_counted_twice: bool
    criteria: tuple[Hashable, ...]
    weight: float


def value_per_rupiah(scores: pd.Series, costs: pd.Series) -> ValuePerRupiah:
    """Divide scores by costs.

    Parameters
    ----------
    scores : Series
        Score by proposal, not negative; NaN means "not scored".
    costs : Series
        Cost by proposal in whole rupiah; missing means "no price yet".

    Returns
    -------
    ValuePerRupiah
        Proposals without price, and those that cost nothing, stand apart: neither is good or bad value.

    Raises
    ------
    LabelMismatch
        Scores and costs are not of the same proposals.
    InvalidValue
        ``costs_not_whole_rupiah`` (also negative) or ``scores_negative``, with the proposals.

    Examples
    --------
    >>> scores = pd.Series({"road": 80.0, "well": 60.0, "survey": 50.0})
    >>> result = value_per_rupiah(scores, pd.Series({"road": 200_000_000, "well": 50_000_000, "survey": 0}))
    >>> result.ranking.ranks.to_dict(), result.without_cost
    ({'road': 2, 'well': 1}, ('survey',))
    """
    unique_labels("scores", scores.index)
    unique_labels("costs", costs.index)
    same_labels("costs of the proposals", scores.index, costs.index)
    price = _whole_rupiah(costs.reindex(scores.index))
    points = numbers("scores", scores)
    if (points < 0).any():
        raise InvalidValue("scores_negative", proposals=_named(scores.index, points < 0))
    usable = (price > 0) & ~np.isnan(points)
    values = pd.Series(
        points[usable] / price[usable], index=scores.index[np.flatnonzero(usable)], name="value"
    )
    return ValuePerRupiah(
        per_rupiah=values,
        ranking=_ranking(values),
        unpriced=_named(scores.index, np.isnan(price)),
        without_cost=_named(scores.index, price == 0),
        unscored=_named(scores.index, np.isnan(points)),
    )


def cost_counted_twice(
    weights: pd.Series, cost_criteria: Collection[Hashable], *, under_a_ceiling: bool
) -> CostCount:
    """Tell whether cost lowers the score and is bounded by a ceiling as well.

    Parameters
    ----------
    weights : Series
        Weight by criterion.
    cost_criteria : collection of labels
        The criteria that measure cost.
    under_a_ceiling : bool
        Whether an allocation under a ceiling follows.

    Returns
    -------
    CostCount

    Raises
    ------
    LabelMismatch
        A cost criterion is not among the weights.
    InvalidValue
        As `workbench.engine.scoring.inputs.normalised_weights`.

    Examples
    --------
    >>> cost_counted_twice(pd.Series({"urgency": 3, "cost": 1}), ["cost"], under_a_ceiling=True)
    CostCount(cost_counted_twice=True, criteria=('cost',), weight=0.25)
    """
    unknown = set(cost_criteria) - set(weights.index)
    if unknown:
        raise LabelMismatch("cost criteria", (), unknown)
    shares = normalised_weights(weights)
    cost_shares = shares.iloc[np.flatnonzero(shares.index.isin(list(cost_criteria)) & (shares > 0))]
    return CostCount(
        cost_counted_twice=len(cost_shares) > 0 and under_a_ceiling,
        criteria=tuple(canonical(cost_shares.index)),
        weight=math.fsum(cost_shares),
    )


def _whole_rupiah(costs: pd.Series) -> NDArray[np.float64]:
    price = numbers("costs", costs)
    broken = ~np.isnan(price) & ~((price >= 0) & (price <= LARGEST_WHOLE_FLOAT) & (np.floor(price) == price))
    if broken.any():
        raise InvalidValue("costs_not_whole_rupiah", proposals=_named(costs.index, broken))
    return price


def _named(labels: pd.Index, chosen: NDArray[np.bool_]) -> tuple[Hashable, ...]:
    return tuple(canonical(labels[np.flatnonzero(chosen)]))


def _ranking(values: pd.Series) -> Ranking:
    plain = values.to_numpy()
    positive = plain[plain > 0]
    last = np.log10(positive.min()) - 1 if len(positive) else 0.0
    with np.errstate(divide="ignore"):
        logs = np.where(plain > 0, np.log10(plain), last)
    return rank_with_ties(pd.Series(logs, index=values.index, name="log10_value"), scale=1.0)
