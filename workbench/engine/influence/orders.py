"""Comparing many orders with one another at once.

Works on arrays of scores (rows are orders, more is better); scores closer than a relative 1e-9 are equal, and
a missing score is equal to everything.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workbench.engine.influence.voices import Floats

TIE_TOLERANCE = 1e-9
PAIRS_AT_ONCE = 1_000_000


def distances_to(scores: Floats, reference: Floats) -> Floats:
    """Give the share of pairs on which each order differs from one order; a pair tied in one counts half.

    0 is the same order, 1 the reverse, and an order that ties everything is 1/2 from any strict one.

    Examples
    --------
    >>> distances_to(np.array([[3.0, 2.0, 1.0], [1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]), np.array([9.0, 5.0, 1.0]))
    array([0. , 1. , 0.5])
    """
    against = _pair_signs(reference[None, :])[0]
    if len(against) == 0:
        return np.zeros(len(scores))
    rows = max(1, PAIRS_AT_ONCE // len(against))
    differing = [
        np.abs(_pair_signs(scores[start : start + rows]) - against).sum(axis=1, dtype=np.int64)
        for start in range(0, len(scores), rows)
    ]
    distances: Floats = np.concatenate([*differing, np.zeros(0)]) / (2 * len(against))
    return distances


def places(scores: Floats) -> Floats:
    """Give shared places, 1 is best (1, 1, 3); a missing score has none.

    Examples
    --------
    >>> places(np.array([[5.0, 9.0, 5.0, np.nan]])).tolist()
    [[2.0, 1.0, 2.0, nan]]
    """
    tolerance = _tolerance(scores)[:, :, None]
    ahead = (scores[:, None, :] - scores[:, :, None] > tolerance).sum(axis=2)
    return np.where(np.isnan(scores), np.nan, 1.0 + ahead)


def _pair_signs(scores: Floats) -> NDArray[np.int8]:
    first, second = np.triu_indices(scores.shape[1], 1)
    lead = scores[:, first] - scores[:, second]
    tolerance = _tolerance(scores)
    ahead, behind = lead > tolerance, lead < -tolerance
    return ahead.astype(np.int8) - behind.astype(np.int8)


def _tolerance(scores: Floats) -> Floats:
    tolerance: Floats = TIE_TOLERANCE * np.abs(np.nan_to_num(scores)).max(axis=1, keepdims=True, initial=0.0)
    return tolerance
