"""The solver's limits and its overspending, met openly."""

from __future__ import annotations

from contextlib import contextmanager
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from workbench.engine.allocation import why_ceiling
from workbench.engine.allocation.best_plan import best_plan
from workbench.engine.allocation.changes import ChangeKind
from workbench.engine.allocation.knapsack import best_subset
from workbench.engine.allocation.points import whole_points
from workbench.engine.allocation.program import Program, SolverOutcome, SolverSettings, solve
from workbench.engine.allocation.readings import Needs
from workbench.engine.allocation.rows import Row, cut_of, halves_of
from workbench.engine.allocation.slip import Certainty
from workbench.engine.allocation.why_not import why_not
from workbench.errors import InvalidValue


def built(trial: int) -> tuple[np.ndarray, np.ndarray, int]:
    """A ceiling one rupiah below what the best plan would need."""
    rng = np.random.default_rng(trial)
    costs, values = rng.integers(10**8, 10**10, 30), rng.integers(20, 10_000, 30)
    reached = best_subset(values, costs, int(costs.sum() * 0.4))
    return values, costs, int(costs[reached.chosen].sum()) - 1


def test_an_overspending_plan_is_cut_off_and_the_true_optimum_is_found():
    free, cuts = np.zeros(30, dtype=bool), []
    for trial in range(8):
        values, costs, ceiling = built(trial)
        program = Program(values, (Row("ceiling", "ceiling", costs, upper=ceiling),), free, free)
        answer = solve(program, SolverSettings())
        assert answer.value == best_subset(values, costs, ceiling).value
        assert costs[answer.chosen].sum() <= ceiling
        cuts.append(answer.cuts)
        if answer.cuts:
            given_up = solve(program, SolverSettings(most_cuts=0))
            assert given_up.outcome is SolverOutcome.NOTHING_FOUND
            assert given_up.gap == float("inf")
    assert max(cuts) >= 1  # otherwise these cases no longer show what they were built for


def test_halves_and_cuts_say_the_same_as_the_row():
    rng = np.random.default_rng(1)
    coefficients = rng.integers(-(10**9), 10**9, 12)
    row = Row("any", "any", coefficients, upper=int(coefficients[:6].sum()))
    part, (high, low) = halves_of(row)
    for number in range(2**12):
        chosen = (number >> np.arange(12)) % 2 == 1
        room, carry = high - part[0][chosen].sum(), np.ceil((part[1][chosen].sum() - low) / 100_000)
        assert (carry <= room) == (row.excess(chosen) == 0)
    worst = coefficients > 0
    assert cut_of(row, worst).excess(worst) == 1


def test_a_stated_gap_is_part_of_the_result_and_the_context_is_entered():
    entered = []

    @contextmanager
    def around():
        entered.append(True)
        yield

    rng = np.random.default_rng(0)
    labels = [f"p{number}" for number in range(40)]
    costs = pd.Series(rng.integers(10**8, 10**10, 40), index=labels)
    settings = SolverSettings(relative_gap=0.05, seconds=5, around=around)
    plan = best_plan(costs // 1000, costs, int(costs.sum() // 3), committed=["p0"], settings=settings)
    assert entered
    assert not plan.proven
    assert 0 <= plan.gap <= 0.05
    assert not plan.tie_order_applied
    assert "p0" in plan.funded
    assert plan.spent <= plan.ceiling


def test_sums_beyond_int64_are_refused():
    free = np.zeros(2, dtype=bool)
    row = Row("huge", "any", np.array([2**62, 2**61]), upper=5)
    with pytest.raises(InvalidValue, match="amount_too_large"):
        solve(Program(np.array([1, 1]), (row,), free, free), SolverSettings())


def test_long_decimals_are_rounded_openly():
    points = whole_points(pd.Series({"a": 1 / 3, "b": 2 / 3}))
    assert not points.exact
    assert points.units.tolist() == [3333333, 6666667]
    assert whole_points(pd.Series({"a": 0.25, "b": 3.0})).exact


def test_long_scores_are_rounded_as_exact_fractions_round():
    rng = np.random.default_rng(3)
    halves = (rng.integers(10**6, 10**7, 200) + 0.5) / 10**7
    scores = pd.Series(
        np.concatenate([rng.random(200), halves, np.nextafter(halves, 1), -halves, [0.9999999]])
    )
    found = whole_points(scores)
    assert found.units.tolist() == [round(Fraction(score) / found.unit) for score in scores]


def test_beyond_the_intervals_a_slip_says_that_a_smaller_rise_may_do(monkeypatch):
    monkeypatch.setattr(why_ceiling, "MOST_INTERVALS", 0)
    needs = Needs(pd.Series({"a": 3.0, "b": 2.0}), pd.Series({"a": 5, "b": 4}), 7)
    (change,) = why_not(needs, "best_total", "b", {ChangeKind.CEILING_MORE}).changes
    assert (change.amount, change.certainty) == (2, Certainty.ONE_LESS_FAILS)


def test_what_costs_more_than_the_ceiling_no_score_can_fund():
    needs = Needs(pd.Series({"a": 3, "b": 2}), pd.Series({"a": 5, "b": 9}), 7)
    slip = why_not(needs, "best_total", "b")
    assert slip.impossible == (ChangeKind.SCORE_MORE,)
    assert {change.kind for change in slip.changes} == {ChangeKind.COST_LESS, ChangeKind.CEILING_MORE}
