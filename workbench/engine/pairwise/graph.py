"""Which items are linked by answered pairs: components of a graph of answers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

BoolArray = NDArray[np.bool_]


def components(answered: NDArray[Any]) -> tuple[tuple[int, ...], ...]:
    """Find the connected components of an undirected graph.

    Parameters
    ----------
    answered : array of shape (n, n)
        Nonzero where a pair was compared; symmetric.

    Returns
    -------
    tuple of tuples of int
        The positions in each component, in rising order; components in the order of their first member.

    Examples
    --------
    >>> components(np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]]))
    ((0, 1), (2,))
    """
    linked = np.asarray(answered, dtype=bool) | np.eye(len(answered), dtype=bool)
    unseen = set(range(len(linked)))
    found = []
    for start in range(len(linked)):
        if start in unseen:
            members = _reachable(linked, start)
            unseen -= set(members)
            found.append(members)
    return tuple(found)


def _reachable(linked: BoolArray, start: int) -> tuple[int, ...]:
    reached = linked[start]
    while True:
        wider = linked[reached].any(axis=0)
        if (wider == reached).all():
            return tuple(int(position) for position in np.flatnonzero(reached))
        reached = wider


def pairs_of(n: int) -> tuple[tuple[int, int], ...]:
    """List the pairs (i, j), i < j, of n items row by row, the order of a questionnaire.

    Examples
    --------
    >>> pairs_of(3)
    ((0, 1), (0, 2), (1, 2))
    """
    return tuple((i, j) for i in range(n) for j in range(i + 1, n))
