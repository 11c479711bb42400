"""Conditions with a price on each: what every plan loses against a bound that no plan can pass.

With a price of at least zero on every row, a plan's value is the bound less three losses: items of positive
worth that it leaves, items of negative worth that it takes, and the price of what it leaves unused of a row.
Here worth is an item's value less what its rows charge for it. That is weak duality: it holds for any prices,
so the solver's floating point decides how close the bound is and never whether it is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbench.engine.allocation.program import Program
from workbench.engine.allocation.rows import Flags, Floats, Integers, Row


@dataclass(frozen=True)
class Sides:
    """Rows as upper bounds alone: ``coefficients . chosen <= upper``.

    Attributes
    ----------
    coefficients : array of int64, sides by items
    upper : array of int64
    tight : array of int64
        The smallest that the upper bounds become where they move, else the same.
    charged : array of int64
        What is left unused below these counts as a loss.
    """

    coefficients: Integers
    upper: Integers
    tight: Integers
    charged: Integers

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Sides:
        """Return the sides of some rows.

        Examples
        --------
        >>> Sides.of([Row("two", "count", np.array([1, 1]), lower=2, upper=2)]).upper.tolist()
        [2, -2]
        """
        sides = [side for row in rows for side in row.sides()]
        upper = np.array([side.upper for side in sides], dtype=np.int64)
        return cls(np.stack([side.coefficients for side in sides]), upper, upper, upper)


@dataclass(frozen=True)
class Priced:
    """Yes/no decisions under sides, with a price on each side.

    Attributes
    ----------
    values : array of int64
        By item.
    sides : Sides
    fixed_in, fixed_out : array of bool
        Items that are decided beforehand.
    prices : array of float
        By side, at least zero.
    worth : array of float
        By item: what it adds, less what its sides charge.
    """

    values: Integers
    sides: Sides
    fixed_in: Flags
    fixed_out: Flags
    prices: Floats
    worth: Floats

    @property
    def bound(self) -> float:
        """No plan is worth more that uses no more than is charged."""
        free = ~(self.fixed_in | self.fixed_out)
        gains = np.maximum(self.worth[free], 0.0).sum() + self.worth[self.fixed_in].sum()
        return float(self.prices @ self.sides.charged + gains)

    @property
    def margin(self) -> float:
        """How far the floats of the bound may be off, generously."""
        return 1e-6 + 1e-9 * float(abs(self.bound) + np.abs(self.prices * self.sides.charged).sum())


def priced(program: Program) -> Priced | None:
    """Return a programme with the prices of its relaxation; None where that has no solution.

    Examples
    --------
    >>> budget, free = Row("ceiling", "ceiling", np.array([1, 2]), upper=2), np.zeros(2, dtype=bool)
    >>> round(priced(Program(np.array([5, 6]), (budget,), free, free)).bound, 6)
    8.0
    """
    return at_prices_of_relaxation(
        program.values, Sides.of(program.rows), program.fixed_in, program.fixed_out
    )


def at_prices_of_relaxation(
    values: Integers, sides: Sides, fixed_in: Flags, fixed_out: Flags
) -> Priced | None:
    """Return decisions with the prices at which whole decisions are given up; None where there are none."""
    from scipy import optimize, sparse

    divisors = np.maximum(np.gcd.reduce(sides.coefficients, axis=1), 1)
    scale = max(float(np.abs(values).max(initial=1)), 1.0) / 1000.0
    found = optimize.linprog(  # type: ignore[call-overload] # the stubs do not know sparse matrices here
        -values / scale,
        A_ub=sparse.csr_array((sides.coefficients // divisors[:, None]).astype(float)),
        b_ub=(sides.upper // divisors).astype(float),
        bounds=np.column_stack([fixed_in.astype(float), (~fixed_out).astype(float)]),
        method="highs",
    )
    if found.status != 0:
        return None
    prices = np.maximum(-found.ineqlin.marginals, 0.0) * scale / divisors
    return Priced(values, sides, fixed_in, fixed_out, prices, values - prices @ sides.coefficients)
