from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.rankings.kemeny_search import _move_gains, best_by_insertion, borda_order, order_cost


def drawn_cost(seed, count):
    cost = np.random.default_rng(seed).integers(0, 30, (count, count)).astype(float)
    np.fill_diagonal(cost, 0)
    return cost


@given(st.integers(2, 8), st.integers(0, 10**6))
def test_every_gain_is_the_change_of_cost(count, seed):
    cost = drawn_cost(seed, count)
    order = np.random.default_rng(seed + 1).permutation(count)
    gains = _move_gains(cost, order)
    for item in range(count):
        for place in range(count):
            moved = np.insert(np.delete(order, item), place, order[item])
            assert gains[item, place] == order_cost(cost, moved) - order_cost(cost, order)


@given(st.integers(2, 9), st.integers(0, 10**6))
def test_search_ends_where_no_move_helps_and_never_worse(count, seed):
    cost = drawn_cost(seed, count)
    start = borda_order(cost)
    found = best_by_insertion(cost, start)
    assert sorted(found) == list(range(count))
    assert order_cost(cost, found) <= order_cost(cost, start)
    assert _move_gains(cost, found).min() >= 0
