"""The Method of Equal Shares: everybody gets the same share of the ceiling, and supporters buy together.

Peters, Pierczynski & Skowron (2021), "Proportional participatory budgeting with additive utilities", NeurIPS.
One run without completion; `workbench.engine.allocation.completions` spends what it leaves.
"""

from __future__ import annotations

import heapq
from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from workbench.engine.allocation.purse import UNPAYABLE, Opening, Purses, as_equal
from workbench.engine.allocation.result import FundingStatus
from workbench.engine.allocation.share_terms import Bound, Terms
from workbench.engine.allocation.voters import Electorate, Floats


@dataclass(frozen=True)
class Purchase:
    """One proposal bought by its supporters.

    Attributes
    ----------
    proposal : label
        What was bought.
    cost : int
        Rupiah.
    effective_cost : float
        Rupiah per unit of utility that nobody's payment exceeds.
    payers : int
        Participants who paid.
    largest_payment : float
        Rupiah of the participant who paid most.
    """

    proposal: Hashable
    cost: int
    effective_cost: float
    payers: int
    largest_payment: float


class Step(NamedTuple):
    """A purchase as the search makes it."""

    place: int
    rho: float
    payments: Floats


@dataclass(frozen=True)
class SharesRun:
    """One run with one share; places refer to the electorate.

    Attributes
    ----------
    share : Fraction
        Rupiah for each participant.
    steps : tuple of Step
        In the order of purchase.
    purses : Purses
        What is left.
    opening : Opening
        The purchases that a run with a larger share begins with as well.
    """

    share: Fraction
    steps: tuple[Step, ...]
    purses: Purses
    opening: Opening

    @cached_property
    def bought(self) -> tuple[int, ...]:
        """Places of proposals in the order of purchase."""
        return tuple(step.place for step in self.steps)

    @cached_property
    def spent(self) -> int:
        """Rupiah."""
        return sum(self.purses.held.costs[place] for place in self.bought)

    @cached_property
    def purchases(self) -> tuple[Purchase, ...]:
        """The steps with their names."""
        return tuple(_purchase(self.purses.terms, step) for step in self.steps)


@dataclass(frozen=True)
class SharedAllocation:
    """What a rule that shares money answers.

    Attributes
    ----------
    rule : str
        ``"equal_shares"`` or ``"phragmen"``.
    utility : str
        Name of the utility.
    completion : str
        Name of the completion, ``"none"`` included.
    step : int or None
        Rupiah by which the completion raised each share, where it does.
    stopped : str
        Why it ended: ``"would_overspend"``, ``"exhausted"``, ``"all_funded"``, ``"nobody_can_pay"``.
    status : Series of FundingStatus by proposal
        Funded, no support, or not chosen.
    funded : tuple of labels
        Committed first, then free of cost, then in the order of purchase.
    completed : tuple of labels
        The part of `funded` that a greedy or Phragmen completion added.
    spent, left, ceiling : int
        Rupiah.
    first_share, share : Fraction
        Rupiah for each participant at the start and in the run that counts.
    runs : int
        Runs that were made.
    purchases : tuple of Purchase
        The steps of the run that counts.
    paid : Series of float by participant
        Rupiah that each participant's share was charged; never above `share`.
    without_any : int
        Participants with none of their supported proposals funded, empty ballots included.
    """

    rule: str
    utility: str
    completion: str
    step: int | None
    stopped: str
    status: pd.Series
    funded: tuple[Hashable, ...]
    completed: tuple[Hashable, ...]
    spent: int
    left: int
    ceiling: int
    first_share: Fraction
    share: Fraction
    runs: int
    purchases: tuple[Purchase, ...]
    paid: pd.Series
    without_any: int


def run_shares(terms: Terms, share: Fraction, opening: Opening | None = None) -> SharesRun:
    """Let supporters buy proposals, cheapest for each unit of utility first, until nobody can pay.

    A kernel on the `Terms` of an electorate; `equal_shares` is the labelled door.

    Parameters
    ----------
    terms : Terms
        Ballots and costs; runs with other shares can have the same.
    share : Fraction
        Rupiah for each participant.
    opening : Opening, optional
        Of a run on the same terms with a share that is not larger: this run begins where it ends.

    Returns
    -------
    SharesRun

    Examples
    --------
    >>> from workbench.engine.allocation.voters import electorate
    >>> held = electorate(pd.DataFrame({"a": [1, 1], "b": [0, 1]}), pd.Series({"a": 4, "b": 6}), 8)
    >>> run_shares(Terms.of(held), Fraction(4)).bought
    (0,)
    """
    purses = Purses(terms, share, opening or Opening())
    opened = purses.open()
    steps = [Step(*paid) for paid in opened.payments(terms)]
    queue = list(terms.queue[opened.count :])
    while (chosen := _next(purses, queue)) is not None:
        steps.append(Step(*chosen, purses.pay(*chosen)))
    return SharesRun(share, tuple(steps), purses, opened)


def unfunded_supported(held: Electorate, bought: tuple[int, ...]) -> tuple[int, ...]:
    """Return the places that somebody supports and nobody has bought yet."""
    taken = set(bought)
    return tuple(p for p in held.undecided if p not in taken and held.supporters[p].size)


class _Counted(NamedTuple):
    """An effective cost that was counted in this round."""

    rho: float
    doubt: float
    bound: Bound


def _next(purses: Purses, queue: list[Bound]) -> tuple[int, float] | None:
    """Take the next proposal off the queue.

    Effective costs never fall during a run, so the queue holds lower bounds and only its top is counted anew.
    """
    counted: list[_Counted] = []
    reach = UNPAYABLE
    while queue and queue[0].rho <= reach:
        bound = heapq.heappop(queue)
        if bound.fine and purses.all_pay_the_floor(bound.place):
            if not counted:
                return bound.place, bound.rho  # nothing stands before it in the queue
            rho, doubt = bound.rho, 0.0
        else:
            rho, doubt = purses.effective_cost(bound.place, bound.rho, reach)
        if rho != UNPAYABLE:
            counted.append(_Counted(rho, doubt, bound))
            reach = min(reach, rho + doubt)
    if not counted:
        return None
    close = [held_up for held_up in counted if held_up.rho - held_up.doubt <= reach]
    winner = close[0] if len(close) == 1 else _first_among(purses, close)
    for other in counted:
        if other is not winner:
            heapq.heappush(queue, _again(other))
    return winner.bound.place, winner.rho


def _again(counted: _Counted) -> Bound:
    if counted.doubt == 0.0 and counted.bound.fine:
        return counted.bound
    return Bound(counted.rho - counted.doubt, 0, counted.bound.tie_rank, counted.bound.place)


def _first_among(purses: Purses, close: list[_Counted]) -> _Counted:
    fine = [
        counted.bound.fine
        if counted.doubt == 0.0 and counted.bound.fine
        else purses.fine_cost(counted.bound.place)
        for counted in close
    ]
    least = min(fine)
    equal = [counted for counted, cost in zip(close, fine, strict=True) if as_equal(cost, least)]
    return min(equal, key=lambda counted: counted.bound.tie_rank)


def _purchase(terms: Terms, step: Step) -> Purchase:
    return Purchase(
        terms.held.labels[step.place],
        terms.held.costs[step.place],
        step.rho,
        int(terms.weights[step.place] @ (step.payments > 0)),
        float(step.payments.max(initial=0.0)),
    )


def allocation_of(
    held: Electorate,
    participants: pd.Index,
    run: SharesRun,
    added: tuple[int, ...],
    facts: dict[str, object],
) -> SharedAllocation:
    """Return the labelled result of a run and of what a completion added to it."""
    funded = (*held.committed, *held.free, *run.bought, *added)
    status = {
        label: FundingStatus.NOT_CHOSEN if held.supporters[place].size else FundingStatus.NO_SUPPORT
        for place, label in enumerate(held.labels)
    }
    status.update({held.labels[place]: FundingStatus.FUNDED for place in funded})
    outlay = sum(held.costs[place] for place in funded)
    total = held.ceiling + sum(held.costs[place] for place in held.committed)
    served = np.zeros(held.weights.size, dtype=np.bool_)
    for place in funded:
        served[held.supporters[place]] = True
    paid = np.clip(float(run.share) - run.purses.balance, 0.0, float(run.share))
    return SharedAllocation(
        status=pd.Series(status, name="status", dtype=object),
        funded=tuple(held.labels[place] for place in funded),
        completed=tuple(held.labels[place] for place in added),
        spent=outlay,
        left=total - outlay,
        ceiling=total,
        share=run.share,
        purchases=run.purchases,
        paid=pd.Series(paid[held.ballot_of], index=participants, name="paid"),
        without_any=int(held.weights[~served].sum()),
        **facts,  # type: ignore[arg-type] # the remaining fields, by name
    )
