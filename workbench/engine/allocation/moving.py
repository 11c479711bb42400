"""Conditions whose bounds move with an amount of rupiah, and the least amount at which a plan wins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from workbench.engine.allocation.near_plans import Allowance, NearPlans, first_budget, larger, near_plans
from workbench.engine.allocation.priced_rows import Priced, Sides, at_prices_of_relaxation
from workbench.engine.allocation.program import Program
from workbench.engine.allocation.rows import Flags, Floats, Integers


@dataclass(frozen=True)
class Moving:
    """Sides whose upper bounds grow, or shrink, by a fixed number for each rupiah.

    Attributes
    ----------
    sides : Sides
        At an amount of zero.
    pace : array of int64
        By side.
    """

    sides: Sides
    pace: Integers

    @classmethod
    def still(cls, program: Program) -> Moving:
        """Return the sides of a programme, none of which moves."""
        held = Sides.of(program.rows)
        return cls(held, np.zeros(held.upper.size, dtype=np.int64))

    @classmethod
    def with_cost(cls, now: Program, cheaper: Program, item: int) -> Moving:
        """Return the sides of a programme that takes an item whose cost may fall.

        Parameters
        ----------
        now, cheaper : Program
            At its cost, and where it costs one rupiah less.
        item : int
            Its place.
        """
        held = Sides.of(now.rows)
        less = Sides.of(cheaper.rows).coefficients[:, item]
        return cls(held, np.asarray(held.coefficients[:, item] - less))

    @classmethod
    def with_ceiling(cls, program: Program) -> Moving:
        """Return the sides of a programme whose ceiling may rise, shares of it counted exactly."""
        sides = [side for row in program.rows for side in row.sides()]
        scale = np.array([side.upper_share.denominator for side in sides], dtype=np.int64)
        pace = np.array([side.upper_share.numerator for side in sides], dtype=np.int64)
        coefficients = np.stack([side.coefficients for side in sides]) * scale[:, None]
        upper = [
            side.upper_share.numerator * side.whole if side.upper_share else side.upper for side in sides
        ]
        held = np.array(upper, dtype=np.int64)
        return cls(Sides(coefficients, held, held, held), pace)

    def between(self, low: int, high: int) -> Sides:
        """Return the sides at their widest, and how tight they become, between two amounts."""
        ends = self.sides.upper + self.pace * low, self.sides.upper + self.pace * high
        widest = np.maximum(*ends)
        return Sides(self.sides.coefficients, widest, np.minimum(*ends), widest)

    def span(self, chosen: Flags) -> tuple[Integers, Integers]:
        """Return the first and the last amount at which plans keep every side.

        Parameters
        ----------
        chosen : array of bool, plans by items
            Each keeps the sides that do not move.
        """
        first = np.zeros(chosen.shape[0], dtype=np.int64)
        last = np.full(chosen.shape[0], np.iinfo(np.int64).max)
        for side in np.flatnonzero(self.pace).tolist():
            pace = self.pace[side]
            lacks = chosen @ self.sides.coefficients[side] - self.sides.upper[side]
            if pace > 0:
                first = np.maximum(first, -(-lacks // pace))
            else:
                last = np.minimum(last, lacks // pace)
        return first, last


class Least(NamedTuple):
    """The least amount, None where none up to the limit does it, and the plan that is best at it."""

    amount: int | None
    chosen: Flags


class Contest(NamedTuple):
    """What a plan has to win against, under moving conditions.

    Attributes
    ----------
    moving : Moving
    program : Program
        Values, and what is decided beforehand.
    places : array of int64
        Public tie order.
    rival : array of bool
        The plan that stands, whatever the amount.
    limit : int
        The largest amount.
    """

    moving: Moving
    program: Program
    places: Integers
    rival: Flags
    limit: int

    @property
    def level(self) -> int:
        """The value of the rival."""
        return int(self.program.values[self.rival].sum())

    def wins(self, plans: NearPlans) -> Flags:
        """Return which plans have a larger value, or the same and come first in the public tie order."""
        order = np.argsort(self.places)
        differs = plans.chosen[:, order] != self.rival[order]
        place = np.argmax(differs, axis=1)
        ahead = differs.any(axis=1) & plans.chosen[np.arange(place.size), order[place]]
        return np.asarray((plans.totals > self.level) | ((plans.totals == self.level) & ahead))


def least_amount(contest: Contest, allowance: Allowance | None = None) -> Least | None:
    """Return the least amount at which a plan wins, exactly; None where too many plans are near.

    All plans that could win up to an amount are listed; where none does, the amount is raised.
    """
    nothing = Least(None, contest.rival)
    began = relaxed_least(contest)
    if began is None:
        return nothing
    held, start, level = began
    gain = float(held.prices @ contest.moving.pace)
    spare = first_budget(held)
    while True:
        high = contest.limit
        if gain > 0 and spare / gain < contest.limit - start:
            high = start + int(spare / gain)
        wide = replace(held, sides=contest.moving.between(0, high))
        found = near_plans(wide, wide.bound - level, contest.places, contest.level, allowance)
        if found is None:
            return None
        least = _least_of(contest, found, high)
        if least is not None or high == contest.limit:
            return least or nothing
        spare = larger(spare)


def _least_of(contest: Contest, found: NearPlans, high: int) -> Least | None:
    first, last = contest.moving.span(found.chosen)
    kept = contest.wins(found) & (first <= np.minimum(last, high))
    if not kept.any():
        return None
    amount = int(first[kept].min())
    at_it = np.flatnonzero((first <= amount) & (amount <= last))
    return Least(amount, found.chosen[at_it[np.argmax(found.totals[at_it])]])


def relaxed_least(contest: Contest) -> tuple[Priced, int, float] | None:
    """Return prices, the amount that the relaxation needs, and the level in the unit of the prices.

    Where the score decides, prices are in units of value. Where conditions alone keep a plan out, they are in
    rupiah of the amount, and the level is no matter. None where no amount does it without whole decisions.
    """
    program, sides = contest.program, contest.moving.sides
    found = _least_relaxed(contest)
    if found is None:
        return None
    amount, prices, credit = found
    if amount < 1.0:
        held = at_prices_of_relaxation(program.values, sides, program.fixed_in, program.fixed_out)
        if held is not None:
            return held, 0, float(contest.level)
    worth = credit * program.values - prices @ sides.coefficients
    unit = credit if credit > 0 else 1.0
    held = Priced(
        program.values, sides, program.fixed_in, program.fixed_out, prices / unit, np.asarray(worth / unit)
    )
    return held, int(amount), float(contest.level) if credit > 0 else 0.0


def _least_relaxed(contest: Contest) -> tuple[float, Floats, float] | None:
    """Return the least amount without whole decisions, and what sides and a unit of value are worth in it."""
    from scipy import optimize, sparse

    program, sides = contest.program, contest.moving.sides
    divisors = np.maximum(np.gcd.reduce(sides.coefficients, axis=1), 1)
    size, limit = program.values.size, float(contest.limit)
    scale = max(float(np.abs(program.values).max(initial=1)), 1.0)
    rows = np.column_stack([sides.coefficients, -contest.moving.pace * limit]) / divisors[:, None]
    total = np.append(-program.values / scale, 0.0)
    found = optimize.linprog(  # type: ignore[call-overload] # the stubs do not know sparse matrices here
        np.append(np.zeros(size), 1.0),
        A_ub=sparse.csr_array(np.vstack([rows, total])),
        b_ub=np.append(sides.upper / divisors, -contest.level / scale),
        bounds=np.column_stack(
            [np.append(program.fixed_in, 0).astype(float), np.append(~program.fixed_out, 1).astype(float)]
        ),
        method="highs",
    )
    if found.status != 0:
        return None
    paid = np.maximum(-found.ineqlin.marginals, 0.0) * limit
    return float(found.fun) * limit, paid[:-1] / divisors, float(paid[-1]) / scale
