"""A plan over several years for every list: whose ceiling each year is, and which lists have none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from workbench.budgeting.contest import Contest, contest_of
from workbench.domain.conditions import Demand
from workbench.domain.session import Session
from workbench.engine.allocation.program import SolverSettings
from workbench.engine.allocation.years import YearsPlan, plan_over_years
from workbench.errors import InvalidInput, Problem
from workbench.prioritisation import Outcome


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

    Several lines of one year are added.

    Parameters
    ----------
    session : Session
        Of one list, with no ceiling that is another's (`Conditions.without_common_years`).
    room : int
        Whole rupiah of the planned year.

    Raises
    ------
    InvalidInput
        ``years_missing``; ``years_before`` names every line of a year before the planned one.
    """
    lines = session.conditions.frame
    lines = lines[lines["demand"] == Demand.YEAR_CEILING]
    planned = session.facts.plan_year
    if planned is None or lines.empty:
        raise InvalidInput([Problem("years_missing", value=str(planned or ""))])
    amounts = {planned: room}
    for year, limit in zip(lines["year"], lines["limit"], strict=True):
        if int(year) != planned:
            amounts[int(year)] = amounts.get(int(year), 0) + int(limit)
    earlier = [year for year in amounts if year < planned]
    if earlier:
        raise InvalidInput(
            Problem("years_before", value=str(year), facts={"planned": planned}) for year in sorted(earlier)
        )
    return pd.Series(dict(sorted(amounts.items())), dtype="int64")


def plan_years(contest: Contest, ceilings: Mapping[int, int] | pd.Series, terms: YearsTerms) -> YearsPlan:
    """Return the plan of one list; what is committed is funded in the first year.

    Raises
    ------
    NoFeasiblePlan, InvalidValue
        As `plan_over_years`.
    """
    held = contest.needs()
    return plan_over_years(
        held.scores,
        held.costs,
        pd.Series(ceilings, dtype="int64"),
        terms.discount,
        terms.leftovers,
        held.groups,
        held.conditions,
        terms.settings,
        held.committed,
    )
