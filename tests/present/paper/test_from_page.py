"""What stands on the page stands on the paper, word for word."""

import base64

from workbench.present.documents import (
    html_annex,
    html_figure,
    html_note,
    html_paragraph,
    html_sentences,
    html_subheading,
    html_table,
)
from workbench.present.paper.document import Figure, Grid, Heading, Items, Paragraph
from workbench.present.paper.from_page import paper_blocks
from workbench.present.svg import document, text
from workbench.present.table import ColumnSpec, Table

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
ODD = "Jalan <b>\"R&D\"</b> 'Pak' Rp\u00a01.000 " + "a" * 60


def table(**more):
    columns = (ColumnSpec("0", "No", "right", 10), ColumnSpec("1", "Kegiatan & lokasi", "left", 0))
    return Table("Daftar <1>", columns, (("1", ODD), ("2", "")), **more)


def test_a_table_comes_back_as_it_was():
    for given in (table(), table(number_row=True, total=("", "Jumlah"))):
        (grid,) = paper_blocks(html_table(given))
        assert isinstance(grid, Grid)
        assert grid.table == given
    (grid,) = paper_blocks(html_table(table(note="Catatan < 5")))
    assert grid.table.note == "Catatan < 5"


def test_what_is_for_the_screen_alone_leaves_one_line_on_paper():
    html = html_annex([html_table(table()), html_paragraph("x")], "Di layar: Daftar <1>.") + html_paragraph(
        "y"
    )
    assert [block.text for block in paper_blocks(html)] == ["Di layar: Daftar <1>.", "y"]
    assert html_annex([], "Di layar.") == ""


def test_an_empty_table_has_no_rows():
    empty = Table("Kosong", (ColumnSpec("0", "No"), ColumnSpec("1", "Apa")), ())
    (grid,) = paper_blocks(html_table(empty))
    assert grid.table.rows == ()


def test_texts_pictures_and_headings_keep_their_order():
    svg = document(10, 10, "Garis & pagu", [text("<a>", 1, 1, 5)])
    html = "".join(
        [
            html_subheading("Fisik & sosial"),
            html_sentences([ODD, "Dua."], lead=True),
            html_figure(svg, "Garis pagu"),
            html_note("Ingat."),
            html_figure(PNG, "", "Peta"),
            html_paragraph("Selesai."),
        ]
    )
    heading, items, line, note, map_, end = paper_blocks(html)
    assert heading == Heading("Fisik & sosial", level=2)
    assert items == Items((ODD, "Dua."), numbered=False)
    assert (line.picture, line.caption) == (svg, "Garis pagu")
    assert (map_.picture, map_.alt) == (PNG, "Peta")
    assert note == Paragraph("Ingat.", bold=True)
    assert end == Paragraph("Selesai.")
    assert isinstance(map_, Figure)
