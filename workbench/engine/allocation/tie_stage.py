"""The second stage of an exact plan: among plans of the best total, the public tie order decides."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from workbench.engine.allocation.core_program import relax, tightened
from workbench.engine.allocation.program import Program, ProgramAnswer, SolverOutcome, SolverSettings, solve
from workbench.engine.allocation.rows import Flags, Integers, Row

_BLOCK = 16
"""Proposals whose place in the order is settled by one solve, as powers of two."""
_FEW = 100
"""Items among which the order is settled without more ado."""
_FINE = 10_000
"""Units in the largest value from which it is asked first whether there is another plan at all."""
_TIMES = 2
"""The order may take so many times the steps of one solve."""


def settle_ties(
    program: Program, answer: ProgramAnswer, places: Integers, settings: SolverSettings
) -> tuple[ProgramAnswer, bool]:
    """Return the best plan that the public tie order puts first, lexicographically.

    Parameters
    ----------
    program : Program
        The programme that was solved.
    answer : ProgramAnswer
        Its proven answer.
    places : array of int64
        Place of every item in the public order.
    settings : SolverSettings
        Limits of each solve.

    Returns
    -------
    ProgramAnswer, bool
        The plan, and whether the order could be carried through; if not, the plan is still of the best total.

    Examples
    --------
    >>> budget = Row("ceiling", "ceiling", np.array([3, 3, 3]), upper=6)
    >>> program = Program(np.array([5, 5, 5]), (budget,), np.zeros(3, dtype=bool), np.zeros(3, dtype=bool))
    >>> first = solve(program, SolverSettings())
    >>> settle_ties(program, first, np.array([2, 0, 1]), SolverSettings())[0].chosen.tolist()
    [False, True, True]
    """
    tight, could_differ = _could_differ(program, answer)
    if could_differ.any() and _long(program):
        answer, alone = _alone(tight, answer, could_differ, settings)
        if alone or answer.interrupted:
            return answer, alone
    free = np.flatnonzero(could_differ)
    free = free[np.argsort(places[free])]
    chosen, cuts, left = answer.chosen.copy(), answer.cuts, _TIMES * settings.steps
    total = Row("total_score", "total_score", program.values, lower=answer.value)
    while free.size:
        kept = int(np.argmin(chosen[free])) if not chosen[free].all() else free.size
        free = free[kept:]  # in already, and they come first: nothing to decide
        turn = free[:_BLOCK]
        if not turn.size:
            break
        found = _settle_block(tight, total, chosen, free, turn, settings)
        cuts, left = cuts + found.cuts, left - found.steps
        if found.outcome is not SolverOutcome.PROVEN or left < 0:
            late = answer.interrupted or found.interrupted
            return replace(answer, chosen=chosen, cuts=cuts, interrupted=late), False
        chosen = found.chosen
        free = free[turn.size :]
    return replace(answer, chosen=chosen, cuts=cuts), True


def _settle_block(
    program: Program, total: Row, chosen: Flags, free: Integers, turn: Integers, settings: SolverSettings
) -> ProgramAnswer:
    values = np.zeros(chosen.size, dtype=np.int64)
    values[turn] = 1 << np.arange(turn.size - 1, -1, -1, dtype=np.int64)
    undecided = np.zeros(chosen.size, dtype=np.bool_)
    undecided[free] = True
    block = Program(values, (*program.rows, total), chosen & ~undecided, ~chosen & ~undecided)
    return solve(block, replace(settings, relative_gap=0.0))


def _long(program: Program) -> bool:
    """Return whether values are so fine that two sums of them are hardly ever equal."""
    return int(np.abs(program.values).max()) > _FINE * max(int(np.gcd.reduce(program.values)), 1)


def _alone(
    program: Program, answer: ProgramAnswer, undecided: Flags, settings: SolverSettings
) -> tuple[ProgramAnswer, bool]:
    """Return the answer, and whether it is known that no other plan reaches its total."""
    chosen = answer.chosen
    changed = undecided.astype(np.int64) * np.where(chosen, -1, 1)
    other = Row("another", "cut", changed, lower=1 - int(np.count_nonzero(chosen & undecided)))
    another = Program(program.values, (*program.rows, other), chosen & ~undecided, ~chosen & ~undecided)
    found = solve(another, replace(settings, relative_gap=0.0))
    late = answer.interrupted or found.interrupted
    alone = found.outcome is SolverOutcome.INFEASIBLE or found.bound < answer.value
    return replace(answer, cuts=answer.cuts + found.cuts, interrupted=late), alone


def _could_differ(program: Program, answer: ProgramAnswer) -> tuple[Program, Flags]:
    """Return a superset of the items that differ among plans of the best total, by reduced costs.

    In the relaxation without whole decisions, moving one item away from its bound costs at least its reduced
    cost. Where that costs more than the distance to the best total, the item is the same in every best plan.
    Where that leaves many, covers bring the relaxation closer; the programme comes back with them.
    """
    undecided = ~(program.fixed_in | program.fixed_out)
    relaxed = relax(program)
    if relaxed is None:
        return program, np.asarray(undecided)
    left = undecided & ~relaxed.same(answer.value)
    if np.count_nonzero(left) <= _FEW:
        return program, left
    tight, closer = tightened(program, relaxed)
    return tight, np.asarray(left & ~closer.same(answer.value), dtype=np.bool_)
