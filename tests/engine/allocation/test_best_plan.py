"""Exact plans against brute force, built cases at real magnitudes, clashes and bad input."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.allocation.best_plan import best_plan
from workbench.engine.allocation.conditions import (
    AtMostOne,
    Count,
    CountShare,
    GroupCeiling,
    MoneyShare,
    Requires,
    ShareOf,
    ceiling_matrix,
)
from workbench.engine.allocation.program import Program, SolverSettings, solve
from workbench.engine.allocation.result import FundingStatus
from workbench.engine.allocation.rows import Row
from workbench.errors import InvalidValue, LabelMismatch, NoFeasiblePlan


def village(seed: int, size: int, largest: int = 10**9):
    rng = np.random.default_rng(seed)
    labels = [f"p{number}" for number in range(size)]
    scores = pd.Series(rng.integers(1, 6, size), index=labels)
    costs = pd.Series(rng.integers(largest // 100, largest, size), index=labels)
    held = {"v": (["x", "y", "z"] * size)[:size], "w": (["q", "r"] * size)[:size]}
    groups = pd.DataFrame(held, index=labels)
    lot = pd.Series(rng.permutation(size), index=labels)
    return scores, costs, int(costs.sum() * 0.45), groups, lot


def brute(scores, costs, ceiling, lot, allowed):
    in_lot = lot.sort_values().index.tolist()
    best = None
    for taken in product([True, False], repeat=len(in_lot)):
        chosen = {label for label, held in zip(in_lot, taken, strict=True) if held}
        if sum(int(costs[label]) for label in chosen) > ceiling or not allowed(chosen):
            continue
        key = (sum(int(scores[label]) for label in chosen), taken)
        if best is None or key > best[0]:
            best = (key, chosen)
    return best


@pytest.mark.parametrize("seed", range(12))
def test_without_conditions_brute_force_agrees_also_on_ties(seed):
    scores, costs, ceiling, _, lot = village(seed, 9)
    if seed % 2:
        costs = costs // 10**8 * 10**8 + 10**8
    plan = best_plan(scores, costs, ceiling, tie_key=lot)
    (total, _), chosen = brute(scores, costs, ceiling, lot, lambda _: True)
    assert (plan.points, set(plan.funded)) == (total, chosen)
    assert plan.proven
    assert plan.tie_order_applied
    assert plan.spent <= ceiling


@pytest.mark.parametrize("seed", range(12))
def test_with_conditions_brute_force_agrees_also_on_ties(seed):
    scores, costs, ceiling, groups, lot = village(seed, 9)
    committed = ("p1",)
    x = {label for label in scores.index if groups.loc[label, "v"] == "x"}
    q = {label for label in scores.index if groups.loc[label, "w"] == "q"}
    conditions = [
        Count("few of x", {"v": "x"}, at_most=2),
        MoneyShare("q at most", {"w": "q"}, at_most=Fraction(2, 3), of=ShareOf.SPENT),
        MoneyShare("q at least", {"w": "q"}, at_least=Fraction(1, 20)),
        CountShare("q among funded", {"w": "q"}, at_least=Fraction(1, 4)),
        Requires("p2 with p3", "p2", "p3"),
        AtMostOne("p4 or p5", ("p4", "p5")),
        GroupCeiling("r", ceiling // 2, {"w": "r"}),
    ]

    def money(chosen):
        return sum(int(costs[label]) for label in chosen)

    def allowed(chosen):
        return (
            "p1" in chosen
            and len(chosen & x) <= 2
            and 3 * money(chosen & q) <= 2 * money(chosen)
            and 20 * money(chosen & q) >= ceiling
            and 4 * len(chosen & q) >= len(chosen)
            and ("p2" not in chosen or "p3" in chosen)
            and len(chosen & {"p4", "p5"}) <= 1
            and money(chosen - q) <= ceiling // 2
        )

    expected = brute(scores, costs, ceiling, lot, allowed)
    if expected is None:
        with pytest.raises(NoFeasiblePlan) as caught:
            best_plan(scores, costs, ceiling, groups, conditions, committed, lot)
        assert caught.value.facts["clash"]
        return
    plan = best_plan(scores, costs, ceiling, groups, conditions, committed, lot)
    assert (plan.points, set(plan.funded)) == (expected[0][0], expected[1])
    assert plan.tie_order_applied
    assert plan.committed == committed


@pytest.mark.parametrize("largest", [10**5, 10**8, 10**10, 10**12])
def test_the_last_rupiah_is_neither_overspent_nor_given_away(largest):
    for seed in range(3):
        scores, costs, ceiling, _, _ = village(seed, 25, largest)
        values = (scores * 1000 + np.arange(25)).to_numpy()
        reachable = best_plan(pd.Series(values, scores.index), costs, ceiling)
        for exact in (reachable.spent, reachable.spent - 1):
            free = np.zeros(25, dtype=bool)
            row = Row("ceiling", "ceiling", costs.to_numpy(), upper=exact)
            answer = solve(Program(values, (row,), free, free), SolverSettings())
            plan = best_plan(pd.Series(values, scores.index), costs, exact)
            assert int(costs.to_numpy()[answer.chosen].sum()) <= exact
            assert answer.value == plan.points
            assert (plan.left == 0) == (exact == reachable.spent) or plan.points < reachable.points


@given(st.integers(0, 10_000), st.integers(2, 10))
def test_more_money_never_lowers_the_best_total_and_row_order_does_not_matter(seed, size):
    scores, costs, ceiling, _, lot = village(seed, size, 10**13)
    plan = best_plan(scores, costs, ceiling, tie_key=lot)
    more = best_plan(scores, costs, ceiling + int(costs.min()), tie_key=lot)
    assert plan.points <= more.points
    assert all(costs[label] > plan.left for label in costs.index if label not in plan.funded)
    again = best_plan(scores[::-1], costs.sample(frac=1, random_state=seed), ceiling, tie_key=lot)
    assert again.funded == plan.funded


def test_a_plan_says_what_blocks_the_others():
    scores, costs = pd.Series({"a": 5, "b": 4, "c": 1}), pd.Series({"a": 10, "b": 10, "c": 10})
    groups = pd.DataFrame({"v": ["x", "x", "y"]}, index=list("abc"))
    plan = best_plan(scores, costs, 20, groups, [Count("one each", {"v": "x"}, at_most=1)])
    assert plan.funded == ("a", "c")
    assert plan.blocked_by.to_dict() == {"a": (), "b": ("ceiling", "one each"), "c": ()}
    assert plan.status["b"] is FundingStatus.NOT_CHOSEN
    assert plan.settings.seconds > 0
    assert plan.gap == 0


def test_a_matrix_of_ceilings_is_read_cell_by_cell():
    amounts = pd.DataFrame(
        {"works": [5, pd.NA], "health": [pd.NA, 7]}, index=["north", "south"], dtype="Int64"
    )
    assert [(cell.amount, dict(cell.where)) for cell in ceiling_matrix(amounts, "district", "agency")] == [
        (5, {"district": "north", "agency": "works"}),
        (7, {"district": "south", "agency": "health"}),
    ]


def test_a_clash_is_named_with_the_smallest_ways_out():
    scores, costs = pd.Series({"a": 5, "b": 4, "c": 1}), pd.Series({"a": 60, "b": 50, "c": 10})
    groups = pd.DataFrame({"v": ["x", "y", "z"]}, index=list("abc"))
    conditions = [
        Count("x", {"v": "x"}, at_least=1),
        Count("y", {"v": "y"}, at_least=1),
        Count("z", {"v": "z"}, at_least=1),
    ]
    with pytest.raises(NoFeasiblePlan) as caught:
        best_plan(scores, costs, 100, groups, conditions)
    assert set(caught.value.facts["clash"]) == {"ceiling", "x", "y"}
    found = {held.family: held for held in caught.value.facts["relaxations"]}
    assert found["ceiling"].changes == (("ceiling", 20),)
    assert found["count"].total == 1


def test_a_condition_with_two_bounds_relaxes_on_the_side_that_hurts():
    scores, costs = pd.Series({"a": 5, "b": 4}), pd.Series({"a": 60, "b": 50})
    groups = pd.DataFrame({"v": ["x", "y"]}, index=list("ab"))
    band = MoneyShare("x band", {"v": "x"}, Fraction(1, 10), Fraction(1, 5))
    with pytest.raises(NoFeasiblePlan) as caught:
        best_plan(scores, costs, 100, groups, [band])
    assert caught.value.facts["clash"] == ("x band",)
    assert caught.value.facts["relaxations"][0].changes == (("x band", 10),)


def test_committed_proposals_come_off_the_ceiling_first():
    scores, costs = pd.Series({"a": 1, "b": 9}), pd.Series({"a": 80, "b": 100})
    assert best_plan(scores, costs, 100, committed=["a"]).funded == ("a",)
    with pytest.raises(NoFeasiblePlan, match="committed_above_ceiling"):
        best_plan(scores, costs, 70, committed=["a"])


@pytest.mark.parametrize(
    ("conditions", "code"),
    [
        ([Count("n", {"v": "nowhere"}, at_least=1)], "unknown_group"),
        ([Count("n", {"u": "x"}, at_least=1)], "unknown_group"),
        ([Requires("n", "a", "ghost")], "unknown_proposal"),
        ([Requires("n", "a", "b"), Requires("m", "b", "c"), Requires("o", "c", "a")], "cyclic_dependencies"),
        ([Requires("n", "a", "b"), Requires("n", "b", "c")], "duplicate_condition"),
        ([MoneyShare("n", {"v": "x"}, at_least=Fraction(3, 2))], "share_out_of_range"),
        ([MoneyShare("n", {"v": "x"}, at_least=0.2)], "share_out_of_range"),
    ],
)
def test_bad_conditions_are_named(conditions, code):
    labels = list("abc")
    groups = pd.DataFrame({"v": ["x", "y", "z"]}, index=labels)
    with pytest.raises(InvalidValue) as caught:
        best_plan(pd.Series(1, labels), pd.Series(1, labels), 2, groups, conditions)
    assert caught.value.code == code


def test_bad_input_is_named():
    good = pd.Series({"a": 1, "b": 2})
    with pytest.raises(InvalidValue, match="unpriced_proposals"):
        best_plan(good, pd.Series({"a": 1, "b": pd.NA}, dtype="Int64"), 3)
    with pytest.raises(InvalidValue, match="score_missing"):
        best_plan(pd.Series({"a": 1, "b": np.nan}), good, 3)
    with pytest.raises(InvalidValue, match="tie_key_ties"):
        best_plan(good, good, 3, tie_key=pd.Series({"a": 1, "b": 1}))
    with pytest.raises(LabelMismatch):
        best_plan(good, pd.Series({"a": 1}), 3)
    with pytest.raises(LabelMismatch):
        best_plan(good, good, 3, groups=pd.DataFrame({"v": [1]}, index=["a"]))
