"""Weights from an order alone: rank-order centroids."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import InvalidValue


def rank_order_centroids(n: int) -> NDArray[np.float64]:
    """Return the centroid weights of the ranks 1 to n: the mean of all weights in that order.

    Parameters
    ----------
    n : int
        Number of criteria, at least 1.

    References
    ----------
    Barron & Barrett (1996): w_k = (1/n) sum over i = k..n of 1/i.

    Examples
    --------
    >>> rank_order_centroids(3).round(4).tolist()
    [0.6111, 0.2778, 0.1111]
    """
    if n < 1:
        raise InvalidValue("size_below_one", n=n)
    return np.asarray(np.cumsum(1 / np.arange(n, 0, -1))[::-1] / n)


def rank_order_weights(ranks: pd.Series[float]) -> pd.Series[float]:
    """Weigh criteria by their ranks; tied criteria share the centroids of the places they hold.

    Parameters
    ----------
    ranks : Series
        Rank by criterion, 1 the most important; equal numbers are a tie, gaps do not matter.

    Returns
    -------
    Series
        Weight by criterion, summing to one.

    Raises
    ------
    InvalidValue
        ``missing_rank``, naming the criteria; ``nothing_ranked``.

    Examples
    --------
    >>> rank_order_weights(pd.Series({"need": 1, "cost": 2, "land": 2})).round(4).to_dict()
    {'need': 0.6111, 'cost': 0.1944, 'land': 0.1944}
    """
    if ranks.empty:
        raise InvalidValue("nothing_ranked")
    if ranks.isna().any():
        raise InvalidValue("missing_rank", criteria=tuple(ranks.index[ranks.isna()]))
    centroids = pd.Series(rank_order_centroids(len(ranks)))
    places = ranks.rank(method="first").astype(int).to_numpy() - 1
    shared = centroids.iloc[places].groupby(ranks.to_numpy()).transform("mean")
    return pd.Series(shared.to_numpy(), index=ranks.index, name="weight")
