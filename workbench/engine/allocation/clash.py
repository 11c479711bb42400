"""Conditions that contradict each other: which ones, and the smallest relaxation that would resolve it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

import numpy as np

from workbench.engine.allocation.program import Program, SolverOutcome, SolverSettings, solve
from workbench.engine.allocation.rows import Flags, Row, matrix_of
from workbench.errors import NoFeasiblePlan


@dataclass(frozen=True)
class Relaxation:
    """One way out of a clash: how far the conditions of one family must give way, and no other.

    Attributes
    ----------
    family : str
        Kind of condition.
    changes : tuple of (str, int)
        Name of each condition that gives way and by how much, in its own unit (rupiah, proposals).
    total : int
        Sum of the changes.
    """

    family: str
    changes: tuple[tuple[str, int], ...]
    total: int


def raise_clash(program: Program, settings: SolverSettings) -> NoReturn:
    """Raise the error that names the clash and the smallest relaxations.

    Raises
    ------
    NoFeasiblePlan
        ``conditions_clash`` with facts ``clash`` (names of conditions that cannot hold together, none of
        which can be left out) and ``relaxations`` (one `Relaxation` per family that can resolve it alone).

    Examples
    --------
    >>> need = Row("two of them", "count", np.array([1, 1]), lower=2)
    >>> money = Row("ceiling", "ceiling", np.array([7, 8]), upper=10)
    >>> program = Program(np.array([1, 1]), (money, need), np.zeros(2, dtype=bool), np.zeros(2, dtype=bool))
    >>> try:
    ...     raise_clash(program, SolverSettings())
    ... except NoFeasiblePlan as error:
    ...     error.facts["clash"], [relaxation.total for relaxation in error.facts["relaxations"]]
    (('ceiling', 'two of them'), [5, 1])
    """
    raise NoFeasiblePlan(
        "conditions_clash",
        clash=tuple(dict.fromkeys(row.name for row in smallest_clash(program, settings))),
        relaxations=smallest_relaxations(program, settings),
    )


def smallest_clash(program: Program, settings: SolverSettings) -> tuple[Row, ...]:
    """Return rows that cannot hold together, although any of them could be left out to mend it.

    Junker (2004), "QuickXplain: preferred explanations and relaxations for over-constrained problems".

    Examples
    --------
    >>> rows = tuple(Row(str(n), "count", np.array([1]), lower=n) for n in (0, 2))
    >>> free = np.zeros(1, dtype=bool)
    >>> [row.name for row in smallest_clash(Program(np.array([1]), rows, free, free), SolverSettings())]
    ['2']
    """
    return tuple(_explain(program, [], [], list(program.rows), settings))


def smallest_relaxations(program: Program, settings: SolverSettings) -> tuple[Relaxation, ...]:
    """Return, for every family of conditions that can end the clash alone, how little it must give way.

    Examples
    --------
    >>> rows = (Row("at least two", "count", np.array([1]), lower=2),)
    >>> free = np.zeros(1, dtype=bool)
    >>> smallest_relaxations(Program(np.array([1]), rows, free, free), SolverSettings())[0].changes
    (('at least two', 1),)
    """
    families = dict.fromkeys(row.family for row in program.rows)
    tried = (_relax_family(program, family, settings) for family in families)
    return tuple(relaxation for relaxation in tried if relaxation is not None)


def _feasible(program: Program, rows: Sequence[Row], settings: SolverSettings) -> bool:
    asked = replace(program, rows=tuple(rows), values=np.zeros_like(program.values))
    return solve(asked, settings).outcome is not SolverOutcome.INFEASIBLE if rows else True


def _explain(
    program: Program, background: list[Row], added: list[Row], suspects: list[Row], settings: SolverSettings
) -> list[Row]:
    if added and not _feasible(program, background, settings):
        return []
    if len(suspects) == 1:
        return suspects
    half = len(suspects) // 2
    first, second = suspects[:half], suspects[half:]
    from_second = _explain(program, background + first, first, second, settings)
    from_first = _explain(program, background + from_second, from_second, first, settings)
    return from_first + from_second


def _relax_family(program: Program, family: str, settings: SolverSettings) -> Relaxation | None:
    soft = [row for row in program.rows if row.family == family]
    chosen = _least_violation(program, soft, settings)
    if chosen is None:
        return None
    changes = tuple((row.name, -(-row.excess(chosen) // row.scale)) for row in soft if row.excess(chosen))
    return Relaxation(family, changes, sum(amount for _, amount in changes))


def _least_violation(program: Program, soft: Sequence[Row], settings: SolverSettings) -> Flags | None:
    """Return the items of the plan that breaks only these rows, and as little as possible in sum."""
    from scipy import optimize, sparse

    hard = [row for row in program.rows if all(row is not other for other in soft)]
    sides = [side for row in soft for side in row.sides()]
    table, lower, upper = matrix_of([*hard, *sides])
    size = program.values.size
    slack = sparse.vstack([sparse.csr_array((len(hard), len(sides))), -sparse.eye_array(len(sides))])
    wide = sparse.csr_array(sparse.hstack([table, slack]))
    worth = np.array([max(1.0, float(np.gcd.reduce(side.coefficients))) for side in sides])
    with settings.around():
        found = optimize.milp(
            np.append(np.zeros(size), worth / worth.max(initial=1.0)),
            constraints=optimize.LinearConstraint(wide, lower, upper),
            integrality=np.append(np.ones(size, dtype=np.int64), np.zeros(len(sides), dtype=np.int64)),
            bounds=optimize.Bounds(
                np.append(program.fixed_in.astype(float), np.zeros(len(sides))),
                np.append((~program.fixed_out).astype(float), np.full(len(sides), np.inf)),
            ),
            options={
                "mip_rel_gap": 0.0,
                "node_limit": settings.branches(size),
                "time_limit": settings.patience,
            },
        )
    if found.x is None:
        return None
    chosen = np.asarray(found.x[:size] > 0.5, dtype=np.bool_)
    return None if any(row.excess(chosen) for row in hard) else chosen
