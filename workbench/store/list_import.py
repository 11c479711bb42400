"""From a list made elsewhere to a session, by a recipe: nothing dropped, everything odd named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from workbench.domain import proposals as domain
from workbench.domain.checks import raise_if_any
from workbench.domain.columns import conform
from workbench.domain.proposals import Proposals
from workbench.domain.region_codes import Level
from workbench.domain.regions import Regions
from workbench.domain.session import Session
from workbench.engine.derived import DERIVED
from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.header_matching import missing_header, normalise
from workbench.store.list_districts import with_district_codes
from workbench.store.list_notes import identical_notes, region_notes, volume_notes
from workbench.store.raw_tables import RawTable, read_tables
from workbench.store.recipe import RULES_FILE, Recipe
from workbench.store.regions import find_village, shipped_regions
from workbench.store.session_notes import about_proposal
from workbench.store.session_tables import unknown_stage
from workbench.store.values import ParsedTable, parse_table
from workbench.store.written_totals import RANK_COLUMNS, TOTAL_COLUMNS, recount_notes


@dataclass(frozen=True, eq=False)
class ListRows:
    """The rows of a list as its recipe reads them, whatever is wrong with them.

    Attributes
    ----------
    raw : RawTable
        With the column that decides the district.
    recipe : Recipe
        With its headers as the list spells them.
    parsed : ParsedTable
    table : DataFrame
        Conformed to the columns of proposals; the index is the row as the spreadsheet numbers it.
    regions : Regions
    problems : tuple of Problem
        Of the rows, of any severity.
    apart, others : tuple of Problem
        Notes on what is not read, and on the list.
    """

    raw: RawTable
    recipe: Recipe
    parsed: ParsedTable
    table: pd.DataFrame
    regions: Regions
    problems: tuple[Problem, ...]
    apart: tuple[Problem, ...]
    others: tuple[Problem, ...]

    @property
    def faults(self) -> tuple[Problem, ...]:
        """The problems that make a row unusable."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


def import_list(path: Path, recipe: Recipe) -> Session:
    """Read a list by its recipe.

    Parameters
    ----------
    path : Path
        CSV (also ``.csv.gz``) or XLSX.
    recipe : Recipe
        From `workbench.store.recipe.read_recipe`.

    Returns
    -------
    Session
        Every row of the list is a proposal; what is odd stands in its notes.

    Raises
    ------
    InvalidInput
        Everything that makes a row unusable, at once.
    """
    rows = read_rows(path, recipe)
    raise_if_any(rows.faults)
    return session_of_rows(rows, rows.table.index)


def read_rows(path: Path, recipe: Recipe) -> ListRows:
    """Read the rows of a list by its recipe and name what is wrong with them.

    Raises
    ------
    InvalidInput
        What concerns the file as a whole: it cannot be read, or lacks a column of the recipe.
    """
    raw, unread = _chosen(read_tables(path), recipe)
    recipe = _spelt(recipe, raw)
    missing = _missing_headers(raw, recipe)
    if missing:
        raise InvalidInput([*missing, *_of_the_rest(raw, recipe)])
    raw = _without_blanks(raw, recipe)
    on_regions = region_notes(raw, recipe)
    raw, recipe, unnamed = with_district_codes(raw, recipe)
    parsed = _parsed(raw, recipe)
    regions = shipped_regions().around(parsed.table["region"])
    codes, unmatched = _region_codes(raw, parsed.table["region"], recipe, regions)
    extra = {name: raw.body[header] for name, header in _further(raw, recipe).items()}
    table = conform(parsed.table.assign(region=codes, **extra), domain.COLUMNS)
    problems = (
        *parsed.problems,
        *parsed.located(domain.check(table)),
        *parsed.located(regions.check(table, "region")),
    )
    others = (
        *unmatched,
        *unnamed,
        *on_regions,
        *volume_notes(raw, recipe),
        *identical_notes(raw, recipe),
    )
    return ListRows(raw, recipe, parsed, table, regions, problems, tuple(unread), others)


def session_of_rows(rows: ListRows, kept: pd.Index[int]) -> Session:
    """Return the session of those rows of a list that can be used.

    Parameters
    ----------
    rows : ListRows
    kept : Index
        Rows without faults. Columns that the recipe computes are computed from all rows.

    Raises
    ------
    InvalidInput
        No proposal stands at the stage that is to be ranked.
    """
    raw, recipe, regions = rows.raw, rows.recipe, rows.regions
    table = with_derived(rows.table, recipe).loc[kept]
    proposals = Proposals.from_table(table)
    stages = Proposals(rows.table.set_index("proposal"))
    raise_if_any(unknown_stage(stages, recipe.rules, RULES_FILE))
    told = [problem for problem in rows.problems if problem.severity is not Severity.ERROR]
    notes = [*rows.apart, *told, *rows.others]
    session = Session(
        facts=replace(
            recipe.facts, region_name=regions.name(recipe.facts.region), data_source=_source(raw, recipe)
        ),
        proposals=proposals,
        criteria=recipe.criteria,
        regions=regions,
        notes=tuple(about_proposal(note, rows.table) for note in notes),
    )
    recounted = recount_notes(session, recipe.rules, rows.parsed)
    return replace(session, notes=(*session.notes, *recounted))


def with_derived(table: pd.DataFrame, recipe: Recipe) -> pd.DataFrame:
    """Return rows with the columns that the recipe computes from all of them.

    A code that is empty or was used above is nobody's parent, and its row counts with its own values.
    """
    first = ~table["proposal"].duplicated() & (table["proposal"] != "")
    lines = zip(table["proposal"], table.index, first, strict=True)
    frame = table.set_axis(pd.Index([code if own else row for code, row, own in lines], dtype=object))
    for column in recipe.derived:
        values = DERIVED[column.method](frame, column.by, column.stage)
        frame = frame.assign(**{column.name: values})
    return frame.set_index(table.index)


def _of_the_rest(raw: RawTable, recipe: Recipe) -> list[Problem]:
    """Return what is wrong in the columns that are there: a column that is missing hides no other fault."""
    held = {name: header for name, header in recipe.columns.items() if header in raw.body}
    parsed = _parsed_under(raw, held)
    found = [*parsed.problems, *parsed.located(domain.check(conform(parsed.table, domain.COLUMNS)))]
    return [
        problem for problem in found if problem.severity is Severity.ERROR and problem.column in held.values()
    ]


def _further(raw: RawTable, recipe: Recipe) -> dict[str, str]:
    """Return the further columns that are kept: those of the recipe, and totals and ranks of the list."""
    declared = {TOTAL_COLUMNS[0]: recipe.total_header, RANK_COLUMNS[0]: recipe.rank_header}
    used = {*recipe.columns.values(), *recipe.extra.values()}
    usual = {
        normalise(header): header
        for header in raw.header
        if normalise(header) in {*TOTAL_COLUMNS, *RANK_COLUMNS} and header not in used
    }
    return {**usual, **{name: header for name, header in declared.items() if header}, **recipe.extra}


def _source(raw: RawTable, recipe: Recipe) -> str:
    return f"{recipe.facts.data_source} ({raw.file})" if recipe.facts.data_source else raw.file


def _chosen(tables: Sequence[RawTable], recipe: Recipe) -> tuple[RawTable, list[Problem]]:
    """Return the table with the mapped columns, the first if none has them, and a note on every other."""
    raw = next((table for table in tables if not _missing_headers(table, _spelt(recipe, table))), tables[0])
    return raw, [
        Problem("sheet_not_read", Severity.NOTE, table.file, table.sheet, value=table.sheet)
        for table in tables
        if table is not raw
    ]


def _spelt(recipe: Recipe, raw: RawTable) -> Recipe:
    return recipe.spelt_as(raw.body.columns.tolist())


def _without_blanks(raw: RawTable, recipe: Recipe) -> RawTable:
    return replace(raw, body=raw.body.replace(dict.fromkeys(recipe.blanks, "")))


def _missing_headers(raw: RawTable, recipe: Recipe) -> list[Problem]:
    named = [
        *recipe.columns.values(), *recipe.extra.values(), *recipe.compared_headers, *recipe.identical_but,
        recipe.district_header, recipe.district_name_header, recipe.village_header,
        recipe.volume_header, recipe.unit_header, recipe.total_header, recipe.rank_header,
    ]  # fmt: skip
    absent = [header for header in dict.fromkeys(named) if header and header not in raw.body]
    free = [header for header in raw.body.columns if header not in named]
    return [missing_header(raw, header, free) for header in absent]


def _parsed(raw: RawTable, recipe: Recipe) -> ParsedTable:
    """Read the mapped columns alone; the rest of the list is not carried."""
    return _parsed_under(raw, {**recipe.columns, "region": recipe.district_header})


def _parsed_under(raw: RawTable, headers: Mapping[str, str]) -> ParsedTable:
    body = raw.body[list(dict.fromkeys(headers.values()))]
    columns = [column for column in domain.COLUMNS if column.name in headers]
    return parse_table(replace(raw, body=body, header=tuple(body.columns)), columns, headers)


def _region_codes(
    raw: RawTable, codes: pd.Series[str], recipe: Recipe, regions: Regions
) -> tuple[pd.Series[str], list[Problem]]:
    """Return village codes where the name is found once in its district, else the code that was given."""
    if not recipe.village_header:
        return codes, []
    names = raw.body[recipe.village_header].where(codes.str.count(r"\.") == Level.DISTRICT - 1, "")
    pairs = pd.DataFrame({"district": codes, "village": names})
    found = {
        (district, village): find_village(regions, district, village)
        for district, village in pairs[names != ""].drop_duplicates().itertuples(index=False, name=None)
    }
    villages = [
        hits[0] if len(hits := found.get(pair, ())) == 1 else pair[0]
        for pair in pairs.itertuples(index=False, name=None)
    ]
    sizes = pairs.value_counts()
    notes = [
        Problem(
            "village_name_ambiguous" if candidates else "village_name_not_found",
            Severity.NOTE,
            file=raw.file,
            sheet=raw.sheet,
            column=recipe.village_header,
            value=village,
            facts={
                "district": district,
                "candidates": candidates,
                "count": int(sizes[district, village]),
            },
        )
        for (district, village), candidates in sorted(found.items())
        if len(candidates) != 1
    ]
    return pd.Series(villages, index=codes.index, dtype="str"), notes
