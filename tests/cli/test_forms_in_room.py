"""A filled form comes into an open room as entries of its journal: once, whole, and never over a card."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from tests.cli.test_filled_forms import CRITERIA, PEOPLE, WHOLE, form
from tests.cli.test_intake import run
from tests.store.intake.sheets import du_rkp
from workbench.cli.exits import Exit
from workbench.present.i18n import translator
from workbench.room.counting import standing_lines
from workbench.room.entries import Entry
from workbench.store.journal_check import verify_journal
from workbench.store.journal_merge import merge_into, read_for_merge
from workbench.store.room import open_room
from workbench.store.session_folder import open_session
from workbench.widgets.room_cards import CardEntry
from workbench.widgets.room_desk import Desk, clock

LABELS = ("B10", "B12", "B14")


@pytest.fixture(scope="module")
def begun(tmp_path_factory) -> Path:
    village = tmp_path_factory.mktemp("begun") / "desa.xlsx"
    village.write_bytes(du_rkp())
    run("import", village, village.parent / "bira")
    return village.parent / "bira"


@pytest.fixture
def folder(begun: Path, tmp_path: Path) -> Path:
    place = shutil.copytree(begun, tmp_path / "bira")
    (place / "kriteria.csv").write_text(CRITERIA, encoding="utf-8")
    (place / "peserta.csv").write_text(PEOPLE, encoding="utf-8")
    with open_room(place, clock):
        pass
    return place


def opened(folder, **body):
    with open_room(folder, clock) as room:
        room.act("round_opened", {"round": 1, "way": "cards", "proposals": list(LABELS), **body})


def standing(folder):
    with open_room(folder, clock) as room:
        held = room.state.rounds[1]
        lines = {place[:2]: place[2] for place in standing_lines(held)}
        channels = {line.channel for of in held.lines.values() for by in of.values() for line in by.values()}
    return lines, channels


def said(*arguments):
    done = run("import", *arguments, "--json")
    return done.exit_code, json.loads(done.stdout)


def test_a_form_is_refused_before_its_round_opens_and_after_it_closed(folder, tmp_path):
    path = form(tmp_path, WHOLE)
    code, found = said(path, folder)
    assert code == Exit.REFUSED
    assert [(each["code"], each["row"]) for each in found["problems"]] == [("round_not_open", 2)]
    opened(folder)
    assert said(path, folder)[1] == {
        "file": "kembali.xlsx", "lines": 6, "known": 0, "people": 0, "notes": []
    }  # fmt: skip
    with open_room(folder, clock) as room:
        room.act("round_closed", {"round": 1})
    code, found = said(form(tmp_path, [(1, "01", "B10", "K1", 5)]), folder)
    assert (code, [each["code"] for each in found["problems"]]) == (Exit.REFUSED, ["round_not_open"])
    assert said(form(tmp_path, WHOLE), folder)[1]["known"] == 6
    frame = open_session(folder).session.ballots.frame
    assert len(frame) == len(WHOLE)
    assert set(frame["points"]) == {3.0}


def test_the_same_form_counts_once_and_a_card_that_was_keyed_keeps_what_it_says(folder, tmp_path):
    opened(folder)
    with open_room(folder, clock) as room:
        for label, points in (("B10", 3.0), ("B12", 5.0)):
            body = {"round": 1, "participant": "01", "proposal": label, "points": {"K1": points, "K2": 3.0}}
            room.act("ballot_keyed", body, operator="operator 1", channel="paper")
    path = form(tmp_path, [*WHOLE, (1, "02", "X-9", "K1", 2)])
    code, found = said(path, folder)
    assert code == Exit.REFUSED
    places = {(each["code"], each["sheet"], each["row"], each["value"]) for each in found["problems"]}
    assert places == {("line_already_keyed", "nilai", 4, "B12"), ("unknown_proposal", "nilai", 14, "X-9")}
    assert set(standing(folder)[0]) == {("01", "B10"), ("01", "B12")}  # all of a form or nothing
    path = form(tmp_path, [line for line in WHOLE if line[1:3] != ("01", "B12")])
    assert (said(path, folder)[1]["lines"], said(path, folder)[1]["known"]) == (4, 5)
    lines, channels = standing(folder)
    assert lines["01", "B12"] == {"K1": 5.0, "K2": 3.0}
    assert (len(lines), channels) == (6, {"paper", "form"})
    assert verify_journal(folder).intact


def test_a_line_taken_back_comes_in_anew_and_a_correction_is_not_undone_by_its_form(folder, tmp_path):
    opened(folder)
    path = form(tmp_path, WHOLE[:2])
    run("import", path, folder)
    with open_room(folder, clock) as room:
        room.undo(room.state.history[-1].request)
        assert not room.state.rounds[1].lines
    for _ in range(2):
        run("import", path, folder)
    with open_room(folder, clock) as room:
        assert [entry.request for entry in room.state.history if entry.kind == "ballot_keyed"][-1].endswith(
            "-2"
        )
        body = {"round": 1, "card": "01", "proposal": "B10", "said": {"K1": 1, "K2": 1}, "reason": "salah"}
        room.act("line_corrected", body)
    assert said(path, folder)[1]["known"] == 1
    assert standing(folder)[0]["01", "B10"] == {"K1": 1.0, "K2": 1.0}


def test_blank_points_new_cards_and_sheets_for_the_page_alone(folder, tmp_path):
    opened(folder)
    path = tmp_path / "kembali.xlsx"
    run("form", "nilai", "peserta", "syarat", "--out", path, "--force")
    book = openpyxl.load_workbook(path)
    lines = [(1, "09", "B10", "K1", 4), (1, "01", "B12", "K1", None), (1, "01", "B12", "K2", None)]
    for row, line in enumerate(lines, start=2):
        for column, value in enumerate(line, start=1):
            book["nilai"].cell(row, column).value = value
    head = {cell.value: cell.column for cell in book["peserta"][1]}
    for row, (card, sex) in enumerate((("09", "P"), ("01", "P")), start=2):
        book["peserta"].cell(row, head["no_kartu"]).value = card
        book["peserta"].cell(row, head["jenis_kelamin"]).value = sex
    book.save(path)
    code, found = said(path, folder)
    assert code == Exit.DONE, found
    assert (found["lines"], found["people"]) == (1, 1)
    assert [note["code"] for note in found["notes"]] == [
        "points_left_blank", "points_left_blank", "card_incomplete"
    ]  # fmt: skip
    assert standing(folder)[0] == {("09", "B10"): {"K1": 4.0, "K2": None}}
    book["peserta"].cell(3, head["jenis_kelamin"]).value = "L"
    gates = {cell.value: cell.column for cell in book["syarat"][1]}
    for name, value in (("kode_usulan", "B10"), ("syarat", "lahan siap"), ("hasil", "+")):
        book["syarat"].cell(2, gates[name]).value = value
    book.save(path)
    code, found = said(path, folder)
    assert {(each["code"], each["row"]) for each in found["problems"]} == {
        ("participant_differs", 3), ("table_only_in_room", None)
    }  # fmt: skip


def test_a_round_of_double_entry_asks_who_brings_the_form(folder, tmp_path):
    opened(folder, double_entry=True)
    path = form(tmp_path, WHOLE[:2])
    assert {each["code"] for each in said(path, folder)[1]["problems"]} == {"operator_missing"}
    assert said(path, folder, "--operator", "operator 1")[1]["lines"] == 1
    assert said(path, folder, "--operator", "operator 2")[1]["lines"] == 1
    assert said(path, folder, "--operator", "operator 1")[1]["known"] == 1


def test_a_form_taken_on_two_laptops_is_one_after_their_merge(folder, tmp_path):
    opened(folder)
    other = tmp_path / "laptop-2"
    shutil.copytree(folder, other)
    path = form(tmp_path, WHOLE)
    for place in (folder, other):
        run("import", path, place)
    merged, state = merge_into(folder, read_for_merge([other]))
    assert (merged.added, state.set_aside) == (0, ())
    assert len(state.rounds[1].lines) == 2


def test_the_page_takes_several_forms_and_says_what_became_of_each(folder, tmp_path):
    opened(folder)
    whole = form(tmp_path, WHOLE).read_bytes()
    wrong = form(tmp_path, [(1, "01", "B10", "K1", 5), (1, "77", "B10", "K1", 5)]).read_bytes()
    desk = Desk(open_room(folder, clock), translator("id"))
    entry = CardEntry(desk, desk.state.rounds[1])
    entry.forms.upload.value = (
        {
            "name": "kelompok 1.xlsx",
            "content": whole,
            "type": "",
            "size": 1,
            "last_modified": datetime(2026, 2, 18, tzinfo=UTC),
        },
        {
            "name": "kelompok 2.xlsx",
            "content": wrong,
            "type": "",
            "size": 1,
            "last_modified": datetime(2026, 2, 18, tzinfo=UTC),
        },
    )
    text = entry.forms.said.value
    assert "kelompok 1.xlsx: 6 baris kartu dicatat" in text
    assert "kelompok 2.xlsx: tidak ada yang dicatat, karena 2 hal" in text
    assert "sudah diketik dengan nilai lain" in text
    assert "“77”" in text
    assert "2 kartu" in entry.progress.value
    assert entry.forms.upload.value == ()
    assert isinstance(desk.state.history[-1], Entry)
    assert desk.state.history[-1].channel == "form"
