"""XLSX, XLS and ODS by a compiled reader: fast, and patient with cells that are not what their type says."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import python_calamine

from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.file_kinds import FileKind
from workbench.store.grids import Grid
from workbench.store.intake.unpacking import MAX_AREA, unpacked_ods, unpacked_xlsx
from workbench.store.sheet_xml import formulas_without_value
from workbench.store.workbooks import cell_text, date_notes, read_workbook

UNPACKERS: Mapping[FileKind, Callable[[Path, bytes], bytes]] = MappingProxyType(
    {FileKind.XLSX: unpacked_xlsx, FileKind.ODS: unpacked_ods, FileKind.XLS: lambda _, content: content}
)
"""What is done to a file before it is read."""


def read_book(path: Path, content: bytes, kind: FileKind) -> tuple[Grid, ...]:
    """Return the cells of every visible sheet, with merged cells; hidden sheets are announced.

    An XLSX file that the compiled reader does not take is given to the other one.

    Raises
    ------
    InvalidInput
        ``file_damaged``, ``file_too_large``, ``workbook_unreadable``, ``no_visible_sheet``.
    """
    ready = UNPACKERS[kind](path, content)
    try:
        with _silenced():
            return _grids(path, ready, content if kind is FileKind.XLSX else b"")
    except InvalidInput:
        raise
    except BaseException as error:  # the compiled reader's panics are no ordinary exceptions
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        if kind is FileKind.XLSX:
            return read_workbook(path, content)
        facts = {"reason": f"{type(error).__name__}: {error}"[:200]}
        raise InvalidInput([Problem("workbook_unreadable", file=path.name, facts=facts)]) from error


@contextmanager
def _silenced() -> Iterator[None]:
    """Keep the compiled reader's own report of a panic off the terminal; the caller says it in words."""
    try:
        kept = os.dup(2)
    except OSError:  # a program without a terminal has nothing to be silenced
        yield
        return
    sink = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(sink, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(sink)
        os.close(kept)


def _grids(path: Path, ready: bytes, xlsx: bytes) -> tuple[Grid, ...]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(ready))
    visible: list[str] = []
    hidden: list[str] = []
    for entry in book.sheets_metadata:
        if entry.typ is python_calamine.SheetTypeEnum.WorkSheet:
            shown = entry.visible is python_calamine.SheetVisibleEnum.Visible
            (visible if shown else hidden).append(entry.name)
    if not visible:
        raise InvalidInput([Problem("no_visible_sheet", file=path.name, facts={"hidden": tuple(hidden)})])
    open_formulas = _open_formulas(path, xlsx)
    grids = [_grid(path, book, name, open_formulas.get(name, ())) for name in visible]
    notes = [
        Problem("sheet_hidden", Severity.NOTE, file=path.name, sheet=name, value=name) for name in hidden
    ]
    first = grids[0]
    told = (*notes, *first.notes)
    grids[0] = Grid(first.file, first.sheet, first.rows, stated_width=False, notes=told, merged=first.merged)
    return tuple(grids)


def _open_formulas(path: Path, xlsx: bytes) -> dict[str, tuple[Problem, ...]]:
    """Return by sheet a problem for every formula that no spreadsheet has ever computed."""
    found: dict[str, tuple[Problem, ...]] = {}
    for place in formulas_without_value(xlsx) if xlsx else ():
        problem = Problem(
            "formula_without_value", Severity.ERROR, path.name, place.sheet, place.row, place.column
        )
        found[place.sheet] = (*found.get(place.sheet, ()), problem)
    return found


def _grid(path: Path, book: Any, name: str, problems: tuple[Problem, ...]) -> Grid:  # noqa: ANN401 - compiled
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height * sheet.total_width > MAX_AREA:
        facts = {"limit_cells": MAX_AREA, "rows": sheet.total_height, "columns": sheet.total_width}
        raise InvalidInput([Problem("file_too_large", file=path.name, sheet=name, facts=facts)])
    values = [tuple(row) for row in sheet.to_python(skip_empty_area=False)]
    notes = date_notes(path, name, values)
    rows = [[value if type(value) is str else cell_text(value) for value in row] for row in values]
    merged = tuple(
        (top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return Grid(path.name, name, rows, stated_width=False, notes=(*notes, *problems), merged=merged)
