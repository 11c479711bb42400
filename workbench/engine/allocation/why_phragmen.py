"""Answers to "why not" under sequential Phragmen, read off the walk through time that stands.

Until its supporters can pay for a proposal, the walk does not know of it. So what they hold together before
every purchase, and what is left of the ceiling then, tell at which cost or with how many supporters it would
have been bought; and one walk without a ceiling tells how much money each proposal needs.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from types import MappingProxyType

import numpy as np

from workbench.engine.allocation.changes import (
    ChangeKind,
    cheaper,
    next_supporters,
    shares_used,
    supported_by,
)
from workbench.engine.allocation.money import priced
from workbench.engine.allocation.phragmen import PhragmenAllocation, fund_by_phragmen
from workbench.engine.allocation.readings import Needs, funded_under
from workbench.engine.allocation.rows import Flags, Floats, Integers
from workbench.engine.allocation.why_again import searched_near
from workbench.engine.allocation.why_best import Found, Tries

RULE = "phragmen"
_CLOSE = 1e-9
"""Moments are told in floating point: money nearer than this to a cost is tried by running the rule."""


@dataclass(frozen=True)
class _Trace:
    """What stood before every purchase, and before the one that could not be paid.

    Attributes
    ----------
    moments : array of float
        Rupiah that everybody had received by then.
    since : array of float, moments by participants
        Rupiah received by the time of the last payment.
    left : array of int64
        Rupiah of the ceiling.
    """

    moments: Floats
    since: Floats
    left: Integers

    def held_by(self, people: Flags | Integers) -> Floats:
        """Return what some participants hold together."""
        return np.asarray((self.moments[:, None] - self.since[:, people]).sum(axis=1))


@dataclass(frozen=True)
class StandingPhragmen:
    """A session under sequential Phragmen, walked once and asked about many proposals.

    Attributes
    ----------
    needs : Needs
    """

    needs: Needs

    @cached_property
    def funded(self) -> frozenset[Hashable]:
        """What the rule funds as things are."""
        return frozenset(self._made.funded)

    def found(self, proposal: Hashable, kind: ChangeKind) -> Found:
        """Return the smallest change of a kind that funds a proposal, and what is funded then.

        Examples
        --------
        >>> import pandas as pd
        >>> ballots = pd.DataFrame({"a": [1, 1], "b": [0, 1]})
        >>> needs = Needs(pd.Series({"a": 3, "b": 1}), pd.Series({"a": 6, "b": 4}), 8, ballots)
        >>> [StandingPhragmen(needs).found("b", kind).amount for kind in _KINDS]
        [1, 1, 2]
        """
        return _KINDS[kind](self, proposal)

    def cost_less(self, proposal: Hashable) -> Found:
        """Return by how much less a proposal would have to cost."""
        cost, trace = self._price[proposal], self._trace
        held = trace.held_by(self._supports(proposal))
        payable = int(np.minimum(np.floor(held * (1 + _CLOSE)), trace.left).max(initial=0.0))
        tries = Tries(proposal, self._after(partial(cheaper, self.needs, proposal)))
        return searched_near(tries, max(cost - payable, 1), cost)

    def support_more(self, proposal: Hashable) -> Found:
        """Return how many more people would have to support a proposal."""
        cost, trace = self._price[proposal], self._trace
        rows = next_supporters(self.needs, proposal, self._used)
        each = trace.moments[:, None] - trace.since[:, rows]
        held = trace.held_by(self._supports(proposal))[:, None] + np.cumsum(each, axis=1)
        pays = (held * (1 + _CLOSE) >= cost) & (trace.left >= cost)[:, None]
        if not pays.any():
            return Found(None, smallest=True)
        tries = Tries(proposal, self._after(lambda amount: supported_by(self.needs, proposal, rows[:amount])))
        return searched_near(tries, int(np.argmax(pays.any(axis=0))) + 1, len(rows))

    def ceiling_more(self, proposal: Hashable) -> Found:
        """Return how much more money would fund a proposal: what is bought up to it, it included."""
        walk = [step.proposal for step in self._endless.purchases]
        if proposal not in walk:
            return Found(None, smallest=True)
        bought = walk[: walk.index(proposal) + 1]
        apart = self._endless.funded[: len(self._endless.funded) - len(walk)]
        needed = sum(self._price[label] for label in (*apart, *bought))
        # What costs more than a ceiling is left out below it, and the walk is another one there.
        dearest = max((self._price[label] for label in bought[:-1]), default=0)
        smallest = dearest <= max(self._room, self._price[proposal])
        funded = frozenset([*apart, *bought])
        return Found(needed - self.needs.ceiling, smallest, funded, enough=not smallest)

    @cached_property
    def _made(self) -> PhragmenAllocation:
        return self._walked(self.needs.ceiling)

    @cached_property
    def _endless(self) -> PhragmenAllocation:
        return self._walked(sum(self._price.values()))

    def _walked(self, ceiling: int) -> PhragmenAllocation:
        needs = self.needs
        return fund_by_phragmen(needs.with_ballots(), needs.costs, ceiling, needs.committed, needs.tie_key)

    @cached_property
    def _price(self) -> dict[Hashable, int]:
        return priced(self.needs.costs)

    @cached_property
    def _room(self) -> int:
        return self.needs.ceiling - sum(self._price[label] for label in self.needs.committed)

    @cached_property
    def _used(self) -> list[float]:
        return shares_used(self.needs)

    @cached_property
    def _support(self) -> dict[Hashable, Flags]:
        ballots = self.needs.with_ballots()
        return dict(zip(ballots.columns.tolist(), (ballots.to_numpy() > 0).T, strict=True))

    def _supports(self, proposal: Hashable) -> Flags:
        return self._support[proposal]

    @cached_property
    def _trace(self) -> _Trace:
        steps = self._made.purchases
        since = np.zeros((len(steps) + 1, len(self.needs.with_ballots())))
        for place, step in enumerate(steps):
            since[place + 1] = np.where(self._supports(step.proposal), step.received_by_then, since[place])
        spent = np.cumsum([0, *(step.cost for step in steps)])
        moments = np.array([*(step.received_by_then for step in steps), self._stops(since[-1])])
        return _Trace(moments, since, self._room - spent)

    def _stops(self, since: Floats) -> float:
        """Return when the first proposal is due that is not paid; at the end of all time where none is."""
        due = [
            (cost + float(since[self._supports(label)].sum())) / int(self._supports(label).sum())
            for label, cost in self._price.items()
            if label not in self.funded and self._supports(label).any() and cost <= self._room
        ]
        return min(due, default=float(sum(self._price.values())))

    def _after(self, changed: Callable[[int], Needs]) -> Callable[[int], frozenset[Hashable]]:
        return lambda amount: frozenset(funded_under(RULE, changed(amount)))


_KINDS: Mapping[ChangeKind, Callable[[StandingPhragmen, Hashable], Found]] = MappingProxyType(
    {
        ChangeKind.COST_LESS: StandingPhragmen.cost_less,
        ChangeKind.SUPPORT_MORE: StandingPhragmen.support_more,
        ChangeKind.CEILING_MORE: StandingPhragmen.ceiling_more,
    }
)
