"""Workbooks: numbers are numbers, texts never run, formulas carry values, sheets print with their heads."""

import io

import openpyxl
import pandas as pd
import pytest

from workbench.present.workbook.book import Book, Field, Formula, Sheet, total_formula
from workbench.present.workbook.csv_text import sheet_csv
from workbench.present.workbook.xlsx import xlsx_bytes

RUNNING = ["=1+1", "+62", "-x", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "jalan & <desa>\x0b"]
FIELDS = (
    Field("Kegiatan", 30),
    Field("Biaya", 16, "rupiah", "Uang"),
    Field("Skor", 9, "number", "Uang"),
)


def sheet(**given) -> Sheet:
    rows = tuple((text, 10**12 + place, 79.25) for place, text in enumerate(RUNNING))
    total = ("Jumlah", total_formula(1, [7, 13], sum(row[1] for row in rows)), None)
    settings = {"titles": ("Judul", "Kecamatan"), "number_row": True, "strong": frozenset({len(rows)})}
    return Sheet("Daftar", FIELDS, (*rows, total), frozen=1, **(settings | given))


def opened(*sheets, values=False):
    return openpyxl.load_workbook(io.BytesIO(xlsx_bytes(Book("Uji", sheets))), data_only=values)


def test_texts_stay_texts_and_numbers_numbers():
    made = opened(sheet())["Daftar"]
    first = sheet().first_row
    for place, text in enumerate(RUNNING):
        cell = made.cell(first + place, 1)
        assert cell.data_type == "s"
        assert cell.value == text.replace("\t", " ").replace("\x0b", " ")
        assert made.cell(first + place, 2).value == 10**12 + place
    assert made.cell(first, 1).quotePrefix
    assert made.cell(first, 2).number_format == '"Rp" #,##0'
    assert made.cell(first, 3).value == 79.25


def test_formulas_are_live_and_show_the_products_value_where_nothing_calculates():
    place = (sheet().last_row, 2)
    assert opened(sheet())["Daftar"].cell(*place).value == "=SUM(B7:B13)"
    total = sum(10**12 + n for n in range(len(RUNNING)))
    assert opened(sheet(), values=True)["Daftar"].cell(*place).value == total
    frame = pd.read_excel(io.BytesIO(xlsx_bytes(Book("Uji", (sheet(),)))), header=None, engine="calamine")
    assert frame.iloc[place[0] - 1, 1] == total


def test_heads_stay_in_sight_and_are_repeated_on_paper():
    made = opened(sheet())["Daftar"]
    assert made.freeze_panes == "B7"
    assert made.print_title_rows in {"$4:$6", "4:6"}
    assert [str(merged) for merged in made.merged_cells.ranges] == ["B4:C4"]
    assert [made.cell(6, column).value for column in (1, 2, 3)] == ["(1)", "(2)", "(3)"]
    assert made.column_dimensions["A"].width == 30
    assert made.page_setup.orientation == "landscape"


def test_tabs_get_names_that_a_workbook_holds():
    long = "Kelompok/Fisik: " + "x" * 40
    names = opened(*(Sheet(long, FIELDS, ()) for _ in range(2))).sheetnames
    assert len(set(names)) == 2
    assert all(len(name) <= 31 and "/" not in name and ":" not in name for name in names)


def test_equal_books_give_equal_bytes():
    book = Book("Uji", (sheet(),), "2025-03-03")
    assert xlsx_bytes(book) == xlsx_bytes(book)
    properties = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(book))).properties
    assert str(properties.modified).startswith("2025-03-03")


def test_a_csv_holds_the_rows_and_nothing_that_runs():
    lines = sheet_csv(sheet()).decode("utf-8-sig").splitlines()
    assert lines[0] == "Kegiatan;Uang: Biaya;Uang: Skor"
    assert len(lines) == 1 + len(RUNNING)
    assert lines[1] == "'=1+1;1000000000000;79,25"
    assert not [line for line in lines if line[:1] in "=+-@"]


def test_a_row_of_another_width_is_a_mistake():
    with pytest.raises(ValueError, match="2 cells"):
        Sheet("x", FIELDS, (("a", 1),))


def test_a_formula_may_say_a_text_or_nothing():
    made = Sheet("x", (Field("a"), Field("b")), ((Formula('=IF(1>0,"ya","<")', "ya"), Formula("=A1")),))
    cells = opened(made, values=True)["x"][2]
    assert [cell.value for cell in cells] == ["ya", None]
