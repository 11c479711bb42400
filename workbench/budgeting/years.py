"""A plan over several years for every list: whose ceiling each year is, and which lists have none."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from workbench.budgeting.contest import Contest, contest_of
from workbench.domain.session import Session
from workbench.engine.allocation.program import SolverSettings
from workbench.engine.allocation.years import YearsPlan, plan_over_years
from workbench.errors import InvalidInput, Problem
from workbench.prioritisation import Outcome
from workbench.prioritisation.plan_groups import groups_of
from workbench.prioritisation.year_conditions import conditions_over_years, total_of, year_lines


@dataclass(frozen=True)
class YearsTerms:
    """What a plan over several years is told.

    Attributes
    ----------
    discount : Fraction
        Worth of a score one year later.
    leftovers : str
        A name of `workbench.engine.allocation.years.LEFTOVERS`.
    settings : SolverSettings
        For each list by itself.
    """

    discount: Fraction
    leftovers: str
    settings: SolverSettings


def years_contest(session: Session, outcome: Outcome) -> Contest:
    """Return what competes over the years in one list.

    Raises
    ------
    InvalidInput
        ``years_no_ceiling`` where the planned year has none; ``years_nothing`` where nothing competes.
    """
    if outcome.room is None:
        raise InvalidInput([Problem("years_no_ceiling")])
    contest = contest_of(session, outcome)
    if contest.ranks.empty:
        raise InvalidInput([Problem("years_nothing")])
    return contest


def year_ceilings(session: Session, room: int) -> pd.Series:
    """Return the ceiling of every year: the room of the planned year, and the lines of the others.

    Lines about the whole list are added; lines about a source, an agency or a village lie inside them, or
    make up the total where nothing else states it.

    Parameters
    ----------
    session : Session
        Of one list, with no ceiling that is another's (`Conditions.without_common_years`).
    room : int
        Whole rupiah of the planned year.

    Raises
    ------
    InvalidInput
        ``years_missing``; ``years_before`` names every year before the planned one, ``years_total_missing``
        every year of which only parts are known, ``years_planned_differs`` where a line gives the planned
        year another ceiling than the budget.
    """
    lines, planned = year_lines(session), session.facts.plan_year
    if planned is None or lines.empty:
        raise InvalidInput([Problem("years_missing", value=str(planned or ""))])
    totals = {int(str(year)): total_of(held) for year, held in lines.groupby("year")}
    own = lines[(lines["year"] == planned) & ~lines["narrowed"]]
    stated = total_of(own) if len(own) else None
    totals.pop(planned, None)
    problems = [
        Problem("years_before", value=str(year), facts={"planned": planned})
        for year in totals
        if year < planned
    ]
    problems += [
        Problem("years_total_missing", value=str(year)) for year, total in totals.items() if total is None
    ]
    ceiling = session.budget.ceiling()
    if stated is not None and stated != ceiling:
        facts = {"stated": stated, "ceiling": ceiling}
        problems.append(Problem("years_planned_differs", value=str(planned), facts=facts))
    if problems:
        raise InvalidInput(problems)
    return pd.Series(dict(sorted({planned: room, **totals}.items())), dtype="int64")


def plan_years(session: Session, contest: Contest, terms: YearsTerms) -> YearsPlan:
    """Return the plan of one list; what is committed is funded in the first year.

    Raises
    ------
    InvalidInput
        As `year_ceilings`.
    NoFeasiblePlan, InvalidValue
        As `plan_over_years`.
    """
    ceilings = year_ceilings(session, contest.room)
    needs = contest.needs()
    held = conditions_over_years(session, groups_of(session, contest.ranks.index), ceilings.index.tolist())
    return plan_over_years(
        needs.scores,
        needs.costs,
        ceilings,
        terms.discount,
        terms.leftovers,
        held.groups,
        held.every,
        terms.settings,
        needs.committed,
        held.dated,
    )
