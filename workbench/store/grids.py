"""From the cells of one sheet to a raw table: where the header stands, which rows count, what is amiss."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from workbench.errors import Problem, Severity

MAX_CELLS = 20_000_000
"""The most cells of one sheet; beyond that a file is refused rather than the memory filled."""


@dataclass(frozen=True)
class Grid:
    """All cells of one sheet as text.

    Attributes
    ----------
    file, sheet : str
        Name of the file without its folder; name of the sheet, empty for CSV.
    rows : list of list of str
        One list a row, of any length; the first is row 1 of the spreadsheet.
    stated_width : bool
        Whether the file itself says how wide a row is (CSV): a longer row is then a fault of that row.
    notes : tuple of Problem
        What the reader has already found.
    """

    file: str
    sheet: str
    rows: list[list[str]]
    stated_width: bool
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class RawTable:
    """A table as it stands in a file: text alone, nothing interpreted.

    Attributes
    ----------
    file, sheet : str
        Name of the file without its folder; name of the sheet, empty for CSV.
    header : tuple of str
        The header texts as written (outer blanks removed), in order; repeated ones repeat here.
    header_row : int
        Row of the header as the spreadsheet numbers it.
    body : DataFrame
        Text; empty text where nothing is written; rows with no text at all are left out. Columns are `header`
        with a repeated text marked `` (2)``, `` (3)``; the index is the row as the spreadsheet numbers it.
    notes : tuple of Problem
        What is amiss with the table itself, of any severity: `parse_table` hands these on first.
    """

    file: str
    sheet: str
    header: tuple[str, ...]
    header_row: int
    body: pd.DataFrame
    notes: tuple[Problem, ...] = ()


def column_letter(position: int) -> str:
    """Return the letters a spreadsheet shows above a column; the first is 0.

    Examples
    --------
    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def find_header(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the position of the header: the first row with two texts or more, else the first with any.

    Title lines above a table stand in one cell each, so they are passed over.

    Examples
    --------
    >>> find_header([["DAFTAR USULAN"], [], ["kode", "kegiatan"], ["U-1", "Jembatan"]])
    2
    """
    first = None
    for position, row in enumerate(rows):
        filled = sum(1 for cell in row if cell and not cell.isspace())
        if filled >= 2:
            return position
        if filled and first is None:
            first = position
    return first


def to_table(grid: Grid) -> RawTable | None:
    """Return the table of a sheet; nothing if no cell of the sheet holds text."""
    position = find_header(grid.rows)
    if position is None:
        return None
    written = [cell.replace("\ufeff", "").strip() for cell in grid.rows[position]]
    while not written[-1]:
        written.pop()
    body = [
        (number, row)
        for number, row in enumerate(grid.rows[position + 1 :], start=position + 2)
        if any(row) and not all(not cell or cell.isspace() for cell in row)
    ]
    numbers = [number for number, _ in body]
    cells = [row for _, row in body]
    columns, notes = _columns(grid, written, len(grid.rows[position]), cells, numbers, position + 1)
    notes = [*_above(grid, position), *notes]
    if not body:
        notes.append(_note(grid, "table_without_rows", position + 1))
    names = _unique([text for text, _ in columns])
    frame = pd.DataFrame(
        {
            name: pd.Series(values, index=numbers, dtype="str")
            for name, (_, values) in zip(names, columns, strict=True)
        },
        index=pd.Index(numbers, dtype="int64"),
    )
    header = tuple(text for text, _ in columns)
    return RawTable(grid.file, grid.sheet, header, position + 1, frame, (*grid.notes, *notes))


def _above(grid: Grid, position: int) -> Iterator[Problem]:
    for number, row in enumerate(grid.rows[:position], start=1):
        text = " ".join(cell.strip() for cell in row if cell and not cell.isspace())
        if text:
            yield _note(grid, "row_above_header", number, value=text)


def _columns(
    grid: Grid, written: list[str], stated: int, cells: list[list[str]], numbers: list[int], header_row: int
) -> tuple[list[tuple[str, list[str]]], list[Problem]]:
    """Return header text and cells of every column that has a header, and what is amiss with the others."""
    width = max([len(written), *(len(row) for row in cells)], default=0)
    limit = stated if grid.stated_width else width
    notes: list[Problem] = []
    if grid.stated_width:
        notes += _too_long(grid, cells, numbers, limit)
    columns = []
    for position in range(limit):
        values = [row[position] if position < len(row) else "" for row in cells]
        text = written[position] if position < len(written) else ""
        if text:
            columns.append((text, values))
        elif any(values):
            notes += _unnamed(grid, position, values, numbers)
    repeated = [text for text, count in Counter(text for text, _ in columns).items() if count > 1]
    notes += [_note(grid, "header_repeated", header_row, column=text, value=text) for text in repeated]
    return columns, notes


def _too_long(grid: Grid, cells: list[list[str]], numbers: list[int], width: int) -> Iterator[Problem]:
    for number, row in zip(numbers, cells, strict=True):
        surplus = [cell for cell in row[width:] if cell and not cell.isspace()]
        if surplus:
            yield Problem(
                "row_too_long",
                file=grid.file,
                sheet=grid.sheet,
                row=number,
                value="; ".join(surplus),
                facts={"columns": width, "cells": len(row)},
            )


def _unnamed(grid: Grid, position: int, values: list[str], numbers: list[int]) -> Iterator[Problem]:
    filled = [
        (number, text) for number, text in zip(numbers, values, strict=True) if text and not text.isspace()
    ]
    if filled:
        number, text = filled[0]
        yield Problem(
            "column_without_header",
            Severity.SET_ASIDE,
            grid.file,
            grid.sheet,
            number,
            column_letter(position),
            text.strip(),
            {"count": len(filled)},
        )


def _unique(texts: list[str]) -> list[str]:
    used: set[str] = set()
    count: Counter[str] = Counter()
    names: list[str] = []
    for text in texts:
        name = text
        while name in used:
            count[text] += 1
            name = f"{text} ({count[text] + 1})"
        used.add(name)
        names.append(name)
    return names


def _note(grid: Grid, code: str, row: int, column: str = "", value: str = "") -> Problem:
    return Problem(code, Severity.NOTE, grid.file, grid.sheet, row, column, value)
