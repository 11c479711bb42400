from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.rankings.kemeny_dynamic import cheapest_orders
from workbench.engine.rankings.kemeny_relaxation import (
    LARGEST,
    Effort,
    PairProgramme,
    Solved,
    _solved_in_whole_numbers,
    _triples,
    solve,
)
from workbench.engine.rankings.kemeny_search import borda_order, order_cost

PLENTY = Effort(seconds=10.0, iterations=100_000)


def drawn_cost(seed, count):
    wins = np.random.default_rng(seed).integers(0, 12, (count, count)).astype(float)
    np.fill_diagonal(wins, 0)
    return wins


def test_triples_are_all_in_order():
    for count in range(2, 8):
        assert list(zip(*(part.tolist() for part in _triples(count)), strict=True)) == list(
            combinations(range(count), 3)
        )


@given(st.integers(3, 9), st.integers(0, 10**6))
def test_solved_to_the_optimum_of_the_dynamic_programme(count, seed):
    cost = drawn_cost(seed, count)
    found = solve(cost, PLENTY)
    assert found.proven
    assert found.cost == cheapest_orders(cost)[1] == order_cost(cost, found.order)


@given(st.integers(3, 8), st.integers(0, 10**6))
def test_whole_numbers_finish_from_any_cuts(count, seed):
    cost = drawn_cost(seed, count)
    programme = PairProgramme(cost)
    cuts = programme.broken(programme.majority().pairs)
    start = borda_order(cost)
    before = Solved(start, order_cost(cost, start), programme.majority().bound)
    found = _solved_in_whole_numbers(before, programme, cuts, seconds=10.0)
    assert found.proven
    assert found.cost == cheapest_orders(cost)[1]


@given(st.integers(3, 8), st.integers(0, 10**6), st.integers(1, 5))
def test_a_bound_is_never_above_the_optimum(count, seed, iterations):
    cost = drawn_cost(seed, count)
    found = solve(cost, Effort(seconds=10.0, iterations=iterations))
    assert found.bound <= cheapest_orders(cost)[1] <= found.cost


def test_a_solver_without_time_answers_nothing():
    programme = PairProgramme(drawn_cost(1, 30))
    cuts = programme.broken(programme.majority().pairs)
    assert programme.relaxed(cuts, seconds=10.0, iterations=1) is None
    assert programme.in_whole_numbers(cuts, seconds=0.0) is None


def fences(count):
    """Disjoint 3-fences: the smallest rooms with a fractional optimum (Groetschel and others 1985)."""
    cost = np.zeros((6 * count, 6 * count))
    for fence in range(count):
        for one in range(3):
            for other in range(3):
                up, down = 6 * fence + one, 6 * fence + 3 + other
                # Matched pairs want up first, all other pairs down first: no order gives more than 7 of 9.
                cost[(down, up) if one == other else (up, down)] = 1.0
    return cost


def test_fractional_optima_are_settled_in_whole_numbers():
    cost = fences(2)
    programme = PairProgramme(cost)
    cuts, answer = np.empty((0, 2), dtype=np.int64), programme.majority()
    while len(fresh := programme.broken(answer.pairs)):
        cuts = np.concatenate([cuts, fresh])
        answer = programme.relaxed(cuts, seconds=10.0, iterations=10_000)
    assert answer.bound == 3.0
    found = solve(cost, PLENTY)
    assert found.proven
    assert found.cost == 4.0 == cheapest_orders(cost)[1]


def test_whole_numbers_add_the_cuts_that_their_answers_break():
    cost = fences(1) / 2
    programme = PairProgramme(cost)
    start = np.arange(6)
    before = Solved(start, order_cost(cost, start), programme.majority().bound)
    found = _solved_in_whole_numbers(
        before, programme, programme.broken(programme.majority().pairs)[:1], seconds=10.0
    )
    assert found.proven
    assert found.cost == 1.0


def test_without_time_the_order_found_so_far_stands():
    programme = PairProgramme(fences(1))
    before = Solved(np.arange(6), 9.0, 1.0)
    cuts = programme.broken(programme.majority().pairs)
    assert _solved_in_whole_numbers(before, programme, cuts, seconds=0.0) is before


def test_more_than_memory_should_hold_is_searched_and_the_bound_holds():
    cost = drawn_cost(7, LARGEST + 1)
    found = solve(cost, PLENTY)
    assert sorted(found.order) == list(range(LARGEST + 1))
    assert found.cost == order_cost(cost, found.order) <= order_cost(cost, borda_order(cost))
    assert found.bound <= found.cost
    assert not found.proven
