"""What may not be done is refused before it is written, by code and facts, and changes nothing."""

from __future__ import annotations

from functools import cache

import pytest

from tests.room.rooms import Meeting
from workbench.present.i18n import translator
from workbench.present.problems import problem_sentence
from workbench.room.entries import Entry
from workbench.room.replay import refusals

GOOD = {"K1": 3, "K2": 3}


@cache
def before() -> Meeting:
    return Meeting()


@cache
def opened() -> Meeting:
    meeting = Meeting()
    meeting.act("participants_registered", {"participants": [{"participant": "900", "voting_right": False}]})
    meeting.act("round_opened", {"round": 1, "way": "cards", "proposals": ["U-1", "U-2"], "cards": 4})
    return meeting


@cache
def keyed() -> Meeting:
    meeting = opened.__wrapped__()
    meeting.key("001", "U-1", 5, 5)
    meeting.act("card_voided", {"round": 1, "participant": "004", "reason": "robek"})
    return meeting


@cache
def scored() -> Meeting:
    meeting = Meeting()
    meeting.score()
    return meeting


@cache
def locked() -> Meeting:
    meeting = scored.__wrapped__()
    meeting.act("session_locked", {})
    return meeting


@cache
def tally() -> Meeting:
    meeting = Meeting()
    meeting.act("round_opened", {"round": 1, "way": "tally", "cards": 4})
    return meeting


def ballot(card="001", proposal="U-1", number=1, **points):
    return {"round": number, "participant": card, "proposal": proposal, "points": points or GOOD}


CASES = [
    (before, "ballot_keyed", ballot(), "round_not_open"),
    (before, "round_opened", {"round": 2, "way": "cards"}, "round_out_of_turn"),
    (before, "round_opened", {"round": 1, "way": "cards", "proposals": ["U-9"]}, "unknown_proposal"),
    (before, "round_opened", {"round": 1, "way": "cards", "proposals": []}, "round_without_proposals"),
    (before, "round_opened", {"round": 1, "way": "votes", "criteria": ["K1"]}, "criterion_not_counted"),
    (before, "round_opened", {"round": 1, "way": "orders"}, "round_without_criteria"),
    (before, "round_opened", {"round": 1, "way": "groups"}, "round_without_groups"),
    (before, "round_opened", {"round": 1, "way": "cards", "criteria": ["K9"]}, "unknown_criterion"),
    (before, "room_opened", None, "room_already_open"),
    (before, "facts_set", {"facts": {"nik": "1"}}, "unknown_fact"),
    (before, "facts_set", {"facts": {"plan_year": "x"}}, "entry_field_wrong"),
    (before, "rules_set", {"rules": {"scoring": "guess"}}, "unknown_rule"),
    (before, "rules_set", {"rules": {"colour": "red"}}, "unknown_rule_key"),
    (before, "weights_set", {"weights": {"K9": 1}}, "unknown_criterion"),
    (before, "weights_set", {"weights": {"K1": -1}}, "negative_value"),
    (before, "budget_set", {"lines": [{"amount": -5}]}, "negative_value"),
    (before, "budget_set", {"lines": [{"amount": 5, "region": "99.99"}]}, "region_code_unknown"),
    (before, "budget_set", {"lines": [{"amount": 10.5}]}, "entry_field_wrong"),
    (before, "participants_registered", {"participants": [{"participant": "001"}]}, "duplicate_card"),
    (
        before,
        "participants_registered",
        {"participants": [{"participant": "9", "sex": "x"}]},
        "entry_field_wrong",
    ),
    (
        before,
        "participants_registered",
        {"participants": [{"participant": "9", "name": "Budi"}]},
        "entry_field_unknown",
    ),
    (before, "attendance_marked", {"participants": ["777"], "present": True}, "unknown_participant"),
    (before, "attendance_counted", {"heads": [{"count": -1}]}, "entry_field_wrong"),
    (
        before,
        "pair_compared",
        {"participant": "001", "first": "K1", "second": "K1", "value": 3},
        "compared_with_itself",
    ),
    (
        before,
        "pair_compared",
        {"participant": "001", "first": "K1", "second": "K2", "value": 12},
        "judgement_outside_scale",
    ),
    (
        before,
        "pair_compared",
        {"participant": "001", "first": "K1", "second": "K2", "value": 0},
        "judgement_not_positive",
    ),
    (
        before,
        "proposal_added",
        {"proposal": {"proposal": "U-1", "activity": "x", "region": ""}, "reason": "r"},
        "duplicate_id",
    ),
    (before, "proposal_added", {"proposal": {"proposal": "U-8"}, "reason": "r"}, "empty_cell"),
    (
        before,
        "proposal_added",
        {"proposal": {"proposal": "U-8", "activity": "x"}, "reason": " "},
        "reason_missing",
    ),
    (
        before,
        "proposal_changed",
        {"proposal": "U-1", "changes": {"cost": -1}, "reason": "r"},
        "negative_value",
    ),
    (
        before,
        "proposal_changed",
        {"proposal": "U-1", "changes": {"cost": "1"}, "reason": "r"},
        "entry_field_wrong",
    ),
    (before, "proposals_merged", {"into": "U-1", "proposals": ["U-1"], "reason": "r"}, "merged_into_itself"),
    (before, "proposals_merged", {"into": "U-1", "proposals": [], "reason": "r"}, "nothing_to_merge"),
    (before, "proposal_split", {"proposal": "U-1", "parts": [], "reason": "r"}, "split_in_one"),
    (before, "proposal_returned", {"proposal": "U-1", "reason": "r"}, "proposal_not_gone"),
    (before, "gate_examined", {"proposal": "U-1", "gate": "lahan", "passed": False}, "reason_missing"),
    (before, "decision_made", {"proposal": "U-1", "reason": "r"}, "decides_nothing"),
    (before, "decision_made", {"proposal": "U-1", "decided_rank": 0, "reason": "r"}, "rank_below_one"),
    (before, "decision_withdrawn", {"proposal": "U-1", "reason": "r"}, "not_decided"),
    (before, "session_reopened", {"reason": "r"}, "session_not_locked"),
    (before, "guess", {}, "unknown_entry"),
    (opened, "round_opened", {"round": 2, "way": "cards"}, "round_open"),
    (opened, "ballot_keyed", ballot("777"), "unknown_participant"),
    (opened, "ballot_keyed", ballot("900"), "no_voting_right"),
    (opened, "ballot_keyed", ballot(proposal="U-9"), "unknown_proposal"),
    (opened, "ballot_keyed", ballot(proposal="U-3"), "proposal_not_in_round"),
    (opened, "ballot_keyed", ballot(K1=6, K2=3), "points_outside_scale"),
    (opened, "ballot_keyed", ballot(K1=3), "criterion_left_out"),
    (opened, "ballot_keyed", ballot(K1=3, K2=3, K3=1), "criterion_not_in_round"),
    (opened, "ballot_keyed", ballot(K1=True, K2=3), "entry_field_wrong"),
    (opened, "ballot_keyed", ballot(number=2), "round_not_open"),
    (
        opened,
        "tally_keyed",
        {"round": 1, "proposal": "U-1", "criterion": "K1", "counts": {"5": 1}},
        "other_way_in_round",
    ),
    (
        opened,
        "line_corrected",
        {"round": 1, "card": "001", "proposal": "U-1", "said": GOOD, "reason": "r"},
        "line_not_keyed",
    ),
    (opened, "session_locked", {}, "round_open"),
    (opened, "simulation_opened", {"reason": "r"}, "round_open"),
    (keyed, "ballot_keyed", ballot(K1=1, K2=1), "line_already_keyed"),
    (keyed, "ballot_keyed", ballot() | {"version": 2}, "version_not_here"),
    (keyed, "ballot_keyed", ballot("004"), "card_voided"),
    (
        keyed,
        "line_corrected",
        {"round": 1, "card": "001", "proposal": "U-1", "said": {"K1": 9, "K2": 1}, "reason": "r"},
        "points_outside_scale",
    ),
    (
        tally,
        "tally_keyed",
        {"round": 1, "proposal": "U-1", "criterion": "K1", "counts": {"7": 1}},
        "points_outside_scale",
    ),
    (
        tally,
        "tally_keyed",
        {"round": 1, "proposal": "U-1", "criterion": "K1", "counts": {"x": 1}},
        "entry_field_wrong",
    ),
    (
        tally,
        "tally_keyed",
        {"round": 1, "proposal": "U-1", "criterion": "K1", "counts": {"3": 5}},
        "more_votes_than_cards",
    ),
    (scored, "weights_set", {"weights": {"K1": 5}}, "reason_needed_after_scores"),
    (scored, "rules_set", {"rules": {"aggregation": "median"}}, "reason_needed_after_scores"),
    (
        scored,
        "criteria_set",
        {"criteria": [{"criterion": "K1", "name": "x", "scale_min": 1.0, "scale_max": 9.0}], "reason": "r"},
        "criterion_scored",
    ),
    (scored, "round_reopened", {"round": 5, "reason": "r"}, "unknown_round"),
    (locked, "weights_set", {"weights": {"K1": 5}, "reason": "r"}, "session_locked"),
    (locked, "undone", {"request": "r0002"}, "session_locked"),
]


@pytest.mark.parametrize(
    ("start", "kind", "body", "code"), CASES, ids=[f"{kind}-{code}" for _, kind, _, code in CASES]
)
def test_it_is_refused_by_name_and_with_words(start, kind, body, code):
    meeting = start()
    body = meeting.entries[0].body if body is None else body
    problems = refusals(meeting.state, Entry(kind, body, "baru", channel="paper"))
    assert code in {problem.code for problem in problems}
    for language in ("id", "en"):
        t = translator(language)
        for problem in problems:
            assert t.has(f"problem.{problem.code}"), problem.code
            assert "{" not in problem_sentence(problem, t)


def test_what_json_cannot_hold_is_refused():
    meeting = opened()
    for points in ({"K1": float("nan"), "K2": 1}, {"K1": 1, "K2": object()}):
        entry = Entry("ballot_keyed", ballot() | {"points": points}, "baru")
        assert refusals(meeting.state, entry)[0].code == "entry_not_writable"
    half = Entry("session_reopened", {"reason": "\ud800"}, "baru")
    assert refusals(meeting.state, half)[0].code == "entry_not_writable"


def test_after_the_scores_a_change_with_its_reason_is_taken():
    meeting = Meeting()
    meeting.score()
    meeting.act("weights_set", {"weights": {"K1": 5}, "texts": {"K1": "5"}, "reason": "disepakati ulang"})
    assert meeting.state.criteria.rows["K1"]["weight"] == 5
    assert meeting.state.criteria.rows["K1"]["weight_text"] == "5"


def test_simulation_needs_the_chairs_request_once_scores_were_seen():
    meeting = Meeting()
    assert meeting.state.simulation_allowed
    meeting.score()
    assert not meeting.state.simulation_allowed
    meeting.act("simulation_opened", {"reason": "permintaan pimpinan sidang"})
    assert meeting.state.simulation_allowed
    meeting.act("round_opened", {"round": 2, "way": "cards", "proposals": ["U-1"]})
    assert not meeting.state.simulation_allowed
