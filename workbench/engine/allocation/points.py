"""Scores as whole points, so that totals compare exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.engine.allocation.money import label_key, refuse_duplicates
from workbench.errors import InvalidValue, same_labels

SIGNIFICANT_DIGITS = 7
"""Digits of the largest score that are kept when scores are not short decimals."""
_HALF = 1e-6
"""A product of `SIGNIFICANT_DIGITS` digits is off by far less than this."""


@dataclass(frozen=True)
class Points:
    """Scores in whole units.

    Attributes
    ----------
    units : array of int64
        In the order of the proposals that were given.
    unit : Fraction
        What one unit is worth in the scale of the scores, a power of ten.
    exact : bool
        Whether every score is a whole number of units; otherwise it was rounded to the nearest.
    """

    units: npt.NDArray[np.int64]
    unit: Fraction
    exact: bool

    def total(self, chosen: npt.NDArray[np.bool_]) -> int:
        """Return the sum of the chosen units as a Python integer."""
        return int(self.units[chosen].sum())

    def score(self, units: int) -> float:
        """Return units in the scale of the scores."""
        return float(units * self.unit)


def whole_points(scores: pd.Series) -> Points:
    """Turn scores into whole units of a power of ten.

    Decimals of up to six places are kept exactly; longer ones are rounded so that the largest score has
    `SIGNIFICANT_DIGITS` digits.

    Parameters
    ----------
    scores : Series of float by proposal
        More is better; no missing values.

    Returns
    -------
    Points

    Raises
    ------
    InvalidValue
        ``score_missing`` names proposals without a finite score; ``duplicate_proposal``.

    Examples
    --------
    >>> whole_points(pd.Series({"a": 79.25, "b": 4.5})).units.tolist()
    [7925, 450]
    """
    refuse_duplicates("scores", scores.index)
    values = np.asarray(scores.astype("Float64").to_numpy(dtype=float, na_value=np.nan), dtype=np.float64)
    missing = ~np.isfinite(values)
    if missing.any():
        raise InvalidValue("score_missing", proposals=tuple(scores.index[missing].tolist()))
    largest = float(np.abs(values).max(initial=0.0))
    for places in range(7):
        units = np.rint(values * 10.0**places)
        if largest * 10.0**places < 1e9 and bool(np.all(units / 10.0**places == values)):
            return Points(units.astype(np.int64), Fraction(1, 10**places), exact=True)
    places = SIGNIFICANT_DIGITS - 1 - int(np.floor(np.log10(largest)))
    return Points(_rounded(values, places), Fraction(10) ** -places, exact=False)


def _rounded(values: npt.NDArray[np.float64], places: int) -> npt.NDArray[np.int64]:
    """Round at decimal places; what floating point cannot tell from a half is rounded as a fraction."""
    about = values * 10.0**places
    units = np.rint(about)
    for at in np.flatnonzero(np.abs(np.abs(about - units) - 0.5) < _HALF):
        units[at] = round(Fraction(float(values[at])) * Fraction(10) ** places)
    return np.asarray(units.astype(np.int64))


def tie_order(tie_key: pd.Series | None, labels: pd.Index) -> tuple[npt.NDArray[np.int64], bool]:
    """Return the place of every proposal in the public tie order, and whether a key was given.

    Parameters
    ----------
    tie_key : Series of int by proposal, or None
        A public order without ties, for example a drawn lot: the smaller wins. None: the order of the labels.
    labels : Index
        The proposals.

    Returns
    -------
    array of int64, bool
        Places 0, 1, 2, ... in the order of `labels`.

    Raises
    ------
    LabelMismatch
        When the key is about other proposals.
    InvalidValue
        ``tie_key_ties`` when two proposals share a key, ``tie_key_missing``.

    Examples
    --------
    >>> tie_order(pd.Series({"a": 12, "b": 7}), pd.Index(["a", "b"]))[0].tolist()
    [1, 0]
    """
    if tie_key is None:
        held = labels.tolist()
        by_label = sorted(range(len(labels)), key=lambda place: label_key(held[place]))
        return np.argsort(np.array(by_label, dtype=np.int64)), False
    refuse_duplicates("tie_key", tie_key.index)
    same_labels("tie_key", labels, tie_key.index)
    aligned = tie_key.reindex(labels)
    if aligned.isna().any():
        raise InvalidValue("tie_key_missing", proposals=tuple(labels[aligned.isna()].tolist()))
    if not aligned.is_unique:
        shared = labels[aligned.duplicated(keep=False)]
        raise InvalidValue("tie_key_ties", proposals=tuple(sorted(shared.tolist(), key=label_key)))
    return np.argsort(np.argsort(aligned.to_numpy(), kind="stable"), kind="stable").astype(np.int64), True
