"""A journal that somebody or something changed is found out, and the place is named."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.store.rooms import clock, opened, play
from workbench.errors import JournalRefused
from workbench.present.i18n import translator
from workbench.store.journal_check import verify_journal
from workbench.store.journal_export import export_tables
from workbench.store.journal_format import JOURNAL, START, TRIGGERS, WITNESS, entry_hash, stored
from workbench.store.journal_opening import reading
from workbench.store.room import open_room


@pytest.fixture(scope="module")
def original(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("utuh")
    with opened(folder) as room:
        play(room, seed=1)
    return folder


@pytest.fixture
def folder(original, tmp_path) -> Path:
    return shutil.copytree(original, tmp_path / "salinan")


def tampered(folder: Path, *statements: str, quiet: bool = True) -> list[tuple[str, int | None]]:
    """Change the file past its guards, put them back if asked, and return what the check says."""
    connection = sqlite3.connect(folder / JOURNAL, isolation_level=None)
    guards = [row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
    for name in TRIGGERS:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    for guard in guards if quiet else []:
        connection.execute(guard)
    connection.close()
    found = verify_journal(folder)
    for fault in found.faults:
        for language in ("id", "en"):
            assert translator(language)(
                f"journal.fault.{fault.code}", seq=fault.seq or 0, detail=fault.detail
            )
    return [(fault.code, fault.seq) for fault in found.faults]


def test_an_untouched_journal_is_intact(folder):
    found = verify_journal(folder)
    assert found.intact
    assert not found.conflicts
    assert found.sound == found.closing.seq > 50
    assert verify_journal(folder, found.closing.hash.upper()).intact


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE entries SET body = replace(body, 'round', 'ronde') WHERE seq = 20", ("entry_changed", 20)),
        ("UPDATE entries SET at = 'kemarin' WHERE seq = 7", ("entry_changed", 7)),
        ("UPDATE entries SET operator = 'x' WHERE seq = 30", ("entry_changed", 30)),
        ("UPDATE entries SET body = body || ' ' WHERE seq = 12", ("entry_changed", 12)),
        ("UPDATE entries SET body = '{' WHERE seq = 12", ("entry_changed", 12)),
        ("DELETE FROM entries WHERE seq = 25", ("entry_missing", 25)),
        ("DELETE FROM entries WHERE seq > 40", ("end_missing", 41)),
        ("DELETE FROM entries WHERE seq = 1", ("entry_missing", 1)),
    ],
)
def test_a_change_past_the_guards_is_named_by_its_place(folder, statement, fault):
    assert tampered(folder, statement)[0] == fault


def test_guards_that_are_gone_are_named(folder):
    faults = tampered(folder, quiet=False)
    assert [code for code, _ in faults] == ["trigger_missing"] * len(TRIGGERS)


def test_a_forged_chain_is_found_by_what_was_noted_elsewhere(folder):
    closing = verify_journal(folder).closing
    connection = sqlite3.connect(folder / JOURNAL, isolation_level=None)
    for name in TRIGGERS:
        connection.execute(f"DROP TRIGGER {name}")
    query = (
        "SELECT seq, request, kind, body, operator, channel, at, stamp, origin, prev_hash, hash FROM entries"
    )
    before = START
    for row in connection.execute(f"{query} ORDER BY seq").fetchall():
        held = stored(row)
        body = row[3].replace("latihan", "palsu") if held.seq == 3 else row[3]
        forged = stored((*row[:3], body, *row[4:])).entry
        digest = entry_hash(held.seq, forged, before)
        connection.execute(
            "UPDATE entries SET body = ?, prev_hash = ?, hash = ? WHERE seq = ?",
            (body, before, digest, held.seq),
        )
        before = digest
    connection.close()
    codes = {fault.code for fault in verify_journal(folder, closing.hash).faults}
    assert {"witness_differs", "closing_differs"} <= codes


def test_the_end_that_an_export_noted_must_be_there(folder):
    with open_room(folder, clock) as room:
        tip = room.tip
        export_tables(folder, room.state, tip)
    (folder / WITNESS).unlink()
    faults = tampered(
        folder,
        f"DELETE FROM entries WHERE seq > {tip.seq - 2}",
        f"UPDATE sqlite_sequence SET seq = {tip.seq - 2}",
    )
    assert faults == [("end_missing", tip.seq - 1)]


def test_flipped_bits_are_found_or_change_nothing(folder):
    path = folder / JOURNAL
    clean = path.read_bytes()
    with reading(folder) as journal:
        entries = journal.entries()
    chance, found_out = random.Random(2), 0
    for _ in range(60):
        flipped = bytearray(clean)
        flipped[chance.randrange(len(clean))] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        found = verify_journal(folder)
        if found.intact:
            with reading(folder) as journal:
                assert journal.entries() == entries
        else:
            found_out += 1
    assert found_out > 20


def test_a_truncated_file_is_found_and_what_is_sound_is_counted(folder):
    path = folder / JOURNAL
    clean = path.read_bytes()
    for share in (0.9, 0.6, 0.3, 0.01):
        path.write_bytes(clean[: int(len(clean) * share)])
        found = verify_journal(folder)
        assert not found.intact
        assert found.sound < 60
    path.write_bytes(b"")
    assert not verify_journal(folder).intact
    path.unlink()
    with pytest.raises(JournalRefused):
        verify_journal(folder)
