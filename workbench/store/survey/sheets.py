"""The sheets of an export: the households, and the repeats that hang on them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from workbench.domain.survey import SurveyForm
from workbench.errors import Problem, Severity
from workbench.store.grids import Grid, written
from workbench.store.header_matching import normalise
from workbench.store.survey.headers import (
    IDENTITIES,
    PARENT_IDENTITIES,
    PARENT_ROWS,
    PARENT_TABLES,
    ROWS,
    Columns,
    Spellings,
    columns_of,
)

SEARCHED_ROWS = 15
"""Rows from the top in which the headers are looked for."""
SHEET_NAME = 31
"""Characters that a spreadsheet keeps of a name."""


@dataclass(frozen=True)
class SurveySheet:
    """One sheet of an export.

    Attributes
    ----------
    grid : Grid
    header_row : int
        As the spreadsheet numbers it.
    headers : tuple of str
    columns : Columns
    rows : tuple of (row, cells)
        The filled rows below the header.
    repeat : str
        Which repeat it holds; empty: the households.
    """

    grid: Grid
    header_row: int
    headers: tuple[str, ...]
    columns: Columns
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    repeat: str = ""

    def cell(self, cells: Sequence[str], position: int | None) -> str:
        """Return the text of a row at a position; empty where there is none."""
        return cells[position] if position is not None and position < len(cells) else ""


@dataclass
class Homes:
    """To which household each row of a sheet belongs, and what was found on the way."""

    of_row: dict[tuple[str, int], int] = field(default_factory=dict)
    aside: list[Problem] = field(default_factory=list)


def survey_sheets(
    grids: Sequence[Grid], form: SurveyForm, confirmed: Collection[str] = ()
) -> tuple[list[SurveySheet], list[Problem]]:
    """Return the sheets of an export, the households first, and a note on every other sheet.

    Returns
    -------
    tuple
        No sheets at all where none holds a question of the form.
    """
    spellings = Spellings(form, confirmed)
    read = [sheet for grid in grids if (sheet := _sheet(grid, spellings, form))]
    main = max(
        (sheet for sheet in read if not sheet.repeat),
        key=lambda sheet: (len(sheet.columns.answers) + len(sheet.columns.split), len(sheet.rows)),
        default=None,
    )
    used = [main, *(sheet for sheet in read if sheet.repeat)] if main else []
    names = {sheet.grid.sheet for sheet in used}
    notes = [note for grid in grids for note in grid.notes]
    notes += [
        Problem("sheet_not_read", Severity.NOTE, grid.file, grid.sheet, value=grid.sheet)
        for grid in grids
        if used and grid.sheet not in names
    ]
    return used, notes


def _sheet(grid: Grid, spellings: Spellings, form: SurveyForm) -> SurveySheet | None:
    rows = [tuple(map(written, row)) for row in grid.rows]
    known = [spellings.known(row) for row in rows[:SEARCHED_ROWS]]
    if not any(known):
        return None
    top = known.index(max(known))
    headers = rows[top]
    columns = columns_of(headers, spellings, inside="")
    repeat = ""
    if columns.found(PARENT_ROWS, *PARENT_IDENTITIES) is not None:
        repeat = _repeat_of(grid, columns, form)
        columns = columns_of(headers, spellings, inside=repeat)
    body = tuple((number + 1, row) for number, row in enumerate(rows) if number > top and any(row))
    return SurveySheet(grid, top + 1, headers, columns, body, repeat)


def _repeat_of(grid: Grid, columns: Columns, form: SurveyForm) -> str:
    """Return the repeat that a sheet is of: by its name, else by the questions that it holds."""
    tails = {normalise(grid.sheet), normalise(grid.sheet.rpartition("-")[2])}
    for name, labels in form.repeats.items():
        if tails & {normalise(text[:SHEET_NAME]) for text in (name, *labels) if text}:
            return name
    held = {*columns.answers, *columns.split}
    counts = {
        name: sum(1 for question in form.questions if question.repeat == name and question.path in held)
        for name in form.repeats
    }
    return max(counts, key=lambda name: counts[name], default="") or grid.sheet


def households(main: SurveySheet, homes: Homes) -> list[tuple[int, int, tuple[str, ...]]]:
    """Return the households, each once: running number, row, cells; one sent twice is set aside by name."""
    place = main.columns.found(*IDENTITIES)
    answered = sorted(
        {
            *main.columns.answers.values(),
            *(each for split in main.columns.split.values() for each in split.values()),
        }
    )
    first: dict[str, tuple[int, tuple[str, ...]]] = {}
    kept = []
    for number, (row, cells) in enumerate(main.rows):
        identity = main.cell(cells, place)
        if identity and identity in first:
            homes.aside.append(_sent_twice(main, row, cells, first[identity], place, answered))
            continue
        if identity:
            first[identity] = (row, cells)
        homes.of_row[main.grid.sheet, row] = number
        kept.append((number, row, cells))
    return kept


def _sent_twice(
    main: SurveySheet,
    row: int,
    cells: tuple[str, ...],
    first: tuple[int, tuple[str, ...]],
    place: int | None,
    answered: Sequence[int],
) -> Problem:
    differing = tuple(
        main.headers[position]
        for position in answered
        if main.cell(cells, position) != main.cell(first[1], position)
    )
    facts = {"first_row": first[0], "differing": differing}
    header = main.headers[place or 0]
    value = main.cell(cells, place)
    return Problem(
        "survey_sent_twice", Severity.SET_ASIDE, main.grid.file, main.grid.sheet, row, header, value, facts
    )


def hang_repeats(sheets: Sequence[SurveySheet], homes: Homes) -> None:
    """Find the household of every row of a repeat, also through the repeat that it stands in."""
    main, waiting = sheets[0], list(sheets[1:])
    books = {normalise(main.grid.sheet): _keys(main, homes)}
    while waiting:
        ready = [sheet for sheet in waiting if _parents(sheet, books) is not None] or waiting
        for sheet in ready:
            above = _parents(sheet, books)
            known = above if above is not None else books[normalise(main.grid.sheet)]
            _hang(sheet, known, homes)
            books[normalise(sheet.grid.sheet)] = _keys(sheet, homes)
            books.setdefault(normalise(sheet.repeat), books[normalise(sheet.grid.sheet)])
        waiting = [sheet for sheet in waiting if sheet not in ready]


Keys = dict[tuple[str, str], int | None]


def _keys(sheet: SurveySheet, homes: Homes) -> Keys:
    """Return the household of each row by the numbers and names that a repeat may point at it with.

    A row that was sent twice has no household of its own: what hangs on it is left out with it.
    """
    place, found = sheet.columns.found(ROWS), {}
    names = [each for each in (sheet.columns.found(name) for name in IDENTITIES) if each is not None]
    for number, (row, cells) in enumerate(sheet.rows, start=1):
        home = homes.of_row.get((sheet.grid.sheet, row))
        found["row", sheet.cell(cells, place) if place is not None else str(number)] = home
        for position in names:
            if text := sheet.cell(cells, position):
                found.setdefault(("name", text), home)
    return found


def _parents(sheet: SurveySheet, books: dict[str, Keys]) -> Keys | None:
    """Return the keys of the sheet that a repeat hangs on; None where that is not read yet."""
    position = sheet.columns.found(PARENT_TABLES)
    if position is not None and sheet.rows:
        return books.get(normalise(sheet.cell(sheet.rows[0][1], position)))
    names = sheet.columns.found(*PARENT_IDENTITIES)
    if names is None or not sheet.rows:
        return next(iter(books.values()))
    told = {("name", sheet.cell(cells, names)) for _, cells in sheet.rows}
    best = max(books.values(), key=lambda book: len(told & book.keys()))
    return best if told & best.keys() else None


def _hang(sheet: SurveySheet, known: Keys, homes: Homes) -> None:
    row_place, name_place = sheet.columns.found(PARENT_ROWS), sheet.columns.found(*PARENT_IDENTITIES)
    for row, cells in sheet.rows:
        keys = (("row", sheet.cell(cells, row_place)), ("name", sheet.cell(cells, name_place)))
        key = next((key for key in keys if key[1] and key in known), None)
        if key is None:
            header = sheet.headers[row_place if row_place is not None else name_place or 0]
            value = next((text for _, text in keys if text), "")
            homes.aside.append(
                Problem(
                    "survey_row_without_household",
                    Severity.SET_ASIDE,
                    sheet.grid.file,
                    sheet.grid.sheet,
                    row,
                    header,
                    value,
                )
            )
        elif (home := known[key]) is not None:
            homes.of_row[sheet.grid.sheet, row] = home
