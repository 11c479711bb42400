"""From many cards to one value per cell: over those who answered, with their number beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import UnknownMethod

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]

CELLS_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class CellValues:
    """The value of every cell and how many people stand behind it.

    Attributes
    ----------
    values : DataFrame
        Proposal x criterion, in points; missing where nobody answered.
    answers : DataFrame
        Proposal x criterion: how many gave points. A blank cell of a card is not an answer.
    blanks : DataFrame
        Proposal x criterion: how many handed in the card with this cell left blank.
    sums : Series
        By proposal: the plain sum of all points given, as meetings add them up; missing where none was given.
    method : str
        Name of the method, for the minutes.
    """

    values: pd.DataFrame
    answers: pd.DataFrame
    blanks: pd.DataFrame
    sums: pd.Series
    method: str


TRIM = 0.1
"""Share of the answers that a trimmed mean takes out at either end; a part of an answer counts in part."""


def kept_of(below: Floats, weight: Floats, total: Floats) -> Floats:
    """Return how much of each answer a trimmed mean keeps, from where it stands among all of its cell.

    Cutting parts of answers instead of whole ones makes the mean of a cell the same when everybody in the
    room is doubled, and leaves one or two answers as they are.

    Parameters
    ----------
    below, weight : array
        Weight of the answers before this one in the order of points, and its own.
    total : array
        Weight of all answers of the cell.

    Examples
    --------
    >>> kept_of(np.arange(5.0), np.ones(5), np.full(5, 5.0)).tolist()
    [0.5, 1.0, 1.0, 1.0, 0.5]
    """
    cut = TRIM * total
    kept: Floats = np.clip(np.minimum(below + weight, total - cut) - np.maximum(below, cut), 0.0, None)
    return kept


def _trimmed_mean(groups: pd.api.typing.SeriesGroupBy[Any, Any]) -> pd.Series:
    """Take the trimmed mean of every cell; the points of a cell stand in the order of their size."""
    points, total = groups.obj, np.asarray(groups.transform("count"), dtype=np.float64)
    place = np.asarray(groups.cumcount(), dtype=np.float64)
    kept = np.where(points.notna(), kept_of(place, np.ones(len(place)), total), 0.0)
    cell = groups.ngroup().to_numpy()
    weights = np.bincount(cell, kept) if len(cell) else np.zeros(0)
    sums = np.bincount(cell, kept * points.fillna(0.0)) if len(cell) else np.zeros(0)
    values = np.divide(sums, weights, out=np.full(len(sums), np.nan), where=weights > 0)
    return pd.Series(values, index=groups.count().index)


AGGREGATIONS: Mapping[str, Callable[[pd.api.typing.SeriesGroupBy[Any, Any]], pd.Series]] = MappingProxyType(
    {
        "mean": lambda groups: groups.mean(),
        "median": lambda groups: groups.median(),
        "trimmed_mean": _trimmed_mean,
    }
)
"""How the points of one cell become one value, by name; they stand in the order of their size."""


def aggregate_cells(
    ballots: pd.DataFrame, proposals: pd.Index, criteria: pd.Index, method: str = "mean"
) -> CellValues:
    """Aggregate the points of one round.

    Parameters
    ----------
    ballots : DataFrame
        One round: columns participant, proposal, criterion, points (missing = left blank, never zero).
    proposals, criteria : Index
        Labels of the result; ballots of others are a caller's error and raise nothing here.
    method : {"mean", "median", "trimmed_mean"}
        A name of `AGGREGATIONS`.

    Returns
    -------
    CellValues
        The order of the lines does not change a bit: points are summed in the order of their size.

    Raises
    ------
    UnknownMethod
        When `method` is not a name of `AGGREGATIONS`.

    Examples
    --------
    >>> cards = pd.DataFrame(
    ...     {"participant": ["1", "2"], "proposal": "road", "criterion": "urgency", "points": [4.0, 5.0]}
    ... )
    >>> aggregate_cells(cards, pd.Index(["road"]), pd.Index(["urgency"])).values.loc["road", "urgency"]
    np.float64(4.5)
    """
    if method not in AGGREGATIONS:
        raise UnknownMethod(method=method, known=tuple(AGGREGATIONS))
    # Floating sums depend on their order; cards arrive in any order.
    ordered = ballots.sort_values(["proposal", "criterion", "points"], kind="stable")
    cells = ordered.groupby(["proposal", "criterion"], sort=True)["points"]
    given = ordered.groupby("proposal", sort=True)["points"]
    answers, sizes = cells.count(), cells.size()
    return CellValues(
        values=_wide(AGGREGATIONS[method](cells), proposals, criteria).astype("float64"),
        answers=_wide(answers, proposals, criteria).fillna(0).astype("int64"),
        blanks=_wide(sizes - answers, proposals, criteria).fillna(0).astype("int64"),
        sums=given.sum(min_count=1).reindex(proposals).astype("float64").rename("points"),
        method=method,
    )


def _wide(cells: pd.Series, proposals: pd.Index, criteria: pd.Index) -> pd.DataFrame:
    # groupby made the pairs unique, so this only turns labels; pivot_table would aggregate a second time
    return cells.unstack("criterion").reindex(index=proposals, columns=criteria)  # noqa: PD010


def weighted_cells(points: Floats, weights: Floats, starts: Whole, method: str = "mean") -> Floats:
    """Aggregate cells under many weightings of the same answers.

    With equal weights every method gives what `aggregate_cells` gives; a whole weight counts an answer so
    many times.

    Parameters
    ----------
    points : array (answers,)
        Of one cell after another, in the order of their size within a cell.
    weights : array (rows, answers)
        Not negative; one weighting a row.
    starts : array (cells,)
        Where each cell begins; every cell has an answer.
    method : str
        A name of `WEIGHTED`.

    Returns
    -------
    array (rows, cells)
        Missing where nothing in a cell has any weight.

    Raises
    ------
    UnknownMethod
        When `method` is not a name of `WEIGHTED`.

    Examples
    --------
    >>> voices = np.array([[1.0, 1.0, 1.0], [0.0, 1.0, 1.0]])
    >>> weighted_cells(np.array([1.0, 2.0, 5.0]), voices, np.array([0]), "median").tolist()
    [[2.0], [3.5]]
    """
    if method not in WEIGHTED:
        raise UnknownMethod(method=method, known=tuple(WEIGHTED))
    rows = max(1, CELLS_AT_ONCE // max(1, len(points)))
    parts = [
        WEIGHTED[method](points, weights[start : start + rows], starts)
        for start in range(0, len(weights), rows)
    ]
    return np.concatenate(parts) if parts else np.zeros((0, len(starts)))


def _weighted_mean(points: Floats, weights: Floats, starts: Whole) -> Floats:
    total = np.add.reduceat(weights, starts, axis=1)
    sums = np.add.reduceat(weights * points, starts, axis=1)
    return np.divide(sums, total, out=np.full_like(sums, np.nan), where=total > 0)


def _standing(weights: Floats, starts: Whole) -> tuple[Floats, Floats]:
    """Return the weight before each answer in its cell, and that of its whole cell."""
    sizes = np.diff(starts, append=weights.shape[1])
    through = np.cumsum(weights, axis=1)
    before_cell = np.repeat(through[:, starts] - weights[:, starts], sizes, axis=1)
    total = np.repeat(np.add.reduceat(weights, starts, axis=1), sizes, axis=1)
    return through - weights - before_cell, total


def _weighted_median(points: Floats, weights: Floats, starts: Whole) -> Floats:
    below, total = _standing(weights, starts)
    through, half = below + weights, total / 2
    # Weights such as 1/3 add up to one half but for the computer's rounding.
    slack = 1e-12 * total
    low = np.minimum.reduceat(np.where(through >= half - slack, points, np.inf), starts, axis=1)
    high = np.minimum.reduceat(np.where(through > half + slack, points, np.inf), starts, axis=1)
    return np.where(total[:, starts] > 0, (low + high) / 2, np.nan)


def _weighted_trimmed_mean(points: Floats, weights: Floats, starts: Whole) -> Floats:
    below, total = _standing(weights, starts)
    return _weighted_mean(points, kept_of(below, weights, total), starts)


WEIGHTED: Mapping[str, Callable[[Floats, Floats, Whole], Floats]] = MappingProxyType(
    {"mean": _weighted_mean, "median": _weighted_median, "trimmed_mean": _weighted_trimmed_mean}
)
"""Weighted twins of `AGGREGATIONS`."""
