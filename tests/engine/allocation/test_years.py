"""Several years against brute force."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pandas as pd
import pytest

from workbench.engine.allocation.conditions import AtMostOne, Count, GroupCeiling, Requires
from workbench.engine.allocation.years import plan_over_years
from workbench.errors import InvalidValue, NoFeasiblePlan, UnknownMethod

DISCOUNT = Fraction(19, 20)


@pytest.mark.parametrize("leftovers", ["lapses", "carries_over"])
@pytest.mark.parametrize("seed", range(4))
def test_brute_force_agrees(seed, leftovers):
    rng = np.random.default_rng(seed)
    labels = [f"p{number}" for number in range(6)]
    scores = pd.Series(rng.integers(1, 20, 6), index=labels)
    costs = pd.Series(rng.integers(10**8, 10**9, 6), index=labels)
    ceilings = pd.Series({2026: int(costs.sum() * 0.3), 2027: int(costs.sum() * 0.25)})
    groups = pd.DataFrame({"v": ["x", "y"] * 3}, index=labels)
    conditions = [
        Requires("needs", "p0", "p1"),
        AtMostOne("one", ("p2", "p3")),
        Count("x", {"v": "x"}, at_most=1),
    ]

    def allowed(years):
        spent = [sum(int(costs[p]) for p, year in years.items() if year == at) for at in (0, 1)]
        first, second = ceilings.tolist()
        room = second + (first - spent[0] if leftovers == "carries_over" else 0)
        return (
            spent[0] <= first
            and spent[1] <= room
            and (years["p0"] is None or (years["p1"] is not None and years["p1"] <= years["p0"]))
            and (years["p2"] is None or years["p3"] is None)
            and all(sum(years[p] == at for p in ("p0", "p2", "p4")) <= 1 for at in (0, 1))
        )

    best = max(
        sum(int(scores[p]) * DISCOUNT**year for p, year in years.items() if year is not None)
        for years in (dict(zip(labels, held, strict=True)) for held in product([None, 0, 1], repeat=6))
        if allowed(years)
    )
    plan = plan_over_years(scores, costs, ceilings, DISCOUNT, leftovers, groups, conditions)
    chosen = {p: None if year is None else year - 2026 for p, year in plan.year_of.items()}
    assert plan.total_score == pytest.approx(float(best), rel=1e-12)
    assert allowed(chosen)
    assert plan.proven
    assert (plan.table["left"] >= 0).all()
    assert plan.table["spent"].sum() == sum(int(costs[p]) for p, year in chosen.items() if year is not None)


@pytest.mark.parametrize("leftovers", ["lapses", "carries_over"])
@pytest.mark.parametrize("seed", range(4))
def test_brute_force_agrees_where_single_years_have_conditions(seed, leftovers):
    rng = np.random.default_rng(seed)
    labels = [f"p{number}" for number in range(6)]
    scores = pd.Series(rng.integers(1, 20, 6), index=labels)
    costs = pd.Series(rng.integers(10**8, 10**9, 6), index=labels)
    ceilings = pd.Series({2026: int(costs.sum() * 0.4), 2027: int(costs.sum() * 0.5)})
    groups = pd.DataFrame({"v": ["x", "y"] * 3}, index=labels)
    most = int(costs.sum() * 0.2)
    dated = {
        2026: [GroupCeiling("x first", most, {"v": "x"}), AtMostOne("not both now", ("p1", "p3"))],
        2027: [Count("two of y later", {"v": "y"}, at_least=1), Requires("after", "p0", "p1")],
    }

    def allowed(years):
        spent = [sum(int(costs[p]) for p, year in years.items() if year == at) for at in (0, 1)]
        first, second = ceilings.tolist()
        return (
            spent[0] <= first
            and spent[1] <= second + (first - spent[0] if leftovers == "carries_over" else 0)
            and sum(int(costs[p]) for p in ("p0", "p2", "p4") if years[p] == 0) <= most
            and not (years["p1"] == 0 and years["p3"] == 0)
            and any(years[p] == 1 for p in ("p1", "p3", "p5"))
            and (years["p0"] is None or years["p1"] is not None)
        )

    best = max(
        sum(int(scores[p]) * DISCOUNT**year for p, year in years.items() if year is not None)
        for years in (dict(zip(labels, held, strict=True)) for held in product([None, 0, 1], repeat=6))
        if allowed(years)
    )
    plan = plan_over_years(scores, costs, ceilings, DISCOUNT, leftovers, groups, dated=dated)
    chosen = {p: None if year is None else year - 2026 for p, year in plan.year_of.items()}
    assert plan.total_score == pytest.approx(float(best), rel=1e-12)
    assert allowed(chosen)


def test_a_condition_of_a_year_that_is_not_planned_is_refused():
    one = pd.Series({"a": 1})
    with pytest.raises(InvalidValue) as caught:
        plan_over_years(one, one, pd.Series({2026: 5}), DISCOUNT, dated={2028: [AtMostOne("x", ("a", "a"))]})
    assert caught.value.code == "unknown_year"


def test_bad_input_and_clashes_are_named():
    one = pd.Series({"a": 5})
    groups = pd.DataFrame({"v": ["x"]}, index=["a"])
    with pytest.raises(InvalidValue, match="no_years"):
        plan_over_years(one, one, pd.Series(dtype=int), DISCOUNT)
    with pytest.raises(InvalidValue, match="discount_out_of_range"):
        plan_over_years(one, one, pd.Series({1: 5}), Fraction(3, 2))
    with pytest.raises(UnknownMethod):
        plan_over_years(one, one, pd.Series({1: 5}), DISCOUNT, "vanishes")
    each = [Count("x", {"v": "x"}, at_least=1)]
    with pytest.raises(NoFeasiblePlan) as caught:
        plan_over_years(one, one, pd.Series({1: 5, 2: 5}), DISCOUNT, "lapses", groups, each)
    assert set(caught.value.facts["clash"]) == {"once a", "x 1", "x 2"}
