"""Conditions that every whole plan keeps and the relaxation does not: ceilings rounded down, in integers.

Count the money of a ceiling in lumps: whole lumps of a cost count, and of what remains only as much as is
more than the ceiling itself leaves beyond whole lumps. No whole plan spends more lumps than the ceiling has,
but a point that takes items in part does. Items that the point takes are counted by what leaving them frees.
All of it is whole numbers, so the cut holds whatever the solver's floating point asked about.

Marchand and Wolsey (2001), "Aggregation and mixed integer rounding to solve MIPs", Operations Research 49(3).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workbench.engine.allocation.cover_cuts import FAMILY, fresh_cuts, open_sides
from workbench.engine.allocation.program import Program
from workbench.engine.allocation.rows import Floats, Integers, Row

MOST_AMOUNTS = 12
"""Costs from which the lumps of one ceiling are made; the smallest come first."""
PARTS = (1, 2, 4, 8)
"""Into how many lumps such a cost is divided."""
_MOVED = 1e-6
_SPENT = 1e-6
_BROKEN_BY = 1e-4
_LARGEST_SUM = 2.0**62


def broken_roundings(program: Program, taken: Floats, known: Sequence[Row] = ()) -> list[Row]:
    """Return rounded ceilings that a point of the relaxation breaks, at most one for every ceiling.

    Parameters
    ----------
    program : Program
        Its rows are asked one by one.
    taken : array of float
        How much of every item the point takes, between 0 and 1.
    known : sequence of Row
        Cuts that need not be found again.

    Returns
    -------
    list of Row
        Each is kept by every plan of the programme.

    Examples
    --------
    >>> row = Row("ceiling", "ceiling", np.array([2, 3, 3]), upper=4)
    >>> program = Program(np.array([1, 1, 1]), (row,), np.zeros(3, dtype=bool), np.zeros(3, dtype=bool))
    >>> [(cut.coefficients.tolist(), cut.upper) for cut in broken_roundings(program, np.array([1, 2 / 3, 0]))]
    [([1, 1, 0], 1)]
    """
    asked = (_best_rounding(*side, taken) for side in open_sides(program))
    return fresh_cuts((cut for cut in asked if cut is not None), known)


def _best_rounding(name: str, costs: Integers, room: int, taken: Floats) -> Row | None:
    """Return the rounding of a ceiling that a point breaks by most, measured across it.

    Counted from where the point nearly stands, it breaks a rounding by what it moves items from there.
    """
    items = np.flatnonzero(costs)
    unit = max(int(np.gcd.reduce(costs)), 1)
    amounts, room, moved = costs[items] // unit, room // unit, taken[items]
    if amounts @ moved < room - _SPENT * max(abs(room), 1) or not _sound(amounts):
        return None
    inside = moved > 0.5
    amounts, moved = np.where(inside, -amounts, amounts), np.where(inside, 1.0 - moved, moved)
    left = room + int(amounts[inside].sum())
    lumps = _lumps(amounts[moved > _MOVED], left)
    rounded, most = _rounded(amounts, left, lumps)
    long = np.maximum(np.linalg.norm(rounded.astype(float), axis=1), 1.0)
    over = (rounded @ moved - most) / long
    if not over.size or over.max() <= _BROKEN_BY:
        return None
    place = int(np.argmax(over))
    coefficients = np.zeros_like(costs)
    coefficients[items] = np.where(inside, -rounded[place], rounded[place])
    return Row(name, FAMILY, coefficients, upper=int(most[place]) - int(rounded[place][inside].sum()))


def _sound(amounts: Integers) -> bool:
    """Return whether no sum of rounded amounts leaves int64: each is at most an amount and a lump."""
    size = np.abs(amounts).astype(float)
    return bool(size.sum() + size.size * size.max(initial=0.0) < _LARGEST_SUM)


def _lumps(amounts: Integers, left: int) -> Integers:
    """Return lumps made of some amounts, none of which divides what is left."""
    whole = np.unique(np.abs(amounts))[:MOST_AMOUNTS]
    parts = (whole[:, None] // np.array(PARTS)).ravel()
    lumps = np.unique(np.concatenate([parts, parts + 1]))
    lumps = lumps[lumps > 1]
    return np.asarray(lumps[left % lumps != 0])


def _rounded(amounts: Integers, left: int, lumps: Integers) -> tuple[Integers, Integers]:
    """Return amounts and what is left as counted by every lump, lumps by amounts and by lump."""
    beyond = left % lumps
    weight = (lumps - beyond)[:, None]
    count, rest = np.divmod(amounts[None, :], lumps[:, None])
    return count * weight + np.maximum(rest - beyond[:, None], 0), left // lumps * weight[:, 0]
