"""Workbooks (XLSX): visible sheets as text, hidden ones announced, broken cells survived and named."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.file_kinds import MAX_UNPACKED_BYTES
from workbench.store.grids import MAX_CELLS, Grid, column_letter
from workbench.store.sheet_xml import Place, formulas_without_value, mended

MAX_ROWS = 1_048_576
"""The rows a spreadsheet has; a row number beyond it is damage."""
DAYS = frozenset({date, datetime, time})
"""Types of the values that are days or times."""


def read_workbook(path: Path, content: bytes) -> tuple[Grid, ...]:
    """Return the cells of every visible sheet; a note on the first one names the hidden ones.

    Raises
    ------
    InvalidInput
        ``file_damaged``, ``file_too_large``, ``workbook_unreadable`` (beyond mending), ``no_visible_sheet``.
    """
    check_size(path, content)
    try:
        return _grids(path, content, ())
    except InvalidInput:
        raise
    except Exception:  # noqa: BLE001 - openpyxl lets escape whatever a broken file causes
        return _mended_grids(path, content)


def _mended_grids(path: Path, content: bytes) -> tuple[Grid, ...]:
    try:
        better, places = mended(content)
        return _grids(path, better, places)
    except InvalidInput:
        raise
    except Exception as error:
        facts = {"reason": f"{type(error).__name__}: {error}"[:200]}
        raise InvalidInput([Problem("workbook_unreadable", file=path.name, facts=facts)]) from error


def check_size(path: Path, content: bytes) -> None:
    """Raise where an archive is damaged or would unfold to more than can be held."""
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise InvalidInput([Problem("file_damaged", file=path.name, facts={"really": "xlsx"})]) from error
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise _too_large(path, limit_bytes=MAX_UNPACKED_BYTES)


def _grids(path: Path, content: bytes, turned: Iterable[Place]) -> tuple[Grid, ...]:
    import openpyxl  # two hundred modules, which only who reads a workbook needs

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of drop-down lists and styles that it leaves out
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
            values = {
                sheet.title: _values(path, sheet)
                for sheet in book.worksheets
                if sheet.sheet_state == "visible"
            }
        finally:
            book.close()
    if not values:
        raise InvalidInput([Problem("no_visible_sheet", file=path.name, facts={"hidden": tuple(hidden)})])
    notes: dict[str, list[Problem]] = {title: date_notes(path, title, values[title]) for title in values}
    for place in turned:
        notes.get(place.sheet, []).append(_at(path, place, "text_in_number_cell", Severity.NOTE))
    for place in formulas_without_value(content):
        notes.get(place.sheet, []).append(_at(path, place, "formula_without_value", Severity.ERROR))
    notes[next(iter(values))][:0] = [
        Problem("sheet_hidden", Severity.NOTE, file=path.name, sheet=title, value=title) for title in hidden
    ]
    return tuple(
        Grid(
            path.name,
            title,
            [[cell_text(value) for value in row] for row in rows],
            stated_width=False,
            notes=tuple(notes[title]),
        )
        for title, rows in values.items()
    )


def _values(path: Path, sheet: Any) -> list[tuple[object, ...]]:  # noqa: ANN401 - openpyxl's read-only sheet
    """Return the values of a sheet, with the empty rows at its end left off."""
    sheet.reset_dimensions()  # programs write wrong ones, and rows outside them would silently be lost
    rows: list[tuple[object, ...]] = []
    cells, filled = 0, 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells += len(row)
        if cells > MAX_CELLS or number > MAX_ROWS:
            raise _too_large(path, limit_cells=MAX_CELLS, limit_rows=MAX_ROWS)
        rows.append(row)
        if any(value is not None for value in row):
            filled = number
    return rows[:filled]


def date_notes(path: Path, title: str, rows: list[tuple[object, ...]]) -> list[Problem]:
    """Note each column in which a spreadsheet keeps dates: they are read as year-month-day."""
    found: dict[int, list[int]] = {}
    for number, row in enumerate(rows, start=1):
        if DAYS.isdisjoint(map(type, row)):
            continue
        for position, value in enumerate(row):
            if isinstance(value, date | time):
                found.setdefault(position, []).append(number)
    return [
        Problem(
            "cells_are_dates",
            Severity.NOTE,
            path.name,
            title,
            numbers[0],
            column_letter(position),
            cell_text(rows[numbers[0] - 1][position]),
            {"count": len(numbers)},
        )
        for position, numbers in sorted(found.items())
    ]


def _at(path: Path, place: Place, code: str, severity: Severity) -> Problem:
    return Problem(code, severity, path.name, place.sheet, place.row, place.column, place.text)


def _too_large(path: Path, **facts: object) -> InvalidInput:
    return InvalidInput([Problem("file_too_large", file=path.name, facts=facts)])


def _float_text(value: float) -> str:
    """Write a number as an Indonesian spreadsheet shows it: 15 digits, a comma, whole numbers without.

    The comma keeps 123.456 (a number) apart from 123.456 (a grouped amount).
    """
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(value, ".15g").replace(".", ",")


def _datetime_text(value: datetime) -> str:
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")


WRITERS: Mapping[type, Callable[[Any], str]] = MappingProxyType(
    {
        type(None): lambda _: "",
        str: str,
        bool: lambda value: "TRUE" if value else "FALSE",
        int: str,
        float: _float_text,
        datetime: _datetime_text,
        date: date.isoformat,
        time: time.isoformat,
        timedelta: str,
    }
)
"""How a value of each type is shown."""


def cell_text(value: object) -> str:
    """Return a value as an Indonesian spreadsheet shows it."""
    return WRITERS.get(type(value), str)(value)
