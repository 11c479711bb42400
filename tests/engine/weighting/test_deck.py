from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.weighting.deck import question_deck
from workbench.engine.weighting.least_squares import components
from workbench.errors import InvalidValue


@st.composite
def decks(draw):
    n = draw(st.integers(2, 9))
    people = draw(st.integers(1, 25))
    pairs = n * (n - 1) // 2
    fewest = min(pairs, -(-(n - 1) // people))
    return people, n, draw(st.integers(fewest, pairs)), draw(st.integers(0, 9))


@given(decks())
def test_a_deck_is_balanced_linked_and_without_repeats(deck):
    people, n, questions, seed = deck
    names = [f"p{place:02}" for place in range(people)]
    criteria = list("abcdefghi"[:n])
    dealt = question_deck(names, criteria, questions, seed=seed)
    pairs = dealt.apply(lambda row: frozenset((row["first"], row["second"])), axis=1)
    counts = pairs.value_counts()
    all_pairs = n * (n - 1) // 2
    asked = [*counts, *[0] * (all_pairs - len(counts))]
    assert max(asked) - min(asked) <= 1
    assert (dealt.groupby("participant").size() == questions).all()
    assert not dealt.assign(pair=pairs).duplicated(["participant", "pair"]).any()
    graph = np.zeros((n, n))
    for first, second in zip(dealt["first"], dealt["second"], strict=True):
        graph[criteria.index(first), criteria.index(second)] = graph[
            criteria.index(second), criteria.index(first)
        ] = 1
    assert len(components(graph)) == 1


def test_order_of_people_and_criteria_does_not_matter_and_the_seed_does():
    one = question_deck(["Siti", "Budi", "Ani"], list("abcde"), 4, seed=1)
    assert one.equals(question_deck(["Ani", "Siti", "Budi"], list("edcba"), 4, seed=1))
    assert not one.equals(question_deck(["Siti", "Budi", "Ani"], list("abcde"), 4, seed=2))


def test_sides_are_balanced_in_a_room():
    dealt = question_deck([f"p{place}" for place in range(30)], list("abcdefg"), 7, seed=5)
    share = dealt["first"].value_counts() / (dealt["first"].value_counts() + dealt["second"].value_counts())
    assert share.between(0.4, 0.6).all()


@pytest.mark.parametrize(
    ("people", "criteria", "questions", "code"),
    [
        ([], "abc", 1, "nobody_answered"),
        (["x"], "a", 1, "too_few_criteria"),
        (["x"], "abc", 4, "too_many_questions"),
        (["x"], "abcd", 2, "deck_cannot_link"),
    ],
)
def test_impossible_decks_are_refused(people, criteria, questions, code):
    with pytest.raises(InvalidValue) as refused:
        question_deck(people, criteria, questions, seed=1)
    assert refused.value.code == code
