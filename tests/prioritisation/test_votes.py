"""Votes counted by their rules: what a hand count gives, ties kept, order of ballots of no account."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.test_votes import ballots, pairs
from workbench.domain.template import Counting
from workbench.domain.votes import ChoiceVotes, PairVotes
from workbench.errors import InvalidInput, InvalidValue
from workbench.prioritisation.votes import count_choices, count_pairs, wrong_numbers

TWELVE = pd.Index([f"U{number}" for number in range(1, 13)])
FOUR = pd.Index(list("ABCD"))


def counted(counting, proposals=FOUR, **cards):
    return count_choices(ChoiceVotes.of(ballots(**cards)), counting, proposals)


def test_three_choices_are_counted_and_ties_share_their_place():
    count = counted(Counting.MAD_VOTE, _1="ABC", _2="BAD", _3="ABD")
    assert count.points.to_dict() == {"A": 3, "B": 3, "C": 1, "D": 2}
    assert count.ranks.to_dict() == {"A": 1, "B": 1, "C": 4, "D": 3}
    assert (count.ties, count.ballots, count.choices) == (((1, ("A", "B")),), 3, 3)


def test_preferences_are_3_2_1_and_blank_sheets_are_named():
    count = counted(Counting.PREFERENCE_POINTS, _1="ABC", _2="B", _3="")
    assert count.points.to_dict() == {"A": 3, "B": 5, "C": 1, "D": 0}
    assert (count.blank, count.ballots) == (("3",), 2)


def test_proposals_that_nobody_named_are_no_tie():
    assert counted(Counting.PREFERENCE_POINTS, _1="A").ties == ()


@pytest.mark.parametrize(
    ("counting", "cards", "rows"),
    [
        (Counting.MAD_VOTE, {"_1": "AB", "_2": "ABC", "_3": "ABCD", "_4": ""}, [2, 4, 5]),
        (Counting.PREFERENCE_POINTS, {"_1": ["", "B"], "_2": "AB", "_3": "ABCD", "_4": ""}, [2, 4]),
    ],
)
def test_ballots_against_the_rule_are_named(counting, cards, rows):
    table = ballots(**cards)
    assert [problem.row for problem in wrong_numbers(table, counting, 4)] == rows
    with pytest.raises(InvalidInput):
        count_choices(ChoiceVotes.of(table), counting, FOUR)


def test_a_vote_on_two_proposals_is_refused():
    with pytest.raises(InvalidValue, match="too_few_proposals"):
        counted(Counting.MAD_VOTE, pd.Index(["A", "B"]), _1="AB")


def test_pairs_of_two_sheets_add_up_and_gaps_are_counted():
    table = pairs(("1", "A", "B", "A"), ("1", "A", "C", "C"), ("1", "B", "C", ""), ("2", "B", "A", "A"))
    count = count_pairs(PairVotes.of(table), pd.Index(["A", "B", "C"]))
    assert count.points.to_dict() == {"A": 2, "B": 0, "C": 1}
    assert (count.ballots, count.undecided, count.missing) == (2, 1, 2)


def test_no_ballot_at_all_is_a_count_of_nothing():
    empty = pairs().astype("str")
    count = count_pairs(PairVotes.of(empty), FOUR)
    assert (count.points.sum(), count.ballots, count.missing, count.ties) == (0, 0, 0, ())


CARDS = st.lists(st.permutations(list("ABCD")).map(lambda order: "".join(order[:3])), min_size=1, max_size=8)


@given(CARDS, st.randoms())
def test_a_hand_count_agrees_in_any_order_of_the_ballots(cards, random):
    votes = {f"_{number}": card for number, card in enumerate(cards)}
    by_hand = Counter(label for card in cards for label in card)
    shuffled = dict(random.sample(sorted(votes.items()), len(votes)))
    for given_votes in (votes, shuffled):
        assert counted(Counting.MAD_VOTE, **given_votes).points.to_dict() == {x: by_hand[x] for x in FOUR}
    points = Counter({x: sum(3 - card.index(x) for card in cards if x in card) for x in FOUR})
    assert counted(Counting.PREFERENCE_POINTS, **shuffled).points.to_dict() == dict(points)


@given(st.data())
def test_wins_of_a_complete_sheet_add_up_to_its_pairs(data):
    table = pairs(*((("1", a, b, data.draw(st.sampled_from([a, b])))) for a, b in combinations("ABCD", 2)))
    count = count_pairs(PairVotes.of(table), FOUR)
    assert (count.points.sum(), count.missing, count.undecided) == (6, 0, 0)
