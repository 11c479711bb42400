"""What the XML of a workbook's sheets tells and a reader of cells does not: formulas never computed, damage.

Works on the bytes of the archive. Only the plain form that spreadsheets write (no namespace prefix) is known;
anything else is left as it is.
"""

from __future__ import annotations

import io
import math
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

FORMULA = re.compile(rb"<f[\s>/]")
VALUE = re.compile(rb"<v[^>]*>[^<]")
REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
CELL_TYPE = re.compile(rb'\st="([A-Za-z]*)"')
PLAIN_CELL = re.compile(rb"<c\b([^<>]*)>((?:<f[^<>]*>[^<>]*</f>|<f[^<>]*/>)?)<v>([^<>]*)</v></c>")
CELL_OPENING_BYTES = 4096
SHEET_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Place:
    """A cell: sheet title, column letters, row number, and the text found there."""

    sheet: str
    column: str
    row: int
    text: str = ""


def sheet_parts(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Return the title of every worksheet by the name of its part in the archive."""
    targets = {
        element.get("Id", ""): posixpath.normpath(posixpath.join("/xl", element.get("Target", ""))).lstrip(
            "/"
        )
        for element in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - expat refuses runaway entities
    }
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    return {
        targets.get(element.get(SHEET_RELATION, ""), ""): element.get("name", "")
        for element in book.iter()
        if element.tag.endswith("}sheet")
    }


def formulas_without_value(content: bytes) -> list[Place]:
    """Return every formula cell that was written by a program and never computed by a spreadsheet.

    Parameters
    ----------
    content : bytes
        An XLSX file.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        present = set(archive.namelist())
        return [
            place
            for part, title in sheet_parts(archive).items()
            if part in present
            for place in _unanswered(archive.read(part), title)
        ]


def _unanswered(xml: bytes, title: str) -> Iterator[Place]:
    for match in FORMULA.finditer(xml):
        end = xml.find(b"</c>", match.start())
        if end < 0:
            return
        if VALUE.search(xml, match.start(), end):
            continue
        start = xml.rfind(b"<c", max(0, match.start() - CELL_OPENING_BYTES), match.start())
        opening = xml[start : match.start()] if start >= 0 else b""
        reference = REFERENCE.search(opening)
        kind = CELL_TYPE.search(opening)
        # Type "str" with no value is a formula whose answer is the empty text.
        if reference and not (kind and kind[1] == b"str"):
            yield Place(title, reference[1].decode(), int(reference[2]))


def mended(content: bytes) -> tuple[bytes, list[Place]]:
    """Return the workbook with cells that hold text where their type promises a number turned into text.

    Parameters
    ----------
    content : bytes
        An XLSX file.

    Returns
    -------
    tuple
        The mended file, and the cells that were turned.

    Raises
    ------
    zipfile.BadZipFile, KeyError, xml.etree.ElementTree.ParseError, ...
        Whatever a file that is broken in other ways causes.
    """
    places: list[Place] = []
    better = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(better, "w") as copy:
        parts = sheet_parts(archive)
        for name in archive.namelist():
            data = archive.read(name)
            if name in parts:
                data, turned = _mended_sheet(data, parts[name])
                places += turned
            copy.writestr(name, data)
    return better.getvalue(), places


def _mended_sheet(xml: bytes, title: str) -> tuple[bytes, list[Place]]:
    turned: list[Place] = []

    def as_text(match: re.Match[bytes]) -> bytes:
        attributes, formula, value = match.groups()
        kind = CELL_TYPE.search(attributes)
        if _holds_what_it_says(kind[1] if kind else b"n", value):
            return match[0]
        reference = REFERENCE.search(attributes)
        if reference:
            text = value.decode("utf-8", "replace")
            turned.append(Place(title, reference[1].decode(), int(reference[2]), text))
        return b'<c%b t="str">%b<v>%b</v></c>' % (CELL_TYPE.sub(b"", attributes), formula, value)

    return PLAIN_CELL.sub(as_text, xml), turned


def _holds_what_it_says(kind: bytes, value: bytes) -> bool:
    text = value.decode("utf-8", "replace").strip()
    if kind == b"n":
        try:
            return not text or math.isfinite(float(text))
        except ValueError:
            return False
    if kind in {b"s", b"b"}:
        return text.isascii() and text.isdigit() and len(text) < 10
    return kind != b"d"
