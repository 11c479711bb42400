"""After a round: what-if, changes with their reasons, decisions, the lock, and undo."""

from tests.room_pages import panel, part_of, scored, words
from workbench.present.i18n import translator
from workbench.room.showing import shown_of

T = translator("id")


def test_what_if_opens_only_at_the_chairs_recorded_request(room):
    scored(room).close()
    trial = panel(room, "result").what_if
    assert trial._trying.layout.display == "none"
    trial.open()
    assert room.desk.said.wrong
    trial.request.value = "pimpinan ingin melihat pagu lebih kecil"
    trial.open()
    before = trial.picture.value
    trial.ceiling.value = "Rp 100.000.000"
    assert trial.picture.value != before
    trial.put_on_wall()
    assert shown_of(room.desk.state).view == "simulation"
    trial.close()
    assert shown_of(room.desk.state).view == "curtain"


def test_changes_after_scores_are_told_before_and_after(room):
    scored(room).close()
    part = part_of(room, "proposals")
    part.act.value, part.number.value, part.amount.value = "cost", "1", "Rp 400.000.000"
    part.record()
    assert room.desk.said.wrong
    part.reason.value = "harga baru dari penyedia"
    part.record()
    assert "harga baru" in part.changes.value
    part.act.value, part.name.value, part.reason.value = "add", "Talud longsor", "longsor semalam"
    part.record()
    assert "Perlu dinilai lagi: 7. Talud longsor" in part.changes.value
    assert panel(room, "second_round").scope.value.split()[-1] == "7"
    budget = part_of(room, "budget")
    budget.ceiling.value = "Rp 300.000.000"
    budget.set()
    assert room.desk.said.wrong
    budget.ceiling.value, budget.reason.value = "Rp 300.000.000", "pagu direvisi kabupaten"
    budget.set()
    assert "Rp 450.000.000 menjadi Rp 300.000.000" in words(panel(room, "result").words.value)


def test_merged_split_and_withdrawn_proposals_stay_on_record(room):
    part = part_of(room, "proposals")
    part.act.value, part.number.value, part.place.value, part.reason.value = "merge", "2", "1", "satu ruas"
    part.record()
    part.act.value, part.number.value, part.reason.value = "withdraw", "3", "didanai dinas"
    part.record()
    part.act.value, part.number.value, part.reason.value = "split", "4", "dua lokasi"
    part.name.value, part.amount.value = "Jembatan A; Jembatan B", "100.000.000; 200.000.000"
    part.record()
    said = words(part.table.value)
    assert "digabung: satu ruas" in said
    assert "ditarik: didanai dinas" in said
    assert "dipecah: dua lokasi" in said
    assert room.desk.name(room.desk.state.listed[-1]).startswith("8. Jembatan B")


def test_a_decision_needs_its_reason_and_a_locked_result_is_closed(room):
    scored(room).close()
    decide = panel(room, "decision")
    decide.number.value, decide.rank.value = "6", "1"
    assert "peringkat" in decide.computed.value
    decide.record()
    assert room.desk.said.wrong
    decide.reason.value = "jalan gelap"
    decide.record()
    assert "jalan gelap" in decide.table.value
    minutes = panel(room, "minutes")
    minutes.lock()
    assert "Terkunci" in room.title.value
    minutes.write()
    minutes.write()
    assert "berita-acara" in minutes.files.value
    assert "sebelumnya" not in minutes.files.value
    decide.number.value, decide.rank.value, decide.reason.value = "5", "2", "x"
    decide.record()
    assert room.desk.said.wrong
    minutes.reopen()
    assert room.desk.said.wrong
    minutes.reason.value = "salah ketik nama usulan"
    minutes.reopen()
    assert not room.desk.state.locked


def test_undo_asks_first_and_keeps_both(room):
    part_of(room, "facts").fields["place"].value = "Balai"
    room._ask_undo()
    assert "data acara diisi" in room.desk.said.text
    room._take_back()
    assert "place" not in room.desk.state.facts
    assert room.desk.state.undone
