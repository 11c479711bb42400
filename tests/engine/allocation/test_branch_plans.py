"""Ceilings within ceilings against trying every plan, against the solver, and at large amounts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from tests.engine.allocation.every_plan import is_first_among_the_best
from workbench.engine.allocation import branch_plans
from workbench.engine.allocation.branch_plans import best_in_tree
from workbench.engine.allocation.ceiling_tree import tree_of
from workbench.engine.allocation.priced_rows import priced
from workbench.engine.allocation.program import Program
from workbench.engine.allocation.rows import Row


def ceilings(costs, groups, shares):
    """Return a ceiling for every value of every column of groups, at shares of what it asks for."""
    drawn = iter(shares)
    return [
        Row(f"{place} {held}", "group_ceiling", costs * inside, upper=int(costs[inside].sum() * next(drawn)))
        for place, column in enumerate(groups)
        for held in np.unique(column)
        for inside in [column == held]
    ]


@st.composite
def trees(draw):
    """Draw agencies, or agencies in districts, under a whole, often with ties and with items of no cost."""
    size = draw(st.integers(1, 9))
    magnitude = draw(st.sampled_from([1, 10**3, 10**8, 10**13]))
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    values = chance.integers(draw(st.sampled_from([-2, 0, 1])), draw(st.sampled_from([3, 12, 10**7])), size)
    costs = chance.integers(0, 10, size) * magnitude + chance.integers(0, 3, size)
    district, agency = chance.integers(0, 2, (2, size))
    kinds = {"agency": [agency], "nested": [district, 2 * district + agency], "same": [agency, agency]}
    groups = kinds[draw(st.sampled_from(sorted(kinds)))]
    whole = Row("ceiling", "ceiling", costs, upper=int(costs.sum() * draw(st.floats(0, 1.2))))
    fixed = chance.random((2, size)) < 0.1
    shares = chance.uniform(0, 1.2, 4 * len(groups))
    program = Program(values, (whole, *ceilings(costs, groups, shares)), fixed[0], fixed[1] & ~fixed[0])
    return program, chance.permutation(size)


@settings(max_examples=250)
@given(trees(), st.sampled_from([0, 2, branch_plans.FEW_ITEMS]))
def test_the_best_is_the_best_of_all_and_first_among_its_equals(drawn, few):
    program, places = drawn
    held = priced(program)
    with pytest.MonkeyPatch.context() as small:
        small.setattr(branch_plans, "FEW_ITEMS", few)
        found = None if held is None else best_in_tree(held, places)
    is_first_among_the_best(found, program, places)


def forum(seed: int, size: int, largest: int, scores: int):
    chance = np.random.default_rng(seed)
    costs = chance.integers(largest // 100, largest, size)
    district, agency = chance.integers(0, 4, size), chance.integers(0, 5, size)
    whole = Row("ceiling", "ceiling", costs, upper=int(costs.sum() * 0.4))
    rows = ceilings(costs, [district, 5 * district + agency], chance.uniform(0.3, 0.7, 24))
    free = np.zeros(size, dtype=bool)
    return Program(chance.integers(1, scores, size), (whole, *rows), free, free), chance.permutation(size)


@pytest.mark.parametrize(("largest", "scores"), [(100, 6), (1000, 10_000), (10**10, 10**7), (10**10, 6)])
def test_cells_within_districts_reach_what_the_solver_reaches(largest, scores):
    program, places = forum(largest + scores, 150, largest, scores)
    held = priced(program)
    chosen, total = best_in_tree(held, places)
    assert not program.broken(chosen)
    table = np.stack([row.coefficients for row in program.rows])
    plain = optimize.milp(
        -program.values,
        constraints=optimize.LinearConstraint(table, -np.inf, [row.upper for row in program.rows]),
        integrality=np.ones(150),
        bounds=optimize.Bounds(0, 1),
        options={"mip_rel_gap": 0.0, "time_limit": 20},
    )
    taken = plain.x > 0.5
    fair = not program.broken(taken)  # the solver may overspend by a rupiah: then its total is no reference
    assert total == program.values[taken].sum() if fair else total <= -plain.mip_dual_bound + 1


def test_crossing_ceilings_counts_and_shares_are_no_tree():
    costs, free = np.array([2, 3, 4, 5]), np.zeros(4, dtype=bool)
    whole = Row("ceiling", "ceiling", costs, upper=9)
    crossing = ceilings(costs, [np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])], [0.5] * 4)
    count = Row("few", "count", np.array([1, 1, 0, 0]), upper=1)
    for rows in (crossing, [count]):
        held = priced(Program(costs, (whole, *rows), free, free))
        assert tree_of(held, np.arange(len(rows) + 1)) is None


def test_a_condition_that_crosses_but_does_not_bind_is_counted_in_the_end():
    costs, free = np.array([2, 3, 4, 5]), np.zeros(4, dtype=bool)
    whole = Row("ceiling", "ceiling", costs, upper=9)
    loose = Row("most of them", "group_ceiling", np.array([2, 3, 4, 0]), upper=8)
    parts = ceilings(costs, [np.array([0, 0, 1, 1])], [0.7, 0.7])
    held = priced(Program(np.array([9, 9, 1, 1]), (whole, loose, *parts), free, free))
    chosen, _ = best_in_tree(held, np.arange(4))
    assert chosen.tolist() == [True, False, True, False]


def test_a_tree_that_grows_too_large_is_given_up(monkeypatch):
    program, places = forum(1, 60, 10**10, 10**7)
    held = priced(program)
    assert best_in_tree(held, places) is not None
    monkeypatch.setattr(branch_plans, "MOST_STATES", 50)
    assert best_in_tree(held, places) is None
