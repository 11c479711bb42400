"""What stands on official paper, independent of the file it becomes: parts with their sheets, and blocks.

A `Paper` is a sequence of parts; each part has a sheet of its own (A4 or F4, upright or across), a running
header, a footer and perhaps a watermark. `workbench.present.paper.pdf` and `workbench.present.paper.word`
turn the same value into a PDF and into a Word file. Papers are joined with `joined`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from workbench.present.table import Table

KEPT = "\n\u00a0\u00ad\u200b\u200c\u200d"
"""Letters that print nothing and yet belong to a text: line break, no-break blank, hints for breaking."""
Placed = Literal["left", "center", "right", "justify"]
Size = Literal["small", "normal", "large", "title"]


@dataclass(frozen=True)
class Sheet:
    """A sheet of paper in millimetres, as it is held.

    Examples
    --------
    >>> A4.across
    Sheet(width=297, height=210)
    """

    width: int
    height: int

    @property
    def across(self) -> Sheet:
        """The same sheet lying on its long side."""
        return Sheet(max(self.width, self.height), min(self.width, self.height))


A4 = Sheet(210, 297)
F4 = Sheet(215, 330)
SHEETS = {"a4": A4, "f4": F4}


@dataclass(frozen=True)
class Heading:
    """A heading; it stands in the bookmarks of a PDF and in the navigation of a Word file.

    Attributes
    ----------
    text : str
    level : int
        1 is the highest.
    placed : {"left", "center", "right"}
    """

    text: str
    level: int = 1
    placed: Placed = "left"


@dataclass(frozen=True)
class Paragraph:
    """Running text; a line break in it stays one.

    Attributes
    ----------
    text : str
    placed : {"left", "center", "right", "justify"}
    size : {"small", "normal", "large", "title"}
    bold : bool
    """

    text: str
    placed: Placed = "left"
    size: Size = "normal"
    bold: bool = False


@dataclass(frozen=True)
class Terms:
    """Lines of a term and what it says, in two columns: ``Tempat : Balai desa``.

    Attributes
    ----------
    rows : tuple of (term, text)
    width : int
        Of the terms, in millimetres.
    bold : bool
        Whether the terms stand out.
    """

    rows: tuple[tuple[str, str], ...]
    width: int = 45
    bold: bool = False


@dataclass(frozen=True)
class Items:
    """A numbered or dashed list.

    Attributes
    ----------
    entries : tuple of str
    numbered : bool
    """

    entries: tuple[str, ...]
    numbered: bool = True


@dataclass(frozen=True)
class Grid:
    """A ruled table: head and column numbers are repeated on every sheet.

    Attributes
    ----------
    table : Table
        Column widths of zero share what the others leave.
    row_height : int
        Least height of a row in millimetres; signatures need room.
    size : {"small", "normal"}
    """

    table: Table
    row_height: int = 0
    size: Size = "small"


@dataclass(frozen=True)
class Figure:
    """A picture.

    Attributes
    ----------
    picture : str or bytes
        SVG text, or the bytes of a PNG.
    alt : str
        What it shows, for those who do not see it.
    caption : str
    width : int
        Share of the line in percent.
    """

    picture: str | bytes
    alt: str
    caption: str = ""
    width: int = 100


@dataclass(frozen=True)
class Signatory:
    """Who signs: the lines above the signature (place, office), the name, and the line below it."""

    above: tuple[str, ...]
    name: str
    below: str = ""


@dataclass(frozen=True)
class Signatures:
    """Signatures side by side, kept together on one sheet.

    Attributes
    ----------
    signatories : tuple of Signatory
        From left to right; an empty `above` and name leave a gap.
    """

    signatories: tuple[Signatory, ...]


@dataclass(frozen=True)
class Cards:
    """Cards to cut out, two in a row and two below each other on one sheet; they begin a sheet.

    Attributes
    ----------
    cards : tuple of tuple of blocks
    """

    cards: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class Contents:
    """The list of the paper's headings with their pages.

    Attributes
    ----------
    title : str
    depth : int
        Levels of headings that are listed.
    """

    title: str
    depth: int = 1


Block: TypeAlias = "Contents | Heading | Paragraph | Terms | Items | Grid | Figure | Signatures | Cards"


@dataclass(frozen=True)
class Part:
    """Blocks on one kind of sheet; a part begins a sheet.

    Attributes
    ----------
    blocks : tuple of blocks
    sheet : Sheet
    header, footer : str
        Small lines on every sheet; the page number stands beside the footer.
    watermark : str
        Large and pale across every sheet, for example "DRAF"; empty for none.
    bookmark : str
        A bookmark of the part itself, above its headings.
    margin : int
        In millimetres.
    numbered : bool
        Whether its sheets carry page numbers.
    """

    blocks: tuple[Block, ...]
    sheet: Sheet = A4
    header: str = ""
    footer: str = ""
    watermark: str = ""
    bookmark: str = ""
    margin: int = 18
    numbered: bool = True


@dataclass(frozen=True)
class Paper:
    """A whole document.

    Attributes
    ----------
    title : str
        In the properties of the file.
    parts : tuple of Part
    language : {"id", "en"}
    date : str
        ISO date of the forum, the only date the file carries; empty for none. Never the clock's.
    """

    title: str
    parts: tuple[Part, ...]
    language: str = "id"
    date: str = field(default="")


def printable(text: str) -> str:
    r"""Return a text without what no file can hold: control characters and lone surrogates.

    Examples
    --------
    >>> printable("a\x0bb\tc\nd")
    'a b c\nd'
    """
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() or letter in KEPT else " " for letter in text)


def for_paper(text: str) -> str:
    r"""Return a text as it is set: printable, and an amount on one line with its ``Rp``.

    Examples
    --------
    >>> for_paper("turun Rp 5")
    'turun Rp\xa05'
    """
    return re.sub(r"\bRp (?=\d)", "Rp\u00a0", printable(text))


def joined(title: str, papers: Sequence[Paper]) -> Paper:
    """Return one paper of several, each with a bookmark of its title above its own headings.

    Parameters
    ----------
    title : str
        Of the whole.
    papers : sequence of Paper
        At least one; the language is that of the first.

    Examples
    --------
    >>> one = Paper("Kecamatan A", (Part((Heading("Ringkasan"),)),))
    >>> both = joined("Kabupaten", [one, one])
    >>> both.parts[1].bookmark, both.parts[1].blocks[0].level
    ('Kecamatan A', 2)
    """
    parts = [
        replace(
            part,
            bookmark=paper.title if number == 0 else "",
            blocks=tuple(
                replace(block, level=block.level + 1) if isinstance(block, Heading) else block
                for block in part.blocks
            ),
        )
        for paper in papers
        for number, part in enumerate(paper.parts)
    ]
    return Paper(title, tuple(parts), papers[0].language, max(paper.date for paper in papers))
