"""A paper as PDF: tagged, with bookmarks and a bundled open font, and the same bytes from the same paper.

The compiler is typst, an optional package of one wheel that needs nothing of the system. The words travel as
data beside a fixed template, so no text of a list can become markup.
"""

from __future__ import annotations

import base64
import importlib.util
import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from workbench.errors import WorkbenchError
from workbench.present.i18n import translator
from workbench.present.paper.document import KEPT, Block, Cards, Figure, Grid, Paper, Part, for_paper
from workbench.present.paper.letters import SOFT_HYPHEN, Letters, letters_of
from workbench.present.table import shares

EXTRA = "pdf"
FONT_FOLDER = ("mpl-data", "fonts", "ttf")
"""DejaVu Sans (Bitstream Vera licence, free to embed) lies in the data of matplotlib."""
SVG_SCALE = 0.92
"""DejaVu Sans is that much wider than the screen fonts for which the pictures were measured."""
POINT = 25.4 / 72
GLYPH = 0.62
"""Millimetres of a point, and the mean width of a letter in parts of the font size."""
SIZES = {"small": 7.2, "normal": 9.2}
INSET = 2.2
"""Points between the rule of a table and its words, as in the template."""
LONG_CELL = 1200
"""Letters of a cell that may run on over a sheet."""
TALLEST_PICTURE = 0.58
"""Height of a picture in parts of its sheet: what is said about it stands on the same one."""
ABOVE = 2
"""Millimetres that the template leaves above the first block, beside the margin."""
SHORT_ROWS = 14
SHORT_LETTERS = 2400
"""Rows and letters of a table that stays whole on one sheet."""
LAST_LATIN = "\u024f"
SIGNS = frozenset("\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u2212")
"""Dashes, quotation marks and the like, which every picture has and the font, too."""
BOX = "\u25a1"


def can_write_pdf() -> bool:
    """Tell whether the package that writes PDF is installed."""
    return importlib.util.find_spec("typst") is not None


def pdf_bytes(paper: Paper) -> bytes:
    """Return a paper as PDF.

    Parameters
    ----------
    paper : Paper

    Returns
    -------
    bytes
        Equal papers give equal bytes: the file carries the forum's date or none, never the clock's.

    Raises
    ------
    WorkbenchError
        ``pdf_extra_missing`` where typst is not installed.
    """
    if not can_write_pdf():
        raise WorkbenchError("pdf_extra_missing", extra=EXTRA)
    import typst

    pictures: dict[str, bytes] = {}
    content = _content(paper, pictures)
    template = resources.files("workbench.present.paper").joinpath("paper.typ").read_bytes()
    files: Any = {  # typst takes the files of a document by name; its stubs do not say so
        "main.typ": template,
        "content.json": json.dumps(_cleaned(content), ensure_ascii=False).encode(),
        **pictures,
    }
    written: bytes = typst.compile(
        files,
        format="pdf",
        font_paths=_fonts(),
        timestamp=_timestamp(paper.date),
    )
    return written


@cache
def _fonts() -> Any:  # noqa: ANN401 - typst is optional
    """Return the bundled fonts, looked through once in a process; no font of the system is used."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(font_folder())])


def warm_up_fonts() -> None:
    """Look through the fonts before the first paper; where PDF cannot be written, do nothing."""
    if can_write_pdf():
        _fonts()
        _letters()


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - the types of JSON
    """Return the content with every text as it is set."""
    if isinstance(value, str):
        return for_paper(value)
    if isinstance(value, list | tuple):
        return [_cleaned(entry) for entry in value]
    return {name: _cleaned(entry) for name, entry in value.items()} if isinstance(value, dict) else value


def font_folder() -> Path:
    """Return the folder of the bundled font, without loading the package that carries it.

    Raises
    ------
    WorkbenchError
        ``shipped_data_missing`` where matplotlib is not installed whole.
    """
    found = importlib.util.find_spec("matplotlib")
    folder = Path(str(found.origin)).parent.joinpath(*FONT_FOLDER) if found and found.origin else Path()
    if not (folder / "DejaVuSans.ttf").is_file():
        raise WorkbenchError("shipped_data_missing", package="matplotlib")
    return folder


def _timestamp(date: str) -> datetime:
    """Return the forum's day; without a day the beginning of time, which no file is told."""
    try:
        return datetime.fromisoformat(date).replace(tzinfo=UTC)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)


def _content(paper: Paper, pictures: dict[str, bytes]) -> dict[str, Any]:
    t = translator(paper.language)
    return {
        "title": paper.title,
        "language": paper.language,
        "page_word": t("paper.page"),
        "of_word": t("paper.of"),
        "parts": [_part(part, pictures) for part in paper.parts],
    }


def _part(part: Part, pictures: dict[str, bytes]) -> dict[str, Any]:
    room = part.sheet.width - 2 * part.margin
    return {
        "blocks": [_block(block, room, part, pictures) for block in part.blocks],
        "sheet": asdict(part.sheet),
        "header": part.header,
        "footer": part.footer,
        "watermark": part.watermark,
        "bookmark": part.bookmark,
        "margin": part.margin,
        "numbered": part.numbered,
    }


def _block(block: Block, room: float, part: Part, pictures: dict[str, bytes]) -> dict[str, Any]:
    kind = {"kind": type(block).__name__}
    if isinstance(block, Grid):
        return kind | _grid(block, room)
    if isinstance(block, Figure):
        return kind | _figure(block, room, part, pictures)
    if isinstance(block, Cards):
        return kind | {
            "cards": [
                [_block(inner, room / 2, part, pictures) | {"lines": []} for inner in card]
                for card in block.cards
            ]
        }
    return kind | asdict(block)


def _grid(block: Grid, room: float) -> dict[str, Any]:
    table = block.table
    widths = shares(table.columns)
    letters = [int(room * width / 100 / (SIZES[block.size] * POINT * GLYPH)) for width in widths]

    def fitted(row: tuple[str, ...]) -> list[str]:
        return [_breakable(cell, fit) for cell, fit in zip(row, letters, strict=True)]

    rows = [fitted(row) for row in table.rows]
    rooms = [(room * width / 100 / POINT - 2 * INSET) / SIZES[block.size] for width in widths]
    return {
        "caption": table.caption,
        "note": table.note,
        "labels": fitted(tuple(column.label for column in table.columns)),
        "aligns": [column.align for column in table.columns],
        "widths": widths,
        "number_row": table.number_row,
        "rows": rows,
        "lines": [] if block.row_height else [_lines(row, rooms) for row in rows],
        "line": _letters().line,
        "total": fitted(table.total) if table.total else [],
        "whole": len(table.rows) <= SHORT_ROWS and sum(map(len, sum(table.rows, ()))) <= SHORT_LETTERS,
        "row_height": block.row_height,
        "size": block.size,
    }


def _lines(row: Sequence[str], rooms: Sequence[float]) -> int:
    """Return how many lines the highest cell of a row takes; -1 where only the compiler can tell."""
    letters = _letters()
    counts = [letters.lines(cell, fit) for cell, fit in zip(row, rooms, strict=True)]
    known = [count for count in counts if count is not None]
    if len(known) < len(counts) or any(len(cell) > LONG_CELL for cell in row):
        return -1
    return max(known, default=1)


def _breakable(text: str, letters: int) -> str:
    """Let a word that its column cannot hold break with a hyphen, best between two syllables."""
    return re.sub(rf"\S{{{max(letters, 4)},}}", lambda found: _hyphenated(found[0], max(letters, 4)), text)


def _hyphenated(word: str, letters: int) -> str:
    if not word.isalpha():
        return "\u200b".join(re.findall(f".{{1,{letters - 1}}}", word))
    syllables = re.sub(r"(?i)(?<=[aiueo])(?=(ng|ny|sy|kh|[^aiueo])[aiueo])", SOFT_HYPHEN, word)
    syllables = re.sub(
        r"(?i)(?<=[aiueo])(ng|ny|[^aiueong])(?=[^aiueoy\u00ad])", rf"\1{SOFT_HYPHEN}", syllables
    )
    return SOFT_HYPHEN.join(
        SOFT_HYPHEN.join(re.findall(f".{{1,{letters - 1}}}", part)) for part in syllables.split(SOFT_HYPHEN)
    )


def _figure(block: Figure, room: float, part: Part, pictures: dict[str, bytes]) -> dict[str, Any]:
    """Return a picture as wide as it may be: whole on one sheet, with its caption and a heading above."""
    drawn = _wrapped(block.picture) if isinstance(block.picture, bytes) else _for_paper(block.picture)
    name = f"picture-{len(pictures)}.svg"
    pictures[name] = drawn.encode()
    fits = min(block.width, 100 * _tallest(block, part) * _wide_to_high(drawn) / room)
    return {"file": name, "alt": block.alt, "caption": block.caption, "width": round(fits, 2)}


def _tallest(block: Figure, part: Part) -> float:
    """Return how high a picture may be in millimetres; alone on its sheet, as a drawn card, it fills it."""
    if part.blocks == (block,) and not block.caption:
        return part.sheet.height - 2 * part.margin - ABOVE
    return TALLEST_PICTURE * part.sheet.height


def _wide_to_high(svg: str) -> float:
    """Return the sides of a picture as a ratio; a picture that names none is taken for a square."""
    box = re.search(r'viewBox="[-0-9.]+ [-0-9.]+ ([0-9.]+) ([0-9.]+)"', svg)
    return float(box[1]) / float(box[2]) if box and float(box[2]) else 1.0


def _wrapped(png: bytes) -> str:
    """Return a PNG inside an SVG: the compiler takes files of text alone."""
    wide, high = (int.from_bytes(png[start : start + 4]) for start in (16, 20))
    inside = base64.b64encode(png).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}">'
        f'<image width="{wide}" height="{high}" href="data:image/png;base64,{inside}"/></svg>'
    )


def _showable(svg: str) -> str:
    """Draw a box for each letter that the font lacks; the compiler would draw boxes for the whole line."""
    unusual = {letter for letter in set(svg) if letter > LAST_LATIN} - SIGNS
    if not unusual:
        return svg
    lacking = unusual - _letters().widths.keys()
    return svg.translate(dict.fromkeys(map(ord, lacking), BOX))


@cache
def _letters() -> Letters:
    """Return the measures of the bundled font."""
    return letters_of(font_folder() / "DejaVuSans.ttf")


@cache
def font_letters() -> frozenset[str]:
    """Return the letters that paper and figures can show, and those that print nothing."""
    return frozenset(_letters().widths) | frozenset(KEPT)


def _for_paper(svg: str) -> str:
    """Let a picture use the bundled font, in a size at which its measured words still fit."""
    svg = re.sub(r'font-family="[^"]*"', 'font-family="DejaVu Sans"', _showable(svg))
    return re.sub(r'font-size="([0-9.]+)', lambda found: f'font-size="{float(found[1]) * SVG_SCALE:.2f}', svg)
