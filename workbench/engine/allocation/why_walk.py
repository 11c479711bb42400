"""Exact answers to "why not" for rules that walk down a list, in plain integers from group to group."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf
from typing import NamedTuple

import pandas as pd

from workbench.engine.allocation.greedy import ValueKey, keys_by_value, ranks_by_value, value_key
from workbench.engine.allocation.money import priced
from workbench.engine.allocation.points import tie_order, whole_points
from workbench.engine.allocation.readings import Needs, ranks_of
from workbench.engine.allocation.why_best import Found, first_above

MOST_TURNS = 300_000
"""Groups of equals that are decided, over all ceilings; after them the search halves an interval."""


def ceiling_for_rank(needs: Needs, proposal: Hashable, works: Callable[[int], bool]) -> Found:  # noqa: ARG001
    """Return the smallest rise of the ceiling that funds a proposal by rank with skipping.

    Parameters
    ----------
    needs : Needs
        The session.
    proposal : label
        A proposal that is not funded.
    works : callable
        Not needed: every step is a walk.

    Returns
    -------
    Found
        Rupiah.

    Examples
    --------
    >>> import pandas as pd
    >>> needs = Needs(pd.Series({"a": 3, "b": 2, "c": 1}), pd.Series({"a": 6, "b": 5, "c": 4}), 7)
    >>> ceiling_for_rank(needs, "c", lambda amount: True).amount
    3
    """
    return _next_ceilings(needs, proposal, ranks_of(needs))


def ceiling_for_value(needs: Needs, proposal: Hashable, works: Callable[[int], bool]) -> Found:  # noqa: ARG001
    """Return the smallest rise of the ceiling that funds a proposal by score for each rupiah.

    Parameters and result as `ceiling_for_rank`.

    Examples
    --------
    >>> import pandas as pd
    >>> needs = Needs(pd.Series({"a": 9, "b": 5, "c": 1}), pd.Series({"a": 6, "b": 5, "c": 4}), 7)
    >>> ceiling_for_value(needs, "c", lambda amount: True).amount
    3
    """
    return _next_ceilings(needs, proposal, ranks_by_value(needs.scores, needs.costs, needs.tie_key))


class _Turn(NamedTuple):
    """What one group leaves, what is waiting then, and by how much more its decision would change."""

    left: int
    waiting: int | None
    lacks: int | None


def _turn(costs: Sequence[int], left: int, waiting: int | None) -> _Turn:
    """Decide a group of equals: all together, or those that fit; where these do not, they close the line.

    `waiting` is what waits since the line was closed, None while it is open.
    """
    demand = sum(costs)
    if waiting is not None:
        return _Turn(left, waiting + demand, waiting + demand - left if costs else None)
    if demand <= left:
        return _Turn(left - demand, None, None)
    fitting = sum(cost for cost in costs if cost <= left)
    lacks = [cost - left for cost in costs if cost > left]
    if fitting > left:
        return _Turn(left, fitting, min([*lacks, fitting - left]))
    return _Turn(left - fitting, None, min(lacks))


def _next_ceilings(needs: Needs, proposal: Hashable, ranks: pd.Series) -> Found:
    """Raise the ceiling to the next point at which a decision up to the proposal's turn changes.

    Raising it may fund something earlier that takes the money, so no bisection finds the smallest rise. After
    `MOST_TURNS` an interval is halved: what is found does it while one rupiah less does not.
    """
    price = priced(needs.costs)
    rank = ranks.to_dict()
    earlier = sorted((rank[label], cost) for label, cost in price.items() if rank[label] <= rank[proposal])
    groups = [[cost for _, cost in held if cost] for _, held in groupby(earlier, key=lambda one: one[0])]
    rising = _Rising(groups, price[proposal])
    ceiling, turned = needs.ceiling, 0
    while True:
        turned += rising.walk(ceiling)
        if rising.funds(ceiling):
            return Found(ceiling - needs.ceiling, smallest=True)
        if turned > MOST_TURNS:
            break
        ceiling = rising.next_change
    enough = sum(cost for _, cost in earlier)  # with money for everything down to it, it is in
    found = first_above(ceiling, enough, lambda level: _Rising(groups, price[proposal]).funded_at(level))
    return Found(found - needs.ceiling, smallest=False)


class _Rising:
    """A walk down groups of equals under a ceiling that rises; what does not change is not walked again.

    Before every group stand what is spent and what is waiting, and the least ceiling at which an earlier
    decision changes, with the place of that group. None of these moves with the ceiling until then.
    """

    def __init__(self, groups: Sequence[Sequence[int]], cost: int) -> None:
        self._groups, self._cost = groups, cost
        self._spent: list[int] = [0]
        self._waiting: list[int | None] = [None]
        self._changes: list[tuple[float | int, int]] = [(inf, 0)]

    def walk(self, ceiling: int) -> int:
        """Walk from the first decision that the ceiling changes; return over how many groups."""
        level, start = self._changes[-1]
        start = start if ceiling >= level else len(self._spent) - 1
        del self._spent[start + 1 :], self._waiting[start + 1 :], self._changes[start + 1 :]
        for place in range(start, len(self._groups)):
            left = ceiling - self._spent[place]
            turn = _turn(self._groups[place], left, self._waiting[place])
            self._spent.append(ceiling - turn.left)
            self._waiting.append(turn.waiting)
            change = (inf if turn.lacks is None else ceiling + turn.lacks, place)
            self._changes.append(min(self._changes[place], change))
        return len(self._groups) - start

    def funds(self, ceiling: int) -> bool:
        """Return whether the proposal, which stands in the last group, is funded."""
        before = _Turn(ceiling - self._spent[-2], self._waiting[-2], None)
        return _funds(self._cost, self._groups[-1], before)

    def funded_at(self, ceiling: int) -> bool:
        """Walk, and return whether the proposal is funded."""
        self.walk(ceiling)
        return self.funds(ceiling)

    @property
    def next_change(self) -> int:
        """The least ceiling at which anything changes."""
        return int(self._changes[-1][0])


def _funds(cost: int, group: Sequence[int], before: _Turn) -> bool:
    """Return whether one of a group of equals is funded at its turn."""
    if not cost:
        return True
    if before.waiting is not None or cost > before.left:
        return False
    return sum(each for each in group if each <= before.left) <= before.left


@dataclass(frozen=True)
class ValueWalk:
    """The walk by score per rupiah without one proposal, and what it leaves wherever that would stand.

    Attributes
    ----------
    keys : list of ValueKey
        Of the groups of equals, in their order.
    groups : list of list of int
        Rupiah.
    turns : list of _Turn
        Before every group, and after the last.
    place : int
        Of the proposal in the public tie order; 0 without one.
    units, cost : int
        Its score and rupiah.
    """

    keys: list[ValueKey]
    groups: list[list[int]]
    turns: list[_Turn]
    place: int
    units: int
    cost: int

    @classmethod
    def without(cls, needs: Needs, proposal: Hashable) -> ValueWalk:
        """Return the walk of all others."""
        price = priced(needs.costs)
        units = dict(zip(needs.scores.index.tolist(), whole_points(needs.scores).units.tolist(), strict=True))
        keyed = keys_by_value(needs.scores, needs.costs, needs.tie_key)
        others = sorted((key, price[label]) for label, key in keyed.items() if label != proposal)
        held = [(key, [cost for _, cost in same]) for key, same in groupby(others, key=lambda one: one[0])]
        turns = [_Turn(needs.ceiling, None, None)]
        for _, costs in held:
            turns.append(_turn([cost for cost in costs if cost], turns[-1].left, turns[-1].waiting))
        places, given = tie_order(needs.tie_key, needs.scores.index)
        place = int(places[needs.scores.index.tolist().index(proposal)]) if given else 0
        return cls(
            [key for key, _ in held],
            [costs for _, costs in held],
            turns,
            place,
            units[proposal],
            price[proposal],
        )

    def funds(self, units: int, cost: int) -> bool:
        """Return whether the proposal is funded at a score and a cost.

        Examples
        --------
        >>> import pandas as pd
        >>> needs = Needs(pd.Series({"a": 9, "b": 5}), pd.Series({"a": 6, "b": 5}), 7)
        >>> walk = ValueWalk.without(needs, "b")
        >>> walk.funds(5, 5), walk.funds(5, 1)
        (False, True)
        """
        key = value_key(units, cost, self.place)
        at = bisect_left(self.keys, key)
        equals = self.groups[at] if at < len(self.keys) and self.keys[at] == key else []
        return _funds(cost, [*equals, cost], self.turns[at])


def cheaper_by_value(needs: Needs, proposal: Hashable) -> Callable[[int], bool]:
    """Return what tells for an amount whether a proposal that costs so much less is funded by value.

    Examples
    --------
    >>> import pandas as pd
    >>> needs = Needs(pd.Series({"a": 9, "b": 5}), pd.Series({"a": 6, "b": 5}), 7)
    >>> [cheaper_by_value(needs, "b")(amount) for amount in (1, 2)]
    [False, True]
    """
    walk = ValueWalk.without(needs, proposal)
    return lambda amount: walk.funds(walk.units, walk.cost - amount)


def better_by_value(needs: Needs, proposal: Hashable) -> Callable[[int], bool]:
    """Return what tells for an amount whether a proposal with so many units of score more is funded by value.

    Examples
    --------
    >>> import pandas as pd
    >>> needs = Needs(pd.Series({"a": 9, "b": 5}), pd.Series({"a": 6, "b": 5}), 7)
    >>> [better_by_value(needs, "b")(amount) for amount in (2, 3)]
    [False, True]
    """
    walk = ValueWalk.without(needs, proposal)
    return lambda amount: walk.funds(walk.units + amount, walk.cost)
