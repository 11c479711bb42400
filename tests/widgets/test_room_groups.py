"""A whole meeting with one card a group, from the offer to the minutes."""

from types import SimpleNamespace

import pytest

from tests.room_pages import panel, words
from workbench.present.minutes.paper import _Writer
from workbench.present.room_paper import group_card_paper
from workbench.prioritisation import prioritise
from workbench.room.counting import keyed_in
from workbench.room.round import Way
from workbench.room.session import session_of
from workbench.room.setting import rules_of
from workbench.room.showing import Shown
from workbench.widgets.room_views import wall_pages

DIGITS = ("455", "344", "213", "155", "555", "321")


def on_wall(room, view):
    pages = wall_pages(room.desk, Shown(view=view))
    return " ".join(words(f"{page.title} {page.body} {page.note}") for page in pages)


def register(room, **groups):
    taken = len(room.desk.state.participants.rows)
    for name, members in groups.items():
        cards = [f"{number:03d}" for number in range(taken + 1, taken + members + 1)]
        taken += members
        rows = [{"participant": card, "group": name} for card in cards]
        assert room.desk.act("participants_registered", {"participants": rows})


@pytest.fixture
def grouped(room):
    """Melati and Mawar with four members each, and three larger groups."""
    register(room, Melati=4, Anggrek=6, Kenanga=8)
    rows = room.desk.state.participants.rows
    for card in [card for card, row in rows.items() if row["group"] == "Mawar"]:
        room.desk.act("participant_changed", {"participant": card, "changes": {"group": "Kenanga"}})
    return room


def offered(rounds, way):
    return next(made for offer, made in rounds.offers.offers if offer.way is way)


def key(entry, place, shift=0):
    entry.card.value = str(place)
    for at, field in enumerate(entry.lines.fields.values()):
        field.value = DIGITS[(at + shift * (at % 2)) % len(DIGITS)]


def scored(room):
    rounds = panel(room, "first_round")
    rounds.cards.value = "300"
    offered(rounds, Way.GROUPS).click()
    rounds.open()
    for place in (1, 2, 3):
        key(rounds._entry[1], place, shift=place)
    return rounds


def test_one_press_on_the_offer_chooses_the_way_of_the_coming_round(grouped):
    rounds = panel(grouped, "first_round")
    rounds.cards.value = "300"
    offered(rounds, Way.GROUPS).click()
    assert (rounds.way.value, rounds.cards.value) == (Way.GROUPS, "3")
    assert not grouped.desk.state.rounds  # the forum still opens it itself
    assert "Buka putaran" in grouped.desk.said.text
    assert "satu kelompok satu suara" in words(rounds.offers.words.value)
    assert not rounds.offers.offers  # it is short enough now
    rounds.cards.value = "300"
    assert Way.GROUPS not in [offer.way for offer, _ in rounds.offers.offers]  # it is chosen already
    offered(rounds, Way.TALLY).click()
    assert rounds.way.value is Way.TALLY


def test_a_group_is_keyed_by_its_number_and_counted_as_a_group(grouped):
    rounds = panel(grouped, "first_round")
    rounds.way.value = Way.GROUPS
    rounds.open()
    entry = rounds._entry[1]
    assert "1 Melati (8 orang)" in words(entry.view.children[2].value)
    entry.card.value = "9"
    assert "Kelompok 9 belum ada" in words(entry.said.value)
    key(entry, "ang")  # the beginning of a name is enough
    assert "Kelompok Anggrek selesai" in words(entry.said.value)
    assert "1 kelompok lengkap" in words(entry.progress.value)
    held = grouped.desk.state.rounds[1]
    assert list(held.lines) == ["kelompok-Anggrek"]
    assert keyed_in(held) == type(keyed_in(held))("groups", 1, 3)
    wall = on_wall(grouped, "voting")
    assert "1 / 3" in wall
    assert "kelompok sudah masuk" in wall
    assert "kartu" not in wall


def test_result_spread_and_minutes_speak_of_groups_and_are_what_prioritise_says(grouped):
    rounds = scored(grouped)
    rounds.close()
    spread = on_wall(grouped, "spread")
    assert "separuh tengah dari 3 kelompok" in spread
    assert "terlalu sedikit" not in spread
    assert "orang" not in on_wall(grouped, "agreement")
    assert "satu orang satu suara tidak dapat dihitung" in on_wall(grouped, "readings")
    assert "satu kelompok satu suara" in words(panel(grouped, "result").readings.value)
    session, rules = session_of(grouped.desk.state), rules_of(grouped.desk.state)
    outcome = prioritise(session, rules)
    assert grouped.desk.calculated().first[1].table.equals(outcome.table)
    means = session.ballots.frame.groupby(["proposal", "criterion"])["points"].mean()
    assert outcome.cells.values["K1"].to_dict() == means.xs("K1", level="criterion").to_dict()
    material = SimpleNamespace(session=session)
    facts = dict.fromkeys(("day", "date", "start", "end", "zone", "place", "present"), "")
    terms = dict(_Writer(material, None, facts, grouped.desk.t)._meeting())
    assert "satu kartu satu kelompok, 3 kelompok" in terms["Cara menilai"].replace("\u00a0", " ")
    assert "suara perorangan tidak dicatat" in terms["Cara menilai"]
    second = panel(grouped, "second_round")
    assert second.way.value is Way.GROUPS  # a further round goes on as the last one did


def test_a_small_group_is_named_before_the_round_opens(grouped):
    register(grouped, Dahlia=3)
    rounds = panel(grouped, "first_round")
    rounds.way.value = Way.GROUPS
    assert "Terlalu kecil untuk ditampilkan tersendiri: Dahlia" in words(rounds.offers.words.value)


def test_a_line_of_a_group_is_put_right_and_a_torn_card_taken_out(grouped):
    rounds = scored(grouped)
    repair = rounds.repair
    assert repair.card.description == "Kelompok"
    repair.card.value, repair.number.value = "2", "1"
    repair.digits.value, repair.reason.value = "111", "salah baca"
    repair.record()
    assert not grouped.desk.said.wrong, grouped.desk.said.text
    held = grouped.desk.state.rounds[1]
    assert held.corrections["kelompok-Kenanga", "U-1"].said == {"K1": 1.0, "K2": 1.0, "K3": 1.0}
    repair.card.value, repair.reason.value = "anggrek", "kartunya robek"
    repair.void()
    assert set(grouped.desk.state.rounds[1].voided) == {"kelompok-Anggrek"}
    rounds._entry[1].card.value = "3"
    assert "sudah dibatalkan" in words(rounds._entry[1].said.value)


def test_cards_of_groups_are_printed_with_the_numbers_that_the_page_asks_for(grouped):
    desk = grouped.desk
    paper = group_card_paper(desk.session(), desk.numbers(), desk.t)
    drawn = [words(part.blocks[0].picture) for part in paper.parts]
    assert len(drawn) == 3
    assert "Kartu kelompok 2" in drawn[1].replace("\u00a0", " ")
    assert "Kenanga" in drawn[1]
