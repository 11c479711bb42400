"""Conditions that contradict each other: which ones, and the smallest relaxation that would resolve it.

The effort is declared: `TIMES` as many steps as one solve may take, for all solves together. Where it ends,
what has been found is still true, a clash and ways out of it, and it is said that less might do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

import numpy as np

from workbench.engine.allocation.program import (
    STEPS_PER_SECOND,
    Program,
    SolverOutcome,
    SolverSettings,
    solve,
)
from workbench.engine.allocation.rows import Flags, Row, matrix_of
from workbench.errors import NoFeasiblePlan

TIMES = 3
"""Naming a clash may take so many times the steps of one solve; its ways out as many again."""
PARTS = 10
"""One question may take so small a part of that."""
_ROOT = 20
_OPTIMAL, _INFEASIBLE = 0, 2


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
    proven : bool
        Whether nothing smaller does within this family, by more than a millionth of its largest amount.
    """

    family: str
    changes: tuple[tuple[str, int], ...]
    total: int
    proven: bool = True


@dataclass(frozen=True)
class Clash:
    """Conditions that cannot hold together.

    Attributes
    ----------
    rows : tuple of Row
        The conditions.
    all_needed : bool
        Whether it is known that leaving out any one of them would end this clash.
    """

    rows: tuple[Row, ...]
    all_needed: bool


@dataclass(frozen=True)
class WaysOut:
    """How a clash can be resolved by one family of conditions alone.

    Attributes
    ----------
    relaxations : tuple of Relaxation
        One for every family that can.
    undecided : tuple of str
        Families of which that is not known.
    """

    relaxations: tuple[Relaxation, ...]
    undecided: tuple[str, ...]


@dataclass
class _Effort:
    """What questions may still take together, in steps; `sure` ends with the first that was not answered."""

    settings: SolverSettings
    left: int
    sure: bool = True

    @classmethod
    def of(cls, settings: SolverSettings) -> _Effort:
        return cls(settings, TIMES * settings.steps)

    def for_one(self) -> SolverSettings:
        """Return the limits of the next question."""
        most = max(TIMES * self.settings.steps // PARTS, 1)
        seconds = min(most, self.left) / STEPS_PER_SECOND
        return replace(self.settings, seconds=seconds, relative_gap=0.0)


def raise_clash(program: Program, settings: SolverSettings) -> NoReturn:
    """Raise the error that names the clash and the smallest relaxations.

    Raises
    ------
    NoFeasiblePlan
        ``conditions_clash`` with facts ``clash`` (names of conditions that cannot hold together),
        ``all_needed`` (whether it is known that none of them can be left out), ``relaxations`` (one
        `Relaxation` per family that can resolve it alone) and ``undecided`` (families of which that is not
        known).

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
    clash, ways = smallest_clash(program, settings), smallest_relaxations(program, settings)
    raise NoFeasiblePlan(
        "conditions_clash",
        clash=tuple(dict.fromkeys(row.name for row in clash.rows)),
        all_needed=clash.all_needed,
        relaxations=ways.relaxations,
        undecided=ways.undecided,
    )


def smallest_clash(program: Program, settings: SolverSettings) -> Clash:
    """Return rows that cannot hold together, although any of them could be left out to mend it.

    Junker (2004), "QuickXplain: preferred explanations and relaxations for over-constrained problems". What
    is not answered within the effort is taken as possible: that only keeps rows that might have been left
    out.

    Examples
    --------
    >>> rows = tuple(Row(str(n), "count", np.array([1]), lower=n) for n in (0, 2))
    >>> free = np.zeros(1, dtype=bool)
    >>> clash = smallest_clash(Program(np.array([1]), rows, free, free), SolverSettings())
    >>> [row.name for row in clash.rows], clash.all_needed
    (['2'], True)
    """
    effort = _Effort.of(settings)
    rows = tuple(_explain(program, [], [], list(program.rows), effort))
    return Clash(rows, effort.sure)


def smallest_relaxations(program: Program, settings: SolverSettings) -> WaysOut:
    """Return, for every family of conditions that can end the clash alone, how little it must give way.

    Examples
    --------
    >>> rows = (Row("at least two", "count", np.array([1]), lower=2),)
    >>> free = np.zeros(1, dtype=bool)
    >>> ways = smallest_relaxations(Program(np.array([1]), rows, free, free), SolverSettings())
    >>> ways.relaxations[0].changes, ways.undecided
    ((('at least two', 1),), ())
    """
    families = dict.fromkeys(row.family for row in program.rows)
    effort = _Effort.of(settings)
    found: list[Relaxation] = []
    undecided: list[str] = []
    for family in families:
        effort.sure = True
        relaxation = _relax_family(program, family, effort)
        if relaxation is not None:
            found.append(relaxation)
        elif not effort.sure:
            undecided.append(family)
    return WaysOut(tuple(found), tuple(undecided))


def _possible(program: Program, rows: Sequence[Row], effort: _Effort) -> bool:
    """Return whether some plan keeps some rows; yes where the effort does not tell."""
    if not rows:
        return True
    asked = replace(program, rows=tuple(rows), values=np.zeros_like(program.values))
    if effort.left <= 0:
        effort.sure = False
        return True
    effort.left -= asked.open_items
    if not _possible_in_parts(asked):
        return False
    answer = solve(asked, effort.for_one())
    effort.left -= answer.steps
    effort.sure &= answer.outcome is not SolverOutcome.NOTHING_FOUND
    return answer.outcome is not SolverOutcome.INFEASIBLE


def _possible_in_parts(program: Program) -> bool:
    """Return whether the rows can be kept by taking items in part; the quickest way to a no."""
    from scipy import optimize, sparse

    table, lower, upper = matrix_of(program.rows)
    above, below = np.isfinite(upper), np.isfinite(lower)
    found = optimize.linprog(  # type: ignore[call-overload] # the stubs do not know sparse matrices here
        np.zeros(program.values.size),
        A_ub=sparse.csr_array(sparse.vstack([table[above], -table[below]])),
        b_ub=np.concatenate([upper[above], -lower[below]]),
        bounds=np.column_stack([program.fixed_in.astype(float), (~program.fixed_out).astype(float)]),
        method="highs",
    )
    return bool(found.status != _INFEASIBLE)


def _explain(
    program: Program, background: list[Row], added: list[Row], suspects: list[Row], effort: _Effort
) -> list[Row]:
    if added and not _possible(program, background, effort):
        return []
    if len(suspects) == 1:
        return suspects
    half = len(suspects) // 2
    first, second = suspects[:half], suspects[half:]
    from_second = _explain(program, background + first, first, second, effort)
    from_first = _explain(program, background + from_second, from_second, first, effort)
    return from_first + from_second


def _relax_family(program: Program, family: str, effort: _Effort) -> Relaxation | None:
    soft = [row for row in program.rows if row.family == family]
    chosen = _least_violation(program, soft, effort) if effort.left > 0 else None
    if chosen is None:
        effort.sure &= effort.left > 0
        return None
    changes = tuple((row.name, -(-row.excess(chosen) // row.scale)) for row in soft if row.excess(chosen))
    return Relaxation(family, changes, sum(amount for _, amount in changes), effort.sure)


def _least_violation(program: Program, soft: Sequence[Row], effort: _Effort) -> Flags | None:
    """Return the items of the plan that breaks only these rows, and as little as possible in sum.

    None where there is no such plan, or where the effort does not tell.
    """
    from scipy import optimize, sparse

    hard = [row for row in program.rows if all(row is not other for other in soft)]
    sides = [side for row in soft for side in row.sides()]
    table, lower, upper = matrix_of([*hard, *sides])
    size = program.values.size
    slack = sparse.vstack([sparse.csr_array((len(hard), len(sides))), -sparse.eye_array(len(sides))])
    wide = sparse.csr_array(sparse.hstack([table, slack]))
    worth = np.array([max(1.0, float(np.gcd.reduce(side.coefficients))) for side in sides])
    # Between two sums of round costs a condition is broken by the rupiah that it lacks, not by a whole step.
    upper[len(hard) :] = np.array([float(side.upper or 0) for side in sides]) / worth
    limits = effort.for_one()
    with limits.around():
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
                "node_limit": limits.branches(size),
                "time_limit": limits.patience,
            },
        )
    effort.left -= size * (_ROOT + int(found.mip_node_count or 0))
    chosen = None if found.x is None else np.asarray(found.x[:size] > 0.5, dtype=np.bool_)
    if chosen is None or any(row.excess(chosen) for row in hard):
        effort.sure = chosen is None and found.status == _INFEASIBLE
        return None
    effort.sure = found.status == _OPTIMAL
    return chosen
