"""A choice among few opened items, all others as they stand, with an amount of rupiah to spend on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from workbench.engine.allocation.moving import Moving
from workbench.engine.allocation.program import Program, SolverSettings
from workbench.engine.allocation.rows import Flags, Floats, Integers

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

NODES = 20
"""Parts into which the solver may divide one choice."""
CLOSE = 1e-3
"""The least amount is sought this close; a total to the unit."""
_PAST = 0.5
"""Totals are whole: past a whole line lies whatever is half a unit beyond it."""
_INFEASIBLE = 2


class Line(NamedTuple):
    """What a plan has to pass: a total, and how it rises with each rupiah."""

    total: float
    growth: float


@dataclass(frozen=True)
class Opened:
    """Some opened items, all others as they stand, and an amount up to a limit.

    Attributes
    ----------
    program : Program
    moving : Moving
        Its sides, and how they move with the amount.
    start : array of bool
        How the other items stand.
    items : array of int64
        The opened ones, none of them decided beforehand.
    limit : int
        The largest amount.
    settings : SolverSettings
        Only `around` is used.
    """

    program: Program
    moving: Moving
    start: Flags
    items: Integers
    limit: int
    settings: SolverSettings

    def best(self) -> tuple[Flags | None, bool]:
        """Return the best plan that was found at no amount, and whether there is none at all.

        Examples
        --------
        >>> from workbench.engine.allocation.rows import Row
        >>> two, free = Row("two", "count", np.ones(3, dtype=np.int64), upper=2), np.zeros(3, dtype=bool)
        >>> program = Program(np.array([5, 4, 3]), (two,), free, free)
        >>> still, start = Moving.still(program), np.array([False, False, True])
        >>> Opened(program, still, start, np.array([0, 1]), 0, SolverSettings()).best()[0].tolist()
        [True, False, True]
        """
        found = self._solved(np.append(-self.program.values[self.items].astype(float), 0.0), None, 0.0)
        free = ~(self.program.fixed_in | self.program.fixed_out)
        whole = self.items.size == int(free.sum())
        return self._counted(found), whole and found is not None and found.status == _INFEASIBLE

    def least(self, line: Line) -> Flags | None:
        """Return a plan that passes a line at about the least amount."""
        return self._counted(self._solved(np.append(np.zeros(self.items.size), 1.0), line, CLOSE))

    def _solved(self, costs: Floats, line: Line | None, gap: float) -> OptimizeResult | None:
        """Return the solver's answer; None where no choice keeps the sides."""
        from scipy import optimize, sparse

        rows, bounds = self._rows(line)
        with self.settings.around():
            return optimize.milp(
                costs,
                constraints=optimize.LinearConstraint(sparse.csr_array(rows), -np.inf, bounds),
                integrality=np.append(np.ones(self.items.size), 0),
                bounds=optimize.Bounds(0, np.append(np.ones(self.items.size), min(self.limit, 1))),
                options={"node_limit": NODES, "mip_rel_gap": gap},
            )

    def _rows(self, line: Line | None) -> tuple[Floats, Floats]:
        """Return what the opened items could break, divided by what their coefficients share."""
        fixed = self._others
        sides, pace = self.moving.sides, self.moving.pace
        table, room = sides.coefficients[:, self.items], sides.upper - sides.coefficients @ fixed
        binds = (np.maximum(table, 0).sum(axis=1) > room) | (pace < 0)
        divisors = np.maximum(np.gcd.reduce(table[binds], axis=1), 1)
        rows = np.column_stack([table, -pace.astype(float) * self.limit])[binds] / divisors[:, None]
        bounds = room[binds] / divisors
        if line is None:
            return rows, bounds
        values = self.program.values
        past = np.append(-values[self.items].astype(float), line.growth * self.limit)
        bound = float(values[fixed].sum()) - line.total - _PAST
        return np.vstack([rows, past]), np.append(bounds, bound)

    @property
    def _others(self) -> Flags:
        others = self.start.copy()
        others[self.items] = False
        return others

    def _counted(self, found: OptimizeResult | None) -> Flags | None:
        """Return the plan of an answer, if in whole numbers it keeps every side that does not move."""
        if found is None or found.x is None:
            return None
        chosen = self._others
        chosen[self.items[found.x[:-1] > 0.5]] = True
        sides, still = self.moving.sides, self.moving.pace == 0
        broken = sides.coefficients[still] @ chosen > sides.upper[still]
        return None if broken.any() else chosen
