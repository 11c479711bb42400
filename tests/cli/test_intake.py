"""``workbench import`` from a spreadsheet to a folder that opens, with its reports beside it."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from tests.store.intake.sheets import book, du_rkp
from workbench.cli.exits import Exit
from workbench.cli.main import build
from workbench.present.i18n import translator
from workbench.store.session_folder import open_session


def run(*arguments: object):
    return CliRunner().invoke(build(translator("id")), [str(each) for each in arguments])


@pytest.fixture
def village(tmp_path: Path) -> Path:
    path = tmp_path / "du.xlsx"
    path.write_bytes(du_rkp(wrong=5))
    return path


def test_a_village_list_becomes_a_folder_with_its_reports(village: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bira"
    saved = tmp_path / "tata-letak.toml"
    result = run("import", village, folder, "--save-mapping", saved)
    assert result.exit_code == Exit.DONE, result.output
    assert "3 baris dibaca: 3 dipakai, 0 disisihkan" in result.stdout
    assert "1 berbeda dari jumlah bagian-bagiannya" in result.stdout
    page = (folder / "impor/laporan-impor.html").read_text(encoding="utf-8")
    assert "Jumlah per Bidang 1" in page
    assert "225.000.005" in page
    rows = openpyxl.load_workbook(folder / "impor/baris-bermasalah.xlsx")["DU-RKP"]
    assert rows["A2"].value == 11
    assert "lanjutan" in rows["B2"].value
    ways = (folder / "impor/cara-membaca.csv").read_text(encoding="utf-8-sig")
    assert "satuan pada selnya sendiri" in ways
    assert "amount_with_unit" not in ways  # a code of the program is no word of the reader's
    assert run("template", "apply", "usg", folder).exit_code == Exit.DONE
    opened = open_session(folder)
    assert len(opened.session.proposals) == 3
    again = run("import", village, folder, "--mapping", saved)
    assert again.exit_code == Exit.REFUSED
    assert "--force" in again.stderr
    assert run("import", village, tmp_path / "lagi", "--mapping", saved).exit_code == Exit.DONE
    assert (tmp_path / "lagi/usulan.csv").read_bytes() == (folder / "usulan.csv").read_bytes()


def test_what_is_not_stated_is_asked_and_nothing_is_written_until_it_is(tmp_path: Path) -> None:
    path, folder = tmp_path / "u.xlsx", tmp_path / "baru"
    rows = [["Usulan", "Desa", "Biaya"], ["Jalan", "Bira", "12,5"], ["", "Ara", 7]]
    path.write_bytes(book(("a", rows, [])))
    result = run("import", path, folder, "--json")
    asked = json.loads(result.stdout)
    assert result.exit_code == Exit.REFUSED
    assert [each["code"] for each in asked["questions"]] == ["money_unit_unstated"]
    assert [each.name for each in folder.iterdir()] == ["impor"]
    answered = run("import", path, folder, "--satuan-uang", "juta", "--wilayah", "73.02")
    assert answered.exit_code == Exit.FAILED, answered.output
    assert "12500000" in (folder / "usulan.csv").read_text(encoding="utf-8-sig")
    assert "1 disisihkan" in answered.stdout


def test_ceilings_go_into_the_folder_that_is_there(village: Path, tmp_path: Path) -> None:
    folder, path = tmp_path / "bira", tmp_path / "pagu.csv"
    run("import", village, folder)
    path.write_text("kecamatan;pagu\nBonto Bahari;1.500.000.000\n", encoding="utf-8")
    assert run("import", path, folder, "--wilayah", "73.02").exit_code == Exit.DONE
    assert int(open_session(folder).session.budget.frame["amount"].sum()) == 1_500_000_000
    log = (folder / "impor/daftar-impor.csv").read_text(encoding="utf-8-sig").splitlines()
    assert log[1:] == [
        "1;du.xlsx;daftar usulan;3;3;0;0;1-du", "2;pagu.csv;daftar pagu;1;1;0;0;."
    ]  # fmt: skip
    assert "du.xlsx" in (folder / "impor/1-du/laporan-impor.html").read_text(encoding="utf-8")
    assert (folder / "impor/1-du/baris-bermasalah.xlsx").is_file()
    assert "pagu.csv" in (folder / "impor/laporan-impor.html").read_text(encoding="utf-8")
    assert not (folder / "impor/baris-bermasalah.xlsx").exists()
    assert "sudah punya pagu" in run("import", path, folder, "--wilayah", "73.02").stderr


def test_no_report_of_an_import_is_lost_and_none_is_kept_twice(village: Path, tmp_path: Path) -> None:
    folder, places = tmp_path / "bira", tmp_path / "bira/impor"
    asked = tmp_path / "Usulan (baru) ?.csv"
    asked.write_text("Usulan;Desa;Biaya\nJalan;Bira;12,5\n", encoding="utf-8")
    for _ in range(2):
        assert run("import", asked, folder).exit_code == Exit.REFUSED
    assert not [each for each in places.iterdir() if each.is_dir()]  # the same question is one report
    done = json.loads(run("import", village, folder, "--json").stdout)
    assert done["earlier_reports"] == str(places / "1-usulan-baru")
    (places / "2-du").mkdir()
    told = run("import", asked, folder, "--force", "--satuan-uang", "juta", "--wilayah", "73.02")
    assert f"sebelumnya disimpan di {places / '2-du-2'}." in told.stdout
    (places / "daftar-impor.csv").write_text("rusak", encoding="utf-8")
    run("import", village, folder, "--force")
    kept = sorted(str(each.relative_to(places)) for each in places.glob("*/laporan-impor.html"))
    assert kept == ["0/laporan-impor.html", "1-usulan-baru/laporan-impor.html", "2-du-2/laporan-impor.html"]


def test_other_lists_are_laid_beside_it(village: Path, tmp_path: Path) -> None:
    last = tmp_path / "lampiran3.csv"
    last.write_text(
        "No;Kegiatan;Lokasi (desa/kel);Volume;Pagu;OPD;Alasan\n"
        "1;Sumur bor Dusun Birakeke;Bira;1 unit;75.000.000;PU;Pagu tidak cukup\n",
        encoding="utf-8",
    )
    prices = tmp_path / "kamus.csv"
    prices.write_text("no;uraian;satuan;harga_satuan\n1;Sumur bor;unit;70000000\n", encoding="utf-8")
    plan = tmp_path / "renja.csv"
    plan.write_text(
        "Kode;Sub Kegiatan;Pagu Indikatif (Rp);SKPD\n1.03;Pelatihan menenun Dusun Tanetang;100000000;Dinas\n",
        encoding="utf-8",
    )
    folder = tmp_path / "bira"
    options = ("--lalu", last, "--kamus", prices, "--renja", plan, "--json")
    found = json.loads(run("import", village, folder, *options).stdout)
    assert {(each["first"], each["reason"]) for each in found["likenesses"]} == {
        ("B12", "earlier_list"),
        ("B14", "renja"),
    }
    prices_said = [each for each in found["problems"] if each["code"] == "price_differs"]
    assert [each["facts"]["computed"] for each in prices_said] == [70_000_000]
    frame = open_session_frame(folder)
    assert frame.loc["B12", "times_proposed"] == 2
    assert frame.loc["B12", "last_reason"] == "Pagu tidak cukup"


def open_session_frame(folder: Path):
    run("template", "apply", "usg", folder)
    return open_session(folder).session.proposals.frame
