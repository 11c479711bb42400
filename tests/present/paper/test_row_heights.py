"""The height of a row is counted before it is set: the sheets are those that the compiler finds by itself."""

import random

import pytest

from workbench.present.paper import pdf
from workbench.present.paper.document import A4, Grid, Paper, Part
from workbench.present.paper.letters import letters_of
from workbench.present.table import ColumnSpec, Table

pytest.importorskip("typst")

WORDS = (
    "Pembangunan", "Peningkatan/Rehabilitasi", "jalan-jalan", "RT 03/RW 05", "a", "", "Rp\u00a07.215.000.000",
    "100,00", "-5", "Dinas PUPR", "x" * 45, "WAVE AVATAR To", "fi ffl", "½ → °", "Ä ţ", "2027-2029",
    "rehabilitasi\u00adjaringan", "a\u200bb", "(satu)", "50 %", "air/", "pra-", "e.g.dua", "«itu»",
)  # fmt: skip


def list_of(number, letters, seed=3):
    draw = random.Random(seed)
    columns = (
        ColumnSpec("0", "No", "right", 4),
        ColumnSpec("1", "Kegiatan", "left", 23),
        ColumnSpec("2", "Lokasi", "left", 9),
        ColumnSpec("3", "Pagu", "right", 10),
        ColumnSpec("4", "Alasan", "left", 30),
    )
    rows = tuple(
        (str(line), *(" ".join(draw.choices(letters, k=draw.randint(0, most))) for most in (9, 2, 1, 20)))
        for line in range(number)
    )
    return Grid(Table("Daftar", columns, rows, number_row=True, total=("", "Jumlah", "", "", "")))


@pytest.mark.parametrize("number", [0, 1, 40])
def test_counted_rows_stand_where_the_compiler_puts_them(number, monkeypatch):
    lines = "satu\ndua", "baris\n\ntiga"
    paper = Paper("Daftar", (Part((list_of(number, (*WORDS, *lines)),), A4.across, "", "", margin=14),), "id")
    counted = pdf.pdf_bytes(paper)
    assert all(count > 0 for count in pdf._grid(paper.parts[0].blocks[0], 269)["lines"])
    monkeypatch.setattr(pdf, "_lines", lambda *_: -1)
    assert pdf.pdf_bytes(paper) == counted


def test_a_row_that_only_the_compiler_can_measure_is_left_to_it():
    asked = pdf._grid(list_of(60, (*WORDS, *WORDS, "漢字", "/ dua", "x " * 700)), 269)["lines"]
    assert -1 in asked
    assert max(asked) > 1
    letters = letters_of(pdf.font_folder() / "DejaVuSans.ttf")
    assert letters.lines("漢", 9) is None
    assert letters.lines("satu / dua", 9) is None
    assert letters.lines("", 9) == 1
    assert letters.lines("jalan desa\nbaru", 9) == 2
    assert 0.75 < letters.line < 0.77
