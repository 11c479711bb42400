"""What the items still to be decided lose at least, at several prices beside those of the bound.

At the prices of the bound the items ahead lose nothing, each for itself. But a state that has used too much
of a condition, or leaves too much of it unused, must have them decided otherwise. Charge that use a little
more, or a little less: for any such change of a price the losses below are a bound, by weak duality, and the
largest over some changes says how far a state really stands from a plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from workbench.engine.allocation.narrowed import Narrowed
from workbench.engine.allocation.rows import Floats, Integers

STRIDES = (0.1, 0.3, 1.0, 3.0)
"""Changes of a price, as parts of the budget for the mean use by one item."""
MOST_ROWS = 4
"""Conditions whose prices are changed; those that bind most items come first."""


@dataclass(frozen=True)
class LossesAhead:
    """Lower bounds on losses, by place of the next item.

    Attributes
    ----------
    changes : array of float, changes by conditions
        Of the prices; none makes a price negative.
    lost : array of float, (items + 1) by changes
        What the items from a place on lose at least at the changed prices.
    room, charged : array of int64
        As in `Narrowed`.
    """

    changes: Floats
    lost: Floats
    room: Integers
    charged: Integers

    @classmethod
    def of(cls, core: Narrowed) -> LossesAhead:
        """Return the bounds for some items under conditions."""
        changes = np.array(list(_changes(core)))
        stays, comes = np.maximum(core.worth, 0.0), np.maximum(-core.worth, 0.0)
        each = np.minimum(stays[:, None], comes[:, None] + core.coefficients.T @ changes.T)
        nothing = np.zeros((1, changes.shape[0]))
        ahead = np.concatenate([np.cumsum(each[::-1], axis=0)[::-1], nothing])
        return cls(changes, ahead, core.room, core.charged)

    def at(self, used: Integers, rows: Integers, item: int) -> Floats:
        """Return by state what is lost at least from an item on.

        Parameters
        ----------
        used : array of int64, states by conditions
            Of the conditions that are still open.
        rows : array of int64
            Which these are.
        item : int
            Place of the next item.
        """
        changes = self.changes[:, rows]
        # Dearer use is paid back up to the room; cheaper use is a loss only below what is charged.
        free = np.maximum(changes, 0.0) @ self.room[rows] - np.maximum(-changes, 0.0) @ self.charged[rows]
        return np.asarray((used @ changes.T + (self.lost[item] - free)).max(axis=1))


def _changes(core: Narrowed) -> Iterator[Floats]:
    """Yield changes of the prices: none, each condition by itself, and two together."""
    size = core.prices.size
    uses = np.count_nonzero(core.coefficients, axis=1)
    stride = core.budget * uses / np.maximum(np.abs(core.coefficients).sum(axis=1, dtype=float), 1.0)
    yield np.zeros(size)
    changed = range(min(size, MOST_ROWS))
    sets = [*combinations(changed, 1), *combinations(changed, 2)]
    signs = [(rows, towards) for rows in sets for towards in product((1.0, -1.0), repeat=len(rows))]
    for (rows, towards), part in product(signs, STRIDES):
        change = np.zeros(size)
        change[list(rows)] = np.array(towards) * part * stride[list(rows)]
        yield np.maximum(change, -core.prices)
