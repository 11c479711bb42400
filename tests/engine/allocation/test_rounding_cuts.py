"""Rounded ceilings: no whole plan breaks one, and the relaxation comes closer than by covers alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.allocation.crossing import crossing
from tests.engine.allocation.every_plan import every_plan
from workbench.engine.allocation.core_program import relax
from workbench.engine.allocation.cover_cuts import broken_covers
from workbench.engine.allocation.program import Program
from workbench.engine.allocation.rounding_cuts import broken_roundings
from workbench.engine.allocation.rows import Row


@given(st.integers(0, 10_000), st.integers(2, 9), st.sampled_from([1, 10**3, 10**9, 10**12]), st.booleans())
def test_no_plan_breaks_a_rounded_ceiling_whatever_point_it_was_found_at(seed, size, magnitude, fixes):
    program, _ = crossing(seed, size, magnitude=magnitude)
    chance = np.random.default_rng(seed)
    band = chance.integers(-5, 9, size) * magnitude
    bounds = int(band.sum() * 0.2) - 3, int(np.abs(band).sum() * 0.6)
    program = replace(program, rows=(*program.rows, Row("band", "money_share", band, *bounds)))
    if fixes:
        fixed = chance.random((2, size)) < 0.15
        program = Program(program.values, program.rows, fixed[0], fixed[1] & ~fixed[0])
    plans = every_plan(program)
    for taken in (chance.random(size), np.ones(size), np.round(chance.random(size) + 0.3)):
        point = np.clip(taken, 0, 1)
        for cut in broken_roundings(program, point):
            assert cut.coefficients @ point > cut.upper
            assert not any(cut.excess(plan) for plan in plans)


def test_rounded_ceilings_bring_the_relaxation_closer_than_covers():
    closer = 0
    for seed in range(12):
        program, _ = crossing(seed, 40, finest=1000)
        known = relax(program)
        bounds = [
            relax(replace(program, rows=(*program.rows, *cuts))).bound
            for cuts in (broken_covers(program, known.taken), broken_roundings(program, known.taken))
        ]
        assert bounds[1] <= known.bound + 1e-6
        closer += bounds[1] < bounds[0] - 1e-6
    assert closer > 6


def test_sums_that_would_leave_whole_numbers_are_passed_over():
    costs, free = np.array([2**61, 2**60]), np.zeros(2, dtype=bool)
    program = Program(np.array([1, 1]), (Row("ceiling", "ceiling", costs, upper=2**61),), free, free)
    assert broken_roundings(program, np.array([1.0, 0.5])) == []
