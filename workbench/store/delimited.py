"""Tables of text with a separator: encoding and separator are found from the content, never assumed."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections.abc import Iterator
from pathlib import Path

from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.grids import MAX_CELLS, Grid, find_header

DELIMITERS = (";", ",", "\t")
"""Indonesian Excel writes the semicolon; it comes first where the content does not decide."""
SAMPLE_RECORDS = 200
SAMPLE_CHARACTERS = 65_536
ENOUGH_COLUMNS = 5
"""More columns than this say nothing more about the separator."""
MAX_FIELD_CHARACTERS = 131_072
"""The csv module's own limit of one cell; a longer one is a quotation mark that was never closed."""

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_delimited(path: Path, content: bytes) -> Grid:
    """Return the cells of a CSV file.

    Rows are numbered as a spreadsheet does: a quoted cell with line breaks is one row.

    Parameters
    ----------
    path : Path
        For the name of the file in messages.
    content : bytes
        The unpacked content.

    Raises
    ------
    InvalidInput
        ``encoding_unknown``, ``file_not_text``, ``quote_not_closed``, ``file_too_large``.
    """
    text, notes = decoded(path, content)
    text, stated = _stated_delimiter(text)
    delimiter = stated or find_delimiter(text)
    if text.count(delimiter) + text.count("\n") + text.count("\r") > MAX_CELLS:
        raise InvalidInput([Problem("file_too_large", file=path.name, facts={"limit_cells": MAX_CELLS})])
    rows = _records(path, text, delimiter)
    notes += _whole_rows_in_one_cell(path, rows)
    return Grid(path.name, "", rows, stated_width=True, notes=tuple(notes))


def decoded(path: Path, content: bytes) -> tuple[str, list[Problem]]:
    """Return the text, and a note where the encoding had to be taken for the one of old Windows programs."""
    mark, encoding = next(
        ((mark, name) for mark, name in BYTE_ORDER_MARKS if content.startswith(mark)), (b"", "utf-8")
    )
    body = content[len(mark) :]
    notes: list[Problem] = []
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        if mark:
            raise InvalidInput([_undecodable(path, body, error)]) from error
        text, notes = _decode_windows(path, body, error)
    if "\x00" in text:
        row = text.count("\n", 0, text.index("\x00")) + 1
        raise InvalidInput([Problem("file_not_text", file=path.name, row=row)])
    return text, notes


def _decode_windows(path: Path, body: bytes, first: UnicodeDecodeError) -> tuple[str, list[Problem]]:
    try:
        text = body.decode("cp1252")
    except UnicodeDecodeError as error:
        raise InvalidInput([_undecodable(path, body, error)]) from error
    line = body[: first.start].count(b"\n")
    value = text.split("\n")[line].strip()[:80]
    facts = {"encoding": "cp1252"}
    return text, [
        Problem("encoding_not_utf8", Severity.NOTE, path.name, row=line + 1, value=value, facts=facts)
    ]


def _undecodable(path: Path, body: bytes, error: UnicodeDecodeError) -> Problem:
    row = body[: error.start].count(b"\n") + 1
    facts = {"encoding": error.encoding, "position": error.start}
    return Problem("encoding_unknown", file=path.name, row=row, facts=facts)


def _stated_delimiter(text: str) -> tuple[str, str]:
    """Take off the line ``sep=;`` that Excel obeys and does not show."""
    line, _, rest = text[:16].partition("\n")
    stated = line.rstrip("\r")
    if len(stated) == 5 and stated.lower().startswith("sep=") and stated[4] in DELIMITERS and rest:
        return text[len(line) + 1 :], stated[4]
    return text, ""


def find_delimiter(text: str) -> str:
    r"""Return the separator under which the rows agree best with the header; the semicolon if none does.

    Examples
    --------
    >>> find_delimiter("kode;lokasi\nU-1;Dusun A, Dusun B")
    ';'
    """
    return max(DELIMITERS, key=lambda delimiter: (_agreement(text, delimiter), delimiter == DELIMITERS[0]))


def _agreement(text: str, delimiter: str) -> float:
    """Return how well the sampled rows agree with the header in width; wider counts, up to a point.

    The wrong separator may tear quoted texts into rows of hundreds of cells, but then few rows agree.
    """
    reader = csv.reader(io.StringIO(text[:SAMPLE_CHARACTERS], newline=""), delimiter=delimiter)
    try:
        sample = list(itertools.islice(reader, SAMPLE_RECORDS))
    except csv.Error:
        return 0.0
    if len(text) > SAMPLE_CHARACTERS and len(sample) > 1:
        sample.pop()  # the end of the sample may cut this row
    position = find_header(sample)
    if position is None:
        return 0.0
    width = len(sample[position])
    widths = [len(row) for row in sample if row]  # title lines count against a separator they do not have
    share = sum(1 for each in widths if each == width) / len(widths)
    return share**2 * (min(width, ENOUGH_COLUMNS) - 1)


def _records(path: Path, text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error as error:
        raise InvalidInput([_unclosed(path, len(rows) + 1)]) from error
    if rows and text.count('"') % 2 and any("\n" in cell or "\r" in cell for cell in rows[-1]):
        raise InvalidInput([_unclosed(path, len(rows))])
    return rows


def _unclosed(path: Path, row: int) -> Problem:
    facts = {"limit_characters": MAX_FIELD_CHARACTERS}
    return Problem("quote_not_closed", file=path.name, row=row, value='"', facts=facts)


def _whole_rows_in_one_cell(path: Path, rows: list[list[str]]) -> Iterator[Problem]:
    """Name a table whose rows stand in one cell each: opened with the wrong separator and saved again."""
    position = find_header(rows)
    if position is None or len([cell for cell in rows[position] if cell]) > 1:
        return
    header = next(cell for cell in rows[position] if cell)
    inside = [delimiter for delimiter in DELIMITERS if delimiter in header]
    if inside:
        yield Problem(
            "row_in_one_cell",
            file=path.name,
            row=position + 1,
            value=header[:200],
            facts={"delimiter": inside[0]},
        )
