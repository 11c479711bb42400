"""Criteria weighed on cards, bands of the score, and the watch of a page whose program has fallen silent."""

import asyncio

import pytest

from tests.room_pages import part_of
from workbench.domain.preferences import Way
from workbench.present.i18n import translator
from workbench.prioritisation import prioritise
from workbench.room.session import session_of
from workbench.room.setting import rules_of
from workbench.widgets import meeting_room
from workbench.widgets.room_preferences import PreferencesPart
from workbench.widgets.room_watch import SILENCE, Watch, banner


@pytest.fixture
def preferences(room):
    return part_of(room, "criteria").preferences


def give(part, card, line):
    part.card.value = card
    part.line.value = line


def weights(room):
    session, rules = session_of(room.desk.state), rules_of(room.desk.state)
    return prioritise(session, rules).weights.values.round(6).to_dict()


def answers(room, card):
    rows = room.desk.state.preferences.rows.values()
    return {(row["way"], row["criterion"]): row["value"] for row in rows if row["participant"] == card}


def test_an_order_of_criteria_is_keyed_and_weighs_them(room, preferences):
    give(preferences, "1", "2 1=3")
    assert answers(room, "001") == {("rank", "K2"): 1.0, ("rank", "K1"): 2.0, ("rank", "K3"): 2.0}
    assert "Kartu 001 selesai" in preferences.said.value
    give(preferences, "2", "2 1")
    assert "nomor 3" in preferences.said.value.replace("\u00a0", " ")
    assert preferences.line.value == ""  # a refused line never waits for another card
    give(preferences, "2", "2 1 1 3")
    give(preferences, "99", "1 2 3")
    assert answers(room, "002") == {}
    give(preferences, "2", "1 2 3")
    assert "urutan 2, biji 0" in preferences.progress.value.replace("\u00a0", " ")
    preferences.use()
    found = weights(room)
    assert found == pytest.approx({"K1": 0.402778, "K2": 0.444444, "K3": 0.152778}, abs=1e-6)


def test_beans_are_counted_and_stand_beside_what_a_card_said_before(room, preferences):
    give(preferences, "1", "1 2 3")
    preferences.way.value = Way.POINTS
    preferences.beans.value = "10"
    give(preferences, "1", "5 3 3")
    assert "11 biji, seharusnya 10" in preferences.said.value.replace("\u00a0", " ")
    give(preferences, "1", "0 0 0")
    give(preferences, "1", "lima tiga dua")
    assert len(answers(room, "001")) == 3
    give(preferences, "1", "6 - 4")
    assert answers(room, "001")["points", "K1"] == 6.0
    assert ("points", "K2") not in answers(room, "001")  # left empty is not zero
    assert len(answers(room, "001")) == 5
    give(preferences, "1", "5 3 2")
    assert {way for way, _ in answers(room, "001")} == {"rank", "points"}
    preferences.use()
    assert rules_of(room.desk.state).weighting == "combined"
    assert sum(weights(room).values()) == pytest.approx(1)


def test_a_line_needs_its_card(room, preferences):
    preferences.line.value = "1 2 3"
    assert "nomor kartu dahulu" in preferences.said.value
    assert not room.desk.state.preferences.rows


def test_bands_are_keyed_line_by_line_and_read_the_score(room):
    bands = part_of(room, "bands")
    for line in ("P2; 60; menyusul", "P1; 79,5; dikerjakan dahulu", "P3; 40"):
        bands.line.value = line
    assert [row["band"] for row in bands._ordered()] == ["P1", "P2", "P3"]
    bands.line.value = "P4 20"
    assert room.desk.said.wrong
    bands.line.value = "P3; 45; ditunda"
    bands.decimals.value = "1"
    bands.round()
    bands.number.value = "2"
    bands.remove()
    rows = list(room.desk.state.bands.rows.values())
    assert {row["band"]: row["lower"] for row in rows} == {"P1": 79.5, "P3": 45.0}
    assert {row["decimals"] for row in rows} == {1}
    assert session_of(room.desk.state).bands.names == ("P1", "P3")
    bands.line.value = "P5; 45"
    assert room.desk.said.wrong  # two bands begin at the same score
    assert "P5" not in bands.table.value
    bands.decimals.value = "banyak"
    bands.round()
    assert room.desk.said.wrong
    assert bands.summary(room.desk) == room.desk.t("bands.summary", count=2)


def test_a_beat_puts_a_new_hidden_banner_in_the_place_of_the_last():
    watch = Watch(translator("id"))
    watch.beat(1)
    first = watch.view.value
    watch.beat(2)
    assert watch.view.value != first
    assert "visibility:hidden" in first
    assert f"room-silent 0s {SILENCE}s forwards" in first
    assert "<script" not in first
    assert "tersimpan aman" in first
    watch.end()
    assert watch.view.value == ""
    assert "&lt;b&gt;" in banner("<b>", 0)


def test_a_page_beats_as_soon_as_there_is_a_loop_and_stops_when_it_is_told():
    async def shown():
        watch = Watch(translator("en"))
        watch.begin()
        await asyncio.sleep(0)
        begun = watch.view.value
        watch.end()
        task = watch._task
        task.cancel()
        return begun

    assert "data-beat='0'" in asyncio.run(shown())


def test_where_nobody_beats_no_banner_waits(folder):
    watch, *_ = meeting_room(folder).children
    assert watch.value == ""


def test_opening_the_part_sends_nothing_to_a_line_that_a_quick_hand_is_typing_into(room):
    part, sent = PreferencesPart(room.desk), []
    part.line.observe(lambda change: sent.append(change["name"]))
    part.show()
    assert sent == []
