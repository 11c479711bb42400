import shutil

import pytest

from tests.room_folders import small_folder
from workbench.errors import InvalidInput
from workbench.store.meeting_folder import districts_to_choose, meeting_folder
from workbench.store.project_files import sample_folder
from workbench.store.room import open_room
from workbench.store.session_folder import open_session


def test_a_list_of_many_districts_is_cut_to_one_meeting_and_stays_as_it_is(tmp_path):
    folder = shutil.copytree(sample_folder(), tmp_path / "daftar")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert len(districts_to_choose(folder)) > 1
    place = meeting_folder(folder, "99.01.09")
    opened = open_session(place)
    assert place.name == "daftar-99.01.09"
    assert opened.session.proposals.districts == ("99.01.09",)
    assert len(opened.session.ballots) == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert meeting_folder(folder, "99.01.09") == place
    with open_room(place, lambda: "") as room:
        assert len(room.state.listed) == len(opened.session.proposals)
    assert districts_to_choose(place) == {}


def test_one_forum_needs_no_choice_and_nothing_is_written_over(tmp_path):
    folder = small_folder(tmp_path / "desa")
    assert districts_to_choose(folder) == {}
    taken = tmp_path / "desa-99.01.01"
    taken.mkdir()
    (taken / "catatan.txt").write_text("milik orang lain")
    with pytest.raises(InvalidInput):
        meeting_folder(folder, "99.01.01")
