"""The room compares criteria: the model, and the panel that binds buttons to it."""

from __future__ import annotations

import pytest

from tests.rooms import TREE, folder, room
from workbench.domain.rules import Rules
from workbench.errors import InvalidInput, Problem
from workbench.present.i18n import translator
from workbench.store.session_folder import open_session
from workbench.widgets import compare_criteria
from workbench.widgets.compare import ComparePanel, _resumed, _write
from workbench.widgets.compare_model import ROOM_CARD, ComparisonRoom, own_lines

T = translator("id")


def start(session=None, **more) -> ComparisonRoom:
    given = session or room()
    return ComparisonRoom.resumed(given.criteria, own_lines(given.judgements), Rules(**more))


def panel(model=None, write=lambda _: None) -> ComparePanel:
    return ComparePanel(model or start(), T, write)


def test_each_answer_is_a_new_room_and_may_be_withdrawn():
    before = start()
    after = before.answered("K1", "K2", 3.0)
    assert (before.answers, dict(after.answers)) == ({}, {("K1", "K2"): 3.0})
    changed = after.answered("K2", "K1", 5.0)
    assert dict(changed.answers) == {("K2", "K1"): 5.0}
    assert changed.withdrawn().answers == {}
    assert before.withdrawn().answers == {}


def test_not_knowing_is_not_equal():
    after = start().without_answer("K1", "K2")
    assert after.asking.pair != ("K1", "K2")
    assert after.answers == {}
    assert after.answered("K1", "K2", 2.0).left_out == frozenset()


def test_weights_ratio_and_circle_follow_the_answers():
    now = start().answered("K1", "K2", 3.0)
    assert now.shown().consistency is None
    assert now.shown().weights.isna().all()
    now = now.answered("K2", "K3", 3.0)
    assert now.shown().weights.to_dict() == pytest.approx({"K1": 9 / 13, "K2": 3 / 13, "K3": 1 / 13})
    assert now.shown().circle == ()
    now = now.answered("K3", "K1", 2.0)
    assert now.shown().circle[0] == "K3"
    assert not now.shown().consistency.consistency.acceptable


def test_groups_are_compared_one_after_the_other():
    now = start(room(parents=TREE))
    met = []
    while (pair := now.asking.pair) is not None:
        met.append(set(pair))
        now = now.answered(*pair, 2.0)
        assert set(now.shown().labels) >= set(pair)
    assert met[:2] == [{"G1", "G2"}, {"K1", "K2"}]
    assert len(met) == 5


def test_others_answers_are_kept_and_the_room_s_own_resumed():
    session = room([("1", "K1", "K2", 9.0), (ROOM_CARD, "K1", "K3", 2.0)])
    now = start(session)
    assert dict(now.answers) == {("K1", "K3"): 2.0}
    frame = now.answered("K2", "K3", 4.0).written(session).judgements.frame
    assert frame.to_numpy().tolist() == [
        ["1", "K1", "K2", 9.0],
        [ROOM_CARD, "K1", "K3", 2.0],
        [ROOM_CARD, "K2", "K3", 4.0],
    ]


def test_a_new_card_is_listed_without_a_voice_in_scoring():
    written = start().answered("K1", "K2", 2.0).written(room())
    assert written.participants.frame.loc[ROOM_CARD, "voting_right"] == False  # noqa: E712 - a nullable flag
    assert list(start().written(room()).participants.labels) == ["1"]


def test_the_panel_asks_answers_skips_and_takes_back():
    shown = panel()
    assert "Kriteria K1" in shown.question.value
    assert shown.undo.disabled
    assert len(shown.steps) == 17
    shown.steps[3.0].click()
    shown.steps[1.0].click()
    assert "%" in shown.shown.value
    shown.skip.click()
    assert "Semua pasangan sudah ditanyakan" in shown.question.value
    assert all(button.disabled for button in shown.steps.values())
    shown.undo.click()
    assert len(shown.room.answers) == 1
    assert not shown.steps[3.0].disabled
    assert "kali sepenting" in shown.steps[3.0].tooltip


def test_a_circle_is_said_at_once():
    assert "alert" not in panel(start().answered("K1", "K2", 3.0).answered("K2", "K3", 3.0)).shown.value
    again = panel(start().answered("K1", "K2", 3.0).answered("K2", "K3", 3.0).answered("K3", "K1", 3.0))
    assert 'role="alert"' in again.shown.value
    assert "berputar" in again.shown.value


def test_nothing_is_written_before_the_button(tmp_path):
    place = folder(tmp_path, comparisons="001;K1;K2;9\n")
    opened = open_session(place)
    shown = ComparePanel(_resumed(opened), T, lambda now: _write(place, now))
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    shown.steps[2.0].click()
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before
    shown.save.click()
    assert "1 jawaban disimpan" in shown.message.value
    frame = open_session(place).session.judgements.frame
    assert frame["participant"].tolist() == ["001", ROOM_CARD]


def test_an_edit_made_meanwhile_is_not_lost(tmp_path):
    place = folder(tmp_path, comparisons="001;K1;K2;9\n")
    opened = open_session(place)
    shown = ComparePanel(_resumed(opened), T, lambda now: _write(place, now))
    shown.steps[2.0].click()
    folder(tmp_path, comparisons="001;K1;K2;9\n002;K1;K2;5\n")
    shown.save.click()
    assert open_session(place).session.judgements.frame["participant"].tolist() == ["001", "002", ROOM_CARD]


def test_a_write_that_is_refused_is_said_in_words():
    def refuse(_):
        raise InvalidInput([Problem("table_in_two_places", file="a.xlsx", facts={"other": "b.csv"})])

    shown = panel(write=refuse)
    shown.steps[2.0].click()
    shown.save.click()
    assert "role='alert'" in shown.message.value


def test_a_folder_that_cannot_be_used_or_compared_is_a_sentence(tmp_path):
    (tmp_path / "a").mkdir()
    assert "usulan.csv" in compare_criteria(tmp_path / "a").value
    one = "kode_kriteria;nama;bobot;skala_min;skala_maks\nK1;Mendesak;1;1;5\n"
    assert "kurang dari dua" in compare_criteria(folder(tmp_path / "b", criteria=one)).value


def test_the_panel_opens_on_a_folder(tmp_path):
    assert compare_criteria(folder(tmp_path)).children
