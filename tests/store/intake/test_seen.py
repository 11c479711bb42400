"""Tables of no known layout: what they seem to be is said, and one option reads them."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from tests.store.intake.sheets import SIPD_HEADER, book, read_bytes_as, sipd_row
from workbench.cli.exits import Exit
from workbench.cli.main import build
from workbench.present.i18n import translator
from workbench.store.session_folder import open_session

ODD = [
    ["URAIAN PEKERJAAN YANG DIINGINKAN", "KIRA-KIRA"],
    ["Perbaikan jalan poros desa", "Rp 150.000.000"],
    ["Pembuatan sumur bor untuk warga", "Rp 20.000.000"],
]
BUDGETS = [
    ["SKPD", "Pegawai", "Barang", "Semua"],
    *([f"Dinas {name}", 150_000_000, 70_000_000, 220_000_000] for name in ("Kesehatan", "Pendidikan", "PU")),
]


def run(*words: object) -> Result:
    return CliRunner().invoke(build(translator("id")), [str(word) for word in words])


@pytest.mark.parametrize(
    ("rows", "code", "appears", "example"),
    [
        (ODD, "layout_unknown", "works", '--sebagai kegiatan="URAIAN PEKERJAAN YANG DIINGINKAN"'),
        (BUDGETS, "layout_unknown", "budgets", '--jenis pagu --sebagai jumlah="Semua"'),
        ([["kode", "kriteria", "bobot"], ["C1", "Cakupan", 20]], "not_a_list", "criteria", None),
        ([["kd_kriteria", "keterangan", "nilai"], ["K1", "0-100 m", 1]], "not_a_list", "points", None),
    ],
)
def test_it_is_said_what_an_unknown_table_seems_to_be(
    rows: list[list[object]], code: str, appears: str, example: str | None, tmp_path: Path
) -> None:
    (question,) = read_bytes_as(tmp_path, "a.xlsx", book(("a", rows, []))).questions
    assert (question.code, question.facts["appears"]) == (code, appears)
    assert question.facts.get("example") == example


def test_one_option_reads_what_was_not_known(tmp_path: Path) -> None:
    path, folder = tmp_path / "a.xlsx", tmp_path / "rapat"
    path.write_bytes(book(("a", ODD, [])))
    told = ("--sebagai", f"kegiatan={ODD[0][0]}", "--sebagai", "prakiraan_biaya=kira kira")
    done = run("import", path, folder, *told)
    assert done.exit_code == Exit.DONE, done.output
    frame = open_session(folder).session.proposals.frame
    assert frame["cost"].tolist() == [150_000_000, 20_000_000]
    wrong = run("import", path, tmp_path / "b", "--sebagai", "kegiatan=Tidak ada", "--sebagai", "x=KIRA-KIRA")
    assert wrong.exit_code == Exit.REFUSED
    assert "tidak ada di berkas ini" in wrong.stderr
    assert "bukan kolom yang dikenal" in wrong.stderr


def test_the_unit_in_a_header_does_not_hide_the_column(tmp_path: Path) -> None:
    rows = [["No", "Uraian Kegiatan", "Desa", "Perkiraan Biaya (Rp. Jt)"], [1, "Rabat beton", "Bira", 75.5]]
    intake = read_bytes_as(tmp_path, "a.xlsx", book(("a", rows, [])), region="73.02")
    assert intake.table["cost"].tolist() == [75_500_000]
    assert intake.table["region"].tolist() == ["73.02.03.2005"]


def test_the_day_of_a_proposal_is_a_day_in_and_out(tmp_path: Path) -> None:
    days: list[object] = [
        "Senin, 3 Maret 2025",
        "04/03/2025",
        45719,
        datetime.date(2025, 3, 5),
        "minggu depan",
    ]
    rows = [sipd_row("Kepala Desa Bira, Kec. Bonto Bahari", f"Jalan {n}", "Bira", "1 Paket", "Setuju")
            for n in range(5)]  # fmt: skip
    for row, day in zip(rows, days, strict=True):
        row[0] = day
    path, folder = tmp_path / "sipd.xlsx", tmp_path / "rapat"
    path.write_bytes(book(("a", [SIPD_HEADER, *rows], [])))
    assert run("import", path, folder, "--wilayah", "73.02").exit_code == Exit.DONE
    expected = ["2025-03-03", "2025-03-04", "2025-03-03", "2025-03-05", ""]
    assert open_session(folder).session.proposals.frame["tanggal_usul"].tolist() == expected
    read = (folder / "impor/cara-membaca.csv").read_text(encoding="utf-8-sig")
    assert "Senin, 3 Maret 2025;2025-03-03;tanggal dengan nama bulan;pasti" in read
    assert "minggu depan;;bukan tanggal;ditanyakan" in read
    run("template", "apply", "usg", folder)
    out = tmp_path / "keluar"
    done = run("export", folder, "--isi", "sipd", "--format", "xlsx", "--format", "csv", "--out", out)
    assert done.exit_code == Exit.DONE, done.output
    sheet = openpyxl.load_workbook(next(out.glob("*.xlsx"))).worksheets[0]
    assert sheet["A2"].value.date() == datetime.date(2025, 3, 3)
    assert "\n2025-03-03;" in next(out.glob("*.csv")).read_text(encoding="utf-8-sig")
    for file in out.glob("sipd*"):
        again = tmp_path / f"lagi{file.suffix}"
        assert run("import", file, again, "--wilayah", "73.02").exit_code == Exit.DONE
        assert open_session(again).session.proposals.frame["tanggal_usul"].tolist() == expected


def test_a_day_that_its_column_makes_doubtful_is_asked(tmp_path: Path) -> None:
    text = "Usulan;Desa;Tgl Usulan\nJalan;Bira;04/25/2025\nSumur;Ara;03/04/2025\n"
    intake = read_bytes_as(tmp_path, "a.csv", text, region="73.02")
    assert intake.table["tanggal_usul"].tolist() == ["2025-04-25", ""]
    (doubt,) = [each for each in intake.problems if each.code == "date_ambiguous"]
    assert (doubt.row, doubt.value) == (3, "03/04/2025")
