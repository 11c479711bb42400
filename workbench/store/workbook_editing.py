"""New and changed sheets in a workbook that stays its owner's: what is not named keeps its bytes.

A program that reads a workbook and writes it anew loses pictures and the computed values of formulas. Here
the parts of the archive are edited in place; only the plain form that spreadsheets write is known.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from workbench.errors import InvalidInput, Problem
from workbench.store.grids import column_letter
from workbench.store.sheet_xml import sheet_parts

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
BOOK, BOOK_RELATIONS, CONTENT_TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
CHAIN = "xl/calcChain.xml"
"""The order in which formulas are computed; a spreadsheet makes it anew."""
CHAIN_ENTRY = re.compile(rb"<(?:Relationship|Override)\b[^<>]*calcChain\.xml[^<>]*/>")
DIMENSION = re.compile(rb"<dimension\b[^<>]*/>")
SPANS = re.compile(rb'\sspans="[^"]*"')
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
EPOCH = (1980, 1, 1, 0, 0, 0)

Cell = str | int | float
Rows = Sequence[Sequence[Cell]]


class WorkbookEditor:
    """A workbook in memory, whose sheets are replaced, added or widened before it is written.

    Parameters
    ----------
    name : str
        The file, for the refusal.
    content : bytes

    Raises
    ------
    InvalidInput
        ``workbook_not_writable``, here and from every method: the parts are not laid out as spreadsheets
        write them.
    """

    def __init__(self, name: str, content: bytes) -> None:
        self._name = name
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                self._parts = {member.filename: archive.read(member) for member in archive.infolist()}
                self._sheets = {title: part for part, title in sheet_parts(archive).items()}
        except (KeyError, ValueError, OSError, zipfile.BadZipFile, ElementTree.ParseError) as error:
            raise self._refusal() from error

    def put(self, title: str, rows: Rows) -> None:
        """Make the rows the whole of a sheet: of the one with this title, or of a new last one."""
        part = self._sheets.get(title) or self._added(title)
        self._parts[part] = sheet_bytes(rows)
        # What hung on the old cells (drawings, tables, links) would point at nothing.
        folder, name = posixpath.split(part)
        self._parts.pop(f"{folder}/_rels/{name}.rels", None)

    def widen(self, title: str, row: int, column: int, headers: Sequence[str]) -> None:
        """Write headers into a row that has cells, from a column on (0 for A)."""
        part = self._sheets[title]
        line = re.compile(rb'<row\b[^<>]*\sr="%d"[^<>]*>' % row)
        cells = "".join(_cell(column + place, row, header) for place, header in enumerate(headers))
        sheet = DIMENSION.sub(b"", self._parts[part])
        opening = line.search(sheet)
        closing = sheet.find(b"</row>", opening.end()) if opening else -1
        if opening is None or closing < 0 or opening.group().endswith(b"/>"):
            raise self._refusal()
        start = SPANS.sub(b"", opening.group()) + sheet[opening.end() : closing]
        self._parts[part] = sheet[: opening.start()] + start + cells.encode() + sheet[closing:]

    def content(self) -> bytes:
        """Return the workbook; the same edits of the same file give the same bytes."""
        if self._parts.pop(CHAIN, None) is not None:
            for name in (BOOK_RELATIONS, CONTENT_TYPES):
                self._parts[name] = CHAIN_ENTRY.sub(b"", self._parts[name])
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self._parts.items():
                archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
        return stream.getvalue()

    def _added(self, title: str) -> str:
        part = next(name for name in _numbered("xl/worksheets/sheet{}.xml") if name not in self._parts)
        relation = next(name for name in _numbered("rId{}") if f'"{name}"' not in self._text(BOOK_RELATIONS))
        highest = max(map(int, re.findall(r'\bsheetId="(\d+)"', self._text(BOOK))), default=0)
        named = f'name={quoteattr(title)} sheetId="{highest + 1}"'
        self._insert(BOOK, "</sheets>", f'<sheet xmlns:r="{RELATIONS}" {named} r:id="{relation}"/>')
        self._insert(
            BOOK_RELATIONS,
            "</Relationships>",
            f'<Relationship Id="{relation}" Type="{RELATIONS}/worksheet" Target="/{part}"/>',
        )
        self._insert(CONTENT_TYPES, "</Types>", f'<Override PartName="/{part}" ContentType="{SHEET_TYPE}"/>')
        self._sheets[title] = part
        return part

    def _text(self, part: str) -> str:
        return self._parts[part].decode("utf-8", "replace")

    def _insert(self, part: str, before: str, element: str) -> None:
        text = self._parts.get(part, b"")
        if text.count(before.encode()) != 1:
            raise self._refusal()
        self._parts[part] = text.replace(before.encode(), (element + before).encode())

    def _refusal(self) -> InvalidInput:
        return InvalidInput([Problem("workbook_not_writable", file=self._name)])


def sheet_bytes(rows: Rows) -> bytes:
    """Return a plain sheet of texts and numbers, its first row kept in view."""
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(_widths(rows), 1)
    )
    lines = "".join(
        f'<row r="{number}">'
        + "".join(_cell(place, number, value) for place, value in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
        f'state="frozen"/></sheetView></sheetViews><cols>{widths}</cols>'
        f"<sheetData>{lines}</sheetData></worksheet>"
    ).encode()


def _widths(rows: Rows) -> Iterable[int]:
    """Return a width for each column by its longest text, within what a screen can show."""
    columns = zip(*rows, strict=True)
    return (min(60, max(10, 2 + max(len(str(value)) for value in column))) for column in columns)


def _cell(position: int, row: int, value: Cell) -> str:
    if value == "":
        return ""
    reference = f"{column_letter(position)}{row}"
    if isinstance(value, int | float):
        return f'<c r="{reference}"><v>{value!r}</v></c>'
    text = escape(FORBIDDEN.sub("", value))
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _numbered(pattern: str) -> Iterable[str]:
    return (pattern.format(number) for number in range(1, 10_000))
