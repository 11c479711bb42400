"""The dynamic programme against brute force and a table over rupiah."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.allocation.knapsack import best_subset, first_in_tie_order

items = st.lists(
    st.tuples(st.integers(0, 6) | st.integers(0, 10**7), st.integers(0, 6) | st.integers(10**6, 10**12)),
    min_size=1,
    max_size=9,
)


@given(items, st.floats(0, 1.1), st.randoms())
def test_brute_force_agrees_on_the_total_and_on_the_lexicographic_tie_order(held, share, shuffler):
    values, costs = (np.array(column, dtype=np.int64) for column in zip(*held, strict=True))
    ceiling = int(share * int(costs.sum()))
    places = list(range(len(held)))
    shuffler.shuffle(places)
    order = np.argsort(places)
    best = best_subset(values, costs, ceiling)
    first = first_in_tie_order(values, costs, ceiling, best, np.array(places))
    subsets = np.array(list(product([True, False], repeat=len(held))))
    subsets = subsets[subsets @ costs <= ceiling]
    top = (subsets @ values).max()
    expected = max(tuple(subset[order]) for subset in subsets if subset @ values == top)
    assert best.proven
    assert best.value == top == values[best.chosen].sum()
    assert costs[best.chosen].sum() <= ceiling
    assert tuple(first.chosen[order]) == expected


@pytest.mark.parametrize("kind", ["free", "weak", "tied"])
def test_a_table_over_money_agrees_at_two_hundred_items(kind):
    rng = np.random.default_rng(3)
    costs = rng.integers(1, 60, 200)
    values = {
        "free": rng.integers(1, 1000, 200),
        "weak": costs + rng.integers(0, 9, 200),
        "tied": np.full(200, 7),
    }
    ceiling = int(costs.sum() // 3)
    table = np.zeros(ceiling + 1, dtype=np.int64)
    for value, cost in zip(values[kind].tolist(), costs.tolist(), strict=True):
        table[cost:] = np.maximum(table[cost:], table[: ceiling + 1 - cost] + value)
    scale = 123_457_001
    best = best_subset(values[kind], costs * scale, ceiling * scale + 17)
    assert best.proven
    assert best.value == table[-1]


def test_a_list_that_grows_too_long_is_given_up_openly():
    rng = np.random.default_rng(0)
    costs = rng.integers(10**8, 10**10, 100)
    best = best_subset(costs, costs, int(costs.sum() // 3))
    assert not best.proven
    assert costs[best.chosen].sum() <= costs.sum() // 3
