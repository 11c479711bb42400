"""Conditions that every whole plan keeps and the relaxation does not: covers of ceilings, in integers.

Items that together cost more than a ceiling cannot all be in: at most one less than all of them is. An item
outside that costs at least as much as the h costliest of them counts as h of them. For whatever is taken from
outside can be exchanged for so many of the costliest, and what is left then holds the whole cover. So the cut
holds in integers, whatever point the solver's floating point asked about.

Balas (1975), "Facets of the knapsack polytope", Mathematical Programming 8.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from workbench.engine.allocation.program import Program
from workbench.engine.allocation.rows import Flags, Floats, Integers, Row

FAMILY = "cut"
_BROKEN_BY = 1e-4
_TIGHT = 1.0 - 1e-9
_LARGEST_SUM = 2.0**62


def broken_covers(program: Program, taken: Floats, known: Sequence[Row] = ()) -> list[Row]:
    """Return cover cuts that a point of the relaxation breaks.

    Parameters
    ----------
    program : Program
        Its rows are asked one by one; those with negative coefficients are passed over.
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
    >>> row = Row("ceiling", "ceiling", np.array([4, 4, 9]), upper=6)
    >>> program = Program(np.array([1, 1, 1]), (row,), np.zeros(3, dtype=bool), np.zeros(3, dtype=bool))
    >>> [(cut.coefficients.tolist(), cut.upper) for cut in broken_covers(program, np.array([1.0, 0.5, 0.0]))]
    [([1, 1, 2], 1)]
    """
    cuts = (
        Row(name, FAMILY, counted, upper=cover.size - 1)
        for name, costs, room in open_sides(program)
        if _asked(costs, room, taken)
        for cover in _covers(costs, room, taken)
        for counted in (_counted(costs, cover),)
        if counted @ taken > cover.size - 1 + _BROKEN_BY
    )
    return fresh_cuts(cuts, known)


def open_sides(program: Program) -> Iterator[tuple[str, Integers, int]]:
    """Yield every side of a programme by name: what open items use of it, and what decided ones leave.

    Examples
    --------
    >>> row, out = Row("ceiling", "ceiling", np.array([4, 5]), upper=6), np.zeros(2, dtype=bool)
    >>> [(name, costs.tolist(), room) for name, costs, room in open_sides(
    ...     Program(np.array([1, 1]), (row,), np.array([True, False]), out))]
    [('ceiling', [0, 5], 2)]
    """
    free = ~(program.fixed_in | program.fixed_out)
    for side in (side for row in program.rows for side in row.sides()):
        room = int(side.upper or 0) - int(side.coefficients[program.fixed_in].sum())
        yield side.name, np.where(free, side.coefficients, 0), room


def fresh_cuts(cuts: Iterable[Row], known: Sequence[Row]) -> list[Row]:
    """Return cuts, each once, that are not among those known.

    Examples
    --------
    >>> cut = Row("ceiling", "cut", np.array([1, 1]), upper=1)
    >>> len(fresh_cuts([cut, cut], [])), len(fresh_cuts([cut], [cut]))
    (1, 0)
    """
    found = {(cut.coefficients.tobytes(), cut.upper): cut for cut in known}
    before = len(found)
    for cut in cuts:
        found.setdefault((cut.coefficients.tobytes(), cut.upper), cut)
    return list(found.values())[before:]


def _asked(costs: Integers, room: int, taken: Floats) -> bool:
    """Return whether a point spends a ceiling whole, so that a cover could tell more than the ceiling.

    Of a ceiling between two sums of round costs, the lower is all that can be spent.
    """
    sound = room >= 0 and bool((costs >= 0).all()) and float(costs.sum(dtype=float)) < _LARGEST_SUM
    unit = max(int(np.gcd.reduce(costs)), 1)
    return sound and bool(costs @ taken >= room // unit * unit * _TIGHT)


def _covers(costs: Integers, room: int, taken: Floats) -> Iterator[Integers]:
    """Yield small sets of items that together cost more than there is, of what the point takes most of."""
    items = np.flatnonzero(costs)
    missing = np.round(1.0 - taken[items], 9)
    for dear in (missing, missing / costs[items] * costs[items].max(initial=1)):
        for sign in (1, -1):
            order = items[np.lexsort((sign * costs[items], dear))]
            reached = np.cumsum(costs[order])
            place = int(np.searchsorted(reached, room, side="right"))
            if place < order.size:
                yield _smaller(order[: place + 1], costs, int(reached[place]) - room, taken, sign)


def _smaller(cover: Integers, costs: Integers, over: int, taken: Floats, sign: int) -> Integers:
    """Return a cover without what it does not need, and first without what the point takes least of."""
    kept = np.ones(cover.size, dtype=np.bool_)
    for place in np.lexsort((-sign * costs[cover], taken[cover])):
        if costs[cover[place]] < over:
            kept[place] = False
            over -= int(costs[cover[place]])
    return np.asarray(cover[kept])


def _counted(costs: Integers, cover: Integers) -> Integers:
    """Return as how many items of a cover every item counts."""
    costliest = np.cumsum(np.sort(costs[cover])[::-1])
    counted = np.searchsorted(costliest, costs, side="right").astype(np.int64)
    inside: Flags = np.zeros(costs.size, dtype=np.bool_)
    inside[cover] = True
    return np.where(inside, 1, counted)
