"""The operator's page without a browser: acts are in the journal, refusals say why, coming back goes on."""

import shutil

import pytest

from tests.room_pages import DIGITS, panel, part_of, scored, words
from workbench.present.i18n import translator
from workbench.room.replay import ACTS, SPECIAL
from workbench.room.round import ALOUD, POINTED, Way
from workbench.room.setting import STEPS
from workbench.room.showing import VIEWS as SHOWN_VIEWS
from workbench.room.showing import shown_of
from workbench.store.project_files import sample_folder
from workbench.store.room import open_room
from workbench.widgets import meeting_room
from workbench.widgets.projector import Projector
from workbench.widgets.room import MeetingRoom, entrance
from workbench.widgets.room_desk import Desk, clock
from workbench.widgets.room_views import VIEWS

T = translator("id")


def test_a_folder_that_cannot_be_opened_is_said_in_words(tmp_path):
    shown = entrance(tmp_path / "tidak-ada", T)
    assert shown.desk is None
    assert "role='alert'" in shown.asked.said.value
    assert shown.view.children == (shown.asked.view,)
    assert shown.asked.path.value == str(tmp_path / "tidak-ada")  # to be corrected where it is wrong


def test_a_folder_that_opens_makes_no_question_until_the_room_is_left(folder):
    first = entrance(folder, T)
    assert first.desk is not None
    assert "asked" not in vars(first)
    first.leave()
    assert first.desk is None
    assert first.view.children == (first.asked.view,)
    assert str(folder) in dict(first.asked.known.options).values()


def test_without_a_folder_the_page_asks_for_one(folder, monkeypatch):
    monkeypatch.delenv("WORKBENCH_FOLDER", raising=False)
    first = entrance(None, T)
    assert first.desk is None
    first.asked.path.value = f'"{folder}"'
    first.open()
    assert first.desk is not None


def test_the_notebook_finds_the_folder_it_was_started_with(folder, monkeypatch):
    monkeypatch.setenv("WORKBENCH_FOLDER", str(folder))
    first = meeting_room().children[1]  # below the watch
    assert "Musrenbang Desa Sukamaju" in first.children[0].children[0].children[0].value


def test_every_field_is_written_down_as_soon_as_it_is_left(room, folder):
    facts = part_of(room, "facts")
    facts.fields["place"].value = "Balai desa"
    facts.fields["plan_year"].value = "dua ribu"
    assert room.desk.said.wrong
    facts.fields["plan_year"].value = "2027"
    again = open_room(folder, clock)
    assert again.state.facts["place"] == "Balai desa"
    assert again.state.facts["plan_year"] == 2027


def test_the_ceiling_takes_the_usual_ways_of_writing_money(room):
    part = part_of(room, "budget")
    part.ceiling.value, part.earmarked.value = "Rp. 600.000.000,-", "50000000"
    part.set()
    assert part.summary(room.desk) == "Rp 550.000.000"
    part.ceiling.value = "600 jt"
    part.set()
    assert room.desk.said.wrong


def test_cards_are_handed_out_and_counted_as_present(room):
    part = part_of(room, "people")
    part.count.value, part.group.value = "3", "Kenanga"
    part.register()
    assert list(room.desk.state.participants.rows)[-3:] == ["009", "010", "011"]
    assert "3 peserta" in part.said.value
    part.all_here()
    part.absent.value = "4 11"
    part.mark(present=False)
    assert room.desk.state.attended.present["004"] is False
    assert "9 peserta" in part.said.value
    part.count.value = "banyak"
    part.register()
    assert room.desk.said.wrong


def test_a_spoilt_form_is_named_when_it_is_chosen(room, tmp_path, monkeypatch):
    (tmp_path / "rusak.toml").write_text("judul = ", "utf-8")
    monkeypatch.setattr("workbench.store.templates.template_folder", lambda: tmp_path)
    part = part_of(room, "criteria")
    before = room.desk.state.criteria
    part.template.value = "rusak"
    part.use()
    assert room.desk.said.wrong
    assert "rusak.toml" in room.desk.said.text
    assert room.desk.state.criteria is before


def test_a_known_form_and_its_weights(room):
    part = part_of(room, "criteria")
    part.template.value = "usg"
    part.use()
    assert len(room.desk.state.criteria.rows) == 3
    assert "USG" in room.desk.state.facts["template"]
    fields = list(part.weights.values())
    for field, weight in zip(fields, ("50 %", "30 %", "20 %"), strict=True):
        field.value = weight
    part.set_weights()
    assert [row["weight"] for row in room.desk.state.criteria.rows.values()] == [0.5, 0.3, 0.2]
    fields[0].value = "berat"
    part.set_weights()
    assert room.desk.said.wrong


def test_the_room_compares_pair_by_pair_and_the_wall_follows(room):
    pairs = part_of(room, "criteria").pairs
    pairs.put_on_wall()
    for value in (3.0, 5.0, 1 / 9):
        pairs.answer(value)
    details = shown_of(room.desk.state).details
    assert any("bertentangan" in line or "Rasio" in line for line in details["lines"])
    pairs.use()
    assert room.desk.state.rules["weighting"] == "geometric_mean"
    assert len(room.desk.state.judgements.rows) == 3


def test_a_condition_that_is_not_met_needs_its_note(room):
    gates = panel(room, "conditions")
    gates.gate.value, gates.number.value, gates.result.value = "Lahan siap", "2", "no"
    gates.record()
    assert room.desk.said.wrong
    gates.note.value = "sengketa"
    gates.record()
    gates.pass_rest()
    assert "sengketa" in gates.table.value
    assert len(room.desk.state.gates.rows) == 6


def test_keying_in_is_checked_line_by_line_and_a_card_is_done_when_all_lines_are_in(room):
    rounds = panel(room, "first_round")
    rounds.open()
    entry = rounds._entry[1]
    fields = list(entry.lines.fields.values())
    fields[0].value = "553"
    assert "nomor kartu dahulu" in next(iter(entry.lines.marks.values())).value
    entry.card.value = "99"
    assert "belum terdaftar" in entry.said.value
    entry.card.value = "1"
    fields[0].value = "55"
    assert "perlu 3 angka" in next(iter(entry.lines.marks.values())).value
    fields[0].value = "956"
    assert "di luar skala" in next(iter(entry.lines.marks.values())).value
    for field, digits in zip(fields[1:], DIGITS[1:], strict=True):
        field.value = digits
    assert "selesai" not in entry.said.value
    fields[0].value = "5-3"
    assert "Kartu 001 selesai" in entry.said.value
    assert "1 kartu lengkap" in entry.progress.value
    entry.card.value = "001"
    assert all(field.disabled for field in fields)


def test_leaving_in_the_middle_of_a_card_loses_nothing(room, folder):
    rounds = panel(room, "first_round")
    rounds.open()
    entry = rounds._entry[1]
    entry.card.value = "1"
    fields = list(entry.lines.fields.values())
    fields[0].value, fields[1].value = "553", "342"
    again = MeetingRoom(Desk(open_room(folder, clock), T), watch=False)
    assert again.steps.value == "first_round"
    entry = again._panels["first_round"]._entry[1]
    assert "2 baris tersimpan" in entry.progress.value
    entry.card.value = "1"
    assert [field.disabled for field in entry.lines.fields.values()] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]


def test_a_second_operator_and_the_list_of_differences(room):
    rounds = panel(room, "first_round")
    rounds.double.value = True
    rounds.open()
    entry = rounds._entry[1]
    for operator, digits in (("operator 1", "553"), ("operator 2", "453")):
        entry.operator.view.value = operator
        entry.card.value = "1"
        for field in entry.lines.fields.values():
            field.value = digits if field is next(iter(entry.lines.fields.values())) else "333"
    rounds.show()
    assert "1 baris berbeda" in rounds.repair.differences.value
    rounds.close()
    assert room.desk.said.wrong
    repair = rounds.repair
    repair.card.value, repair.number.value, repair.digits.value = "1", "1", "553"
    repair.record()
    assert room.desk.said.wrong  # a reason is missing
    repair.card.value, repair.number.value, repair.digits.value = "1", "1", "553"
    repair.reason.value = "kartu dilihat lagi"
    repair.record()
    rounds.close()
    assert room.desk.state.scores_seen


def test_too_slow_an_entry_is_told_before_the_round_opens(room):
    rounds = panel(room, "first_round")
    rounds.cards.value = "60"
    assert "Lebih dari 15 menit" in rounds.offers.words.value
    assert Way.TALLY in [offer.way for offer, _ in rounds.offers.offers]
    rounds.cards.value = "8"
    assert "Lebih dari 15 menit" not in rounds.offers.words.value


@pytest.mark.parametrize("way", [Way.TALLY, Way.CONSENSUS])
def test_tallies_and_consensus_give_points(room, way):
    rounds = panel(room, "first_round")
    rounds.way.value = way
    rounds.open()
    entry = rounds._entry[1]
    for field in entry.lines.fields.values():
        field.value = "0 0 2 3 3" if way is Way.TALLY else "453"
    rounds.close()
    assert len(room.desk.calculated().first[1].table["rank"].dropna()) == 6


@pytest.mark.parametrize("way", [way for way in Way if way not in POINTED])
def test_counts_and_orders_become_the_one_criterion_and_grow_on_the_wall(room, folder, way):
    rounds = panel(room, "first_round")
    rounds.way.value = way
    rounds.open()
    assert room.desk.said.wrong
    rounds.each.value = "5"
    rounds.make_criterion()
    rounds.open()
    room.wall.put("growing")
    entry = rounds._entry[1]
    if way is Way.VOTES:
        entry.slip.value = "1 2"
        assert "bukan 3 nomor" in entry.said.value
        entry.slip.value = "1 2 3"
        entry.slip.value = "3 2 6"
        entry.slip.value = "2 4 5"
    elif way is Way.PREFERENCES:
        for slip in ("1 2 3", "2 4", "2 2", "1 2 3 4", "3 2 1"):
            entry.slip.value = slip
    elif way is Way.ORDERS:
        for group, order in (("Melati", "2 1 3 4 5 6"), ("Mawar", "2=3 1 4 6 5")):
            entry.group.value = group
            entry.order.value = order
    else:
        for place, field in enumerate(entry.lines.fields.values()):
            field.value = str(8 - place)
    wall = Projector(folder, T, watch=False)
    assert "2. Rabat beton" in words(wall.page.value)
    rounds.close()
    outcome = room.desk.calculated().first[1]
    assert str(outcome.table.index[0]) == ("U-2" if way in (*ALOUD, Way.ORDERS) else "U-1")


def test_the_analyst_sees_that_cards_were_keyed_and_not_what(room):
    scored(room, cards=1)
    room.analyst.selected_index = 0
    history = words(room._panels["analyst"].history.value)
    assert "baris kartu nilai" in history
    assert "553" not in history
    room.desk.act("facts_set", {"facts": {"place": "X"}})
    assert "data acara diisi" in room._panels["analyst"].history.value


def test_papers_for_the_room_are_written_into_the_folder(room, folder):
    pytest.importorskip("typst")
    part = part_of(room, "paper")
    part.write()
    assert {path.name for path in (folder / "cetak").iterdir()} == {
        "kartu-nilai.pdf",
        "kartu-kelompok.pdf",
        "daftar-dinding.pdf",
        "naskah-dibacakan.pdf",
    }


def test_every_kind_of_act_every_view_and_every_step_has_its_words():
    for language in ("id", "en"):
        t = translator(language)
        wanted = [f"act.{kind}" for kind in (*ACTS, *SPECIAL)]
        wanted += [f"wall.view.{view}" for view in VIEWS] + [f"room.way.{way.value}" for way in Way]
        wanted += [f"step.{step}" for step in STEPS] + [f"step.{step}.help" for step in STEPS]
        assert [key for key in wanted if not t.has(key)] == []
    assert set(VIEWS) == set(SHOWN_VIEWS)


def test_a_list_of_many_districts_asks_which_one_meets_and_the_wall_follows(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_STOP_FILE", str(tmp_path / "berhenti"))
    folder = shutil.copytree(sample_folder(), tmp_path / "daftar")
    wall = Projector(None, T, watch=False)
    assert "belum dibuka" in wall.page.value
    first = entrance(folder, T)
    assert first.desk is None
    assert first.asked.district.value == "99.01.01"
    first.asked.district.value = "99.01.09"
    first.cut()
    assert first.desk.room.folder.name == "daftar-99.01.09"
    wall.look()
    assert "Cendanagading" in wall.page.value
    assert not (folder / "riwayat.sqlite").exists()
