"""A linear programme over yes/no decisions, solved by HiGHS and settled in integers.

The solver works in floating point: at costs of 10^8 rupiah and above its tolerance lets a plan overspend by a
rupiah and more. So every answer is counted again in integers; a plan that breaks a row is cut off and the
programme is solved again. The ceiling is never lowered, so an optimum that spends it to the last rupiah is
found.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from workbench.engine.allocation.rows import (
    SPLIT_ABOVE,
    Flags,
    Integers,
    Row,
    cut_of,
    halves_of,
    matrix_of,
)
from workbench.errors import InvalidValue

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult


@dataclass(frozen=True)
class SolverSettings:
    """Limits of one solve; they are part of the result.

    Attributes
    ----------
    relative_gap : float
        The solver may stop this close to the bound; 0 asks for proof.
    seconds : float
        Time limit of each solve.
    most_cuts : int
        Plans that may be cut off before giving up.
    around : callable
        Makes a context in which the solver runs. HiGHS may write a stray line to the process's standard
        output; the core knows no file descriptors, so an edge that minds passes a context that holds the
        line back.
    """

    relative_gap: float = 0.0
    seconds: float = 10.0
    most_cuts: int = 200
    around: Callable[[], AbstractContextManager[object]] = nullcontext


class SolverOutcome(StrEnum):
    """How a solve ended."""

    PROVEN = "proven"
    WITHIN_GAP = "within_gap"
    LIMIT_REACHED = "limit_reached"
    INFEASIBLE = "infeasible"
    NOTHING_FOUND = "nothing_found"


@dataclass(frozen=True)
class ProgramAnswer:
    """The answer of one programme, checked in integers.

    Attributes
    ----------
    outcome : SolverOutcome
        How the solve ended.
    chosen : array of bool
        By item; all False when nothing was found.
    value : int
        Sum of the chosen values.
    bound : float
        No plan has a larger value, as far as the solver's arithmetic goes.
    cuts : int
        Plans that broke a row in integers and were cut off.
    """

    outcome: SolverOutcome
    chosen: Flags
    value: int
    bound: float
    cuts: int

    @property
    def found(self) -> bool:
        """Whether there is a plan."""
        return self.outcome not in (SolverOutcome.INFEASIBLE, SolverOutcome.NOTHING_FOUND)

    @property
    def gap(self) -> float:
        """The share of the value that a better plan could still add, at most."""
        return max(0.0, (self.bound - self.value) / max(abs(self.value), 1)) if self.found else float("inf")


@dataclass(frozen=True)
class Program:
    """Maximise values over yes/no items under rows.

    Attributes
    ----------
    values : array of int64
        By item.
    rows : sequence of Row
        All conditions.
    fixed_in, fixed_out : array of bool
        Items that are decided beforehand.
    """

    values: Integers
    rows: tuple[Row, ...]
    fixed_in: Flags
    fixed_out: Flags

    def broken(self, chosen: Flags) -> tuple[Row, ...]:
        """Return the rows that the chosen items break, counted in integers."""
        return tuple(row for row in self.rows if row.excess(chosen))


def solve(program: Program, settings: SolverSettings) -> ProgramAnswer:
    """Solve a programme and settle it in integers.

    Parameters
    ----------
    program : Program
    settings : SolverSettings

    Returns
    -------
    ProgramAnswer

    Raises
    ------
    InvalidValue
        ``amount_too_large`` when a row's sum leaves int64.

    Examples
    --------
    >>> budget = Row("ceiling", "ceiling", np.array([10, 20, 30]), upper=50)
    >>> free = np.zeros(3, dtype=bool)
    >>> solve(Program(np.array([60, 100, 120]), (budget,), free, free), SolverSettings()).value
    220
    """
    for row in program.rows:
        if float(np.abs(row.coefficients).sum(dtype=float)) >= 2.0**62:
            raise InvalidValue("amount_too_large", what=row.name)
    cuts: list[Row] = []
    answer = _run(program, cuts, settings)
    while answer.found and len(cuts) < settings.most_cuts:
        broken = program.broken(answer.chosen)
        if not broken:
            return answer
        cuts.extend(cut_of(row, answer.chosen) for row in broken)
        answer = _run(program, cuts, settings)
    if answer.found and program.broken(answer.chosen):
        nothing = np.zeros(program.values.size, dtype=np.bool_)
        return ProgramAnswer(SolverOutcome.NOTHING_FOUND, nothing, 0, answer.bound, len(cuts))
    return answer


def _run(program: Program, cuts: list[Row], settings: SolverSettings) -> ProgramAnswer:
    from scipy import optimize, sparse

    rows = [*program.rows, *cuts]
    size = program.values.size
    halves = [
        halved for row in rows for side in row.sides() if (halved := halves_of(side)) is not None and cuts
    ]
    table, lower, upper = matrix_of(rows)
    carry = len(halves)
    blocks = [sparse.hstack([table, sparse.csr_array((len(rows), carry))])]
    for place, (part, bounds) in enumerate(halves):
        side = np.zeros((2, carry))
        side[:, place] = (1.0, -float(SPLIT_ABOVE))
        blocks.append(sparse.csr_array(np.hstack([part, side])))
        lower, upper = np.append(lower, [-np.inf, -np.inf]), np.append(upper, bounds)
    # Whole coefficients let the solver round its bound, as long as they are small enough to be exact for it.
    scale = max(float(np.abs(program.values).max(initial=1)) / 1e6, 1.0)
    top = np.append((~program.fixed_out).astype(float), np.full(carry, np.inf))
    with settings.around():
        found = optimize.milp(
            np.append(-program.values / scale, np.zeros(carry)),
            constraints=optimize.LinearConstraint(sparse.csr_array(sparse.vstack(blocks)), lower, upper),
            integrality=np.ones(size + carry, dtype=np.int64),
            bounds=optimize.Bounds(np.append(program.fixed_in.astype(float), np.full(carry, -np.inf)), top),
            options={"mip_rel_gap": settings.relative_gap, "time_limit": settings.seconds},
        )
    return _answer(program, found, scale, len(cuts), settings)


_OUTCOMES = {0: SolverOutcome.PROVEN, 1: SolverOutcome.LIMIT_REACHED}


def _answer(
    program: Program,
    found: OptimizeResult,
    scale: float,
    cuts: int,
    settings: SolverSettings,
) -> ProgramAnswer:
    size = program.values.size
    nothing = np.zeros(size, dtype=np.bool_)
    if found.x is None:
        ended = SolverOutcome.NOTHING_FOUND if found.status == 1 else SolverOutcome.INFEASIBLE
        return ProgramAnswer(ended, nothing, 0, float("inf"), cuts)
    chosen = np.asarray(found.x[:size] > 0.5, dtype=np.bool_)
    value = int(program.values[chosen].sum())
    outcome = _OUTCOMES.get(found.status, SolverOutcome.LIMIT_REACHED)
    if outcome is SolverOutcome.PROVEN and settings.relative_gap > 0:
        outcome = SolverOutcome.WITHIN_GAP
    bound = value if outcome is SolverOutcome.PROVEN else -float(found.mip_dual_bound) * scale
    return ProgramAnswer(outcome, chosen, value, max(float(bound), float(value)), cuts)
