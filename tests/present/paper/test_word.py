"""Papers as Word files: real styles and tables, sheets, fields, and the same bytes each time."""

import io

import pytest
from docx import Document

from workbench.present.paper.document import (
    A4,
    F4,
    Cards,
    Figure,
    Grid,
    Heading,
    Items,
    Paper,
    Paragraph,
    Part,
    Signatory,
    Signatures,
    Terms,
)
from workbench.present.paper.word import word_bytes
from workbench.present.table import ColumnSpec, Table

NUMBERS = ColumnSpec("number", "No", "right", 6)
TABLE = Table(
    "Daftar", (NUMBERS, ColumnSpec("a", "Kegiatan")), (("1", "Sumur & <bor>\x0b"),), number_row=True
)


def opened(*blocks, **given):
    return Document(io.BytesIO(word_bytes(Paper("Uji", (Part(blocks, **given),)))))


def test_headings_are_styles_and_words_stand_as_given():
    document = opened(Heading("BERITA ACARA"), Heading("Pasal", 2), Paragraph("satu\ndua & <tiga>"))
    assert [paragraph.style.name for paragraph in document.paragraphs[:2]] == ["Heading 1", "Heading 2"]
    assert document.paragraphs[2].text == "satu\ndua & <tiga>"


def test_tables_are_tables_whose_head_is_repeated_and_whose_rows_stay_whole():
    table = opened(Grid(TABLE, row_height=9)).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["No", "Kegiatan"],
        ["(1)", "(2)"],
        ["1", "Sumur & <bor> "],
    ]
    marks = [{child.tag.split("}")[1] for child in row._tr.trPr} for row in table.rows]
    assert [("tblHeader" in mark, "cantSplit" in mark) for mark in marks] == [(True, True)] * 2 + [
        (False, True)
    ]


def test_each_part_has_its_sheet_its_lines_and_its_watermark():
    across = Part((Paragraph("dua"),), sheet=F4.across, header="kepala", footer="sidik", watermark="DRAF")
    paper = Paper("Uji", (Part((Paragraph("satu"),), sheet=A4), across))
    first, second = Document(io.BytesIO(word_bytes(paper))).sections
    sizes = [(round(part.page_width.mm), round(part.page_height.mm)) for part in (first, second)]
    assert sizes == [(210, 297), (330, 215)]
    assert second.header.paragraphs[0].text == "kepala"
    assert "DRAF" in second.header._element.xml
    assert "DRAF" not in first.header._element.xml
    for section in (first, second):
        assert 'w:instr="PAGE"' in section.footer._element.xml
        assert 'w:instr="NUMPAGES"' in section.footer._element.xml


def test_terms_items_and_signatures_keep_their_words():
    signed = Signatures((Signatory(("Mengetahui,", "Camat"), "..........", "NIP"), Signatory((), "")))
    document = opened(Terms((("Tempat", "Balai desa"),)), Items(("satu", "dua")), signed)
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["Tempat", ":", "Balai desa"]
    assert [paragraph.text for paragraph in document.paragraphs if "\t" in paragraph.text] == [
        "1.\tsatu",
        "2.\tdua",
    ]
    assert ".........." in document.tables[1].rows[0].cells[0].text


def test_equal_papers_give_equal_bytes_and_carry_the_forums_day_alone():
    paper = Paper("Uji", (Part((Grid(TABLE),)),), date="2025-03-03")
    assert word_bytes(paper) == word_bytes(paper)
    facts = Document(io.BytesIO(word_bytes(paper))).core_properties
    assert (facts.title, facts.author, facts.created.year, facts.modified.day) == ("Uji", "", 2025, 3)


def test_what_a_word_file_cannot_hold_is_refused():
    with pytest.raises(ValueError, match="PNG"):
        opened(Figure("<svg/>", "x"))
    with pytest.raises(ValueError, match="Cards"):
        opened(Cards(()))
