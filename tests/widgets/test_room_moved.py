"""What a second round moved, on the operator's page and the wall: tallies, groups' cards, an agreed value."""

import re

from tests.room_pages import panel, words
from workbench.publishing.minutes import Asked, minutes_of
from workbench.room.round import Way
from workbench.room.showing import Shown
from workbench.widgets.room_moved import moved_rounds
from workbench.widgets.room_views import wall_pages

SPLIT = {"K1\nU-2": "4 0 0 0 4", **{f"K{number}\nU-3": "1 0 0 0 2" for number in (1, 2, 3)}}
"""Marks of the first round: one proposal is disputed, one has too few to be shown."""


def on_wall(room, view):
    pages = wall_pages(room.desk, Shown(view=view))
    return " ".join(words(f"{page.title} {page.body} {page.note}") for page in pages)


def tally(room, step, marks, scope=""):
    rounds = panel(room, step)
    rounds.way.value = Way.TALLY
    rounds.cards.value = "8"
    rounds.scope.value = scope or rounds.scope.value
    rounds.open()
    for cell, field in rounds._entry[1].lines.fields.items():
        field.value = marks.get(cell, "0 0 0 4 4")
    return rounds


def test_two_tallies_tell_what_moved_and_that_nobody_can_be_followed(room):
    tally(room, "first_round", SPLIT).close()
    assert panel(room, "spread").moved.view.layout.display == "none"
    second = tally(room, "second_round", {"K1\nU-2": "0 0 0 6 2"}, scope="2 3")
    assert second.moved.words.value == ""  # hidden as long as the round is open
    second.close()
    shown = words(second.moved.words.value)
    assert "Yang bergeser pada putaran 2" in shown
    assert "beragam: Mendesak \u2192 seragam" in shown
    assert "siapa yang mengubah nilainya tidak dapat diikuti" in shown
    assert "50 (\u00b1100)" in shown
    assert "Mengubah nilai" not in shown
    assert panel(room, "spread").moved.words.value == second.moved.words.value
    second.moved.put_on_wall()
    wall = on_wall(room, "rounds")
    assert "Putaran 2: apa yang bergeser" in wall
    assert "\u2260 beragam \u2192 \u2261 seragam 50 \u2192" in wall
    assert "orang per orang tidak dapat diikuti" in wall
    assert "terlalu sedikit yang menjawab: 3. Rehabilitasi" in wall


def test_what_moved_is_hidden_again_where_the_round_is_reopened(room):
    tally(room, "first_round", SPLIT).close()
    rounds = tally(room, "second_round", {}, scope="2")
    rounds.close()
    rounds.moved.put_on_wall()
    rounds.reason.value = "turus salah baca"
    rounds.reopen()
    assert rounds.moved.words.value == ""
    assert "rounds" not in [view for _, view in room.wall.choice.options]


def test_a_value_agreed_on_directly_stands_beside_the_tally_before(room):
    tally(room, "first_round", SPLIT).close()
    rounds = panel(room, "second_round")
    rounds.way.value = Way.CONSENSUS
    rounds.scope.value = "2"
    rounds.open()
    for field in rounds._entry[1].lines.fields.values():
        field.value = "444"
    rounds.close()
    (found,) = moved_rounds(room.desk).values()
    assert found.settled == ("U-2",)
    assert "beragam: Mendesak \u2192 disepakati langsung" in words(rounds.moved.words.value)
    assert re.search(r"disepakati langsung 50 \u2192 \u2013", on_wall(room, "rounds"))


def test_hands_that_are_raised_again_stand_beside_the_first_count_on_page_wall_and_paper(room, folder):
    for step, most, scope in (("first_round", 8, ""), ("second_round", 1, "2 4")):
        rounds = panel(room, step)
        rounds.way.value, rounds.cards.value, rounds.scope.value = Way.HANDS, "8", scope
        if rounds._criterion.layout.display != "none":
            rounds.make_criterion()
        rounds.open()
        for place, field in enumerate(rounds._entry[1].lines.fields.values()):
            field.value = str(max(most - place, 0))
        rounds.close()
    shown = words(rounds.moved.words.value)
    assert "Hitungan sebelumnya" in shown
    assert re.search(r"2\. \D+ 7 1 2 \u2192 5", shown)
    assert "orang per orang tidak dapat diikuti" in on_wall(room, "rounds")
    (paper,) = minutes_of(folder, Asked()).values()
    (sheet,) = [part for part in paper.parts if "YANG BERGESER" in str(part.blocks[0])]
    assert "angkat tangan" in str(sheet.blocks[1])
    assert "'7', '1', '2 \u2192 5'" in str(sheet.blocks[1])


def test_the_minutes_say_what_two_tallies_moved(room, folder):
    tally(room, "first_round", SPLIT).close()
    assert not [part for part in paper_of(folder).parts if "YANG BERGESER" in str(part.blocks[0])]
    tally(room, "second_round", {}, scope="2").close()
    (sheet,) = [part for part in paper_of(folder).parts if "YANG BERGESER" in str(part.blocks[0])]
    assert "beragam: Mendesak \u2192 seragam" in str(sheet.blocks)
    assert "tidak dapat diikuti" in str(sheet.blocks)


def paper_of(folder):
    (paper,) = minutes_of(folder, Asked()).values()
    return paper
