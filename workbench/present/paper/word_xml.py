"""Parts of a Word file that python-docx builds slowly or not at all: long tables, fields, watermarks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml

from workbench.present.paper.document import Grid, Signatory, Signatures, Terms, for_paper
from workbench.present.table import shares

SPACE = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre, the unit of a Word file."""
HALF_POINTS = {"small": 15, "normal": 20}
RULED = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="1A1A1A"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
HEAD_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="EEEEEE"/>'


def field(name: str) -> Any:  # noqa: ANN401 - an element of lxml
    """Return a field that Word fills in, such as PAGE."""
    return parse_xml(
        f'<w:fldSimple {SPACE} w:instr="{name}"><w:r><w:rPr><w:sz w:val="14"/></w:rPr><w:t>1</w:t></w:r>'
        "</w:fldSimple>"
    )


def watermark(text: str) -> Any:  # noqa: ANN401 - an element of lxml
    """Return a pale word across the sheet, as Word's own watermarks are made; it goes into the header."""
    place = (
        "position:absolute;margin-left:0;margin-top:0;width:420pt;height:140pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    return parse_xml(
        f"<w:r {SPACE}><w:rPr><w:noProof/></w:rPr><w:pict>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>'
        '<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>'
        '</v:formulas><v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>'
        "</v:shapetype>"
        f'<v:shape id="tandaAir" type="#_x0000_t136" style="{place}" fillcolor="#d9d9d9" stroked="f">'
        f'<v:fill opacity=".6"/><v:textpath style="font-family:Arial;font-size:1pt" string="{escape(text)}"/>'
        "</v:shape></w:pict></w:r>"
    )


def ruled_table(block: Grid, room: float) -> str:
    """Return a ruled table whose head and column numbers are repeated on every sheet.

    Parameters
    ----------
    block : Grid
    room : float
        Width of the line in millimetres.
    """
    table = block.table
    widths = [round(room * share / 100 * TWIPS) for share in shares(table.columns)]
    size = HALF_POINTS[block.size]
    aligns = [column.align for column in table.columns]
    labels = [column.label for column in table.columns]
    centred = ["center"] * len(labels)
    rows = [_row(labels, widths, centred, size, bold=True, head=True)]
    if table.number_row:
        numbers = [f"({number})" for number in range(1, len(labels) + 1)]
        rows.append(_row(numbers, widths, centred, size - 2, head=True))
    rows += [_row(row, widths, aligns, size, height=block.row_height) for row in table.rows]
    if table.total:
        rows.append(_row(table.total, widths, aligns, size, bold=True))
    return _table(widths, rows, RULED)


def terms_table(block: Terms, room: float) -> str:
    """Return terms and what they say as a table without rules."""
    widths = [round(mm * TWIPS) for mm in (block.width, 4, room - block.width - 4)]
    rows = []
    for term, text in block.rows:
        cells = _cell(term, widths[0], "left", 20, bold=block.bold)
        cells += _cell(":", widths[1], "left", 20) + _cell(text, widths[2], "both", 20)
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    return _table(widths, rows, "")


def signature_table(block: Signatures, room: float) -> str:
    """Return signatures side by side, kept on one sheet."""
    width = round(room / len(block.signatories) * TWIPS)
    cells = "".join(_signatory(signatory, width) for signatory in block.signatories)
    row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    return _table([width] * len(block.signatories), [row], "")


def _signatory(signatory: Signatory, width: int) -> str:
    gap = ("",) * 4 if signatory.name else ()
    lines = [_paragraph(line, "center", 20) for line in (*signatory.above, *gap)]
    lines.append(_paragraph(signatory.name, "center", 20, bold=True))
    lines.append(_paragraph(signatory.below, "center", 16))
    place = f'<w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="bottom"/>'
    return f"<w:tc><w:tcPr>{place}</w:tcPr>{''.join(lines)}</w:tc>"


def _table(widths: Sequence[int], rows: Iterable[str], borders: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl {SPACE}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f"<w:tblBorders>{borders}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="50" w:type="dxa"/>'
        '<w:right w:w="50" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(
    texts: Sequence[str],
    widths: Sequence[int],
    aligns: Sequence[str],
    size: int,
    *,
    bold: bool = False,
    head: bool = False,
    height: int = 0,
) -> str:
    marks = "<w:cantSplit/>"
    marks += f'<w:trHeight w:val="{round(height * TWIPS)}" w:hRule="atLeast"/>' if height else ""
    marks += "<w:tblHeader/>" if head else ""
    shade = HEAD_SHADE if head and bold else ""
    cells = "".join(
        _cell(text, width, align, size, bold=bold, shade=shade)
        for text, width, align in zip(texts, widths, aligns, strict=True)
    )
    return f"<w:tr><w:trPr>{marks}</w:trPr>{cells}</w:tr>"


def _cell(text: str, width: int, align: str, size: int, *, bold: bool = False, shade: str = "") -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        f"{_paragraph(text, align, size, bold=bold)}</w:tc>"
    )


def _paragraph(text: str, align: str, size: int, *, bold: bool = False) -> str:
    strong = "<w:b/>" if bold else ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in for_paper(text).split("\n")
    )
    return (
        f'<w:p><w:pPr><w:spacing w:before="10" w:after="10"/><w:jc w:val="{align}"/></w:pPr>'
        f'<w:r><w:rPr>{strong}<w:sz w:val="{size}"/></w:rPr>{lines}</w:r></w:p>'
    )
