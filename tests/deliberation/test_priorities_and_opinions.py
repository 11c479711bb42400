"""Agreement on weights, groups of opinion, and support for each order: together, or not at all."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from tests.deliberation.rooms import tables
from tests.deliberation.test_deliberation import plenary
from workbench.deliberation import find_opinions, priority_consensus, support_of
from workbench.domain.rules import Rules
from workbench.engine.agreement import Finding
from workbench.prioritisation import prioritise

CRITERIA = ["K1", "K2", "K3"]


def compared(answers: dict[str, tuple[float, ...]]):
    """A session in which people compared three criteria: K1 with K2, K1 with K3, K2 with K3."""
    given = tables(*plenary({"tani": {"U-1": 4.0, "U-2": 2.0}}, {"tani": 8}))
    third = given.criteria.iloc[[0]].assign(criterion="K3", name="Biaya", weight=1.0)
    lines = [
        (person, first, second, value)
        for person, values in answers.items()
        for (first, second), value in zip(combinations(CRITERIA, 2), values, strict=False)
    ]
    judgements = pd.DataFrame(lines, columns=["participant", "first", "second", "value"])
    people = pd.DataFrame({"participant": sorted({*given.participants["participant"], *answers})})
    criteria = pd.concat([given.criteria, third], ignore_index=True)
    return replace(given, criteria=criteria, participants=people, judgements=judgements).session()


def test_people_of_one_mind_about_weights_reach_all_of_s():
    (found,) = priority_consensus(compared({f"p{n}": (2, 4, 2) for n in range(6)}), Rules())
    assert found.consensus.consensus == pytest.approx(1.0)
    assert found.consensus.form == "goepel_2018"
    assert found.baseline.mean < 1.0
    assert found.pooled.loc["K1"].tolist() == pytest.approx([4 / 7] * 3)


def test_ways_of_pooling_stand_beside_one_another():
    answers = {f"p{n}": (2.0, 4.0, 2.0) for n in range(5)} | {"p5": (1 / 9, 1 / 9, 1.0)}
    (found,) = priority_consensus(compared(answers), Rules())
    own = np.array([[4, 2, 1]] * 5 + [[1 / 9, 1, 1]], dtype=float)
    own /= own.sum(axis=1, keepdims=True)
    assert found.pooled["arithmetic"].to_numpy() == pytest.approx(own.mean(axis=0))
    geometric = np.exp(np.log(own).mean(axis=0))
    assert found.pooled["geometric"].to_numpy() == pytest.approx(geometric / geometric.sum())
    assert found.pooled["median"].to_numpy() == pytest.approx([4 / 7, 2 / 7, 1 / 7])


def test_few_people_and_the_rest_of_a_few_show_no_weights():
    few = priority_consensus(compared({f"p{n}": (2, 4, 2) for n in range(4)}), Rules())
    assert few[0].consensus is None
    assert few[0].pooled.empty
    partly = {f"p{n}": (2.0, 4.0, 2.0) for n in range(6)} | {"p9": (3.0,)}
    (found,) = priority_consensus(compared(partly), Rules())
    assert (found.answered, found.complete) == (7, 6)
    assert found.consensus is not None
    assert found.pooled.empty  # against the weights of all seven it would show the answer of the seventh


def opinions(session):
    return find_opinions(session, Rules(), prioritise(session, Rules()))


def test_two_minds_in_a_large_room_are_seen_without_members_or_numbers():
    one = {f"U-{n}": 5.0 - n / 2 for n in range(1, 9)}
    other = {f"U-{n}": 0.5 + n / 2 for n in range(1, 9)}
    found = opinions(tables(*plenary({"a": one, "b": other}, {"a": 15, "b": 13})).session())
    assert found.finding is Finding.GROUPS
    assert [group.people for group in found.groups] == [15, 13]
    assert found.groups[0].higher == ("U-1", "U-2", "U-3")
    assert found.groups[0].lower == ("U-8", "U-7", "U-6")


def test_no_clear_groups_is_a_usual_answer_and_small_rooms_are_not_searched():
    chance = np.random.default_rng(3)
    points, people = plenary({"a": {f"U-{n}": 3.0 for n in range(1, 8)}}, {"a": 30})
    points["points"] = chance.integers(1, 6, len(points)).astype(float)
    assert opinions(tables(points, people).session()).finding is Finding.NONE
    small = tables(*plenary({"a": {f"U-{n}": 3.0 for n in range(1, 8)}}, {"a": 9})).session()
    assert opinions(small).finding is Finding.TOO_FEW
    short = tables(*plenary({"a": {"U-1": 3.0}}, {"a": 9})).session()
    assert opinions(short).finding is None


def test_support_counts_who_stands_behind_each_two_neighbours():
    scores = {"a": {"U-1": 5.0, "U-2": 3.0, "U-3": 1.0}, "b": {"U-1": 2.0, "U-2": 2.0, "U-3": 3.0}}
    session = tables(*plenary(scores, {"a": 6, "b": 4})).session()
    found = support_of(session, Rules(), prioritise(session, Rules()))
    first, second = found.lines
    assert (first.above, first.below, first.share, first.ties) == ("U-1", "U-2", 0.6, 0.4)
    assert (second.share, second.ties, second.people) == (0.6, 0.0, 10)
    few = tables(*plenary(scores, {"a": 3, "b": 1})).session()
    assert support_of(few, Rules(), prioritise(few, Rules())).lines == ()
