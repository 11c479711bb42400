"""From a session to its first entry and back, and what closed rounds add to it."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.room.rooms import CARDS, CRITERIA, PROPOSALS, Meeting, session
from tests.strategies import rules, tables
from workbench.deliberation.answers import answers_of
from workbench.deliberation.attendance import attendance_of
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.errors import InvalidInput
from workbench.prioritisation import prioritise
from workbench.room.entries import Entry, canonical
from workbench.room.group_orders import room_orders
from workbench.room.opening import opening_body
from workbench.room.replay import after
from workbench.room.session import session_of
from workbench.room.setting import rules_of
from workbench.room.state import EMPTY
from workbench.store.session_writing import session_files


def opened(start: Session, chosen: Rules):
    body = json.loads(canonical(opening_body(start, chosen)))
    return after(EMPTY, Entry("room_opened", body, "r0"))


@settings(max_examples=5)
@given(tables(), rules())
def test_a_room_that_only_opened_is_the_session_it_opened_on(drawn, chosen):
    start = drawn.session()
    state = opened(start, chosen)
    files, rebuilt = session_files(start, chosen), session_files(session_of(state), rules_of(state))
    assert rebuilt.keys() == files.keys()
    for name, content in files.items():
        assert sorted(rebuilt[name].splitlines()) == sorted(content.splitlines()), name
    try:
        expected = prioritise(start, chosen).table
    except InvalidInput:
        return  # nothing ranks this list, whoever asks
    pd.testing.assert_frame_equal(prioritise(session_of(state), rules_of(state)).table, expected)


def test_points_of_an_open_round_are_in_no_session():
    meeting = Meeting()
    meeting.act("round_opened", {"round": 1, "way": "cards"})
    meeting.key("001", "U-1", 5, 5)
    assert session_of(meeting.state).ballots.frame.empty
    assert not meeting.state.revealed(1)
    meeting.act("round_closed", {"round": 1})
    assert len(session_of(meeting.state).ballots.frame) == len(CRITERIA)
    meeting.act("round_reopened", {"round": 1, "reason": "tiga kartu datang terlambat"})
    assert session_of(meeting.state).ballots.frame.empty


def test_tallies_rank_as_the_cards_that_they_count():
    by_cards, by_tally = Meeting(), Meeting()
    by_cards.score()
    by_tally.act("round_opened", {"round": 1, "way": "tally"})
    lines = session_of(by_cards.state).ballots.frame
    for (label, criterion), points in lines.groupby(["proposal", "criterion"])["points"]:
        counts = {f"{value:g}": int(held) for value, held in points.value_counts().items()}
        body = {"round": 1, "proposal": label, "criterion": criterion, "counts": counts}
        by_tally.act("tally_keyed", body)
    by_tally.act("round_closed", {"round": 1})
    one, other = (prioritise(session_of(held.state), Rules()).table for held in (by_cards, by_tally))
    pd.testing.assert_frame_equal(one, other)


def test_agreed_points_are_one_card_of_the_forum():
    meeting = Meeting()
    meeting.act("round_opened", {"round": 1, "way": "consensus"})
    for at, label in enumerate(PROPOSALS):
        meeting.act("points_agreed", {"round": 1, "proposal": label, "points": {"K1": 5 - at, "K2": 3}})
    meeting.act("round_closed", {"round": 1})
    table = prioritise(session_of(meeting.state), Rules()).table
    assert list(table.index) == list(PROPOSALS)
    assert set(session_of(meeting.state).ballots.frame["participant"]) == {"mufakat"}


COUNTED = pd.DataFrame(
    [
        {
            "criterion": "S",
            "name": "Suara",
            "weight": 1.0,
            "scale_min": 0.0,
            "scale_max": 20.0,
            "measure": "number",
        }
    ]
)


def counted(direction: str = "higher") -> Session:
    # The column is no column of the list yet: the count makes it.
    start = session()
    asked = COUNTED.assign(column="jumlah_suara", direction=direction)
    frame = start.proposals.frame.assign(jumlah_suara="")
    listed = type(start.proposals)(frame)
    return Session(
        start.facts, listed, type(start.criteria).from_tables(asked), start.regions, start.participants,
        budget=start.budget,
    )  # fmt: skip


@settings(max_examples=5)
@given(st.permutations([("U-2", 1)] * 4 + [("U-1", 1)] * 3 + [("U-3", 1)] * 2 + [("U-4", 1)]))
def test_votes_that_grow_on_the_wall_are_added_up(cast):
    meeting = Meeting(counted())
    meeting.act("round_opened", {"round": 1, "way": "votes", "criteria": ["S"], "cards": 4, "each": 3})
    for label, votes in cast:
        meeting.act("votes_added", {"round": 1, "proposal": label, "votes": votes})
    meeting.act("votes_added", {"round": 1, "proposal": "U-1", "votes": -1})
    meeting.act("votes_added", {"round": 1, "proposal": "U-1", "votes": 1})
    meeting.act("round_closed", {"round": 1})
    table = prioritise(session_of(meeting.state), Rules()).table
    assert list(table.index) == ["U-2", "U-1", "U-3", "U-4", "U-5"]
    assert (table.loc["U-5", "rank"], table.loc["U-5", "score"]) == (5, 0.0)  # counted, and named by nobody


def test_group_orders_merge_by_the_sum_of_places():
    meeting = Meeting(counted("lower"))
    meeting.act("round_opened", {"round": 1, "way": "orders", "criteria": ["S"]})
    for group, order in {
        "A": [["U-1"], ["U-2"], ["U-3"], ["U-4"], ["U-5"]],
        "B": [["U-2"], ["U-1", "U-3"], ["U-4"], ["U-5"]],
    }.items():
        meeting.act("order_given", {"round": 1, "group": group, "order": order})
    meeting.act("round_closed", {"round": 1})
    sums = session_of(meeting.state).proposals.frame["jumlah_suara"]
    assert sums.to_dict() == {"U-1": "3.5", "U-2": "3", "U-3": "5.5", "U-4": "8", "U-5": "10"}
    assert prioritise(session_of(meeting.state), Rules()).table.index[0] == "U-2"
    assert room_orders(meeting.state).places.loc["B"].to_dict() == {
        "U-1": 2.0, "U-2": 1.0, "U-3": 2.0, "U-4": 3.0, "U-5": 4.0,
    }  # fmt: skip


def test_orders_are_shown_when_their_round_is_closed_and_without_what_left_the_list():
    meeting = Meeting(counted("lower"))
    meeting.act("round_opened", {"round": 1, "way": "orders", "criteria": ["S"]})
    order = [[label] for label in PROPOSALS]
    meeting.act("order_given", {"round": 1, "group": "A", "order": order})
    assert room_orders(meeting.state) is None
    meeting.act("round_closed", {"round": 1})
    meeting.act("proposal_withdrawn", {"proposal": "U-1", "reason": "sudah didanai"})
    assert list(room_orders(meeting.state).places.columns) == list(PROPOSALS[1:])


@pytest.mark.parametrize("way", ["hands", "dots"])
def test_counts_of_a_show_of_hands_rank(way):
    meeting = Meeting(counted())
    meeting.act("round_opened", {"round": 1, "way": way, "criteria": ["S"]})
    for at, label in enumerate(PROPOSALS):
        meeting.act("votes_keyed", {"round": 1, "proposal": label, "votes": at})
    meeting.act("round_closed", {"round": 1})
    assert list(prioritise(session_of(meeting.state), Rules()).table.index) == list(reversed(PROPOSALS))


def test_a_voided_card_counts_nowhere():
    meeting = Meeting()
    meeting.act("round_opened", {"round": 1, "way": "cards"})
    for card in CARDS[:2]:
        meeting.key(card, "U-1", 5, 5)
    meeting.act("card_voided", {"round": 1, "participant": "001", "reason": "kartu robek, diganti 003"})
    meeting.act("round_closed", {"round": 1})
    assert set(session_of(meeting.state).ballots.frame["participant"]) == {"002"}


def test_proposals_that_left_the_list_stay_with_their_reason():
    meeting = Meeting()
    meeting.score()
    meeting.act("proposal_withdrawn", {"proposal": "U-5", "reason": "sudah didanai kabupaten"})
    meeting.act("proposals_merged", {"into": "U-1", "proposals": ["U-2"], "reason": "satu ruas jalan"})
    parts = [
        {"proposal": "U-3a", "activity": "Talud utara", "region": "73.02.01.2001", "cost": 8_000_000},
        {"proposal": "U-3b", "activity": "Talud selatan", "region": "73.02.01.2001", "cost": 12_000_000},
    ]
    meeting.act("proposal_split", {"proposal": "U-3", "parts": parts, "reason": "dua tahap"})
    table = prioritise(session_of(meeting.state), Rules()).table
    assert set(table.index) == {*PROPOSALS, "U-3a", "U-3b"}
    assert set(table.index[table["standing"] == "gate_failed"]) == {"U-2", "U-3", "U-5"}
    notes = session_of(meeting.state).gates.frame.set_index("proposal")["note"]
    assert notes["U-5"] == "sudah didanai kabupaten"
    assert meeting.state.to_score == {"U-1": "merged", "U-3a": "split", "U-3b": "split"}


def test_marks_of_a_tally_are_nobody_in_the_attendance():
    meeting = Meeting()
    meeting.act("round_opened", {"round": 1, "way": "tally"})
    body = {"round": 1, "proposal": "U-1", "criterion": "K1", "counts": {"5": 9}}
    meeting.act("tally_keyed", body)
    meeting.act("round_closed", {"round": 1})
    start = session_of(meeting.state)
    assert len(start.participants) == len(CARDS) + 9
    assert attendance_of(start, Rules()).present == len(CARDS)
    answers = answers_of(start, Rules(), prioritise(start, Rules()))
    assert len(answers) == 0  # marks tie nobody's answers together, so they say nothing about agreement
