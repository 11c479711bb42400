"""Files of every kind become text tables with the row numbers of the spreadsheet, or one clear refusal."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import os
import tempfile
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.file_kinds import FileKind
from workbench.store.raw_tables import RawTable, read_tables

GOOD = 'kode;kegiatan;biaya\nU-1;"Jembatan ""Gantung""";1.500.000\nU-2;Talud, drainase;\n'


def save(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def only(folder: Path, name: str, content: bytes | str) -> RawTable:
    (table,) = read_tables(save(folder, name, content))
    return table


def refusal(path: Path) -> Problem:
    with pytest.raises(InvalidInput) as caught:
        read_tables(path)
    (problem,) = caught.value.problems
    assert problem.file == path.name
    return problem


def codes(table: RawTable) -> list[str]:
    return [note.code for note in table.notes]


def book_bytes(*rows: list[object], title: str = "Usulan") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            data = source.read(name).replace(b"<v></v>", b"<v />")  # openpyxl with lxml writes the former
            if name == part:
                assert old in data
                data = data.replace(old, new)
            target.writestr(name, data)
    return changed.getvalue()


# --- CSV ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be-bom"])
def test_separator_and_encoding_are_found(tmp_path, delimiter, encoding):
    stream = io.StringIO()
    rows = [["kode", "kegiatan", "lokasi"], ["U-1", "Jalan; gang, \t«dusun»", "Dusun A, Dusun B; RT 1"]]
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    text = stream.getvalue()
    content = (
        codecs.BOM_UTF16_BE + text.encode("utf-16-be") if encoding.endswith("bom") else text.encode(encoding)
    )
    table = only(tmp_path, "a.csv", content)
    assert table.header == ("kode", "kegiatan", "lokasi")
    assert table.body.loc[2].tolist() == rows[1]
    assert table.notes == ()


def test_old_windows_encoding_is_read_and_said(tmp_path):
    table = only(tmp_path, "a.csv", "kode;nama\nU-1;Rumah\nU-2;Café\n".encode("cp1252"))
    assert table.body["nama"][3] == "Café"
    (note,) = table.notes
    assert (note.code, note.severity, note.row, note.value) == (
        "encoding_not_utf8",
        Severity.NOTE,
        3,
        "U-2;Café",
    )


@pytest.mark.parametrize(
    "content", [b"kode;nama\nU-1;\x81\x8d", codecs.BOM_UTF8 + b"kode;nama\nU;\xff", b"\xff\xfek\x00o"]
)
def test_unknown_encoding_is_refused(tmp_path, content):
    assert refusal(save(tmp_path, "a.csv", content)).code == "encoding_unknown"


def test_rows_are_numbered_as_a_spreadsheet_does(tmp_path):
    table = only(tmp_path, "a.csv", 'kode;nama\n\nU-1;"dua\nbaris"\n;;\nU-2;satu\n')
    assert table.body.index.tolist() == [3, 5]
    assert table.body["nama"].tolist() == ["dua\nbaris", "satu"]


def test_title_lines_above_the_header_are_passed_over_and_said(tmp_path):
    table = only(tmp_path, "a.csv", "DAFTAR USULAN;;\n;;\nkode;nama;\nU-1;Jalan;\n")
    assert (table.header_row, table.body.index.tolist()) == (3, [4])
    assert [(note.code, note.row, note.value) for note in table.notes] == [
        ("row_above_header", 1, "DAFTAR USULAN")
    ]


def test_separator_line_of_excel_is_obeyed_and_not_counted(tmp_path):
    table = only(tmp_path, "a.csv", "sep=,\r\nkode,nama\r\nU-1,a;b\r\n")
    assert (table.header, table.header_row, table.body["nama"][2]) == (("kode", "nama"), 1, "a;b")


def test_a_row_longer_than_the_header_is_an_error_and_a_shorter_one_is_not(tmp_path):
    table = only(tmp_path, "a.csv", "kode;nama;biaya\nU-1;Jalan;5;lebih\nU-2\nU-3;x;1;;\n")
    (problem,) = table.notes
    assert (problem.code, problem.severity, problem.row, problem.value) == (
        "row_too_long",
        Severity.ERROR,
        2,
        "lebih",
    )
    assert table.body.loc[3].tolist() == ["U-2", "", ""]


def test_repeated_headers_stay_apart_and_are_said(tmp_path):
    table = only(tmp_path, "a.csv", "kode;nama;nama;nama (2)\n1;a;b;c\n")
    assert table.header == ("kode", "nama", "nama", "nama (2)")
    assert table.body.columns.is_unique
    assert table.body.loc[2].tolist() == ["1", "a", "b", "c"]
    assert [(note.code, note.column) for note in table.notes] == [("header_repeated", "nama")]


def test_values_without_header_are_set_aside_by_the_letter_of_their_column(tmp_path):
    table = only(tmp_path, "a.csv", "kode;;nama;\nU-1;;Jalan;\nU-2;catatan;Talud;\n")
    assert table.header == ("kode", "nama")
    (problem,) = table.notes
    assert (problem.code, problem.severity, problem.column, problem.row, problem.value) == (
        "column_without_header",
        Severity.SET_ASIDE,
        "B",
        3,
        "catatan",
    )


def test_a_header_alone_is_a_table_without_rows(tmp_path):
    table = only(tmp_path, "a.csv", "kode;nama\n")
    assert table.body.empty
    assert table.header == ("kode", "nama")
    assert codes(table) == ["table_without_rows"]


def test_rows_pressed_into_one_cell_are_named(tmp_path):
    table = only(tmp_path, "a.csv", '"kode,nama"\n"U-1,Jalan"\n')
    assert [(note.code, note.severity) for note in table.notes] == [("row_in_one_cell", Severity.ERROR)]


def test_a_quotation_mark_never_closed_is_named_with_its_row(tmp_path):
    problem = refusal(save(tmp_path, "a.csv", 'kode;nama\nU-1;Jalan\nU-2;"Pipa\nU-3;Talud\nU-4;Pos\n'))
    assert (problem.code, problem.row) == ("quote_not_closed", 3)


def test_an_inch_mark_is_not_an_open_quotation(tmp_path):
    assert only(tmp_path, "a.csv", 'kode;nama\nU-1;Pipa 4"\nU-2;Pos\n').body["nama"][2] == 'Pipa 4"'


def test_packed_csv_is_read(tmp_path):
    table = only(tmp_path, "a.csv.gz", gzip.compress(GOOD.encode()))
    assert table.file == "a.csv.gz"
    assert table.body["kegiatan"].tolist() == ['Jembatan "Gantung"', "Talud, drainase"]


# --- Files that cannot be tables ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "file_empty"),
        ("a.csv", codecs.BOM_UTF8 + b" \r\n", "file_empty"),
        ("a.csv", b";;\n;;\n", "file_empty"),
        ("a.csv.gz", gzip.compress(b""), "file_empty"),
        ("a.csv.gz", gzip.compress(GOOD.encode())[:-9], "file_damaged"),
        ("a.xlsx", b"PK\x03\x04xl/workbook.xml damaged", "file_damaged"),
        ("a.xlsx", b"PK\x03\x04 a workbook copied by half", "file_damaged"),
        ("a.docx", b"PK\x03\x04word/document.xml", "file_kind_unsupported"),
        ("a", GOOD.encode(), "file_kind_unsupported"),
        ("a.csv", b"kode;nama\x00;x\n", "file_not_what_it_says"),
        ("a.csv", codecs.BOM_UTF16_LE + "kode;\x00nama\n".encode("utf-16-le"), "file_not_text"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(tmp_path, name, content, code):
    assert refusal(save(tmp_path, name, content)).code == code


ODS = io.BytesIO()
with zipfile.ZipFile(ODS, "w") as _archive:
    _archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    _archive.writestr("content.xml", "<x/>")
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.mark.parametrize(
    ("name", "content", "really", "remedy"),
    [
        ("a.csv", book_bytes(["kode", "nama"]), FileKind.XLSX, "rename_to_xlsx"),
        ("a.csv", ODS.getvalue(), FileKind.ODS, "save_as_xlsx"),
        ("a.xlsx", ODS.getvalue(), FileKind.ODS, "save_as_xlsx"),
        ("a.xlsx", b"<html><table><tr><td>kode</td></tr></table>", FileKind.HTML, "open_and_save_as_xlsx"),
        ("a.xlsx", b"<?xml version='1.0'?><Workbook/>", FileKind.XML, "open_and_save_as_xlsx"),
        ("a.xlsx", GOOD.encode(), FileKind.TEXT, "rename_to_csv"),
        ("a.xlsx", OLE + bytes(600), FileKind.XLS, "save_as_xlsx"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), FileKind.PROTECTED, "remove_password"),
        ("a.csv", b"%PDF-1.7 ...", FileKind.PDF, "export_as_csv_or_xlsx"),
        ("a.csv", gzip.compress(GOOD.encode()), FileKind.GZIP, "rename_to_csv_gz"),
        ("a.csv.gz", GOOD.encode(), FileKind.TEXT, "rename_to_csv"),
        ("a.csv.gz", gzip.compress(b"%PDF"), FileKind.PDF, "export_as_csv_or_xlsx"),
    ],
)
def test_a_file_that_is_not_what_its_ending_says_is_named(tmp_path, name, content, really, remedy):
    problem = refusal(save(tmp_path, name, content))
    assert problem.code == "file_not_what_it_says"
    assert (problem.facts["really"], problem.facts["remedy"]) == (really.value, remedy)


def test_an_old_workbook_is_refused_with_the_remedy(tmp_path):
    problem = refusal(save(tmp_path, "a.xls", OLE + bytes(600)))
    assert (problem.code, problem.facts["remedy"]) == ("file_kind_unsupported", "save_as_xlsx")


def test_missing_folder_and_locked_files_are_refused(tmp_path):
    assert refusal(tmp_path / "tidak_ada.csv").code == "file_missing"
    (tmp_path / "map.csv").mkdir()
    assert refusal(tmp_path / "map.csv").code == "file_is_folder"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root and Windows may read every file")
def test_a_file_without_permission_is_refused(tmp_path):
    path = save(tmp_path, "a.csv", GOOD)
    path.chmod(0)
    assert refusal(path).code == "file_unreadable"


def test_a_file_that_cannot_be_opened_is_refused(tmp_path):
    # A name beyond every system's limit: opening fails with an error other than "not found".
    assert refusal(tmp_path / ("x" * 5000 + ".csv")).code == "file_unreadable"


def test_what_unfolds_beyond_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("workbench.store.file_kinds.MAX_UNPACKED_BYTES", 1000)
    monkeypatch.setattr("workbench.store.workbooks.MAX_UNPACKED_BYTES", 1000)
    bomb = save(tmp_path, "a.csv.gz", gzip.compress(b"a;b\n" * 10_000))
    assert refusal(bomb).code == "file_too_large"
    assert refusal(save(tmp_path, "a.xlsx", book_bytes(["a", "b"]))).code == "file_too_large"


def test_more_cells_than_can_be_held_are_refused(tmp_path, monkeypatch):
    for module in ("delimited", "grids", "workbooks"):
        monkeypatch.setattr(f"workbench.store.{module}.MAX_CELLS", 50)
    assert refusal(save(tmp_path, "a.csv", "a;b\n" + "1;2\n" * 100)).code == "file_too_large"
    wide = book_bytes(["a", "b"], *([1, 2] for _ in range(40)))
    assert refusal(save(tmp_path, "a.xlsx", wide)).code == "file_too_large"


def test_a_file_beyond_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("workbench.store.file_kinds.MAX_FILE_BYTES", 10)
    assert refusal(save(tmp_path, "a.csv", GOOD)).code == "file_too_large"


# --- XLSX --------------------------------------------------------------------------------------------------


def test_cells_of_a_workbook_are_text_as_a_person_sees_it(tmp_path):
    rows: list[list[object]] = [
        ["kode", "isi"],
        ["bulat", 1500000],
        ["pecahan bulat", 12.0],
        ["pecahan", 73.02],
        ["derau", 0.1 + 0.2],
        ["benar", True],
        ["tanggal", date(2026, 2, 1)],
        ["waktu", datetime(2026, 2, 1, 9, 30)],  # noqa: DTZ001 - a cell knows no zone
        ["jam", time(9, 30)],
        ["teks", " 007 "],
        ["besar", 10**20],
    ]
    (table,) = read_tables(save(tmp_path, "a.xlsx", book_bytes(*rows)))
    assert dict(table.body.to_numpy().tolist()) == {
        "bulat": "1500000",
        "pecahan bulat": "12",
        "pecahan": "73,02",
        "derau": "0,3",
        "benar": "TRUE",
        "tanggal": "2026-02-01",
        "waktu": "2026-02-01 09:30:00",
        "jam": "09:30:00",
        "teks": "007",
        "besar": "1e+20",
    }
    assert [(note.code, note.column, note.row, note.facts["count"]) for note in table.notes] == [
        ("cells_are_dates", "B", 7, 3)
    ]


def test_every_visible_sheet_is_a_table_and_hidden_ones_are_named(tmp_path):
    book = Workbook()
    for number, (title, state) in enumerate(
        [("Kosong", "visible"), ("Rahasia", "hidden"), ("Usulan", "visible"), ("Peserta", "visible")]
    ):
        sheet = book.create_sheet(title, number)
        sheet.sheet_state = state
        if title != "Kosong":
            sheet.append(["kode", title])
            sheet.append(["1", "x"])
    del book["Sheet"]
    book.save(tmp_path / "a.xlsx")
    tables = read_tables(tmp_path / "a.xlsx")
    assert [table.sheet for table in tables] == ["Usulan", "Peserta"]
    assert [(note.code, note.sheet) for note in tables[0].notes] == [
        ("sheet_hidden", "Rahasia"),
        ("sheet_empty", "Kosong"),
    ]
    assert tables[1].notes == ()


def test_text_in_a_number_cell_is_survived_and_said(tmp_path):
    content = book_bytes(["kode", "biaya"], ["U-1", 5], ["U-2", 7])
    broken = with_part(content, "xl/worksheets/sheet1.xml", b"<v>5</v>", b"<v>Jumlah (Rp)</v>")
    (table,) = read_tables(save(tmp_path, "a.xlsx", broken))
    assert table.body["biaya"].tolist() == ["Jumlah (Rp)", "7"]
    (note,) = table.notes
    assert (note.code, note.row, note.column, note.value) == ("text_in_number_cell", 2, "B", "Jumlah (Rp)")


def test_an_infinite_number_is_survived(tmp_path):
    content = book_bytes(["kode", "biaya"], ["U-1", 5])
    for wild in (b"<v>INF</v>", b"<v>1E+999</v>", b"<v>" + b"9" * 5000 + b"</v>"):
        broken = with_part(content, "xl/worksheets/sheet1.xml", b"<v>5</v>", wild)
        (table,) = read_tables(save(tmp_path, "a.xlsx", broken))
        assert table.body["biaya"][2] != ""


def test_a_formula_never_computed_is_an_error_not_an_empty_cell(tmp_path):
    content = book_bytes(["kode", "biaya"], ["U-1", "=2*3"], ["U-2", "=A1"])
    (table,) = read_tables(save(tmp_path, "a.xlsx", content))
    assert [(note.code, note.severity, note.row, note.column) for note in table.notes] == [
        ("formula_without_value", Severity.ERROR, 2, "B"),
        ("formula_without_value", Severity.ERROR, 3, "B"),
    ]


def test_a_formula_with_its_value_reads_as_the_value(tmp_path):
    content = book_bytes(["kode", "biaya"], ["U-1", "=2*3"])
    computed = with_part(content, "xl/worksheets/sheet1.xml", b"<v />", b"<v>6</v>")
    (table,) = read_tables(save(tmp_path, "a.xlsx", computed))
    assert table.body["biaya"][2] == "6"
    assert table.notes == ()


def test_a_workbook_of_hidden_sheets_alone_is_refused(tmp_path):
    content = with_part(
        book_bytes(["kode", "nama"]), "xl/workbook.xml", b'state="visible"', b'state="veryHidden"'
    )
    assert refusal(save(tmp_path, "a.xlsx", content)).code == "no_visible_sheet"


def test_rows_outside_the_stated_dimension_are_not_lost(tmp_path):
    content = book_bytes(["kode", "nama"], ["U-1", "x"])
    wrong = with_part(content, "xl/worksheets/sheet1.xml", b'ref="A1:B2"', b'ref="A1"')
    (table,) = read_tables(save(tmp_path, "a.xlsx", wrong))
    assert table.body.to_numpy().tolist() == [["U-1", "x"]]


def test_a_row_number_beyond_every_spreadsheet_ends_in_a_refusal(tmp_path):
    content = book_bytes(["kode", "nama"], ["U-1", "x"])
    wild = with_part(content, "xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="999999999"')
    assert refusal(save(tmp_path, "a.xlsx", wild)).code == "file_too_large"


# --- Anything at all ---------------------------------------------------------------------------------------

CSV_SEED = ("sep=;\nkode;kegiatan;biaya;nama\n" + 'U-1;"Jalan ""A""\nbaris";Rp 1.500.000;Café\n' * 4).encode()
XLSX_SEED = book_bytes(
    ["kode", "kegiatan", "biaya"], *([f"U-{number}", "Jembatan", number * 1.5] for number in range(5))
)

edits = st.lists(
    st.tuples(
        st.integers(0, 10**6),
        st.integers(0, 6),
        st.one_of(st.binary(max_size=4), st.sampled_from([b'"', b";", b"\n"])),
    ),
    max_size=12,
)


def mutated(content: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    data = bytearray(content)
    for place, length, replacement in changes:
        start = place % (len(data) + 1)
        data[start : start + length] = replacement
    return bytes(data)


def read_or_refuse(name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = save(Path(folder), name, content)
        try:
            tables = read_tables(path)
        except InvalidInput:
            return
    for table in tables:
        assert len(table.header) == table.body.shape[1] > 0
        assert table.body.columns.is_unique
        assert table.body.index.is_monotonic_increasing
        assert not table.body.isna().any(axis=None)


@given(edits)
def test_a_mutated_csv_gives_tables_or_a_refusal(changes):
    read_or_refuse("a.csv", mutated(CSV_SEED, changes))


@given(st.binary(max_size=200), st.sampled_from(["a.csv", "a.tsv", "a.csv.gz", "a.xlsx", "a.xls", "a"]))
def test_any_bytes_give_tables_or_a_refusal(content, name):
    read_or_refuse(name, content)


@given(edits)
def test_a_mutated_workbook_gives_tables_or_a_refusal(changes):
    read_or_refuse("a.xlsx", mutated(XLSX_SEED, changes))


with zipfile.ZipFile(io.BytesIO(XLSX_SEED)) as _archive:
    PARTS = {name: _archive.read(name) for name in _archive.namelist()}


@given(st.sampled_from(sorted(PARTS)), edits)
def test_a_workbook_with_a_mutated_part_gives_tables_or_a_refusal(part, changes):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in PARTS.items():
            archive.writestr(name, mutated(data, changes) if name == part else data)
    read_or_refuse("a.xlsx", stream.getvalue())


cells = st.text(st.characters(exclude_characters="\x00\ufeff", exclude_categories=["Cs"]), max_size=8)


@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), max_size=6)
    ),
    st.sampled_from([";", ",", "\t"]),
)
def test_what_a_csv_writer_wrote_is_read_back(rows, delimiter):
    width = len(rows[0]) if rows else 2
    header = [f"kolom {number}" for number in range(width)]
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    with tempfile.TemporaryDirectory() as folder:
        (table,) = read_tables(save(Path(folder), "a.csv", stream.getvalue().encode()))
    assert table.header == tuple(header)
    expected = {
        number: [cell.strip() for cell in row]
        for number, row in enumerate(rows, start=2)
        if any(cell.strip() for cell in row)
    }
    assert dict(zip(table.body.index.tolist(), table.body.to_numpy().tolist(), strict=True)) == expected


# --- Real files --------------------------------------------------------------------------------------------


@pytest.mark.shared_data
def test_real_files_are_read(shared_folder):
    data = shared_folder / "data" if (shared_folder / "data").is_dir() else shared_folder
    files = sorted([*data.glob("musrenbang/*.csv*"), *data.glob("messy_xlsx/*.xlsx")])
    assert len(files) >= 15
    for file in files:
        assert all(len(table.body) for table in read_tables(file))
    (sukabumi,) = read_tables(data / "musrenbang" / "sukabumi_usulan_2019.csv.gz")
    assert sukabumi.body.shape == (23_787, 29)
    assert sukabumi.notes == ()
