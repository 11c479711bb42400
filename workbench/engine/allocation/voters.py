"""Ballots as the rules that share money see them: equal ballots merged, supporters and their utilities."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.engine.allocation.money import checked_ceiling, label_key, priced, refuse_duplicates
from workbench.engine.allocation.points import tie_order, whole_points
from workbench.errors import InvalidValue, UnknownMethod, same_labels

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def cost(points: Integers, price: Integers) -> Integers:  # noqa: ARG001 - one signature for all
    """Return the utility of supporters as the rupiah that the proposal brings: what real elections use.

    Examples
    --------
    >>> cost(np.array([1, 3]), np.array([7, 7])).tolist()
    [7, 7]
    """
    return price


def cardinality(points: Integers, price: Integers) -> Integers:  # noqa: ARG001 - one signature for all
    """Return the utility of supporters as one for every funded proposal, whatever it costs.

    Examples
    --------
    >>> cardinality(np.array([1, 3]), np.array([7, 7])).tolist()
    [1, 1]
    """
    return np.ones(points.size, dtype=np.int64)


def score(points: Integers, price: Integers) -> Integers:  # noqa: ARG001 - one signature for all
    """Return the utility of supporters as the points on the ballot.

    Examples
    --------
    >>> score(np.array([1, 3]), np.array([7, 7])).tolist()
    [1, 3]
    """
    return points.astype(np.int64)


UTILITIES: Mapping[str, Callable[[Integers, Integers], Integers]] = MappingProxyType(
    {"cost": cost, "cardinality": cardinality, "score": score}
)
"""What a funded proposal is worth to those who support it, by name."""


@dataclass(frozen=True)
class Electorate:
    """Ballots, costs and the ceiling, checked together and put in an order that no input order can change.

    Attributes
    ----------
    labels : tuple of labels
        Proposals in the order of their labels.
    costs : tuple of int
        Rupiah, by proposal.
    ceiling : int
        Rupiah that the rule may share out: the ceiling less the committed proposals.
    participants : int
        Ballots, empty ones included.
    weights : array of int64
        Participants behind each distinct ballot.
    ballot_of : array of int64
        Distinct ballot of every participant, in the order of the ballots table.
    supporters, utilities : tuple of array of int64
        By proposal: the distinct ballots that support it, and what it is worth to each.
    tie_rank : array of int64
        Place among equals: lower cost, then more supporters, then the public key or the label.
    undecided : tuple of int
        Places of proposals that the rule decides about: neither committed nor free of cost.
    free : tuple of int
        Places of proposals that cost nothing; they are funded and listed apart.
    committed : tuple of int
        Places of proposals that were funded beforehand.
    """

    labels: tuple[Hashable, ...]
    costs: tuple[int, ...]
    ceiling: int
    participants: int
    weights: Integers
    ballot_of: Integers
    supporters: tuple[Integers, ...]
    utilities: tuple[Integers, ...]
    tie_rank: Integers
    undecided: tuple[int, ...]
    free: tuple[int, ...]
    committed: tuple[int, ...]

    def votes(self, place: int) -> int:
        """Return how many participants support a proposal."""
        return int(self.weights[self.supporters[place]].sum())


def electorate(
    ballots: pd.DataFrame,
    costs: pd.Series,
    ceiling: int,
    utility: str = "cost",
    committed: Sequence[Hashable] = (),
    tie_key: pd.Series | None = None,
) -> Electorate:
    """Check ballots, costs and ceiling together.

    Parameters
    ----------
    ballots : DataFrame of numbers, participants by proposals
        Points at least zero; zero is no support, and every blank must have been decided before.
    costs : Series of int by proposal
        Whole rupiah, all priced.
    ceiling : int
        Whole rupiah.
    utility : str
        A name of `UTILITIES`.
    committed : sequence of labels
        Funded beforehand: their cost comes off the ceiling, so all participants carry it equally.
    tie_key : Series of int by proposal, optional
        The public lot for what cost and support leave equal; labels when absent.

    Returns
    -------
    Electorate

    Raises
    ------
    LabelMismatch, UnknownMethod
        When labels differ; when the utility is unknown.
    InvalidValue
        ``no_ballots``, ``points_missing``, ``points_negative``, ``duplicate_proposal``, ``unknown_proposal``,
        ``committed_above_ceiling`` and what `priced` refuses.

    Examples
    --------
    >>> held = electorate(pd.DataFrame({"a": [1, 1], "b": [0, 1]}), pd.Series({"a": 4, "b": 6}), 8)
    >>> held.votes(0), held.weights.tolist()
    (2, [1, 1])
    """
    if utility not in UTILITIES:
        raise UnknownMethod(method=utility, known=tuple(UTILITIES))
    refuse_duplicates("ballots", ballots.columns)
    same_labels("costs", ballots.columns, costs.index)
    labels = tuple(sorted(ballots.columns.tolist(), key=label_key))
    price = priced(costs)
    money = tuple(price[label] for label in labels)
    place_of = {label: place for place, label in enumerate(labels)}
    support = _merged(_whole(ballots).T, np.array([place_of[label] for label in ballots.columns.tolist()]))
    weights, place, ballot = support.weights, support.place, support.ballot
    worth = UTILITIES[utility](support.points, np.array(money, dtype=np.int64)[place])
    bounds = np.searchsorted(place, np.arange(len(labels) + 1)).tolist()
    votes = np.bincount(place, weights=weights[ballot], minlength=len(labels)).astype(np.int64)
    fixed = _places(labels, committed)
    bound = sum(money[place] for place in fixed)
    left = checked_ceiling(ceiling) - bound
    if left < 0:
        raise InvalidValue("committed_above_ceiling", committed=bound, ceiling=ceiling)
    free = tuple(place for place, amount in enumerate(money) if amount == 0 and place not in fixed)
    return Electorate(
        labels=labels,
        costs=money,
        ceiling=left,
        participants=len(ballots),
        weights=weights,
        ballot_of=support.ballot_of,
        supporters=tuple(ballot[start:end] for start, end in pairwise(bounds)),
        utilities=tuple(worth[start:end] for start, end in pairwise(bounds)),
        tie_rank=_tie_rank(labels, money, votes, tie_key),
        undecided=tuple(place for place in range(len(labels)) if place not in free and place not in fixed),
        free=free,
        committed=tuple(sorted(fixed)),
    )


def _whole(ballots: pd.DataFrame) -> Integers:
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


class _Support(NamedTuple):
    """Distinct ballots, and what is on them by proposal and then by ballot."""

    weights: Integers
    ballot_of: Integers
    place: Integers
    ballot: Integers
    points: Integers


def _merged(points: Integers, place_of: Integers) -> _Support:
    """Merge equal ballots; points are by column and participant, and every column has a place.

    Distinct ballots are in the order of their bytes. Only cells with support are touched one by one.
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
    return _Support(
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


def _places(labels: tuple[Hashable, ...], committed: Sequence[Hashable]) -> frozenset[int]:
    place = {label: number for number, label in enumerate(labels)}
    unknown = [label for label in committed if label not in place]
    if unknown:
        raise InvalidValue("unknown_proposal", condition="committed", proposal=unknown[0])
    return frozenset(place[label] for label in committed)


def _tie_rank(
    labels: tuple[Hashable, ...], money: tuple[int, ...], votes: Integers, tie_key: pd.Series | None
) -> Integers:
    amounts = np.array(money, dtype=np.int64)
    if tie_key is None:
        return np.argsort(np.lexsort((-votes, amounts)))  # stable: the labels are in their order
    lot, _ = tie_order(tie_key, pd.Index(labels, dtype=object))
    return np.argsort(np.lexsort((lot, -votes, amounts)))
