"""The blocks of a page as blocks of paper: a report is written once, for screen and for print alike.

Only blocks that `workbench.present.documents` made are understood; nothing else stands in a page.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from types import MappingProxyType
from typing import cast
from xml.parsers.expat import ExpatError, ParserCreate

from workbench.present.paper.document import Block, Figure, Grid, Heading, Items, Paragraph
from workbench.present.table import Align, ColumnSpec, Table

ANNEX = re.compile(r'<aside class="annex">.*?</aside>', re.DOTALL)
"""What stands on the screen alone."""
SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
UNCLOSED = re.compile(r"(<(?:col|img|br)\b[^>]*?)\s*/?>")
"""Elements that HTML leaves open."""
ALIGNS = ("right", "center")
Attributes = Mapping[str, str]


def paper_blocks(html: str) -> tuple[Block, ...]:
    """Return the blocks of a section.

    Examples
    --------
    >>> from workbench.present.documents import html_paragraph, html_sentences
    >>> paragraph, items = paper_blocks(html_paragraph("A & B") + html_sentences(["Satu."]))
    >>> paragraph.text, items.entries
    ('A & B', ('Satu.',))
    """
    pictures: list[str] = []

    def kept(found: re.Match[str]) -> str:
        pictures.append(found[0])
        return f'<img data-svg="{len(pictures) - 1}">'

    given = SVG.sub(kept, ANNEX.sub("", html))
    try:
        return _read_strictly(given, _Reader(pictures))
    except ExpatError:
        return _read_loosely(given, _Reader(pictures))


def _read_strictly(html: str, reader: _Reader) -> tuple[Block, ...]:
    """Read blocks as our own templates write them, which is ten times as fast."""
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.say
    parser.Parse(f"<all>{UNCLOSED.sub(_closed, html)}</all>", True)  # noqa: FBT003 - it takes no names
    return tuple(reader.blocks)


def _closed(found: re.Match[str]) -> str:
    return f"{found[1]}/>"


def _read_loosely(html: str, reader: _Reader) -> tuple[Block, ...]:
    """Read blocks that a cell of somebody's own put between ours."""
    parser = _Loose(reader)
    parser.feed(html)
    parser.close()
    return tuple(reader.blocks)


@dataclass
class _TableParts:
    """A table while it is read."""

    caption: str = ""
    widths: list[int] = field(default_factory=list)
    labels: list[tuple[str, Align]] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    kind: str = ""
    numbered: bool = False
    total: tuple[str, ...] = ()
    spanned: bool = False

    def end_row(self) -> None:
        if self.kind == "total":
            self.total = tuple(self.row)
        elif self.row and not self.spanned and self.kind != "numbers":
            self.rows.append(tuple(self.row))
        self.row, self.kind, self.spanned = [], "", False

    def table(self) -> Table:
        columns = tuple(
            ColumnSpec(str(at), label, align, width)
            for at, ((label, align), width) in enumerate(zip(self.labels, self.widths, strict=True))
        )
        return Table(self.caption, columns, tuple(self.rows), self.numbered, total=self.total)


class _Reader:
    """Reads the blocks in their order."""

    def __init__(self, pictures: list[str]) -> None:
        self.blocks: list[Block] = []
        self._pictures = pictures
        self._text: list[str] = []
        self._class = ""
        self._table: _TableParts | None = None
        self._items: list[str] = []
        self._picture: str | bytes = ""
        self._alt = ""
        self._align: Align = "left"

    def begin(self, tag: str, given: Attributes) -> None:
        """Begin an element."""
        begin = _BEGIN.get(tag)
        if begin is not None:
            begin(self, given)

    def end(self, tag: str) -> None:
        """End an element."""
        end = _END.get(tag)
        if end is not None:
            end(self)

    def say(self, data: str) -> None:
        """Keep text."""
        self._text.append(data)

    def _said(self) -> str:
        text = " ".join("".join(self._text).split(" ")).strip("\n ")
        self._text = []
        return text

    def begin_text(self, given: Attributes) -> None:
        self._text, self._class = [], given.get("class", "")

    def begin_table(self, _: Attributes) -> None:
        self._table = _TableParts()

    def begin_column(self, given: Attributes) -> None:
        found = re.search(r"width:(\d+)%", given.get("style", ""))
        if self._table is not None:
            self._table.widths.append(int(found[1]) if found else 0)

    def begin_row(self, given: Attributes) -> None:
        if self._table is not None:
            self._table.kind = given.get("class", "")
            self._table.numbered = self._table.numbered or self._table.kind == "numbers"

    def begin_cell(self, given: Attributes) -> None:
        self.begin_text(given)
        self._align = cast("Align", self._class) if self._class in ALIGNS else "left"
        if self._table is not None and "colspan" in given:
            self._table.spanned = True

    def begin_picture(self, given: Attributes) -> None:
        if "data-svg" in given:
            self._picture = self._pictures[int(given["data-svg"])]
            label = re.search(r'aria-label="([^"]*)"', self._picture)
            self._alt = label[1] if label else ""
        else:
            self._picture = base64.b64decode(given["src"].partition("base64,")[2])
            self._alt = given.get("alt", "")

    def end_caption(self) -> None:
        if self._table is not None:
            self._table.caption = self._said()

    def end_label(self) -> None:
        if self._table is not None:
            self._table.labels.append((self._said(), self._align))

    def end_cell(self) -> None:
        if self._table is not None:
            self._table.row.append(self._said())

    def end_row(self) -> None:
        if self._table is not None:
            self._table.end_row()

    def end_table(self) -> None:
        if self._table is not None:
            self.blocks.append(Grid(self._table.table()))
            self._table = None

    def end_item(self) -> None:
        self._items.append(self._said())

    def end_list(self) -> None:
        self.blocks.append(Items(tuple(self._items), numbered=False))
        self._items = []

    def end_heading(self) -> None:
        self.blocks.append(Heading(self._said(), level=2))

    def end_paragraph(self) -> None:
        last = self.blocks[-1] if self.blocks else None
        if self._class == "note" and isinstance(last, Grid):
            self.blocks[-1] = replace(last, table=replace(last.table, note=self._said()))
            return
        small = self._class.startswith("note")
        self.blocks.append(
            Paragraph(self._said(), size="small" if small else "normal", bold=self._class == "remark")
        )

    def end_figure_caption(self) -> None:
        self.blocks.append(Figure(self._picture, self._alt, self._said()))
        self._picture = ""

    def end_figure(self) -> None:
        if self._picture:
            self.blocks.append(Figure(self._picture, self._alt))
        self._picture = ""


class _Loose(HTMLParser):
    """Tells a reader what stands in HTML of any kind."""

    def __init__(self, reader: _Reader) -> None:
        super().__init__(convert_charrefs=True)
        self._reader = reader

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        self._reader.begin(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        self._reader.end(tag)

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self._reader.say(data)


_BEGIN: Mapping[str, Callable[[_Reader, Attributes], None]] = MappingProxyType(
    {
        **dict.fromkeys(("p", "li", "h3", "caption", "figcaption"), _Reader.begin_text),
        **dict.fromkeys(("td", "th"), _Reader.begin_cell),
        "table": _Reader.begin_table,
        "col": _Reader.begin_column,
        "tr": _Reader.begin_row,
        "img": _Reader.begin_picture,
    }
)
_END: Mapping[str, Callable[[_Reader], None]] = MappingProxyType(
    {
        "p": _Reader.end_paragraph,
        "li": _Reader.end_item,
        "ul": _Reader.end_list,
        "h3": _Reader.end_heading,
        "caption": _Reader.end_caption,
        "figcaption": _Reader.end_figure_caption,
        "figure": _Reader.end_figure,
        "th": _Reader.end_label,
        "td": _Reader.end_cell,
        "tr": _Reader.end_row,
        "table": _Reader.end_table,
    }
)
