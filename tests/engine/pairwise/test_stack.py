from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from workbench.engine.pairwise.group import group_weights
from workbench.engine.pairwise.matrix import SAATY_SCALE, judgement_matrix
from workbench.engine.pairwise.stack import stack_answers, stack_judgements
from workbench.errors import InvalidValue

LABELS = ["need", "cost"]


def room():
    return {
        name: pd.DataFrame([[1, v], [1 / v, 1]], LABELS, LABELS) for name, v in (("Siti", 3.0), ("Budi", 5.0))
    }


def test_one_changed_answer_equals_starting_anew():
    changed = stack_judgements(room()).with_answer("Budi", "cost", "need", 2)
    anew = room() | {"Budi": pd.DataFrame([[1, 1 / 2], [2, 1]], LABELS, LABELS)}
    assert group_weights(changed).equals(group_weights(stack_judgements(anew)))
    assert changed.matrix_of("Budi").loc["cost", "need"] == pytest.approx(2)


def test_the_original_is_not_touched_and_cannot_be():
    stack = stack_judgements(room())
    stack.with_answer("Siti", "need", "cost", 9)
    assert stack.matrix_of("Siti").loc["need", "cost"] == pytest.approx(3)
    with pytest.raises(ValueError, match="read-only"):
        stack.logs[0, 0, 1] = 1


def test_an_answer_can_be_withdrawn():
    stack = stack_judgements(room()).with_answer("Siti", "need", "cost", np.nan)
    assert not stack.answered[1].any()
    assert np.isnan(stack.matrix_of("Siti").loc["cost", "need"])


@pytest.mark.parametrize(
    ("person", "first", "second", "value"),
    [
        ("Ani", "need", "cost", 2),
        ("Siti", "ned", "cost", 2),
        ("Siti", "need", "need", 1),
        ("Siti", "need", "cost", 0),
    ],
)
def test_wrong_answers_are_refused(person, first, second, value):
    with pytest.raises(InvalidValue):
        stack_judgements(room()).with_answer(person, first, second, value)


def test_a_table_of_answers_stacks_like_the_matrices_of_the_people():
    rng = np.random.default_rng(5)
    labels = ["c", "a", "d", "b"]
    lines = [
        (f"p{person}", *((one, two) if rng.integers(2) else (two, one)), float(rng.choice(SAATY_SCALE)))
        for person in range(6)
        for one, two in itertools.combinations(labels, 2)
        if rng.random() < 0.8
    ]
    table = pd.DataFrame(lines, columns=["participant", "first", "second", "value"])
    stacked = stack_answers(table.sample(frac=1, random_state=1), labels)
    people = {
        person: judgement_matrix(given[["first", "second", "value"]], labels)
        for person, given in table.groupby("participant")
    }
    expected = stack_judgements(people)
    assert stacked.participants.tolist() == expected.participants.tolist()
    assert stacked.names == expected.names
    np.testing.assert_allclose(stacked.logs, expected.logs, rtol=1e-12, atol=1e-15)
    assert list(stacked.labels) == labels


def test_an_answer_given_twice_counts_once_and_blanks_are_no_answers():
    lines = [("p", "a", "b", 3.0), ("p", "b", "a", 1 / 3), ("p", "a", "c", None), ("q", "a", "b", None)]
    stacked = stack_answers(pd.DataFrame(lines, columns=["participant", "first", "second", "value"]), "abc")
    assert stacked.participants.tolist() == ["p"]
    assert stacked.matrix_of("p").loc["a", "b"] == pytest.approx(3)
    assert np.isnan(stacked.matrix_of("p").loc["a", "c"])
    with pytest.raises(InvalidValue, match="nobody_answered"):
        stack_answers(pd.DataFrame(lines[2:], columns=["participant", "first", "second", "value"]), "abc")
