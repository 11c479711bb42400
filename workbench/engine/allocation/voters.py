"""Ballots as the rules that share money see them: equal ballots merged, supporters and their utilities."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.engine.allocation.merged_ballots import merged, whole_ballots
from workbench.engine.allocation.money import checked_ceiling, label_key, priced, refuse_duplicates
from workbench.engine.allocation.points import tie_order
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
    listing = Listing.of(costs, ceiling, committed)
    place_of = {label: place for place, label in enumerate(listing.labels)}
    columns = np.array([place_of[label] for label in ballots.columns.tolist()])
    lot = None if tie_key is None else tie_order(tie_key, pd.Index(listing.labels, dtype=object))[0]
    return gathered(listing, whole_ballots(ballots), columns, utility, lot)


@dataclass(frozen=True)
class Listing:
    """What stands for election, whoever votes.

    Attributes
    ----------
    labels : tuple of labels
        In their order.
    costs : tuple of int
        Rupiah, by proposal.
    ceiling : int
        Rupiah that the rule may share out: the ceiling less the committed proposals.
    committed : frozenset of int
        Places of proposals that were funded beforehand.
    """

    labels: tuple[Hashable, ...]
    costs: tuple[int, ...]
    ceiling: int
    committed: frozenset[int]

    @classmethod
    def of(cls, costs: pd.Series, ceiling: int, committed: Sequence[Hashable] = ()) -> Listing:
        """Check costs and ceiling together.

        Raises
        ------
        InvalidValue
            ``unknown_proposal``, ``committed_above_ceiling`` and what `priced` refuses.

        Examples
        --------
        >>> Listing.of(pd.Series({"b": 6, "a": 4}), 8, ["a"]).ceiling
        4
        """
        labels = tuple(sorted(costs.index.tolist(), key=label_key))
        price = priced(costs)
        fixed = _places(labels, committed)
        bound = sum(price[labels[place]] for place in fixed)
        left = checked_ceiling(ceiling) - bound
        if left < 0:
            raise InvalidValue("committed_above_ceiling", committed=bound, ceiling=ceiling)
        return cls(labels, tuple(price[label] for label in labels), left, fixed)


def gathered(
    listing: Listing, points: Integers, columns: Integers, utility: str, lot: Integers | None = None
) -> Electorate:
    """Return the electorate of ballots that were checked already.

    A kernel; `electorate` is the labelled door.

    Parameters
    ----------
    listing : Listing
    points : array of int64, participants by proposals
        At least zero.
    columns : array of int
        Place of every column of the points.
    utility : str
        A name of `UTILITIES`.
    lot : array of int64 by place, optional
        The public order for what cost and support leave equal; labels when absent.

    Examples
    --------
    >>> listing = Listing.of(pd.Series({"a": 4, "b": 6}), 8)
    >>> gathered(listing, np.array([[1, 0], [1, 1]]), np.array([0, 1]), "cost").votes(0)
    2
    """
    money = listing.costs
    support = merged(points.T, columns)
    weights, place, ballot = support.weights, support.place, support.ballot
    worth = UTILITIES[utility](support.points, np.array(money, dtype=np.int64)[place])
    bounds = np.searchsorted(place, np.arange(len(money) + 1)).tolist()
    votes = np.bincount(place, weights=weights[ballot], minlength=len(money)).astype(np.int64)
    fixed = listing.committed
    free = tuple(place for place, amount in enumerate(money) if amount == 0 and place not in fixed)
    decided = fixed.union(free)
    return Electorate(
        labels=listing.labels,
        costs=money,
        ceiling=listing.ceiling,
        participants=len(points),
        weights=weights,
        ballot_of=support.ballot_of,
        supporters=tuple(ballot[start:end] for start, end in pairwise(bounds)),
        utilities=tuple(worth[start:end] for start, end in pairwise(bounds)),
        tie_rank=_tie_rank(money, votes, lot),
        undecided=tuple(place for place in range(len(money)) if place not in decided),
        free=free,
        committed=tuple(sorted(fixed)),
    )


def _places(labels: tuple[Hashable, ...], committed: Sequence[Hashable]) -> frozenset[int]:
    place = {label: number for number, label in enumerate(labels)}
    unknown = [label for label in committed if label not in place]
    if unknown:
        raise InvalidValue("unknown_proposal", condition="committed", proposal=unknown[0])
    return frozenset(place[label] for label in committed)


def _tie_rank(money: tuple[int, ...], votes: Integers, lot: Integers | None) -> Integers:
    amounts = np.array(money, dtype=np.int64)
    if lot is None:
        return np.argsort(np.lexsort((-votes, amounts)))  # stable: the labels are in their order
    return np.argsort(np.lexsort((lot, -votes, amounts)))
