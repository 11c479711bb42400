from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.pairwise.graph import pairs_of
from workbench.engine.pairwise.group import (
    aggregate_judgements,
    group_judgements,
    group_weights,
    individual_weights,
    leave_one_group_out,
    median_judgements,
)
from workbench.engine.pairwise.matrix import SAATY_SCALE
from workbench.engine.pairwise.priorities import arithmetic_priorities, geometric_priorities
from workbench.engine.pairwise.stack import stack_judgements
from workbench.engine.pairwise.weights import geometric_mean_weights
from workbench.errors import DisconnectedJudgements, InvalidValue, LabelMismatch

LABELS = ["need", "cost", "land", "people"]


def matrix_of(values, labels=LABELS):
    cells = np.ones((len(labels), len(labels)))
    for (i, j), value in zip(pairs_of(len(labels)), values, strict=True):
        cells[i, j], cells[j, i] = value, 1 / value
    return pd.DataFrame(cells, labels, labels)


@st.composite
def rooms(draw, gaps=False):
    values = st.sampled_from([*SAATY_SCALE, *([np.nan] * 6 if gaps else [])])
    people = draw(st.lists(st.lists(values, min_size=6, max_size=6), min_size=1, max_size=7))
    return {f"p{place}": matrix_of(one) for place, one in enumerate(people)}


@given(rooms())
def test_judgements_first_or_weights_first_is_the_same_with_geometric_means(room):
    pooled = geometric_mean_weights(aggregate_judgements(room))
    stack = stack_judgements(room)
    apart = geometric_priorities(individual_weights(stack))
    assert pooled.to_numpy() == pytest.approx(apart.to_numpy(), abs=1e-12)
    assert pooled.to_numpy() == pytest.approx(group_weights(stack).to_numpy(), abs=1e-12)


@given(rooms(gaps=True), st.randoms(use_true_random=False))
def test_order_of_people_and_labels_does_not_change_a_bit(room, random):
    people, labels = list(room), list(LABELS)
    random.shuffle(people)
    random.shuffle(labels)
    turned = {person: room[person].loc[labels, labels] for person in people}
    one, two = aggregate_judgements(room), aggregate_judgements(turned)
    assert one.equals(two.loc[LABELS, LABELS])
    assert median_judgements(room).equals(median_judgements(turned).loc[LABELS, LABELS])


@given(rooms(gaps=True))
def test_the_mean_is_over_those_who_answered(room):
    found = group_judgements(stack_judgements(room))
    for i, j in pairs_of(4):
        answers = [room[person].iloc[i, j] for person in room]
        given_answers = [answer for answer in answers if not np.isnan(answer)]
        assert found.counts.iloc[i, j] == found.counts.iloc[j, i] == len(given_answers)
        if given_answers:
            expected = np.exp(np.mean(np.log(given_answers)))
            assert found.matrix.iloc[i, j] == pytest.approx(expected)
            assert found.matrix.iloc[j, i] == pytest.approx(1 / expected)
            assert found.spread.iloc[i, j] == pytest.approx(np.std(np.log(given_answers)), abs=1e-9)
        else:
            assert np.isnan(found.matrix.iloc[i, j])
    silent = {person for person, one in room.items() if one.isna().to_numpy().sum() == 12}
    assert set(found.silent) == silent


@given(rooms(), st.lists(st.integers(0, 5), min_size=7, max_size=7))
def test_a_voice_of_two_is_the_same_person_twice(room, voices):
    weights = pd.Series(voices[: len(room)], list(room), dtype=float)
    if weights.sum() == 0:
        with pytest.raises(InvalidValue):
            aggregate_judgements(room, weights)
        return
    repeated = {f"{p}-{k}": room[p] for p in room for k in range(int(weights[p]))}
    assert aggregate_judgements(room, weights).to_numpy() == pytest.approx(
        aggregate_judgements(repeated).to_numpy(), rel=1e-12
    )


@given(rooms())
def test_unanimous_orders_are_kept(room):
    apart, together = individual_weights(stack_judgements(room)), group_weights(stack_judgements(room))
    for one in LABELS:
        for other in LABELS:
            if (apart[one] > apart[other]).all():
                assert together[one] > together[other] - 1e-12


def test_a_thousand_unanimous_extreme_people_do_not_overflow():
    room = {f"p{place:04}": matrix_of([9, 9, 9, 9, 9, 9]) for place in range(1000)}
    assert aggregate_judgements(room).loc["need", "cost"] == pytest.approx(9)


def test_questions_split_over_people_are_pooled_and_weighted_by_answers():
    nan = np.nan
    room = {
        "Siti": matrix_of([2, nan, nan, nan, nan, nan]),
        "Budi": matrix_of([nan, nan, nan, 2, nan, nan]),
        "Ani": matrix_of([nan, nan, nan, nan, nan, 2]),
    }
    stack = stack_judgements(room)
    assert group_weights(stack).tolist() == pytest.approx([8 / 15, 4 / 15, 2 / 15, 1 / 15])
    with pytest.raises(DisconnectedJudgements) as refused:
        individual_weights(stack)
    assert refused.value.facts["participant"] == "Ani"
    with pytest.raises(DisconnectedJudgements):
        group_weights(stack, pd.Series({"Siti": 1.0, "Budi": 1.0, "Ani": 0.0}))


def test_the_median_resists_one_extreme_person():
    labels = ["a", "b"]
    room = {str(place): matrix_of([value], labels) for place, value in enumerate([2, 2, 3, 3, 1 / 9])}
    assert median_judgements(room).loc["a", "b"] == pytest.approx(2)
    assert median_judgements({"x": matrix_of([2, np.nan, 1, 1, 1, 1])}).isna().to_numpy().sum() == 2


def test_leaving_a_group_out():
    labels = ["a", "b"]
    room = {
        "Siti": matrix_of([4], labels),
        "Budi": matrix_of([1 / 4], labels),
        "Ani": matrix_of([1 / 4], labels),
    }
    stack = stack_judgements(room)
    table = leave_one_group_out(stack, pd.Series({"Siti": "women", "Budi": "men", "Ani": "women"}))
    assert table.loc["men", "a"] == pytest.approx(0.5)
    assert table.loc["women", "a"] == pytest.approx(0.2)
    alone = leave_one_group_out(stack, pd.Series("all", index=list(room)))
    assert alone.isna().to_numpy().all()
    with pytest.raises(LabelMismatch):
        leave_one_group_out(stack, pd.Series({"Siti": "women"}))


def test_arithmetic_mean_of_weights():
    table = pd.DataFrame({"a": [0.8, 0.2], "b": [0.2, 0.8]}, index=["Siti", "Budi"])
    assert arithmetic_priorities(table, pd.Series({"Budi": 3.0, "Siti": 1.0})).tolist() == pytest.approx(
        [0.35, 0.65]
    )
    with pytest.raises(InvalidValue) as refused:
        arithmetic_priorities(table.assign(a=[0.8, np.nan]))
    assert refused.value.facts["participants"] == ("Budi",)
    with pytest.raises(InvalidValue):
        geometric_priorities(table.assign(a=[0.8, 0.0]))
    with pytest.raises(InvalidValue):
        arithmetic_priorities(pd.DataFrame())


def test_nobody_other_labels_and_wrong_voices_are_refused():
    with pytest.raises(InvalidValue, match="nobody_answered"):
        aggregate_judgements({})
    with pytest.raises(LabelMismatch, match="Budi"):
        aggregate_judgements({"Ani": matrix_of([1], ["a", "b"]), "Budi": matrix_of([1], ["a", "c"])})
    one = {"Ani": matrix_of([1], ["a", "b"])}
    for wrong in (-1.0, np.nan, 0.0):
        with pytest.raises(InvalidValue):
            aggregate_judgements(one, pd.Series({"Ani": wrong}))
    with pytest.raises(LabelMismatch):
        aggregate_judgements(one, pd.Series({"Siti": 1.0}))
