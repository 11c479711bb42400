"""Files of any kind, of any size and in any state give their sheets or one clear refusal."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.intake.sheets import book, du_rkp, read_bytes_as, regions
from workbench.domain.intake import ListKind
from workbench.errors import InvalidInput
from workbench.present.i18n import translator
from workbench.present.intake_page import intake_page
from workbench.present.problems import problem_lines
from workbench.store.intake import unpacking
from workbench.store.intake.forms import find_form, form_workbook
from workbench.store.intake.sources import read_sheets
from workbench.store.intake.to_session import session_of
from workbench.store.intake.web_tables import tables_of_page

SHEET = "xl/worksheets/sheet1.xml"
LIST = "kode_usulan;kegiatan;kode_wilayah;anggaran\nU-1;Jalan;73.02.03.2005;Rp 1.000.000\nU-2;Got;;-\n"


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return an archive with one part changed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return stream.getvalue()


def with_row(xml: bytes, row: bytes) -> bytes:
    return xml.replace(b"</sheetData>", row + b"</sheetData>")


@pytest.fixture
def small() -> bytes:
    return book(("a", [["Usulan", "Anggaran"], ["Jalan", 12345]], []))


def refused(folder: Path, name: str, content: bytes) -> str:
    with pytest.raises(InvalidInput) as caught:
        read_bytes_as(folder, name, content)
    return caught.value.problems[0].code


def test_a_cell_in_the_last_corner_is_refused_before_memory_is_asked_for(tmp_path, small):
    corner = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    assert (
        refused(tmp_path, "a.xlsx", changed(small, SHEET, lambda xml: with_row(xml, corner)))
        == "file_too_large"
    )


def test_a_declared_size_or_an_empty_corner_does_no_harm(tmp_path, small):
    styled = b'<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    for change in (
        lambda xml: xml.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"'),
        lambda xml: with_row(xml, styled),
    ):
        assert len(read_bytes_as(tmp_path, "a.xlsx", changed(small, SHEET, change)).table) == 1


def test_an_archive_that_unfolds_without_end_is_refused(tmp_path, small, monkeypatch):
    monkeypatch.setattr(unpacking, "MAX_UNPACKED_BYTES", 1_000_000)
    content = changed(small, SHEET, lambda xml: xml + b" " * 2_000_000)
    assert refused(tmp_path, "a.xlsx", content) == "file_too_large"


def test_many_cells_that_repeat_one_enormous_text_are_refused(monkeypatch):
    monkeypatch.setattr(unpacking, "MAX_TEXT_CHARACTERS", 100_000)
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(1, 60))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", b"<sst><si><t>" + b"x" * 5000 + b"</t></si></sst>")
        archive.writestr(SHEET, b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>")
    with pytest.raises(InvalidInput) as caught:
        unpacking.unpacked_xlsx(Path("a.xlsx"), stream.getvalue())
    assert caught.value.problems[0].code == "file_too_large"


def test_infinity_and_text_in_a_number_cell_are_read_and_said(tmp_path, small):
    endless = changed(small, SHEET, lambda xml: xml.replace(b"<v>12345</v>", b"<v>1E+400</v>"))
    worded = changed(small, SHEET, lambda xml: xml.replace(b"<v>12345</v>", b"<v>Rp 5 jt</v>"))
    assert read_bytes_as(tmp_path, "a.xlsx", endless).table["cost"].isna().all()
    assert read_bytes_as(tmp_path, "b.xlsx", worded).table["cost"].tolist() == [5_000_000]


def test_an_error_cell_and_a_formula_never_computed_are_named(tmp_path):
    content = book(("a", [["Usulan", "Anggaran", "Volume"], ["Jalan", "=1/0", "#REF!"]], []))
    found = {problem.code for problem in read_bytes_as(tmp_path, "a.xlsx", content).problems}
    assert "formula_without_value" in found
    grid = read_sheets(tmp_path / "a.xlsx")[0]
    assert grid.rows[1][2] == "#REF!"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_any_usual_encoding_and_separator_is_found(tmp_path, encoding, delimiter):
    text = delimiter.join(["Usulan", "Desa"]) + "\r\n" + delimiter.join(["Jalan “é”", "Bira"]) + "\r\n"
    intake = read_bytes_as(tmp_path, "a.csv", text.encode(encoding))
    assert intake.table["activity"].tolist() == ["Jalan “é”"]


def test_what_a_file_is_decides_and_a_wrong_ending_is_noted(tmp_path):
    page = "<table><tr><th>Usulan<th>Anggaran<tr><td>Jalan &amp; got<td>Rp 1.000.000</table>"
    intake = read_bytes_as(tmp_path, "ekspor.xls", page)
    assert intake.table["cost"].tolist() == [1_000_000]
    assert intake.table["activity"].tolist() == ["Jalan & got"]
    assert "ending_differs" in {problem.code for problem in intake.problems}
    assert refused(tmp_path, "a.xlsx", b"%PDF-1.7 x") == "file_not_what_it_says"


def test_cells_of_a_page_that_reach_over_others_keep_their_place():
    rows, merged = tables_of_page(
        "<table><tr><th rowspan=2>No<th colspan=2>Biaya<tr><th>Rp<th>Sumber<tr><td>1<td>5<td>APBD</table>"
    )[0]
    assert rows == [["No", "Biaya", ""], ["", "Rp", "Sumber"], ["1", "5", "APBD"]]
    assert merged == [(0, 0, 1, 0), (0, 1, 0, 2)]


def test_an_old_workbook_that_ends_its_reader_is_a_message(tmp_path):
    content = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(range(256)) * 20
    assert refused(tmp_path, "a.xls", content) == "workbook_unreadable"


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return bytes with a few cut, doubled, overwritten or put in."""
    data = bytearray(content)
    for _ in range(chance.choice([1, 2, 5, 20])):
        place, size = chance.randrange(len(data) or 1), chance.choice([1, 2, 8, 64, 512])
        way = chance.randrange(4)
        if way == 0:
            data[place : place + 1] = bytes([chance.randrange(256)])
        elif way == 1:
            del data[place : place + size]
        elif way == 2:
            data[place:place] = data[max(0, place - size) : place]
        else:
            data[place:place] = chance.choice(
                [
                    b"\x00",
                    b'"',
                    b";",
                    b"\n",
                    b"\xff\xfe",
                    b"1E+400",
                    b"<",
                    b'r="XFD1048576"',
                    b"99999999999",
                    b"-",
                ]
            )
    return bytes(data)


MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def as_ods(text: str) -> bytes:
    """Return a list as an OpenDocument sheet, as small as one can be."""
    cells = [
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in line.split(";")
        )
        for line in text.splitlines()
    ]
    rows = "".join(f"<table:table-row>{line}</table:table-row>" for line in cells)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="usulan">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return stream.getvalue()


def test_an_open_document_sheet_is_read_like_the_text_it_holds(tmp_path):
    text, sheet = (read_bytes_as(tmp_path, *each) for each in (("a.csv", LIST), ("a.ods", as_ods(LIST))))
    assert sheet.table["activity"].tolist() == text.table["activity"].tolist()


PARTS = {
    "a.xlsx": (SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"),
    "f.xlsx": (SHEET, "xl/worksheets/sheet2.xml", "xl/workbook.xml"),
    "a.ods": ("content.xml",),
}


@pytest.mark.parametrize("seed", range(32))
def test_a_damaged_file_gives_a_result_or_a_clear_message(tmp_path, seed):
    chance = random.Random(seed)
    form = form_workbook((find_form("usulan"), find_form("nilai")))
    files = [("a.xlsx", du_rkp()), ("a.csv", LIST.encode()), ("a.ods", as_ods(LIST)), ("f.xlsx", form)]
    name, content = chance.choice(files)
    if name in PARTS and chance.random() < 0.75:
        content = changed(content, chance.choice(PARTS[name]), lambda data: mutated(data, chance))
    else:
        content = mutated(content, chance)
    t = translator("id")
    said = []
    try:
        intake = read_bytes_as(tmp_path, name, content)
        said = [intake_page(intake, t)]
        if intake.kind is ListKind.PROPOSALS and not intake.questions:
            assert len(session_of(intake, regions()).proposals) == len(intake.table)
    except InvalidInput as error:
        said += problem_lines(error.problems, t)
    assert said
    assert all(said)
