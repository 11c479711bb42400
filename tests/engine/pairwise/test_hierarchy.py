from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.pairwise.hierarchy import (
    distributive_synthesis,
    hierarchy_weights,
    ideal_synthesis,
    local_weights,
    synthesise,
)
from workbench.errors import InvalidInput, InvalidValue, LabelMismatch, UnknownMethod


def weights_of(**values):
    return pd.Series(values, dtype=float)


@st.composite
def trees(draw, depth=3):
    """Draw local weights of a tree whose labels are paths such as 0.1.2."""
    local = {}

    def grow(name, level):
        children = [f"{name}.{place}" for place in range(draw(st.integers(1, 3)))]
        parts = np.array([draw(st.integers(1, 9)) for _ in children], dtype=float)
        local[name] = pd.Series(parts / parts.sum(), children)
        for child in children:
            if level < depth and draw(st.booleans()):
                grow(child, level + 1)

    grow("0", 1)
    return local


@given(trees())
def test_leaves_sum_to_one_and_are_products_of_their_path(local):
    found = hierarchy_weights(local, "0")
    assert found.leaves.sum() == pytest.approx(1)
    for leaf, weight in found.leaves.items():
        parts = leaf.split(".")
        path = [".".join(parts[: place + 1]) for place in range(len(parts))]
        product = np.prod([local[parent][child] for parent, child in pairwise(path)])
        assert weight == pytest.approx(product)
        assert found.table.loc[leaf, "level"] == len(parts) - 1
    assert set(found.table.index) == {child for one in local.values() for child in one.index}


def test_judgements_become_local_weights():
    goal = pd.DataFrame([[1, 4], [1 / 4, 1]], ["people", "money"], ["people", "money"])
    people = pd.DataFrame([[1, 1], [1, 1]], ["poor", "women"], ["poor", "women"])
    found = hierarchy_weights(local_weights({"goal": goal, "people": people}, "eigenvector"), "goal")
    assert found.leaves.to_dict() == pytest.approx({"poor": 0.4, "women": 0.4, "money": 0.2})


@pytest.mark.parametrize(
    ("local", "codes"),
    [
        ({"goal": weights_of(people=1), "peple": weights_of(poor=1)}, {"unknown_parent"}),
        ({"goal": weights_of(a=0.5, b=0.5), "a": weights_of(c=1), "b": weights_of(c=1)}, {"two_parents"}),
        ({"goal": weights_of(a=0.5, b=0.4)}, {"weights_not_one"}),
        ({"goal": weights_of(a=1.5, b=-0.5)}, {"weights_not_one"}),
        ({"top": weights_of(a=1)}, {"missing_goal"}),
        ({"goal": weights_of(a=1), "a": weights_of(goal=1)}, {"two_parents"}),
        ({"goal": weights_of(a=1), "x": weights_of(y=1), "y": weights_of(x=1)}, {"unknown_parent"}),
    ],
)
def test_a_child_that_hangs_nowhere_is_named_and_never_lost(local, codes):
    with pytest.raises(InvalidInput) as refused:
        hierarchy_weights(local, "goal")
    assert {problem.code for problem in refused.value.problems} == codes


@given(st.lists(st.lists(st.integers(1, 9), min_size=3, max_size=3), min_size=1, max_size=6))
def test_better_under_every_criterion_never_scores_lower(rows):
    table = pd.DataFrame(rows, [f"p{place}" for place in range(len(rows))], list("abc"), dtype=float)
    weights = weights_of(a=0.5, b=0.3, c=0.2)
    for method in ("distributive", "ideal"):
        scores = synthesise(method, weights, table)
        assert scores.sum() == pytest.approx(1)
        for one in table.index:
            for other in table.index:
                if (table.loc[one] >= table.loc[other]).all():
                    assert scores[one] >= scores[other] - 1e-12


def test_belton_and_gear_reverse_the_distributive_order_and_not_the_ideal_one():
    table = pd.DataFrame({"x": [1, 9, 1], "y": [9, 1, 1], "z": [8, 9, 1]}, list("ABC"), dtype=float)
    weights = weights_of(x=1 / 3, y=1 / 3, z=1 / 3)
    copied = pd.concat([table, table.loc[["B"]].set_axis(["D"])])
    assert distributive_synthesis(weights, table).idxmax() == "B"
    assert distributive_synthesis(weights, copied).idxmax() == "A"
    assert ideal_synthesis(weights, table).idxmax() == ideal_synthesis(weights, copied).idxmax() == "B"


def test_gaps_zeros_and_other_criteria_are_refused_by_name():
    weights = weights_of(a=0.5, b=0.5)
    with pytest.raises(InvalidValue) as refused:
        distributive_synthesis(weights, pd.DataFrame({"a": [1, np.nan], "b": [1, 1]}))
    assert refused.value.facts["criteria"] == ("a",)
    with pytest.raises(InvalidValue) as refused:
        ideal_synthesis(weights, pd.DataFrame({"a": [1, 2], "b": [0, 0]}))
    assert refused.value.facts["criteria"] == ("b",)
    with pytest.raises(LabelMismatch):
        ideal_synthesis(weights, pd.DataFrame({"a": [1, 2]}))
    with pytest.raises(UnknownMethod):
        synthesise("supermatrix", weights, pd.DataFrame({"a": [1], "b": [1]}))
