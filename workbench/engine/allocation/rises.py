"""How much more money would fund each proposal of a list that is walked down: all of them in one sweep.

A rise of the ceiling may fund something earlier that takes the money away again, so no bisection finds the
smallest. But up to any group the walk spends the same on whole stretches of ceilings. Each group cuts these
stretches where its decision changes, so one walk down the list tells of every ceiling at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]

MOST_STRETCHES = 4_096
"""Stretches that are followed at a time, from the lowest ceilings on."""
MOST_TURNS = 16_000_000
"""Stretches times groups that are decided in all; after them an interval of ceilings is halved."""

Group = Mapping[Hashable, int]
"""Whole rupiah of those who are decided together."""


class Band(NamedTuple):
    """From how much money left a group spends the same, and to below how much; None is without end."""

    low: int
    high: int | None
    spent: int


Bands = tuple[Band, ...]
"""What a group spends, from little money left to much; in between it closes the line."""


def skipping(costs: Sequence[int]) -> Bands:
    """Return what a group spends that is funded as far as each fits and those that fit do so together.

    Examples
    --------
    >>> skipping([6, 4])
    (Band(low=0, high=4, spent=0), Band(low=4, high=6, spent=4), Band(low=10, high=None, spent=10))
    """
    counted = sorted(Counter(cost for cost in costs if cost).items())
    if not counted:
        return (Band(0, None, 0),)
    together = accumulate(level * held for level, held in counted)
    ends = [*(level for level, _ in counted[1:]), None]
    bands = [Band(spent, end, spent) for spent, end in zip(together, ends, strict=True)]
    first = Band(0, counted[0][0], 0)
    return (first, *(band for band in bands if band.high is None or band.low < band.high))


def stopping(costs: Sequence[int]) -> Bands:
    """Return what a group spends that is funded as a whole or closes the line.

    Examples
    --------
    >>> stopping([6, 4])
    (Band(low=10, high=None, spent=10),)
    """
    whole = sum(costs)
    return (Band(whole, None, whole),)


AT_LINE: Mapping[str, Callable[[Sequence[int]], Bands]] = MappingProxyType(
    {"skip": skipping, "stop": stopping}
)
"""What a group spends, by what happens at the line."""


def spent_by(bands: Bands, left: int) -> int | None:
    """Return what a group spends of the money left; None where it closes the line."""
    for low, high, spent in bands:
        if low <= left and (high is None or left < high):
            return spent
    return None


class Rise(NamedTuple):
    """The least ceiling that was found to fund a proposal, and whether none below it does."""

    ceiling: int
    smallest: bool


@dataclass(frozen=True)
class _Stretches:
    """Ceilings from each start to before its end, at which the groups so far spend the same."""

    starts: Integers
    ends: Integers
    spent: Integers

    def within(self, band: Band) -> _Stretches:
        """Return the ceilings that leave a group as much as a band says, after it has spent."""
        starts = np.maximum(self.starts, self.spent + band.low)
        ends = self.ends if band.high is None else np.minimum(self.ends, self.spent + band.high)
        kept = starts < ends
        return _Stretches(starts[kept], ends[kept], self.spent[kept] + band.spent)

    def lowest(self, most: int) -> _Stretches:
        """Return the lowest of them."""
        return _Stretches(self.starts[:most], self.ends[:most], self.spent[:most])


def rises(groups: Sequence[Group], bands: Sequence[Bands], ceiling: int) -> dict[Hashable, Rise]:
    """Return for every proposal the least ceiling, from a given one on, that funds it.

    Parameters
    ----------
    groups : sequence of Group
        In the order of the walk.
    bands : sequence of Bands
        What each of them spends.
    ceiling : int

    Examples
    --------
    >>> groups = [{"a": 6}, {"b": 5}, {"c": 4}]
    >>> found = rises(groups, [skipping([*group.values()]) for group in groups], 7)
    >>> {label: rise.ceiling for label, rise in found.items()}
    {'a': 7, 'b': 11, 'c': 10}
    """
    found = {label: ceiling for group in groups for label, cost in group.items() if not cost}
    open_groups = [{label: cost for label, cost in group.items() if cost} for group in groups]
    everything = sum(cost for group in groups for cost in group.values())
    low, turns = ceiling, 0
    while any(open_groups) and turns < MOST_TURNS:
        low, more = _swept(open_groups, bands, low, max(everything, low) + 1, found)
        turns += more
    told = {label: Rise(level, smallest=True) for label, level in found.items()}
    return told | _halved(open_groups, groups, bands, low - 1)


def _swept(
    groups: Sequence[dict[Hashable, int]],
    bands: Sequence[Bands],
    low: int,
    top: int,
    found: dict[Hashable, int],
) -> tuple[int, int]:
    """Find who is funded from a ceiling on; return the first ceiling not yet looked at, and the turns."""
    held = _Stretches(*(np.array([one], dtype=np.int64) for one in (low, top, 0)))
    last = max(place for place, group in enumerate(groups) if group)
    turns = 0
    for place in range(last + 1):
        parts = [held.within(band) for band in bands[place]]
        _note(groups[place], bands[place], parts, found)
        held = _joined(parts)
        turns += held.starts.size
        if held.starts.size > MOST_STRETCHES:
            top = int(held.starts[MOST_STRETCHES])
            held = held.lowest(MOST_STRETCHES)
    return top, turns + last + 1


def _note(
    group: dict[Hashable, int], bands: Bands, parts: Sequence[_Stretches], found: dict[Hashable, int]
) -> None:
    """Note the members of a group that are funded somewhere, and take them out."""
    starts = [int(part.starts.min()) if part.starts.size else None for part in parts]
    for label, cost in [*group.items()]:
        enough = [
            start for start, band in zip(starts, bands, strict=True) if band.low >= cost and start is not None
        ]
        if enough:
            found[label] = min(enough)
            del group[label]


def _joined(parts: Sequence[_Stretches]) -> _Stretches:
    if len(parts) == 1:
        return parts[0]
    starts = np.concatenate([part.starts for part in parts])
    order = np.argsort(starts, kind="stable")
    ends, spent = (np.concatenate(held) for held in zip(*((p.ends, p.spent) for p in parts), strict=True))
    return _Stretches(starts[order], ends[order], spent[order])


def _halved(
    wanted: Sequence[Group], groups: Sequence[Group], bands: Sequence[Bands], low: int
) -> dict[Hashable, Rise]:
    """Return for those still wanted a ceiling that funds them while one rupiah less does not."""
    enough = accumulate(sum(group.values()) for group in groups)  # with money for all down to it, it is in
    asked = [
        (place, label, cost, high)
        for place, (group, high) in enumerate(zip(wanted, enough, strict=True))
        for label, cost in group.items()
    ]
    if not asked:
        return {}
    places, costs, high = (np.array([one[part] for one in asked], dtype=np.int64) for part in (0, 2, 3))
    below = np.full(high.size, low, dtype=np.int64)
    while (high - below > 1).any():
        middle = below + (high - below) // 2
        funded = _funded_at(middle, places, costs, bands)
        below, high = np.where(funded, below, middle), np.where(funded, middle, high)
    return {one[1]: Rise(level, smallest=False) for one, level in zip(asked, high.tolist(), strict=True)}


def _funded_at(
    ceilings: Integers, places: Integers, costs: Integers, bands: Sequence[Bands]
) -> npt.NDArray[np.bool_]:
    """Return which proposals of some groups are funded, each at a ceiling of its own."""
    left, funded = ceilings.copy(), np.zeros(ceilings.size, dtype=np.bool_)
    for place in range(int(places.max()) + 1):
        spent = np.full(left.size, -1, dtype=np.int64)
        for low, high, amount in bands[place]:
            here = (low <= left) & (left < (np.iinfo(np.int64).max if high is None else high))
            spent[here] = amount
            if (places == place).any():
                funded |= here & (places == place) & (low >= costs)
        left = np.where(spent < 0, -1, left - spent)
    return funded
