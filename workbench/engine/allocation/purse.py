"""The purses of one Equal Shares run: fast numbers for the search, long integers where it is close.

Effective costs are found in floating point. Whenever two of them, or money and cost, are too close for that,
they are counted again with `_BITS` binary places, which separates any two fractions with denominators below
2**(`_BITS` / 3); what agrees in so many places is treated as equal and goes to the public tie rule.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import numpy.typing as npt

from workbench.engine.allocation.voters import Electorate, Floats, Integers

_BITS = 480
_EQUAL = 1 << 160
_CLOSE = 1e-9
UNPAYABLE = float("inf")


class Purses:
    """Balances of all distinct ballots during one run.

    Parameters
    ----------
    held : Electorate
        Ballots and costs.
    share : Fraction
        Rupiah that each participant starts with.
    """

    def __init__(self, held: Electorate, share: Fraction) -> None:
        self.held = held
        self.share = share
        self.balance: Floats = np.full(held.weights.size, float(share))
        self._weights = [held.weights[ballots].astype(float) for ballots in held.supporters]
        self._worth = [values.astype(float) for values in held.utilities]
        self._fine = np.full(held.weights.size, (share.numerator << _BITS) // share.denominator, dtype=object)
        self._unsettled: list[int] = []

    def floor(self, place: int) -> tuple[float, int]:
        """Return an effective cost that is never undercut: everybody who supports it pays in proportion.

        As a correctly rounded number and as a long integer, so that equal fractions are equal in both.
        """
        worth = sum_of_products(self.held.weights[self.held.supporters[place]], self.held.utilities[place])
        cost = self.held.costs[place]
        return cost / worth, (cost << _BITS) // worth

    def effective_cost(self, place: int, at_least: float) -> tuple[float, float]:
        """Return the effective cost of a proposal and how far off it may be; infinite when unpayable.

        Nothing is off when `at_least` is the floor and every supporter can pay it with money to spare.

        It is the smallest ``rho`` with ``sum(min(balance, rho * utility)) == cost``. That sum bends only
        downwards, so steps along its slope, started from below, never pass it and end after few of them.
        """
        cost = float(self.held.costs[place])
        weight, worth = self._weights[place], self._worth[place]
        balance = self.balance[self.held.supporters[place]]
        money = float(weight @ balance)
        if money < cost * (1 + _CLOSE) and (money < cost * (1 - _CLOSE) or not self._reaches(place)):
            return UNPAYABLE, 0.0
        rho = at_least
        if bool((balance > rho * (1 + _CLOSE) * worth).all()):
            return rho, 0.0
        while True:
            rich = balance > rho * worth
            slope = float((weight * worth) @ rich)
            if slope <= 0.0:
                rho = float(Fraction(self.fine_cost(place), 1 << _BITS))
                return rho, rho * _CLOSE
            onward = (cost - float((weight * balance) @ ~rich)) / slope
            if onward <= rho * (1 + 1e-15):
                return rho, rho * _CLOSE + 1e-12 * cost / slope
            rho = onward

    def fine_cost(self, place: int) -> int:
        """Return the effective cost in long integers, scaled by 2**`_BITS`."""
        self._settle()
        return self._fine_now(place)

    def pay(self, place: int, rho: float) -> Floats:
        """Take the payments of the supporters from their purses and return them."""
        ballots = self.held.supporters[place]
        payments: Floats = np.minimum(self.balance[ballots], rho * self._worth[place])
        self.balance[ballots] -= payments
        self._unsettled.append(place)
        return payments

    def missing_each(self, place: int) -> int:
        """Return by how many whole rupiah each share must rise so that leftovers would pay for a proposal."""
        self._settle()
        ballots = self.held.supporters[place]
        weights = self.held.weights[ballots]
        lacking = (self.held.costs[place] << _BITS) - int((self._fine[ballots] * weights).sum())
        return max(1, -(-lacking // (int(weights.sum()) << _BITS)))

    def fine_balance(self) -> npt.NDArray[np.object_]:
        """Return all balances in long integers, scaled by 2**`_BITS`."""
        self._settle()
        return self._fine

    def _reaches(self, place: int) -> bool:
        self._settle()
        ballots = self.held.supporters[place]
        money = int((self._fine[ballots] * self.held.weights[ballots]).sum())
        return money + _EQUAL >= self.held.costs[place] << _BITS

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
        cost = self.held.costs[place] << _BITS
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


def sum_of_products(weights: Integers, utilities: Integers) -> int:
    """Return the sum of products as a Python integer, whatever its size.

    Examples
    --------
    >>> sum_of_products(np.array([2, 3]), np.array([10, 10]))
    50
    """
    largest = int(weights.max(initial=0)) * int(utilities.max(initial=0)) * weights.size
    if largest < 1 << 62:
        return int(weights @ utilities)
    return sum(one * other for one, other in zip(weights.tolist(), utilities.tolist(), strict=True))


def as_equal(one: int, other: int) -> bool:
    """Return whether two long integers agree in all places that count.

    Examples
    --------
    >>> as_equal(1 << 480, (1 << 480) + 5)
    True
    """
    return abs(one - other) <= _EQUAL
