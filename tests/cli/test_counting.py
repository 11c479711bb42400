"""``workbench count`` as a meeting uses it: a list, a file of ballots, one command."""

from __future__ import annotations

import json

import openpyxl
import pytest
from click.testing import CliRunner

from workbench.cli.main import build
from workbench.present.i18n import translator
from workbench.store.templates import template_folder


def run(*arguments, language="id"):
    return CliRunner().invoke(build(translator(language)), ["count", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path):
    lines = [f"U{number};Kegiatan {number};73.02.01;{number}000000" for number in range(1, 12)]
    text = "\n".join(["kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya", *lines])
    (tmp_path / "usulan.csv").write_text(text, "utf-8")
    choices = ";".join(f"pilihan_{place}" for place in range(1, 6))
    (tmp_path / "suara.csv").write_text(f"no_kartu;{choices}\n1;U1;U2;U3;U4;U5\n2;U2;U1;U6;U7;U8\n", "utf-8")
    return tmp_path


def test_a_mad_vote_of_eleven_proposals_asks_for_five(folder):
    done = run("suara-mad-357", folder)
    assert done.exit_code == 0, done.output
    assert "1=  |  U1  |  Kegiatan 1  |  2" in done.output
    assert "Sama banyak di peringkat 1: U1 dan U2." in done.output
    assert "bahan musyawarah" in done.output
    found = json.loads(run("suara-mad-357", folder, "--json").output)
    assert (found["choices"], found["ballots"], found["notes"]) == (5, 2, [])
    assert found["ties"][0] == {"rank": 1, "proposals": ["U1", "U2"]}
    assert "no_kartu" not in done.output


def test_pairs_in_english_say_that_the_count_is_not_final(folder):
    (folder / "suara_berpasangan.csv").write_text("usulan_1;usulan_2;dipilih\nU1;U2;U2\n", "utf-8")
    done = run("perbandingan-berpasangan-pra", folder, language="en")
    assert done.exit_code == 0, done.output
    assert "54 pairs not compared yet. This count is not final." in done.output


def test_ballots_from_a_sheet_of_a_workbook(folder):
    book = openpyxl.Workbook()
    book.active.append(["catatan", "panitia"])
    sheet = book.create_sheet("Suara")
    for row in (["no_kartu", "pilihan_1", "pilihan_2"], [1, "U3", "U1"], [2, "U3", None]):
        sheet.append(row)
    book.save(folder / "kartu.xlsx")
    done = run("preferensi-321", folder, folder / "kartu.xlsx")
    assert done.exit_code == 0, done.output
    assert "1  |  U3  |  Kegiatan 3  |  6" in done.output


def test_list_and_ballots_may_be_sheets_of_one_workbook(folder):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in ("usulan", "suara"):
        sheet = book.create_sheet(name)
        for line in (folder / f"{name}.csv").read_text("utf-8").splitlines():
            sheet.append(line.split(";"))
        (folder / f"{name}.csv").unlink()
    book.save(folder / "mad.xlsx")
    done = run("suara-mad-357", folder)
    assert done.exit_code == 0, done.output
    assert "1=  |  U2  |  Kegiatan 2  |  2" in done.output


def test_every_fault_is_one_report_and_exit_3(folder):
    text = "no_kartu;pilihan_1;pilihan_2\n1;U1;U1\n1;U99;\n"
    (folder / "suara.csv").write_text(text, "utf-8")
    done = run("suara-mad-357", folder)
    assert done.exit_code == 3
    assert "Traceback" not in done.output
    for words in (
        "baris 3, kolom no_kartu",
        "baris 3, kolom pilihan_1",
        "baris 2, kolom pilihan_2",
        "tepat 5",
    ):
        assert words in done.output
    codes = {p["code"] for p in json.loads(run("suara-mad-357", folder, "--json").output)["problems"]}
    assert codes == {"duplicate_id", "unknown_proposal", "vote_named_twice", "vote_wrong_number"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("usg",), "menilai dengan kriteria"),
        (("suara-mad-358",), "Tidak ada templat"),
        (("preferensi-321", "tidak-ada.csv"), "tidak ditemukan"),
    ],
)
def test_what_cannot_be_counted_is_said(folder, arguments, words):
    name, *rest = arguments
    done = run(name, folder, *(folder / one for one in rest))
    assert done.exit_code == 3
    assert words in done.output


def test_a_folder_without_a_list_and_ballots_without_columns_are_named(folder):
    (folder / "suara.csv").write_text("kartu;pilih\n1;U1\n", "utf-8")
    done = run("suara-mad-357", folder)
    assert done.exit_code == 3
    assert "pilihan_1" in done.output
    (folder / "usulan.csv").unlink()
    done = run("suara-mad-357", folder)
    assert done.exit_code == 3
    assert "usulan.csv" in done.output


def test_dots_are_counted_by_the_numbers_of_the_template(folder, tmp_path):
    head = "no_kartu;kode_usulan;titik\n"
    (folder / "suara_titik.csv").write_text(head + "1;U2;3\n1;U1;1\n22;U1;2\n33;;\n", "utf-8")
    done = run("suara-titik", folder)
    assert done.exit_code == 0, done.output
    assert "1=  |  U1  |  Kegiatan 1  |  3" in done.output
    assert "Sama banyak di peringkat 1: U1 dan U2." in done.output
    assert (
        "2 kartu dihitung, masing-masing paling banyak 5 titik; 6 titik ditempel, 4 tidak dipakai."
        in done.output
    )
    assert "1 kartu suara kosong tidak dihitung: 33." in done.output
    assert "22" not in done.output
    found = json.loads(run("suara-titik", folder, "--json").output)
    assert (found["counting"], found["ballots"], found["choices"]) == ("dot_vote", 2, 5)
    own = tmp_path / "titik-desa.toml"
    shipped = (template_folder() / "suara-titik.toml").read_text("utf-8")
    own.write_text(shipped.replace("titik_per_usulan = 3", "titik_per_usulan = 2"), "utf-8")
    refused = run(own, folder)
    assert refused.exit_code == 3
    assert "baris 2, kolom titik" in refused.output
    assert "paling banyak 2 titik pada satu usulan" in refused.output


def test_every_fault_of_dots_is_one_report(folder):
    rows = "1;U1;3\n1;U2;3\n2;U3;\n3;U99;1\n4;U1;1,5\n5;U1;-1\n6;U1;1\n6;U1;1\n"
    (folder / "suara_titik.csv").write_text("no_kartu;kode_usulan;titik\n" + rows, "utf-8")
    done = run("suara-titik", folder)
    assert done.exit_code == 3
    assert "Traceback" not in done.output
    for row, column in (
        (3, "titik"),
        (4, "titik"),
        (5, "kode_usulan"),
        (6, "titik"),
        (7, "titik"),
        (9, "kode_usulan"),
    ):
        assert f"baris {row}, kolom {column}" in done.output
    assert "6 titik, padahal setiap orang mempunyai 5" in done.output
