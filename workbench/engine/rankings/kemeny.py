"""Kemeny's order: the one that contradicts the room's rankings least."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.rankings.kemeny_dynamic import cheapest_orders
from workbench.engine.rankings.kemeny_relaxation import Effort, Solved, solve
from workbench.engine.rankings.kemeny_search import Order, order_cost
from workbench.engine.rankings.pairwise import pairwise_table
from workbench.engine.rankings.places import TIE_TOLERANCE
from workbench.engine.rankings.profile import Floats, Profile
from workbench.errors import InvalidValue

MOST_FOR_DYNAMIC_PROGRAMME = 16


@dataclass(frozen=True, eq=False)
class KemenyResult:
    """An order with its distance to the room and what is known about a better one.

    Attributes
    ----------
    order : tuple of labels
        Best first; a strict order (see ``blocks`` for what is really settled).
    ranks : Series by proposal
        1 to m along ``order``.
    distance : float
        Weight of the disagreements: for every participant and every two proposals that this participant ranks
        the other way round, the participant's weight.
    lower_bound : float
        No order has a smaller distance.
    proven : bool
        Whether the order is optimal, that is distance and bound meet.
    blocks : tuple of tuples
        Proposals between which the order is not certain stand in one block: every optimal order keeps the
        blocks in this sequence, and a block of one has a certain place. Does not depend on labels.
    """

    order: tuple[object, ...]
    ranks: pd.Series
    distance: float
    lower_bound: float
    proven: bool
    blocks: tuple[tuple[object, ...], ...]

    @property
    def gap(self) -> float:
        """At most this share of the distance separates the order from an optimal one."""
        return 0.0 if self.proven else (self.distance - self.lower_bound) / self.distance


def kemeny(room: Profile, time_limit: float = 2.0, iteration_limit: int = 200_000) -> KemenyResult:
    """Find the strict order with the least total disagreement (Kemeny 1959; Young & Levenglick 1978).

    Tied or unranked proposals of a participant cost nothing whichever way they are ordered. Exact: the
    majority relation is split into its cycles (Condorcet components, Truchon 1998), each solved by a linear
    programme with lazy triangle cuts, in whole numbers where needed. When a limit is reached, local search by
    insertions gives the order and ``lower_bound`` says how far from optimal it can be; so it does at once
    for a component of more than 250 proposals. Among equally good orders the answer follows the labels;
    ``blocks`` says where that was so.

    Parameters
    ----------
    room : Profile
    time_limit : float
        Seconds for each programme handed to the solver (usually one to five programmes a component).
    iteration_limit : int
        Simplex iterations for each component; binds equally on every machine.

    Raises
    ------
    InvalidValue
        ``invalid_limit`` when a limit is not positive.

    Examples
    --------
    >>> from workbench.engine.rankings.profile import profile_from_orders
    >>> room = profile_from_orders([(42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM")])
    >>> result = kemeny(room)
    >>> "".join(result.order), result.distance, result.proven
    ('NCKM', 207.0, True)
    """
    if not time_limit > 0 or iteration_limit <= 0:
        raise InvalidValue("invalid_limit", time_limit=time_limit, iteration_limit=iteration_limit)
    cost, majority = _costs(room)
    effort = Effort(time_limit, iteration_limit)
    solved = [_solved_part(cost, part, effort) for part in _components(majority > 0)]
    order = np.concatenate([part.order for part in solved])
    bound = _pair_bound(cost) + sum(part.bound - _pair_bound(_sub(cost, part.order)) for part in solved)
    proven = all(part.proven for part in solved)
    return _result(room, cost, majority, order, bound, proven=proven)


def kemeny_by_dynamic_programme(room: Profile) -> KemenyResult:
    """Find a Kemeny order by dynamic programming over sets of proposals: the independent check of `kemeny`.

    Builds orders from the front; the best way to arrange a set does not depend on what follows (Held-Karp).
    Memory and time grow with 2^m, hence at most 16 proposals.

    Raises
    ------
    InvalidValue
        ``too_many_proposals``.

    Examples
    --------
    >>> from workbench.engine.rankings.profile import profile_from_orders
    >>> kemeny_by_dynamic_programme(profile_from_orders([(2, "ab"), (1, "ba")])).order
    ('a', 'b')
    """
    if len(room.proposals) > MOST_FOR_DYNAMIC_PROGRAMME:
        raise InvalidValue(
            "too_many_proposals", proposals=len(room.proposals), maximum=MOST_FOR_DYNAMIC_PROGRAMME
        )
    cost, majority = _costs(room)
    order, least = cheapest_orders(cost)
    return _result(room, cost, majority, order, least, proven=True)


def kemeny_distance(room: Profile, order: tuple[object, ...]) -> float:
    """Measure how much a given strict order contradicts the room.

    Raises
    ------
    InvalidValue
        ``not_an_order`` when the labels are not exactly the proposals.

    Examples
    --------
    >>> from workbench.engine.rankings.profile import profile_from_orders
    >>> kemeny_distance(profile_from_orders([(2, "ab"), (1, "ba")]), ("b", "a"))
    2.0
    """
    if len(order) != len(room.proposals) or set(order) != set(room.proposals):
        raise InvalidValue("not_an_order", order=tuple(map(str, order)))
    places = np.array([room.proposals.get_loc(label) for label in order], dtype=np.int64)
    return order_cost(_costs(room)[0], places)


def _costs(room: Profile) -> tuple[Floats, Floats]:
    table = pairwise_table(room)
    return table.wins.to_numpy().T.copy(), table.margins.to_numpy()


def _sub(cost: Floats, part: Order) -> Floats:
    return cost[np.ix_(part, part)]


def _pair_bound(cost: Floats) -> float:
    """Sum the smaller price of every pair: what no order can go below."""
    return float(np.triu(np.minimum(cost, cost.T), k=1).sum())


def _solved_part(cost: Floats, part: Order, effort: Effort) -> Solved:
    if len(part) == 1:
        return Solved(part, 0.0, 0.0)
    found = solve(_sub(cost, part), effort)
    return Solved(part[found.order], found.cost, found.bound)


def _components(above: NDArray[np.bool_]) -> Iterator[Order]:
    """Give the strong components of a relation, those above first, ties by index.

    Between two components of the strict majority relation no majority points backwards, so setting them one
    after the other costs the least that their pairs can cost.
    """
    from scipy.sparse.csgraph import connected_components

    count, labels = connected_components(above.astype(np.int64), directed=True, connection="strong")
    parts = [np.flatnonzero(labels == number) for number in range(count)]
    waiting = sorted(parts, key=lambda part: int(part[0]))
    while waiting:
        free = next(
            part
            for part in waiting
            if not any(above[np.ix_(other, part)].any() for other in waiting if other is not part)
        )
        waiting = [part for part in waiting if part is not free]
        yield free


def _result(
    room: Profile, cost: Floats, majority: Floats, order: Order, bound: float, *, proven: bool
) -> KemenyResult:
    distance = order_cost(cost, order)
    names = room.proposals
    # A pair without a majority may stand either way: only strict majorities separate blocks for certain.
    blocks = _components(majority >= -TIE_TOLERANCE)
    ranks = np.empty(len(order))
    ranks[order] = np.arange(1, len(order) + 1)
    return KemenyResult(
        order=tuple(names[place] for place in order),
        ranks=pd.Series(ranks, index=names),
        distance=distance,
        lower_bound=distance if proven else min(bound, distance),
        proven=proven,
        blocks=tuple(tuple(names[place] for place in block) for block in blocks),
    )
