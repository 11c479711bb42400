"""Every change that a slip promises is tried, and so is one less; exact ones are searched in full."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.engine.allocation import why_shares
from workbench.engine.allocation.changes import CHANGES, ChangeKind
from workbench.engine.allocation.conditions import Count
from workbench.engine.allocation.readings import Needs, funded_under
from workbench.engine.allocation.slip import Certainty
from workbench.engine.allocation.why_not import Slips, why_not
from workbench.errors import InvalidValue, UnknownMethod


def session(seed: int, size: int = 5, largest: int = 30) -> Needs:
    rng = np.random.default_rng(seed)
    labels = [f"p{number}" for number in range(size)]
    costs = pd.Series(rng.integers(1, largest, size), index=labels)
    return Needs(
        scores=pd.Series(rng.integers(1, 20, size), index=labels),
        costs=costs,
        ceiling=int(costs.sum() * 0.5),
        ballots=pd.DataFrame(rng.integers(0, 2, (5, size)), columns=labels),
        groups=pd.DataFrame({"v": (["x", "y"] * size)[:size]}, index=labels),
        conditions=(Count("some of x", {"v": "x"}, at_least=1),),
        tie_key=pd.Series(rng.permutation(size), index=labels),
    )


SMALLER = {
    Certainty.SMALLEST: lambda amount: range(1, amount),
    Certainty.ONE_LESS_FAILS: lambda amount: [amount - 1],
    Certainty.FOLLOWED: lambda _: [],
}
"""Amounts that must not do it, by what was said of the one that does."""

RULES = (
    "by_rank_stop",
    "by_rank_skip",
    "by_value",
    "best_total",
    "best_with_conditions",
    "equal_shares",
    "phragmen",
)


@settings(max_examples=10)  # each example runs a rule some hundred times
@given(st.integers(0, 10**6), st.sampled_from(RULES[:4] + RULES[5:]))
def test_what_a_slip_promises_happens_and_one_less_does_not(seed, rule):
    needs = session(seed)
    before = set(funded_under(rule, needs))
    for proposal in needs.scores.index:
        slip = why_not(needs, rule, proposal)
        assert slip.funded == (proposal in before)
        for change in slip.changes:
            after = set(funded_under(rule, CHANGES[change.kind](needs, proposal, change.amount)))
            assert proposal in after
            assert set(change.pushes_out) == before - after
            for amount in SMALLER[change.certainty](change.amount):
                assert amount == 0 or proposal not in funded_under(
                    rule, CHANGES[change.kind](needs, proposal, amount)
                )


@settings(max_examples=10)
@given(
    st.integers(0, 10**6),
    st.sampled_from(["cost", "cardinality", "score"]),
    st.sampled_from(["none", "greedy"]),
    st.sampled_from([0, why_shares.FEW_CELLS]),
)
def test_equal_shares_keep_their_word_whatever_the_utility_and_completion(seed, utility, completion, few):
    needs = replace(session(seed), utility=utility, completion=completion)
    before = set(funded_under("equal_shares", needs))
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(why_shares, "FEW_CELLS", few)
        slips = Slips(needs, "equal_shares")
        told = [(proposal, slips.of(proposal)) for proposal in needs.scores.index]
        assert all(slip == why_not(needs, "equal_shares", proposal) for proposal, slip in told)
    for proposal, slip in told:
        for change in slip.changes:
            made = CHANGES[change.kind]
            after = set(funded_under("equal_shares", made(needs, proposal, change.amount)))
            assert proposal in after
            assert set(change.pushes_out) == before - after
            assert few == 0 or change.certainty is not Certainty.FOLLOWED


def test_phragmen_says_the_smallest_of_every_kind():
    needs = session(7, size=9)
    slips = Slips(needs, "phragmen")
    told = [change for proposal in needs.scores.index for change in slips.of(proposal).changes]
    assert {change.kind for change in told} == {
        ChangeKind.COST_LESS,
        ChangeKind.SUPPORT_MORE,
        ChangeKind.CEILING_MORE,
    }
    assert {change.certainty for change in told} == {Certainty.SMALLEST}


@pytest.mark.parametrize("seed", range(2))
def test_conditions_are_kept_when_asking_why(seed):
    needs = session(seed)
    for proposal in needs.scores.index:
        for change in why_not(needs, "best_with_conditions", proposal).changes:
            made = CHANGES[change.kind](needs, proposal, change.amount)
            assert proposal in funded_under("best_with_conditions", made)


@settings(max_examples=10)
@given(st.integers(0, 10**6))
def test_what_is_impossible_is_impossible(seed):
    needs = session(seed, size=4, largest=12)
    for proposal in needs.scores.index:
        slip = why_not(needs, "best_total", proposal)
        if ChangeKind.CEILING_MORE in slip.impossible:
            for amount in range(int(needs.costs.sum()) + 1):
                assert proposal not in funded_under(
                    "best_total", CHANGES[ChangeKind.CEILING_MORE](needs, proposal, amount)
                )


def test_more_money_can_push_a_proposal_out_and_the_search_is_not_fooled():
    scores = pd.Series({"big": 10, "mid": 6, "low": 5})
    costs = pd.Series({"big": 10, "mid": 6, "low": 5})
    needs = Needs(scores, costs, 4)
    for rule in ("best_total", "by_rank_skip"):
        found = {change.kind: change.amount for change in why_not(needs, rule, "low").changes}
        assert found[ChangeKind.CEILING_MORE] == 1
        assert "low" not in funded_under(rule, Needs(scores, costs, 6))


def test_only_the_kinds_that_are_asked_for_are_searched():
    needs = session(1)
    outside = next(label for label in needs.scores.index if label not in funded_under("by_value", needs))
    slip = why_not(needs, "by_value", outside, {ChangeKind.SCORE_MORE})
    assert {change.kind for change in slip.changes} | set(slip.impossible) == {ChangeKind.SCORE_MORE}


def test_unknown_names_are_named():
    with pytest.raises(InvalidValue, match="unknown_proposal"):
        why_not(session(0), "best_total", "ghost")
    with pytest.raises(UnknownMethod):
        why_not(session(0), "luck", "p0")
    with pytest.raises(InvalidValue, match="no_ballots"):
        why_not(Needs(pd.Series({"a": 1}), pd.Series({"a": 1}), 1), "phragmen", "a")


def tied_session(seed: int) -> Needs:
    """Few scores, so that many plans have the best total and the public lot decides."""
    rng = np.random.default_rng(seed)
    labels = [f"p{number}" for number in range(5)]
    return Needs(
        pd.Series(rng.integers(1, 4, 5), index=labels),
        pd.Series(rng.integers(2, 9, 5), index=labels),
        int(rng.integers(6, 18)),
        tie_key=pd.Series(rng.permutation(5), index=labels),
    )


@pytest.mark.parametrize("seed", [95, 97, 119, 121, 142, 147])
def test_a_lower_cost_that_wins_by_the_lot_is_not_passed_over(seed):
    needs = tied_session(seed)
    before = funded_under("best_total", needs)
    for proposal in sorted(set(needs.scores.index) - set(before)):
        (change,) = why_not(needs, "best_total", proposal, {ChangeKind.COST_LESS}).changes
        made = CHANGES[ChangeKind.COST_LESS]
        tried = range(1, int(needs.costs[proposal]) + 1)
        smallest = next(
            amount
            for amount in tried
            if proposal in funded_under("best_total", made(needs, proposal, amount))
        )
        assert change.amount == smallest
