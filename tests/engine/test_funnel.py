from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.funnel import funnel
from workbench.errors import InvalidValue


def test_steps_count_parents_once_and_every_child():
    stages = pd.Series({"a": "desa", "b": "desa", "c": "kec", "d": "kec", "e": "renja", "f": "kec"})
    parents = pd.Series({"a": "", "b": "", "c": "a", "d": "a", "e": "c", "f": "gone"})
    found = funnel(stages, parents)
    assert found.steps.to_dict("records") == [
        {"parent_stage": "desa", "stage": "kec", "parents": 1, "children": 2},
        {"parent_stage": "kec", "stage": "renja", "parents": 1, "children": 1},
    ]
    assert found.totals.to_dict() == {"desa": 2, "kec": 3, "renja": 1}
    assert found.with_parent.to_dict() == {
        "a": False,
        "b": False,
        "c": True,
        "d": True,
        "e": True,
        "f": False,
    }
    assert found.descendants["a"] == ("kec", "renja")
    assert found.descendants["b"] == ()
    assert found.orphans == ("f",)


def test_a_circle_is_refused_by_name():
    with pytest.raises(InvalidValue) as caught:
        funnel(pd.Series({"a": "x", "b": "x"}), pd.Series({"a": "b", "b": "a"}))
    assert (caught.value.code, caught.value.facts["proposals"]) == ("parent_cycle", ("a", "b"))


def test_an_empty_list():
    found = funnel(pd.Series(dtype="str"), pd.Series(dtype="str"))
    assert found.steps.empty
    assert found.orphans == ()


@given(
    st.lists(st.tuples(st.sampled_from("xyz"), st.integers(-1, 8)), max_size=9),
    st.randoms(use_true_random=False),
)
def test_every_child_is_counted_once_and_order_does_not_matter(lines, chance):
    labels = [f"U{n}" for n in range(len(lines))]
    stages = pd.Series([stage for stage, _ in lines], index=labels, dtype="str")
    above = [f"U{min(parent, n - 1)}" if parent >= 0 and n else "" for n, (_, parent) in enumerate(lines)]
    parents = pd.Series(above, index=labels, dtype="str")
    found = funnel(stages, parents)
    assert found.steps["children"].sum() == (parents != "").sum() == found.with_parent.sum()
    chance.shuffle(labels)
    assert funnel(stages[labels], parents[labels]).steps.equals(found.steps)
