"""From the cells of one sheet to a raw table: where the header stands, which rows count, what is amiss."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from workbench.errors import InvalidInput, Problem, Severity

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
    merged : tuple of (top, left, bottom, right)
        Merged cells, counted from 0; both ends belong to them.
    """

    file: str
    sheet: str
    rows: list[list[str]]
    stated_width: bool
    notes: tuple[Problem, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()


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
        Text without outer blanks; empty text where nothing is written; rows with no text at all are left out.
        Columns are `header` with a repeated text marked `` (2)``, `` (3)``; the index is the row as the
        spreadsheet numbers it.
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


def written(cell: str) -> str:
    """Return a cell without outer blanks and invisible marks."""
    return cell.replace("\ufeff", "").strip()


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
        filled = sum(1 for cell in row if cell and written(cell))
        if filled >= 2:
            return position
        if filled and first is None:
            first = position
    return first


def to_table(grid: Grid) -> RawTable | None:
    """Return the table of a sheet; nothing if no cell of the sheet holds text.

    Raises
    ------
    InvalidInput
        ``file_too_large``: more cells than can be held.
    """
    position = find_header(grid.rows)
    if position is None:
        return None
    header_row = position + 1
    lines = {
        number: row
        for number, row in enumerate(grid.rows[header_row:], start=header_row + 1)
        if any(written(cell) for cell in row)
    }
    named, unnamed = _split_columns(grid, grid.rows[position], lines)
    header = tuple(text for text, _ in named)
    notes = [*grid.notes, *_above(grid, position), *_too_long(grid, len(grid.rows[position]), lines)]
    notes += [note for letter, cells in unnamed for note in _unnamed(grid, letter, cells, lines)]
    repeated = [text for text, count in Counter(header).items() if count > 1]
    notes += [_note(grid, "header_repeated", header_row, column=text, value=text) for text in repeated]
    if not lines:
        notes.append(_note(grid, "table_without_rows", header_row))
    columns = dict(zip(unique_texts(header), (cells for _, cells in named), strict=True))
    body = pd.DataFrame(columns, index=pd.Index(list(lines), dtype="int64"), dtype="str")
    return RawTable(grid.file, grid.sheet, header, header_row, body, tuple(notes))


Columns = list[tuple[str, tuple[str, ...]]]


def _split_columns(
    grid: Grid, header_cells: Sequence[str], lines: Mapping[int, Sequence[str]]
) -> tuple[Columns, Columns]:
    """Return the cells of the columns with a header by its text, and of those without by their letter."""
    width = len(header_cells)
    if not grid.stated_width:
        width = max([width, *(len(row) for row in lines.values())])
    if width * len(lines) > MAX_CELLS:
        problem = Problem(
            "file_too_large", file=grid.file, sheet=grid.sheet, facts={"limit_cells": MAX_CELLS}
        )
        raise InvalidInput([problem])
    columns = itertools.zip_longest(header_cells, *lines.values(), fillvalue="")
    named: Columns = []
    unnamed: Columns = []
    for position, (text, *cells) in enumerate(itertools.islice(columns, width)):
        if written(text):
            named.append((written(text), tuple(map(str.strip, cells))))
        elif any(cells):
            unnamed.append((column_letter(position), tuple(cells)))
    return named, unnamed


def _above(grid: Grid, position: int) -> Iterator[Problem]:
    for number, row in enumerate(grid.rows[:position], start=1):
        text = " ".join(written(cell) for cell in row if written(cell))
        if text:
            yield _note(grid, "row_above_header", number, value=text)


def _too_long(grid: Grid, width: int, lines: Mapping[int, Sequence[str]]) -> Iterator[Problem]:
    """Name the rows of a CSV file that hold more cells than its header."""
    if not grid.stated_width:
        return
    for number, row in lines.items():
        surplus = [written(cell) for cell in row[width:] if written(cell)]
        if surplus:
            facts = {"columns": width, "cells": len(row)}
            value = "; ".join(surplus)
            yield Problem(
                "row_too_long", file=grid.file, sheet=grid.sheet, row=number, value=value, facts=facts
            )


def _unnamed(grid: Grid, letter: str, cells: Sequence[str], lines: Iterable[int]) -> Iterator[Problem]:
    filled = [(row, written(cell)) for row, cell in zip(lines, cells, strict=True) if written(cell)]
    if filled:
        row, text = filled[0]
        facts = {"count": len(filled)}
        yield Problem(
            "column_without_header", Severity.SET_ASIDE, grid.file, grid.sheet, row, letter, text, facts
        )


def unique_texts(texts: Sequence[str]) -> list[str]:
    """Return texts with repeated ones marked `` (2)``, `` (3)``.

    Examples
    --------
    >>> unique_texts(["Jumlah", "Jumlah"])
    ['Jumlah', 'Jumlah (2)']
    """
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
