"""What a small budget of losses leaves open: few items, and the conditions that bind them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.engine.allocation.priced_rows import Priced
from workbench.engine.allocation.rows import Flags, Floats, Integers

_TINY = 1e-12
"""Losses below it are nothing beside the margin of any budget."""


@dataclass(frozen=True)
class Narrowed:
    """Items in the order in which they are decided, under the conditions that are not kept anyway.

    Attributes
    ----------
    items : array of int64
        Places of the open items.
    values, worth : array
        Of these.
    coefficients : array of int64, conditions by items
        The condition that binds most items comes first.
    room, charged : array of int64
        What the decided items leave of every condition, and of what counts as a loss where it stays unused.
    prices : array of float
        By condition.
    inside : array of bool
        By item of the whole: decided to be in.
    total : int
        Value of these.
    lost, budget : float
        What has been lost by what is decided, and what may be lost.
    least, most : array of int64, (items + 1) by conditions
        What the items from a place on must use at least and can use at most.
    alive : array of bool, (items + 1) by conditions
        Whether any item from a place on uses the condition.
    moves : array of bool
        Conditions whose bounds move, so that what is left of them matters to the end.
    """

    items: Integers
    values: Integers
    worth: Floats
    coefficients: Integers
    room: Integers
    charged: Integers
    prices: Floats
    inside: Flags
    total: int
    lost: float
    budget: float
    least: Integers
    most: Integers
    alive: npt.NDArray[np.bool_]
    moves: npt.NDArray[np.bool_]


@dataclass
class _Open:
    """Items that are not decided yet, while conditions decide one another's."""

    items: Integers
    coefficients: Integers
    used: Integers
    taken: list[Integers]
    left: list[Integers]

    def decide(self, into: Flags, out: Flags) -> None:
        self.used = self.used + self.coefficients[:, into].sum(axis=1)
        self.taken.append(self.items[into])
        self.left.append(self.items[out])
        kept = ~(into | out)
        self.items, self.coefficients = self.items[kept], self.coefficients[:, kept]

    @property
    def least(self) -> Integers:
        return np.asarray(self.used + np.minimum(self.coefficients, 0).sum(axis=1))

    @property
    def most(self) -> Integers:
        return np.asarray(self.used + np.maximum(self.coefficients, 0).sum(axis=1))


def narrowed(held: Priced, budget: float) -> Narrowed | None:
    """Return what a budget leaves open; None where no plan keeps to it.

    An item whose worth is beyond the budget is decided, and so is what a condition leaves no choice about,
    where leaving too much of a priced condition unused is beyond the budget as well.

    Parameters
    ----------
    held : Priced
    budget : float
        Losses of at most so much.

    Examples
    --------
    >>> from workbench.engine.allocation.priced_rows import priced
    >>> from workbench.engine.allocation.program import Program
    >>> from workbench.engine.allocation.rows import Row
    >>> costs, free = np.array([1, 2, 2]), np.zeros(3, dtype=bool)
    >>> program = Program(np.array([9, 6, 6]), (Row("ceiling", "ceiling", costs, upper=3),), free, free)
    >>> narrowed(priced(program), 1.0).items.tolist()
    [1, 2]
    """
    free = ~(held.fixed_in | held.fixed_out)
    into, out = held.worth > budget, held.worth < -budget
    sure = held.fixed_in | (free & into)
    items = np.flatnonzero(free & ~into & ~out)
    left = _Open(items, held.sides.coefficients[:, items], held.sides.coefficients @ sure, [], [])
    floor = _least_use(held, budget)
    if not _settled(left, held.sides.upper, floor):
        return None
    taken, passed = np.concatenate(left.taken), np.concatenate(left.left)
    inside = sure.copy()
    inside[taken] = True
    lost = float(np.maximum(-held.worth[taken], 0.0).sum() + np.maximum(held.worth[passed], 0.0).sum())
    return _ordered(held, budget, left, _binding(held, left, budget - lost), inside, lost)


def _binding(held: Priced, left: _Open, spare: float) -> Integers:
    """Return the conditions that plans within the budget could break, or leave unused at a price."""
    binds = left.most > held.sides.tight
    dear = (held.prices > 0) & (binds | (left.most < held.sides.charged))
    asked = np.flatnonzero(binds & ~dear)
    reached = _reach(left, held.worth[left.items], asked, spare)
    dear[asked[reached > held.sides.tight[asked]]] = True
    return np.flatnonzero(dear)


def _reach(left: _Open, worth: Floats, asked: Integers, spare: float) -> Floats:
    """Return how much of some conditions a plan within the budget uses at most.

    From what the prices say, items move for the least loss that brings the condition most; the last in part.
    """
    inside, loss = worth > 0, np.abs(worth)
    coefficients = left.coefficients[asked]
    start = left.used[asked] + (coefficients * inside).sum(axis=1)
    gain = np.maximum(np.where(inside, -coefficients, coefficients), 0).astype(float)
    order = np.argsort(-gain / np.maximum(loss, _TINY), axis=1, kind="stable")
    paid = np.take_along_axis(np.broadcast_to(loss, gain.shape), order, axis=1)
    gain = np.take_along_axis(gain, order, axis=1)
    before = np.cumsum(paid, axis=1) - paid
    part = np.clip((spare - before) / np.maximum(paid, _TINY), 0.0, 1.0)
    return np.asarray(start + (gain * part).sum(axis=1) * (1 + 1e-9) + 1e-6)


def _least_use(held: Priced, budget: float) -> Floats:
    """Return what a plan within the budget uses at least of every condition."""
    dear = held.prices > 0
    unused = np.full(dear.size, np.inf)
    unused[dear] = np.floor(budget / held.prices[dear])
    return np.asarray(held.sides.charged - unused)


def _settled(left: _Open, upper: Integers, floor: Floats) -> bool:
    """Decide what conditions leave no choice about; return whether they can be kept."""
    while True:
        least, most = left.least, left.most
        if (least > upper).any() or (most < floor).any():
            return False
        with_it, without = np.maximum(left.coefficients, 0), np.minimum(left.coefficients, 0)
        above, below = (upper - least)[:, None], (most - floor)[:, None]
        out = np.asarray(((with_it > above) | (-without > below)).any(axis=0))
        into = np.asarray(((-without > above) | (with_it > below)).any(axis=0))
        if (into & out).any():
            return False
        left.decide(into, out)
        if not (into | out).any():
            return True


def _ordered(
    held: Priced, budget: float, left: _Open, binding: Integers, inside: Flags, lost: float
) -> Narrowed:
    coefficients = left.coefficients[binding]
    held_by = np.count_nonzero(coefficients, axis=1)
    binding = binding[np.argsort(-held_by, kind="stable")]
    order = _order(left.coefficients[binding])
    items, coefficients = left.items[order], left.coefficients[binding][:, order]
    nothing = np.zeros((1, binding.size), dtype=np.int64)

    def from_place(amounts: Integers) -> Integers:
        return np.concatenate([np.cumsum(amounts.T[::-1], axis=0)[::-1], nothing])

    return Narrowed(
        items=items,
        values=held.values[items],
        worth=held.worth[items],
        coefficients=coefficients,
        room=(held.sides.upper - left.used)[binding],
        charged=(held.sides.charged - left.used)[binding],
        prices=held.prices[binding],
        inside=inside,
        total=int(held.values[inside].sum()),
        lost=lost,
        budget=budget,
        least=from_place(np.minimum(coefficients, 0)),
        most=from_place(np.maximum(coefficients, 0)),
        alive=from_place(np.abs(coefficients)) > 0,
        moves=(held.sides.tight < held.sides.upper)[binding],
    )


def _order(coefficients: Integers) -> Integers:
    """Return items so that conditions on few of them are settled first; the largest amounts lead."""
    if not coefficients.size:
        return np.arange(coefficients.shape[1])
    uses = coefficients != 0
    narrow = coefficients.shape[0] - 1 - np.argmax(uses[::-1], axis=0)  # conditions come widest first
    narrow[~uses.any(axis=0)] = -1
    return np.lexsort((-np.abs(coefficients[0]), -narrow))
