"""Kemeny's problem by dynamic programming over sets, written as bit masks.

Works on arrays: ``cost[i, j]`` is the price of i before j.
"""

from __future__ import annotations

import numpy as np

from workbench.engine.rankings.kemeny_search import Order
from workbench.engine.rankings.profile import Floats


def cheapest_orders(cost: Floats) -> tuple[Order, float]:
    """Find a cheapest order of the indices and its cost, by sets of growing size.

    Examples
    --------
    >>> order, least = cheapest_orders(np.array([[0.0, 1.0], [5.0, 0.0]]))
    >>> order.tolist(), least
    ([0, 1], 1.0)
    """
    count = len(cost)
    after = [_price_after(cost[:, item]) for item in range(count)]
    sets = np.arange(1 << count)
    size = np.bitwise_count(sets)
    least = np.full(1 << count, np.inf)
    last = np.full(1 << count, -1, dtype=np.int64)
    least[0] = 0.0
    for members in range(1, count + 1):
        layer = sets[size == members]
        for item in range(count):
            holding = layer[(layer >> item) & 1 == 1]
            without = holding ^ (1 << item)
            price = least[without] + after[item][without]
            better = price < least[holding]
            least[holding[better]], last[holding[better]] = price[better], item
    return _read_back(last, count), float(least[-1])


def _price_after(column: Floats) -> Floats:
    """Price of putting an item behind every set: the sum of ``cost[member, item]``, by doubling."""
    prices = np.zeros(1)
    for price in column:
        prices = np.concatenate([prices, prices + price])
    return prices


def _read_back(last: Order, count: int) -> Order:
    order, left = [], (1 << count) - 1
    while left:
        item = int(last[left])
        order.append(item)
        left ^= 1 << item
    return np.array(order[::-1], dtype=np.int64)
