"""Clashes: what is said of one is true, whatever effort was allowed, and the effort is bounded."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.allocation.every_plan import every_plan
from workbench.engine.allocation.clash import PARTS, TIMES, raise_clash, smallest_clash, smallest_relaxations
from workbench.engine.allocation.program import Program, SolverSettings
from workbench.engine.allocation.rows import Row
from workbench.errors import NoFeasiblePlan

SECONDS = st.sampled_from([0.0, 0.0002, 0.002, 10.0])


def crossing_minimums(seed, size=8):
    """Return a programme under a ceiling whose least shares by two groupings ask for a lot."""
    chance = np.random.default_rng(seed)
    costs = chance.integers(1, 9, size) * int(10 ** chance.integers(0, 13))
    rows = [Row("ceiling", "ceiling", costs, upper=int(costs.sum() * 0.5))]
    for many in (2, 3):
        group = chance.integers(0, many, size)
        for held in range(many):
            inside = costs * (group == held)
            least = int(inside.sum() * chance.uniform(0.2, 0.8))
            rows.append(Row(f"{many} {held}", f"by {many}", inside, lower=least))
    free = np.zeros(size, dtype=bool)
    return Program(np.ones(size, dtype=np.int64), tuple(rows), free, free)


@given(st.integers(0, 10_000), SECONDS)
def test_what_is_named_cannot_hold_together_and_every_one_is_needed_where_that_is_said(seed, seconds):
    program = crossing_minimums(seed)
    if every_plan(program):
        return
    clash = smallest_clash(program, SolverSettings(seconds=seconds))
    assert not every_plan(replace(program, rows=clash.rows))
    if clash.all_needed:
        for out in range(len(clash.rows)):
            assert every_plan(replace(program, rows=clash.rows[:out] + clash.rows[out + 1 :]))
    assert clash.all_needed or seconds < 10


@given(st.integers(0, 10_000), SECONDS)
def test_a_way_out_resolves_the_clash_and_none_is_smaller_where_that_is_said(seed, seconds):
    program = crossing_minimums(seed)
    if every_plan(program):
        return
    ways = smallest_relaxations(program, SolverSettings(seconds=seconds))
    told = {way.family: way for way in ways.relaxations}
    for family in {row.family for row in program.rows}:
        others = replace(program, rows=tuple(row for row in program.rows if row.family != family))
        least = min(
            (
                sum(row.excess(plan) for row in program.rows if row.family == family)
                for plan in every_plan(others)
            ),
            default=None,
        )
        if family not in told:
            assert least is None or family in ways.undecided
        elif told[family].proven:
            assert told[family].total == pytest.approx(least, rel=1e-6)
        else:
            assert told[family].total >= least
    assert seconds < 10 or (not ways.undecided and all(way.proven for way in ways.relaxations))


def test_without_any_effort_everything_is_named_and_nothing_is_claimed():
    rows = tuple(Row(str(most), "count", np.array([1, 1]), lower=most) for most in (1, 2, 3))
    free = np.zeros(2, dtype=bool)
    with pytest.raises(NoFeasiblePlan) as caught:
        raise_clash(Program(np.ones(2, dtype=np.int64), rows, free, free), SolverSettings(seconds=0))
    facts = caught.value.facts
    assert (facts["all_needed"], facts["relaxations"], facts["undecided"]) == (False, (), ("count",))
    assert "3" in facts["clash"]


def test_the_solves_that_name_a_clash_are_bounded_however_many_conditions_there_are():
    program = crossing_minimums(5, 12)
    solves = 0

    class Counted:
        def __enter__(self):
            nonlocal solves
            solves += 1

        def __exit__(self, *_):
            return None

    rows = tuple(replace(row, name=f"{row.name} {turn}") for row in program.rows for turn in range(40))
    settings = SolverSettings(seconds=0.02, around=Counted)
    smallest_clash(replace(program, rows=rows), settings)
    one = 20 * 12  # steps that a solve over twelve items takes at least
    assert solves <= TIMES * settings.steps // one + PARTS
