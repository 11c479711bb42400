"""The report on paper: one sheet says it, bookmarks lead on, and a kabupaten is one file with contents."""

import io

import pytest

from workbench.present.documents import Section, html_figure, html_sentences, html_table
from workbench.present.i18n import translator
from workbench.present.paper.pdf import pdf_bytes
from workbench.present.svg import document, text
from workbench.present.table import ColumnSpec, Table
from workbench.reporting.report_paper import book, report_paper

pypdf = pytest.importorskip("pypdf")
pytest.importorskip("typst")
T = translator("id")


def record(name):
    return {
        "name": name, "subtitle": "Kabupaten Uji. Tahun rencana 2027.", "source": "uji", "mark": "contoh",
        "outcome": "ab" * 32, "date": "2026-02-18",
    }  # fmt: skip


def sections(rows):
    columns = (ColumnSpec("0", "No", "right", 10), ColumnSpec("1", "Kegiatan", "left", 90))
    listed = Table("Daftar", columns, tuple((str(n), f"Kegiatan {n}") for n in range(rows)))
    picture = document(1000, 400, "Garis pagu", [text("garis", 10, 20, 14)])
    return [
        Section("Ringkasan", (html_sentences(["Ada usulan."] * 12, lead=True),)),
        Section("Garis pagu", (html_figure(picture, "Garis"),)),
        Section("Daftar usulan", (html_table(listed),)),
    ]


def read(paper):
    content = pdf_bytes(paper)
    assert content == pdf_bytes(paper)
    return pypdf.PdfReader(io.BytesIO(content))


def bookmarks(outline):
    for entry in outline:
        if isinstance(entry, list):
            yield from bookmarks(entry)
        else:
            yield entry.title


def test_the_first_sheet_says_it_and_heads_are_repeated():
    pdf = read(report_paper(record("Kec & Uji"), sections(120), T))
    first = pdf.pages[0].extract_text()
    assert all(part in first for part in ("Kec & Uji", "Ada usulan.", "Garis pagu", "Sumber data: uji"))
    assert "Daftar usulan" not in first
    assert [float(pdf.pages[0].mediabox.width) < 600, float(pdf.pages[1].mediabox.width) > 800] == [
        True,
        True,
    ]
    assert len(pdf.pages) > 3
    for number, page in enumerate(pdf.pages[1:], start=2):
        said = page.extract_text()
        assert "Kegiatan" in said
        assert f"Halaman {number} dari {len(pdf.pages)}" in said
    assert {"Ringkasan", "Daftar usulan"} <= set(bookmarks(pdf.outline))


def test_a_kabupaten_is_one_file_with_contents():
    papers = [report_paper(record(name), sections(3), T) for name in ("Satu", "Dua")]
    pdf = read(book(papers, "Laporan Kabupaten Uji", "2 kecamatan", T))
    contents = pdf.pages[0].extract_text()
    assert "Satu" in contents
    assert "Dua" in contents
    assert len(pdf.pages) == 5
    names = list(bookmarks(pdf.outline))
    assert [name for name in names if name.endswith(("Satu", "Dua"))]
