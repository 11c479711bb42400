"""Which tables stand in a folder: nothing that looks like a table is left out without a word."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from workbench.errors import InvalidInput
from workbench.store.folder_tables import raw_tables

PROPOSALS = "kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya\nU1;Jalan;99.01.01;1000\n"
CRITERIA = (
    "kode_kriteria;nama;bobot;arah;skala_min;skala_maks;cara_ukur\nA;Mendesak;1;besar_baik;1;5;dinilai\n"
)


def folder_of_csv(place: Path) -> Path:
    place.joinpath("usulan.csv").write_text(PROPOSALS, encoding="utf-8")
    place.joinpath("kriteria.csv").write_text(CRITERIA, encoding="utf-8")
    return place


def book(path: Path, *, hidden: str, extra: str = "") -> None:
    sheets = openpyxl.Workbook()
    sheets.remove(sheets.active)
    tables = {
        "usulan": PROPOSALS,
        "kriteria": CRITERIA,
        hidden: "no_kartu;nilai\n01;3\n",
        extra: "a;b\n1;2\n",
    }
    for name, text in tables.items():
        if name:
            sheet = sheets.create_sheet(name)
            for line in text.splitlines():
                sheet.append(line.split(";"))
    if hidden:
        sheets[hidden].sheet_state = "hidden"
    sheets.save(path)


def notes_of(folder: Path) -> list[tuple[str, str]]:
    return [(note.code, note.value) for note in raw_tables(folder)["proposals"].notes]


def test_a_table_of_the_session_on_a_hidden_sheet_is_refused(tmp_path: Path) -> None:
    book(tmp_path / "musyawarah.xlsx", hidden="nilai")
    with pytest.raises(InvalidInput) as refused:
        raw_tables(tmp_path)
    assert [(problem.code, problem.value) for problem in refused.value.problems] == [
        ("table_hidden", "nilai")
    ]


def test_a_hidden_or_strange_sheet_is_named(tmp_path: Path) -> None:
    book(tmp_path / "musyawarah.xlsx", hidden="Sheet9", extra="catatan saya")
    assert ("sheet_hidden", "Sheet9") in notes_of(tmp_path)
    assert ("sheet_not_a_table", "catatan saya") in notes_of(tmp_path)


def test_a_copy_beside_the_table_is_named_and_a_lock_file_is_not(tmp_path: Path) -> None:
    folder = folder_of_csv(tmp_path)
    shutil.copy(folder / "usulan.csv", folder / "usulan - Copy.csv")
    folder.joinpath("~$usulan.xlsx").write_bytes(b"x")
    folder.joinpath(".~lock.usulan.csv#").write_bytes(b"x")
    folder.joinpath("identitas.csv").write_text("kunci;nama\n", encoding="utf-8")
    assert notes_of(folder) == [("file_not_read", "usulan - Copy.csv")]


def test_a_formula_without_value_counts_on_tables_alone(tmp_path: Path) -> None:
    book(tmp_path / "musyawarah.xlsx", hidden="")
    sheets = openpyxl.load_workbook(tmp_path / "musyawarah.xlsx")
    sheets.create_sheet("Rekap")["A1"] = "=SUM(usulan!D2:D3)"
    sheets.save(tmp_path / "musyawarah.xlsx")
    assert not [note for note in raw_tables(tmp_path)["proposals"].notes if note.severity == "error"]
    sheets["usulan"]["D2"] = "=1+1"
    sheets.save(tmp_path / "musyawarah.xlsx")
    notes = [note.code for note in raw_tables(tmp_path)["proposals"].notes if note.severity == "error"]
    assert notes == ["formula_without_value"]
