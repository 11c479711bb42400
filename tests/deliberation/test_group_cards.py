"""One card a group: a spread among groups, nobody's own voice, a small group guarded like a person."""

from dataclasses import replace

import pandas as pd
import pytest

from tests.deliberation.rooms import tables
from workbench.deliberation import Source, collected, deliberate, disputed
from workbench.domain.rules import Rules
from workbench.present.deliberation_words import spread_kind
from workbench.prioritisation import prioritise

GIVEN = {
    "U-1": [5, 5, 5, 4],
    "U-2": [1, 5, 1, 5],
    "U-3": [3, 3, 4, 3],
}
"""Points of four groups."""


def room(*sizes, points=GIVEN):
    """A room in which as many groups as there are sizes wrote a card each."""
    groups = [f"Kelompok {number}" for number in range(1, len(sizes) + 1)]
    people = [
        {"participant": f"{group[-1]}{at:02d}", "group": group}
        for group, size in zip(groups, sizes, strict=True)
        for at in range(size)
    ]
    cards = [{"participant": f"kelompok-{group}", "group": group} for group in groups]
    lines = [
        (f"kelompok-{group}", label, criterion, float(value))
        for label, values in points.items()
        for group, value in zip(groups, values, strict=False)
        for criterion in ("K1", "K2")
    ]
    frame = pd.DataFrame(lines, columns=["participant", "proposal", "criterion", "points"])
    return tables(frame, pd.DataFrame([*people, *cards])).session()


def found_in(session, rules=None):
    chosen = rules or Rules()
    outcome = prioritise(session, chosen)
    return outcome, deliberate(session, chosen, outcome)


def test_groups_of_enough_members_have_a_spread_a_score_and_no_second_reading():
    outcome, found = found_in(room(8, 9, 7, 5))
    assert not outcome.withheld
    assert outcome.score_shown("U-1") == pytest.approx(93.75)
    assert found.spreads.overall["level"].to_dict() == {
        "U-1": "uniform",
        "U-2": "varied",
        "U-3": "uniform",
    }
    assert found.spreads.grouped == ("U-1", "U-2", "U-3")
    assert (found.groups, found.small_groups, found.scored_by) == (4, 0, 0)
    assert (found.readings, found.agreement) == ((), ())
    assert found.attendance.present == 29  # a group's card is nobody


def test_the_proposals_that_groups_differ_on_are_asked_again():
    assert disputed(room(8, 9, 7, 5), Rules()).proposals == ("U-2",)


@pytest.mark.parametrize("sizes", [(8, 9, 7, 4), (8, 9, 7, 1)])
def test_among_four_cards_one_of_a_small_group_hides_scores_and_spreads(sizes):
    outcome, found = found_in(room(*sizes))
    assert outcome.withheld == {"U-1", "U-2", "U-3"}
    assert found.small_groups == 1
    assert set(found.spreads.overall["level"]) == {"too_few_answers"}
    assert found.spreads.overall["median"].isna().all()
    assert found.spreads.cells["median"].isna().all()
    assert disputed(room(*sizes), Rules()).too_few == ("U-1", "U-2", "U-3")


def test_among_five_cards_a_small_group_is_one_of_many():
    points = {label: [*values, 3] for label, values in GIVEN.items()}
    outcome, found = found_in(room(8, 9, 7, 6, 3, points=points))
    assert not outcome.withheld
    assert found.spreads.overall["median"].notna().all()


def test_two_groups_have_no_spread_but_their_scores_are_nobodys_own():
    outcome, found = found_in(room(8, 9))
    assert not outcome.withheld
    assert set(found.spreads.overall["level"]) == {"too_few_answers"}


def test_members_without_a_vote_do_not_make_a_group_larger():
    session = room(8, 9, 7, 5)
    frame = session.participants.frame.copy()
    frame.loc["401", "voting_right"] = False
    people = type(session.participants)(frame)
    assert people.cards_of_groups(5) == {f"kelompok-Kelompok {number}" for number in (1, 2, 3)}


def test_what_was_collected_is_told_by_round():
    (one,) = collected(room(8, 9, 7, 5))
    assert (one.round, one.source, one.cards) == (1, Source.GROUPS, 4)


def test_a_picture_says_whose_answers_it_is_drawn_of():
    _, found = found_in(room(8, 9, 7, 5))
    assert spread_kind(found.spreads) == "groups"
    assert spread_kind(replace(found.spreads, grouped=(), tallied=("U-1", "U-2", "U-3"))) == "tally"
    assert spread_kind(replace(found.spreads, grouped=("U-1",))) == "several"
    assert spread_kind(replace(found.spreads, grouped=())) == "people"
