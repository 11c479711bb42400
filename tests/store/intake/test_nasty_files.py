"""What offices really send, all in one sheet: every cell read or named, and the folder opens again."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.store.intake.sheets import book, read_bytes_as, regions
from workbench.domain.intake import TotalCheck
from workbench.domain.rules import Rules
from workbench.store.intake.reading import Answers, read_list
from workbench.store.intake.to_session import session_of
from workbench.store.session_folder import open_session
from workbench.store.session_writing import write_session

ROWS: list[list[object]] = [
    ["DAFTAR USULAN KEGIATAN KECAMATAN BONTO BAHARI"],
    ["TAHUN 2026"],
    [],
    ["No", "Uraian", "", "Lokasi", "", "Biaya (Rp)", "Kode Wilayah", "OPD"],
    ["", "Kegiatan", "Volume", "Desa", "Dusun", "", "", ""],
    [1, 2, 3, 4, 5, 6, 7, 8],
    [1, "Rehabilitasi jalan tani", "300 m", "Bira", "Timur", "Rp 150.000.000", 73.02, "PU"],
    [2, "Pembangunan drainase", "1 Unit x 3 Titik", "Ara", "Barat", "Rp.100 jt", "73.02.03", "PU"],
    ["", "dan plat duiker", "", "", "", "", "", ""],
    [3, "Sumur bor", "2 unit", "Bira", "", 75_000_000, datetime.date(1973, 2, 3), "PU"],
    [4, "Pelatihan menjahit", "20 orang", "Ara", "", "400 x 3", "", "Dinsos"],
    [5, "Posyandu", "1 unit", "Bira", "", "#REF!", "", "Dinkes"],
    [6, "Talud", "5 m", "Bira", "", -5_000_000, "", "PU"],
    ["", "Jumlah", "", "", "", 320_000_001, "", ""],
    ["", "Catatan: harga belum termasuk PPN", "", "", "", "", "", ""],
]  # fmt: skip
MERGED = ["A4:A5", "B4:C4", "D4:E4", "F4:F5", "G4:G5", "H4:H5"]


def test_one_sheet_with_every_fault_is_accounted_for_and_its_folder_opens(tmp_path: Path) -> None:
    content = book(("USULAN", ROWS, MERGED), ("Rahasia", [["titipan"]], []), hidden=("Rahasia",))
    intake = read_bytes_as(tmp_path, "nasty.xlsx", content, region="73.02")
    assert intake.table["cost"].fillna(0).tolist() == [150_000_000, 100_000_000, 75_000_000, 0, 0, 0]
    assert intake.table["cost"].isna().sum() == 3
    assert intake.table["activity"].iloc[1] == "Pembangunan drainase dan plat duiker"
    (total,) = intake.totals
    assert (total.written - total.computed, total.agrees) == (1.0, False)
    named = {(each.code, each.row) for each in intake.problems}
    assert named >= {("negative_value", 13), ("cell_error", 12), ("amount_is_product", 11),
                     ("sheet_hidden", None)}  # fmt: skip
    negative = next(each for each in intake.problems if each.code == "negative_value")
    assert (negative.column.startswith("Biaya (Rp)"), negative.value) == (True, "-5000000")
    folder = tmp_path / "sesi"
    write_session(folder, session_of(intake, regions()), Rules())
    notes = open_session(folder).session.notes  # a note about #REF! is no fault of the notes
    assert {note.value for note in notes if note.code == "cell_error"} == {"#REF!"}


@pytest.mark.parametrize(
    ("written", "parts", "agrees"),
    [
        (325_000_000.0, [150e6, 175e6], True),
        (325_000_001.0, [150e6, 175e6], False),
        (1262.5, [12.5, 1250.0], True),
        (1263.0, [12.5, 1250.0], True),  # written without decimals, as sheets of millions round it
        (1263.4, [12.5, 1250.0], False),
        (100.0, [100 / 3] * 3, True),
        (0.3, [0.1, 0.2], True),
        (2_368_156_267.0, [2_000_000_000.1, 300_000_000.2, 68_156_266.7], True),  # the last bits of a sum
        (104_571_400.51, [104_571_400.5], False),
    ],
)
def test_a_total_agrees_to_its_last_written_place(written: float, parts: list[float], agrees: bool) -> None:
    assert TotalCheck("", 1, "", "Jumlah", written, sum(parts), len(parts)).agrees is agrees


def test_headers_without_a_row_below_them_say_that_nothing_is_in_the_list(tmp_path: Path) -> None:
    path = tmp_path / "nol.csv"
    path.write_text("No;Nama Kegiatan;Desa;Perkiraan Biaya\n", encoding="utf-8")
    assert [each.code for each in read_list(path, Answers(), regions()).questions] == ["list_without_rows"]
