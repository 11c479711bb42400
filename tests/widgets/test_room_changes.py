"""Changes after a round: each is named, computed once, and nothing is added twice by a second press."""

from tests.room_pages import panel, part_of, words
from workbench.room.comparison import before_after
from workbench.widgets.room_changes import as_closed, change_sentences


def scored(room):
    rounds = panel(room, "first_round")
    rounds.open()
    entry = rounds._entry[1]
    for card in ("1", "2", "3", "4", "5"):
        entry.card.value = card
        for place, field in enumerate(entry.lines.fields.values()):
            field.value = f"{place % 5 + 1}{int(card)}{5 - place % 5}"
    rounds.close()


def change(part, act, **fields):
    part.act.value = act
    for name, value in fields.items():
        getattr(part, name).value = value
    part.record()


def test_a_late_proposal_of_a_known_name_is_asked_about_before_it_is_taken(room):
    scored(room)
    part = part_of(room, "proposals")
    name = "rehabilitasi  Posyandu MELATI"
    change(part, "add", name=name, amount="45.000.000", reason="susulan")
    assert room.desk.said.wrong
    assert "3. Rehabilitasi posyandu Melati" in room.desk.said.text.replace("\u00a0", " ")
    assert len(room.desk.state.proposals.rows) == 6
    part.record()
    assert not room.desk.said.wrong
    assert len(room.desk.state.proposals.rows) == 7
    assert name in room.desk.said.text
    change(part, "withdraw", number="7", reason="ternyata sama")
    assert f"7. {name}" in room.desk.said.text.replace("\u00a0", " ")


def test_what_a_change_moves_is_what_the_comparison_of_both_states_says(room):
    scored(room)
    part = part_of(room, "proposals")
    change(part, "cost", number="3", amount="440.000.000", reason="harga naik")
    kept = room.desk.keep("as closed", lambda: None)
    change(part, "merge", number="5", place="6", reason="satu kegiatan")
    assert room.desk.keep("as closed", lambda: None) is kept  # what was closed is not computed again
    found = before_after(as_closed(room.desk.state), room.desk.state)
    said = " ".join(change_sentences(room.desk)).replace("\u00a0", " ")
    for label in (*found.entering, *found.leaving):
        assert room.desk.name(label) in said.replace("\u00a0", " ")
    assert f"{len(found.moved)} dari {len(found.table)} usulan berpindah peringkat" in said


def test_the_words_of_a_change_name_what_was_merged_and_a_ceiling_that_comes_or_goes(room):
    budget = part_of(room, "budget")
    budget.ceiling.value = budget.earmarked.value = ""
    budget.set()
    scored(room)
    change(part_of(room, "proposals"), "merge", number="5", place="6", reason="satu kegiatan")
    names = {number: words(room.desk.name(label)) for label, number in room.desk.numbers().items()}
    assert f"({names[5]} ke dalam {names[6]})" in words(" ".join(change_sentences(room.desk)))
    budget.ceiling.value, budget.reason.value = "Rp 450.000.000", "surat bupati"
    budget.set()
    said = words(" ".join(change_sentences(room.desk)))
    assert "Ruang pagu kini Rp" in said
    assert "belum ada pagu" in said
    assert "\u2013" not in said


def test_the_decision_step_lists_the_numbers_that_it_asks_for(room):
    decision = panel(room, "decision")
    assert "4 Jembatan gantung Kali Jernih" in words(decision.numbers.value)
    assert "peringkat" not in words(decision.numbers.value)
    scored(room)
    panel(room, "decision")
    assert words(decision.numbers.value).count("Hasil skoring: peringkat") == 6


def test_a_ceiling_that_is_read_back_stands_in_its_field_until_it_is_confirmed(room):
    part, preparation = part_of(room, "budget"), room._panels["preparation"]
    part.ceiling.value = "1,6 M"
    part.set()
    assert "dibaca Rp 1.600.000.000" in words(room.desk.said.text)
    preparation.view.selected_index = 0  # another part is opened, and with it the message goes
    assert room.desk.said.text == ""
    preparation.view.selected_index = 1
    assert part.ceiling.value == "1,6 M"
    part.set()
    assert room.desk.budget().ceiling() == 1_600_000_000
    assert words(part.ceiling.value) == "Rp 1.600.000.000"
    part.ceiling.value = part.earmarked.value = ""
    part.set()
    assert room.desk.budget().ceiling() is None
    part.set()
    assert "Tulis pagunya dahulu" in room.desk.said.text


def test_weights_that_are_refused_stay_where_they_were_typed(room):
    part = part_of(room, "criteria")
    for field, text in zip(part.weights.values(), ("50 %", "3/10", "banyak"), strict=True):
        field.value = text
    part.set_weights()
    assert "banyak" in room.desk.said.text
    assert [field.value for field in part.weights.values()] == ["50 %", "3/10", "banyak"]


def test_an_amount_that_is_only_likely_is_read_back_before_it_reaches_the_journal(room):
    part = part_of(room, "proposals")
    entries = len(room.desk.state.history)
    change(part, "cost", number="3", amount="55 juta", reason="harga baru")
    assert "“55 juta” dibaca Rp 55.000.000" in words(room.desk.said.text)
    assert len(room.desk.state.history) == entries
    part.amount.value = "65 jt"  # another text is read back anew
    part.record()
    assert "dibaca Rp 65.000.000" in words(room.desk.said.text)
    part.record()
    label = list(room.desk.state.proposals.rows)[2]
    assert room.desk.state.proposals.rows[label]["cost"] == 65_000_000
    for text in ("1,500", "1.500 juta", "3 x 400"):
        change(part, "cost", number="3", amount=text, reason="harga baru")
        assert room.desk.said.wrong
        assert "Tulis" in room.desk.said.text
        part.record()
        assert room.desk.state.proposals.rows[label]["cost"] == 65_000_000
    change(part, "cost", number="3", amount="Rp 55.000.000,-", reason="harga baru")
    assert not room.desk.said.wrong
    assert room.desk.state.proposals.rows[label]["cost"] == 55_000_000
    change(part, "split", number="3", name="Atap; Lantai", amount="20 jt; 35", reason="dua tahap")
    assert "“20 jt” dibaca Rp 20.000.000 dan “35” dibaca Rp 35" in words(room.desk.said.text)
