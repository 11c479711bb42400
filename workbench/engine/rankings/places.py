"""Places from scores, with ties as values."""

from __future__ import annotations

import numpy as np
import pandas as pd

TIE_TOLERANCE = 1e-9
"""Scores closer than this share of the largest one are the same score: weights are sums of floats."""


def competition_ranks(scores: pd.Series) -> pd.Series:
    """Rank scores, more is better, ties sharing the better place (1, 1, 3).

    Parameters
    ----------
    scores : Series by proposal
        NaN stays NaN: a proposal that nobody judged has no place.

    Returns
    -------
    Series by proposal
        Shared places; float because of NaN.

    Examples
    --------
    >>> competition_ranks(pd.Series({"a": 4.0, "b": 9.0, "c": 4.0, "d": float("nan")})).tolist()
    [2.0, 1.0, 2.0, nan]
    """
    values = scores.to_numpy(dtype="float64")
    known = np.flatnonzero(~np.isnan(values))
    ranks = np.full(len(values), np.nan)
    if len(known) == 0:
        return pd.Series(ranks, index=scores.index)
    order = known[np.argsort(-values[known], kind="stable")]
    falling = values[order]
    tolerance = TIE_TOLERANCE * max(float(np.abs(falling).max()), 1e-300)
    starts = np.r_[True, falling[:-1] - falling[1:] > tolerance]
    first = np.maximum.accumulate(np.where(starts, np.arange(len(order)), 0))
    ranks[order] = first + 1.0
    return pd.Series(ranks, index=scores.index)


def tie_groups(ranks: pd.Series) -> tuple[tuple[object, ...], ...]:
    """Give the order as groups of proposals that share a place, best first.

    Examples
    --------
    >>> tie_groups(pd.Series({"a": 2.0, "b": 1.0, "c": 2.0}))
    (('b',), ('a', 'c'))
    """
    known = ranks.dropna()
    return tuple(tuple(known.index[known == place]) for place in sorted(known.unique()))
