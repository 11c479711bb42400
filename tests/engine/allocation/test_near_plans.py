"""Listing the plans near the relaxation, against trying every plan: totals, ties, and large amounts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.allocation.every_plan import every_plan, is_first_among_the_best
from workbench.engine.allocation import near_plans as listing
from workbench.engine.allocation.losses_ahead import LossesAhead
from workbench.engine.allocation.narrowed import narrowed
from workbench.engine.allocation.near_plans import best_near, near_plans
from workbench.engine.allocation.priced_rows import priced
from workbench.engine.allocation.program import Program
from workbench.engine.allocation.rows import Row


@st.composite
def programs(draw):
    """Draw values and rows of any sign, often with ties, at money from single rupiah to 10**13."""
    size = draw(st.integers(1, 9))
    magnitude = draw(st.sampled_from([1, 10**3, 10**8, 10**13]))
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    values = chance.integers(0, draw(st.sampled_from([3, 12, 10**6])), size)
    costs = chance.integers(1, 10, size) * magnitude + chance.integers(0, 3, size)
    part = chance.integers(0, 2, size)
    rows = [Row("ceiling", "ceiling", costs, upper=int(costs.sum() * draw(st.floats(0, 1))))]
    extra = {
        "count": Row("some", "count", part, lower=draw(st.integers(0, 2)), upper=draw(st.integers(2, 4))),
        "share": Row("share", "money_share", -(3 * costs * part - costs), upper=0, scale=3),
        "order": Row("order", "requires", chance.integers(-1, 2, size), upper=draw(st.integers(0, 1))),
        "floor": Row("floor", "group_floor", costs * part, lower=int((costs * part).sum() // 3)),
    }
    rows += [extra[name] for name in draw(st.lists(st.sampled_from(sorted(extra)), unique=True))]
    fixed = chance.random((2, size)) < 0.1
    program = Program(values, tuple(rows), fixed[0], fixed[1] & ~fixed[0])
    return program, chance.permutation(size)


@pytest.fixture(params=[64, 0], ids=["as it is", "bounds at every step"])
def _from_how_many_states(request, monkeypatch):
    monkeypatch.setattr(listing, "_FEW", request.param)


@pytest.mark.usefixtures("_from_how_many_states")
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(programs())
def test_the_best_is_the_best_of_all_and_first_among_its_equals(drawn):
    program, places = drawn
    held = priced(program)
    is_first_among_the_best(None if held is None else best_near(held, places), program, places)


@settings(max_examples=80)
@given(programs(), st.floats(0, 3))
def test_no_plan_within_the_budget_is_missed_unless_another_beats_it(drawn, part):
    program, places = drawn
    held = priced(program)
    if held is None:
        return
    budget = part * max(float(np.abs(held.worth).max()), 1.0)
    found = near_plans(held, budget, places)
    listed = {tuple(plan) for plan in found.chosen}
    plans = every_plan(program)
    assert listed <= {tuple(plan) for plan in plans}
    for plan in plans:
        if held.bound - program.values[plan].sum() <= budget and tuple(plan) not in listed:
            assert any(
                program.values[np.array(other)].sum() >= program.values[plan].sum() for other in listed
            )


@settings(max_examples=100)
@given(programs())
def test_losses_ahead_never_pass_what_a_plan_loses(drawn):
    program, _ = drawn
    held = priced(program)
    core = None if held is None else narrowed(held, max(float(np.abs(held.worth).max()), 1.0) * 3)
    if core is None:
        return
    ahead, rows = LossesAhead.of(core), np.arange(core.prices.size)
    size = core.items.size
    for taken in (np.arange(2**size)[:, None] >> np.arange(size)) % 2 == 1:
        used = core.coefficients @ taken
        if (used > core.room).any():
            continue
        each = np.where(taken, np.maximum(-core.worth, 0.0), np.maximum(core.worth, 0.0))
        unused = float(np.maximum(core.charged - used, 0) @ core.prices)
        for item in range(size + 1):
            before = core.coefficients[:, :item] @ taken[:item]
            least = float(ahead.at(before[None, :], rows, item)[0])
            assert least <= each[item:].sum() + unused + held.margin


def test_a_list_that_grows_too_long_is_given_up(monkeypatch):
    chance = np.random.default_rng(0)
    costs, values = chance.integers(10**8, 10**10, 60), chance.integers(20, 10_000, 60)
    free = np.zeros(60, dtype=bool)
    held = priced(
        Program(values, (Row("ceiling", "ceiling", costs, upper=int(costs.sum()) // 3),), free, free)
    )
    assert best_near(held, np.arange(60)) is not None
    monkeypatch.setattr(listing, "MOST_CELLS", 3)
    assert best_near(held, np.arange(60)) is None


@pytest.mark.parametrize("size", [100, 130])
def test_more_open_items_than_bits_in_a_word_are_kept_apart(size):
    free = np.zeros(size, dtype=bool)
    places = np.random.default_rng(size).permutation(size)
    half = Row("half", "count", np.ones(size, dtype=np.int64), upper=size // 2)
    chosen, total = best_near(priced(Program(np.full(size, 7), (half,), free, free)), places)
    assert total == 7 * (size // 2)
    assert set(np.flatnonzero(chosen)) == set(np.argsort(places)[: size // 2])


def test_sums_beyond_the_integers_are_left_to_the_solver():
    free = np.zeros(2, dtype=bool)
    program = Program(np.array([1, 1]), (Row("huge", "any", np.array([2**62, 2**61]), upper=5),), free, free)
    held = priced(program)
    assert held is None or near_plans(held, 5.0, np.arange(2)) is None
