"""A programme solved over its core: what the relaxation settles is taken as settled, and that is proven.

In the relaxation without whole decisions, moving one item away from its bound costs at least its reduced
cost. Items for which that is more than the distance from the relaxation to a known plan are the same in every
better plan. So a guess at the distance leaves a small programme, and its answer either proves the guess or
replaces it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from workbench.engine.allocation.cover_cuts import broken_covers
from workbench.engine.allocation.program import Program, ProgramAnswer, SolverOutcome, SolverSettings, solve
from workbench.engine.allocation.rounding_cuts import broken_roundings
from workbench.engine.allocation.rows import Flags, Floats, Row, matrix_of

FIRST_CORE = 20
"""Items that the first guess leaves open beside those on which the relaxation is undecided."""
MOST_OPEN = 1500
"""Items that are left open at most; what the others could add is told in the gap."""
ROUNDS = 12
"""How often cuts are sought that the relaxation breaks."""
_PRICED = 1e-9


@dataclass(frozen=True)
class Relaxed:
    """The relaxation of a programme.

    Attributes
    ----------
    bound : float
        No plan has a larger value.
    taken : array of float
        How much of every item it takes.
    moved : array of float
        What moving an item away from its bound costs at least, in units of value.
    margin : float
        How far these floats may be off, generously.
    binding : array of bool
        By row with an upper bound: whether that has a price.
    """

    bound: float
    taken: Floats
    moved: Floats
    margin: float
    binding: Flags

    @property
    def inside(self) -> Flags:
        """Return the items that it takes whole."""
        return np.asarray(self.taken > 0.5, dtype=np.bool_)

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
        taken=np.asarray(found.x, dtype=np.float64),
        moved=np.asarray((np.abs(found.lower.marginals) + np.abs(found.upper.marginals)) * scale),
        margin=1.0 + 1e-7 * abs(bound),
        binding=np.asarray(found.ineqlin.marginals[: int(above.sum())] < -_PRICED, dtype=np.bool_),
    )


def tightened(program: Program, known: Relaxed) -> tuple[Program, Relaxed]:
    """Return a programme with cuts that bring its relaxation closer to whole plans, and that relaxation.

    Parameters
    ----------
    program : Program
    known : Relaxed
        Of this programme.

    Examples
    --------
    >>> budget, free = Row("ceiling", "ceiling", np.array([4, 4]), upper=6), np.zeros(2, dtype=bool)
    >>> program = Program(np.array([5, 5]), (budget,), free, free)
    >>> round(tightened(program, relax(program))[1].bound, 6)
    5.0
    """
    best, cuts = (program, known), list[Row]()
    for _ in range(ROUNDS):
        taken = best[1].taken
        fresh = [*broken_covers(program, taken, cuts), *broken_roundings(program, taken, cuts)]
        if not fresh:
            break
        cuts = [*_priced_ones(cuts, best[1]), *fresh]
        closer = replace(program, rows=(*program.rows, *cuts))
        relaxed = relax(closer)
        if relaxed is None:
            break
        best = closer, relaxed
    return best


def _priced_ones(cuts: list[Row], relaxed: Relaxed) -> list[Row]:
    binding = relaxed.binding[relaxed.binding.size - len(cuts) :]
    return [cut for cut, binds in zip(cuts, binding, strict=True) if binds]


def solve_by_core(
    program: Program, settings: SolverSettings, relaxed: Relaxed | None = None
) -> ProgramAnswer:
    """Solve a programme as `workbench.engine.allocation.program.solve`, most of it decided beforehand.

    Parameters
    ----------
    program : Program
    settings : SolverSettings
        With a gap above zero the first plan that is so close to a bound is the answer.
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
    known = relaxed or relax(program)
    costly = np.sort(known.moved[known.moved > 0]) if known else np.zeros(0)
    if known is None or costly.size <= FIRST_CORE:
        return solve(program, settings)
    guess = float(costly[FIRST_CORE])
    first = solve(_settled(program, known, known.moved > guess), replace(settings, relative_gap=0.0))
    if not first.found:
        return solve(program, settings)
    if first.outcome is SolverOutcome.PROVEN and (known.same(first.value) | (known.moved <= guess)).all():
        return first
    near = _told(program, first, known.bound + known.margin, settings)
    return (
        near if near.outcome is not SolverOutcome.LIMIT_REACHED else _wider(program, known, first, settings)
    )


def _wider(program: Program, known: Relaxed, first: ProgramAnswer, settings: SolverSettings) -> ProgramAnswer:
    """Return the best of what a known plan leaves open, or that plan, with a bound for the whole.

    Of very many open items the likeliest come first; all of them do where that alone was no proof.
    """
    best = first
    for most in (MOST_OPEN, program.values.size):
        same, beyond = known.same(best.value), -np.inf
        if np.count_nonzero(~same) > most:
            guess = float(np.sort(known.moved)[most])
            same, beyond = same | (known.moved > guess), known.bound + known.margin - guess
        found = solve(_settled(program, known, same), settings)
        best = _better(best, found)
        bound = max(min(found.bound, known.bound + known.margin), beyond)
        told = _told(program, best, bound, settings)
        if told.outcome is not SolverOutcome.LIMIT_REACHED or found.bound > beyond:
            return told
    return told


def _better(best: ProgramAnswer, found: ProgramAnswer) -> ProgramAnswer:
    """Return the better of two answers, with what both of them took."""
    better = found if found.found and found.value >= best.value else best
    return replace(
        better,
        cuts=best.cuts + found.cuts,
        steps=best.steps + found.steps,
        interrupted=best.interrupted or found.interrupted,
    )


def _told(program: Program, answer: ProgramAnswer, bound: float, settings: SolverSettings) -> ProgramAnswer:
    """Return an answer as what it is beside a bound; totals are whole numbers of a unit."""
    unit = max(int(np.gcd.reduce(program.values)), 1)
    if bound < answer.value + unit:
        return replace(answer, outcome=SolverOutcome.PROVEN, bound=float(answer.value))
    told = replace(answer, outcome=SolverOutcome.LIMIT_REACHED, bound=bound)
    return replace(told, outcome=SolverOutcome.WITHIN_GAP) if told.gap <= settings.relative_gap else told


def _settled(program: Program, known: Relaxed, same: Flags) -> Program:
    return replace(
        program,
        fixed_in=program.fixed_in | (same & known.inside),
        fixed_out=program.fixed_out | (same & ~known.inside),
    )
