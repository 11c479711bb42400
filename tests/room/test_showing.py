"""The wall shows only what closed rounds have revealed, whatever was put there before."""

import pytest

from tests.room_folders import small_folder
from workbench.errors import InvalidInput
from workbench.room.showing import RESULTS, may_show, shown_of
from workbench.store.room import open_room


@pytest.fixture
def room(tmp_path):
    return open_room(small_folder(tmp_path / "musyawarah"), lambda: "2026-01-20T09:00:00+07:00")


def opened_and_closed(room):
    room.act("round_opened", {"round": 1, "way": "consensus"})
    for label in room.state.listed:
        room.act("points_agreed", {"round": 1, "proposal": label, "points": {"K1": 3, "K2": 4, "K3": 2}})
    room.act("round_closed", {"round": 1})


def test_nothing_is_shown_before_a_round_is_closed(room):
    assert shown_of(room.state).view == "curtain"
    for view in (*RESULTS, "simulation"):
        with pytest.raises(InvalidInput):
            room.act("wall_shown", {"view": view})
    room.act("round_opened", {"round": 1, "way": "consensus"})
    assert not any(may_show(room.state, view) for view in RESULTS)
    room.act("wall_shown", {"view": "voting", "page": 0})
    assert shown_of(room.state).view == "voting"


def test_a_result_on_the_wall_goes_away_when_a_round_opens_again(room):
    opened_and_closed(room)
    room.act("wall_shown", {"view": "ranking", "covered": True, "page": 2})
    shown = shown_of(room.state)
    assert (shown.view, shown.covered, shown.page) == ("ranking", True, 2)
    room.act("round_reopened", {"round": 1, "reason": "satu usulan tertinggal"})
    assert shown_of(room.state).view == "curtain"


def test_a_simulation_leaves_the_wall_when_the_chair_closes_it(room):
    opened_and_closed(room)
    with pytest.raises(InvalidInput):
        room.act("wall_shown", {"view": "simulation"})
    room.act("simulation_opened", {"reason": "permintaan pimpinan"})
    room.act("wall_shown", {"view": "simulation", "details": {"ceiling": 5}})
    assert shown_of(room.state).details["ceiling"] == 5
    room.act("simulation_closed", {})
    assert shown_of(room.state).view == "curtain"


def test_the_wall_may_change_after_the_result_is_locked(room):
    opened_and_closed(room)
    room.act("session_locked", {})
    room.act("wall_shown", {"view": "decisions"})
    assert shown_of(room.state).view == "decisions"


def test_two_showings_of_one_view_can_be_told_apart(room):
    room.act("wall_shown", {"view": "agenda"})
    first = shown_of(room.state)
    room.act("wall_shown", {"view": "agenda"})
    assert shown_of(room.state) != first
