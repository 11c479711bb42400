"""Answers to "why not" under Equal Shares: thought of beside the run that stands, and tried by running again.

What supporters have left at the end says what they could still pay for, and what the rule has not spent says
what the ceiling could still bear. Amounts thought of in this way are tried, few of them, and the answer says
that less may do. Where few people decide about few proposals, the search goes on to the rupiah.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import gcd
from types import MappingProxyType

import numpy as np
import pandas as pd

from workbench.engine.allocation.changes import (
    ChangeKind,
    cheaper,
    next_supporters,
    shares_used,
    supported_by,
)
from workbench.engine.allocation.equal_shares import SharedAllocation
from workbench.engine.allocation.money import priced
from workbench.engine.allocation.points import whole_points
from workbench.engine.allocation.readings import Needs, run_of_shares
from workbench.engine.allocation.rows import Flags, Floats, Integers
from workbench.engine.allocation.voters import UTILITIES
from workbench.engine.allocation.why_again import first_amount, round_amounts, searched_near, searched_on
from workbench.engine.allocation.why_best import Found, Tries, first_above

FEW_CELLS = 1_000
"""Participants times proposals, up to which a run is so short that the search goes on to the rupiah."""
_ALL = 1e30
_CLOSE = 1e-9
"""Purses are told in floating point: what is nearer than this to a cost is tried by running the rule."""


@dataclass(frozen=True)
class StandingShares:
    """A session under Equal Shares, run once and asked about many proposals.

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
        """Return a change of a kind that funds a proposal, and what is funded then.

        Examples
        --------
        >>> import pandas as pd
        >>> ballots = pd.DataFrame({"a": [1, 1], "b": [0, 1]})
        >>> needs = Needs(pd.Series({"a": 3, "b": 1}), pd.Series({"a": 6, "b": 4}), 8, ballots)
        >>> [StandingShares(needs).found("b", kind).amount for kind in _KINDS]
        [2, 1, 2]
        """
        return _KINDS[kind](self, proposal)

    def cost_less(self, proposal: Hashable) -> Found:
        """Return by how much less a proposal would have to cost."""
        cost = self._price[proposal]
        tries = Tries(proposal, lambda amount: _funded(cheaper(self.needs, proposal, amount)))
        if self._few:
            return _to_the_rupiah(tries, cost)
        guess = first_above(0, cost, lambda less: self._pays(proposal, cost - less)) if cost > 1 else 1
        return searched_on(tries, round_amounts(cost, self._unit), -(-guess // self._unit) * self._unit)

    def support_more(self, proposal: Hashable) -> Found:
        """Return how many more people would have to support a proposal."""
        rows, cost = next_supporters(self.needs, proposal, self._used), self._price[proposal]
        if not rows:
            return Found(None, smallest=True)
        mine, others = self._support[proposal] > 0, np.ones(len(rows), dtype=np.int64)
        held = self._offered(mine, self._support[proposal][mine], cost).sum(axis=1)[:, None]
        held = held + np.cumsum(self._offered(np.array(rows), others, cost), axis=1)
        pays = (held * (1 + _CLOSE) >= cost).any(axis=0)
        guess = int(np.argmax(pays)) + 1 if pays.any() else len(rows)
        tries = Tries(proposal, lambda amount: _funded(supported_by(self.needs, proposal, rows[:amount])))
        return searched_near(tries, guess, len(rows))._replace(smallest=False)

    def ceiling_more(self, proposal: Hashable) -> Found:
        """Return how much more money would fund a proposal; the amounts that are tried are round ones."""
        lacks = self._lacks
        if proposal not in lacks:
            return Found(None, smallest=True)
        before = sum(self._price[label] for label, each in lacks.items() if each <= lacks[proposal])
        limit = max(sum(self._price.values()) - self.needs.ceiling, 1)
        if self._few:
            return _to_the_rupiah(Tries(proposal, self._richer), limit)
        rungs = [*round_amounts(limit, self._unit), limit]
        guess = rungs[min(bisect_left(rungs, before - self._made.left), len(rungs) - 1)]
        return searched_on(Tries(proposal, self._richer), rungs, guess)

    def _pays(self, proposal: Hashable, cost: int) -> bool:
        """Return whether the supporters of a proposal of some cost would buy it in the run that stands."""
        mine = self._support[proposal] > 0
        offered = self._offered(mine, self._support[proposal][mine], cost).sum(axis=1)
        return bool((offered * (1 + _CLOSE) >= cost).any())

    def _offered(self, people: Flags | Integers, points: Integers, cost: int) -> Floats:
        """Return what people would give for a proposal before every purchase, were it bought instead."""
        worth = UTILITIES[self.needs.utility](points, np.full(points.size, cost))
        return np.asarray(np.minimum(self._purses[:, people], np.outer(self._rates, worth)))

    @property
    def _few(self) -> bool:
        return self.needs.with_ballots().size <= FEW_CELLS

    @cached_property
    def _made(self) -> SharedAllocation:
        return run_of_shares(self.needs)

    @cached_property
    def _price(self) -> dict[Hashable, int]:
        return priced(self.needs.costs)

    @cached_property
    def _unit(self) -> int:
        """Rupiah that measure all costs; with a cost of another measure the shares rise in tiny steps."""
        return max(gcd(*self._price.values()), 1)

    @cached_property
    def _used(self) -> list[float]:
        return shares_used(self.needs)

    @cached_property
    def _support(self) -> dict[Hashable, Integers]:
        """Points of all participants, in whole units."""
        ballots = self.needs.with_ballots()
        points = whole_points(pd.Series(ballots.to_numpy(dtype=float).ravel())).units.reshape(ballots.shape)
        return dict(zip(ballots.columns.tolist(), points.T, strict=True))

    @cached_property
    def _rates(self) -> Floats:
        """Rupiah for each unit of utility at every purchase; in the end whatever is left is given."""
        return np.array([*(step.effective_cost for step in self._made.purchases), _ALL])

    @cached_property
    def _purses(self) -> Floats:
        """Rupiah of every participant before every purchase, and in the end."""
        held = np.full((len(self._rates), len(self.needs.with_ballots())), float(self._made.share))
        for place, step in enumerate(self._made.purchases):
            points = self._support[step.proposal]
            mine = np.flatnonzero(points > 0)
            worth = UTILITIES[self.needs.utility](points[mine], np.full(mine.size, step.cost))
            held[place + 1] = held[place]
            held[place + 1, mine] -= np.minimum(held[place, mine], step.effective_cost * worth)
        return held

    @cached_property
    def _lacks(self) -> dict[Hashable, float]:
        """What every supporter of a proposal lacks on average in the end, of those that are not funded."""
        left = self._purses[-1]
        return {
            label: max(self._price[label] - float(left[points > 0].sum()), 0.0) / int((points > 0).sum())
            for label, points in self._support.items()
            if label not in self.funded and (points > 0).any()
        }

    @cached_property
    def _ceilings(self) -> dict[int, frozenset[Hashable]]:
        return {}

    def _richer(self, amount: int) -> frozenset[Hashable]:
        """Return what is funded with more money: the same whoever asks."""
        if amount not in self._ceilings:
            self._ceilings[amount] = _funded(replace(self.needs, ceiling=self.needs.ceiling + amount))
        return self._ceilings[amount]


def _to_the_rupiah(tries: Tries, limit: int) -> Found:
    amount = first_amount(tries.works, limit)
    return tries.found(amount, smallest=amount is None)


def _funded(needs: Needs) -> frozenset[Hashable]:
    return frozenset(run_of_shares(needs).funded)


_KINDS: Mapping[ChangeKind, Callable[[StandingShares, Hashable], Found]] = MappingProxyType(
    {
        ChangeKind.COST_LESS: StandingShares.cost_less,
        ChangeKind.SUPPORT_MORE: StandingShares.support_more,
        ChangeKind.CEILING_MORE: StandingShares.ceiling_more,
    }
)
