"""Weights given directly: points of any size, or percentages that must add up."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.errors import InvalidValue


def direct_weights(points: pd.Series[float]) -> pd.Series[float]:
    """Turn points (integers, fractions, percentages) into weights that sum to one.

    Parameters
    ----------
    points : Series
        Points by criterion, not negative, no gaps, not all zero.

    Returns
    -------
    Series
        Weight by criterion, in the order given.

    Raises
    ------
    InvalidValue
        ``missing_points``, ``negative_points``, naming the criteria; ``weights_sum_to_zero``.

    Examples
    --------
    >>> direct_weights(pd.Series({"need": 5, "cost": 3, "land": 2})).to_dict()
    {'need': 0.5, 'cost': 0.3, 'land': 0.2}
    """
    total = _checked_total(points)
    return (points.astype(float) / total).rename("weight")


def percent_weights(percentages: pd.Series[float], tolerance: float = 0.05) -> pd.Series[float]:
    """Turn percentages into weights, refusing a sum other than 100.

    Parameters
    ----------
    percentages : Series
        Per cent by criterion.
    tolerance : float
        Percentage points by which rounded numbers may miss 100.

    Raises
    ------
    InvalidValue
        ``percent_not_hundred`` with the ``total``; otherwise as `direct_weights`.

    Examples
    --------
    >>> percent_weights(pd.Series({"need": 60, "cost": 40})).to_dict()
    {'need': 0.6, 'cost': 0.4}
    """
    total = _checked_total(percentages)
    if abs(total - 100) > tolerance:
        raise InvalidValue("percent_not_hundred", total=total)
    return direct_weights(percentages)


def _checked_total(points: pd.Series[float]) -> float:
    values = points.to_numpy(dtype=float)
    missing, negative = ~np.isfinite(values), values < 0
    if missing.any():
        raise InvalidValue("missing_points", criteria=tuple(points.index[missing]))
    if negative.any():
        raise InvalidValue("negative_points", criteria=tuple(points.index[negative]))
    # Summed from small to large, so that the order of the criteria cannot change a bit.
    total = float(np.sort(values).sum())
    if total <= 0:
        raise InvalidValue("weights_sum_to_zero", criteria=tuple(points.index))
    return total
