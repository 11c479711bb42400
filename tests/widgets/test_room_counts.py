"""What a forum counts: preference slips, and a scale that no count can outgrow."""

import pandas as pd
import pytest

from tests.room_pages import opened_page, panel
from workbench.engine.rankings import preference_points
from workbench.room.counting import keyed_in, votes
from workbench.room.round import Way
from workbench.room.session import session_of
from workbench.room.slips import points_of_slip


def opened(room, way, **fields):
    rounds = panel(room, "first_round")
    rounds.way.value = way
    for name, value in fields.items():
        getattr(rounds, name).value = value
    rounds.make_criterion()
    rounds.open()
    assert not room.desk.said.wrong, room.desk.said.text
    return rounds, rounds._entry[1]


def test_a_preference_slip_gives_three_two_and_one_and_is_counted_as_a_slip(room, folder):
    rounds, entry = opened(room, Way.PREFERENCES, cards="4")
    for slip in ("4 1 2", "1", "2 4"):
        entry.slip.value = slip
    held = room.desk.state.rounds[1]
    assert votes(held) == {"U-1": 5, "U-2": 4, "U-3": 0, "U-4": 5, "U-5": 0, "U-6": 0}
    assert keyed_in(held) == type(keyed_in(held))("slips", 3, 4)
    entry.take_back()
    assert votes(room.desk.state.rounds[1])["U-4"] == 3
    assert keyed_in(room.desk.state.rounds[1]).count == 2
    entry.slip.value = "2 4"
    entry.slip.value = "6"
    entry.slip.value = "5"
    assert "kartu yang dibagikan 4" in entry.said.value.replace("\u00a0", " ")
    assert votes(room.desk.state.rounds[1])["U-5"] == 0
    rounds.close()
    again = opened_page(folder)  # another page reads the same from the journal
    table = again.desk.calculated().first[1].table
    assert table["score"].round(4).to_dict() == {
        **dict.fromkeys(("U-1", "U-4"), 41.6667),
        "U-2": 33.3333,
        "U-6": 25.0,
        **dict.fromkeys(("U-3", "U-5"), 0.0),
    }
    assert table["rank"].notna().all()  # what nobody named was counted too, and has no points


def test_slips_add_up_as_the_engine_counts_them():
    slips = [["a", "b", "c"], ["b"], ["c", "a"]]
    sheet = {f"p{at}": {label: place for place, label in enumerate(slip, 1)} for at, slip in enumerate(slips)}
    wanted = preference_points(pd.DataFrame(sheet).T).points.to_dict()
    found = {label: sum(points_of_slip(slip).get(label, 0) for slip in slips) for label in "abc"}
    assert found == wanted


def test_more_dots_than_people_are_still_told_apart(room):
    rounds, entry = opened(room, Way.DOTS, cards="8", each="5")
    fields = list(entry.lines.fields.values())
    fields[0].value, fields[1].value = "9", "12"
    rounds.close()
    table = room.desk.calculated().first[1].table
    assert (table["rank"]["U-2"], table["rank"]["U-1"]) == (1, 2)


@pytest.mark.parametrize(
    ("way", "fields", "said"),
    [
        (Way.HANDS, {"cards": "60"}, "hanya sampai 8"),
        (Way.ORDERS, {}, "arah yang salah"),
    ],
)
def test_a_round_whose_counts_the_criterion_would_rank_wrongly_is_not_opened(room, way, fields, said):
    rounds = panel(room, "first_round")
    rounds.way.value = Way.HANDS
    rounds.cards.value = "8"
    rounds.make_criterion()
    assert rounds._criterion.layout.display == "none"
    rounds.way.value = way
    for name, value in fields.items():
        getattr(rounds, name).value = value
    assert rounds._criterion.layout.display != "none"  # it can be made anew, nothing is scored yet
    rounds.open()
    assert said in room.desk.said.text.replace("\u00a0", " ")
    assert room.desk.state.open_round is None
    rounds.make_criterion()
    rounds.open()
    assert room.desk.state.open_round.way is way


def test_two_kinds_of_counts_never_stand_in_one_column(room):
    rounds, entry = opened(room, Way.HANDS, cards="8")
    next(iter(entry.lines.fields.values())).value = "5"
    rounds.close()
    second = panel(room, "second_round")
    second.way.value = Way.VOTES
    second.open()
    assert "tidak dapat dibandingkan" in room.desk.said.text
    assert session_of(room.desk.state).proposals.frame["suara_forum"]["U-1"] == "5"
