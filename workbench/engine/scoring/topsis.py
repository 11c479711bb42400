"""TOPSIS: nearness to the best and distance from the worst of the proposals on the table.

A second opinion, never the default: its scales come from the proposals themselves, so adding or removing one
can reorder the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.scoring.decision import Decision, decision, ratio

NEITHER = 0.5
"""Closeness where best and worst coincide: all proposals are alike on every criterion that counts."""


@dataclass(frozen=True)
class Topsis:
    """Closeness of each proposal to the ideal with every step.

    Attributes
    ----------
    normalised, weighted : DataFrame
        Proposal x criterion.
    best, worst : Series
        Ideal and anti-ideal weighted value by criterion.
    distance_to_best, distance_to_worst : Series
        Euclidean distance by proposal.
    scores : Series
        Closeness by proposal, 0..1, higher is better.
    """

    normalised: pd.DataFrame
    weighted: pd.DataFrame
    best: pd.Series
    worst: pd.Series
    distance_to_best: pd.Series
    distance_to_worst: pd.Series
    scores: pd.Series


def topsis_vector(table: pd.DataFrame, weights: pd.Series, directions: pd.Series) -> Topsis:
    """Compute TOPSIS with the textbook's vector normalisation.

    A column of zeros or of one value cannot decide; where nothing decides, every closeness is 0.5.

    Parameters
    ----------
    table : DataFrame
        Proposal x criterion in each criterion's own unit, complete.
    weights, directions : Series
        Weight, and `Direction` or its text, by criterion.

    Returns
    -------
    Topsis

    Raises
    ------
    LabelMismatch, InvalidValue
        As `workbench.engine.scoring.decision.decision`.

    References
    ----------
    Hwang, C.-L., & Yoon, K. (1981). Multiple Attribute Decision Making. Springer.

    Examples
    --------
    >>> table = pd.DataFrame({"urgency": [3.0, 0.0], "benefit": [4.0, 0.0]}, index=["road", "well"])
    >>> directions = pd.Series({"urgency": "higher", "benefit": "higher"})
    >>> topsis_vector(table, pd.Series({"urgency": 1, "benefit": 1}), directions).scores.to_dict()
    {'road': 1.0, 'well': 0.0}
    """
    checked = decision(table, weights, directions)
    return _topsis(checked, vector_normalised(checked.cells), checked.higher)


def topsis_minmax(table: pd.DataFrame, weights: pd.Series, directions: pd.Series) -> Topsis:
    """Compute TOPSIS with linear (min-max) normalisation, the variant of Opricovic and Tzeng's comparison.

    Parameters
    ----------
    table, weights, directions
        As `topsis_vector`.

    Returns
    -------
    Topsis
        The normalised values all point up: 1 is best also for criteria where less is better.

    Raises
    ------
    LabelMismatch, InvalidValue
        As `workbench.engine.scoring.decision.decision`.

    References
    ----------
    Opricovic, S., & Tzeng, G.-H. (2004). Compromise solution by MCDM methods. EJOR 156, 445-455.

    Examples
    --------
    >>> table = pd.DataFrame({"risk": [1.0, 2.0, 5.0], "height": [3000, 3750, 4500]}, index=["a", "b", "c"])
    >>> directions = pd.Series({"risk": "lower", "height": "higher"})
    >>> topsis_minmax(table, pd.Series({"risk": 1, "height": 1}), directions).scores.round(3).to_dict()
    {'a': 0.5, 'b': 0.617, 'c': 0.5}
    """
    checked = decision(table, weights, directions)
    upward = np.ones_like(checked.higher)
    return _topsis(checked, minmax_normalised(checked.cells, checked.higher), upward)


def vector_normalised(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Divide each column of arrays (..., proposals, criteria) by its Euclidean length; zeros stay zeros."""
    # Dividing by the largest first keeps squares of whole rupiah, and of very small shares, in range.
    largest = np.abs(values).max(axis=-2, keepdims=True)
    scaled = ratio(values, largest, otherwise=0.0)
    length = np.sqrt((scaled**2).sum(axis=-2, keepdims=True))
    return ratio(scaled, length, otherwise=0.0)


def minmax_normalised(values: NDArray[np.float64], higher: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Stretch columns of arrays (..., proposals, criteria) over 0..1, 1 best; a constant one becomes 0."""
    low = values.min(axis=-2, keepdims=True)
    high = values.max(axis=-2, keepdims=True)
    gain = np.where(higher, values - low, high - values)
    return ratio(gain, high - low, otherwise=0.0)


def closeness(
    weighted: NDArray[np.float64], higher: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return distance to best, distance to worst and closeness, of arrays (..., proposals, criteria)."""
    best, worst = _ideals(weighted, higher)
    to_best = np.sqrt(((weighted - best) ** 2).sum(axis=-1))
    to_worst = np.sqrt(((weighted - worst) ** 2).sum(axis=-1))
    return to_best, to_worst, ratio(to_worst, to_best + to_worst, otherwise=NEITHER)


def topsis_vector_kernel(
    values: NDArray[np.float64], shares: NDArray[np.float64], higher: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return vector TOPSIS closeness (..., proposals) of plain arrays (..., proposals, criteria)."""
    return closeness(vector_normalised(values) * shares[..., np.newaxis, :], higher)[2]


def topsis_minmax_kernel(
    values: NDArray[np.float64], shares: NDArray[np.float64], higher: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return min-max TOPSIS closeness (..., proposals) of plain arrays (..., proposals, criteria)."""
    weighted = minmax_normalised(values, higher) * shares[..., np.newaxis, :]
    return closeness(weighted, np.ones_like(higher))[2]


def _ideals(
    weighted: NDArray[np.float64], higher: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    high = weighted.max(axis=-2, keepdims=True)
    low = weighted.min(axis=-2, keepdims=True)
    return np.where(higher, high, low), np.where(higher, low, high)


def _topsis(checked: Decision, normalised: NDArray[np.float64], higher: NDArray[np.bool_]) -> Topsis:
    weighted = normalised * checked.shares
    best, worst = _ideals(weighted, higher)
    to_best, to_worst, near = closeness(weighted, higher)
    return Topsis(
        normalised=checked.by_both(normalised),
        weighted=checked.by_both(weighted),
        best=checked.by_criterion(best[0], "best"),
        worst=checked.by_criterion(worst[0], "worst"),
        distance_to_best=checked.by_proposal(to_best, "distance_to_best"),
        distance_to_worst=checked.by_proposal(to_worst, "distance_to_worst"),
        scores=checked.by_proposal(near, "closeness"),
    )
