from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from workbench.engine.pairwise.group import group_weights
from workbench.engine.pairwise.stack import stack_judgements
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
