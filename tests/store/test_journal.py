"""The journal keeps what it has acknowledged, takes nothing back, and says what the disk says."""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import sqlite3
import tempfile
import time
from pathlib import Path

import pytest

from tests.store.rooms import clock, in_child, opened, play, village
from workbench.errors import InvalidInput, JournalRefused
from workbench.present.i18n import translator
from workbench.present.problems import error_sentence
from workbench.room.entries import Entry
from workbench.room.replay import replay
from workbench.store.journal_check import verify_journal
from workbench.store.journal_format import JOURNAL, VERSION
from workbench.store.journal_opening import create_journal, open_journal, reading
from workbench.store.room import open_room

KILLS = 200 if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else 15
FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
# The parent has threads of numeric libraries, which the child never touches.
FORK_WARNING = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


def step(name: str, request: str = "") -> Entry:
    return Entry("step_entered", {"step": name}, request or f"r-{name}")


def test_the_folder_is_opened_once_and_the_journal_goes_on(tmp_path):
    with opened(tmp_path) as room:
        room.act("step_entered", {"step": "result"})
        tip = room.tip
    with open_room(tmp_path, clock) as again:
        assert again.state.step == "result"
        assert again.tip == tip
        assert again.state.opened


def test_settings_are_those_that_survive_a_pulled_plug(tmp_path):
    with opened(tmp_path):
        connection = sqlite3.connect(tmp_path / JOURNAL)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        connection.close()
    journal = open_journal(tmp_path)
    assert journal._connection.execute("PRAGMA synchronous").fetchone() == (2,)
    journal.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET kind = 'x'",
        "DELETE FROM entries",
        "INSERT OR REPLACE INTO entries SELECT * FROM entries",
        "UPDATE identity SET origin = 'x'",
        "DELETE FROM identity",
    ],
)
def test_what_is_written_cannot_be_changed(tmp_path, statement):
    with opened(tmp_path) as room:
        connection = room._journal._connection
        with pytest.raises(sqlite3.IntegrityError, match="append only"):
            connection.execute(statement)


def test_a_retry_counts_once_and_another_content_under_its_id_is_refused(tmp_path):
    with opened(tmp_path) as room:
        first, again = (room.deliver([step("result", "r")])[0] for _ in range(2))
        assert (first.seq, first.repeated) == (2, False)
        assert (again.seq, again.repeated) == (2, True)
        (other,) = room.deliver([step("minutes", "r")])
        assert [problem.code for problem in other.problems] == ["request_reused"]
        assert room.tip.seq == 2


def test_deliveries_in_one_commit_are_taken_or_refused_by_themselves_or_together(tmp_path):
    with opened(tmp_path) as room:
        bad = Entry("ballot_keyed", {"round": 9}, "bad")
        receipts = room.deliver([step("spread"), bad, step("result")])
        assert [receipt.seq for receipt in receipts] == [2, None, 3]
        state = room.state
        with pytest.raises(InvalidInput):
            room.deliver([step("minutes"), bad], together=True)
        assert room.state == state
        assert room.tip.seq == 3


def test_two_pages_of_one_laptop_never_write_past_each_other(tmp_path):
    with opened(tmp_path) as one, open_room(tmp_path, clock) as other:
        one.act("round_opened", {"round": 1, "way": "cards"})
        with pytest.raises(InvalidInput) as refused:
            other.act("round_opened", {"round": 1, "way": "tally"})
        assert refused.value.problems[0].code == "round_open"
        line = {"round": 1, "participant": "001", "proposal": "U-1", "points": {"K1": 3, "K2": 4}}
        other.act("ballot_keyed", line)
        assert one.refresh() == other.state
        assert verify_journal(tmp_path).intact


def test_a_page_that_waits_too_long_for_another_says_so(tmp_path):
    with opened(tmp_path) as room:
        room._journal._connection.execute("PRAGMA busy_timeout = 50")
        holder = sqlite3.connect(tmp_path / JOURNAL, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalRefused) as refused:
            room.act("step_entered", {"step": "result"})
        holder.execute("ROLLBACK")
        holder.close()
        assert refused.value.code == "journal_busy"
        room.act("step_entered", {"step": "result"})


@FORKS
@FORK_WARNING
def test_nothing_acknowledged_is_lost_when_the_process_is_killed(tmp_path):
    with opened(tmp_path) as room:
        first = room.entries()[0].entry
    whole = opened(tmp_path / "whole")
    play(whole, seed=3)
    expected, chance, told = whole.state, random.Random(11), set()
    length = whole.tip.seq
    whole.close()
    for _ in range(KILLS):

        def work(write: int) -> None:
            with open_room(tmp_path, clock) as room:
                play(room, 3, lambda request: os.write(write, f"{request}\n".encode()))

        child, read = in_child(work)
        select.select([read], [], [], 20)
        time.sleep(chance.uniform(0, 0.06))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(read) as pipe:
            told |= {line.strip() for line in pipe if line.endswith("\n")}
        with reading(tmp_path) as journal:
            kept = [held.entry for held in journal.entries()]
        assert told <= {entry.request for entry in kept}
        found = verify_journal(tmp_path)
        assert found.intact, found.faults
        assert not replay(kept).set_aside
        if len(kept) == length:  # the meeting is over: begin the next one on the same folder
            for path in tmp_path.glob("riwayat*"):
                path.unlink()
            with open_room(tmp_path, clock) as room:
                assert room.entries()[0].entry.content == first.content
            told = set()
    with open_room(tmp_path, clock) as room:
        play(room, 3)
        assert session_facts(room.state) == session_facts(expected)


def session_facts(state):
    return state.rounds, state.proposals, state.decisions, state.steps, state.budget, state.attended


def test_a_pulled_plug_leaves_every_acknowledged_entry_and_a_readable_journal(tmp_path):
    with opened(tmp_path) as room:
        log = tmp_path / f"{JOURNAL}-wal"
        room.act("round_opened", {"round": 1, "way": "cards"})
        acknowledged, sizes = [], []
        for card in ("001", "002", "003", "004"):
            for label in ("U-1", "U-2", "U-3"):
                points = {"K1": 3, "K2": 4}
                line = {"round": 1, "participant": card, "proposal": label, "points": points}
                room.act("ballot_keyed", line)
                acknowledged.append(room.tip.seq)
                sizes.append(log.stat().st_size)
        base, written = (tmp_path / JOURNAL).read_bytes(), log.read_bytes()
    chance = random.Random(5)
    for seq, size in zip(acknowledged, sizes, strict=True):
        cut = chance.randint(size, len(written))
        torn = written[:cut] + chance.randbytes(chance.choice([0, 37, 4096]))
        place = tmp_path / f"plug-{seq}"
        place.mkdir()
        (place / JOURNAL).write_bytes(base)
        (place / f"{JOURNAL}-wal").write_bytes(torn)
        with open_journal(place) as journal:
            assert journal.tip().seq >= seq
        assert verify_journal(place).intact


def sentence(error: JournalRefused) -> str:
    text = error_sentence(error, translator("id"))
    assert "kode" not in text
    return text


def test_a_full_disk_says_that_everything_before_is_safe(tmp_path):
    with opened(tmp_path) as room:
        room.act("step_entered", {"step": "conditions"})
        connection = room._journal._connection
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        state = room.state
        with pytest.raises(JournalRefused) as refused:
            room.act("facts_set", {"facts": {"place": "balai " * 20_000}})
        assert refused.value.code == "journal_disk_full"
        assert refused.value.facts["safe"] == 2
        assert "isian yang tersimpan aman: 2" in sentence(refused.value)
        assert room.state == state
        connection.execute(f"PRAGMA max_page_count = {pages + 100}")
        room.act("facts_set", {"facts": {"place": "balai " * 20_000}})
        assert room.tip.seq == 3
    assert verify_journal(tmp_path).intact


def test_a_journal_that_was_replaced_takes_nothing_more(tmp_path):
    with opened(tmp_path) as room:
        kept = (tmp_path / JOURNAL).read_bytes()
        for change in ((tmp_path / JOURNAL).unlink, lambda: (tmp_path / JOURNAL).write_bytes(kept)):
            change()
            with pytest.raises(JournalRefused) as refused:
                room.act("step_entered", {"step": "result"})
            assert refused.value.code == "journal_replaced"
        assert room.state.step == ""


@FORKS
@FORK_WARNING
def test_a_folder_that_may_not_be_written_can_still_be_read(tmp_path):
    folder = tmp_path / "arsip"
    with opened(folder) as room:
        room.act("step_entered", {"step": "conditions"})
        # As an archive made while the room was open: the log still stands beside the journal.
        shutil.copytree(folder, tmp_path / "kopi")
    copy = tmp_path / "kopi"
    copy.chmod(0o555)
    for path in copy.iterdir():
        path.chmod(0o444)
    temporary = Path(tempfile.gettempdir())
    for parent in (tmp_path, *tmp_path.parents):  # as many folders as there are workers' names in the path
        if parent == temporary or not parent.is_relative_to(temporary):
            break
        parent.chmod(parent.stat().st_mode | 0o055)

    def work(write: int) -> None:
        if os.getuid() == 0:
            os.setuid(65534)
        with reading(copy) as journal:
            os.write(write, f"{len(journal.entries())}\n".encode())
        try:
            with open_room(copy, clock) as room:
                room.act("step_entered", {"step": "result"})
        except JournalRefused as error:
            os.write(write, f"{error.code}\n".encode())

    child, read = in_child(work)
    os.waitpid(child, 0)
    with os.fdopen(read) as pipe:
        said = pipe.read().split()
    copy.chmod(0o755)
    assert said[0] == "2"
    assert said[1] in ("journal_read_only", "journal_not_reachable")


def test_a_journal_of_a_newer_program_and_foreign_files_are_not_touched(tmp_path):
    with opened(tmp_path):
        pass
    connection = sqlite3.connect(tmp_path / JOURNAL)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(JournalRefused) as refused:
        open_room(tmp_path, clock)
    assert refused.value.code == "journal_too_new"
    (tmp_path / JOURNAL).write_bytes(b"bukan riwayat" * 1000)
    with pytest.raises(JournalRefused) as refused:
        open_room(tmp_path, clock)
    assert refused.value.code == "journal_damaged"


def test_a_room_that_was_cut_off_before_its_first_entry_opens(tmp_path):
    create_journal(village(tmp_path), "asal").close()
    with open_room(tmp_path, clock) as room:
        assert room.state.opened
        assert room.entries()[0].entry.origin == "asal"


def test_of_two_pages_that_make_the_journal_at_once_one_wins(tmp_path):
    village(tmp_path)
    one, other = create_journal(tmp_path, "satu"), create_journal(tmp_path, "dua")
    assert one.origin == other.origin == "satu"
    one.close()
    other.close()
    assert [path.name for path in tmp_path.glob("*.baru")] == []
