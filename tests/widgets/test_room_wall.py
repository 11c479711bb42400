"""The wall without a browser: what it shows, when it stays curtained, and that no fault reaches it."""

import re
import sys

from tests.room_pages import panel, scored, words
from workbench.present.i18n import translator
from workbench.widgets.projector import Projector

T = translator("id")


def test_nothing_of_a_result_is_shown_before_a_round_is_closed(room):
    rounds = scored(room)
    assert "Hasil belum ditampilkan" in panel(room, "result").words.value
    assert "Hasil belum ditampilkan" in panel(room, "spread").words.value
    room.wall.put("ranking")
    assert room.desk.said.wrong
    rounds.close()
    assert "svg" in panel(room, "result").picture.value
    assert "svg" in panel(room, "spread").picture.value


def test_the_wall_shows_what_is_put_there_and_waits_for_the_key(room, folder):
    wall = Projector(folder, T, watch=False)
    scored(room).close()
    room.wall.put("ranking")
    wall.look()
    assert "Siap ditampilkan" in wall.page.value
    assert "GARIS PAGU" not in wall.page.value
    wall.turn(1)
    assert "GARIS PAGU" in words(wall.page.value) + words("".join(page.body for page in wall._pages))
    room.wall.turn(1)
    wall.look()
    assert "Siap ditampilkan" not in wall.page.value
    room.wall.put("curtain")
    wall.look()
    assert "Musrenbang Desa Sukamaju" in wall.page.value


def test_reopening_a_round_draws_the_curtain_over_its_result(room, folder):
    rounds = scored(room)
    rounds.close()
    room.wall.put("agreement")
    wall = Projector(folder, T, watch=False)
    assert "Seberapa sepakat" in wall.page.value
    rounds.reason.value = "satu kartu tertinggal"
    rounds.reopen()
    wall.look()
    assert "Seberapa sepakat" not in wall.page.value


def test_every_view_of_the_wall_can_be_drawn_and_holds_no_card(room, folder):
    scored(room).close()
    wall = Projector(folder, T, watch=False)
    for _, view in room.wall.choice.options:
        room.wall.put(view)
        wall.look()
        assert wall.fault == ""
        said = words("".join(page.body for page in wall._pages))
        assert not re.search(r"\b00[1-8]\b", said), view


def test_the_wall_never_shows_a_fault(room, folder, monkeypatch):
    wall = Projector(folder, T, watch=False)
    monkeypatch.setattr(sys.modules["workbench.widgets.projector"], "wall_pages", lambda *_: 1 / 0)
    room.wall.put("agenda")
    wall.look()
    assert "ZeroDivisionError" in wall.fault
    assert "Error" not in words(wall.page.value)
    assert "aman di laptop" in wall.page.value


def test_a_wall_whose_journal_is_gone_says_where_to_look(room, folder):
    wall = Projector(folder, T, watch=False)
    (folder / "riwayat.sqlite").rename(folder / "dipindah.sqlite")
    wall.look()
    assert "JournalRefused" in wall.fault
    assert "lihat pesan di halaman operator" in wall.page.value
    assert "Error" not in words(wall.page.value)
    (folder / "dipindah.sqlite").rename(folder / "riwayat.sqlite")
