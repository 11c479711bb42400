"""A split questionnaire for hierarchies, and the next best question of a room."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rooms import TREE, criteria
from workbench.errors import InvalidValue
from workbench.prioritisation.questions import ask_next, deal_questions

PEOPLE = [f"{n:03d}" for n in range(12)]
SEVEN = [f"K{n}" for n in range(1, 8)]


@given(st.integers(1, 12), st.integers(1, 21), st.integers(0, 99))
def test_pairs_are_asked_equally_often_and_nobody_meets_one_twice(people, questions, seed):
    if people * questions < 6:
        return
    deck = deal_questions(PEOPLE[:people], criteria(dict.fromkeys(SEVEN, "")), questions, seed)
    asked = Counter(frozenset(pair) for pair in zip(deck["first"], deck["second"], strict=True))
    assert max(asked.values()) - min(asked.get(frozenset(p), 0) for p in combinations(SEVEN, 2)) <= 1
    assert (
        not deck.assign(pair=deck[["first", "second"]].apply(frozenset, axis=1))
        .duplicated(["participant", "pair"])
        .any()
    )
    assert (
        deck.groupby("participant")["question"]
        .apply(list)
        .map(lambda q: q == list(range(1, questions + 1)))
        .all()
    )


def test_only_siblings_are_asked_and_every_group_gets_its_part():
    deck = deal_questions(PEOPLE, criteria(TREE), 4, seed=3)
    sets = [{"G1", "G2"}, {"K1", "K2"}, {"K3", "K4", "K5"}]
    for one, two in zip(deck["first"], deck["second"], strict=True):
        assert any({one, two} <= labels for labels in sets)
    assert (deck.groupby("participant").size() == 4).all()
    with pytest.raises(InvalidValue, match="deck_cannot_link"):
        deal_questions(PEOPLE, criteria(TREE), 2, seed=3)
    with pytest.raises(InvalidValue, match="too_many_questions"):
        deal_questions(PEOPLE, criteria(TREE), 6, seed=3)
    with pytest.raises(InvalidValue, match="too_few_criteria"):
        deal_questions(PEOPLE, criteria({"K1": ""}), 1, seed=3)


def test_the_same_seed_deals_the_same_deck():
    same = [deal_questions(people, criteria(TREE), 4, seed=3) for people in (PEOPLE, PEOPLE[::-1])]
    assert same[0].equals(same[1])
    assert not deal_questions(PEOPLE, criteria(TREE), 4, seed=4).equals(same[0])


def answer_all(weights: dict[str, float]) -> tuple[list, int]:
    answers: dict = {}
    asked, settled_after = [], 0
    while (now := ask_next(answers, list(weights))).pair is not None:
        first, second = now.pair
        asked.append(now.pair)
        answers[now.pair] = min(max(weights[first] / weights[second], 1 / 9), 9.0)
        settled_after += not now.settled
    return asked, settled_after


def test_every_pair_is_asked_once_and_the_first_ones_link_all_criteria():
    asked, _ = answer_all({"a": 5.0, "b": 4.0, "c": 3.0, "d": 2.0, "e": 1.0})
    assert Counter(map(frozenset, asked)) == Counter(map(frozenset, combinations("abcde", 2)))
    met = set(asked[0])
    assert {name for pair in asked[:4] for name in pair} == set("abcde")
    assert met == {"a", "b"}


def test_a_clear_room_may_stop_before_the_end():
    asked, needed = answer_all({"a": 9.0, "b": 9.0, "c": 9.0, "d": 1.0, "e": 1.0, "f": 1.0})
    assert needed < len(asked)


def test_settled_means_that_no_answer_can_change_the_heavier_half():
    answers = {("a", "b"): 9.0, ("b", "c"): 1.0, ("a", "c"): 9.0}
    done = ask_next(answers, ["a", "b", "c"])
    assert (done.pair, done.settled, done.first, done.remaining) == (None, True, ("a",), 0)


def test_pairs_that_were_left_out_are_not_asked_again():
    now = ask_next({}, ["a", "b", "c"], left_out=[("a", "b")])
    assert now.pair == ("a", "c")
    stuck = ask_next({}, ["a", "b"], left_out=[("b", "a")])
    assert (stuck.pair, stuck.first) == (None, ())
