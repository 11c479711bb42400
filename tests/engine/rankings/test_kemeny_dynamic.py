from __future__ import annotations

from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.rankings.kemeny_dynamic import cheapest_orders
from workbench.engine.rankings.kemeny_search import order_cost


@given(st.integers(1, 6), st.integers(0, 10**6))
def test_cheapest_of_all_orders(count, seed):
    cost = np.random.default_rng(seed).integers(0, 20, (count, count)).astype(float)
    np.fill_diagonal(cost, 0)
    order, least = cheapest_orders(cost)
    assert sorted(order) == list(range(count))
    assert least == order_cost(cost, order)
    assert least == min(order_cost(cost, np.array(one)) for one in permutations(range(count)))
