"""Ballots as the cells that hold support, equal ballots merged."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.engine.allocation.points import whole_points
from workbench.errors import InvalidValue

Integers = npt.NDArray[np.int64]


def whole_ballots(ballots: pd.DataFrame) -> Integers:
    """Return ballots as whole points.

    Raises
    ------
    InvalidValue
        ``no_ballots``, ``points_missing``, ``points_negative``.

    Examples
    --------
    >>> whole_ballots(pd.DataFrame({"a": [0.5, 2]})).tolist()
    [[5], [20]]
    """
    if ballots.empty:
        raise InvalidValue("no_ballots", participants=len(ballots), proposals=ballots.shape[1])
    values = ballots.to_numpy()
    if values.dtype.kind not in "iub" and ballots.isna().to_numpy().any():
        blank = tuple(ballots.index[ballots.isna().any(axis=1)].tolist()[:10])
        raise InvalidValue("points_missing", participants=blank, remedy="decide what a blank means")
    if values.dtype.kind in "iub":
        points = values.astype(np.int64)
    else:
        points = whole_points(pd.Series(values.astype(float).ravel())).units.reshape(values.shape)
    if points.min() < 0:
        below = np.flatnonzero((points < 0).any(axis=1))
        raise InvalidValue("points_negative", participants=tuple(ballots.index[below].tolist()))
    return points


class Merged(NamedTuple):
    """Distinct ballots, and what is on them by proposal and then by ballot."""

    weights: Integers
    ballot_of: Integers
    place: Integers
    ballot: Integers
    points: Integers


def merged(points: Integers, place_of: Integers) -> Merged:
    """Merge equal ballots; points are by column and participant, and every column has a place.

    Distinct ballots are in the order of their bytes. Only cells with support are touched one by one.

    Examples
    --------
    >>> merged(np.array([[1, 0, 1], [0, 2, 0]]), np.array([0, 1])).weights.tolist()
    [1, 2]
    """
    columns, participants = points.shape
    cells = np.flatnonzero(points != 0)
    value = points.ravel()[cells]
    ends = np.searchsorted(cells, participants * np.arange(columns + 1))
    column = np.repeat(np.arange(columns), np.diff(ends))
    person = cells - column * participants
    place = place_of[column]
    largest = int(value.max(initial=0))
    by_person = np.zeros((participants, columns), dtype=np.uint8 if largest < 256 else np.int64)
    by_person[person, place] = value
    rows = np.packbits(by_person, axis=1) if largest <= 1 else by_person
    ballot_of, first = _numbered(rows)
    alone = np.zeros(participants, dtype=np.bool_)
    alone[first] = True
    kept = alone[person]
    merged = np.sort(place[kept] * first.size + ballot_of[person[kept]])
    place = np.repeat(np.arange(columns), np.bincount(place[kept], minlength=columns))
    ballot = merged - place * first.size
    return Merged(
        np.bincount(ballot_of).astype(np.int64),
        ballot_of,
        place,
        ballot,
        by_person[first[ballot], place].astype(np.int64),
    )


def _numbered(rows: npt.NDArray[np.uint8] | Integers) -> tuple[Integers, Integers]:
    """Return the number of every row among the distinct rows in the order of bytes, and each one's first."""
    keys = rows.view(f"S{rows.shape[1] * rows.itemsize}").ravel()
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    fresh = np.ones(len(rows), dtype=np.bool_)
    fresh[1:] = ordered[1:] != ordered[:-1]
    number = np.empty(len(rows), dtype=np.int64)
    number[order] = np.cumsum(fresh) - 1
    return number, order[fresh]
