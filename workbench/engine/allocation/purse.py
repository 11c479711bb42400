"""The purses of one Equal Shares run: fast numbers for the search, long integers where it is close.

Effective costs are found in floating point. Whenever two of them, or money and cost, are too close for that,
they are counted again with `BITS` binary places, which separates any two fractions with denominators below
2**(`BITS` / 3); what agrees in so many places is treated as equal and goes to the public tie rule.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil

import numpy as np
import numpy.typing as npt

from workbench.engine.allocation.terms import BITS, CLOSE, Terms
from workbench.engine.allocation.voters import Floats

_EQUAL = 1 << 160
UNPAYABLE = float("inf")


class Purses:
    """Balances of all distinct ballots during one run.

    Parameters
    ----------
    terms : Terms
        Of the electorate.
    share : Fraction
        Rupiah that each participant starts with.
    """

    def __init__(self, terms: Terms, share: Fraction) -> None:
        self.terms = terms
        self.held = held = terms.held
        self.share = share
        self.balance: Floats = np.full(held.weights.size, float(share))
        self._fine = np.full(held.weights.size, (share.numerator << BITS) // share.denominator, dtype=object)
        self._unsettled: list[int] = []

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
        ballots = self.held.supporters[place]
        payments: Floats = np.minimum(self.balance[ballots], rho * self.terms.worth[place])
        self.balance[ballots] -= payments
        self._unsettled.append(place)
        return payments

    def missing_each(self, places: tuple[int, ...]) -> int:
        """Return by how many whole rupiah each share must rise so that leftovers pay for one of these."""
        near = [self._about_missing(place) for place in places]
        most = max(1, min(above for _, above in near))
        if max(1, min(below for below, _ in near)) == most:
            return most
        self._settle()
        return max(1, min(self._fine_missing(place) for place in places))

    def _about_missing(self, place: int) -> tuple[int, int]:
        """Return two numbers of rupiah between which lies what the share of each supporter lacks."""
        weights, cost = self.terms.weights[place], float(self.held.costs[place])
        voters = float(weights.sum())
        each = (cost - float(weights.dot(self.balance.take(self.held.supporters[place])))) / voters
        doubt = CLOSE * (float(self.share) + cost / voters)
        return ceil(each - doubt), ceil(each + doubt)

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
        for place in self._unsettled:
            ballots = self.held.supporters[place]
            paid = self._fine_now(place) * self.held.utilities[place].astype(object)
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
