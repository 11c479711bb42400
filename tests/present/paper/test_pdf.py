"""Papers as PDF: their words, their sheets, their bookmarks, and the same bytes each time."""

import io
import sys

import pypdf
import pytest

from workbench.errors import WorkbenchError
from workbench.present.i18n import translator
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
    joined,
)
from workbench.present.paper.pdf import pdf_bytes
from workbench.present.problems import error_sentence
from workbench.present.table import ColumnSpec, Table

HOSTILE = '#panic("x") *tebal* $y$ <b> @rujuk // \\ [kurung] "kutip"'
TEXT = '<text font-family="Arial" y="8">pagu</text>'
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="9">{TEXT}</svg>'


def table(rows: int, **given) -> Table:
    columns = (ColumnSpec("number", "No", "right", 6), ColumnSpec("activity", "Kegiatan", "left", 0))
    lines = tuple((str(number), f"usulan {number}") for number in range(1, rows + 1))
    return Table("Daftar", columns, lines, number_row=True, total=("", "Jumlah"), **given)


def pages(paper: Paper) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf_bytes(paper)))


def said(reader: pypdf.PdfReader) -> str:
    return " ".join("".join(page.extract_text() for page in reader.pages).split())


def paper(*blocks, **given) -> Paper:
    return Paper("Uji", (Part(blocks, **given),))


def test_a_list_can_say_anything_and_never_becomes_markup():
    shown = said(
        pages(paper(Heading(HOSTILE), Paragraph(HOSTILE), Terms(((HOSTILE, HOSTILE),)), Items((HOSTILE,))))
    )
    assert shown.count(HOSTILE) == 5


def test_equal_papers_give_equal_bytes_and_no_clock():
    one = Paper("Uji", (Part((Grid(table(5)), Figure(SVG, "pagu"))),), date="2025-03-03")
    assert pdf_bytes(one) == pdf_bytes(one)
    day = pages(one).metadata.get("/CreationDate", "")
    assert day in ("", "D:20250303000000Z")


def test_the_head_and_the_column_numbers_stand_on_every_sheet():
    reader = pages(paper(Grid(table(150))))
    assert len(reader.pages) > 2
    for page in reader.pages:
        assert "Kegiatan" in page.extract_text()
        assert "(2)" in page.extract_text()
    assert said(reader).count("Jumlah") == 1


@pytest.mark.parametrize("rows", [12, 30])
def test_the_head_of_a_table_never_stands_alone_at_the_foot_of_a_sheet(rows):
    for lines in range(35, 48, 2):
        reader = pages(paper(*[Paragraph("isi")] * lines, Heading("Bagian", level=2), Grid(table(rows))))
        shown = [" ".join(page.extract_text().split()) for page in reader.pages]
        (begun,) = (text for text in shown if "Bagian" in text)
        assert "Daftar" in begun
        assert begun.count("usulan") >= min(rows, 5), f"the head is nearly alone after {lines} lines"


def test_a_total_never_stands_alone_on_the_last_sheet():
    for rows in range(59, 65):
        shown = [page.extract_text() for page in pages(paper(Grid(table(rows)))).pages]
        assert "Jumlah" in shown[-1]
        assert "usulan" in shown[-1]


def test_a_picture_is_never_taller_than_its_sheet():
    tall = SVG.replace('width="40" height="9"', 'viewBox="0 0 40 400" width="40" height="400"')
    assert len(pages(paper(Figure(tall, "tinggi", "di bawah gambar"), sheet=A4.across)).pages) == 1


def test_one_letter_that_the_font_lacks_does_not_hide_its_line():
    odd = SVG.replace("pagu", "gotong \U0001f4aa royong \ua997")
    assert "gotong \u25a1 royong \u25a1" in said(pages(paper(Figure(odd, "gotong", "bawah"))))


def test_sheets_headers_footers_page_numbers_and_watermarks_belong_to_parts():
    across = Part((Paragraph("dua"),), sheet=F4.across, header="kepala", footer="sidik", watermark="DRAF")
    reader = pages(Paper("Uji", (Part((Paragraph("satu"),), sheet=A4), across)))
    sizes = [
        (round(float(page.mediabox.width) / 72 * 25.4), round(float(page.mediabox.height) / 72 * 25.4))
        for page in reader.pages
    ]
    assert sizes == [(210, 297), (330, 215)]
    first, second = (page.extract_text() for page in reader.pages)
    assert "Halaman 1 dari 2" in first
    assert "DRAF" not in first
    assert all(word in second for word in ("kepala", "sidik", "DRAF", "Halaman 2 dari 2"))


def test_a_pdf_is_tagged_and_carries_title_language_and_bookmarks():
    reader = pages(paper(Heading("BERITA ACARA"), Heading("Pasal", 2)))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "id"
    assert reader.metadata.title == "Uji"
    assert [entry.title for entry in reader.outline if not isinstance(entry, list)] == ["BERITA ACARA"]


def test_joined_papers_keep_one_bookmark_each_and_count_all_pages():
    papers = [Paper(name, (Part((Heading("Ringkasan"),)),)) for name in ("Kecamatan A", "Kecamatan B")]
    reader = pages(joined("Kabupaten", papers))
    assert [entry.title for entry in reader.outline if not isinstance(entry, list)] == [
        "Kecamatan A",
        "Kecamatan B",
    ]
    assert "Halaman 2 dari 2" in said(reader)


def test_four_cards_share_a_sheet():
    cards = Cards(tuple((Paragraph(f"kartu {number}"),) for number in range(6)))
    reader = pages(paper(cards, margin=0, numbered=False))
    assert [page.extract_text().count("kartu") for page in reader.pages] == [4, 2]


def test_long_words_stay_in_their_column():
    columns = (ColumnSpec("a", "Penanggungjawab", "left", 5), ColumnSpec("b", "Isi", "left", 95))
    word = "Pembangunanjembatangantungtanpaspasi" * 3
    reader = pages(paper(Grid(Table("", columns, ((word, "lain"),)))))
    places = []
    reader.pages[0].extract_text(visitor_text=lambda text, _, tm, *__: places.append((text, tm[4])))
    reached = max(
        x
        for text, x in places
        if text.strip() and text.strip() not in ("lain", "Isi") and "Halaman" not in text
    )
    assert reached < (18 + 0.05 * 174) / 25.4 * 72


def test_signatures_name_the_office_the_person_and_leave_room():
    shown = said(pages(paper(Signatures((Signatory(("Mengetahui,", "Camat"), "..........", "NIP"),)))))
    assert all(word in shown for word in ("Mengetahui,", "Camat", "..........", "NIP"))


def test_a_machine_without_the_package_is_told_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(WorkbenchError) as caught:
        pdf_bytes(paper(Paragraph("x")))
    assert "musrenbang-workbench[pdf]" in error_sentence(caught.value, translator("id"))


def test_a_table_stands_clear_of_the_lines_above_it():
    places = {}

    def note(text, user, matrix, *_):
        places.setdefault(text.strip(), user[5] + user[3] * matrix[5])

    above = Terms((("Tempat", "Balai desa"), ("Agenda", "Rembuk")))
    plain = Table("", table(60).columns, table(60).rows)
    pages(paper(Heading("Hadir"), above, Grid(plain))).pages[0].extract_text(visitor_text=note)
    lines = places["Tempat"] - places["Agenda"]
    assert abs(places["Agenda"] - places["Kegiatan"]) > abs(lines)
