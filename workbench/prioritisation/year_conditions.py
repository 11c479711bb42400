"""The conditions of a plan over several years: those of every year, and those that one year states."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from workbench.domain.conditions import EACH, SCOPE, Demand
from workbench.domain.session import Session
from workbench.engine.allocation.conditions import Condition, GroupCeiling
from workbench.prioritisation.ceiling_conditions import ceiling_conditions
from workbench.prioritisation.plan_conditions import Names, groups_held, scopes_of, state_lines, with_bound
from workbench.prioritisation.plan_groups import PlanGroups

Scope = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class YearConditions:
    """What a plan over several years must keep.

    Attributes
    ----------
    every : tuple of Condition
        Lines without a year.
    dated : mapping of year to tuple of Condition
        Lines of that year, its ceilings of groups, and the finer ceilings of the budget where the year states
        none of its own for the same group.
    groups : DataFrame by proposal
        What they refer to.
    """

    every: tuple[Condition, ...]
    dated: Mapping[Hashable, tuple[Condition, ...]]
    groups: pd.DataFrame


def conditions_over_years(session: Session, groups: PlanGroups, years: Sequence[int]) -> YearConditions:
    """Return the conditions of every year and of each.

    Parameters
    ----------
    session : Session
        Of one list.
    groups : PlanGroups
        Of its competing proposals.
    years : sequence of int
        In their order; what is earmarked in the budget counts in shares of the first one's ceiling.
    """
    frame, lines = session.conditions.frame, year_lines(session)
    names, bound = Names(), session.budget.earmarked()
    undated = state_lines(frame[frame["year"].isna()], groups, names)
    shares = [condition for condition in undated if with_bound(condition, bound) is not condition]
    common = ceiling_conditions(session, groups, names)
    dated: dict[Hashable, tuple[Condition, ...]] = {}
    for year in years:
        held = [*shares, *state_lines(_of(frame, year), groups, names)]
        if year == years[0]:
            held = [with_bound(condition, bound) for condition in held]
        own = list(_ceilings(_of(lines, year), groups, names))
        stated = {_scope(ceiling.where) for ceiling in own}
        kept = [one for one in common if not isinstance(one, GroupCeiling) or _scope(one.where) not in stated]
        dated[int(year)] = (*held, *own, *kept)
    every = tuple(condition for condition in undated if condition not in shares)
    asked = [*every, *(condition for held in dated.values() for condition in held)]
    return YearConditions(every, MappingProxyType(dated), groups_held(frame, groups, asked))


def year_lines(session: Session) -> pd.DataFrame:
    """Return the ceilings of years, with a column ``narrowed``: whether it is about less than the list.

    The code of a district says whose ceiling it is, and narrows nothing.
    """
    frame = session.conditions.frame
    lines = frame[frame["demand"] == Demand.YEAR_CEILING]
    owner = lines["village"].isin(session.proposals.districts)
    lines = lines.assign(village=lines["village"].mask(owner, ""))
    named = (lines[[*SCOPE, "proposals"]] != "").any(axis="columns")
    return lines.assign(narrowed=named | lines["womens_proposal"].notna())


def total_of(lines: pd.DataFrame) -> int | None:
    """Return the ceiling of one year from its lines; None where they do not say what it is.

    Lines about the whole list are the total, and the others lie inside it. Where there are none, the sum of
    lines that name the same columns is; parts by source beside parts by agency would be money twice.
    """
    whole = lines[~lines["narrowed"]]
    if whole.empty and not _are_parts(lines):
        return None
    return sum(int(limit) for limit in (lines if whole.empty else whole)["limit"])


def _are_parts(lines: pd.DataFrame) -> bool:
    cells = lines[list(SCOPE)]
    alike = len((cells != "").drop_duplicates()) == 1
    named = lines["womens_proposal"].isna().all() and lines["proposals"].eq("").all()
    return bool(alike and named and not (cells == EACH).to_numpy().any())


def _of(lines: pd.DataFrame, year: int) -> pd.DataFrame:
    return lines[(lines["year"] == year).fillna(value=False)]


def _ceilings(lines: pd.DataFrame, groups: PlanGroups, names: Names) -> Iterator[GroupCeiling]:
    """Yield one ceiling for each group that lines of a year name; lines about the same group are added."""
    amounts: dict[Scope, int] = {}
    called: dict[Scope, tuple[str, str]] = {}
    for at, line in lines[lines["narrowed"]].iterrows():
        for name, where in scopes_of(line, groups, str(at)):
            scope = _scope(where)
            amounts[scope] = amounts.get(scope, 0) + int(line["limit"])
            called.setdefault(scope, (name, str(line["legal_basis"])))
    for scope, amount in amounts.items():
        yield GroupCeiling(names.own(*called[scope]), amount, dict(scope))


def _scope(where: Mapping[str, object]) -> Scope:
    return tuple(sorted((column, str(group)) for column, group in where.items()))
