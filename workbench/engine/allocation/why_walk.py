"""Exact answers to "why not" for rules that walk down a list, in plain integers from group to group."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from workbench.engine.allocation.changes import ChangeKind
from workbench.engine.allocation.greedy import places_of_equals, value_key
from workbench.engine.allocation.money import checked_ceiling, priced
from workbench.engine.allocation.points import whole_points
from workbench.engine.allocation.readings import Needs
from workbench.engine.allocation.rises import AT_LINE, Band, Bands, Group, Rise, rises
from workbench.engine.allocation.why_again import first_amount, highest_rise
from workbench.engine.allocation.why_best import Found
from workbench.errors import same_labels

Key = tuple[int, ...]


def rank_key(units: int, cost: int, place: int) -> Key:  # noqa: ARG001 - one signature for all
    """Return what orders a proposal by score, then by its place.

    Examples
    --------
    >>> rank_key(5, 0, 1) < rank_key(4, 0, 0)
    True
    """
    return (-units, place)


class _Rule(NamedTuple):
    """How a rule walks: what orders its list, and what happens at the line."""

    key: Callable[[int, int, int], Key]
    at_line: str


RULES: Mapping[str, _Rule] = MappingProxyType(
    {
        "by_rank_stop": _Rule(rank_key, "stop"),
        "by_rank_skip": _Rule(rank_key, "skip"),
        "by_value": _Rule(value_key, "skip"),
    }
)
"""Rules that walk down a list, by name."""


class Turn(NamedTuple):
    """A group that is decided with its bands."""

    group: Group
    bands: Bands


@dataclass(frozen=True)
class Walk:
    """Groups of equals in order, and what a walk down them funds.

    Attributes
    ----------
    turns : sequence of Turn
    ceiling : int
    at_line : str
        A name of `workbench.engine.allocation.rises.AT_LINE`.
    """

    turns: Sequence[Turn]
    ceiling: int
    at_line: str

    @classmethod
    def of(cls, groups: Iterable[Group], ceiling: int, at_line: str) -> Walk:
        """Return the walk down some groups.

        Examples
        --------
        >>> sorted(Walk.of([{"road": 60}, {"school": 50}, {"well": 30}], 100, "skip").funded)
        ['road', 'well']
        """
        return cls([_turn(group, at_line) for group in groups], ceiling, at_line)

    @cached_property
    def funded(self) -> frozenset[Hashable]:
        """What is funded."""
        return self.funded_at(self.ceiling)

    @cached_property
    def left(self) -> tuple[int | None, ...]:
        """Rupiah before every group and after the last; None where the line is closed."""
        held: list[int | None] = [self.ceiling]
        for turn in self.turns:
            band = _band(turn, held[-1])
            held.append(None if band is None or held[-1] is None else held[-1] - band.spent)
        return tuple(held)

    @cached_property
    def rises(self) -> dict[Hashable, Rise]:
        """The least ceiling that funds each proposal."""
        return rises([turn.group for turn in self.turns], [turn.bands for turn in self.turns], self.ceiling)

    def funded_at(self, ceiling: int) -> frozenset[Hashable]:
        """Return what is funded at a ceiling."""
        return frozenset(_walked(self.turns, ceiling))

    def funds(self, proposal: Hashable, place: int, turn: Turn) -> bool:
        """Return whether a proposal is funded in a turn that it takes at a place, or before it."""
        cost, band = turn.group[proposal], _band(turn, self.left[place])
        return not cost or (band is not None and cost <= band.low)

    def funded_moved(self, proposal: Hashable, place: int, turn: Turn, rest: int) -> frozenset[Hashable]:
        """Return what is funded where a proposal takes another turn, and the walk goes on from a group on."""
        before = [label for held in self.turns[:place] for label in held.group if label in self.funded]
        after = (self._without(proposal, held) for held in self.turns[rest:])
        return frozenset([*before, *_walked((turn, *after), self.left[place])])

    def _without(self, proposal: Hashable, turn: Turn) -> Turn:
        if proposal not in turn.group:
            return turn
        return _turn({label: cost for label, cost in turn.group.items() if label != proposal}, self.at_line)


def _turn(group: Group, at_line: str) -> Turn:
    return Turn(group, AT_LINE[at_line]([*group.values()]))


def _band(turn: Turn, left: int | None) -> Band | None:
    """Return what a turn spends of the money left; None where the line is closed, or it closes it."""
    if left is None:
        return None
    return next(
        (band for band in turn.bands if band.low <= left and (band.high is None or left < band.high)), None
    )


def _walked(turns: Iterable[Turn], left: int | None) -> Iterator[Hashable]:
    """Yield what a walk funds; what costs nothing is in wherever the line is."""
    for turn in turns:
        band = _band(turn, left)
        reach = 0 if band is None else band.low
        yield from (label for label, cost in turn.group.items() if cost <= reach)
        left = None if band is None or left is None else left - band.spent


@dataclass(frozen=True)
class StandingWalk:
    """A session under a rule that walks down a list, ready to be asked about many proposals.

    Attributes
    ----------
    needs : Needs
    rule : str
        A name of `RULES`.
    units, costs, places : mapping by proposal
        Score units, rupiah, and place in the public order of equals; 0 where none is given.

    Notes
    -----
    A proposal that is funded stays so as it costs less or scores higher: what fits behind a group of equals
    fits together with it, and what fits together with it fits before it.
    """

    needs: Needs
    rule: str
    units: Mapping[Hashable, int]
    costs: Mapping[Hashable, int]
    places: Mapping[Hashable, int]

    @classmethod
    def of(cls, needs: Needs, rule: str) -> StandingWalk:
        """State a session in whole numbers.

        Examples
        --------
        >>> import pandas as pd
        >>> needs = Needs(pd.Series({"a": 9, "b": 5}), pd.Series({"a": 6, "b": 5}), 7)
        >>> StandingWalk.of(needs, "by_value").found("b", ChangeKind.CEILING_MORE)[:2]
        (4, True)
        """
        labels = needs.scores.index
        same_labels("costs", labels, needs.costs.index)
        units = whole_points(needs.scores).units.tolist()
        return cls(
            needs,
            rule,
            dict(zip(labels.tolist(), units, strict=True)),
            priced(needs.costs),
            dict(zip(labels.tolist(), _places(needs, rule), strict=True)),
        )

    @property
    def funded(self) -> frozenset[Hashable]:
        """What the rule funds as things are."""
        return self._walk.funded

    def found(self, proposal: Hashable, kind: ChangeKind) -> Found:
        """Return the smallest change of a kind that funds a proposal, and what is funded then."""
        return _KINDS[kind](self, proposal)

    def cost_less(self, proposal: Hashable) -> Found:
        """Return by how much less a proposal would have to cost."""
        units, cost = self.units[proposal], self.costs[proposal]
        return self._moved(proposal, cost, lambda amount: (units, cost - amount))

    def score_more(self, proposal: Hashable) -> Found:
        """Return how many score units more would fund a proposal."""
        units, cost = self.units[proposal], self.costs[proposal]
        return self._moved(proposal, self._highest, lambda amount: (units + amount, cost))

    def ceiling_more(self, proposal: Hashable) -> Found:
        """Return how much more money would fund a proposal."""
        rise = self._walk.rises[proposal]
        amount = rise.ceiling - self.needs.ceiling
        return Found(amount, rise.smallest, self._walk.funded_at(rise.ceiling))

    @cached_property
    def _highest(self) -> int:
        return highest_rise(self.needs)

    @cached_property
    def _keys(self) -> dict[Hashable, Key]:
        key = RULES[self.rule].key
        return {
            label: key(units, self.costs[label], self.places[label]) for label, units in self.units.items()
        }

    @cached_property
    def _order(self) -> list[Key]:
        return sorted(set(self._keys.values()))

    @cached_property
    def _walk(self) -> Walk:
        keys = self._keys
        ordered = sorted(keys, key=lambda label: keys[label])
        groups = (
            {label: self.costs[label] for label in same} for _, same in groupby(ordered, key=keys.__getitem__)
        )
        return Walk.of(groups, checked_ceiling(self.needs.ceiling), RULES[self.rule].at_line)

    def _moved(self, proposal: Hashable, limit: int, changed: Callable[[int], tuple[int, int]]) -> Found:
        """Search the least amount at which a proposal of changed units and cost is funded."""

        def works(amount: int) -> bool:
            place, turn, _ = self._turn_of(proposal, *changed(amount))
            return self._walk.funds(proposal, place, turn)

        amount = first_amount(works, limit)
        if amount is None:
            return Found(None, smallest=True)
        place, turn, rest = self._turn_of(proposal, *changed(amount))
        return Found(amount, smallest=True, funded=self._walk.funded_moved(proposal, place, turn, rest))

    def _turn_of(self, proposal: Hashable, units: int, cost: int) -> tuple[int, Turn, int]:
        """Return where a proposal stands that has moved up, the turn it takes, and the group after it."""
        walk, key = self._walk, RULES[self.rule].key(units, cost, self.places[proposal])
        place = bisect_left(self._order, key)
        met = place < len(self._order) and self._order[place] == key
        beside = walk.turns[place].group if met else {}
        return place, _turn({**beside, proposal: cost}, walk.at_line), place + met


def _places(needs: Needs, rule: str) -> list[int]:
    return places_of_equals(needs.scores.index, needs.tie_key, needs.ranks if rule == "by_value" else None)


_KINDS: Mapping[ChangeKind, Callable[[StandingWalk, Hashable], Found]] = MappingProxyType(
    {
        ChangeKind.COST_LESS: StandingWalk.cost_less,
        ChangeKind.SCORE_MORE: StandingWalk.score_more,
        ChangeKind.CEILING_MORE: StandingWalk.ceiling_more,
    }
)
