"""Sequential Phragmen: money flows to everybody at the same speed, and supporters buy as soon as they can.

Los, Christoff & Grossi (2022), "Proportional budget allocations: towards a systematization", IJCAI. What
costs more than the whole ceiling is left out before, as if nobody had proposed it: otherwise its
supporters could end the walk for all. After that it stops at the first proposal that what is left cannot
pay for, so it needs no completion.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.engine.allocation.result import FundingStatus
from workbench.engine.allocation.voters import Electorate, Floats, Integers, electorate

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_BITS = 480
_EQUAL = 1 << 160
_CLOSE = 1e-9


@dataclass(frozen=True)
class TimedPurchase:
    """One proposal and the moment at which its supporters could pay.

    Attributes
    ----------
    proposal : label
        What was bought.
    cost : int
        Rupiah.
    received_by_then : float
        Rupiah that every participant had received when it was bought.
    supporters : int
        Participants who support it.
    """

    proposal: Hashable
    cost: int
    received_by_then: float
    supporters: int


@dataclass(frozen=True)
class Bought:
    """What a walk through time bought.

    Attributes
    ----------
    places : tuple of int
        In the order of purchase.
    moments : tuple of float
        Rupiah that every participant had received by then.
    spent : int
        Rupiah.
    stopped : str
        ``"would_overspend"`` or ``"all_funded"``.
    """

    places: tuple[int, ...]
    moments: tuple[float, ...]
    spent: int
    stopped: str


@dataclass(frozen=True)
class PhragmenAllocation:
    """What sequential Phragmen answers.

    Attributes
    ----------
    rule : str
        ``"phragmen"``.
    status : Series of FundingStatus by proposal
        Funded, no support, or not chosen.
    funded : tuple of labels
        Committed first, then free of cost, then in the order of purchase.
    spent, left, ceiling : int
        Rupiah.
    stopped : str
        ``"would_overspend"`` or ``"all_funded"``.
    purchases : tuple of TimedPurchase
        The steps.
    without_any : int
        Participants with none of their supported proposals funded, empty ballots included.
    """

    rule: str
    status: pd.Series
    funded: tuple[Hashable, ...]
    spent: int
    left: int
    ceiling: int
    stopped: str
    purchases: tuple[TimedPurchase, ...]
    without_any: int


def fund_by_phragmen(
    ballots: pd.DataFrame,
    costs: pd.Series,
    ceiling: int,
    committed: Sequence[Hashable] = (),
    tie_key: pd.Series | None = None,
) -> PhragmenAllocation:
    """Fund by sequential Phragmen.

    Parameters
    ----------
    ballots : DataFrame of numbers, participants by proposals
        Anything above zero is support.
    costs : Series of int by proposal
        Whole rupiah, all priced.
    ceiling : int
        Whole rupiah.
    committed, tie_key
        As `electorate`.

    Returns
    -------
    PhragmenAllocation

    Raises
    ------
    LabelMismatch, InvalidValue
        What `electorate` refuses.

    Examples
    --------
    >>> ballots = pd.DataFrame({"a": [1, 1, 0], "b": [0, 1, 1], "c": [0, 0, 1]})
    >>> fund_by_phragmen(ballots, pd.Series({"a": 20, "b": 30, "c": 9}), 60).funded
    ('c', 'a', 'b')
    """
    held = electorate(ballots, costs, ceiling, "cardinality", committed, tie_key)
    done = buy_in_time(held, (), held.ceiling, np.zeros(held.weights.size, dtype=object))
    funded = (*held.committed, *held.free, *done.places)
    served = np.zeros(held.weights.size, dtype=np.bool_)
    for place in funded:
        served[held.supporters[place]] = True
    status = {
        label: FundingStatus.NOT_CHOSEN if held.supporters[place].size else FundingStatus.NO_SUPPORT
        for place, label in enumerate(held.labels)
    }
    status.update({held.labels[place]: FundingStatus.FUNDED for place in funded})
    fixed = sum(held.costs[place] for place in held.committed)
    return PhragmenAllocation(
        rule="phragmen",
        status=pd.Series(status, name="status", dtype=object),
        funded=tuple(held.labels[place] for place in funded),
        spent=done.spent + fixed,
        left=held.ceiling - done.spent,
        ceiling=held.ceiling + fixed,
        stopped=done.stopped,
        purchases=tuple(
            TimedPurchase(held.labels[place], held.costs[place], moment, held.votes(place))
            for place, moment in zip(done.places, done.moments, strict=True)
        ),
        without_any=int(held.weights[~served].sum()),
    )


def buy_in_time(
    held: Electorate, already: tuple[int, ...], left: int, start: npt.NDArray[np.object_]
) -> Bought:
    """Let money flow and supporters buy until something cannot be paid from what is left.

    A kernel on an `Electorate`.

    Parameters
    ----------
    held : Electorate
        Ballots and costs.
    already : tuple of int
        Places that are bought.
    left : int
        Rupiah.
    start : array of int
        What is in every distinct ballot's purse, scaled by 2**480.

    Returns
    -------
    Bought

    Examples
    --------
    >>> held = electorate(pd.DataFrame({"a": [1, 1]}), pd.Series({"a": 4}), 8)
    >>> buy_in_time(held, (), 8, np.zeros(1, dtype=object)).moments
    (2.0,)
    """
    purses = _Filling(held, start)
    waiting = np.zeros(len(held.costs), dtype=np.bool_)
    waiting[[place for place in held.undecided if place not in already]] = True
    waiting &= purses.voters > 0
    waiting &= purses.costs <= held.ceiling
    places: list[int] = []
    moments: list[float] = []
    spent = 0
    while waiting.any():
        place = _earliest(held, np.flatnonzero(waiting), purses)
        if held.costs[place] > left - spent:
            return Bought(tuple(places), tuple(moments), spent, "would_overspend")
        moments.append(purses.empty(place))
        spent += held.costs[place]
        places.append(place)
        waiting[place] = False
    return Bought(tuple(places), tuple(moments), spent, "all_funded")


class _Filling:
    """The moment since which every purse has been filling: fast numbers, long integers where it is close."""

    def __init__(self, held: Electorate, start: npt.NDArray[np.object_]) -> None:
        self.held = held
        self._fine = -start
        self._since: Floats = np.array([int(value) / (1 << _BITS) for value in self._fine])
        self._support = _support(held)
        self.costs: Floats = np.array(held.costs, dtype=float)
        self.voters: Floats = np.asarray(self._support @ np.ones(held.weights.size))
        self._filled: Floats = np.asarray(self._support @ self._since)
        # Money that was there before makes a moment small by cancelling, so the cost sets the scale too.
        self._scale = self.costs / np.maximum(self.voters, 1.0)

    def moments(self, places: Integers) -> tuple[Floats, Floats]:
        """Return when the supporters of each of these can pay for it, and how far off that may be."""
        moment = (self.costs[places] + self._filled[places]) / self.voters[places]
        return moment, _CLOSE * (np.abs(moment) + self._scale[places])

    def fine_moment(self, place: int) -> int:
        """Return the same in long integers, scaled by 2**`_BITS`."""
        ballots = self.held.supporters[place]
        weights = self.held.weights[ballots]
        filled = int((self._fine[ballots] * weights).sum())
        return ((self.held.costs[place] << _BITS) + filled) // int(weights.sum())

    def empty(self, place: int) -> float:
        """Let the supporters of a proposal pay, and return when that was."""
        moment = self.fine_moment(place)
        when = moment / (1 << _BITS)
        ballots = self.held.supporters[place]
        later = np.zeros(self._since.size)
        later[ballots] = when - self._since[ballots]
        self._fine[ballots] = moment
        self._since[ballots] = when
        self._filled += self._support @ later
        return when


def _support(held: Electorate) -> csr_array:
    """Return the participants behind every ballot that supports a proposal, proposals by ballots."""
    from scipy.sparse import csr_array

    ballots = np.concatenate(held.supporters)
    ends = np.cumsum([0, *(each.size for each in held.supporters)])
    shape = (len(held.supporters), held.weights.size)
    return csr_array((held.weights[ballots].astype(float), ballots, ends), shape=shape)


def _earliest(held: Electorate, waiting: Integers, purses: _Filling) -> int:
    """Return the proposal whose supporters can pay first; the public order decides among equal moments."""
    moments, doubt = purses.moments(waiting)
    close: list[int] = waiting[moments <= (moments + doubt).min()].tolist()
    return close[0] if len(close) == 1 else _first_among(held, close, purses)


def _first_among(held: Electorate, close: list[int], purses: _Filling) -> int:
    fine = {place: purses.fine_moment(place) for place in close}
    least = min(fine.values())
    equal = [place for place in close if fine[place] - least <= _EQUAL]
    return min(equal, key=lambda place: int(held.tie_rank[place]))
