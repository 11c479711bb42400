"""Many walks down the ranks at once: who is inside the ceiling in each order.

The batched twins of `workbench.engine.allocation.ranked`, in whole rupiah.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from workbench.engine.allocation.ranked import skip as skip_group
from workbench.engine.allocation.result import FundingStatus
from workbench.robustness.orders import Orders
from workbench.robustness.replay import Replay

Amounts = NDArray[np.int64]
Flags = NDArray[np.bool_]


def funded_draws(replay: Replay, orders: Orders, room: Amounts | None = None) -> Flags:
    """Return who is funded (draws, proposals), by proposal.

    Parameters
    ----------
    replay : Replay
        With a ceiling, and a budget rule of `WALKS`.
    orders : Orders
    room : array (draws,), optional
        Rupiah by draw; the outcome's own where none is given.
    """
    draws = len(orders.places)
    left = np.full(draws, replay.room, dtype=np.int64) if room is None else room
    amounts = replay.amounts[orders.places]
    inside = WALKS[replay.budget_rule](amounts, orders.starts, left)
    priced = replay.priced[orders.places]
    funded = np.zeros(orders.places.shape, dtype=bool)
    # What costs nothing is always funded; what has no price never.
    np.put_along_axis(funded, orders.places, (inside | (amounts == 0)) & priced & orders.scored, axis=1)
    return funded


def _stop(amounts: Amounts, starts: Flags, room: Amounts) -> Flags:
    return np.asarray(_at_run_end(np.cumsum(amounts, axis=1), starts) <= room[:, np.newaxis])


def _skip(amounts: Amounts, starts: Flags, room: Amounts) -> Flags:
    inside = np.zeros(amounts.shape, dtype=bool)
    tied = ~starts.all(axis=1)
    left = room.astype(np.int64).copy()
    for place in range(amounts.shape[1]):
        fits = amounts[:, place] <= left
        inside[:, place] = fits
        left -= np.where(fits, amounts[:, place], 0)
    for draw in np.flatnonzero(tied).tolist():
        inside[draw] = _skip_with_ties(amounts[draw], starts[draw], int(room[draw]))
    return inside


WALKS: Mapping[str, Callable[[Amounts, Flags, Amounts], Flags]] = MappingProxyType(
    {"rank_stop": _stop, "rank_skip": _skip}
)
"""The budget rules that are recalculated in batches, by name."""


def _at_run_end(cumulated: Amounts, starts: Flags) -> Amounts:
    """Return for each place the value at the end of its run of equal rank."""
    count = starts.shape[1]
    ends = np.concatenate([starts[:, 1:], np.ones((len(starts), 1), dtype=bool)], axis=1)
    last = np.where(ends, np.arange(count), count)
    last = np.minimum.accumulate(last[:, ::-1], axis=1)[:, ::-1]
    return np.take_along_axis(cumulated, last, axis=1)


def _skip_with_ties(amounts: Amounts, starts: Flags, left: int) -> Flags:
    inside = np.zeros(len(amounts), dtype=bool)
    first = np.flatnonzero(starts).tolist()
    for start, end in zip(first, [*first[1:], len(amounts)], strict=True):
        asked: dict[Hashable, int] = {
            place: int(amounts[place]) for place in range(start, end) if amounts[place]
        }
        if not asked:
            continue
        group = skip_group(asked, left)
        paid = [place for place in range(start, end) if group.status.get(place) is FundingStatus.FUNDED]
        inside[paid] = True
        left -= int(amounts[paid].sum())
        if group.closes:
            break
    return inside
