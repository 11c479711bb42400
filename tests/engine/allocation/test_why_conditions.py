"""Answers under conditions of every kind, against trying every plan at every amount; and at large amounts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from workbench.engine.allocation import why_conditions
from workbench.engine.allocation.changes import CHANGES, ChangeKind
from workbench.engine.allocation.conditions import (
    AtMostOne,
    Count,
    CountShare,
    GroupCeiling,
    GroupFloor,
    MoneyShare,
    Requires,
    ShareOf,
)
from workbench.engine.allocation.readings import Needs, funded_under
from workbench.engine.allocation.slip import Certainty
from workbench.engine.allocation.standing_plan import stated
from workbench.engine.allocation.why_not import why_not
from workbench.errors import NoFeasiblePlan

RULE = "best_with_conditions"
MONEY = (ChangeKind.COST_LESS, ChangeKind.CEILING_MORE)


@st.composite
def sessions(draw, *, magnitude=1):
    """Draw a forum of few proposals in two villages and two fields, with some conditions of every kind."""
    size = draw(st.integers(2, 6))
    labels = [f"p{place}" for place in range(size)]
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    costs = chance.integers(1, 10, size) * magnitude + chance.integers(0, min(magnitude, 4), size)
    where, half = {"v": "x"}, int(costs.sum()) // 2
    kinds = {
        "ceiling": GroupCeiling("source", half, where),
        "cell": GroupCeiling("cell", half // 2, {"v": "y", "f": "a"}),
        "floor": GroupFloor("floor", half // 3, where),
        "least": MoneyShare("least", where, at_least=Fraction(draw(st.integers(0, 4)), 7)),
        "most": MoneyShare("most", where, at_most=Fraction(draw(st.integers(2, 6)), 7), bound=magnitude),
        "spent": MoneyShare("spent", where, Fraction(1, 4), Fraction(3, 4), ShareOf.SPENT),
        "women": CountShare("women", {"f": "a"}, at_least=Fraction(1, 3)),
        "count": Count("count", where, at_least=1),
        "few": Count("few", {"v": "y"}, at_most=2),
        "needs": Requires("needs", labels[0], labels[1]),
        "phases": AtMostOne("phases", (labels[-1], labels[-2])),
    }
    chosen = draw(st.lists(st.sampled_from(sorted(kinds)), max_size=4, unique=True))
    return Needs(
        pd.Series(chance.integers(0, draw(st.sampled_from([3, 12])), size), index=labels),
        pd.Series(costs, index=labels),
        int(costs.sum() * draw(st.floats(0.1, 0.9))),
        groups=pd.DataFrame({"v": [*"xyxyxy"[:size]], "f": [*"aabbab"[:size]]}, index=labels),
        conditions=tuple(kinds[name] for name in chosen),
        committed=tuple(labels[:1]) if draw(st.booleans()) else (),
        tie_key=pd.Series(chance.permutation(size), index=labels),
    )


def naive(needs):
    """Try every plan; return the best that the public tie order puts first, empty where there is none."""
    try:
        problem = stated(needs)
    except NoFeasiblePlan:
        return frozenset()
    size, order = len(problem.labels), np.argsort(problem.places)
    plans = (np.arange(2**size)[:, None] >> np.arange(size)) % 2 == 1
    sure = problem.program.fixed_in
    kept = [plan for plan in plans if plan[sure].all() and not problem.program.broken(plan)]
    if not kept:
        return frozenset()
    values = problem.points.units
    best = max(kept, key=lambda plan: (int(values[plan].sum()), tuple(plan[order])))
    return frozenset(problem.labels[best])


def limit_of(needs, kind, proposal):
    return {
        ChangeKind.COST_LESS: int(needs.costs[proposal]),
        ChangeKind.SCORE_MORE: 2 * int(needs.scores.sum()) + 1,
        ChangeKind.CEILING_MORE: max(int(needs.costs.sum()) - needs.ceiling, 0),
    }[kind]


@settings(max_examples=40)
@given(sessions(), st.sampled_from([ChangeKind.COST_LESS, ChangeKind.SCORE_MORE, ChangeKind.CEILING_MORE]))
def test_no_smaller_change_does_it(needs, kind):
    before = naive(needs)
    assume(before)
    for proposal in sorted(set(needs.scores.index) - before):
        amounts = range(1, limit_of(needs, kind, proposal) + 1)
        smallest = next((a for a in amounts if proposal in naive(CHANGES[kind](needs, proposal, a))), None)
        changes = why_not(needs, RULE, proposal, {kind}).changes
        if changes and changes[0].certainty is Certainty.ONE_LESS_FAILS:
            assert kind is ChangeKind.CEILING_MORE
            smallest = changes[0].amount
            assert proposal in naive(CHANGES[kind](needs, proposal, smallest))
            assert proposal not in naive(CHANGES[kind](needs, proposal, smallest - 1))
        assert (changes[0].amount if changes else None) == smallest
        if smallest is not None:
            assert set(changes[0].pushes_out) == before - naive(CHANGES[kind](needs, proposal, smallest))


@settings(max_examples=25)
@given(st.sampled_from([10**3, 10**8, 10**10, 10**13]).flatmap(lambda m: sessions(magnitude=m)))
def test_one_rupiah_less_does_not_do_it_at_any_magnitude(needs):
    before = naive(needs)
    assume(before)
    for proposal in sorted(set(needs.scores.index) - before):
        for change in why_not(needs, RULE, proposal, MONEY).changes:
            made = CHANGES[change.kind]
            assert proposal in naive(made(needs, proposal, change.amount))
            assert proposal not in naive(made(needs, proposal, change.amount - 1))
            assert change.kind is ChangeKind.CEILING_MORE or change.certainty is Certainty.SMALLEST


def some_session():
    scores = pd.Series({"a": 6, "b": 5, "c": 4, "d": 3})
    costs = pd.Series({"a": 60, "b": 50, "c": 45, "d": 30})
    groups = pd.DataFrame({"v": ["x", "x", "y", "y"]}, index=scores.index)
    return Needs(scores, costs, 100, groups=groups, conditions=(Count("some of y", {"v": "y"}, at_least=1),))


def no_lists(monkeypatch):
    """Let every list be too long, so that only what is enough can be told."""
    for name in ("MOST_CELLS", "CELLS_OF_A_RISE"):
        monkeypatch.setattr(why_conditions, name, 0)
    monkeypatch.setattr(why_conditions, "listed_plan", lambda *_: None)


@pytest.fixture
def _no_lists(monkeypatch):
    no_lists(monkeypatch)


@pytest.mark.usefixtures("_no_lists")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([1, 10**3, 10**10, 10**13]).flatmap(lambda m: sessions(magnitude=m)),
    st.sampled_from([ChangeKind.COST_LESS, ChangeKind.SCORE_MORE, ChangeKind.CEILING_MORE]),
)
def test_where_lists_grow_too_long_what_is_told_is_enough(needs, kind):
    before = naive(needs)
    assume(before)
    for proposal in sorted(set(needs.scores.index) - before):
        slip = why_not(needs, RULE, proposal, {kind})
        for change in slip.changes:
            assert proposal in naive(CHANGES[kind](needs, proposal, change.amount))
            if change.certainty is Certainty.ENOUGH:
                assert change.pushes_out == ()
            else:  # nothing was left to list
                assert proposal not in naive(CHANGES[kind](needs, proposal, change.amount - 1))
        if slip.impossible:
            assert proposal not in naive(CHANGES[kind](needs, proposal, limit_of(needs, kind, proposal)))


@pytest.mark.parametrize("kind", [ChangeKind.COST_LESS, ChangeKind.SCORE_MORE, ChangeKind.CEILING_MORE])
def test_what_is_enough_is_never_less_than_the_smallest(monkeypatch, kind):
    needs = some_session()
    for proposal in sorted(set(needs.scores.index) - naive(needs)):
        (smallest,) = why_not(needs, RULE, proposal, {kind}).changes
        with monkeypatch.context() as patched:
            no_lists(patched)
            slip = why_not(needs, RULE, proposal, {kind})
        assert smallest.certainty is Certainty.SMALLEST
        assert all(enough.amount >= smallest.amount for enough in slip.changes)
        assert len(slip.changes) + len(slip.undecided) == 1


def test_what_no_plan_can_hold_has_no_change(monkeypatch):
    needs = some_session()
    blocked = replace(needs, conditions=(*needs.conditions, Count("none of x", {"v": "x"}, at_most=0)))
    slip = why_not(blocked, RULE, "a")
    assert slip.changes == ()
    assert slip.impossible == (ChangeKind.COST_LESS, ChangeKind.SCORE_MORE, ChangeKind.CEILING_MORE)
    no_lists(monkeypatch)
    assert why_not(blocked, RULE, "a") == slip


def village_forum(size, seed):
    """A forum of a kecamatan: a village each its count, fields their shares, some that need one another."""
    chance = np.random.default_rng(seed)
    labels = [f"p{place:03d}" for place in range(size)]
    costs = (np.rint(np.exp(chance.normal(18.5, 1, size)) / 1e5) * 1e5).astype(np.int64)
    groups = pd.DataFrame(
        {"v": chance.integers(0, 8, size).astype(str), "f": chance.integers(0, 4, size).astype(str)},
        index=labels,
    )
    conditions = [Count(f"village {held}", {"v": held}, at_least=1) for held in sorted(set(groups["v"]))]
    conditions += [
        MoneyShare(f"field {held}", {"f": held}, Fraction(1, 10), Fraction(2, 5))
        for held in sorted(set(groups["f"]))
    ]
    conditions += [Requires("needs", labels[3], labels[7]), AtMostOne("phases", (labels[11], labels[12]))]
    return Needs(
        pd.Series(np.round(chance.uniform(20, 100, size), 2), index=labels),
        pd.Series(costs, index=labels),
        int(costs.sum() * 0.35),
        groups=groups,
        conditions=tuple(conditions),
        tie_key=pd.Series(chance.permutation(size), index=labels),
    )


@pytest.mark.parametrize("seed", range(2))
def test_a_whole_list_is_answered_to_the_rupiah(seed, monkeypatch):
    def refused(*_):
        raise AssertionError("less than the smallest was told")

    monkeypatch.setattr(why_conditions, "Beside", refused)
    needs = village_forum(120, seed)
    before = set(funded_under(RULE, needs))
    out = [label for label in needs.scores.sort_values(ascending=False).index if label not in before]
    for proposal in out[:: len(out) // 3]:
        for change in why_not(needs, RULE, proposal).changes:
            made = CHANGES[change.kind]
            after = set(funded_under(RULE, made(needs, proposal, change.amount)))
            assert proposal in after
            assert set(change.pushes_out) == before - after
            assert proposal not in funded_under(RULE, made(needs, proposal, change.amount - 1))
