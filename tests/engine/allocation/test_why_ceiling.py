"""The smallest rise of the ceiling, against trying every rupiah; best totals of whole intervals; the core."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.engine.allocation import staircase as staircases
from workbench.engine.allocation.changes import ChangeKind, richer
from workbench.engine.allocation.core_program import solve_by_core
from workbench.engine.allocation.knapsack import best_subset
from workbench.engine.allocation.program import Program, SolverSettings, solve
from workbench.engine.allocation.readings import Needs, funded_under
from workbench.engine.allocation.rows import Row
from workbench.engine.allocation.slip import Certainty
from workbench.engine.allocation.staircase import staircase
from workbench.engine.allocation.why_not import why_not

small = st.integers(0, 20)


@settings(max_examples=120)
@given(st.lists(st.tuples(small, small), min_size=1, max_size=10), st.integers(0, 60), st.integers(0, 50))
def test_stairs_are_the_best_total_at_every_ceiling(items, low, width):
    values, costs = (np.array(column) for column in zip(*items, strict=True))
    found = staircase(values, costs, low, low + width)
    ceilings = np.arange(low, low + width + 1)
    assert found.at(ceilings).tolist() == [
        best_subset(values, costs, ceiling).value for ceiling in ceilings.tolist()
    ]


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 8), st.integers(1, 9)), min_size=2, max_size=7),
    st.integers(0, 25),
    st.sampled_from([1, 5, 100_000]),
    st.randoms(use_true_random=False),
)
def test_no_smaller_rise_funds_it(items, ceiling, unit, chance):
    labels = [f"p{place}" for place in range(len(items))]
    lots = chance.sample(range(len(items)), len(items))
    needs = Needs(
        pd.Series([float(value) for value, _ in items], index=labels),
        pd.Series([cost * unit for _, cost in items], index=labels),
        ceiling * unit,
        tie_key=pd.Series(lots, index=labels),
    )
    demand = sum(cost for _, cost in items) - ceiling
    for label in sorted(set(labels) - set(funded_under("best_total", needs))):
        rises = (rise * unit for rise in range(1, demand + 1))
        smallest = next(
            (r for r in rises if label in funded_under("best_total", richer(needs, label, r))), None
        )
        changes = why_not(needs, "best_total", label, {ChangeKind.CEILING_MORE}).changes
        assert (changes[0].amount if changes else None) == smallest or (
            changes[0].certainty is Certainty.ONE_LESS_FAILS
        )


def many(size, seed=0):
    chance = np.random.default_rng(seed)
    costs = np.rint(np.exp(chance.normal(18.5, 1, size)) / 1e5).astype(np.int64) * 100_000
    return np.round(chance.uniform(2000, 10000, size)).astype(np.int64), costs


def test_an_interval_that_needs_too_many_states_is_given_up(monkeypatch):
    values, costs = many(200)
    monkeypatch.setattr(staircases, "MOST_STATES", 20)
    assert staircase(values, costs, int(costs.sum()) // 3, int(costs.sum()) // 2) is None


@pytest.mark.parametrize("seed", range(3))
def test_the_core_gives_the_total_of_the_whole_programme(seed):
    values, costs = many(150, seed)
    ceiling = Row("ceiling", "ceiling", costs, upper=int(costs.sum()) // 3)
    few = Row("few", "count", np.ones(150, dtype=np.int64), upper=40)
    free = np.zeros(150, dtype=bool)
    program = Program(values, (ceiling, few), free, free)
    assert solve_by_core(program, SolverSettings()).value == solve(program, SolverSettings()).value
