"""A tally says of each cell what the cards that it counts would have said, and of people nothing."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from hypothesis import given, settings

from tests.deliberation.rooms import deliberated, rooms, tables, with_people, with_points
from tests.strategies import Tables
from workbench.deliberation import disputed
from workbench.domain.rules import Rules

POINTS = {"U-1": [4, 4, 5, 5, 5, 4], "U-2": [1, 1, 5, 5, 3, 3], "U-3": [2, 2, 2, 3], "U-4": [2, 2, 2, 3, 2]}


def counted(given_cards: Tables) -> Tables:
    """Make the tally of the cards: of each cell how many gave which points."""
    lines = given_cards.ballots
    lines = lines[lines["points"].notna()].sort_values("points", kind="stable")
    place = lines.groupby(["round", "proposal", "criterion"]).cumcount() + 1
    lines = lines.assign(participant=[f"turus-{at:03d}" for at in place])
    marks = pd.DataFrame({"participant": sorted(lines["participant"].unique())})
    people = pd.concat([given_cards.participants, marks], ignore_index=True).fillna("")
    return with_people(with_points(given_cards, lines), people)


def of_points(given_points: dict[str, list[int]], *criteria: str) -> Tables:
    cards = [
        (f"{person:03d}", label, criterion, float(points))
        for label, answers in given_points.items()
        for person, points in enumerate(answers)
        for criterion in criteria
    ]
    frame = pd.DataFrame(cards, columns=["participant", "proposal", "criterion", "points"])
    return tables(frame, pd.DataFrame({"participant": [f"{person:03d}" for person in range(6)]}))


@settings(max_examples=15)
@given(rooms())
def test_the_spread_of_a_tally_is_that_of_the_cards_it_counts(room):
    by_cards, by_tally = deliberated(room), deliberated(counted(room))
    pd.testing.assert_frame_equal(by_tally.spreads.cells, by_cards.spreads.cells)
    assert (by_tally.scored_by, by_tally.agreement, by_tally.readings) == (0, (), ())
    few = by_tally.spreads.overall["answers"] < by_tally.minimum
    assert by_tally.spreads.overall.loc[few, ["median", "iqr", "consensus"]].isna().all().all()
    assert (by_tally.spreads.overall.loc[few, "level"] == "too_few_answers").all()


def test_on_one_criterion_the_tally_disputes_what_the_cards_dispute():
    cards = of_points(POINTS, "K1")
    cards = replace(cards, criteria=cards.criteria.iloc[:1])
    found = disputed(counted(cards).session(), Rules())
    assert found == disputed(cards.session(), Rules())
    assert (found.proposals, found.agreed, found.too_few) == (("U-2",), ("U-1", "U-4"), ("U-3",))
    by_cards, by_tally = (deliberated(room).spreads.overall for room in (cards, counted(cards)))
    pd.testing.assert_frame_equal(by_tally, by_cards)


def test_a_proposal_is_as_disputed_as_its_least_agreed_criterion():
    cards = of_points(POINTS, "K1", "K2")
    lines = cards.ballots.copy()
    at = (lines["proposal"] == "U-1") & (lines["criterion"] == "K2")
    lines.loc[at, "points"] = [1.0, 1.0, 3.0, 3.0, 5.0, 5.0]
    tally = counted(with_points(cards, lines))
    found = deliberated(tally).spreads
    assert found.tallied == ("U-1", "U-2", "U-3", "U-4")
    assert found.overall.loc["U-1", ["level", "most_varied", "median"]].tolist() == ["varied", "K2", 0.5]
    assert found.overall.loc["U-3", ["level", "most_varied"]].tolist() == ["too_few_answers", ""]
    assert disputed(tally.session(), Rules()).proposals == ("U-1", "U-2")


def test_cards_of_a_second_round_stand_beside_the_tally_of_the_first():
    tally = counted(of_points(POINTS, "K1", "K2"))
    second = of_points({"U-2": [4, 4, 5, 5, 4]}, "K1", "K2").ballots.assign(round=2)
    both = with_points(tally, pd.concat([tally.ballots, second], ignore_index=True))
    found = deliberated(both)
    assert found.spreads.tallied == ("U-1", "U-3", "U-4")
    assert list(found.spreads.overall.index) == ["U-1", "U-2", "U-3", "U-4"]
    assert found.scored_by == 5
    assert disputed(both.session(), Rules()).agreed == ("U-1", "U-2", "U-4")
