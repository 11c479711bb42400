"""Archives before a compiled reader sees them: how large their tables are, and error cells kept as text.

The reader allocates a rectangle around the used cells, so one stray cell in the last corner would fill the
memory; the rectangle is measured first, on the bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from workbench.errors import InvalidInput, Problem
from workbench.store.file_kinds import MAX_UNPACKED_BYTES

MAX_AREA = 6_000_000
"""Cells of the rectangle around the used cells of one sheet: 24,000 rows of 250 columns still fit."""
MAX_TEXT_CHARACTERS = 400_000_000
"""Characters that the cells of a workbook may repeat from its shared texts."""

XLSX_CELL = re.compile(rb'<c\b[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>/]*>\s*<[vif]')
XLSX_BARE_CELL = re.compile(rb"<c(?:\s(?![^<>]*\br=)[^<>]*)?>\s*<[vif]")
CELL_WITHOUT_BLANK = re.compile(rb"<c[>\t\r\n]")
XLSX_ERROR = re.compile(rb'(<c\b[^<>]*?\bt=)"e"')
XLSX_SHARED = re.compile(rb'\bt="s"[^<>]*>\s*<v>\s*([0-9]{1,9})\s*</v>')
SHARED_ITEM = re.compile(rb"<si\b.*?</si>|<si/>", re.DOTALL)
ODS_TOKEN = re.compile(
    rb"<(table:table|table:table-row|table:table-cell|table:covered-table-cell)\b([^<>]*?)(/?)>|<text:p[\s>/]"
)
ODS_ROWS = re.compile(rb'number-rows-repeated="([0-9]{1,9})"')
ODS_COLUMNS = re.compile(rb'number-columns-repeated="([0-9]{1,9})"')
ODS_VALUE = re.compile(rb"office:(?:value|boolean-value|date-value|string-value)")


def unpacked_xlsx(path: Path, content: bytes) -> bytes:
    """Return a workbook with its parts stored plainly, measured, and error cells turned into text.

    Raises
    ------
    InvalidInput
        ``file_damaged``, ``file_too_large``.
    """
    parts = _parts(path, content)
    sheets = [name for name in parts if name.startswith("xl/worksheets/") and name.endswith(".xml")]
    for name in sheets:
        _check_area(path, *_xlsx_extent(parts[name]))
        if b't="e"' in parts[name]:
            parts[name] = XLSX_ERROR.sub(rb'\1"str"', parts[name])
    _check_shared(path, parts, sheets)
    return _stored(parts)


def unpacked_ods(path: Path, content: bytes) -> bytes:
    """Return an OpenDocument sheet with its parts stored plainly and measured.

    Raises
    ------
    InvalidInput
        ``file_damaged``, ``file_too_large``.
    """
    parts = _parts(path, content)
    for rows, columns in _ods_extents(parts.get("content.xml", b"")):
        _check_area(path, rows, columns)
    return _stored(parts)


def _parts(path: Path, content: bytes) -> dict[str, bytes]:
    """Read every part; an archive cannot unfold to more than its directory says, for that much is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check_unfolded(path, sum(member.file_size for member in members))
            return {member.filename: archive.read(member) for member in members if not member.is_dir()}
    except InvalidInput:
        raise
    except Exception as error:  # a broken archive fails in many ways: zlib, struct, checksum, encryption
        raise InvalidInput([Problem("file_damaged", file=path.name, facts={"really": "zip"})]) from error


def _check_unfolded(path: Path, size: int) -> None:
    if size > MAX_UNPACKED_BYTES:
        facts = {"limit_bytes": MAX_UNPACKED_BYTES}
        raise InvalidInput([Problem("file_too_large", file=path.name, facts=facts)])


def _stored(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return stream.getvalue()


def _xlsx_extent(xml: bytes) -> tuple[int, int]:
    """Return the rows and columns that the used cells of a sheet span."""
    rows: set[bytes] = set()
    columns: set[bytes] = set()
    for match in XLSX_CELL.finditer(xml):
        columns.add(match[1])
        rows.add(match[2])
    named = xml.count(b'<c r="') == xml.count(b"<c ") and CELL_WITHOUT_BLANK.search(xml) is None
    # Cells without a name follow one another.
    bare = 0 if named else sum(1 for _ in XLSX_BARE_CELL.finditer(xml))
    return max([bare, *map(int, rows)]), max([1, *map(_column_number, columns)])


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _check_area(path: Path, rows: int, columns: int) -> None:
    if rows * columns > MAX_AREA:
        facts = {"limit_cells": MAX_AREA, "rows": rows, "columns": columns}
        raise InvalidInput([Problem("file_too_large", file=path.name, facts=facts)])


def _check_shared(path: Path, parts: dict[str, bytes], sheets: list[str]) -> None:
    """Refuse a small file whose cells all repeat one enormous text."""
    shared = parts.get("xl/sharedStrings.xml", b"")
    lengths = [len(match[0]) for match in SHARED_ITEM.finditer(shared)]
    size = sum(len(parts[name]) for name in sheets)
    if not lengths or max(lengths) * (size // 20) <= MAX_TEXT_CHARACTERS:
        return  # no cell is written in fewer than twenty signs
    total = sum(
        lengths[int(match[1])]
        for name in sheets
        for match in XLSX_SHARED.finditer(parts[name])
        if int(match[1]) < len(lengths)
    )
    if total > MAX_TEXT_CHARACTERS:
        facts = {"limit_bytes": MAX_TEXT_CHARACTERS}
        raise InvalidInput([Problem("file_too_large", file=path.name, facts=facts)])


def _ods_extents(xml: bytes) -> Iterator[tuple[int, int]]:
    """Yield the rows and columns that the used cells of each table span, repetitions counted."""
    row = column = rows = columns = 0
    row_times = times = 1
    for match in ODS_TOKEN.finditer(xml):
        kind, attributes = match[1], match[2] or b""
        if kind == b"table:table":
            yield rows, columns
            row = rows = columns = 0
        elif kind == b"table:table-row":
            row_times = _repeated(ODS_ROWS, attributes)
            row, column = row + row_times, 0
        elif kind is not None:
            times = _repeated(ODS_COLUMNS, attributes)
            column += times
        if kind is None or (kind != b"table:table" and ODS_VALUE.search(attributes)):
            rows, columns = max(rows, row), max(columns, column)
    yield rows, columns


def _repeated(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    match = pattern.search(attributes)
    return max(1, int(match[1])) if match else 1
