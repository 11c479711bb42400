"""Two rounds of tallies and of groups' cards: what the same cards would say, as far as counts can tell it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deliberation.rooms import plain, rooms, tables
from tests.deliberation.test_group_cards import room as group_room
from tests.deliberation.test_tallies import counted
from tests.strategies import Tables
from workbench.deliberation import RoundChanges, deliberate, disputed, round_changes
from workbench.deliberation.compared_rounds import IN_TWO
from workbench.domain.ballots import Ballots
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.agreement import Stop
from workbench.prioritisation import prioritise

FIRST = {"U-1": [4, 4, 5, 5, 5, 4], "U-2": [1, 1, 5, 5, 3, 3], "U-3": [2, 2, 2, 3, 2, 2]}
TOLD_BY_COUNTS = [
    *("asked_again", "answers_before", "answers_now", "median_before", "median_now", "iqr_before", "iqr_now"),
    *("level_before", "level_now", "in_band", "consensus", "stable", "change"),
    *("score_before", "score_now", "rank_before", "rank_now"),
]


def lines(number: int, points: dict[str, list[int]], *criteria: str) -> list[tuple[object, ...]]:
    return [
        (number, f"{person:03d}", label, criterion, float(value))
        for label, values in points.items()
        for person, value in enumerate(values)
        for criterion in criteria
    ]


def cards(*rounds: dict[str, list[int]], criteria: tuple[str, ...] = ("K1",)) -> Tables:
    """Make rounds of people's cards on some of the criteria of the room."""
    given_lines = [
        line for number, points in enumerate(rounds, 1) for line in lines(number, points, *criteria)
    ]
    frame = pd.DataFrame(given_lines, columns=["round", "participant", "proposal", "criterion", "points"])
    people = pd.DataFrame({"participant": sorted(frame["participant"].unique())})
    made = tables(frame[frame["round"] == 1].drop(columns="round"), people)
    return replace(made, ballots=frame, criteria=made.criteria.iloc[: len(criteria)])


def changes(made: Tables | Session, rules: Rules | None = None) -> RoundChanges:
    session = made.session() if isinstance(made, Tables) else made
    found = round_changes(session, rules or Rules())
    assert found is not None
    return found


def agreed(made: Tables, label: str, points: float) -> Tables:
    """Add a second round in which the forum agrees on one proposal directly."""
    line = pd.DataFrame([(2, "mufakat", label, "K1", points)], columns=made.ballots.columns)
    people = pd.concat([made.participants, pd.DataFrame({"participant": ["mufakat"]})]).fillna("")
    ballots = pd.concat([made.ballots, line], ignore_index=True)
    return replace(made, ballots=ballots, participants=people)


@settings(max_examples=6)
@given(rooms(), st.integers(0, 2**32 - 1))
def test_on_one_criterion_two_tallies_say_what_their_cards_say_of_the_room(drawn, seed):
    """Everybody of the first round answers the second: then counts lack nothing but who moved."""
    chance = np.random.default_rng(seed)
    first = drawn.ballots[drawn.ballots["criterion"] == "K1"]
    again = first[first["proposal"].isin(chance.permutation(first["proposal"].unique())[:3])]
    second = again.assign(round=2, points=chance.integers(1, 6, len(again)).astype(float))
    by_cards = replace(
        drawn, criteria=drawn.criteria.iloc[:1], ballots=pd.concat([first, second], ignore_index=True)
    )
    people = round_changes(by_cards.session(), Rules())
    marks = round_changes(counted(by_cards).session(), Rules())
    if people is None:
        assert marks is None
        return
    pd.testing.assert_frame_equal(
        marks.table[TOLD_BY_COUNTS], people.table[TOLD_BY_COUNTS], check_dtype=False
    )
    for field in ("too_few", "disputed", "decision", "round_number", "rule"):
        assert getattr(marks, field) == getattr(people, field)
    assert marks.table[["moved", "mean_move"]].isna().all(axis=None)
    assert marks.counted == tuple(marks.table.index[marks.table["asked_again"].astype(bool)])
    assert (marks.withheld, np.isnan(marks.w_now)) == ((), True)


@settings(max_examples=6)
@given(rooms(), st.integers(0, 2**32 - 1))
def test_each_round_of_a_tally_keeps_the_words_that_its_wall_showed(drawn, seed):
    chance = np.random.default_rng(seed)
    first = drawn.ballots
    second = first.assign(round=2, points=chance.integers(1, 6, len(first)).astype(float))
    tally = counted(replace(drawn, ballots=pd.concat([first, second], ignore_index=True))).session()
    found = round_changes(tally, Rules())
    for number, when in ((1, "before"), (2, "now")):
        rules = Rules(round=number)
        wall = deliberate(tally, rules, prioritise(tally, rules)).spreads.overall
        shown = wall.loc[found.table.index]
        assert found.table[f"level_{when}"].tolist() == shown["level"].tolist()
        assert found.table[f"criterion_{when}"].tolist() == shown["most_varied"].tolist()
    assert (found.table[["answers_before", "answers_now"]] >= 5).all(axis=None)
    asked = disputed(tally, Rules()).proposals
    assert found.disputed == tuple(label for label in asked if label in found.table.index)


def test_what_two_tallies_moved_is_told_by_the_criterion_that_was_disputed():
    made = counted(cards(FIRST, {"U-2": [4, 4, 5, 5, 4, 4]}, criteria=("K1", "K2")))
    line = changes(made).table.loc["U-2"]
    assert (line["level_before"], line["level_now"], line["criterion_before"]) == ("varied", "uniform", "K1")
    assert (line["median_before"], line["median_now"]) == (0.5, 0.75)
    assert (line["score_before"], line["score_now"]) == (pytest.approx(50.0), pytest.approx(83.3333333))
    assert (bool(line["consensus"]), bool(line["stable"])) == (True, False)
    assert changes(made).counted == ("U-2",)


def test_marks_of_a_few_who_came_later_are_not_told_apart():
    found = changes(counted(cards(FIRST, {"U-2": [4, 4, 5, 5, 4, 4, 1]})))
    assert np.isnan(found.table.loc["U-2", "change"])
    assert not found.table.loc["U-2", "stable"]  # the published quartiles moved
    few = changes(counted(cards(FIRST, {"U-2": [4, 4, 5, 5]})))
    assert few.too_few == ("U-2",)
    assert "U-2" not in few.table.index


@pytest.mark.parametrize("sizes", [(8, 9, 7, 5), (8, 9, 7, 4)])
def test_groups_that_write_a_second_card_are_compared_like_people_but_from_three_on(sizes):
    first = group_room(*sizes)
    frame = first.ballots.frame
    again = frame[frame["proposal"] == "U-2"].assign(round=2, points=4.0)
    found = changes(replace(first, ballots=Ballots(pd.concat([frame, again], ignore_index=True))))
    if min(sizes) < 5:
        assert found.table.empty  # among four cards one is a small group's
        assert found.too_few == ("U-1", "U-2", "U-3")
        assert found.decision is Stop.ROUNDS_USED
        return
    line = found.table.loc["U-2"]
    assert found.grouped == ("U-2",)
    assert (line["answers_before"], line["answers_now"], line["moved"]) == (4, 4, 1.0)
    assert (line["level_before"], line["level_now"]) == ("varied", "uniform")


def test_a_second_round_in_another_way_is_set_beside_the_first_and_not_compared():
    tally = counted(cards(FIRST))
    people = cards(FIRST, {"U-2": [4, 4, 5, 5, 4, 4]})
    second = people.ballots[people.ballots["round"] == 2]
    mixed = replace(tally, ballots=pd.concat([tally.ballots, second], ignore_index=True))
    found = changes(mixed)
    line = found.table.loc["U-2"]
    assert (found.another_way, found.counted, found.grouped) == (("U-2",), (), ())
    assert (line["median_before"], line["median_now"]) == (0.5, 0.75)
    assert line[IN_TWO].isna().all()
    assert (bool(line["consensus"]), bool(line["stable"])) == (True, False)
    assert found.table.loc["U-1", "stable"]
    assert "U-1" in found.table.index


def test_what_the_forum_agrees_on_directly_is_settled_and_has_no_spread():
    found = changes(agreed(cards(FIRST), "U-2", 4.0))
    line = found.table.loc["U-2"]
    assert (found.settled, found.another_way, found.disputed) == (("U-2",), (), ())
    assert (bool(line["consensus"]), bool(line["stable"]), line["level_now"]) == (True, True, "")
    assert line["median_before"] == 0.5
    assert np.isnan(line["median_now"])
    assert found.decision is Stop.CONSENSUS


def test_the_order_of_marks_reaches_no_figure():
    made = counted(cards(FIRST, {"U-2": [4, 4, 5, 5, 4, 2]}, criteria=("K1", "K2")))
    other = made.ballots.copy()
    other["points"] = other.groupby(["round", "proposal", "criterion"])["points"].transform(
        lambda v: v.to_numpy()[::-1]
    )
    assert plain(changes(made)) == plain(changes(replace(made, ballots=other)))
