"""A disk that is really full, and one that can only be read: said in words, nothing lost, and it goes on."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tests.room_folders import small_folder
from tests.room_pages import words
from workbench.present.i18n import translator
from workbench.store.journal_check import verify_journal
from workbench.store.room import open_room
from workbench.widgets.room import MeetingRoom, entrance
from workbench.widgets.room_desk import Desk, clock
from workbench.widgets.room_minutes import MinutesPanel
from workbench.widgets.room_paper import PaperPart

T = translator("id")
LIST = "No;Nama Kegiatan;Perkiraan Biaya\n1;Pipanisasi;120.000.000\n2;Talud;10.000.000\n"


def mounted(*arguments):
    program = shutil.which("mount")
    if program is None:
        return False
    return subprocess.run([program, *map(str, arguments)], capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path):
    place = tmp_path / "disk-kecil"
    place.mkdir()
    if not mounted("-t", "tmpfs", "-o", "size=2m", "tmpfs", place):
        pytest.skip("only the system's owner may mount a small disk")
    yield place
    subprocess.run([shutil.which("umount"), "-l", str(place)], check=False)


def fill(place):
    with (place / "isi").open("wb", buffering=0) as stream:
        try:
            while stream.write(b"x" * 4096):
                pass
        except OSError:
            return


def test_a_full_disk_is_told_on_every_page_and_the_entry_goes_on(small_disk, tmp_path, monkeypatch):
    folder = small_folder(small_disk / "rapat")
    room = MeetingRoom(Desk(open_room(folder, clock), T), watch=False)
    desk = room.desk
    assert entrance(folder, T).desk.said.text.startswith("Disk hampir penuh")
    room.steps.value = "first_round"
    rounds = room._panels["first_round"]
    rounds.open()
    lines = rounds._entry[1].lines
    rounds._entry[1].card.value = "1"
    fields = list(lines.fields.values())
    fields[0].value = "345"
    fill(small_disk)
    safe = desk.room.tip.seq
    fields[1].value = "345"
    assert "belum tersimpan" in words(lines.marks["U-2"].value)
    assert f"isian yang tersimpan aman: {safe}" in words(desk.said.text)
    desk.act("facts_set", {"facts": {"place": "Balai " * 3000}})
    assert "Disk penuh" in desk.said.text
    paper, minutes, first = PaperPart(desk), MinutesPanel(desk), None
    paper.write()
    minutes.write()
    monkeypatch.setenv("WORKBENCH_MEETINGS", str(small_disk / "tempat"))
    (tmp_path / "daftar.csv").write_text(LIST, encoding="utf-8")
    first = entrance(None, T)
    first.asked.new.name.value, first.asked.new.path.value = "Baru", str(tmp_path / "daftar.csv")
    first.asked.new.region.value = "73.02.01"
    first.asked.new.make()
    told = [paper.said.value, minutes.files.value, first.asked.new.said.value]
    first.practise()
    for html in (*told, first.asked.said.value):
        assert "disk penuh" in words(html)
        assert "No space" not in html
    assert not (small_disk / "tempat" / "Baru").exists()
    assert not list(small_disk.rglob("*.part"))
    (small_disk / "isi").unlink()
    fields[1].value = ""
    fields[1].value = "345"
    assert "tersimpan" in words(lines.marks["U-2"].value)
    assert desk.said.text == ""  # what was wrong is over
    assert desk.room.tip.seq == safe + 1
    assert verify_journal(folder).intact


def test_a_folder_that_can_only_be_read_opens_and_says_so(small_disk, tmp_path):
    folder = small_folder(small_disk / "rapat")
    with open_room(folder, clock) as room:
        room.act("step_entered", {"step": "conditions"})
    locked = tmp_path / "terkunci"
    locked.mkdir()
    if not (mounted("--bind", small_disk, locked) and mounted("-o", "remount,ro,bind", locked)):
        pytest.skip("no second view of a disk here")
    try:
        closed = entrance(locked / "rapat", T)
        assert "hanya dapat dibaca" in words(closed.asked.said.value)
        assert "aman: 0" not in closed.asked.said.value
        assert "salin foldernya ke disk laptop" in words(closed.asked.said.value)
        with open_room(folder, clock):  # another page has it open, so that it can be read
            first = entrance(locked / "rapat", T)
            assert "hanya dapat dibaca" in first.desk.said.text
            assert first.desk.state.step == "conditions"
            first.desk.act("facts_set", {"facts": {"place": "Balai"}})
            assert "tidak boleh ditulis" in first.desk.said.text
            paper = PaperPart(first.desk)
            paper.write()
            assert "hanya dapat dibaca" in words(paper.said.value)
            first.desk.room.close()
    finally:
        subprocess.run([shutil.which("umount"), "-l", str(locked)], check=False)
