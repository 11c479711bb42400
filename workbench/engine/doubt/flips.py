"""Flip certificates: the smallest change in one weight or one value that changes the top of the list."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.doubt.inputs import SLACK, Utilities, complete_utilities, positive_count, shares_of
from workbench.engine.doubt.stability import top_members, weight_stability


@dataclass(frozen=True)
class WeightFlip:
    """A weight which, moved to `at`, ties the two proposals; moved further, they change places.

    Attributes
    ----------
    criterion : Hashable
    weight, at, change : float
        Present share, share at the tie, and the difference; the other weights keep their proportions.
    leaves, enters : Hashable
        Who falls out of the top, and who passes.
    """

    criterion: Hashable
    weight: float
    at: float
    change: float
    leaves: Hashable
    enters: Hashable


@dataclass(frozen=True)
class ValueFlip:
    """One value which, moved to `at`, ties its proposal with a rival; moved further, they change places.

    Attributes
    ----------
    proposal, criterion : Hashable
        The cell that moves.
    utility, at, change : float
        Present utility, utility at the tie, and the difference, all on 0..1.
    leaves, enters : Hashable
        Who falls out of the top, and who passes.
    """

    proposal: Hashable
    criterion: Hashable
    utility: float
    at: float
    change: float
    leaves: Hashable
    enters: Hashable


def weight_flips(utilities: pd.DataFrame, weights: pd.Series, k: int = 1) -> tuple[WeightFlip, ...]:
    """List the changes of single weights that change the top k, the smallest first.

    Parameters
    ----------
    utilities, weights, k
        As `workbench.engine.doubt.stability.weight_stability`.

    Returns
    -------
    tuple of WeightFlip
        At most one downward and one upward for each criterion; the first is the certificate. Empty: no change
        of one weight changes the top.

    Raises
    ------
    LabelMismatch, InvalidValue
        As `weight_stability`.

    References
    ----------
    Mareschal, B. (1988). Weight stability intervals in multicriteria decision aid. EJOR 33(1), 54-64.

    Examples
    --------
    >>> utilities = pd.DataFrame({"urgency": [1.0, 0.0], "benefit": [0.25, 1.0]}, index=["road", "well"])
    >>> flip = weight_flips(utilities, pd.Series({"urgency": 0.7, "benefit": 0.3}))[0]
    >>> flip.criterion, round(flip.at, 4), flip.enters
    ('benefit', 0.5714, 'well')
    """
    intervals = weight_stability(utilities, weights, k).intervals
    flips = [
        WeightFlip(
            criterion=criterion,
            weight=row["weight"],
            at=row[end],
            change=row[end] - row["weight"],
            leaves=row[f"{end}_leaves"],
            enters=row[f"{end}_enters"],
        )
        for criterion, row in intervals.iterrows()
        for end in ("lower", "upper")
        if row[f"{end}_enters"] is not None
    ]
    return tuple(
        sorted(flips, key=lambda flip: (round(abs(flip.change), 12), str(flip.criterion), flip.change))
    )


def value_flips(utilities: pd.DataFrame, weights: pd.Series, k: int = 1) -> tuple[ValueFlip, ...]:
    """List the changes of single values that change the top k, the smallest first.

    A proposal outside must reach the weakest member of the top, or a member must fall to the strongest
    outside; only changes that stay within 0..1 count.

    Parameters
    ----------
    utilities, weights, k
        As `workbench.engine.doubt.stability.weight_stability`.

    Returns
    -------
    tuple of ValueFlip
        At most one for each cell; the first is the certificate. Empty: no single value changes the top.

    Raises
    ------
    LabelMismatch, InvalidValue
        As `weight_stability`.

    Examples
    --------
    >>> utilities = pd.DataFrame({"urgency": [1.0, 0.5], "benefit": [0.5, 0.75]}, index=["road", "well"])
    >>> flip = value_flips(utilities, pd.Series({"urgency": 1, "benefit": 1}))[0]
    >>> flip.proposal, flip.criterion, flip.change
    ('road', 'benefit', -0.25)
    """
    positive_count("k", k)
    table = complete_utilities(utilities)
    shares = shares_of(weights, table.criteria)
    scores = table.cells @ shares
    inside = top_members(scores, k)
    if inside.all():
        return ()
    weakest = _first_extreme(scores, inside, -1)
    strongest = _first_extreme(scores, ~inside, 1)
    needed = np.where(inside, scores[strongest], scores[weakest]) - scores
    flips = _cells_that_flip(table, shares, needed, inside, (weakest, strongest))
    return tuple(
        sorted(flips, key=lambda flip: (round(abs(flip.change), 12), str(flip.proposal), str(flip.criterion)))
    )


def _first_extreme(scores: NDArray[np.float64], among: NDArray[np.bool_], sign: int) -> int:
    # The first in label order of those that share the highest (or lowest) score.
    signed = np.where(among, sign * scores, -np.inf)
    return int(np.flatnonzero(signed >= signed.max() - SLACK)[0])


def _cells_that_flip(
    table: Utilities,
    shares: NDArray[np.float64],
    needed: NDArray[np.float64],
    inside: NDArray[np.bool_],
    borders: tuple[int, int],
) -> list[ValueFlip]:
    weakest, strongest = borders
    with np.errstate(divide="ignore", invalid="ignore"):
        change = needed[:, np.newaxis] / shares
    at = table.cells + change
    possible = np.isfinite(change) & (at >= -SLACK) & (at <= 1 + SLACK)
    return [
        ValueFlip(
            proposal=table.proposals[row],
            criterion=table.criteria[column],
            utility=float(table.cells[row, column]),
            at=float(np.clip(at[row, column], 0.0, 1.0)),
            change=float(change[row, column]),
            leaves=table.proposals[row if inside[row] else weakest],
            enters=table.proposals[strongest if inside[row] else row],
        )
        for row, column in np.argwhere(possible).tolist()
    ]
