"""What is wrong with a table of conditions: cells, circles of requirements, names that the list lacks."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType

import pandas as pd

from workbench.domain.checks import duplicates, empty_cells, problem_at
from workbench.domain.conditions import COLUMNS, EACH, SCOPE, SHARES, Counted, Demand, labels_of, plain
from workbench.domain.proposals import Proposals
from workbench.domain.region_codes import Level, ancestor
from workbench.domain.suggestions import suggested
from workbench.errors import Problem, Severity


def check(table: pd.DataFrame) -> list[Problem]:
    """Name every violated invariant of a table of conditions, all at once.

    Parameters
    ----------
    table : DataFrame
        Conformed to `workbench.domain.conditions.COLUMNS`; the index is the row number a person sees.
    """
    problems = empty_cells(table, COLUMNS)
    problems += duplicates(table[table["condition"] != ""], ["condition"])
    for row, line in table.iterrows():
        if line["demand"] in FAULTS:
            problems += FAULTS[line["demand"]](row, line)
    return problems + list(_circles(table))


def _limit(row: Hashable, line: pd.Series) -> Iterator[Problem]:
    counted, text = str(line["counted"]), str(line["limit"])
    for name in ("counted", "limit"):
        if not line[name]:
            yield problem_at(row, "empty_cell", name)
    if counted and text:
        yield from _number_faults(row, text, share=counted in SHARES)
    if line["proposals"] and any(line[column] for column in SCOPE):
        yield problem_at(row, "condition_scope_twice", "proposals", line["proposals"])


def _number_faults(row: Hashable, text: str, *, share: bool) -> Iterator[Problem]:
    amount = _number(text)
    if amount is None or amount < 0:
        yield problem_at(row, "limit_unreadable", "limit", text)
    elif share and amount > 1:
        yield problem_at(row, "share_above_whole", "limit", text)
    elif not share and amount.denominator != 1:
        yield problem_at(row, "limit_not_whole", "limit", text)


def _year(row: Hashable, line: pd.Series) -> Iterator[Problem]:
    if pd.isna(line["year"]):
        yield problem_at(row, "empty_cell", "year")
    if line["limit"]:
        yield from _number_faults(row, str(line["limit"]), share=False)
    else:
        yield problem_at(row, "empty_cell", "limit")
    if line["counted"] not in ("", Counted.RUPIAH):
        yield problem_at(row, "year_ceiling_in_rupiah", "counted", line["counted"])
    if line["proposals"] and any(line[column] for column in SCOPE):
        yield problem_at(row, "condition_scope_twice", "proposals", line["proposals"])


def _several(row: Hashable, line: pd.Series) -> Iterator[Problem]:
    if len(set(labels_of(line["proposals"]))) < 2:
        yield problem_at(row, "condition_needs_two", "proposals", line["proposals"])


def _one(row: Hashable, line: pd.Series) -> Iterator[Problem]:
    if not labels_of(line["proposals"]):
        yield problem_at(row, "empty_cell", "proposals")


def _requires(row: Hashable, line: pd.Series) -> Iterator[Problem]:
    yield from _one(row, line)
    if not labels_of(line["needs"]):
        yield problem_at(row, "empty_cell", "needs")


FAULTS: Mapping[str, Callable[[Hashable, pd.Series], Iterator[Problem]]] = MappingProxyType(
    {
        Demand.AT_LEAST.value: _limit,
        Demand.AT_MOST.value: _limit,
        Demand.REQUIRES.value: _requires,
        Demand.ONLY_ONE.value: _several,
        Demand.COMMITTED.value: _one,
        Demand.YEAR_CEILING.value: _year,
    }
)
"""What a line must carry, by what it asks for."""


def _number(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def _circles(table: pd.DataFrame) -> Iterator[Problem]:
    """Name the lines whose chain of requirements leads back to where it began."""
    lines = table[table["demand"] == Demand.REQUIRES]
    onward: dict[str, set[str]] = {}
    for proposals, needs in zip(lines["proposals"], lines["needs"], strict=True):
        for label in labels_of(proposals):
            onward.setdefault(label, set()).update(labels_of(needs))
    for row, proposals, needs in zip(lines.index, lines["proposals"], lines["needs"], strict=True):
        steps = ((label, needed) for label in labels_of(proposals) for needed in labels_of(needs))
        circles = (_circle(onward, *step) for step in steps)
        found = next((circle for circle in circles if circle), ())
        if found:
            yield problem_at(row, "requires_circle", "needs", needs, circle=found)


def _circle(onward: Mapping[str, set[str]], start: str, needed: str) -> tuple[str, ...]:
    """Return the chain from a proposal over one that it needs back to itself; empty where there is none."""
    if needed == start:
        return (start, start)
    paths: list[tuple[str, ...]] = [(start, needed)]
    seen = {needed}
    while paths:
        path = paths.pop()
        for label in sorted(onward.get(path[-1], ())):
            if label == start:
                return (*path, label)
            if label not in seen:
                seen.add(label)
                paths.append((*path, label))
    return ()


def check_conditions(table: pd.DataFrame, proposals: Proposals) -> list[Problem]:
    """Name what conditions refer to and the list of proposals does not hold.

    Parameters
    ----------
    table : DataFrame
        The index is the row number a person sees.
    proposals : Proposals
        The whole list.
    """
    problems: list[Problem] = []
    activities = {str(label): str(name) for label, name in proposals.frame["activity"].items()}
    for column in ("proposals", "needs"):
        for row, text in table[column].items():
            for label in labels_of(text):
                if label not in activities:
                    facts = suggested(label, activities)
                    problems.append(problem_at(row, "unknown_proposal", column, label, **facts))
    for column in SCOPE:
        problems += _unknown_groups(table, column, proposals)
    return problems + list(_shared_names(table, proposals))


def _shared_names(table: pd.DataFrame, proposals: Proposals) -> Iterator[Problem]:
    """Name the cells with the name of several villages: only a code says which is meant."""
    frame = proposals.frame
    codes: dict[str, set[str]] = {}
    for name, region in zip(frame["village"], frame["region"], strict=True):
        if code := ancestor(region, Level.VILLAGE):
            codes.setdefault(plain(name), set()).add(code)
    for row, cell in table["village"].items():
        if cell and len(held := codes.get(plain(cell), set())) > 1:
            yield problem_at(row, "village_name_shared", "village", cell, candidates=tuple(sorted(held)))


def other_years(table: pd.DataFrame, planned: int | None) -> list[Problem]:
    """Note the lines of another year than the planned one: they do not hold."""
    years = table["year"]
    if planned is None:
        return []
    other = years.notna() & (years != planned).fillna(value=False)
    apart = other & (table["demand"] != Demand.YEAR_CEILING)
    return [
        problem_at(row, "condition_of_other_year", "year", years[row], Severity.NOTE, planned=planned)
        for row in table.index[apart]
    ]


def zero_costs(table: pd.DataFrame) -> list[Problem]:
    """Note the proposals that cost nothing: an unknown cost is an empty cell, not a zero."""
    free = table["cost"].eq(0).fillna(value=False)
    return [problem_at(row, "cost_zero", "cost", 0, Severity.NOTE) for row in table.index[free]]


def strange_agencies(table: pd.DataFrame, proposals: Proposals) -> list[Problem]:
    """Note the agencies of a budget that no proposal names: a misspelt one would bind nothing.

    Parameters
    ----------
    table : DataFrame
        A budget; the index is the row number a person sees.
    proposals : Proposals
    """
    known = {plain(name): name for name in sorted(set(proposals.frame["agency"]) - {""})}
    strange = table.loc[(table["agency"] != "") & ~table["agency"].map(plain).isin(list(known)), "agency"]
    return [
        problem_at(row, "agency_without_proposals", "agency", name, Severity.NOTE, **_near(name, known))
        for row, name in strange.items()
    ]


def _near(name: str, known: Mapping[str, str]) -> dict[str, object]:
    names = tuple(known.values())
    return suggested(name, dict(zip(names, names, strict=True)))


def _unknown_groups(table: pd.DataFrame, column: str, proposals: Proposals) -> Iterator[Problem]:
    named = table.loc[~table[column].isin(["", EACH]), column]
    if column == "village":  # the ceiling of a year may name a district
        of_district = (table["demand"] == Demand.YEAR_CEILING) & table[column].isin(proposals.districts)
        named = named[~of_district.loc[named.index]]
    if named.empty:
        return
    frame = proposals.frame
    names = {*frame["village"], *frame["region"]} if column == "village" else set(frame[column])
    known = {plain(name): str(name) for name in sorted(names - {""})}
    for row, cell in named.items():
        if plain(cell) not in known:
            facts = suggested(cell, {name: name for name in known.values()}) or {
                "known": tuple(known.values())
            }
            yield problem_at(row, "unknown_group", column, cell, **facts)
