"""A linear programme over yes/no decisions, solved by HiGHS and settled in integers.

The solver works in floating point: at costs of 10^8 rupiah and above its tolerance lets a plan overspend by a
rupiah and more. So every answer is counted again in integers; a plan that breaks a row is cut off and the
programme is solved again. The ceiling is never lowered, so an optimum that spends it to the last rupiah is
found.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
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


STEPS_PER_SECOND = 50_000
"""Of an office laptop, about."""
PATIENCE = 6
"""How many times slower than that a machine may be before a solve is interrupted."""
LEAST_PATIENCE = 10.0
"""Seconds; the start of a search takes its time whatever the limit."""
_ROOT = 20
"""Branches that take about as long as the start of a search."""


@dataclass(frozen=True)
class SolverSettings:
    """Limits of one solve; they are part of the result.

    What a search may do is counted in steps, so that it ends at the same place on every machine.

    Attributes
    ----------
    relative_gap : float
        The solver may stop this close to the bound; 0 asks for proof.
    seconds : float
        About how long a solve may take; it stands for so many `steps`.
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

    @property
    def steps(self) -> int:
        """Return how many steps a solve may take: one for every open item in every branch of the search."""
        return steps_in(self.seconds)

    @property
    def patience(self) -> float:
        """Return after how many seconds on the clock a solve is interrupted, whatever it has done by then."""
        return patience_for(self.seconds)

    def branches(self, open_items: int) -> int:
        """Return how many branches the search over so many items may have."""
        return max(self.steps // open_items, 1)


def steps_in(seconds: float) -> int:
    """Return the steps that some seconds stand for.

    Examples
    --------
    >>> steps_in(10)
    500000
    """
    return int(seconds * STEPS_PER_SECOND)


def patience_for(seconds: float) -> float:
    """Return the seconds on the clock after which a solve of so many seconds is interrupted.

    Examples
    --------
    >>> patience_for(10)
    60.0
    """
    return max(float(PATIENCE * seconds), LEAST_PATIENCE)


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
    steps : int
        What the search took, as `SolverSettings.steps`; its start counts as `_ROOT` branches.
    interrupted : bool
        Whether the clock ended it, so that another machine may have come further.
    """

    outcome: SolverOutcome
    chosen: Flags
    value: int
    bound: float
    cuts: int
    steps: int = 0
    interrupted: bool = False

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

    @property
    def open_items(self) -> int:
        """Return how many items are not decided beforehand; 1 where all are."""
        return max(int(np.count_nonzero(~(self.fixed_in | self.fixed_out))), 1)

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
        ended = SolverOutcome.NOTHING_FOUND
        return replace(answer, outcome=ended, chosen=nothing, value=0)
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
            options={
                "mip_rel_gap": settings.relative_gap,
                "node_limit": settings.branches(program.open_items),
                "time_limit": settings.patience,
            },
        )
    return _answer(program, found, scale, len(cuts), settings)


_OPTIMAL, _TIME, _INFEASIBLE = 0, 1, 2
"""Of `scipy.optimize.milp`; a search that has used up its branches ends in another one."""


def _answer(
    program: Program,
    found: OptimizeResult,
    scale: float,
    cuts: int,
    settings: SolverSettings,
) -> ProgramAnswer:
    size = program.values.size
    late = found.status == _TIME
    steps = program.open_items * (_ROOT + int(found.mip_node_count or 0))
    if found.x is None:
        empty = found.status == _INFEASIBLE or "nfeasible" in found.message  # or unbounded, which none is
        ended = SolverOutcome.INFEASIBLE if empty else SolverOutcome.NOTHING_FOUND
        nothing = np.zeros(size, dtype=np.bool_)
        return ProgramAnswer(ended, nothing, 0, float("inf"), cuts, steps, late)
    chosen = np.asarray(found.x[:size] > 0.5, dtype=np.bool_)
    value = int(program.values[chosen].sum())
    outcome = SolverOutcome.PROVEN if found.status == _OPTIMAL else SolverOutcome.LIMIT_REACHED
    if outcome is SolverOutcome.PROVEN and settings.relative_gap > 0:
        outcome = SolverOutcome.WITHIN_GAP
    bound = value if outcome is SolverOutcome.PROVEN else -float(found.mip_dual_bound) * scale
    return ProgramAnswer(outcome, chosen, value, max(float(bound), float(value)), cuts, steps, late)
