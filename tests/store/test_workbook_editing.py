"""A workbook stays its owner's: what is not named keeps its bytes, and spreadsheets can read the rest."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference

from workbench.errors import InvalidInput
from workbench.store.workbook_editing import WorkbookEditor


def book() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "usulan"
    for row in (["Judul"], ["kode", "biaya"], ["U1", "=1+1"], ["U2", 5]):
        sheet.append(row)
    other = workbook.create_sheet("Rekap & grafik")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=3, max_row=4))
    other.add_chart(chart, "C3")
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(content: bytes, title: str) -> list[list[object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content))[title]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_a_new_sheet_leaves_every_other_part_alone():
    before = book()
    editor = WorkbookEditor("a.xlsx", before)
    editor.put("kriteria", [["kode", "bobot"], ["A<&>", 0.443], ["=1+1", "30 %"], ["", 7]])
    after = editor.content()
    assert rows(after, "kriteria") == [["kode", "bobot"], ["A<&>", 0.443], ["=1+1", "30 %"], [None, 7]]
    assert openpyxl.load_workbook(io.BytesIO(after)).sheetnames == ["usulan", "Rekap & grafik", "kriteria"]
    changed = {name for name, content in parts(after).items() if parts(before).get(name) != content}
    assert changed == {
        "xl/worksheets/sheet3.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    }  # fmt: skip


def test_a_replaced_sheet_drops_what_hung_on_its_cells():
    editor = WorkbookEditor("a.xlsx", book())
    editor.put("Rekap & grafik", [["x"], [1]])
    after = editor.content()
    assert rows(after, "Rekap & grafik") == [["x"], [1]]
    assert "xl/worksheets/_rels/sheet2.xml.rels" not in parts(after)


def test_headers_are_added_behind_the_last_and_formulas_stay():
    editor = WorkbookEditor("a.xlsx", book())
    editor.widen("usulan", 2, 2, ["cakupan", "kondisi"])
    found = rows(editor.content(), "usulan")
    assert found[1] == ["kode", "biaya", "cakupan", "kondisi"]
    assert found[2] == ["U1", "=1+1", None, None]


def test_the_order_of_computation_is_left_to_the_spreadsheet():
    whole = parts(book())
    whole["xl/calcChain.xml"] = b"<calcChain/>"
    for name, element in (
        ("xl/_rels/workbook.xml.rels", b'<Relationship Id="rId99" Type="t" Target="calcChain.xml"/>'),
        ("[Content_Types].xml", b'<Override PartName="/xl/calcChain.xml" ContentType="t"/>'),
    ):
        whole[name] = whole[name].replace(b"</", element + b"</", 1)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in whole.items():
            archive.writestr(name, content)
    editor = WorkbookEditor("a.xlsx", stream.getvalue())
    editor.put("kriteria", [["kode"]])
    assert not any(b"calcChain" in content for content in parts(editor.content()).values())


def test_the_same_edit_gives_the_same_bytes():
    made = []
    before = book()
    for _ in range(2):
        editor = WorkbookEditor("a.xlsx", before)
        editor.put("kriteria", [["kode"], ["A"]])
        made.append(editor.content())
    assert made[0] == made[1]


def test_what_is_not_laid_out_as_a_workbook_is_refused(tmp_path: Path):
    strange = io.BytesIO()
    with zipfile.ZipFile(strange, "w") as archive:
        archive.writestr("xl/workbook.xml", "<book/>")
    for content in (b"", b"PK", strange.getvalue()):
        with pytest.raises(InvalidInput, match="workbook_not_writable"):
            WorkbookEditor("a.xlsx", content)
    prefixed = {
        name: content.replace(b"</sheets>", b"</x:sheets>") for name, content in parts(book()).items()
    }
    prefixed["xl/workbook.xml"] = prefixed["xl/workbook.xml"].replace(b"<sheets>", b'<x:sheets xmlns:x="u">')
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in prefixed.items():
            archive.writestr(name, content)
    with pytest.raises(InvalidInput, match="workbook_not_writable"):
        WorkbookEditor("a.xlsx", stream.getvalue()).put("kriteria", [["kode"]])
