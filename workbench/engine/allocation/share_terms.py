"""What every Equal Shares run on the same electorate has in common, in the numbers that its search uses."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from workbench.engine.allocation.voters import Electorate, Floats, Integers

BITS = 480
"""Binary places of the long integers in which close numbers are counted."""
CLOSE = 1e-9
"""Relative difference below which floating point decides nothing."""


LARGEST = 1 << 62
"""Sums whose terms together stay below this are counted in int64."""


class Bound(NamedTuple):
    """A lower bound on an effective cost, in the order of the queue."""

    rho: float
    fine: int
    """The same in long integers while it is the floor; 0 once it is an estimate."""
    tie_rank: int
    place: int


class Cells(NamedTuple):
    """Supporting ballots of all proposals in one row, proposal after proposal."""

    ballots: Integers
    people: Floats
    """Participants behind each."""
    sizes: Integers
    """How many belong to each proposal."""


@dataclass(frozen=True)
class Terms:
    """Floors and weights by proposal; they depend neither on the share nor on what was bought.

    Attributes
    ----------
    held : Electorate
        Ballots and costs.
    weights, worth, slopes : tuple of array of float, by proposal
        Of every supporting ballot: participants, utility, and the product of both.
    costs, voters : array of float, by proposal
        Rupiah; participants who support it.
    needed : tuple of array of float, by proposal
        Rupiah above which each supporter pays the floor with money to spare.
    queue : tuple of Bound
        The floors of all supported proposals that the rule decides about, the least first. A floor is an
        effective cost that is never undercut, because everybody who supports it pays in proportion: as a
        correctly rounded number and as a long integer, so that equal fractions are equal in both.
    cells : Cells
    """

    held: Electorate
    weights: tuple[Floats, ...]
    worth: tuple[Floats, ...]
    slopes: tuple[Floats, ...]
    costs: Floats
    voters: Floats
    needed: tuple[Floats, ...]
    queue: tuple[Bound, ...]
    cells: Cells

    @classmethod
    def of(cls, held: Electorate) -> Terms:
        """Return the terms of an electorate.

        Examples
        --------
        >>> import pandas as pd
        >>> from workbench.engine.allocation.voters import electorate
        >>> held = electorate(pd.DataFrame({"a": [1, 1], "b": [0, 1]}), pd.Series({"a": 4, "b": 6}), 8)
        >>> [(bound.place, bound.rho) for bound in Terms.of(held).queue]
        [(0, 0.5), (1, 1.0)]
        """
        sizes = np.array([ballots.size for ballots in held.supporters])
        bounds = np.cumsum([0, *sizes]).tolist()
        ballots, utilities = np.concatenate(held.supporters), np.concatenate(held.utilities)
        participants = held.weights[ballots]
        units = _units(participants, utilities, bounds)
        floors = np.array([held.costs[p] / units[p] if units[p] else 0.0 for p in range(len(units))])
        weights, worth = participants.astype(float), utilities.astype(float)

        def by_place(values: Floats) -> tuple[Floats, ...]:
            return tuple(values[start:end] for start, end in pairwise(bounds))

        ranks = held.tie_rank.tolist()
        queue = [
            Bound(float(floors[p]), (held.costs[p] << BITS) // units[p], ranks[p], p)
            for p in held.undecided
            if sizes[p]
        ]
        return cls(
            held,
            by_place(weights),
            by_place(worth),
            by_place(weights * worth),
            np.array(held.costs, dtype=float),
            _sums(weights, sizes),
            by_place(np.repeat(floors * (1 + CLOSE), sizes) * worth),
            tuple(sorted(queue)),
            Cells(ballots, weights, sizes),
        )

    def together(self, balance: Floats) -> Floats:
        """Return the rupiah that the supporters of each proposal hold together."""
        return _sums(self.cells.people * balance.take(self.cells.ballots), self.cells.sizes)


def _sums(cells: Floats, sizes: Integers) -> Floats:
    """Return the sum of each run of cells; zero for an empty run."""
    sums = np.zeros(sizes.size)
    if cells.size:
        starts = np.cumsum(sizes) - sizes
        sums[sizes > 0] = np.add.reduceat(cells, starts[sizes > 0])
    return sums


def _units(weights: Integers, utilities: Integers, bounds: list[int]) -> list[int]:
    """Return the utility that each proposal brings to all who support it together."""
    if _largest_sum(weights, utilities) < LARGEST:
        up_to = np.concatenate(([0], np.cumsum(weights * utilities)))
        sums: list[int] = np.diff(up_to[bounds]).tolist()
        return sums
    return [sum_of_products(weights[start:end], utilities[start:end]) for start, end in pairwise(bounds)]


def _largest_sum(weights: Integers, utilities: Integers) -> int:
    return int(weights.max(initial=0)) * int(utilities.max(initial=0)) * weights.size


def sum_of_products(weights: Integers, utilities: Integers) -> int:
    """Return the sum of products as a Python integer, whatever its size.

    Examples
    --------
    >>> sum_of_products(np.array([2, 3]), np.array([10, 10]))
    50
    """
    if _largest_sum(weights, utilities) < LARGEST:
        return int(weights @ utilities)
    return sum(one * other for one, other in zip(weights.tolist(), utilities.tolist(), strict=True))
