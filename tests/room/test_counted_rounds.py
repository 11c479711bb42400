"""A second counting round beside the first: counts and ranks are those that each round left in the result."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.room.rooms import PROPOSALS, Meeting
from workbench.room.comparison import outcome_of
from workbench.room.counted_rounds import counted_rounds
from workbench.room.round import Way

HANDS = {"U-1": 9, "U-2": 7, "U-3": 5, "U-4": 3, "U-5": 1}
CRITERION = {
    "criterion": "S",
    "name": "Suara forum",
    "weight": 1.0,
    "scale_min": 0.0,
    "scale_max": 50.0,
    "measure": "number",
    "column": "suara_forum",
}


def meeting() -> Meeting:
    made = Meeting()
    made.act("criteria_set", {"criteria": [CRITERION], "reason": "dihitung bersama"})
    return made


def count(made: Meeting, number: int, cast: dict[str, int], *, close: bool = True) -> None:
    body = {"round": number, "way": "hands", "criteria": ["S"], "proposals": list(cast)}
    made.act("round_opened", body)
    for label, votes in cast.items():
        made.act("votes_keyed", {"round": number, "proposal": label, "votes": votes})
    if close:
        made.act("round_closed", {"round": number})


def test_one_count_and_an_open_second_one_say_nothing():
    made = meeting()
    count(made, 1, HANDS)
    assert counted_rounds(made.state) is None
    count(made, 2, {"U-2": 12}, close=False)
    assert counted_rounds(made.state) is None


@pytest.mark.parametrize("again", [{"U-5": 20, "U-2": 2}, {"U-1": 9}, HANDS])
def test_what_was_counted_again_stands_beside_what_was_counted_before(again):
    made = meeting()
    count(made, 1, HANDS)
    before = outcome_of(made.state).outcomes[""].table["rank"]
    count(made, 2, again)
    after = outcome_of(made.state).outcomes[""].table["rank"]
    found = counted_rounds(made.state)
    asked = [label for label in PROPOSALS if label in again]
    assert (found.way, found.round_number, list(found.table.index)) == (Way.HANDS, 2, asked)
    assert found.table["count_before"].tolist() == [HANDS[label] for label in asked]
    assert found.table["count_now"].tolist() == [again[label] for label in asked]
    for when, ranks in (("before", before), ("now", after)):
        pd.testing.assert_series_equal(
            found.table[f"rank_{when}"], ranks[asked], check_names=False, check_index_type=False
        )
