"""Conditions as rows of whole numbers, and how they are handed to a solver that works in floating point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

SPLIT_ABOVE = 100_000
"""Once a plan has overspent, rows with larger coefficients are also given to the solver in two halves."""


@dataclass(frozen=True)
class Row:
    """One condition as whole numbers: ``lower <= coefficients . chosen <= upper``.

    Attributes
    ----------
    name : str
        Names the condition towards people.
    family : str
        Kind of condition, for relaxations.
    coefficients : array of int64
        By item.
    lower, upper : int or None
        Bounds; None is unbounded.
    scale : int
        The coefficients are so many times the unit that people count in.
    lower_share, upper_share : Fraction
        The part of `whole` that a bound is, before rounding to a rupiah that can be kept; 0 where it is none.
    whole : int
        What these are parts of; it grows with the ceiling.
    """

    name: str
    family: str
    coefficients: Integers
    lower: int | None = None
    upper: int | None = None
    scale: int = 1
    lower_share: Fraction = Fraction(0)
    upper_share: Fraction = Fraction(0)
    whole: int = 0

    def excess(self, chosen: Flags) -> int:
        """Return by how much the chosen items break the row, 0 when they keep it."""
        activity = int(self.coefficients[chosen].sum())
        over = 0 if self.upper is None else activity - self.upper
        under = 0 if self.lower is None else self.lower - activity
        return max(over, under, 0)

    def sides(self) -> tuple[Row, ...]:
        """Return the row as rows that have only an upper bound."""
        none = Fraction(0)
        above = () if self.upper is None else (replace(self, lower=None, lower_share=none),)
        if self.lower is None:
            return above
        below = replace(
            self,
            coefficients=-self.coefficients,
            lower=None,
            upper=-self.lower,
            lower_share=none,
            upper_share=-self.lower_share,
        )
        return (*above, below)


def matrix_of(rows: Sequence[Row]) -> tuple[csr_array, Floats, Floats]:
    """Return rows as a sparse matrix with bounds, each divided by its greatest common divisor.

    Examples
    --------
    >>> matrix_of([Row("a", "a", np.array([10, 20]), upper=55)])[2].tolist()
    [5.0]
    """
    from scipy import sparse

    lower, upper = np.full(len(rows), -np.inf), np.full(len(rows), np.inf)
    places, entries = [], []
    for place, row in enumerate(rows):
        divisor = _divisor(row)
        places.append(np.flatnonzero(row.coefficients))
        entries.append((row.coefficients[places[-1]] // divisor).astype(float))
        if row.lower is not None:
            lower[place] = -(-row.lower // divisor)
        if row.upper is not None:
            upper[place] = row.upper // divisor
    starts = np.append(0, np.cumsum([held.size for held in places]))
    shape = (len(rows), rows[0].coefficients.size)
    table = sparse.csr_array((np.concatenate(entries), np.concatenate(places), starts), shape=shape)
    return table, lower, upper


def _divisor(row: Row) -> int:
    return int(np.gcd.reduce(row.coefficients)) or 1


def cut_of(row: Row, chosen: Flags) -> Row:
    """Forbid what made a plan break a row: something it took must go, or something it left must come."""
    activity = int(row.coefficients[chosen].sum())
    sign = 1 if row.upper is not None and activity > row.upper else -1
    heavy = chosen & (sign * row.coefficients > 0)
    relief = ~chosen & (sign * row.coefficients < 0)
    coefficients = heavy.astype(np.int64) - relief.astype(np.int64)
    return Row(row.name, "cut", coefficients, upper=int(heavy.sum()) - 1)


def halves_of(row: Row) -> tuple[Floats, tuple[float, float]] | None:
    """Return a row with large numbers as two rows with small ones, joined by a whole carry.

    ``sum(high) <= upper_high - carry`` and ``sum(low) - base * carry <= upper_low`` hold for some whole carry
    exactly when the row holds, and no coefficient is so large that the solver's tolerance hides a rupiah.
    """
    if row.upper is None or np.abs(row.coefficients).max(initial=0) <= SPLIT_ABOVE:
        return None
    divisor = _divisor(row)
    high, low = np.divmod(row.coefficients // divisor, SPLIT_ABOVE)
    if not high.any():
        return None
    upper_high, upper_low = divmod(row.upper // divisor, SPLIT_ABOVE)
    return np.vstack([high, low]).astype(float), (float(upper_high), float(upper_low))
