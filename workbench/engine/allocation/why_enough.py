"""What would be enough to fund a proposal: plans beside the one that stands, within a declared effort.

Where no list proves the smallest change, a plan that holds the proposal and passes every plan without it is
still an answer: it shows that its amount does it. Such a plan stands close to the one that holds now. So only
the proposals nearest to the line are opened, and all others stay as they are. What the solver finds is
counted in integers; whether less would do is left open, and said so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from workbench.engine.allocation.moving import Contest, Moving, relaxed_least
from workbench.engine.allocation.opened import Line, Opened
from workbench.engine.allocation.priced_rows import Priced, Sides, at_prices_of_relaxation
from workbench.engine.allocation.program import Program, SolverSettings
from workbench.engine.allocation.rows import Flags, Floats, Integers

OPENED = (40, 64, 76)
"""Proposals nearest to the line that may stand otherwise, from choice to choice; the best answer counts."""
OF_A_CONDITION = 12
"""So many of a condition that the proposal would break are opened beside them."""
MOST_RISES = 3
"""Such ceilings that are tried, the least first."""
STEPS = 6
"""Relaxations that are solved to find a ceiling at which the proposal is worth its money."""


class Enough(NamedTuple):
    """What was found: an amount that does it, None where none was, and whether none at all can."""

    amount: int | None
    impossible: bool = False


@dataclass(frozen=True)
class Beside:
    """A programme, the plan that stands in it, and an item that this leaves out.

    Attributes
    ----------
    program : Program
    places : array of int64
        Public tie order.
    standing : array of bool
    item : int
    top : int
        No plan has a larger value.
    settings : SolverSettings
    """

    program: Program
    places: Integers
    standing: Flags
    item: int
    top: int
    settings: SolverSettings

    @property
    def _forced(self) -> Program:
        sure = self.program.fixed_in.copy()
        sure[self.item] = True
        return replace(self.program, fixed_in=sure)

    def score_more(self) -> Enough:
        """Return how many units of score bring a plan with the item past every other.

        Examples
        --------
        >>> from workbench.engine.allocation.rows import Row
        >>> costs, free = np.array([5, 4]), np.zeros(2, dtype=bool)
        >>> program = Program(np.array([3, 1]), (Row("ceiling", "ceiling", costs, upper=7),), free, free)
        >>> standing = np.array([True, False])
        >>> Beside(program, np.arange(2), standing, 1, 3, SolverSettings()).score_more().amount
        3
        """
        moving, program = Moving.still(self.program), self._forced
        held = at_prices_of_relaxation(program.values, moving.sides, program.fixed_in, program.fixed_out)
        if held is None:
            return Enough(None, impossible=True)
        best, ruled_out = None, False
        for choice in self._choices(moving, held.worth, self.standing, 0):
            chosen, ruled_out = choice.best()
            if chosen is not None:
                best = max(int(program.values[chosen].sum()), -1 if best is None else best)
        return Enough(None, ruled_out) if best is None else Enough(max(self.top - best + 1, 1))

    def cost_less(self, moving: Moving, limit: int) -> Enough:
        """Return how much less than now the item could cost, so that a plan with it passes every other.

        Parameters
        ----------
        moving : Moving
            The sides, as the cost falls.
        limit : int
            The cost.
        """
        found = relaxed_least(Contest(moving, self._forced, self.places, self.standing, limit))
        if found is None:
            return Enough(None, impossible=True)
        return self._least(moving, found[0].worth, self.standing, Line(float(self.top), 0.0), limit)

    def ceiling_more(self, moving: Moving, limit: int) -> Enough:
        """Return how much higher the ceiling could be, so that a plan with the item passes every other.

        No plan without the item passes the relaxation at that ceiling, nor what its prices say at others.

        Parameters
        ----------
        moving : Moving
            The sides, as the ceiling rises.
        limit : int
            The largest rise.
        """
        if self._never_binds(moving):
            return Enough(None, impossible=True)
        now = self._without(moving, 0)
        if now is None:
            return Enough(None)
        lead = min(now.bound - self.top + 1.0, float(self.program.values[self.item]) / 2)
        for rise, held in self._worth_it(moving, lead, limit):
            turned = (held.worth > 0) != (now.worth > 0)
            start = np.where(turned, held.worth > 0, self.standing)
            growth = float(held.prices @ moving.pace)
            line = Line(held.bound + 2 * held.margin - growth * rise, growth)
            found = self._least(moving, held.worth, start, line, rise)
            if found.amount is not None:
                return found
        return Enough(None)

    def _never_binds(self, moving: Moving) -> bool:
        """Return whether no plan comes up to a side that moves, so that no rise changes anything."""
        sides, moved = moving.sides, moving.pace != 0
        if (moving.pace < 0).any() or moved.all():
            return False
        others = Sides(
            *(part[~moved] for part in (sides.coefficients, sides.upper, sides.tight, sides.charged))
        )
        program = self.program
        for use, upper in zip(sides.coefficients[moved], sides.upper[moved], strict=True):
            most = at_prices_of_relaxation(use, others, program.fixed_in, program.fixed_out)
            if most is None or most.bound + most.margin >= upper:
                return False
        return True

    def _worth_it(self, moving: Moving, lead: float, limit: int) -> Iterator[tuple[int, Priced]]:
        """Yield rises at which the item is worth more than a lead, the least first, with the prices there."""
        low, high, tried = 0, limit, []
        for _ in range(STEPS):
            if high <= low:
                break
            rise = (low + high + 1) // 2
            held = self._without(moving, rise)
            if held is not None and held.worth[self.item] < lead:
                low = rise
                continue
            high = rise - 1
            if held is not None:
                tried.append((rise, held))
        yield from tried[: -MOST_RISES - 1 : -1]

    def _without(self, moving: Moving, rise: int) -> Priced | None:
        program, out = self.program, self.program.fixed_out.copy()
        out[self.item] = True
        return at_prices_of_relaxation(program.values, moving.between(rise, rise), program.fixed_in, out)

    def _least(self, moving: Moving, worth: Floats, start: Flags, line: Line, limit: int) -> Enough:
        found = (choice.least(line) for choice in self._choices(moving, worth, start, limit))
        shown = [self._shown(moving, chosen, line, limit) for chosen in found if chosen is not None]
        return Enough(min((amount for amount in shown if amount is not None), default=None))

    def _shown(self, moving: Moving, chosen: Flags, line: Line, limit: int) -> int | None:
        """Return the least amount for which a plan is the proof; None where it is none up to a limit."""
        first, last = (int(ends[0]) for ends in moving.span(chosen[None, :]))
        amount = max(first, 1)
        passes = int(self.program.values[chosen].sum()) > line.total + line.growth * amount
        return amount if passes and amount <= min(last, limit) else None

    def _choices(self, moving: Moving, worth: Floats, start: Flags, limit: int) -> Iterator[Opened]:
        """Yield ever wider choices among the items nearest to the line."""
        program = self._forced
        start = (start | program.fixed_in) & ~program.fixed_out
        free = ~(program.fixed_in | program.fixed_out)
        near = np.argsort(np.where(free, np.abs(worth), np.inf), kind="stable")[: int(free.sum())]
        widest = np.maximum(moving.sides.upper, moving.sides.upper + moving.pace * limit)
        broken = moving.sides.coefficients @ start > widest
        some = [near[side[near] != 0][:OF_A_CONDITION] for side in moving.sides.coefficients[broken]]
        for size in OPENED:
            opened = np.unique(np.concatenate([near[:size], *some]))
            yield Opened(program, moving, start, opened, limit, self.settings)
            if opened.size == near.size:
                return
