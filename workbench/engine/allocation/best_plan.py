"""The plan with the best total score under a ceiling and conditions: exact in rupiah, the same every time."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pandas as pd

from workbench.engine.allocation.branch_plans import best_in_tree
from workbench.engine.allocation.clash import raise_clash
from workbench.engine.allocation.conditions import Condition, rows_of
from workbench.engine.allocation.core_program import solve_by_core
from workbench.engine.allocation.knapsack import Subset, best_subset, first_in_tie_order
from workbench.engine.allocation.money import checked_ceiling, priced
from workbench.engine.allocation.near_plans import Allowance, best_near
from workbench.engine.allocation.points import Points, tie_order, whole_points
from workbench.engine.allocation.priced_rows import priced as at_prices
from workbench.engine.allocation.program import Program, ProgramAnswer, SolverOutcome, SolverSettings
from workbench.engine.allocation.proposal_table import ProposalTable
from workbench.engine.allocation.result import FundingStatus
from workbench.engine.allocation.rows import Flags, Integers, Row
from workbench.engine.allocation.tie_stage import settle_ties
from workbench.errors import InvalidValue, NoFeasiblePlan, same_labels


@dataclass(frozen=True)
class Problem:
    """One allocation in whole numbers: what `best_plan` solves and `why_not` asks again.

    Attributes
    ----------
    labels : Index
        Proposals.
    points : Points
        Scores in whole units.
    costs : array of int64
        Rupiah.
    ceiling : int
        Rupiah.
    program : Program
        Values, the ceiling as first row, all conditions, and the committed proposals.
    places : array of int64
        Public tie order.
    tie_key_given : bool
        Whether that order came from the caller.
    settings : SolverSettings
        Limits.
    """

    labels: pd.Index
    points: Points
    costs: Integers
    ceiling: int
    program: Program
    places: Integers
    tie_key_given: bool
    settings: SolverSettings

    @property
    def bare(self) -> bool:
        """Whether there is nothing but the ceiling."""
        return (
            len(self.program.rows) == 1
            and not self.program.fixed_in.any()
            and not self.program.fixed_out.any()
        )


@dataclass(frozen=True)
class Plan:
    """A funded set with its total, its proof and what blocks the others.

    Attributes
    ----------
    rule : str
        ``"best_total"`` or ``"best_total_with_conditions"``.
    status : Series of FundingStatus by proposal
        Funded or not chosen.
    funded : tuple of labels
        In the public tie order.
    committed : tuple of labels
        The part of `funded` that was decided beforehand.
    spent, left, ceiling : int
        Rupiah.
    points : int
        Total in units of `score_unit`.
    score_unit, total_score : Fraction, float
        A power of ten, and points times unit.
    proven : bool
        Whether no better plan exists (at scores of that unit).
    gap : float
        The share of the total that a better plan could still add, at most; 0 when proven.
    settings : SolverSettings
        Limits under which it was found.
    interrupted : bool
        Whether the clock ended a search, so that another machine may find another plan.
    cuts : int
        Plans of the solver that broke a condition by whole rupiah and were cut off.
    tie_order_applied : bool
        Whether the public tie order was carried through to the end.
    tie_key_given : bool
        Whether the public order was given; otherwise labels decide.
    blocked_by : Series of tuple of names by proposal
        Conditions that adding it, and taking nothing out, would break. Empty for funded proposals.
    """

    rule: str
    status: pd.Series
    funded: tuple[Hashable, ...]
    committed: tuple[Hashable, ...]
    spent: int
    left: int
    ceiling: int
    points: int
    score_unit: Fraction
    total_score: float
    proven: bool
    gap: float
    settings: SolverSettings
    interrupted: bool
    cuts: int
    tie_order_applied: bool
    tie_key_given: bool
    blocked_by: pd.Series


def best_plan(
    scores: pd.Series,
    costs: pd.Series,
    ceiling: int,
    groups: pd.DataFrame | None = None,
    conditions: Sequence[Condition] = (),
    committed: Sequence[Hashable] = (),
    tie_key: pd.Series | None = None,
    settings: SolverSettings | None = None,
) -> Plan:
    """Return the plan with the best total score.

    Among plans of the same total, the public tie order decides lexicographically.

    Parameters
    ----------
    scores : Series of float by proposal
        More is better.
    costs : Series of int by proposal
        Whole rupiah, all priced.
    ceiling : int
        Whole rupiah.
    groups : DataFrame by proposal, optional
        Columns that conditions refer to.
    conditions : sequence of Condition
        See `workbench.engine.allocation.conditions`.
    committed : sequence of labels
        Funded beforehand; their cost is taken from the ceiling and counts in every condition.
    tie_key : Series of int by proposal, optional
        A public order without ties; labels decide when it is absent.
    settings : SolverSettings, optional
        Limits of the solver.

    Returns
    -------
    Plan

    Raises
    ------
    LabelMismatch, InvalidValue
        Named bad input.
    NoFeasiblePlan
        ``conditions_clash`` with the clash and the smallest relaxations; ``committed_above_ceiling``;
        ``nothing_found_in_time``.

    Examples
    --------
    >>> scores, costs = pd.Series({"a": 60, "b": 100, "c": 120}), pd.Series({"a": 10, "b": 20, "c": 30})
    >>> best_plan(scores, costs, 50).funded
    ('b', 'c')
    """
    problem = state_problem(scores, costs, ceiling, groups, conditions, committed, tie_key, settings)
    return plan_of(problem, *first_plan(problem))


def state_problem(
    scores: pd.Series,
    costs: pd.Series,
    ceiling: int,
    groups: pd.DataFrame | None,
    conditions: Sequence[Condition],
    committed: Sequence[Hashable],
    tie_key: pd.Series | None,
    settings: SolverSettings | None,
) -> Problem:
    """Check everything and state the allocation in whole numbers; arguments as `best_plan`."""
    same_labels("costs", scores.index, costs.index)
    points = whole_points(scores)
    price = priced(costs)
    money = np.array([price[label] for label in scores.index.tolist()], dtype=np.int64)
    amount = checked_ceiling(ceiling)
    held = pd.DataFrame(index=scores.index) if groups is None else groups
    same_labels("groups", scores.index, held.index)
    table = ProposalTable(scores.index, money, held.reindex(scores.index), amount)
    fixed = np.zeros(len(scores), dtype=np.bool_)
    fixed[[table.place("committed", label) for label in committed]] = True
    if int(money[fixed].sum()) > amount:
        raise NoFeasiblePlan("committed_above_ceiling", committed=int(money[fixed].sum()), ceiling=amount)
    whole = Row("ceiling", "ceiling", money, upper=amount, upper_share=Fraction(1), whole=amount)
    rows = (whole, *rows_of(conditions, table))
    program = Program(points.units, rows, fixed, np.zeros_like(fixed))
    places, keyed = tie_order(tie_key, scores.index)
    return Problem(scores.index, points, money, amount, program, places, keyed, settings or SolverSettings())


def first_plan(problem: Problem) -> tuple[ProgramAnswer, bool]:
    """Return the best plan that the public tie order puts first, and whether the order was carried through.

    Ceilings that lie apart or within one another are solved branch by branch. Most other problems leave so
    little open beside their relaxation that all plans near it, equals included, can be listed in integers.
    Where the list grows too long, as where many ceilings cross, and for a stated gap, the solver is asked.
    """
    listed = None if problem.bare else listed_plan(problem.program, problem.places, problem.settings)
    return in_tie_order(problem, answer_of(problem)) if listed is None else (listed, True)


def listed_plan(
    program: Program, places: Integers, settings: SolverSettings, allowance: Allowance | None = None
) -> ProgramAnswer | None:
    """Return the best plan that the public tie order puts first, where the plans near it can be listed."""
    held = at_prices(program) if settings.relative_gap == 0 else None
    found = None if held is None else best_in_tree(held, places) or best_near(held, places, allowance)
    if found is None:
        return None
    chosen, total = found
    return ProgramAnswer(SolverOutcome.PROVEN, chosen, total, float(total), 0)


def answer_of(problem: Problem) -> ProgramAnswer:
    """Return the best total, by the dynamic programme where there is only a ceiling, else by the solver."""
    if problem.bare:
        found = best_subset(problem.points.units, problem.costs, problem.ceiling)
        if found.proven:
            return ProgramAnswer(SolverOutcome.PROVEN, found.chosen, found.value, float(found.value), 0)
    answer = solve_by_core(problem.program, problem.settings)
    if answer.outcome is SolverOutcome.INFEASIBLE:
        raise_clash(problem.program, problem.settings)
    if not answer.found:
        raise NoFeasiblePlan("nothing_found_in_time", seconds=problem.settings.seconds, cuts=answer.cuts)
    return answer


def in_tie_order(problem: Problem, answer: ProgramAnswer) -> tuple[ProgramAnswer, bool]:
    """Return the plan that the public tie order puts first, and whether the order was carried through."""
    if answer.outcome is not SolverOutcome.PROVEN:
        return answer, False
    if problem.bare:
        best = Subset(answer.chosen, answer.value, proven=True)
        first = first_in_tie_order(problem.points.units, problem.costs, problem.ceiling, best, problem.places)
        if first.proven:
            return replace(answer, chosen=first.chosen), True
    return settle_ties(problem.program, answer, problem.places, problem.settings)


def plan_of(problem: Problem, answer: ProgramAnswer, tie_order_applied: bool) -> Plan:  # noqa: FBT001 - a fact
    """Return the labelled plan of an answer, after a last count in integers."""
    chosen = answer.chosen
    if problem.program.broken(chosen):  # pragma: no cover - every path above has counted already
        raise InvalidValue("plan_breaks_condition", rows=[row.name for row in problem.program.broken(chosen)])
    spent = int(problem.costs[chosen].sum())
    in_order = np.argsort(problem.places)
    statuses = [FundingStatus.FUNDED if taken else FundingStatus.NOT_CHOSEN for taken in chosen]
    return Plan(
        rule="best_total" if problem.bare else "best_total_with_conditions",
        status=pd.Series(statuses, index=problem.labels, name="status", dtype=object),
        funded=tuple(problem.labels[in_order[chosen[in_order]]].tolist()),
        committed=tuple(problem.labels[in_order[problem.program.fixed_in[in_order]]].tolist()),
        spent=spent,
        left=problem.ceiling - spent,
        ceiling=problem.ceiling,
        points=answer.value,
        score_unit=problem.points.unit,
        total_score=problem.points.score(answer.value),
        proven=answer.outcome is SolverOutcome.PROVEN,
        gap=answer.gap,
        settings=problem.settings,
        interrupted=answer.interrupted,
        cuts=answer.cuts,
        tie_order_applied=tie_order_applied,
        tie_key_given=problem.tie_key_given,
        blocked_by=_blocks(problem, chosen),
    )


def _blocks(problem: Problem, chosen: Flags) -> pd.Series:
    names: list[list[str]] = [[] for _ in problem.labels]
    for row in problem.program.rows:
        activity = int(row.coefficients[chosen].sum()) + row.coefficients
        over = np.zeros(chosen.size, dtype=np.bool_) if row.upper is None else activity > row.upper
        for place in np.flatnonzero(over & ~chosen):
            names[place].append(row.name)
    return pd.Series([tuple(held) for held in names], index=problem.labels, name="blocked_by", dtype=object)
