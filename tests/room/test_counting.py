"""How many are in, what two operators keyed differently, and how long it all takes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.room.rooms import CARDS, Meeting
from workbench.errors import InvalidInput
from workbench.room.attendance import room_attendance
from workbench.room.comparison import before_after, state_before
from workbench.room.counting import differences, progress, unconfirmed
from workbench.room.estimate import entry_time, quicker, room_pace
from workbench.room.replay import after
from workbench.room.round import Way
from workbench.room.session import session_of


def double() -> Meeting:
    meeting = Meeting()
    body = {"round": 1, "way": "cards", "proposals": ["U-1", "U-2"], "double_entry": True, "cards": 2}
    meeting.act("round_opened", body)
    return meeting


def test_two_operators_must_agree_before_the_round_closes():
    meeting = double()
    for operator, points in (("operator 1", 5), ("operator 2", 4)):
        meeting.key("001", "U-1", points, 3, operator=operator)
        meeting.key("001", "U-2", 2, 2, operator=operator)
    (found,) = differences(meeting.state.rounds[1])
    assert (found.card, found.proposal) == ("001", "U-1")
    assert {operator: said["K1"] for operator, said in found.said.items()} == {
        "operator 1": 5,
        "operator 2": 4,
    }
    with pytest.raises(InvalidInput) as refused:
        meeting.act("round_closed", {"round": 1})
    assert refused.value.problems[0].code == "entries_differ"
    assert refused.value.problems[0].facts["places"] == ("001 / U-1",)
    said = {
        "round": 1,
        "card": "001",
        "proposal": "U-1",
        "said": {"K1": 4, "K2": 3},
        "reason": "kartu dilihat",
    }
    meeting.act("line_corrected", said)
    meeting.act("round_closed", {"round": 1})
    frame = session_of(meeting.state).ballots.frame
    assert frame[(frame["proposal"] == "U-1") & (frame["criterion"] == "K1")]["points"].tolist() == [4.0]


def test_lines_of_one_operator_alone_need_a_reason_to_be_closed():
    meeting = double()
    meeting.key("001", "U-1", 5, 3, operator="operator 1")
    assert unconfirmed(meeting.state.rounds[1]) == (("001", "U-1"),)
    with pytest.raises(InvalidInput) as refused:
        meeting.act("round_closed", {"round": 1})
    assert refused.value.problems[0].code == "entries_unconfirmed"
    meeting.act("round_closed", {"round": 1, "reason": "operator kedua pulang"})
    assert len(session_of(meeting.state).ballots.frame) == 2


@pytest.mark.parametrize(("operator", "code"), [("", "operator_missing"), ("operator 3", "third_operator")])
def test_double_entry_is_of_two_named_operators(operator, code):
    meeting = double()
    for name in ("operator 1", "operator 2"):
        meeting.key("001", "U-1", 5, 3, operator=name)
    with pytest.raises(InvalidInput) as refused:
        meeting.key("001", "U-1", 5, 3, operator=operator)
    assert refused.value.problems[0].code == code


def test_progress_says_how_many_and_never_what():
    meeting = double()
    meeting.key("001", "U-1", 5, 3, operator="operator 1")
    meeting.key("001", "U-2", 5, 3, operator="operator 1")
    meeting.key("002", "U-1", 1, 1, operator="operator 1")
    found = progress(meeting.state.rounds[1])
    assert (found.cards, found.begun, found.expected) == (1, 1, 2)
    assert (found.lines, found.lines_expected, found.unconfirmed) == (3, 4, 3)


def test_fifty_cards_of_twenty_proposals_take_over_an_hour_and_quicker_ways_are_offered():
    whole = entry_time(Way.CARDS, 50, 20, 1)
    assert whole.minutes > 60
    assert whole.too_long
    offers = quicker(50, 20, 1, groups=6)
    assert {offer.way for offer in offers} >= {Way.CARDS, Way.TALLY, Way.VOTES}
    assert [offer.seconds for offer in offers] == sorted(offer.seconds for offer in offers)
    assert not offers[0].too_long
    assert entry_time(Way.CARDS, 50, 20, 1, operators=2).seconds == whole.seconds / 2


def test_attendance_is_counted_against_the_invitations():
    meeting = Meeting()
    invited = {"invited": 6, "constituencies": ["Tani", "PKK", "Pemuda"], "hamlets": ["Lor", "Wetan"]}
    meeting.act("invitations_set", invited)
    meeting.act("attendance_marked", {"participants": list(CARDS), "present": True})
    meeting.act("attendance_marked", {"participants": ["004"], "present": False})
    found = room_attendance(meeting.state)
    assert (found.present, found.quorum.needed, found.quorum.met) == (3, 4, False)
    assert found.women.share == Fraction(2, 3)
    assert found.hamlets == {"Kidul": 1, "Lor": 2}
    assert found.missing_constituencies == ("PKK", "Pemuda")
    assert found.missing_hamlets == ("Wetan",)
    heads = [{"sex": "female", "hamlet": "Wetan", "count": 3}, {"count": 2}]
    meeting.act("attendance_counted", {"heads": heads})
    counted = room_attendance(meeting.state)
    assert (counted.present, counted.women.count, counted.women.unknown) == (5, 3, 2)
    assert counted.quorum.met


def test_before_and_after_a_change_and_what_must_be_scored_again():
    meeting = Meeting()
    meeting.score()
    before = meeting.state
    meeting.act(
        "proposal_changed", {"proposal": "U-2", "changes": {"cost": 55_000_000}, "reason": "harga naik"}
    )
    assert meeting.state.to_score == {}
    meeting.act(
        "proposal_changed", {"proposal": "U-1", "changes": {"volume": "2"}, "reason": "dua kali lipat"}
    )
    meeting.act(
        "budget_set", {"lines": [{"region": "73.02.01.2001", "amount": 20_000_000}], "reason": "pagu turun"}
    )
    found = before_after(before, meeting.state)
    assert found.leaving
    assert not set(found.leaving) & set(found.entering)
    assert found.to_score == {"U-1": "changed"}
    assert state_before(meeting.state, meeting.entries[-3].request) == before
    meeting.score(2)
    assert meeting.state.to_score == {}


def keyed_at(times, channel="paper"):
    """Return a room whose lines were keyed in at some seconds after eight o'clock."""
    people = [{"participant": f"{number:03d}"} for number in range(101, 131)]
    meeting = Meeting()
    meeting.act("participants_registered", {"participants": people})
    meeting.act("round_opened", {"round": 1, "way": "cards"})
    cells = ((row["participant"], label) for row in people for label in meeting.state.rounds[1].proposals)
    for second, (card, label) in zip(times, cells, strict=False):
        body = {"round": 1, "participant": card, "proposal": label, "points": {"K1": 3, "K2": 4}}
        at = f"2026-02-18T08:{second // 60:02d}:{second % 60:02d}+07:00"
        entry = replace(meeting.entry("ballot_keyed", body, channel=channel, operator="operator 1"), at=at)
        meeting.state = after(meeting.state, entry)
    return meeting.state


def test_the_estimate_learns_from_the_rooms_own_lines():
    assert room_pace(keyed_at(range(0, 60, 3))) is None  # 20 lines have 19 gaps
    pace = room_pace(keyed_at([*range(0, 66, 3), 900, 903, 880, 883]))  # a pause, and a clock set back
    assert (pace.lines, pace.criteria, pace.seconds) == (23, 2, 3.0)
    assert entry_time(Way.CARDS, 50, 20, 2, pace=pace).seconds == 3000.0
    assert entry_time(Way.CARDS, 50, 20, 4, pace=pace).seconds == 4000.0
    assert quicker(50, 20, 2, groups=6, pace=pace)[0].seconds < 3000.0
    assert room_pace(keyed_at(range(0, 150, 3), channel="rehearsal")) is None
