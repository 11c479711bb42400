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
