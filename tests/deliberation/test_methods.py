"""One room under every method: what all choose, what some choose, and nothing of a few."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deliberation.rooms import CARDS, plain, rooms, tables
from tests.deliberation.test_deliberation import plenary
from workbench.deliberation import compare_methods, compare_orders
from workbench.deliberation.methods import MOST
from workbench.domain.rules import Rules
from workbench.engine.rankings import kemeny, profile_from_orders
from workbench.present.i18n import translator
from workbench.present.methods_words import methods_sentences
from workbench.prioritisation import prioritise

METHODS = ["outcome", "majority_judgement", "borda", "copeland", "schulze", "kemeny"]


def compared(given):
    session, rules = given.session(), Rules(ties=())
    return compare_methods(session, rules, prioritise(session, rules))


def test_a_room_of_one_mind_is_of_one_mind_under_every_method():
    points, people = plenary({"tani": {f"U-{n}": 6.0 - n for n in range(1, 6)}}, {"tani": 6})
    (found,) = compared(tables(points, people, ceiling=250)).lists
    assert found.ranks.columns.tolist() == METHODS
    assert (found.ranks.T == [1, 2, 3, 4, 5]).all(axis=None)
    assert (found.distances == 0).all(axis=None)
    assert (found.top, found.certain, found.disputed) == (2, ("U-1", "U-2"), ())
    assert found.condorcet == "U-1"
    assert found.kemeny.proven
    assert found.kemeny.alone


def test_lists_that_nobody_compared_stand_apart_and_few_answers_are_left_out():
    scores = {
        "tani": {f"U-{n}": 6.0 - n for n in range(1, 5)},
        "pemuda": {f"V-{n}": 1.0 + n for n in range(1, 4)},
        "adat": {"W-1": 5.0, "W-2": 4.0, "W-3": 3.0},
    }
    found = compared(tables(*plenary(scores, {"tani": 6, "pemuda": 5, "adat": 4}), ceiling=None))
    assert [found_list.ranks.index.tolist() for found_list in found.lists] == [
        ["U-1", "U-2", "U-3", "U-4"],
        ["V-1", "V-2", "V-3"],
    ]
    assert found.left_out == 3
    assert found.lists[1].firsts["borda"] == ("V-3",)


def test_what_no_majority_tells_apart_shares_its_kemeny_place():
    tied = profile_from_orders([(3, "abc"), (3, "bac")])
    found = compare_orders(tied, top=1)
    assert found.ranks["kemeny"].to_dict() == {"a": 1.0, "b": 1.0, "c": 3.0}
    assert kemeny(tied).ranks.to_dict() == {"a": 1, "b": 2, "c": 3}  # by label, which must not reach a person
    assert found.firsts["kemeny"] == ("a", "b")
    assert not found.kemeny.alone
    cycle = compare_orders(profile_from_orders([(2, "abc"), (1, "bca"), (1, "cab")]), top=1)
    assert cycle.condorcet == ("" if cycle.silent_pairs else cycle.condorcet)


def test_methods_that_differ_say_who_comes_first_by_each():
    # Borda's winner is not the winner of the duels.
    found = compare_orders(profile_from_orders([(3, "abc"), (2, "bca")]), top=1)
    assert found.condorcet == "a"
    assert found.firsts["borda"] == ("b",)
    assert found.firsts["copeland"] == ("a",)
    assert (found.certain, found.disputed) == ((), ("a", "b"))


@settings(max_examples=6)
@given(rooms(), st.data())
def test_lists_have_five_people_and_do_not_change_with_the_cards(drawn, data):
    found = compared(drawn)
    assert CARDS.split("-")[0] not in str(plain(found))
    assert all(one.givers >= 5 for one in found.lists)
    covered = [label for one in found.lists for label in one.ranks.index]
    assert len(covered) == len(set(covered))
    labels = drawn.participants["participant"].tolist()
    other = dict(zip(labels, data.draw(st.permutations(labels)), strict=True))
    people = drawn.participants.assign(participant=drawn.participants["participant"].map(other))
    ballots = drawn.ballots.assign(participant=drawn.ballots["participant"].map(other))
    moved = type(drawn)(**{**vars(drawn), "participants": people, "ballots": ballots})
    assert plain(compared(moved)) == plain(found)


@pytest.mark.parametrize("column", ["K1", "K2"])
def test_blank_cards_say_nothing_about_a_proposal(column):
    points, people = plenary({"tani": {f"U-{n}": 6.0 - n for n in range(1, 6)}}, {"tani": 7})
    gone = (points["proposal"] == "U-3") & (points["criterion"] == column) & (points["participant"] > "tani3")
    found = compared(tables(points[~gone], people))
    assert found.left_out == 1  # four people scored U-3 fully
    assert isinstance(found.lists[0].ranks, pd.DataFrame)
    assert "U-3" not in found.lists[0].ranks.index


def test_a_list_too_long_to_compare_is_said_and_costs_nothing():
    scores = {"tani": {f"U-{n:03d}": float(1 + n % 5) for n in range(MOST + 1)}}
    given = tables(*plenary(scores, {"tani": 5}), ceiling=None)
    found = compared(given)
    assert (found.lists, found.too_long, found.left_out) == ((), MOST + 1, 0)
    t = translator("id")
    (said,) = methods_sentences(found, given.session().proposals, t)
    assert "401" in said
