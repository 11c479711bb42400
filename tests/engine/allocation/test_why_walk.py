"""Answers of the walks down a list, against walking the whole rule again at every step."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.engine.allocation import rises
from workbench.engine.allocation.changes import CHANGES, ChangeKind
from workbench.engine.allocation.greedy import fund_by_value
from workbench.engine.allocation.ranked import fund_by_rank
from workbench.engine.allocation.readings import Needs, funded_under, ranks_of
from workbench.engine.allocation.result import FundingStatus
from workbench.engine.allocation.slip import Certainty
from workbench.engine.allocation.why_not import why_not
from workbench.engine.allocation.why_walk import RULES

WALKS = {
    "by_rank_skip": lambda needs: fund_by_rank(ranks_of(needs), needs.costs, needs.ceiling, "skip"),
    "by_value": lambda needs: fund_by_value(needs.scores, needs.costs, needs.ceiling, needs.tie_key),
}


@st.composite
def lists(draw):
    """Draw scores and costs with many equals, some of them for nothing, with a public lot or without."""
    size = draw(st.integers(1, 9))
    labels = [f"p{place}" for place in range(size)]
    magnitude = draw(st.sampled_from([1, 10**3, 10**13]))
    costs = draw(st.lists(st.integers(0, 6), min_size=size, max_size=size))
    lot = draw(st.none() | st.permutations(range(size)))
    return Needs(
        pd.Series(draw(st.lists(st.integers(0, 6), min_size=size, max_size=size)), index=labels),
        pd.Series(costs, index=labels, dtype="int64") * magnitude,
        draw(st.integers(0, sum(costs))) * magnitude,
        tie_key=None if lot is None else pd.Series(lot, index=labels),
    )


def plain_rise(needs, rule, proposal):
    """Raise the ceiling by what the next changed decision up to the proposal lacks, rule by rule."""
    ceiling = needs.ceiling
    while True:
        made = WALKS[rule](replace(needs, ceiling=ceiling))
        if made.status.to_dict()[proposal] is FundingStatus.FUNDED:
            return ceiling - needs.ceiling
        turn = next(place for place, step in enumerate(made.steps) if proposal in step.proposals)
        considered = {label for step in made.steps[: turn + 1] for label in step.proposals}
        lacking = made.shortfall.dropna()
        ceiling += int(lacking[[label in considered for label in lacking.index]].min())


@pytest.mark.parametrize("rule", WALKS)
@settings(max_examples=60)
@given(needs=lists())
def test_the_rise_is_that_of_walking_the_whole_rule_again(rule, needs):
    for proposal in set(needs.scores.index) - set(funded_under(rule, needs)):
        (change,) = why_not(needs, rule, proposal, {ChangeKind.CEILING_MORE}).changes
        assert change.amount == plain_rise(needs, rule, proposal)


@pytest.mark.parametrize("rule", WALKS)
def test_beyond_the_turns_one_rupiah_less_does_not_do_it_and_it_is_said(rule, monkeypatch):
    monkeypatch.setattr(rises, "MOST_TURNS", 0)
    scores, costs = pd.Series({"a": 30, "b": 20, "c": 6}), pd.Series({"a": 9, "b": 7, "c": 4})
    needs = Needs(scores, costs, 3)
    (change,) = why_not(needs, rule, "c", {ChangeKind.CEILING_MORE}).changes
    assert change.certainty is Certainty.ONE_LESS_FAILS
    assert "c" in funded_under(rule, replace(needs, ceiling=3 + change.amount))
    assert "c" not in funded_under(rule, replace(needs, ceiling=2 + change.amount))


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=20)
@given(needs=lists())
def test_no_smaller_change_does_it_and_what_it_pushes_out_is_what_goes(rule, needs):
    before = set(funded_under(rule, needs))
    for proposal in set(needs.scores.index) - before:
        slip = why_not(needs, rule, proposal)
        for change in slip.changes:
            if change.amount > 60:
                continue  # too many to try
            made = partial(CHANGES[change.kind], needs, proposal)
            after = set(funded_under(rule, made(change.amount)))
            assert proposal in after
            assert set(change.pushes_out) == before - after
            assert change.certainty is Certainty.SMALLEST
            assert not any(proposal in funded_under(rule, made(less)) for less in range(1, change.amount))


def test_a_list_of_a_thousand_is_walked_as_the_whole_rule_walks_it():
    chance = np.random.default_rng(5)
    labels = [f"p{place:04d}" for place in range(1000)]
    costs = pd.Series(chance.integers(1, 40, 1000) * 5_000_000, index=labels)
    needs = Needs(pd.Series(chance.integers(20, 100, 1000), index=labels), costs, int(costs.sum() * 0.35))
    out = sorted(set(labels) - set(funded_under("by_value", needs)))
    (change,) = why_not(needs, "by_value", out[0], {ChangeKind.CEILING_MORE}).changes
    assert out[0] in funded_under("by_value", replace(needs, ceiling=needs.ceiling + change.amount))
    assert out[0] not in funded_under("by_value", replace(needs, ceiling=needs.ceiling + change.amount - 1))
