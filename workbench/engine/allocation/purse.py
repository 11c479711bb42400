"""The purses of one Equal Shares run: fast numbers for the search, long integers where it is close.

Effective costs are found in floating point. Whenever two of them, or money and cost, are too close for that,
they are counted again with `BITS` binary places, which separates any two fractions with denominators below
2**(`BITS` / 3); what agrees in so many places is treated as equal and goes to the public tie rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from workbench.engine.allocation.share_terms import BITS, CLOSE, Terms
from workbench.engine.allocation.voters import Floats

_EQUAL = 1 << 160
UNPAYABLE = float("inf")


@dataclass(frozen=True)
class Opening:
    """The first purchases of a run: all at their floors, by supporters who have money to spare.

    Every run with a larger share on the same terms begins with them.

    Attributes
    ----------
    count : int
        So many of the first in `Terms.queue`.
    paid : float or array of float
        Rupiah that each distinct ballot paid for them.
    """

    count: int = 0
    paid: Floats | float = 0.0

    def payments(self, terms: Terms) -> Iterator[tuple[int, float, Floats]]:
        """Yield place, effective cost and payments of every purchase."""
        for bound in terms.queue[: self.count]:
            yield bound.place, bound.rho, bound.rho * terms.worth[bound.place]


class Purses:
    """Balances of all distinct ballots during one run.

    Parameters
    ----------
    terms : Terms
        Of the electorate.
    share : Fraction
        Rupiah that each participant starts with.
    opening : Opening
        What has been bought already.
    """

    def __init__(self, terms: Terms, share: Fraction, opening: Opening) -> None:
        self.terms = terms
        self.held = held = terms.held
        self.share = share
        self.balance: Floats = np.full(held.weights.size, float(share)) - opening.paid
        self._fine = np.full(held.weights.size, (share.numerator << BITS) // share.denominator, dtype=object)
        self._opening = opening
        self._unsettled = [(bound.place, bound.fine) for bound in terms.queue[: opening.count]]

    def open(self) -> Opening:
        """Buy on at the floors while all supporters of the next proposal have money to spare."""
        first, queue = self._opening.count, self.terms.queue
        count = first
        while count < len(queue) and self.all_pay_the_floor(queue[count].place):
            self._take(queue[count].place, queue[count].rho, queue[count].fine)
            count += 1
        return self._opening if count == first else Opening(count, float(self.share) - self.balance)

    def all_pay_the_floor(self, place: int) -> bool:
        """Return whether all supporters of a proposal can pay its floor with money to spare."""
        needed = self.terms.needed[place]
        rich = self.balance.take(self.held.supporters[place]) > needed
        return int(np.count_nonzero(rich)) == needed.size

    def effective_cost(self, place: int, at_least: float, reach: float) -> tuple[float, float]:
        """Return the effective cost of a proposal and how far off it may be; infinite when unpayable.

        It is the smallest ``rho`` with ``sum(min(balance, rho * utility)) == cost``. That sum bends only
        downwards, so steps along its slope, started from below, never pass it and end after few of them.
        Each is a lower bound, so the first that lies beyond `reach` is returned in its stead.
        """
        cost = float(self.held.costs[place])
        worth, slopes = self.terms.worth[place], self.terms.slopes[place]
        balance = self.balance.take(self.held.supporters[place])
        money = self.terms.weights[place] * balance
        total = float(self.terms.weights[place].dot(balance))
        if total < cost * (1 + CLOSE) and (total < cost * (1 - CLOSE) or not self._reaches(place)):
            return UNPAYABLE, 0.0
        rho, doubt = at_least, 0.0
        while rho - doubt <= reach:
            rich = (balance > rho * worth).astype(float)
            slope = float(slopes.dot(rich))
            if slope <= 0.0:
                rho = float(Fraction(self.fine_cost(place), 1 << BITS))
                return rho, rho * CLOSE
            onward = (cost - float(money.dot(1.0 - rich))) / slope
            doubt = max(rho, onward) * CLOSE + 1e-12 * cost / slope
            if onward <= rho * (1 + 1e-15):
                break
            rho = onward
        return rho, doubt

    def fine_cost(self, place: int) -> int:
        """Return the effective cost in long integers, scaled by 2**`BITS`."""
        self._settle()
        return self._fine_now(place)

    def pay(self, place: int, rho: float) -> Floats:
        """Take the payments of the supporters from their purses and return them."""
        return self._take(place, rho, 0)

    def _take(self, place: int, rho: float, fine: int) -> Floats:
        ballots = self.held.supporters[place]
        payments: Floats = np.minimum(self.balance[ballots], rho * self.terms.worth[place])
        self.balance[ballots] -= payments
        self._unsettled.append((place, fine))
        return payments

    def missing_each(self, places: tuple[int, ...]) -> int:
        """Return by how many whole rupiah each share must rise so that leftovers pay for one of these."""
        at = np.array(places)
        voters, costs = self.terms.voters[at], self.terms.costs[at]
        each = (costs - self.terms.together(self.balance)[at]) / voters
        doubt = CLOSE * (float(self.share) + costs / voters)
        below = np.ceil(each - doubt)
        most = max(1, int(np.ceil(each + doubt).min()))
        if max(1, int(below.min())) == most:
            return most
        self._settle()
        return max(1, min(self._fine_missing(place) for place in at[below <= most].tolist()))

    def _fine_missing(self, place: int) -> int:
        ballots = self.held.supporters[place]
        weights = self.held.weights[ballots]
        lacking = (self.held.costs[place] << BITS) - int((self._fine[ballots] * weights).sum())
        return -(-lacking // (int(weights.sum()) << BITS))

    def fine_balance(self) -> npt.NDArray[np.object_]:
        """Return all balances in long integers, scaled by 2**`BITS`."""
        self._settle()
        return self._fine

    def _reaches(self, place: int) -> bool:
        self._settle()
        ballots = self.held.supporters[place]
        money = int((self._fine[ballots] * self.held.weights[ballots]).sum())
        return money + _EQUAL >= self.held.costs[place] << BITS

    def _settle(self) -> None:
        for place, fine in self._unsettled:
            ballots = self.held.supporters[place]
            paid = (fine or self._fine_now(place)) * self.held.utilities[place].astype(object)
            self._fine[ballots] = np.maximum(self._fine[ballots] - paid, 0)
        self._unsettled.clear()

    def _fine_now(self, place: int) -> int:
        ballots = self.held.supporters[place]
        balance = self._fine[ballots]
        weight = self.held.weights[ballots].astype(object)
        worth = self.held.utilities[place].astype(object)
        cost = self.held.costs[place] << BITS
        rho = cost // int((weight * worth).sum())
        while True:
            rich = np.asarray(balance > rho * worth, dtype=np.bool_)
            slope = int((weight * worth)[rich].sum())
            if slope == 0:
                return int((-(-balance // worth)).max())
            onward = (cost - int((weight * balance)[~rich].sum())) // slope
            if onward <= rho:
                return rho
            rho = onward


def as_equal(one: int, other: int) -> bool:
    """Return whether two long integers agree in all places that count.

    Examples
    --------
    >>> as_equal(1 << 480, (1 << 480) + 5)
    True
    """
    return abs(one - other) <= _EQUAL
