"""Keying a round in: the caret, the two operators, what is counted, and what is put right, way by way."""

import pytest

from tests.room_pages import panel, words
from workbench.present.wall import wall_html
from workbench.robustness import joint_of
from workbench.room.counting import differences, keyed_in, standing_lines, votes
from workbench.room.round import Way
from workbench.room.setting import rules_of
from workbench.room.showing import Shown
from workbench.widgets.room_lines import focus_when_shown
from workbench.widgets.room_operators import OPERATORS
from workbench.widgets.room_parts import text_field
from workbench.widgets.room_progress import keyed_sentence
from workbench.widgets.room_views import wall_pages


def opened(room, way, **fields):
    rounds = panel(room, "first_round")
    rounds.way.value = way
    if way is Way.DOTS and "each" not in fields:
        fields["each"] = "5"
    for name, value in fields.items():
        getattr(rounds, name).value = value
    if rounds._criterion.layout.display != "none":
        rounds.make_criterion()
    rounds.open()
    assert not room.desk.said.wrong, room.desk.said.text
    return rounds, rounds._entry[1]


def held(room):
    return room.desk.state.rounds[1]


def mark(entry, place):
    return list(entry.lines.marks.values())[place].value


def wall_voting(room):
    return wall_pages(room.desk, Shown(view="voting"))[0].body


def test_the_fields_of_a_round_are_made_once_so_that_the_caret_stays(room):
    rounds = panel(room, "first_round")
    placed = []
    rounds._place.observe(lambda change: placed.append(change["new"]), names="children")
    rounds.open()
    room.look()
    assert [len(children) for children in placed] == [1]


def test_a_field_takes_the_caret_once_a_page_shows_it(monkeypatch):
    monkeypatch.delenv("SERVER_SOFTWARE", raising=False)
    field, sent = text_field("x"), []
    monkeypatch.setattr(field, "focus", lambda: sent.append("focus"))
    focus_when_shown(field)
    assert sent == []  # no page shows it yet, so no page would hear of it
    field.set_trait("_view_count", 1)
    field.set_trait("_view_count", 2)
    assert sent == ["focus"]


def test_the_app_moves_the_caret_itself(monkeypatch):
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5")
    field = text_field("x")
    focus_when_shown(field)
    assert field._view_count is None


@pytest.mark.parametrize("way", [Way.TALLY, Way.HANDS, Way.DOTS])
def test_two_operators_key_a_counted_sheet_and_what_differs_is_put_right(room, way):
    rounds, entry = opened(room, way, double=True)
    first, other = ("0 1 2 3 2", "1 1 2 3 1") if way is Way.TALLY else ("7", "6")
    fields = list(entry.lines.fields.values())
    fields[0].value, fields[1].value = first, first
    entry.operator.view.value = OPERATORS[1]
    assert [field.value for field in fields[:2]] == ["", ""]  # the second does not see what the first keyed
    fields[0].value, fields[1].value = first, other
    assert len(differences(held(room))) == 1
    entry.operator.view.value = OPERATORS[0]
    assert [field.disabled for field in fields[:3]] == [True, True, False]
    rounds.reason.value = "sisanya tidak dinilai"
    rounds.close()
    assert room.desk.said.wrong
    repair = rounds.repair
    assert OPERATORS[1] in repair.differences.value
    repair.card.value, repair.number.value = "mend", "2"
    repair.digits.value, repair.reason.value = other, "kertas plano dilihat bersama"
    repair.record()
    rounds.reason.value = "sisanya tidak dinilai"
    rounds.close()
    assert not held(room).is_open
    assert len(list(standing_lines(held(room)))) == 2


def test_what_is_read_aloud_or_agreed_is_keyed_once(room):
    rounds = panel(room, "first_round")
    rounds.double.value = True
    rounds.way.value = Way.CONSENSUS
    assert rounds.double.layout.display == "none"
    rounds.open()
    assert not held(room).double_entry
    assert held(room).cards is None


def test_a_tally_says_where_marks_are_missing_and_counts_lines_not_cards(room):
    rounds, entry = opened(room, Way.TALLY, cards="8")
    fields = list(entry.lines.fields.values())
    fields[0].value, fields[1].value, fields[2].value = "0 1 2 3 2", "0 1 2 3 1", "9 9 9 9 9"
    assert "kartu" not in mark(entry, 0)
    assert "7 dari 8 kartu" in mark(entry, 1)
    assert "lebih banyak daripada kartu (8)" in mark(entry, 2)
    assert keyed_in(held(room)) == type(keyed_in(held(room)))("lines", 2, 18)
    assert "2 dari 18 baris turus" in entry.progress.value.replace("\u00a0", " ")
    assert "baris turus sudah masuk" in wall_voting(room)
    fields[0].value = "0 1 2 2 3"
    assert "sudah masuk dengan angka lain" in mark(entry, 0)
    rounds.close()
    assert "2 dari 18 baris turus" in room.desk.said.text.replace("\u00a0", " ")


def test_an_agreed_value_is_put_right_without_naming_a_card(room):
    rounds, entry = opened(room, Way.CONSENSUS)
    next(iter(entry.lines.fields.values())).value = "553"
    repair = rounds.repair
    assert repair.card.layout.display == "none"
    repair.number.value, repair.digits.value, repair.reason.value = "1", "453", "salah dengar"
    repair.record()
    ((_, _, points),) = standing_lines(held(room))
    assert list(points.values()) == [4.0, 5.0, 3.0]


def test_slips_are_counted_and_the_last_one_is_taken_back(room):
    _, entry = opened(room, Way.VOTES, cards="8")
    entry.slip.value = "1 2 3"
    entry.slip.value = "1 4 5"
    assert "2 dari 8 kertas" in entry.progress.value.replace("\u00a0", " ")
    assert "kertas sudah masuk" in wall_voting(room)
    entry.slip.value = "1 1 4"
    assert "Kertas ini belum dicatat" in entry.said.value
    entry.take_back()
    assert votes(held(room)) == {"U-1": 1, "U-2": 1, "U-3": 1, **dict.fromkeys(("U-4", "U-5", "U-6"), 0)}
    entry.take_back()  # there is no other slip that the page knows to be the last
    assert sum(votes(held(room)).values()) == 3
    assert "1 dari 8 kertas" in keyed_sentence(room.desk, held(room)).replace("\u00a0", " ")


def test_an_order_names_what_it_lacks_and_halves_are_written_with_a_comma(room):
    _, entry = opened(room, Way.ORDERS)
    entry.group.value, entry.order.value = "Melati", "3 1=2 5"
    assert "belum disebut: usulan 4 dan 6" in entry.said.value.replace("\u00a0", " ")
    entry.order.value = "3 1=2 5 4 6"
    assert "2,5" in entry.table.value
    assert "2.5" not in entry.table.value
    assert (entry.group.value, entry.order.value) == ("", "")
    assert keyed_in(held(room)) == type(keyed_in(held(room)))("groups", 1, 2)  # the cards name two groups
    assert "2,5" in wall_pages(room.desk, Shown(view="growing"))[0].body


def test_dots_are_never_more_than_were_given_out(room):
    _, entry = opened(room, Way.DOTS, cards="8", each="3")
    fields = list(entry.lines.fields.values())
    fields[0].value, fields[1].value = "20", "5"
    assert "melebihi yang dibagikan (24)" in mark(entry, 1)
    assert "Titik pada setiap usulan" in wall_pages(room.desk, Shown(view="growing"))[0].title


def test_a_round_names_the_number_that_it_cannot_read(room):
    rounds = panel(room, "first_round")
    rounds.way.value = Way.DOTS
    rounds.make_criterion()
    assert "Titik setiap kartu" in room.desk.said.text
    rounds.each.value = "5"
    rounds.make_criterion()
    rounds.each.value = "banyak"
    rounds.open()
    assert "banyak" in room.desk.said.text
    assert room.desk.state.open_round is None


def test_the_panel_asks_only_for_what_a_way_needs(room):
    rounds = panel(room, "first_round")
    rounds.way.value = Way.ORDERS
    assert rounds.cards.description == room.desk.t("round.groups")
    assert rounds.cards.value == "2"  # the cards name two discussion groups
    rounds.way.value = Way.CARDS
    assert rounds.cards.value == "8"
    assert rounds.each.layout.display == "none"
    assert rules_of(room.desk.state).weighting == "direct"


def test_an_order_waits_for_its_group_and_never_goes_to_another(room):
    _, entry = opened(room, Way.ORDERS)
    entry.order.value = "1 2 3 4 5 6"
    assert held(room).orders == {}
    entry.group.value = "Melati"
    assert list(held(room).orders) == ["Melati"]
    entry.group.value, entry.order.value = "Melati", "6 5 4 3 2 1"  # changed, and no reason yet
    assert "alert" in entry.said.value
    entry.group.value = "Mawar"
    assert list(held(room).orders) == ["Melati"]
    entry.group.value, entry.reason.value = "Melati", "salah baca"
    assert held(room).orders["Melati"][0] == ("U-6",)


def test_marks_of_a_tally_are_not_drawn_as_if_each_column_were_a_person(room):
    rounds, entry = opened(room, Way.TALLY, cards="8")
    for place, field in enumerate(entry.lines.fields.values()):
        field.value = ("0 1 2 3 2", "3 2 1 1 1", "1 1 1 1 4")[place % 3]
    rounds.close()
    ((session, outcome),) = room.desk.calculated().lists.values()
    rules = room.desk.calculated().rules
    drawn = joint_of(session, rules, outcome, draws=20, seed=1)
    assert drawn.people == 0
    assert set(drawn.seeds) == {"weights"}


def test_a_tally_shows_its_spread_and_proposes_the_disputed_for_the_second_round(room):
    rounds, entry = opened(room, Way.TALLY, cards="8")
    other = {"K1\nU-2": "4 0 0 0 4", "K1\nU-3": "1 0 0 0 2"}  # disputed; too few to be shown
    for cell, field in entry.lines.fields.items():
        field.value = other.get(cell, "0 0 0 4 4")
    rounds.close()
    spread = panel(room, "spread")
    said = words(spread.words.value)
    assert "5 usulan dinilai seragam, 0 cukup beragam, 1 beragam" in said
    assert "sebaran kriterianya yang paling beragam" in said
    assert "Mendesak" in spread.picture.value
    assert "3 (1\u20135)" in words(spread.picture.value)
    page = wall_pages(room.desk, Shown(view="spread"))[0]
    assert "beragam: Mendesak" in words(page.body)
    assert "seragam:" not in words(page.body)
    (page,) = wall_pages(room.desk, Shown(view="agreement"))
    assert "Dari 6 usulan: 5 dinilai seragam" in words(page.body)
    assert panel(room, "second_round").scope.value == "2"


def test_the_wall_has_room_for_the_criterion_that_a_tally_is_least_agreed_on(room):
    rounds, entry = opened(room, Way.TALLY, cards="8")
    for cell, field in entry.lines.fields.items():
        field.value = "3 1 0 1 3" if cell.startswith("K2") else "0 1 1 4 2"
    rounds.close()
    page = wall_pages(room.desk, Shown(view="spread"))[0]
    assert "beragam: Manfaat bagi orang banyak" in words(page.body)
    shown = words(wall_html(page))
    assert "kriteria paling beragam (minimal 5)." in shown


@pytest.mark.parametrize(
    ("way", "line", "words"),
    [
        (Way.CONSENSUS, "453", "disepakati bersama"),
        (Way.HANDS, "7", "bukan nilai"),
    ],
)
def test_a_way_without_a_spread_says_so_in_its_own_words(room, way, line, words):
    rounds, entry = opened(room, way)
    for field in entry.lines.fields.values():
        field.value = line
    rounds.close()
    spread = panel(room, "spread")
    assert words in spread.words.value.replace("\u00a0", " ")
    for view in ("spread", "agreement"):
        (page,) = wall_pages(room.desk, Shown(view=view))
        assert words in page.body.replace("\u00a0", " ")


def test_what_an_unfinished_card_left_behind_never_passes_for_the_next_one(room):
    rounds = panel(room, "first_round")
    rounds.open()
    entry = rounds._entry[1]
    entry.card.value = "1"
    fields = list(entry.lines.fields.values())
    fields[0].value, fields[1].value = "453", "344"
    entry.card.value = "2"  # card 1 is put aside half keyed in
    assert [field.value for field in fields[:2]] == ["", ""]
    assert "tersimpan" not in mark(entry, 0) + mark(entry, 1)
    fields[0].value = "453"  # the same digits as on card 1
    assert "tersimpan" in mark(entry, 0)
    assert set(held(room).lines["002"]) == {"U-1"}
    entry.card.value = "1"
    assert [field.disabled for field in fields[:3]] == [True, True, False]


def test_a_refused_line_is_heard_again_when_the_same_digits_are_typed(room):
    rounds = panel(room, "first_round")
    rounds.open()
    entry = rounds._entry[1]
    entry.card.value = "1"
    first = next(iter(entry.lines.fields.values()))
    heard = []
    first.observe(lambda change: heard.append(change["new"]), names="value")
    for _ in range(2):
        first.value = "999"
        assert "999: " in mark(entry, 0)
        assert first.value == ""
    assert heard.count("999") == 2
