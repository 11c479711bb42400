"""The state follows from the entries alone: in any order, however often delivered, taken back or not."""

from __future__ import annotations

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.room.rooms import CARDS, Meeting
from tests.room.words import WORDS
from workbench.errors import InvalidInput
from workbench.room.rehearsal import rehearsal
from workbench.room.replay import ACTS, SPECIAL, after, extended, refusals, replay, undoable
from workbench.room.session import session_of
from workbench.room.state import EMPTY


@cache
def rehearsed(seed: int) -> Meeting:
    meeting = Meeting()
    for entry in rehearsal(meeting.state, seed, WORDS):
        if entry.request not in {held.request for held in meeting.entries}:
            placed = entry.placed(len(meeting.entries) + 1, "uji", "")
            meeting.state = after(meeting.state, placed)
            meeting.entries.append(placed)
    return meeting


@pytest.fixture(scope="module")
def day() -> Meeting:
    return rehearsed(7)


@given(st.integers(0, 4), st.integers(0, 2**32), st.integers(0, 40))
def test_any_order_and_repetition_of_the_same_deliveries_gives_the_same_state(seed, order, again):
    chance, meeting = random.Random(order), rehearsed(seed)
    delivered = [*meeting.entries, *chance.choices(meeting.entries, k=again)]
    chance.shuffle(delivered)
    assert replay(delivered) == meeting.state
    assert not meeting.state.set_aside


def test_one_entry_at_a_time_and_all_at_once_lead_to_the_same(day):
    half = len(day.entries) // 2
    state = replay(day.entries[:half])
    assert extended(state, day.entries[half:]) == day.state
    late = [day.entries[half], *day.entries[half + 2 :], day.entries[half + 1]]
    assert extended(state, late) == day.state


def test_phones_may_deliver_versions_in_any_order():
    deliveries = [
        ("001", "U-1", (version, 6 - version), version, f"p{version}{card}")
        for card in ("001",)
        for version in (1, 2, 3, 4)
    ]
    states = []
    for seed in range(6):
        meeting = Meeting()
        meeting.act("round_opened", {"round": 1, "way": "cards"})
        random.Random(seed).shuffle(deliveries)
        for card, label, points, version, _ in deliveries:
            said = dict(zip(("K1", "K2"), points, strict=True))
            body = {"round": 1, "participant": card, "proposal": label, "points": said, "version": version}
            meeting.act("ballot_keyed", body, channel="phone")
        meeting.act("round_closed", {"round": 1})
        states.append(session_of(meeting.state).ballots.frame["points"].tolist())
    assert states == [[4.0, 2.0]] * 6


def test_undo_is_a_new_entry_and_can_be_undone():
    meeting = Meeting()
    meeting.act("round_opened", {"round": 1, "way": "cards"})
    before = meeting.state
    meeting.key("001", "U-1", 5, 5)
    keyed, wanted = meeting.state, meeting.entries[-1].request
    assert undoable(meeting.state).request == wanted
    meeting.act("undone", {"request": wanted})
    assert meeting.state.rounds == before.rounds
    assert len(meeting.state.history) == len(keyed.history) + 1
    meeting.act("undone", {"request": meeting.entries[-1].request})
    assert meeting.state.rounds == keyed.rounds
    assert replay(meeting.entries) == meeting.state


@given(st.lists(st.sampled_from(["key", "undo", "redo"]), min_size=1, max_size=25))
@settings(max_examples=20)
def test_quick_undo_and_full_replay_agree(moves):
    meeting = Meeting()
    meeting.act("round_opened", {"round": 1, "way": "cards"})
    places = iter((card, f"U-{number}") for card in CARDS for number in range(1, 6))
    for move in moves:
        if move == "key":
            place = next(places, None)
            if place:
                meeting.key(*place, 3, 4)
            continue
        target = undoable(meeting.state) if move == "undo" else meeting.entries[-1]
        if target is None or target.kind == "round_opened" or (move == "redo" and target.kind != "undone"):
            continue
        meeting.act("undone", {"request": target.request})
    assert replay(meeting.entries) == meeting.state


def test_what_others_depend_on_is_not_taken_back():
    meeting = Meeting()
    late = {"proposal": "U-9", "activity": "Titian", "region": "73.02.01.2001"}
    meeting.act("proposal_added", {"proposal": late, "reason": "baru masuk"})
    added = meeting.entries[-1].request
    meeting.act("round_opened", {"round": 1, "way": "cards", "proposals": ["U-1", "U-9"]})
    with pytest.raises(InvalidInput) as refused:
        meeting.act("undone", {"request": added})
    assert refused.value.problems[0].code == "undo_has_followers"
    assert refused.value.problems[0].facts["count"] == 1


@pytest.mark.parametrize(
    ("kind", "code"),
    [("round_closed", "undo_not_possible"), ("ballot_keyed", "round_closed"), ("nothing", "undo_unknown")],
)
def test_what_the_room_has_seen_is_not_taken_back(kind, code):
    meeting = Meeting()
    meeting.score()
    wanted = next((entry.request for entry in meeting.entries if entry.kind == kind), "r9999")
    problems = refusals(meeting.state, meeting.entry("undone", {"request": wanted}))
    assert [problem.code for problem in problems] == [code]


def merged(seed: int):
    """Two laptops from one opened room: one closes the round while the other still keys cards."""
    start = Meeting()
    start.act("round_opened", {"round": 1, "way": "cards"})
    one = [start.entry("ballot_keyed", line(card, "U-1", 5)) for card in CARDS[:2]]
    one.append(start.entry("round_closed", {"round": 1}))
    other = []
    for at, card in enumerate(CARDS[1:]):
        entry = start.entry("ballot_keyed", line(card, "U-1", 2))
        other.append(entry.placed(3 + 2 * at, "lain", ""))
    entries = [*start.entries, *one, *other]
    random.Random(seed).shuffle(entries)
    return replay(entries), start


def line(card: str, proposal: str, points: float) -> dict:
    return {"round": 1, "participant": card, "proposal": proposal, "points": {"K1": points, "K2": points}}


def test_journals_that_contradict_name_what_is_set_aside():
    states = [merged(seed)[0] for seed in range(5)]
    assert all(state == states[0] for state in states)
    codes = [(held.entry.origin, held.problems[0].code) for held in states[0].set_aside]
    assert codes == [("lain", "line_already_keyed"), ("lain", "round_not_open")] or len(codes) == 2
    assert {code for _, code in codes} <= {"line_already_keyed", "round_not_open"}


def test_what_was_set_aside_can_be_taken_in_after_the_round_is_open_again():
    state, start = merged(0)
    late = [held.entry.request for held in state.set_aside if held.problems[0].code == "round_not_open"]
    assert late
    body = {"requests": late, "reason": "kartu dari laptop kedua"}
    early = start.entry("admitted", body).placed(90, "uji", "")
    assert refusals(state, early)[0].code == "round_not_open"
    reopened = start.entry("round_reopened", {"round": 1, "reason": "laptop kedua"}).placed(90, "uji", "")
    taken = start.entry("admitted", body).placed(91, "uji", "")
    closed = start.entry("round_closed", {"round": 1}).placed(92, "uji", "")
    whole = extended(state, [reopened, taken, closed])
    assert not [held for held in whole.set_aside if held.entry.request in late]
    everything = [*whole.history, *(held.entry for held in whole.set_aside)]
    assert replay(everything) == whole
    assert replay(reversed(everything)) == whole


def test_every_kind_refuses_an_empty_or_foreign_body():
    meeting = Meeting()
    for kind in (*ACTS, *SPECIAL):
        codes = {problem.code for problem in refusals(meeting.state, meeting.entry(kind, {"foreign": 1}))}
        assert "entry_field_unknown" in codes, kind
    assert refusals(EMPTY, meeting.entry("step_entered", {"step": "result"}))[0].code == "room_not_open"
