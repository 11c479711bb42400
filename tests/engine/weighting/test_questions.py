from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.weighting.combined import combine_evidence
from workbench.engine.weighting.evidence import judgement_evidence
from workbench.engine.weighting.questions import may_stop, next_question
from workbench.errors import DisconnectedJudgements, InvalidValue


def frame(rows):
    return pd.DataFrame(rows, columns=["first", "second", "value"])


def first_k(rows, labels, k):
    found = combine_evidence(judgement_evidence("x", frame(rows), 1.0), labels)
    return frozenset(found.weights.sort_values(ascending=False).index[:k])


@st.composite
def half_answered(draw):
    labels = list("abcd")
    pairs = draw(st.permutations(list(combinations(labels, 2))))
    cut = draw(st.integers(3, 5))
    values = draw(st.lists(st.sampled_from([1 / 9, 1 / 5, 1 / 2, 2, 3, 7, 9]), min_size=cut, max_size=cut))
    rows = [(*pair, value) for pair, value in zip(pairs[:cut], values, strict=True)]
    return labels, rows, pairs[cut:], draw(st.integers(1, 3))


@given(half_answered())
def test_the_stop_rule_is_exact(case):
    labels, rows, left, k = case
    remaining = pd.DataFrame(left, columns=["first", "second"])
    rule = may_stop(frame(rows), remaining, labels, k)
    # The extremes are at the ends of the scale, so that trying all of them is a complete check.
    outcomes = {
        first_k([*rows, *[(*pair, value) for pair, value in zip(left, ends, strict=True)]], labels, k)
        for ends in product([1 / 9, 9], repeat=len(left))
    }
    if rule.settled:
        assert outcomes == {frozenset(rule.first)}
    elif rule.margins.to_numpy().min() < -1e-9:
        assert len(outcomes) > 1 or outcomes != {frozenset(rule.first)}


def test_nothing_left_to_ask_is_settled_unless_tied():
    none = pd.DataFrame({"first": [], "second": []})
    assert may_stop(frame([("a", "b", 2.0)]), none, ["a", "b"], 1).settled
    assert not may_stop(frame([("a", "b", 1.0)]), none, ["a", "b"], 1).settled


def test_stop_rule_refuses_what_it_cannot_answer():
    none = pd.DataFrame({"first": [], "second": []})
    with pytest.raises(DisconnectedJudgements):
        may_stop(frame([("a", "b", 2.0)]), none, ["a", "b", "c"], 1)
    with pytest.raises(InvalidValue):
        may_stop(frame([("a", "b", 2.0)]), none, ["a", "b"], 2)
    with pytest.raises(InvalidValue):
        may_stop(frame([("a", "b", -2.0)]), none, ["a", "b"], 1)
    with pytest.raises(InvalidValue):
        may_stop(frame([("a", "x", 2.0)]), none, ["a", "b"], 1)


def star():
    rows = [("a", "b", 5.0), ("a", "c", 5.2), ("a", "d", 9.0)]
    return combine_evidence(judgement_evidence("x", frame(rows)), list("abcd"))


def test_the_next_question_is_about_the_undecided_pair():
    fitted = star()
    asked = next_question(fitted.log_weights, fitted.covariance, combinations("abcd", 2), 2, 0.16)
    assert {asked.first, asked.second} == {"b", "c"}
    assert 0 < asked.expected_risk < asked.risk


def test_expected_risk_agrees_with_simulation():
    fitted = star()
    pair, k, variance = ("b", "c"), 2, 0.16
    asked = next_question(fitted.log_weights, fitted.covariance, [pair], k, variance)
    rng = np.random.default_rng(11)
    covariance, means = fitted.covariance.to_numpy(), fitted.log_weights.to_numpy()
    direction = np.array([0.0, 1, -1, 0])
    gain = covariance @ direction / (variance + direction @ covariance @ direction)
    truths = rng.multivariate_normal(means, covariance, 60_000)
    seen = truths @ direction + rng.normal(0, np.sqrt(variance), len(truths))
    updated = means + (seen - means @ direction)[:, None] * gain
    order = np.argsort(-means)
    wrong = sum(
        ((updated[:, i] > updated[:, j]) != (truths[:, i] > truths[:, j])).mean()
        for i in order[:k]
        for j in order[k:]
    )
    assert asked.expected_risk == pytest.approx(wrong, abs=0.01)


def test_order_of_criteria_and_pairs_does_not_matter():
    fitted = star()
    one = next_question(fitted.log_weights, fitted.covariance, combinations("abcd", 2), 1, 0.16)
    turned = fitted.log_weights[::-1]
    two = next_question(turned, fitted.covariance, list(combinations("dcba", 2)), 1, 0.16)
    assert one == two


def test_next_question_refuses_what_it_cannot_answer():
    fitted = star()
    for pairs, k, variance in (([], 1, 0.1), ([("a", "b")], 4, 0.1), ([("a", "b")], 1, 0.0)):
        with pytest.raises(InvalidValue):
            next_question(fitted.log_weights, fitted.covariance, pairs, k, variance)
