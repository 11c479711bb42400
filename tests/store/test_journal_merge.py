"""Journals of several laptops become one, whichever merges first; edited tables come in as entries."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from tests.store.rooms import clock, opened, play
from workbench.errors import InvalidInput
from workbench.prioritisation import prioritise
from workbench.room.replay import replay
from workbench.room.session import session_of
from workbench.room.setting import rules_of
from workbench.store.journal_check import verify_journal
from workbench.store.journal_export import export_tables, jsonl
from workbench.store.journal_format import COLUMN_NAMES, JOURNAL, START, entry_hash, stored
from workbench.store.journal_import import import_edited
from workbench.store.journal_merge import merge_into, read_for_merge
from workbench.store.manifest import read_manifest
from workbench.store.room import open_room
from workbench.store.session_folder import open_session, open_tables
from workbench.store.session_writing import write_session

NAMES = COLUMN_NAMES.split(", ")


def key(folder: Path, *lines: tuple[str, str, int]) -> None:
    with open_room(folder, clock) as room:
        for card, label, points in lines:
            said = {
                "round": 1,
                "participant": card,
                "proposal": label,
                "points": {"K1": points, "K2": points},
            }
            room.act("ballot_keyed", said, channel="paper")


@pytest.fixture
def laptops(tmp_path) -> tuple[Path, Path, Path]:
    """Three laptops with one opened round; the second and third key other cards, and one card twice."""
    first = tmp_path / "satu"
    with opened(first) as room:
        room.act("round_opened", {"round": 1, "way": "cards"})
    second, third = (shutil.copytree(first, tmp_path / name) for name in ("dua", "tiga"))
    key(first, ("001", "U-1", 5), ("001", "U-2", 4))
    key(second, ("002", "U-1", 2), ("003", "U-1", 1))
    key(third, ("003", "U-1", 4), ("004", "U-2", 3))
    return first, second, third


def test_union_is_idempotent_and_in_any_order_the_same(laptops, tmp_path):
    states = []
    for at, order in enumerate(((0, 1, 2), (2, 1, 0), (1, 2, 0))):
        copies = [shutil.copytree(laptops[place], tmp_path / f"{at}-{place}") for place in order]
        target, *others = copies
        merged, state = merge_into(target, read_for_merge(others))
        assert (merged.added, merged.known) == (4, 4)
        again, same = merge_into(target, read_for_merge([*others, *others]))
        assert again.added == 0
        assert same == state
        assert verify_journal(target).intact
        states.append(state)
    assert states[0] == states[1] == states[2]
    (aside,) = states[0].set_aside
    assert (aside.entry.body["participant"], aside.problems[0].code) == ("003", "line_already_keyed")
    assert len(verify_journal(target).conflicts) == 1


def test_one_after_the_other_is_as_all_at_once(laptops, tmp_path):
    first, second, third = laptops
    chain = shutil.copytree(first, tmp_path / "rantai")
    merge_into(chain, read_for_merge([second]))
    merge_into(third, read_for_merge([chain]))
    merge_into(first, read_for_merge([second, third]))
    states = []
    for folder in (first, third):
        with open_room(folder, clock) as room:
            states.append(room.state)
    assert states[0] == states[1]


def test_the_room_goes_on_after_a_merge(laptops):
    first, second, _ = laptops
    with open_room(first, clock) as room:
        merge_into(first, read_for_merge([second]))
        room.act("round_closed", {"round": 1})
        assert len(session_of(room.state).ballots.frame) == 8
        assert room.state == replay(held.entry for held in room.entries())


def test_another_meeting_and_a_damaged_journal_are_refused_whole(laptops, tmp_path):
    first, second, _ = laptops
    other = tmp_path / "lain"
    with opened(other) as room:
        room.act("step_entered", {"step": "result"})
    (other / JOURNAL).unlink()
    frame = pd.read_csv(other / "usulan.csv", sep=";", encoding="utf-8-sig", dtype=str)
    frame.assign(kegiatan="lain").to_csv(other / "usulan.csv", sep=";", index=False, encoding="utf-8-sig")
    with open_room(other, clock) as room:
        room.act("step_entered", {"step": "spread"})
    with open_room(first, clock) as room:
        before = room.tip
    with pytest.raises(InvalidInput) as refused:
        merge_into(first, read_for_merge([other]))
    assert refused.value.problems[0].code == "room_opened_on_others"
    damaged = bytearray((second / JOURNAL).read_bytes())
    damaged[len(damaged) // 2 :] = bytes(len(damaged) // 2)
    (second / JOURNAL).write_bytes(damaged)
    with pytest.raises(InvalidInput) as refused:
        read_for_merge([second])
    assert refused.value.problems[0].code == "journal_not_sound"
    with open_room(first, clock) as room:
        assert room.tip == before


@pytest.mark.parametrize("seed", range(2))
def test_exported_tables_give_what_the_journal_gives(tmp_path, seed):
    with opened(tmp_path / "ruang") as room:
        play(room, seed)
        out = tmp_path / "ekspor"
        export_tables(out, room.state, room.tip)
        export_tables(tmp_path / "ruang", room.state, room.tip)
        inside = open_session(tmp_path / "ruang")
        from_tables, from_journal = open_tables(out), session_of(room.state)
        state, tip = room.state, room.tip
    for one in (from_tables, inside):
        pd.testing.assert_frame_equal(
            prioritise(one.session, one.rules).table, prioritise(from_journal, rules_of(state)).table
        )
        assert one.resolution.frame["decision"].to_dict() == {next(iter(state.decisions)): "funded"}
        assert one.resolution.frame["reason"].tolist() == ["mufakat forum"]
        assert one.resolution.locked
    assert read_manifest(out).journal == {"entries": tip.seq, "hash": tip.hash}
    again = write_session(tmp_path / "lagi", from_tables.session, from_tables.rules, from_tables.resolution)
    assert again.digest == read_manifest(out).digest


def test_json_lines_carry_the_whole_chain(tmp_path):
    with opened(tmp_path) as room:
        play(room, 2)
        lines = jsonl(room.entries()).decode().splitlines()
    before = START
    for line in lines:
        record = json.loads(line)
        held = stored(tuple((record | {"body": json.dumps(record["body"])})[name] for name in NAMES))
        assert held.prev_hash == before
        assert entry_hash(held.seq, held.entry, before) == held.hash
        before = held.hash


def edit(folder: Path, file: str, **cells: str) -> None:
    path = folder / file
    frame = pd.read_csv(path, sep=";", encoding="utf-8-sig", dtype=str, keep_default_na=False)
    for column, value in cells.items():
        frame.loc[0, column] = value
    frame.to_csv(path, sep=";", index=False, encoding="utf-8-sig")


def codes(error: InvalidInput) -> set[str]:
    return {problem.code for problem in error.problems}


def test_an_edited_table_is_never_mixed_in_but_comes_in_as_entries(tmp_path):
    with opened(tmp_path) as room:
        room.act("round_opened", {"round": 1, "way": "cards"})
        edit(tmp_path, "usulan.csv", prakiraan_biaya="35000000", volume="2")
        edit(tmp_path, "pagu.csv", jumlah="70000000")
        with pytest.raises(InvalidInput) as refused:
            open_session(tmp_path)
        assert codes(refused.value) == {"table_edited_beside_journal"}
        assert {problem.file for problem in refused.value.problems} == {"usulan.csv", "pagu.csv"}
        imported = import_edited(room, "hasil verifikasi kecamatan")
        assert imported.files == ("pagu.csv", "usulan.csv")
        assert imported.kinds == ("proposal_changed", "budget_set")
        assert room.state.proposals.rows["U-1"]["cost"] == 35_000_000
        assert room.state.open_round.number == 1
    opened_again = open_session(tmp_path)
    assert opened_again.session.budget.ceiling() == 70_000_000
    assert opened_again.session.proposals.frame.loc["U-1", "volume"] == "2"


def test_a_proposal_that_is_gone_from_the_table_is_refused(tmp_path):
    with opened(tmp_path) as room:
        frame = pd.read_csv(tmp_path / "usulan.csv", sep=";", encoding="utf-8-sig", dtype=str)
        frame.iloc[1:].to_csv(tmp_path / "usulan.csv", sep=";", index=False, encoding="utf-8-sig")
        with pytest.raises(InvalidInput) as refused:
            import_edited(room, "uji")
        assert codes(refused.value) == {"row_removed"}
        assert room.tip.seq == 1


@pytest.mark.parametrize(
    ("file", "cells", "code"),
    [
        ("nilai.csv", {"nilai": "1"}, "points_edited"),
        ("keputusan.csv", {"alasan": "lain"}, "session_locked"),
        ("status_keputusan.csv", {"alasan": "lain"}, "lock_edited"),
    ],
)
def test_answers_and_a_locked_result_are_no_matter_of_tables(tmp_path, file, cells, code):
    with opened(tmp_path) as room:
        play(room, 4)
        export_tables(tmp_path, room.state, room.tip)
        frame = pd.read_csv(tmp_path / file, sep=";", encoding="utf-8-sig", dtype=str, keep_default_na=False)
        if file == "nilai.csv":
            cells = {"nilai": "1" if frame.loc[0, "nilai"] != "1" else "2"}
        edit(tmp_path, file, **cells)
        with pytest.raises(InvalidInput) as refused:
            import_edited(room, "uji")
        assert codes(refused.value) == {code}


def test_decisions_conditions_bands_and_a_matrix_of_ceilings_come_in_as_entries(tmp_path):
    with opened(tmp_path) as room:
        for label in ("U-1", "U-2"):
            room.act("decision_made", {"proposal": label, "decision": "funded", "reason": "mendesak"})
        export_tables(tmp_path, room.state, room.tip)
        tables = {
            "keputusan": "kode_usulan;peringkat_musyawarah;status;alasan\nU-1;;belum;lahan belum siap\n",
            "batasan": "nama;jenis;usulan\nsalah satu;salah_satu;U-1, U-3\n",
            "golongan": "golongan;dari\nP1;80\nP2;60\n",
            "pagu_opd": "kode_wilayah;Dinas PU\n;90000000\n",
        }
        for name, text in tables.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8-sig")
        imported = import_edited(room, "hasil rapat")
        assert sorted(imported.kinds) == [
            "bands_set", "budget_set", "conditions_set", "decision_made", "decision_withdrawn",
        ]  # fmt: skip
        decided = room.state.decisions
        assert {label: (held.decision, held.reason) for label, held in decided.items()} == {
            "U-1": ("not_funded", "lahan belum siap")
        }
    again = open_session(tmp_path)
    assert again.session.conditions.named("only_one") == ("salah satu",)
    assert again.session.bands.names == ("P1", "P2")
    assert "Dinas PU" in set(again.session.budget.frame["agency"])
    assert not (tmp_path / "pagu_opd.csv").exists()


def test_a_table_that_the_room_changed_as_well_is_left_to_people(tmp_path):
    with opened(tmp_path) as room:
        room.act("proposal_changed", {"proposal": "U-2", "changes": {"cost": 1}, "reason": "ditawar"})
        edit(tmp_path, "usulan.csv", volume="9")
        with pytest.raises(InvalidInput) as refused:
            import_edited(room, "uji")
        assert codes(refused.value) == {"room_changed_too"}


def test_tables_are_not_written_past_the_journal(tmp_path):
    with opened(tmp_path) as room:
        session, rules = session_of(room.state), rules_of(room.state)
    with pytest.raises(InvalidInput) as refused:
        write_session(tmp_path, session, rules)
    assert codes(refused.value) == {"folder_has_journal"}
