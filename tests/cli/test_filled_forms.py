"""Filled forms come back to their session: whole, or with every mistake named by sheet, row and column."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.test_intake import run
from tests.store.intake.sheets import du_rkp
from workbench.cli.exits import Exit
from workbench.store.session_folder import open_session

CRITERIA = "\n".join(
    [
        "kode_kriteria;nama;bobot;arah;skala_min;skala_maks;cara_ukur",
        "K1;Mendesak;3;besar_baik;1;5;dinilai",
        "K2;Manfaat;2;besar_baik;1;5;dinilai",
    ]
)
PEOPLE = "no_kartu;jenis_kelamin;hak_suara\n01;P;ya\n02;L;ya\n03;P;tidak\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    village = tmp_path / "desa.xlsx"
    village.write_bytes(du_rkp())
    place = tmp_path / "bira"
    run("import", village, place)
    (place / "kriteria.csv").write_text(CRITERIA, encoding="utf-8")
    (place / "peserta.csv").write_text(PEOPLE, encoding="utf-8")
    return place


def form(tmp_path: Path, lines: list[tuple[object, ...]], title: str = "nilai", merged: str = "") -> Path:
    path = tmp_path / "kembali.xlsx"
    run("form", "nilai", "--out", path, "--force")
    book = openpyxl.load_workbook(path)
    sheet = book["nilai"]
    for row, line in enumerate(lines, start=2):
        for column, value in enumerate(line, start=1):
            sheet.cell(row, column).value = value
    if merged:
        sheet.merge_cells(merged)
    sheet.title = title
    book.save(path)
    return path


WHOLE = [(1, card, label, name, 3) for card in ("01", "02") for label in ("B10", "B12", "B14")
         for name in ("K1", "K2")]  # fmt: skip


def test_a_filled_form_is_added_to_its_session_whatever_the_order_of_its_rows(folder, tmp_path):
    done = run("import", form(tmp_path, WHOLE[::-1], "Kelompok 1"), folder)
    assert done.exit_code == Exit.DONE, done.output
    assert "nilai, 12 baris" in done.stdout
    assert "Lembar “Kelompok 1” dibaca sebagai nilai" in done.stderr
    held = open_session(folder).session.ballots.frame
    rows = set(held[["round", "participant", "proposal", "criterion"]].itertuples(index=False, name=None))
    assert rows == {line[:4] for line in WHOLE}
    again = run("import", form(tmp_path, WHOLE[:1]), folder)
    assert again.exit_code == Exit.REFUSED
    assert "Kartu “01” putaran 1 sudah ada" in again.stderr
    assert len(open_session(folder).session.ballots.frame) == 12


def test_blank_points_and_incomplete_cards_are_said_and_not_taken_for_zero(folder, tmp_path):
    path = form(tmp_path, [*WHOLE[:5], (1, "01", "B14", "K2", None)])
    said = json.loads(run("import", path, folder, "--json").stdout)
    assert said["tables"] == {"ballots": 6}
    assert [(note["code"], note["row"]) for note in said["notes"]] == [
        ("points_left_blank", 7), ("card_incomplete", 2)
    ]  # fmt: skip
    assert open_session(folder).session.ballots.frame["points"].isna().sum() == 1


def test_every_mistake_is_named_at_once_with_its_place_and_nothing_is_written(folder, tmp_path):
    lines = [
        (1, "01", "B10", "K1", 9),
        (1, "01", "B10", "K2", "3,4"),
        (1, "01", "B12", "K1", "3 4"),
        (1, "01", "B12", "K1", 2),
        (1, "77", "B14", "K1", 2),
        (1, "01", "X-9", "K1", 2),
        (1, "01", "B14", "K7", 2),
        (1, "", "B14", "K1", 2),
        (1, "03", "B14", "K1", 2),
    ]
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    refused = run("import", form(tmp_path, lines), folder, "--json")
    assert refused.exit_code == Exit.REFUSED
    problems = json.loads(refused.stdout)["problems"]
    assert {(each["code"], each["row"], each["column"], each["value"]) for each in problems} >= {
        ("points_outside_scale", 2, "nilai", "9"),
        ("points_not_one_mark", 3, "nilai", "3,4"),
        ("points_not_one_mark", 4, "nilai", "3 4"),
        ("unknown_participant", 6, "no_kartu", "77"),
        ("unknown_proposal", 7, "kode_usulan", "X-9"),
        ("unknown_criterion", 8, "kode_kriteria", "K7"),
        ("empty_cell", 9, "no_kartu", ""),
        ("no_voting_right", 10, "no_kartu", "03"),
    }
    assert {("duplicate_cell", 5)} <= {(each["code"], each["row"]) for each in problems}
    assert {each["file"] for each in problems} == {"kembali.xlsx"}
    assert {each["sheet"] for each in problems} == {"nilai"}
    assert all(each["message"] for each in problems)
    assert before == {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_another_sessions_form_and_merged_cells_are_one_message_each(folder, tmp_path):
    other = [(1, "01", f"LAIN-{number}", "K1", 3) for number in range(4)]
    found = json.loads(run("import", form(tmp_path, other), folder, "--json").stdout)["problems"]
    assert [each["code"] for each in found] == ["form_of_other_session"]
    path = form(tmp_path, WHOLE, merged="E3:E4")
    found = json.loads(run("import", path, folder, "--json").stdout)["problems"]
    assert [(each["code"], each["row"], each["value"]) for each in found] == [("cells_merged", 3, "E3:E4")]
