"""``workbench methods``: the plano sheet, and nobody's own order."""

from __future__ import annotations

import json

import openpyxl
import pytest
from click.testing import CliRunner

from tests.deliberation.rooms import tables
from tests.deliberation.test_deliberation import plenary
from workbench.cli.exits import Exit
from workbench.cli.main import build
from workbench.domain.rules import Rules
from workbench.errors import InvalidInput
from workbench.present.i18n import translator
from workbench.reporting.slices import write_slice
from workbench.store.group_sessions import read_group_sessions
from workbench.store.order_file import orders_bytes, read_orders
from workbench.store.session_folder import open_session
from workbench.store.session_writing import write_session
from workbench.store.source import open_source

SHEET = """kelompok;kode_usulan;peringkat
Kelompok 1;U-1;1
Kelompok 1;U-2;2
Kelompok 1;U-3;3
Kelompok 2;U-1;3
Kelompok 2;U-2;1
Kelompok 2;U-3;1
"""


def run(*arguments, language="id"):
    return CliRunner().invoke(build(translator(language)), ["methods", *map(str, arguments)])


def weighted():
    """The sheet on which the first group weighs double."""
    lines = SHEET.replace("peringkat\n", "peringkat;bobot_suara\n", 1).splitlines()
    return "\n".join(line + (";2" if line.startswith("Kelompok 1") else "") for line in lines) + "\n"


@pytest.fixture
def folder(tmp_path):
    points, people = plenary({"tani": {f"U-{n}": 6.0 - n for n in range(1, 6)}}, {"tani": 6})
    write_session(tmp_path / "sesi", tables(points, people, ceiling=250).session(), Rules(ties=()))
    return tmp_path / "sesi"


def written(folder, text):
    path = folder / "urutan.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_scores_of_a_session_are_ranked_by_every_method(folder):
    said = run(folder).output
    assert "6 cara pemeringkatan hampir sama urutannya (kemiripan terendah 1,00 dari 1, tau Kendall)" in said
    assert "Kemiripan urutan antarcara" in said
    record = json.loads(run(folder, "--json").output)
    (found,) = record["districts"]["73.02.01"]["lists"]
    assert found["certain"] == ["U-1", "U-2"]


def test_group_orders_are_summed_on_the_sheet_and_the_direction_is_printed(folder):
    said = run(folder, written(folder, SHEET)).output
    assert "Jumlah peringkat: makin kecil makin baik." in said
    assert "Kegiatan U-2  |  2  |  1,5  |  3,5  |  1" in said
    assert "Kegiatan U-1  |  1  |  3  |  4  |  2" in said
    record = json.loads(run(folder, folder / "urutan.csv", "--json").output)
    assert record["sums"] == {"U-1": 4.0, "U-2": 3.5, "U-3": 4.5}
    assert record["weights"] == {"Kelompok 1": 1.0, "Kelompok 2": 1.0}
    assert run(folder).output.startswith("Urutan kelompok")  # the sheet of the folder comes first


def test_weights_of_groups_are_seen_on_the_sheet(folder):
    said = run(folder, written(folder, weighted())).output
    assert "Kelompok 1 2,00 dan Kelompok 2 1,00" in said
    assert "dikali bobot suara kelompok" in said


def test_an_unfinished_sheet_names_its_gaps_and_the_other_methods_go_on(folder):
    said = run(folder, written(folder, SHEET.replace("Kelompok 2;U-3;1", "Kelompok 2;U-3;"))).output
    assert "Kelompok 2: Kegiatan U-3" in said
    assert "Borda" in said


def test_orders_of_persons_are_told_together_or_not_at_all(folder):
    lines = [f"P{n};U-{label};{place}" for n in range(5) for label, place in ((1, 1), (2, 2), (3, 3))]
    people = "no_kartu;kode_usulan;peringkat\n" + "\n".join(lines) + "\n"
    said = run(folder, written(folder, people))
    assert said.exit_code == Exit.DONE
    assert "hanya gabungannya" in said.output
    assert "P0" not in said.output
    few = run(folder, written(folder, people.replace("\nP4", "\nP3").replace("P3;U-1;1\nP3", "P3")))
    assert few.exit_code == Exit.REFUSED
    four = "\n".join(line for line in people.splitlines() if not line.startswith("P4"))
    assert "mulai 5 orang" in run(folder, written(folder, four + "\n")).output


def test_everything_wrong_with_a_sheet_is_told_at_once_with_its_row(folder):
    bad = """kelompok;no_kartu;kode_usulan;peringkat;bobot_suara
Kelompok 1;;U-1;1;2
Kelompok 1;;U-1;2;2
Kelompok 1;;U-9;3;1
;;U-2;1;
;P1;U-2;0;3
Kelompok 2;;U-2;1;-1
"""
    said = run(folder, written(folder, bad))
    assert said.exit_code == Exit.REFUSED
    for word in ("dua kali", "“U-9”", "tidak menyebut kelompok", "kartu P1", "kurang dari 1", "di atas 0",
                 "tidak diberi bobot", "tidak sama di semua barisnya"):  # fmt: skip
        assert word in said.output, word
    assert "no line" in run(folder, written(folder, bad.splitlines()[0] + "\n"), language="en").output


def test_the_orders_of_a_folder_come_along_into_its_districts_and_back_to_the_same_file(folder):
    written(folder, weighted())
    opened = open_source(folder)
    again = written(folder, orders_bytes(opened.orders).decode("utf-8-sig"))
    found = read_orders(again.parent).orders
    assert found.places.equals(opened.orders.places)
    assert found.weights.to_dict() == {"Kelompok 1": 2.0, "Kelompok 2": 1.0}
    write_slice(opened, folder, "73.02.01", folder.parent / "bagian", "")
    assert open_session(folder.parent / "bagian").orders.places.equals(opened.orders.places)


def test_orders_and_group_sessions_are_read_from_the_sheets_of_a_workbook_too(folder, tmp_path):
    written(folder, weighted())
    before = open_session(folder).orders
    words = ["export", str(folder), "--out", str(tmp_path / "keluar"), "--isi", "musyawarah"]
    assert CliRunner().invoke(build(translator("id")), words).exit_code == Exit.DONE
    (place,) = (tmp_path / "keluar").glob("musyawarah-*")
    path = place / "musyawarah.xlsx"
    book = openpyxl.load_workbook(path)
    book.create_sheet("Sidang_Kelompok").append(["kelompok", "ketua"])
    book["Sidang_Kelompok"].append(["Ekonomi", "tidak perlu"])
    book.save(path)
    again = open_session(place)
    assert again.orders.places.equals(before.places)
    assert again.orders.weights.equals(before.weights)
    assert list(read_group_sessions(place)["group"]) == ["Ekonomi"]
    assert "Plano" in run(place).output
    write_session(place, again.session, again.rules)
    assert open_session(place).orders.places.equals(before.places)
    (place / "urutan.csv").write_text(SHEET, encoding="utf-8")
    with pytest.raises(InvalidInput) as told:
        open_session(place)
    assert {(p.file, p.code) for p in told.value.problems} == {("musyawarah.xlsx", "table_in_two_places")}


def test_a_bad_sheet_is_told_together_with_what_else_is_wrong_with_the_folder(folder):
    written(folder, SHEET.replace("U-3", "U-99"))
    (folder / "usulan.csv").write_text(
        (folder / "usulan.csv").read_text(encoding="utf-8-sig").replace("100", "seratus", 1), encoding="utf-8"
    )
    with pytest.raises(InvalidInput) as told:
        open_session(folder)
    assert {problem.file for problem in told.value.problems} >= {"usulan.csv"}
    write_session(folder, tables(*plenary({"tani": {"U-1": 3.0}}, {"tani": 6})).session(), Rules())
    with pytest.raises(InvalidInput) as told:
        open_session(folder)
    assert {(p.file, p.code) for p in told.value.problems} == {("urutan.csv", "unknown_proposal")}
