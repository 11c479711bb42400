"""A paper as an editable Word file: real styles, tables with repeated heads, page numbers that count.

Loading this module loads python-docx; import it inside functions.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from workbench.present.i18n import Translator, translator
from workbench.present.packing import repacked
from workbench.present.paper.document import (
    Block,
    Cards,
    Contents,
    Figure,
    Grid,
    Heading,
    Items,
    Paper,
    Paragraph,
    Part,
    Signatures,
    Terms,
    for_paper,
)
from workbench.present.paper.word_xml import field, ruled_table, signature_table, terms_table, watermark

FONT = "Arial"
"""A font that every Word has."""
SIZES = MappingProxyType({"small": 8, "normal": 10, "large": 11, "title": 13})
PLACES = MappingProxyType(
    {
        "left": WD_ALIGN_PARAGRAPH.LEFT,
        "center": WD_ALIGN_PARAGRAPH.CENTER,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
        "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    }
)
INK = RGBColor(0x1A, 0x1A, 0x1A)
OLDEST = datetime(1980, 1, 1, tzinfo=UTC)
"""The first day that a packed file can carry; stands where the forum has no date."""


def word_bytes(paper: Paper) -> bytes:
    """Return a paper as a Word file; equal papers give equal bytes.

    Parameters
    ----------
    paper : Paper

    Raises
    ------
    ValueError
        For SVG figures and cards, which a Word file cannot hold; those papers are PDF.
    """
    document = Document()
    _styles(document)
    _properties(document, paper)
    body = document.element.body
    for left in list(body)[:-1]:
        body.remove(left)
    t = translator(paper.language)
    for number, part in enumerate(paper.parts):
        section = document.sections[0] if number == 0 else document.add_section(WD_SECTION.NEW_PAGE)
        _sheet(section, part)
        _running_lines(section, part, t)
        for block in part.blocks:
            WRITERS[type(block)](document, block, part.sheet.width - 2 * part.margin)
    stream = io.BytesIO()
    document.save(stream)
    return repacked(stream.getvalue())


def _styles(document: WordDocument) -> None:
    for name, size in (("Normal", 10), ("Heading 1", 13), ("Heading 2", 11), ("Heading 3", 10)):
        style: Any = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
        fonts = style.element.rPr.rFonts
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{kind}", None)
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.space_before = Pt(0 if name == "Normal" else 6)


def _properties(document: WordDocument, paper: Paper) -> None:
    facts = document.core_properties
    facts.title, facts.language, facts.author, facts.comments = for_paper(paper.title), paper.language, "", ""
    facts.created = facts.modified = _day(paper.date)
    facts.last_modified_by, facts.revision = "", 1


def _day(date: str) -> datetime:
    try:
        return max(datetime.fromisoformat(date).replace(tzinfo=UTC), OLDEST)
    except ValueError:
        return OLDEST


def _sheet(section: Section, part: Part) -> None:
    across = part.sheet.width > part.sheet.height
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(part.sheet.width), Mm(part.sheet.height)
    section.left_margin = section.right_margin = section.bottom_margin = Mm(part.margin)
    section.top_margin = Mm(part.margin + 2)
    section.header_distance = section.footer_distance = Mm(max(part.margin - 9, 5))


def _running_lines(section: Section, part: Part, t: Translator) -> None:
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for line in (head, foot):
        line.style = "Normal"  # the styles of these lines have tab stops of their own
    _run(head, part.header, 7)
    if part.watermark:
        head._p.append(watermark(for_paper(part.watermark)))  # noqa: SLF001 - python-docx has no watermarks
    _run(foot, part.footer, 7)
    if part.numbered:
        foot.paragraph_format.tab_stops.clear_all()
        foot.paragraph_format.tab_stops.add_tab_stop(
            Mm(part.sheet.width - 2 * part.margin), WD_TAB_ALIGNMENT.RIGHT
        )
        _run(foot, "\t" + t("paper.page") + " ", 7)
        foot._p.append(field("PAGE"))  # noqa: SLF001 - nor fields
        _run(foot, f" {t('paper.of')} ", 7)
        foot._p.append(field("NUMPAGES"))  # noqa: SLF001


def _run(paragraph: WordParagraph, text: str, size: int, *, bold: bool = False) -> None:
    if text:
        run = paragraph.add_run("\t".join(for_paper(piece) for piece in text.split("\t")))
        run.font.size, run.bold = Pt(size), bold or None


def _heading(document: WordDocument, block: Heading, _: float) -> None:
    paragraph = document.add_heading(for_paper(block.text), min(block.level, 3))
    paragraph.alignment = PLACES[block.placed]


def _paragraph(document: WordDocument, block: Paragraph, _: float) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = PLACES[block.placed]
    _run(paragraph, block.text, SIZES[block.size], bold=block.bold)


def _items(document: WordDocument, block: Items, _: float) -> None:
    for number, entry in enumerate(block.entries, start=1):
        paragraph = document.add_paragraph(style="List Paragraph")
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(7), Mm(-7)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(7))
        _run(paragraph, f"{number}.\t{entry}" if block.numbered else f"\u2013\t{entry}", SIZES["normal"])


def _grid(document: WordDocument, block: Grid, room: float) -> None:
    if block.table.caption:
        caption = document.add_paragraph()
        caption.paragraph_format.keep_with_next = True
        _run(caption, block.table.caption, SIZES["normal"], bold=True)
    _append(document, ruled_table(block, room))
    note = document.add_paragraph()
    note.paragraph_format.space_before = Pt(2)
    _run(note, block.table.note, 7)


def _terms(document: WordDocument, block: Terms, room: float) -> None:
    _append(document, terms_table(block, room))
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _signatures(document: WordDocument, block: Signatures, room: float) -> None:
    _append(document, signature_table(block, room))
    document.add_paragraph()


def _figure(document: WordDocument, block: Figure, room: float) -> None:
    if isinstance(block.picture, str):
        raise ValueError("a Word file takes PNG figures only")  # noqa: TRY004 - the type is right, the kind is not
    document.add_picture(io.BytesIO(block.picture), width=Mm(room * block.width / 100))
    _run(document.add_paragraph(), block.caption, SIZES["small"])


def _refused(_: WordDocument, block: Block, __: float) -> None:
    raise ValueError(f"a Word file cannot hold {type(block).__name__}")


def _append(document: WordDocument, xml: str) -> None:
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))


WRITERS: Mapping[type, Callable[[WordDocument, Any, float], None]] = MappingProxyType(
    {
        Heading: _heading,
        Paragraph: _paragraph,
        Terms: _terms,
        Items: _items,
        Grid: _grid,
        Figure: _figure,
        Signatures: _signatures,
        Cards: _refused,
        Contents: _refused,
    }
)
"""How each kind of block is written, with the width of the line in millimetres."""
