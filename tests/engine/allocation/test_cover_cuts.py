"""Covers of ceilings: no whole plan breaks one, and the relaxation comes closer."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.allocation.crossing import crossing
from tests.engine.allocation.every_plan import every_plan
from workbench.engine.allocation.core_program import relax, tightened
from workbench.engine.allocation.cover_cuts import broken_covers
from workbench.engine.allocation.program import Program
from workbench.engine.allocation.rows import Row


@given(st.integers(0, 10_000), st.integers(2, 9), st.sampled_from([1, 10**9]), st.booleans())
def test_no_plan_breaks_a_cover_whatever_point_it_was_found_at(seed, size, magnitude, fixes):
    program, _ = crossing(seed, size, magnitude=magnitude)
    chance = np.random.default_rng(seed)
    if fixes:
        fixed = chance.random((2, size)) < 0.15
        program = Program(program.values, program.rows, fixed[0], fixed[1] & ~fixed[0])
    plans = every_plan(program)
    for taken in (chance.random(size), np.ones(size), np.round(chance.random(size) + 0.3)):
        for cut in broken_covers(program, np.clip(taken, 0, 1)):
            assert cut.upper >= 0
            assert cut.coefficients @ taken > cut.upper
            assert not any(cut.excess(plan) for plan in plans)


def test_covers_bring_the_relaxation_closer_and_keep_the_best_plan():
    gained = 0.0
    for seed in range(10):
        program, _ = crossing(seed, 12, finest=1000)
        best = max(int(program.values[plan].sum()) for plan in every_plan(program))
        known = relax(program)
        tight, closer = tightened(program, known)
        assert best <= closer.bound + 1e-6 <= known.bound + 2e-6
        assert tight.rows[: len(program.rows)] == program.rows
        gained += (known.bound - closer.bound) / max(known.bound - best, 1e-9)
    assert gained > 3.0  # of ten whole distances


def test_counts_and_rows_with_two_signs_have_no_covers_to_find():
    free = np.zeros(3, dtype=bool)
    for row in (
        Row("two", "count", np.array([1, 1, 1]), upper=2),
        Row("share", "money_share", np.array([5, -1, -2]), upper=0),
    ):
        program = Program(np.array([3, 2, 1]), (row,), free, free)
        assert broken_covers(program, relax(program).taken) == []


def test_a_ceiling_between_two_sums_of_round_costs_is_asked_as_the_lower_one():
    costs, free = np.array([4, 6, 8, 6]) * 10**6, np.zeros(4, dtype=bool)
    program = Program(
        np.array([5, 7, 9, 8]), (Row("ceiling", "ceiling", costs, upper=13_999_999),), free, free
    )
    known = relax(program)
    assert round(known.bound, 6) == round(46 / 3, 6)
    assert round(tightened(program, known)[1].bound, 6) == 15.0
