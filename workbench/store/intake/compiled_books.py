"""XLSX, XLS and ODS by a compiled reader: fast, and patient with cells that are not what their type says."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from xml.etree import ElementTree

from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.file_kinds import FileKind
from workbench.store.grids import Grid
from workbench.store.intake import compiled_values
from workbench.store.intake.compiled_values import BookValues, Sheet
from workbench.store.intake.unpacking import MAX_AREA, unpacked_ods, unpacked_xlsx
from workbench.store.sheet_xml import formulas_without_value
from workbench.store.workbooks import cell_text, date_notes, read_workbook

UNPACKERS: Mapping[FileKind, Callable[[Path, bytes], bytes]] = MappingProxyType(
    {FileKind.XLSX: unpacked_xlsx, FileKind.ODS: unpacked_ods, FileKind.XLS: lambda _, content: content}
)
"""What is done to a file before it is read."""
LONGEST = 120
"""Seconds that a workbook may take."""


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
        values = _apart(ready)
    except (subprocess.SubprocessError, OSError) as error:
        if kind is FileKind.XLSX:
            return read_workbook(path, content)
        facts = {"reason": type(error).__name__}
        raise InvalidInput([Problem("workbook_unreadable", file=path.name, facts=facts)]) from error
    if kind is not FileKind.XLSX:
        return _grids(path, values, {})
    try:
        open_formulas = _open_formulas(path, content)
    except (ElementTree.ParseError, KeyError, ValueError, zipfile.BadZipFile):
        return read_workbook(path, content)  # its own XML is broken: the other reader mends it or says so
    return _grids(path, values, open_formulas)


def _apart(content: bytes) -> BookValues:
    """Read a workbook by a program of its own: a file that ends the compiled reader must not end us."""
    command = [sys.executable, compiled_values.__file__, str(MAX_AREA)]
    environment = {**os.environ, "RUST_BACKTRACE": "0"}
    done = subprocess.run(  # noqa: S603 - our own program, by its path
        command, input=content, capture_output=True, timeout=LONGEST, check=True, env=environment
    )
    return BookValues(*pickle.loads(done.stdout))  # noqa: S301 - written by our own program


def _grids(
    path: Path, values: BookValues, open_formulas: Mapping[str, tuple[Problem, ...]]
) -> tuple[Grid, ...]:
    if values.too_large != (0, 0):
        rows, columns = values.too_large
        size = {"limit_cells": MAX_AREA, "rows": rows, "columns": columns}
        raise InvalidInput([Problem("file_too_large", file=path.name, facts=size)])
    if not values.sheets:
        facts = {"hidden": tuple(values.hidden)}
        raise InvalidInput([Problem("no_visible_sheet", file=path.name, facts=facts)])
    grids = [_grid(path, sheet, open_formulas.get(sheet[0], ())) for sheet in values.sheets]
    hidden = [
        Problem("sheet_hidden", Severity.NOTE, file=path.name, sheet=name, value=name)
        for name in values.hidden
    ]
    return (replace(grids[0], notes=(*hidden, *grids[0].notes)), *grids[1:])


def _open_formulas(path: Path, xlsx: bytes) -> dict[str, tuple[Problem, ...]]:
    """Return by sheet a problem for every formula that no spreadsheet has ever computed."""
    found: dict[str, tuple[Problem, ...]] = {}
    for place in formulas_without_value(xlsx):
        problem = Problem(
            "formula_without_value", Severity.ERROR, path.name, place.sheet, place.row, place.column
        )
        found[place.sheet] = (*found.get(place.sheet, ()), problem)
    return found


def _grid(path: Path, sheet: Sheet, problems: tuple[Problem, ...]) -> Grid:
    name, found, merged = sheet
    values = [tuple(row) for row in found]
    rows = [[value if type(value) is str else cell_text(value) for value in row] for row in values]
    notes = (*date_notes(path, name, values), *problems)
    return Grid(path.name, name, rows, stated_width=False, notes=notes, merged=tuple(merged))
