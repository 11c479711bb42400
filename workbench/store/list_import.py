"""From a list made elsewhere to a session, by a recipe: nothing dropped, everything odd named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from workbench.domain import proposals as domain
from workbench.domain.columns import conform
from workbench.domain.proposals import Proposals
from workbench.domain.regions import Regions
from workbench.domain.session import Session
from workbench.engine.derived import DERIVED
from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.raw_tables import RawTable, read_tables
from workbench.store.recipe import Recipe
from workbench.store.regions import find_village, shipped_regions
from workbench.store.values import parse_table


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
    raw = _without_blanks(read_tables(path)[0], recipe)
    missing = _missing_headers(raw, recipe)
    if missing:
        raise InvalidInput(missing)
    columns = [column for column in domain.COLUMNS if column.name in recipe.columns]
    parsed = parse_table(_renamed(raw, recipe), columns, recipe.columns)
    regions = shipped_regions().around(raw.body[recipe.district_header])
    codes, unmatched = _region_codes(raw, recipe, regions)
    table = parsed.table.assign(region=codes)
    table = conform(
        table[[c.name for c in domain.COLUMNS if c.name in table] + list(recipe.extra)], domain.COLUMNS
    )
    problems = [
        *parsed.problems,
        *parsed.located(domain.check(table)),
        *(replace(p, file=raw.file, column=recipe.district_header) for p in regions.check(table, "region")),
    ]
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise InvalidInput(p for p in problems if p.severity is Severity.ERROR)
    proposals = _with_derived(Proposals.from_table(table), recipe)
    notes = [
        *problems,
        *unmatched,
        *_region_notes(raw, recipe),
        *_volumes(raw, recipe),
        *_identical(raw, recipe),
    ]
    return Session(
        facts=replace(
            recipe.facts, region_name=regions.name(recipe.facts.region), data_source=_source(raw, recipe)
        ),
        proposals=proposals,
        criteria=recipe.criteria,
        regions=regions,
        notes=tuple(_about(note, table) for note in notes),
    )


def _source(raw: RawTable, recipe: Recipe) -> str:
    return f"{recipe.facts.data_source} ({raw.file})" if recipe.facts.data_source else raw.file


def _about(note: Problem, table: pd.DataFrame) -> Problem:
    """Add the proposal that a row is about, so that the note follows it into its district."""
    if note.row is None or note.row not in table.index:
        return note
    return replace(note, facts={**note.facts, "proposal": str(table["proposal"][note.row])})


def _without_blanks(raw: RawTable, recipe: Recipe) -> RawTable:
    return replace(raw, body=raw.body.replace(dict.fromkeys(recipe.blanks, "")))


def _missing_headers(raw: RawTable, recipe: Recipe) -> list[Problem]:
    named = [
        *recipe.columns.values(), *recipe.extra.values(), *recipe.compared_headers, *recipe.identical_but,
        recipe.district_header, recipe.village_header, recipe.volume_header, recipe.unit_header,
    ]  # fmt: skip
    return [
        Problem("column_missing", file=raw.file, sheet=raw.sheet, row=raw.header_row, column=header)
        for header in dict.fromkeys(named)
        if header and header not in raw.body
    ]


def _renamed(raw: RawTable, recipe: Recipe) -> RawTable:
    """Keep the mapped columns and the extra ones under their own names; the rest of the list is not carried."""
    names = {header: name for name, header in recipe.extra.items()}
    kept = [*dict.fromkeys([*recipe.columns.values(), *recipe.extra.values()])]
    body = raw.body[kept].rename(columns=names)
    return replace(raw, body=body, header=tuple(body.columns))


def _region_codes(raw: RawTable, recipe: Recipe, regions: Regions) -> tuple[pd.Series, list[Problem]]:
    """Return village codes where the village's name is found once in its district, else the district's code."""
    districts = raw.body[recipe.district_header].str.strip()
    if not recipe.village_header:
        return districts, []
    names = raw.body[recipe.village_header].str.strip()
    pairs = pd.DataFrame({"district": districts, "village": names}).drop_duplicates()
    found = {
        (district, village): find_village(regions, district, village) if district and village else ()
        for district, village in pairs.itertuples(index=False)
    }
    codes = [
        hits[0] if len(hits := found[district, village]) == 1 else district
        for district, village in zip(districts, names, strict=True)
    ]
    notes = [
        Problem(
            "village_name_not_found" if not found[district, village] else "village_name_ambiguous",
            Severity.NOTE,
            file=raw.file,
            column=recipe.village_header,
            value=village,
            facts={
                "district": district,
                "candidates": found[district, village],
                "count": int(((districts == district) & (names == village)).sum()),
            },
        )
        for district, village in sorted(found)
        if district and village and len(found[district, village]) != 1
    ]
    return pd.Series(codes, index=raw.body.index, dtype="str"), notes


def _region_notes(raw: RawTable, recipe: Recipe) -> list[Problem]:
    """Say which column decides the district, and how many rows have none by each column."""
    headers = [recipe.district_header, *recipe.compared_headers]
    return [
        Problem(
            "district_column" if header == recipe.district_header else "district_column_compared",
            Severity.NOTE,
            file=raw.file,
            column=header,
            facts={"empty": int((raw.body[header].str.strip() == "").sum()), "rows": len(raw.body)},
        )
        for header in headers
    ]


def _volumes(raw: RawTable, recipe: Recipe) -> list[Problem]:
    if not recipe.volume_header:
        return []
    texts = raw.body[recipe.volume_header]
    numbers = pd.to_numeric(texts.str.replace(",", "."), errors="coerce")
    units = raw.body[recipe.unit_header] if recipe.unit_header else pd.Series("", index=texts.index)
    odd = {"volume_negative": numbers < 0, "volume_absurd": numbers > recipe.volume_limit}
    return [
        Problem(
            code, Severity.NOTE, raw.file, raw.sheet, int(row), recipe.volume_header, texts[row],
            {"unit": units[row]},
        )
        for code, rows in odd.items()
        for row in texts.index[rows]
    ]  # fmt: skip


def _identical(raw: RawTable, recipe: Recipe) -> list[Problem]:
    if not recipe.identical_but:
        return []
    compared = [header for header in raw.body if header not in recipe.identical_but]
    body = raw.body[compared]
    repeated = body.duplicated(keep="first")
    if not repeated.any():
        return []
    groups = body[body.duplicated(keep=False)].groupby(compared, sort=False, dropna=False)
    first = {row: rows[0] for rows in groups.groups.values() for row in rows}
    return [
        Problem(
            "row_identical",
            Severity.NOTE,
            raw.file,
            raw.sheet,
            int(row),
            facts={"first_row": int(first[row])},
        )
        for row in body.index[repeated]
    ]


def _with_derived(proposals: Proposals, recipe: Recipe) -> Proposals:
    frame = proposals.frame
    for column in recipe.derived:
        values = DERIVED[column.method](frame, column.by, column.stage)
        frame = frame.assign(**{column.name: values})
    return Proposals(frame)
