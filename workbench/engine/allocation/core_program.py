"""A programme solved over its core: what the relaxation settles is taken as settled, and that is proven.

In the relaxation without whole decisions, moving one item away from its bound costs at least its reduced
cost. Items for which that is more than the distance from the relaxation to a known plan are the same in every
better plan. So a guess at the distance leaves a small programme, and its answer either proves the guess or
replaces it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from workbench.engine.allocation.program import Program, ProgramAnswer, SolverOutcome, SolverSettings, solve
from workbench.engine.allocation.rows import Flags, Floats, matrix_of

FIRST_CORE = 20
"""Items that the first guess leaves open beside those on which the relaxation is undecided."""


@dataclass(frozen=True)
class Relaxed:
    """The relaxation of a programme.

    Attributes
    ----------
    bound : float
        No plan has a larger value.
    inside : array of bool
        Items that it takes whole.
    moved : array of float
        What moving an item away from its bound costs at least, in units of value.
    margin : float
        How far these floats may be off, generously.
    """

    bound: float
    inside: Flags
    moved: Floats
    margin: float

    def same(self, value: int) -> Flags:
        """Return the items that stand as here in every plan of at least some value."""
        return np.asarray(self.moved > self.bound - value + self.margin, dtype=np.bool_)


def relax(program: Program) -> Relaxed | None:
    """Solve the relaxation of a programme; None where it has no solution.

    Parameters
    ----------
    program : Program

    Examples
    --------
    >>> from workbench.engine.allocation.rows import Row
    >>> budget, free = Row("ceiling", "ceiling", np.array([1, 2]), upper=2), np.zeros(2, dtype=bool)
    >>> round(relax(Program(np.array([5, 6]), (budget,), free, free)).bound, 6)
    8.0
    """
    from scipy import optimize, sparse

    table, lower, upper = matrix_of(program.rows)
    above, below = np.isfinite(upper), np.isfinite(lower)
    scale = max(float(np.abs(program.values).max(initial=1)), 1.0) / 1000.0
    found = optimize.linprog(  # type: ignore[call-overload] # the stubs do not know sparse matrices here
        -program.values / scale,
        A_ub=sparse.csr_array(sparse.vstack([table[above], -table[below]])),
        b_ub=np.concatenate([upper[above], -lower[below]]),
        bounds=np.column_stack([program.fixed_in.astype(float), (~program.fixed_out).astype(float)]),
        method="highs",
    )
    if found.status != 0:
        return None
    bound = -float(found.fun) * scale
    return Relaxed(
        bound=bound,
        inside=np.asarray(found.x > 0.5, dtype=np.bool_),
        moved=np.asarray((np.abs(found.lower.marginals) + np.abs(found.upper.marginals)) * scale),
        margin=1.0 + 1e-7 * abs(bound),
    )


def solve_by_core(
    program: Program, settings: SolverSettings, relaxed: Relaxed | None = None
) -> ProgramAnswer:
    """Solve a programme as `workbench.engine.allocation.program.solve`, most of it decided beforehand.

    Parameters
    ----------
    program : Program
    settings : SolverSettings
        With a gap above zero the whole programme is solved, so that the gap stays the solver's own.
    relaxed : Relaxed, optional
        Of this programme, where it is at hand.

    Examples
    --------
    >>> from workbench.engine.allocation.rows import Row
    >>> budget = Row("ceiling", "ceiling", np.array([10, 20, 30]), upper=50)
    >>> free = np.zeros(3, dtype=bool)
    >>> solve_by_core(Program(np.array([60, 100, 120]), (budget,), free, free), SolverSettings()).value
    220
    """
    known = None if settings.relative_gap > 0 else relaxed or relax(program)
    costly = np.sort(known.moved[known.moved > 0]) if known else np.zeros(0)
    if known is None or costly.size <= FIRST_CORE:
        return solve(program, settings)
    guess = float(costly[FIRST_CORE])
    answer = solve(_settled(program, known, known.moved > guess), settings)
    if answer.outcome is not SolverOutcome.PROVEN:
        return solve(program, settings)
    same = known.same(answer.value)
    if (same | (known.moved <= guess)).all():
        return answer
    return solve(_settled(program, known, same), settings)


def reaching(program: Program, total: int, settings: SolverSettings) -> ProgramAnswer | None:
    """Return the best plan if it reaches a total, else None.

    Parameters
    ----------
    program : Program
    total : int
    settings : SolverSettings
        Its gap is not used: the answer is yes or no.

    Examples
    --------
    >>> from workbench.engine.allocation.rows import Row
    >>> budget, free = Row("ceiling", "ceiling", np.array([1, 2]), upper=2), np.zeros(2, dtype=bool)
    >>> reaching(Program(np.array([5, 6]), (budget,), free, free), 7, SolverSettings()) is None
    True
    """
    known = relax(program)
    if known is None or known.bound + known.margin < total:
        return None
    answer = solve(_settled(program, known, known.same(total)), replace(settings, relative_gap=0.0))
    return answer if answer.found and answer.value >= total else None


def _settled(program: Program, known: Relaxed, same: Flags) -> Program:
    return replace(
        program,
        fixed_in=program.fixed_in | (same & known.inside),
        fixed_out=program.fixed_out | (same & ~known.inside),
    )
