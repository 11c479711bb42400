"""Whatever is delivered, it is refused by name or leaves a state that can be computed; it never breaks."""

from __future__ import annotations

import os
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.room.rooms import Meeting
from workbench.domain.session_columns import SESSION_COLUMNS
from workbench.room.entries import Entry
from workbench.room.replay import ACTS, SPECIAL, after, refusals, replay
from workbench.room.session import room_resolution, session_of
from workbench.room.setting import rules_of

EXAMPLES = 300 if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else 6
LABELS = ("U-1", "U-2", "U-9", "K1", "K2", "K9", "001", "002", "900", "r0002", "r0003", "mufakat", "", " x")
WORDS = (
    "cards",
    "tally",
    "votes",
    "orders",
    "consensus",
    "hands",
    "funded",
    "result",
    "mean",
    "3",
    "5",
    "judged",
)
plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 6),
    st.sampled_from((0.5, 1e300, -1.0, 2.0**60)),
    st.sampled_from((*LABELS, *WORDS, "73.02.01.2001", "99", "alasan")),
)
NAMES = (
    *sorted({column.name for columns in SESSION_COLUMNS.values() for column in columns}),
    *("K1", "K2", "U-1", "count", "scoring", "ties", "place", "invited", "speeches", "catatan_desa"),
)
values = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
    ),
    max_leaves=8,
)
GOOD = {
    "round": st.integers(1, 2),
    "participant": st.sampled_from(("001", "002")),
    "card": st.sampled_from(("001", "K1", "", "mufakat")),
    "participants": st.sampled_from((["001"], [{"participant": "901", "hamlet": "Lor"}])),
    "proposal": st.sampled_from(("U-1", "U-2", {"proposal": "U-7", "activity": "x", "cost": 5, "asal": "y"})),
    "proposals": st.sampled_from((["U-1", "U-2"], ["U-3"])),
    "parts": st.just([{"proposal": f"U-1{part}", "activity": part} for part in "ab"]),
    "points": st.sampled_from(({"K1": 3, "K2": None}, {"K1": 1, "K2": 5})),
    "said": st.sampled_from(({"K1": 3, "K2": None}, {"3": 1}, 2)),
    "counts": st.sampled_from(({"3": 2}, {"1": 1, "5": 3})),
    "criteria": st.sampled_from((["K1"], ["K1", "K2"])),
    "criterion": st.sampled_from(("K1", "K2")),
    "changes": st.sampled_from(({"cost": 7}, {"volume": "2"}, {"voting_right": False}, {"sex": "female"})),
    "order": st.just([["U-1", "U-2"], ["U-3"], ["U-4"], ["U-5"]]),
    "way": st.sampled_from(("cards", "tally", "consensus")),
    "reason": st.just("alasan"),
    "into": st.just("U-4"),
    "votes": st.integers(0, 3),
    "decision": st.just("funded"),
    "first": st.just("K1"),
    "second": st.just("K2"),
    "value": st.sampled_from((3, 0.2)),
    "weights": st.just({"K1": 3}),
    "lines": st.sampled_from(
        (
            [{"amount": 9_000_000}],
            [{"band": "P1", "lower": 80.0}, {"band": "P2", "lower": 60.0}],
            [{"condition": "satu", "demand": "only_one", "proposals": "U-1, U-2"}],
            [{"condition": "dua", "demand": "at_most", "counted": "proposals", "limit": "1", "pool": "*"}],
            [],
        )
    ),
    "heads": st.just([{"count": 2, "sex": "female"}]),
    "rules": st.sampled_from(({"aggregation": "median"}, {"scoring": "plain_sum"})),
    "facts": st.sampled_from(({"place": "Balai"}, {"invited": 9})),
    "answers": st.just([{"way": "rank", "criterion": "K1", "value": 1}]),
    "request": st.sampled_from(("r0002", "r0003", "r0006")),
    "requests": st.just([]),
}


@cache
def starts() -> tuple[Meeting, ...]:
    fresh, opened, scored = Meeting(), Meeting(), Meeting()
    opened.act("round_opened", {"round": 1, "way": "cards"})
    opened.key("001", "U-1", 5, 5)
    scored.score()
    tally = Meeting()
    tally.act("round_opened", {"round": 1, "way": "tally"})
    return fresh, opened, scored, tally


@st.composite
def bodies(draw, kind: str) -> dict:
    fields = ACTS[kind].fields if kind in ACTS else SPECIAL[kind]
    body = {}
    for entry in fields:
        if not entry.required and draw(st.booleans()):
            continue
        known = GOOD.get(entry.name, values)
        body[entry.name] = draw(known if draw(st.integers(0, 5)) else values)
    return body


@pytest.mark.parametrize("kind", sorted({*ACTS, *SPECIAL} - {"room_opened"}))
@given(data=st.data())
@settings(max_examples=EXAMPLES)
def test_an_entry_is_refused_or_leaves_a_session(kind, data):
    meeting = data.draw(st.sampled_from(starts()))
    entry = Entry(kind, data.draw(bodies(kind)), "zz", channel="paper").placed(900, "uji", "")
    if refusals(meeting.state, entry):
        return
    state = after(meeting.state, entry)
    session = session_of(state)
    room_resolution(state, session)
    rules_of(state)
    assert replay([*meeting.entries, entry]) == state
