"""The first page: go on, begin from a list, practise; a real room is never reset."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from tests.room_folders import small_folder
from workbench.errors import InvalidInput
from workbench.present.i18n import translator
from workbench.store.journal_format import JOURNAL, has_journal
from workbench.store.practice import is_practice, reset_practice
from workbench.store.room import open_room
from workbench.widgets.projector import Projector
from workbench.widgets.room import MeetingRoom, entrance
from workbench.widgets.room_desk import Desk, clock

T = translator("id")
LIST = """No;Nama Kegiatan;Lokasi;Volume;Satuan;Perkiraan Biaya
1;Pipanisasi air bersih;Dusun Krajan;1;paket;120.000.000
2;Rabat beton jalan usaha tani;Dusun Lor;300;meter;210.000.000
3;Rehabilitasi posyandu;Dusun Kidul;1;unit;45.000.000
"""


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL))


def test_practice_is_one_click_marked_everywhere_and_begins_again(place_of_meetings):
    first = entrance(None, T)
    first.practise()
    desk = first.desk
    assert is_practice(desk.room.folder)
    assert "LATIHAN: bukan musyawarah" in str(first.view.children[0].children[1].children[0].value)
    assert desk.session().facts.data_mark == "latihan (data rekaan)"
    wall = Projector(None, T, watch=False)
    assert "LATIHAN · " in words(wall.page.value)
    desk.act("facts_set", {"facts": {"place": "Kelas"}})
    first.restart()
    wall.look()
    assert "Kelas" not in wall.page.value
    assert len(first.desk.state.history) == 1
    first.leave()
    assert first.desk is None
    wall.look()
    assert "belum dibuka" in wall.page.value
    assert "latihan" in first.asked.known.options[0][0]
    first.practise_anew()
    assert len(first.desk.state.history) == 1


def test_the_simulated_room_plays_from_the_beginning_alone(place_of_meetings):
    first = entrance(None, T)
    first.practise()
    room = MeetingRoom(first.desk, watch=False)
    room.practice.play()
    assert first.desk.state.locked or len(first.desk.state.decisions) > 0
    assert "selesai" in room.practice.said.value
    room.practice.play()
    assert "Ulang dari awal" in room.practice.said.value


def test_a_real_room_has_no_such_button_and_the_store_refuses(tmp_path, place_of_meetings):
    folder = small_folder(tmp_path / "nyata")
    first = entrance(folder, T)
    bar = first.view.children[0].children[1]
    assert bar.layout.display == "none"
    first.restart()
    assert "tidak pernah dihapus" in words(first.asked.said.value)
    with pytest.raises(InvalidInput):
        reset_practice(folder)
    assert has_journal(folder)
    again = entrance(None, T)
    assert str(folder) in dict(again.asked.known.options).values()  # it stands elsewhere, and is offered
    again.asked.known.value = str(folder)
    again.go_on()
    assert again.desk.room.folder == folder


def test_a_new_meeting_is_made_of_a_list_with_its_name(tmp_path, place_of_meetings):
    source = tmp_path / "usulan desa.csv"
    source.write_text(LIST, encoding="utf-8")
    new = entrance(None, T).asked.new
    new.make()
    assert "belum diberi nama" in words(new.said.value)
    new.name.value = 'Desa "Maju": 2026'
    new.make()
    assert "Pilih dahulu berkas" in words(new.said.value)
    new.path.value = str(tmp_path / "tidak-ada.xlsx")
    new.make()
    assert "tidak-ada.xlsx" in words(new.said.value)
    new.path.value = f'"{source}"'
    new.make()
    if new.said.value:  # the list is asked about, for example where it lies
        assert "Satuan uang" in new.unit.description
        new.region.value = "73.02.01"
        new.make()
    folder = place_of_meetings / "Desa Maju 2026"
    assert has_journal(folder)
    assert open_room(folder, clock).state.facts["forum"] == 'Desa "Maju": 2026'
    assert [row["cost"] for row in open_room(folder, clock).state.proposals.rows.values()] == [
        120_000_000, 210_000_000, 45_000_000,
    ]  # fmt: skip
    new.make()
    assert "sudah ada isi lain" in words(new.said.value)


def test_a_list_chosen_on_the_page_is_read_as_one_from_the_disk(place_of_meetings):
    first = entrance(None, T)
    first.asked.new.name.value = "Dari peramban"
    chosen = {
        "name": "C:\\tmp\\usulan.csv",
        "type": "text/csv",
        "size": len(LIST),
        "last_modified": datetime.now(tz=UTC),
        "content": memoryview(LIST.encode()),
    }
    first.asked.new.upload.value = (chosen,)
    first.asked.new.region.value = "73.02.01"
    first.asked.new.make()
    assert len(first.desk.state.proposals.rows) == 3
    report = place_of_meetings / "Dari peramban" / "impor" / "laporan-impor.html"
    assert report.is_file()
    assert first.desk.said.text == (
        "3 usulan dibaca dari usulan.csv; 0 baris disisihkan dan 0 lembar tidak dibaca. "
        f"Alasannya satu per satu: {report}"
    )
    desk = Desk(open_room(first.desk.room.folder, clock), T)
    assert MeetingRoom(desk, watch=False).steps.value == "preparation"


def test_a_folder_that_is_copied_to_the_internet_is_warned_about(tmp_path, place_of_meetings):
    folder = small_folder(tmp_path / "OneDrive - Kecamatan" / "rapat")
    assert "OneDrive" in entrance(folder, T).desk.said.text
    assert (folder / JOURNAL).is_file()
