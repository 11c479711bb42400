"""The second stage of an exact plan: among plans of the best total, the public tie order decides."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from workbench.engine.allocation.core_program import relax
from workbench.engine.allocation.program import Program, ProgramAnswer, SolverOutcome, SolverSettings, solve
from workbench.engine.allocation.rows import Flags, Integers, Row

_BLOCK = 16
"""Proposals whose place in the order is settled by one solve, as powers of two."""


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
    free = np.flatnonzero(_could_differ(program, answer))
    free = free[np.argsort(places[free])]
    chosen = answer.chosen.copy()
    cuts = answer.cuts
    total = Row("total_score", "total_score", program.values, lower=answer.value)
    while free.size:
        kept = int(np.argmin(chosen[free])) if not chosen[free].all() else free.size
        free = free[kept:]  # in already, and they come first: nothing to decide
        turn = free[:_BLOCK]
        if not turn.size:
            break
        found = _settle_block(program, total, chosen, free, turn, settings)
        cuts += found.cuts
        if found.outcome is not SolverOutcome.PROVEN:
            return replace(answer, chosen=chosen, cuts=cuts), False
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


def _could_differ(program: Program, answer: ProgramAnswer) -> Flags:
    """Return a superset of the items that differ among plans of the best total, by reduced costs.

    In the relaxation without whole decisions, moving one item away from its bound costs at least its reduced
    cost. Where that costs more than the distance to the best total, the item is the same in every best plan.
    """
    decided = program.fixed_in | program.fixed_out
    relaxed = relax(program)
    if relaxed is None:
        return np.asarray(~decided)
    return np.asarray(~decided & ~relaxed.same(answer.value), dtype=np.bool_)
