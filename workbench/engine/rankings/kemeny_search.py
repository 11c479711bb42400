"""Local search for a Kemeny order: move one item at a time to its best place."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workbench.engine.rankings.profile import Floats

Order = NDArray[np.int64]

IMPROVES = 1e-9


def order_cost(cost: Floats, order: Order) -> float:
    """Sum the cost of an order; ``cost[i, j]`` is the price of i before j.

    Examples
    --------
    >>> order_cost(np.array([[0.0, 1.0], [5.0, 0.0]]), np.array([0, 1]))
    1.0
    """
    return float(np.triu(cost[np.ix_(order, order)], k=1).sum())


def best_by_insertion(cost: Floats, start: Order) -> Order:
    """Improve an order by its best single move until no move helps.

    Takes arrays: the cost matrix and an order of its indices. Of equally good moves the first item, then the
    first place counts, so the answer depends on nothing else.

    Examples
    --------
    >>> cost = np.array([[0.0, 1.0], [5.0, 0.0]])
    >>> best_by_insertion(cost, np.array([1, 0])).tolist()
    [0, 1]
    """
    order = start.copy()
    scale = IMPROVES * max(1.0, float(cost.max(initial=0.0)))
    while True:
        gains = _move_gains(cost, order)
        item, place = np.unravel_index(int(np.argmin(gains)), gains.shape)
        if gains[item, place] >= -scale:
            return order
        moved = order[item]
        order = np.insert(np.delete(order, item), place, moved)


def _move_gains(cost: Floats, order: Order) -> Floats:
    """Give the change of cost when the item at position s (row) moves to position t (column)."""
    placed = cost[np.ix_(order, order)]
    swap = placed - placed.T
    # Moving left past b costs item-before-b instead of b-before-item; moving right the reverse.
    left = np.cumsum(np.tril(swap, -1)[:, ::-1], axis=1)[:, ::-1]
    right = np.cumsum(np.triu(-swap, 1), axis=1)
    return np.tril(left, -1) + np.triu(right, 1)


def borda_order(cost: Floats) -> Order:
    """Order indices by their total lead over all others, ties in index order.

    Examples
    --------
    >>> borda_order(np.array([[0.0, 5.0], [1.0, 0.0]])).tolist()
    [1, 0]
    """
    lead = (cost - cost.T).sum(axis=1)
    return np.argsort(lead, kind="stable")
