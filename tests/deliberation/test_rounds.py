"""Delphi on a session: disputed, moved, stable, and never the answer of one who came or went."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deliberation.rooms import CARDS, plain, rooms, tables
from workbench.deliberation import deliberate, disputed, round_changes
from workbench.deliberation.compared_rounds import IN_TWO
from workbench.domain.ballots import Ballots
from workbench.domain.rules import Rules
from workbench.engine.agreement import Stop
from workbench.prioritisation import prioritise

FIRST = {"U-1": [4, 4, 5, 5, 5, 4], "U-2": [1, 1, 5, 5, 3, 3], "U-3": [2, 2, 2, 3, 2, 2]}


def session(*rounds, people=9):
    cards = pd.DataFrame(
        [
            (number, CARDS.format(person), label, criterion, float(points))
            for number, given in enumerate(rounds, 1)
            for label, answers in given.items()
            for person, points in (answers if isinstance(answers, dict) else dict(enumerate(answers))).items()
            for criterion in ("K1", "K2")
        ],
        columns=["round", "participant", "proposal", "criterion", "points"],
    )
    everybody = pd.DataFrame({"participant": [CARDS.format(person) for person in range(people)]})
    first = tables(cards[cards["round"] == 1], everybody).session()
    return replace(first, ballots=Ballots(cards))


def test_after_round_one_the_disputed_are_asked_again_the_least_agreed_first():
    found = disputed(session(FIRST), Rules())
    assert found.proposals == ("U-2",)
    assert found.agreed == ("U-1", "U-3")
    assert (found.round_number, found.next_round) == (1, 2)
    assert disputed(session(FIRST), Rules(most_rounds=1)).next_round is None
    assert round_changes(session(FIRST), Rules()) is None


def test_proposals_that_too_few_answered_are_neither_agreed_nor_disputed():
    found = disputed(session(FIRST | {"U-4": [1, 5, 1, 5]}), Rules())
    assert found.too_few == ("U-4",)
    assert "U-4" not in found.proposals


def test_consensus_and_stability_are_told_apart():
    together = round_changes(session(FIRST, {"U-2": [4, 4, 5, 5, 4, 4]}), Rules())
    line = together.table.loc["U-2"]
    assert line["consensus"]
    assert not line["stable"]
    assert line["moved"] == pytest.approx(4 / 6)
    assert (line["median_before"], line["median_now"]) == (0.5, 0.75)
    assert (line["rank_before"], line["rank_now"]) == (2, 2)
    assert together.disputed == ()
    assert together.decision is Stop.ROUNDS_USED
    kept = round_changes(session(FIRST, {"U-2": FIRST["U-2"]}), Rules())
    assert kept.decision is Stop.STABLE_DISSENT
    assert kept.disputed == ("U-2",)
    assert not kept.table.loc["U-1", "asked_again"]
    assert kept.table.loc["U-1", "stable"]


def test_more_rounds_than_the_forum_set_are_told():
    three = session(FIRST, {"U-2": [1, 1, 5, 5, 4, 4]}, {"U-2": [2, 1, 5, 5, 4, 4]})
    found = round_changes(three, Rules())
    assert found.beyond
    assert found.round_number == 3
    assert not round_changes(three, Rules(round=2)).beyond


def test_where_one_came_and_none_left_nothing_of_the_one_is_shown():
    late = dict(enumerate([4, 4, 5, 5, 4, 4, 1]))
    found = round_changes(session(FIRST, {"U-2": late}), Rules())
    assert found.withheld == ("U-2",)
    assert found.table.loc["U-2", IN_TWO].isna().all()
    five = dict.fromkeys(range(5), 4) | dict.fromkeys(range(6, 9), 4)
    again = round_changes(session({"U-2": [1, 1, 5, 5, 3, 3]}, {"U-2": five}), Rules())
    assert again.withheld == ("U-2",)  # one left and three came


def test_stability_without_the_people_is_read_from_what_the_wall_showed():
    late = dict(enumerate(FIRST["U-2"])) | {6: 3}
    found = round_changes(session(FIRST, {"U-2": late}), Rules())
    assert found.withheld == ("U-2",)
    moved = found.table.loc["U-2"]
    assert moved["stable"] == (
        moved["median_before"] == moved["median_now"] and moved["iqr_before"] == moved["iqr_now"]
    )


@settings(max_examples=6)
@given(rooms(), st.integers(0, 2**32 - 1))
def test_no_figure_changes_when_people_exchange_their_cards(drawn, seed):
    """Both rounds of one person belong together; whose they are reaches no result."""
    chance = np.random.default_rng(seed)
    first = drawn.ballots
    kept = chance.random(len(first)) < 0.7
    second = first[kept].assign(round=2, points=chance.integers(1, 6, kept.sum()).astype(float))
    given = replace(drawn.session(), ballots=Ballots(pd.concat([first, second], ignore_index=True)))
    labels = drawn.participants["participant"].tolist()
    names = dict(zip(labels, chance.permutation(labels), strict=True))
    frame = given.ballots.frame
    other = replace(given, ballots=Ballots(frame.assign(participant=frame["participant"].map(names))))
    found = round_changes(given, Rules())
    assert plain(found) == plain(round_changes(other, Rules()))
    assert plain(disputed(given, Rules())) == plain(disputed(other, Rules()))
    if found is None:
        return
    assert (found.table[["answers_before", "answers_now"]] >= 5).all(axis=None)
    assert CARDS.split("-")[0] not in str(plain(found))


def test_under_the_median_rule_no_median_tells_a_score_that_few_people_gave():
    alike = FIRST | {"U-4": [2, 2, 2]}  # the total of U-3, whose medians many people gave
    for rules, told in ((Rules(aggregation="median"), False), (Rules(), True)):
        held = session(alike, {"U-3": FIRST["U-3"]})
        outcome = prioritise(held, rules)
        assert outcome.withheld >= ({"U-4"} if told else {"U-3", "U-4"})
        found = deliberate(held, rules, outcome).spreads
        for table in (found.cells.loc["U-3"], found.overall.loc[["U-3"]]):
            assert (table["answers"] == 6).all()
            assert table["median"].notna().all() == told
            assert (table["level"] != "too_few_answers").all() == told
        assert found.overall.loc["U-1", "median"] > 0.5
        changes = round_changes(held, rules)
        assert ("U-3" in changes.table.index) == told
        assert ("U-3" in changes.too_few) != told
