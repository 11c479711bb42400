"""How much more money would fund a proposal under conditions: stretches of ceilings, each settled at once.

At the prices of one ceiling all plans near the line of best totals are listed, with the proposal and without.
Where the best of the list lies so close to the line that no other plan could beat it, the list says for every
ceiling of the stretch whether the proposal is in, equals by the public tie order included.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from workbench.engine.allocation.moving import Moving
from workbench.engine.allocation.near_plans import Allowance, NearPlans, first_budget, larger, near_plans
from workbench.engine.allocation.priced_rows import Priced, at_prices_of_relaxation
from workbench.engine.allocation.program import Program
from workbench.engine.allocation.rows import Flags, Integers

MOST_STRETCHES = 24
"""Lists that are made; beyond them the search is given up."""
MOST_CHORDS = 10
"""Relaxations that are solved to find where to begin."""
FAR, NEAR = 6, 3
"""The search begins where the proposal lacks so many times the first budget, at most and at least."""
SHORTER = 32
"""So many times shorter stretches become once a list grows too long."""
FIRST = 4
"""So many times the first budget the lists are given to begin with."""
ITEMS = 4
"""The first stretch is as long as the mean cost of so many proposals."""


class Rise(NamedTuple):
    """The rise that was found, None where none is, whether no smaller one does it, and the plan there."""

    amount: int | None
    smallest: bool
    chosen: Flags


class _Steps(NamedTuple):
    """The best listed plan from each amount to the last before the next, -1 where there is none."""

    starts: Integers
    ends: Integers
    best: Integers


@dataclass(frozen=True)
class RisingCeiling:
    """A programme whose ceiling may rise up to a limit, and an item that is not in its best plan.

    Attributes
    ----------
    program : Program
    moving : Moving
        Its sides, as the ceiling rises.
    item : int
    places : array of int64
        Public tie order.
    limit : int
        The largest rise.
    allowance : Allowance
        What all lists together may cost.
    """

    program: Program
    moving: Moving
    item: int
    places: Integers
    limit: int
    allowance: Allowance

    def least(self) -> Rise | None:
        """Return the least rise that brings the item in; None where the search is given up."""
        lowest = max(self._affordable(), 1)
        held = self._priced(lowest)
        if held is None:
            return Rise(None, smallest=True, chosen=self.program.fixed_out)
        budget = min(first_budget(held), held.bound - self._lowest)
        at = self._beginning(lowest, float(held.worth[self.item]), budget)
        return self._searched(at, FIRST * budget, sure=at == lowest)

    def _searched(self, at: int, budget: float, *, sure: bool) -> Rise | None:
        """Settle stretch after stretch from an amount on."""
        width = max(int(np.mean(self.moving.sides.coefficients[0])) * ITEMS, 1)
        shortest = max(width // SHORTER, 1)
        held = self._priced(at)
        for _ in range(MOST_STRETCHES):
            if at > self.limit:
                return Rise(None, sure, self.program.fixed_out)
            if held is None:  # a ceiling beyond which its shares cannot be spent: no plan from here on
                return Rise(None, sure, self.program.fixed_out)
            told = self._stretch(held, at, min(at + width, self.limit), budget)
            if told is None and width > shortest:
                width = shortest
                continue
            if told is None:
                return None
            won, end = told
            if won is not None:
                return won._replace(smallest=sure)
            if end == at:
                budget = larger(budget)
            else:
                at, held = end, self._priced(min(end, self.limit))
        return None

    @property
    def _lowest(self) -> float:
        """A value below that of any plan."""
        return float(np.minimum(self.program.values, 0).sum()) - 1.0

    def _affordable(self) -> int:
        """Return the least rise at which the item could be paid for at all."""
        sides, pace = self.moving.sides, self.moving.pace
        sure = self.program.fixed_in.copy()
        sure[self.item] = True
        use = np.where(sure, sides.coefficients, np.minimum(sides.coefficients, 0)).sum(axis=1)
        lacks = (use - sides.upper)[pace > 0]
        return int((-(-lacks // pace[pace > 0])).max(initial=0))

    def _priced(self, amount: int) -> Priced | None:
        program = self.program
        sides = self.moving.between(amount, amount)
        held = at_prices_of_relaxation(program.values, sides, program.fixed_in, program.fixed_out)
        if held is None or held.worth[self.item] < -held.margin:
            return held
        # Another item that stands or falls with it may carry its loss; taken for itself it carries its own.
        sure = program.fixed_in.copy()
        sure[self.item] = True
        taken = at_prices_of_relaxation(program.values, sides, sure, program.fixed_out)
        lacks = 0.0 if taken is None else float(taken.worth[self.item])
        return held if taken is None or lacks >= 0 else replace(taken, fixed_in=program.fixed_in)

    def _lead(self, amount: int) -> float:
        held = self._priced(amount)
        return -np.inf if held is None else float(held.worth[self.item])

    def _beginning(self, lowest: int, lead: float, budget: float) -> int:
        """Return an amount at which the item is a little out of reach, by chords and now and then by half."""
        low, high = lowest, self.limit
        at_low, at_high = lead, 0.0
        for turn in range(MOST_CHORDS):
            if at_low >= -FAR * budget or high - low <= 1:
                break
            wanted = -(FAR + NEAR) / 2 * budget
            part = (wanted - at_low) / max(at_high - at_low, 1e-9) if turn % 3 < 2 else 0.5
            middle = min(max(low + int((high - low) * part), low + 1), high - 1)
            found = self._lead(middle)
            if np.isfinite(found) and found <= -NEAR * budget:
                low, at_low = middle, found
            else:
                high, at_high = middle, found
        return low

    def _stretch(self, held: Priced, low: int, high: int, budget: float) -> tuple[Rise | None, int] | None:
        """Return the first rise that does it, or None, and from where on it is open; None for a long list."""
        sides = self.moving.between(low, high)
        wide = replace(held, sides=replace(sides, charged=sides.tight))
        found = near_plans(wide, budget, self.places, allowance=self.allowance)
        if found is None:
            return None
        steps = _best_steps(found, self.moving, low, high)
        inside, settled = self._settled(wide, found, steps, budget)
        open_steps = np.flatnonzero(settled < steps.ends)
        if not open_steps.size:
            return None, high + 1
        place = int(open_steps[0])
        start = int(steps.starts[place])
        if inside[place]:
            return Rise(start, smallest=True, chosen=found.chosen[steps.best[place]]), start
        return None, int(settled[place]) + 1

    def _settled(
        self, wide: Priced, found: NearPlans, steps: _Steps, budget: float
    ) -> tuple[Flags, Integers]:
        """Return on which steps the item is in for certain, and up to where it is out for certain."""
        low, high = int(steps.starts[0]), int(steps.ends[-1])
        there = steps.best >= 0
        inside = np.zeros(there.size, dtype=np.bool_)
        inside[there] = found.chosen[steps.best[there], self.item]
        totals = np.full(there.size, self._lowest)
        totals[there] = found.totals[steps.best[there]]
        grows = float(wide.prices @ np.maximum(self.moving.pace, 0))
        shrinks = float(wide.prices @ np.maximum(-self.moving.pace, 0))
        # What is not listed stays below this line by the budget, and with the item by what it lacks.
        line = wide.bound + 2 * wide.margin + grows * (steps.starts - low) + shrinks * (high - steps.starts)
        spare = totals - line + max(budget, -float(wide.worth[self.item]))
        reach = np.minimum(np.maximum(spare, 0.0) / max(grows, 1e-30), float(high - low))
        reached = steps.starts + np.floor(reach).astype(np.int64)
        out = np.where((spare < 0) | inside, steps.starts - 1, np.minimum(reached, steps.ends))
        return inside & (totals - line + budget >= 0), np.asarray(out)


def _best_steps(found: NearPlans, moving: Moving, low: int, high: int) -> _Steps:
    first, last = moving.span(found.chosen)
    first = np.maximum(first, low)
    kept = np.flatnonzero(first <= np.minimum(last, high))
    first, last = first[kept], last[kept]
    starts = np.unique(np.concatenate([[low], first, last[last < high] + 1]))
    ends = np.append(starts[1:] - 1, high)
    # Plans are listed in tie order: of equal totals the first listed is the stronger.
    by_strength = kept[np.lexsort((-kept, found.totals[kept]))]
    strength = np.empty(found.totals.size, dtype=np.int64)
    strength[by_strength] = np.arange(kept.size)
    best = np.full(starts.size, -1, dtype=np.int64)
    for place, start in enumerate(starts.tolist()):
        holds = strength[kept[(first <= start) & (start <= last)]]
        if holds.size:
            best[place] = by_strength[int(holds.max())]
    return _Steps(starts, ends, best)
