"""Ceilings within ceilings, as a tree: per agency, per cell of district and agency, and the whole above them.

Where every two ceilings are apart or one lies within the other, the ceilings form a tree, and a plan falls
apart into branches that only meet in what they spend. `workbench.engine.allocation.branch_plans` solves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbench.engine.allocation.priced_rows import Priced
from workbench.engine.allocation.rows import Flags, Floats, Integers


@dataclass(frozen=True)
class Branch:
    """One ceiling with what lies within it.

    Attributes
    ----------
    number : int
        Tells the ceilings of one tree apart.
    room : int
        Rupiah that the undecided items may spend; below zero where no plan can keep the ceiling.
    price : float
        What one more rupiah of this ceiling would bring at most, in units of value.
    items : array of int64
        Undecided items that no ceiling within this one holds.
    branches : tuple of Branch
        Ceilings within this one.
    """

    number: int
    room: int
    price: float
    items: Integers
    branches: tuple[Branch, ...]


def tree_of(held: Priced, asked: Integers) -> Branch | None:
    """Return some sides as a tree of ceilings; None where they are no ceilings, or cross.

    Parameters
    ----------
    held : Priced
        Its first side is the ceiling over everything.
    asked : array of int64
        Places of the sides, the first of them first.

    Examples
    --------
    >>> from workbench.engine.allocation.priced_rows import priced
    >>> from workbench.engine.allocation.program import Program
    >>> from workbench.engine.allocation.rows import Row
    >>> costs, free = np.array([2, 2, 3]), np.zeros(3, dtype=bool)
    >>> roads = Row("roads", "group_ceiling", np.array([2, 2, 0]), upper=3)
    >>> whole = Row("ceiling", "ceiling", costs, upper=5)
    >>> tree = tree_of(priced(Program(np.array([5, 4, 1]), (whole, roads), free, free)), np.arange(2))
    >>> tree.room, tree.items.tolist(), [branch.items.tolist() for branch in tree.branches]
    (5, [2], [[0, 1]])
    """
    costs = held.sides.coefficients[0]
    tables = held.sides.coefficients[asked]
    inside = tables != 0
    if (costs < 0).any() or not (tables == np.where(inside, costs, 0)).all() or not _apart_or_within(inside):
        return None
    free = ~(held.fixed_in | held.fixed_out)
    rooms = held.sides.upper[asked] - tables[:, held.fixed_in].sum(axis=1)
    inside[0] = True  # items without a cost are under the whole as well
    return _branch(inside & free, rooms, held.prices[asked], _parents(inside), 0)


def _apart_or_within(inside: Flags) -> bool:
    counts = inside.astype(np.int64)
    shared = counts @ counts.T
    sizes = np.diag(shared)
    return bool(((shared == 0) | (shared == np.minimum.outer(sizes, sizes))).all())


def _parents(inside: Flags) -> list[int]:
    """Return for every ceiling the narrowest other that holds it; of equal ones the later is within."""
    sizes = inside.sum(axis=1)
    order = [0, *sorted(range(1, len(inside)), key=lambda place: (-int(sizes[place]), place))]
    parents = [-1] * len(inside)
    for turn, place in enumerate(order[1:], start=1):
        holds = [other for other in order[:turn] if (inside[other] | ~inside[place]).all()]
        parents[place] = holds[-1]
    return parents


def _branch(inside: Flags, rooms: Integers, prices: Floats, parents: Sequence[int], place: int) -> Branch:
    within = [child for child, parent in enumerate(parents) if parent == place]
    own = inside[place].copy()
    for child in within:
        own &= ~inside[child]
    return Branch(
        place,
        int(rooms[place]),
        float(prices[place]),
        np.flatnonzero(own),
        tuple(_branch(inside, rooms, prices, parents, child) for child in within),
    )
