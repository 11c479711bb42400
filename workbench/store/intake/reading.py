"""From any file to a list that is understood, or to the questions that a person must answer first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from workbench.domain.intake import (
    CONVERSION_COLUMNS,
    ColumnUse,
    Confidence,
    Intake,
    ListKind,
    SheetUse,
    TotalCheck,
)
from workbench.domain.regions import Regions
from workbench.errors import Problem, Severity
from workbench.store.intake.choosing import chosen_sheets, listings_of, match_of
from workbench.store.intake.layouts import Layout, shipped_layouts
from workbench.store.intake.likeness import likenesses
from workbench.store.intake.other_lists import read_other
from workbench.store.intake.privacy import masked, person_notes
from workbench.store.intake.proposals_read import read_proposals
from workbench.store.intake.recognition import Match, nearest
from workbench.store.intake.seen import seen_in
from workbench.store.intake.shape import Listing
from workbench.store.intake.stacking import Stacked, stacked
from workbench.store.intake.totals import check_totals
from workbench.store.regions import shipped_regions

SURVEY_MARKS = ({"_uuid", "_submission_time"}, {"key", "submissiondate"}, {"_uuid", "_index"})
"""Columns that only an export of a survey has together."""


@dataclass(frozen=True)
class Answers:
    """What a person said about a list beforehand.

    Attributes
    ----------
    layout : Layout or None
        How the list is laid out; None: it is recognised.
    unit : str
        Unit of its amounts: rupiah, ribu, juta.
    region : str
        Kode wilayah that all its places lie in.
    sheet : str
        The one sheet that is meant.
    confirmed : tuple of str
        Headers that are used although they look like numbers of persons.
    """

    layout: Layout | None = None
    unit: str = ""
    region: str = ""
    sheet: str = ""
    confirmed: tuple[str, ...] = ()


def read_list(path: Path, answers: Answers | None = None, regions: Regions | None = None) -> Intake:
    """Read a list of any kind as far as it can be understood.

    Parameters
    ----------
    path : Path
    answers : Answers, optional
    regions : Regions, optional
        The list of regions; the shipped one if not given.

    Returns
    -------
    Intake
        Its `questions` say what a person must answer before the list can be used.

    Raises
    ------
    InvalidInput
        The file cannot be read as a table at all, or has no sheet of the name asked for.
    """
    answers = answers or Answers()
    layouts = (answers.layout,) if answers.layout else shipped_layouts()
    listings, notes = listings_of(path, layouts, answers.sheet)
    matches = [(listing, match_of(listing, answers.layout, layouts)) for listing in listings]
    chosen, apart = chosen_sheets(matches)
    notes += apart
    used = [listing for listing, _ in chosen] or listings
    totals = tuple(check for listing in used for check in check_totals(listing))
    common = {
        "file": path.name,
        "sheets": tuple(map(_sheet_use, used)),
        "totals": totals,
    }
    notes += [note for listing in used for note in listing.notes]
    aside = [_unclear(listing, each.row, each.cells) for listing in used for each in listing.unclear]
    if not chosen or (answers.layout is None and _is_survey(used)):
        return _unknown(listings, layouts, common, _merged_problems(notes, totals, ()), aside)
    match = chosen[0][1]
    stack = stacked(chosen, answers.confirmed)
    titles = " ".join(line for listing in used for line in listing.above)
    regions = regions or shipped_regions()
    if match.layout.kind is ListKind.PROPOSALS:
        intake = _of_proposals(stack, match, answers, regions, titles)
    else:
        intake = read_other(stack, chosen, match.layout, answers.unit, regions, answers.region, titles)
    problems = _merged_problems(notes, totals, intake.problems)
    aside += intake.aside
    return _with(intake, common, problems, aside, listings)


def _sheet_use(listing: Listing) -> SheetUse:
    rows = {kind.value: count for kind, count in listing.kinds.items()}
    header = (listing.band.top + 1, listing.band.bottom)
    return SheetUse(listing.sheet, header, MappingProxyType(rows), listing.facts)


def _unclear(listing: Listing, row: int, cells: Sequence[str]) -> Problem:
    text = " | ".join(cell for cell in cells if cell)
    return Problem("row_unclear", Severity.SET_ASIDE, listing.file, listing.sheet, row, value=text)


def _of_proposals(stack: Stacked, match: Match, answers: Answers, regions: Regions, titles: str) -> Intake:
    inside = answers.region or match.layout.region or _region_above(stack, regions)
    read = read_proposals(stack, match.layout, regions, inside, answers.unit, titles)
    compared = read.table[["proposal", "activity", "location", "region", "stage", "year", "parent"]]
    return Intake(
        file=stack.file,
        kind=ListKind.PROPOSALS,
        layout=match.layout.title,
        sheets=(),
        columns=stack.columns,
        table=read.table,
        origin=stack.origin.loc[read.table.index],
        conversions=read.ledger.frame(),
        places=read.places,
        likenesses=tuple(likenesses(compared)),
        questions=(*read.questions, *_without_rows(read.table, stack)),
        aside=read.aside,
        private=stack.private,
        problems=read.problems,
        facts=_facts(stack, inside, regions),
    )


def _without_rows(table: pd.DataFrame, stack: Stacked) -> list[Problem]:
    return [] if len(table) else [Problem("list_without_rows", file=stack.file)]


def _region_above(stack: Stacked, regions: Regions) -> str:
    """Return the code of the regency that the titles name, where only one bears the name."""
    names = stack.origin.get("fact_regency")
    if names is None:
        return ""
    wanted = {name.strip().casefold() for name in names.unique() if name}
    regencies = regions.names[regions.names.index.str.count(r"\.") == 1]
    bare = regencies.str.replace(r"^(?:Kabupaten|Kota)\s+", "", regex=True).str.casefold()
    codes = [str(code) for code in regencies.index[bare.isin(wanted)]]
    return codes[0] if len(codes) == 1 else ""


def _facts(stack: Stacked, inside: str, regions: Regions) -> dict[str, str]:
    facts = {}
    for name in ("village", "district", "regency", "year", "funding_source", "ceiling"):
        column = stack.origin.get(f"fact_{name}")
        values = set(column.unique()) - {""} if column is not None else set()
        if len(values) == 1:
            facts[name] = next(iter(values))
    return facts | ({"region": inside, "region_name": regions.name(inside)} if inside else {})


def _is_survey(listings: Iterable[Listing]) -> bool:
    """Tell whether a list is an export of KoboToolbox or ODK, by the columns that these add."""
    heads = [{str(name).strip().casefold() for name in listing.full} for listing in listings]
    return any(marks <= head for marks in SURVEY_MARKS for head in heads)


def _unknown(
    listings: Sequence[Listing],
    layouts: Iterable[Layout],
    common: Mapping[str, object],
    problems: Sequence[Problem],
    aside: Sequence[Problem],
) -> Intake:
    """Return a list whose layout is not known: what it holds, and what is asked."""
    largest = max(listings, key=lambda listing: len(listing.body))
    near = nearest(largest, layouts)
    people = largest.people
    header_row = max(1, largest.band.bottom)
    columns = tuple(
        ColumnUse(
            str(name),
            "",
            f"person_{people[str(name)]}" if str(name) in people else "not_used",
            Confidence.ASKED,
            int((largest.body[name] != "").sum()),
        )
        for name in largest.body
    )
    facts = {
        "nearest": near.layout.title if near else "",
        "missing": near.missing if near else (),
        "headers": tuple(str(name) for name in largest.body if str(name) not in people)[:40],
    }
    code, facts = ("survey_form_needed", {}) if _is_survey(listings) else ("layout_unknown", facts)
    if code == "layout_unknown":
        facts = {**facts, **seen_in(largest, people)}
        code = "not_a_list" if facts.get("appears") in ("criteria", "points") else code
    if near and not near.missing and not len(largest.body):  # the headers of a list, and nothing below them
        code, facts = "list_without_rows", {}
    question = Problem(code, Severity.ERROR, largest.file, largest.sheet, header_row, facts=facts)
    empty = pd.DataFrame()
    intake = Intake(
        file=largest.file,
        kind=ListKind.UNKNOWN,
        layout="",
        sheets=(),
        columns=columns,
        table=empty,
        origin=empty,
        conversions=pd.DataFrame(columns=list(CONVERSION_COLUMNS)),
        questions=(question,),
        private=tuple(person_notes(largest.body, people, largest.file, largest.sheet, header_row)),
    )
    return _with(intake, common, problems, aside, listings)


def _merged_problems(
    notes: Iterable[Problem], totals: Iterable[TotalCheck], problems: Iterable[Problem]
) -> list[Problem]:
    wrong = [
        Problem(
            "total_differs",
            Severity.NOTE,
            sheet=check.sheet,
            row=check.row,
            column=check.column,
            value=check.label,
            facts={"written": check.written, "computed": check.computed, "parts": check.parts},
        )
        for check in totals
        if not check.agrees
    ]
    return [*notes, *wrong, *problems]


def _with(
    intake: Intake,
    common: Mapping[str, object],
    problems: Sequence[Problem],
    aside: Sequence[Problem],
    listings: Sequence[Listing],
) -> Intake:
    wanted = {(problem.sheet, problem.row) for problem in (*problems, *aside) if problem.row is not None}
    raw: dict[tuple[str, int], tuple[str, ...]] = {}
    for listing in listings:
        header = tuple(map(str, listing.full.columns))
        people = listing.people
        raw[listing.sheet, 0] = header
        asked = listing.full[[(listing.sheet, row) in wanted for row in listing.full.index]]
        lines = dict(zip(asked.index, asked.itertuples(index=False, name=None), strict=True))
        for row, cells in {**lines, **listing.other_rows}.items():
            if (listing.sheet, row) in wanted:
                shown = zip(header, cells, strict=True)
                raw[listing.sheet, int(row)] = tuple(
                    "" if name in people else masked(str(cell)) for name, cell in shown
                )
    named = [problem if problem.file else _named(problem, intake.file) for problem in problems]
    fields = {name: getattr(intake, name) for name in intake.__dataclass_fields__}
    fields |= {**common, "problems": tuple(named), "aside": tuple(aside), "raw_rows": MappingProxyType(raw)}
    return Intake(**fields)


def _named(problem: Problem, file: str) -> Problem:
    return Problem(
        problem.code,
        problem.severity,
        file,
        problem.sheet,
        problem.row,
        problem.column,
        problem.value,
        problem.facts,
    )
