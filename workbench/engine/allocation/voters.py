"""Ballots as the rules that share money see them: equal ballots merged, supporters and their utilities."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.engine.allocation.money import checked_ceiling, label_key, priced, refuse_duplicates
from workbench.engine.allocation.points import tie_order, whole_points
from workbench.errors import InvalidValue, UnknownMethod, same_labels

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def cost(points: Integers, price: int) -> Integers:
    """Return the utility of supporters as the rupiah that the proposal brings: what real elections use.

    Examples
    --------
    >>> cost(np.array([1, 3]), 7).tolist()
    [7, 7]
    """
    return np.full(points.size, price, dtype=np.int64)


def cardinality(points: Integers, price: int) -> Integers:  # noqa: ARG001 - one signature for all
    """Return the utility of supporters as one for every funded proposal, whatever it costs.

    Examples
    --------
    >>> cardinality(np.array([1, 3]), 7).tolist()
    [1, 1]
    """
    return np.ones(points.size, dtype=np.int64)


def score(points: Integers, price: int) -> Integers:  # noqa: ARG001 - one signature for all
    """Return the utility of supporters as the points on the ballot.

    Examples
    --------
    >>> score(np.array([1, 3]), 7).tolist()
    [1, 3]
    """
    return points.astype(np.int64)


UTILITIES: Mapping[str, Callable[[Integers, int], Integers]] = MappingProxyType(
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
    points = _whole(ballots)[:, ballots.columns.get_indexer(pd.Index(labels))]
    weights, ballot_of, distinct = _merged(points)
    supporters = tuple(np.flatnonzero(distinct[:, place]) for place in range(len(labels)))
    valued = UTILITIES[utility]
    fixed = _places(labels, committed)
    left = checked_ceiling(ceiling) - sum(money[place] for place in fixed)
    if left < 0:
        raise InvalidValue("committed_above_ceiling", ceiling=ceiling, missing=-left)
    free = tuple(place for place, amount in enumerate(money) if amount == 0 and place not in fixed)
    return Electorate(
        labels=labels,
        costs=money,
        ceiling=left,
        participants=len(ballots),
        weights=weights,
        ballot_of=ballot_of,
        supporters=supporters,
        utilities=tuple(valued(distinct[held, place], money[place]) for place, held in enumerate(supporters)),
        tie_rank=_tie_rank(labels, money, [int(weights[held].sum()) for held in supporters], tie_key),
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


def _merged(points: Integers) -> tuple[Integers, Integers, Integers]:
    """Return the weights of distinct ballots, the ballot of every participant, and the distinct ballots."""
    narrow = points.astype(np.uint8) if points.max(initial=0) < 256 else points
    keys = [row.tobytes() for row in np.ascontiguousarray(narrow)]
    place = {key: number for number, key in enumerate(sorted(set(keys)))}
    ballot_of = np.array([place[key] for key in keys], dtype=np.int64)
    weights = np.bincount(ballot_of).astype(np.int64)
    first = np.unique(ballot_of, return_index=True)[1]
    distinct = narrow[first].astype(np.int64, order="F")  # read by proposal from here on
    return weights, ballot_of, distinct


def _places(labels: tuple[Hashable, ...], committed: Sequence[Hashable]) -> frozenset[int]:
    place = {label: number for number, label in enumerate(labels)}
    unknown = [label for label in committed if label not in place]
    if unknown:
        raise InvalidValue("unknown_proposal", condition="committed", proposal=unknown[0])
    return frozenset(place[label] for label in committed)


def _tie_rank(
    labels: tuple[Hashable, ...], money: tuple[int, ...], votes: list[int], tie_key: pd.Series | None
) -> Integers:
    lot, _ = tie_order(tie_key, pd.Index(labels, dtype=object))
    order = sorted(range(len(labels)), key=lambda place: (money[place], -votes[place], int(lot[place])))
    return np.argsort(np.array(order, dtype=np.int64))
