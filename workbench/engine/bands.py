"""Which band a score falls into: thresholds belong to their band, and a computer's rounding moves nobody."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

TINY = 1e-9
"""Scores are computed in floating point: this near to a threshold they stand on it."""


def band_of(scores: pd.Series, lower: pd.Series, decimals: int | None = None) -> pd.Series:
    """Return the band of each score: the one with the highest threshold that the score reaches.

    Parameters
    ----------
    scores : Series
        Score by proposal; missing where there is none.
    lower : Series
        Least score by band, in any order; it belongs to its band.
    decimals : int, optional
        Decimals that a score is rounded to (half up, as people round) before it is placed.

    Returns
    -------
    Series of str
        Band by proposal; empty text without a score, and below the lowest threshold.

    Examples
    --------
    >>> lower = pd.Series({"P1": 80.0, "P2": 65.0, "P3": 50.0, "P4": 0.0})
    >>> band_of(pd.Series({"road": 80.0, "well": 60.0}), lower).to_dict()
    {'road': 'P1', 'well': 'P3'}
    """
    ordered = lower.sort_values(ascending=False)
    placed = scores.astype("float64").map(lambda score: _rounded(score, decimals)).to_numpy(dtype="float64")
    bands = np.full(len(scores), "", dtype=object)
    for name, threshold in ordered.items():
        reached = (bands == "") & (placed >= float(threshold) - TINY)
        bands[reached] = str(name)
    return pd.Series(bands, index=scores.index, dtype="str")


def _rounded(score: float, decimals: int | None) -> float:
    if decimals is None or math.isnan(score):
        return score
    factor = 10.0**decimals
    return math.floor(score * factor + 0.5 + TINY) / factor
