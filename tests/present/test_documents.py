from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from markupsafe import Markup

from workbench.present.ceiling_line import ceiling_line
from workbench.present.documents import (
    LONGEST_WORD,
    Page,
    Section,
    breakable,
    html_figure,
    html_note,
    html_page,
    html_paragraph,
    html_sentences,
    html_table,
)
from workbench.present.i18n import LANGUAGES, translator
from workbench.present.tables import ColumnSpec, Table, funded_table

VOID = {"meta", "col", "img", "br", "link", "input", "hr"}


class Balanced(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):  # noqa: ARG002 - the parser's signature
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture
def drawn(build):
    made = build(40, 900_000_000)
    t = translator("id")
    sections = [
        Section("Ringkasan", (html_sentences(["Satu <b>.", "Dua."], lead=True), html_note("Ingat & baca."))),
        Section("Garis", (html_figure(ceiling_line(made.outcome, made.session, t), "Garis pagu"),)),
        Section("Daftar", (html_table(funded_table(made.outcome, made.session, t)), html_paragraph("<i>"))),
    ]
    page = Page(
        "Laporan <Gantarang>", "2027", "data contoh (sintetis)", 'usulan "a".csv', {"Edisi": "uji"}, "kaki"
    )
    return html_page(page, sections, t)


def test_the_page_asks_no_other_host_and_runs_no_script(drawn):
    hosts = set(re.findall(r"https?://[^\"'\s<>]+", drawn))
    assert hosts == {"http://www.w3.org/2000/svg"}
    assert "<script" not in drawn
    assert "@import" not in drawn
    assert not re.search(r"url\((?!#)", drawn)
    assert "src=" not in drawn.replace('src="data:', "")


def test_the_page_is_well_formed_and_everything_is_escaped(drawn):
    parser = Balanced()
    parser.feed(drawn)
    assert parser.open == []
    for raw in ("<b>", "<i>", "<Gantarang>", "<pompa>"):
        assert raw not in drawn
    assert "Satu &lt;b&gt;." in drawn


def test_mark_and_source_stand_on_every_sheet(drawn):
    running = drawn.split('class="running"')[1].split("sheet-body")[0]
    assert "data contoh (sintetis)" in running
    assert "usulan &#34;a&#34;.csv" in running
    style = drawn.split("<style>")[1].split("</style>")[0]
    assert "table-header-group" in style
    assert "A4 landscape" in style


def test_t_d_4_carries_its_row_of_numbers(drawn):
    head = drawn.split("<thead>")[1].split("</thead>")[0]
    assert [f"({n})" in head for n in range(1, 11)] == [True] * 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_names_its_language_and_repeats_byte_for_byte(language):
    t = translator(language)
    pages = {html_page(Page("A"), [Section("B", ())], t) for _ in range(2)}
    assert len(pages) == 1
    assert f'<html lang="{language}">' in pages.pop()


def test_a_page_without_mark_shows_no_empty_frame():
    assert 'class="mark"' not in html_page(Page("A"), [], translator("id"))


def test_figures_are_svg_or_png_and_nothing_else():
    assert "data:image/png;base64," in html_figure(b"\x89PNG\r\n", "Peta", "Peta desa")
    assert 'alt="a &amp; &#34;b&#34;"' in html_figure(b"\x89PNG", alt='a & "b"')
    assert html_figure(b"<?xml version='1.0'?><svg></svg>").startswith("<figure><svg>")
    for wrong in ("<p>", b"GIF89a", "<svg><script>1</script></svg>"):
        with pytest.raises(ValueError, match="SVG"):
            html_figure(wrong)


def test_sections_have_anchors_of_their_own():
    assert Section("Garis pagu", ()).anchor == "garis-pagu"
    assert Section("Garis", (), key="x").anchor == "x"
    assert re.fullmatch(r"[a-z0-9-]+", Section("\u6751", ()).anchor)


def test_a_name_without_blanks_can_be_broken_and_an_amount_cannot():
    name = "Pembangunanjalan" * 18
    cell = breakable(f"{name} Rp 5.000")
    assert max(len(part) for part in re.split("<wbr/>|[ \u00a0]", cell)) <= LONGEST_WORD
    assert cell.replace("<wbr/>", "") == f"{name} Rp\u00a05.000"
    assert breakable("<script>") == "&lt;script&gt;"
    assert "<wbr/>" not in breakable("Penanggungjawab Rp 1.234.567.890.123")


def test_a_link_in_a_cell_stays_a_link():
    link = Markup('<a href="{}.html">{}</a>').format("99.01.01", "Kec & <kawan>")
    table = Table("Indeks", (ColumnSpec("report", "Laporan"),), ((link,),))
    assert '<a href="99.01.01.html">Kec &amp; &lt;kawan&gt;</a>' in html_table(table)
