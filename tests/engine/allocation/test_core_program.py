"""Crossing ceilings through the solver: against every plan, under limits in steps, and on the clock."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.allocation.crossing import crossing
from tests.engine.allocation.every_plan import is_first_among_the_best
from workbench.engine.allocation import core_program, tie_stage
from workbench.engine.allocation import program as program_module
from workbench.engine.allocation.core_program import solve_by_core
from workbench.engine.allocation.program import SolverOutcome, SolverSettings, solve
from workbench.engine.allocation.tie_stage import settle_ties


@settings(max_examples=60)
@given(
    st.integers(0, 10_000),
    st.integers(4, 10),
    st.sampled_from([3, 6, 10**7]),
    st.sampled_from([1, 10**6, 10**10]),
)
def test_the_best_is_the_best_of_all_and_first_among_its_equals(seed, size, finest, magnitude):
    program, places = crossing(seed, size, finest=finest, magnitude=magnitude)
    with pytest.MonkeyPatch.context() as small:  # so that few items take the way of many
        small.setattr(core_program, "FIRST_CORE", 1)
        small.setattr(core_program, "MOST_OPEN", 3)
        small.setattr(tie_stage, "_FEW", 0)
        small.setattr(tie_stage, "_BLOCK", 3)
        answer = solve_by_core(program, SolverSettings())
        assert answer.outcome is SolverOutcome.PROVEN
        found, settled = settle_ties(program, answer, places, SolverSettings())
    assert settled
    is_first_among_the_best((found.chosen, found.value), program, places)


def test_a_limit_in_steps_ends_at_the_same_plan_with_a_bound_that_holds():
    program, places = crossing(6, 250, 6, 8, finest=10**7, magnitude=10**9)
    known = solve_by_core(program, SolverSettings(seconds=10))
    hurried = [solve_by_core(program, SolverSettings(seconds=1e-3)) for _ in range(2)]
    assert known.outcome is SolverOutcome.PROVEN
    assert hurried[0].outcome is SolverOutcome.LIMIT_REACHED
    assert not program.broken(hurried[0].chosen)
    assert hurried[0].value <= known.value <= hurried[0].bound
    assert 0 < hurried[0].gap < 0.05
    assert hurried[0].chosen.tolist() == hurried[1].chosen.tolist()
    assert hurried[0].bound == hurried[1].bound
    assert settle_ties(program, known, places, SolverSettings(seconds=1e-3))[1] is False


def test_a_stated_gap_ends_the_search_early_and_is_kept():
    program, _ = crossing(5, 150, 6, 8, finest=10**7, magnitude=10**9)
    best = solve_by_core(program, SolverSettings(seconds=30)).value
    near = solve_by_core(program, SolverSettings(relative_gap=0.03))
    assert near.outcome is SolverOutcome.WITHIN_GAP
    assert near.gap <= 0.03
    assert near.value <= best <= near.bound


def test_the_clock_is_only_a_net_and_says_when_it_struck(monkeypatch):
    program, _ = crossing(5, 150, 6, 8, finest=10**7, magnitude=10**9)
    assert not solve(program, SolverSettings(seconds=1e-9)).interrupted
    monkeypatch.setattr(program_module, "LEAST_PATIENCE", 0.0)
    struck = solve(program, SolverSettings(seconds=1e-9))
    assert struck.interrupted
    assert struck.outcome is not SolverOutcome.INFEASIBLE
