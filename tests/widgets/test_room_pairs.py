"""The room judges pairs: each answer counts at once, and takes only what a pair needs."""

from tests.room_pages import part_of, words
from workbench.room.session import session_of
from workbench.room.setting import rules_of
from workbench.widgets.compare_model import ComparisonRoom, own_lines
from workbench.widgets.room_pairs import pair_lines


def test_a_judged_pair_takes_nothing_of_the_meeting_but_criteria_and_answers(room):
    pairs = part_of(room, "criteria").pairs
    criteria, budget = room.desk.criteria(), room.desk.budget()
    for value in (3.0, 5.0):
        pairs.answer(value)
    assert room.desk.criteria() is criteria  # nothing of the meeting was read anew
    assert room.desk.budget() is budget
    state = room.desk.state
    whole = session_of(state)
    resumed = ComparisonRoom.resumed(whole.criteria, own_lines(whole.judgements), rules_of(state))
    assert pairs.room.answers == resumed.answers
    assert pairs.room.asking == resumed.asking
    assert pairs.room.asking.pair is not None


def test_a_pair_that_is_left_out_is_not_asked_again(room):
    pairs = part_of(room, "criteria").pairs
    asked = pairs.room.asking.pair
    pairs.skip()
    assert set(pairs.room.asking.pair) != set(asked)
    pairs.answer(3.0)
    assert frozenset(asked) in pairs.room.left_out


def test_criteria_that_change_are_read_anew(room):
    pairs = part_of(room, "criteria").pairs
    before = room.desk.criteria()
    own = part_of(room, "criteria").own
    own.name.value = "Kesiapan warga"
    own.add()
    assert room.desk.criteria() is not before
    assert len(pairs.room.criteria.labels) == len(before.labels) + 1


def test_page_and_wall_state_the_same_limit_and_nothing_before_the_first_answer(room):
    pairs = part_of(room, "criteria").pairs
    assert pairs.shown.value == ""  # nobody has compared anything: nothing is unlinked yet
    assert pair_lines(room.desk, pairs.room) == ()
    for value in (9.0, 1 / 9, 9.0):
        pairs.answer(value)
    assert "ambang 0,05" in words(pairs.shown.value)
    assert any("di atas 0,05" in line for line in pair_lines(room.desk, pairs.room))
