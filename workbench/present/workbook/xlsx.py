"""A workbook as XLSX: live formulas with the product's values in them, and texts that can never run."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from types import MappingProxyType
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils.cell import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from workbench.present.packing import NEVER, repacked, undated
from workbench.present.paper.document import printable
from workbench.present.workbook.book import Book, Field, Formula, Kind, Sheet, Value

FORMATS: Mapping[Kind, str] = MappingProxyType(
    {
        "text": "@",
        "whole": "#,##0",
        "rupiah": '"Rp" #,##0',
        "number": "#,##0.00",
        "share": "0.0%",
        "date": "dd/mm/yyyy",
    }
)
LONGEST_NAME, LONGEST_TEXT = 31, 32_767
"""Letters of a tab and of a cell that a workbook holds."""
PLAIN, STRONG, TITLE = (
    Font(name="Arial", size=10),
    Font(name="Arial", size=10, bold=True),
    Font(name="Arial", size=12, bold=True),
)
WRAPPED, BESIDE = Alignment(vertical="top", wrap_text=True), Alignment(vertical="top")
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
LINE = 13.5
"""Points of one line of text."""
THIN = Side(style="thin", color="808080")
RULED = Border(top=THIN, bottom=THIN, left=THIN, right=THIN)
SHADE = PatternFill("solid", fgColor="EEEEEE")
LIVE = PatternFill("solid", fgColor="F4F8FC")


def xlsx_bytes(book: Book) -> bytes:
    """Return a workbook as XLSX; equal books give equal bytes.

    Parameters
    ----------
    book : Book

    Returns
    -------
    bytes
        Every formula carries the value that the product computed, so that a reader that does not calculate
        (a preview, pandas, Excel's protected view) shows the same numbers as one that does.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for style in _styles():
        workbook.add_named_style(style)
    values: dict[str, dict[str, Formula]] = {}
    for number, (name, sheet) in enumerate(_named(book), start=1):
        made = workbook.create_sheet(name)
        values[f"xl/worksheets/sheet{number}.xml"] = _write(made, sheet)
    workbook.properties.title, workbook.properties.creator = printable(book.title), ""
    stream = io.BytesIO()
    workbook.save(stream)
    stamp = f"{book.date}T00:00:00Z" if re.fullmatch(r"\d{4}-\d\d-\d\d", book.date) else NEVER
    return repacked(stream.getvalue(), lambda name, content: _settled(name, content, values, stamp))


def _named(book: Book) -> Iterator[tuple[str, Sheet]]:
    """Yield the sheets with names that a workbook may hold, each once."""
    seen: set[str] = set()
    for sheet in book.sheets:
        plain = re.sub(r"[\[\]:*?/\\']", " ", printable(sheet.name)).strip() or "Lembar"
        name, number = plain[:LONGEST_NAME], 1
        while name.casefold() in seen:
            number += 1
            name = f"{plain[: LONGEST_NAME - 4]} ({number})"
        seen.add(name.casefold())
        yield name, sheet


def _write(made: Worksheet, sheet: Sheet) -> dict[str, Formula]:
    for row, title in enumerate(sheet.titles, start=1):
        _text(made, row, 1, title).font = TITLE
    _head(made, sheet)
    formulas: dict[str, Formula] = {}
    for row, cells in enumerate(sheet.rows, start=sheet.first_row):
        strong = row - sheet.first_row in sheet.strong
        for column, (value, entry) in enumerate(zip(cells, sheet.fields, strict=True), start=1):
            cell = _value(made, row, column, _dated(value) if entry.kind == "date" else value)
            quoted = cell.quotePrefix
            cell.style = _style(entry, strong=strong, live=isinstance(value, Formula))
            if quoted:
                cell.quotePrefix = True
            if isinstance(value, Formula):
                formulas[cell.coordinate] = value
        made.row_dimensions[row].height = LINE * max(map(_lines, cells, sheet.fields), default=1)
    for place, note in enumerate(sheet.notes):
        _text(made, max(sheet.last_row, sheet.head_row) + 2 + place, 1, note).font = PLAIN
    _page(made, sheet)
    return formulas


def _dated(value: Value) -> Value | date:
    """Return an ISO text as the day that a spreadsheet counts with; any other value as it is."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _style(entry: Field, *, strong: bool, live: bool) -> str:
    return f"{entry.kind}{' strong' if strong else ''}{' live' if live else ''}"


def _styles() -> Iterator[NamedStyle]:
    """Yield the looks of cells by name: a name is set at once, its parts one by one are slow."""
    for kind, strong, live in product(FORMATS, (False, True), (False, True)):
        style = NamedStyle(_style(Field("", kind=kind), strong=strong, live=live))
        style.number_format, style.border = FORMATS[kind], RULED
        style.font = STRONG if strong else PLAIN
        style.alignment = WRAPPED if kind == "text" else BESIDE
        if live:
            style.fill = LIVE
        yield style


def _lines(value: Value, entry: Field) -> int:
    """Return how many lines a text takes in its column, so that no reader has to pull the row open."""
    text = value.value if isinstance(value, Formula) else value
    if entry.kind != "text" or not isinstance(text, str):
        return 1
    return sum(max(1, math.ceil(len(line) * 1.1 / entry.width)) for line in text.split("\n"))


def _head(made: Worksheet, sheet: Sheet) -> None:
    for column, entry in enumerate(sheet.fields, start=1):
        made.column_dimensions[get_column_letter(column)].width = entry.width
        _head_cell(made, sheet.head_row, column, entry.label)
        if sheet.grouped:
            _head_cell(made, sheet.head_row - 1, column, entry.group)
        if sheet.number_row:
            _head_cell(made, sheet.head_row + 1, column, f"({column})")
    labels = [(entry.label, entry.width) for entry in sheet.fields]
    lines = max(max(len(label) * 1.25 / width, len(label.split()) > 1) for label, width in labels)
    made.row_dimensions[sheet.head_row].height = LINE * max(1, math.ceil(lines))
    for first, last in _groups(sheet):
        made.merge_cells(
            start_row=sheet.head_row - 1, end_row=sheet.head_row - 1, start_column=first, end_column=last
        )


def _groups(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Yield the first and last column of every common head over several columns."""
    first = 1
    for column in range(2, len(sheet.fields) + 2):
        ended = column > len(sheet.fields) or sheet.fields[column - 1].group != sheet.fields[first - 1].group
        if ended:
            if sheet.fields[first - 1].group and column - first > 1:
                yield first, column - 1
            first = column


def _head_cell(made: Worksheet, row: int, column: int, text: str) -> None:
    cell = _text(made, row, column, text)
    cell.font, cell.fill, cell.border, cell.alignment = STRONG, SHADE, RULED, CENTRED


def _value(made: Worksheet, row: int, column: int, value: Value | date) -> Any:  # noqa: ANN401 - openpyxl's cell
    if isinstance(value, str):
        return _text(made, row, column, value)
    return made.cell(row, column, value.text if isinstance(value, Formula) else value)


def _text(made: Worksheet, row: int, column: int, text: str) -> Any:  # noqa: ANN401 - openpyxl's cell
    """Write a text as text: what begins with ``=`` must never run, here or after somebody edits it."""
    plain = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", printable(text))[:LONGEST_TEXT]
    cell = made.cell(row, column)
    cell.value, cell.data_type = plain, "s"
    cell.quotePrefix = plain[:1] in "=+-@" if plain else False
    return cell


def _page(made: Worksheet, sheet: Sheet) -> None:
    made.freeze_panes = f"{get_column_letter(sheet.frozen + 1)}{sheet.first_row}"
    first = sheet.head_row - sheet.grouped
    made.print_title_rows = f"{first}:{sheet.first_row - 1}"
    made.page_setup.orientation, made.page_setup.paperSize = "landscape", 9
    made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
    made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    made.oddFooter = HeaderFooterItem(right=_HeaderFooterPart(text="&P / &N"))


FORMULA_CELL = re.compile(r'<c r="([A-Z]+\d+)"([^>]*?)><f>(.*?)</f><v\s*/?>(?:</v>)?</c>', re.DOTALL)


def _settled(name: str, content: bytes, values: Mapping[str, Mapping[str, Formula]], stamp: str) -> bytes:
    """Return a member with the product's values beside its formulas, and with the forum's date alone."""
    if not values.get(name):
        return undated(name, content, stamp)
    known = values[name]
    return FORMULA_CELL.sub(lambda found: _with_value(found, known), content.decode()).encode()


def _with_value(found: re.Match[str], known: Mapping[str, Formula]) -> str:
    place, marks, formula = found.groups()
    value = known[place].value
    marks = re.sub(r' t="\w+"', "", marks)
    if value is None:
        return f'<c r="{place}"{marks}><f>{formula}</f></c>'
    if isinstance(value, str):
        return f'<c r="{place}"{marks} t="str"><f>{formula}</f><v>{escape(printable(value))}</v></c>'
    return f'<c r="{place}"{marks}><f>{formula}</f><v>{value!r}</v></c>'
