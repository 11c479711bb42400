"""Lists of plans that no other beats with less money, and how two lists become one, in integers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from workbench.engine.allocation.rows import Flags, Floats, Integers

_WORD = 64

Words = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class PlanList:
    """Plans over some items.

    Attributes
    ----------
    items : array of int64
        Items in which these plans differ, in the public tie order.
    inside : array of int64
        Items that all of them take.
    spent, total : array of int64
        Money and value of every plan.
    lost : array of float
        What every plan loses beside a bound.
    taken : array of uint64, plans by words
        The items taken, as bits in the order of `items`.
    """

    items: Integers
    inside: Integers
    spent: Integers
    total: Integers
    lost: Floats
    taken: Words

    def kept(self, which: Flags | Integers) -> PlanList:
        """Return some of the plans."""
        parts = self.spent[which], self.total[which], self.lost[which], self.taken[which]
        return PlanList(self.items, self.inside, *parts)

    def first(self) -> Integers:
        """Return the items of the plan of the largest value, the first in the tie order among its equals."""
        place = int(np.argmax(_strength(self)))
        return np.concatenate([self.inside, self.items[_bits(self.taken[[place]], self.items.size)[0]]])


def one_plan(items: Integers, inside: Integers, spent: int, total: int) -> PlanList:
    """Return the list of the one plan that takes none of some open items.

    Examples
    --------
    >>> one_plan(np.array([3, 4]), np.array([7]), 10, 5).first().tolist()
    [7]
    """
    return PlanList(
        items,
        inside,
        np.array([spent], dtype=np.int64),
        np.array([total], dtype=np.int64),
        np.zeros(1),
        np.zeros((1, items.size // _WORD + 1), dtype=np.uint64),
    )


def with_or_without(item: int, cost: int, value: int, worth: float) -> PlanList:
    """Return the two plans of one item: without it, which loses a positive worth, and with it.

    Examples
    --------
    >>> with_or_without(3, 10, 5, -2.0).lost.tolist()
    [0.0, 2.0]
    """
    return PlanList(
        np.array([item]),
        np.zeros(0, dtype=np.int64),
        np.array([0, cost], dtype=np.int64),
        np.array([0, value], dtype=np.int64),
        np.array([max(worth, 0.0), max(-worth, 0.0)]),
        np.array([[0], [1 << (_WORD - 1)]], dtype=np.uint64),
    )


def combined(joined: PlanList, one: PlanList, places: Integers) -> PlanList:
    """Return every plan of one list with every plan of another, whose items are among those of the first.

    Examples
    --------
    >>> blank, places = one_plan(np.array([0, 1]), np.zeros(0, dtype=np.int64), 0, 0), np.arange(2)
    >>> both = combined(blank, with_or_without(0, 2, 5, 0.0), places)
    >>> both = combined(both, with_or_without(1, 3, 4, 0.0), places)
    >>> both.spent.tolist(), both.first().tolist()
    ([0, 3, 2, 5], [0, 1])
    """
    words = _moved(one, joined.items, places)
    return PlanList(
        joined.items,
        joined.inside,
        np.add.outer(joined.spent, one.spent).ravel(),
        np.add.outer(joined.total, one.total).ravel(),
        np.add.outer(joined.lost, one.lost).ravel(),
        (joined.taken[:, None, :] | words[None, :, :]).reshape(-1, words.shape[1]),
    )


def unbeaten(joined: PlanList) -> PlanList:
    """Return the plans that none other beats: of more value, or the same and earlier, with no more money.

    Money and strength rise along the list.

    Examples
    --------
    >>> blank = one_plan(np.array([4]), np.zeros(0, dtype=np.int64), 0, 0)
    >>> plans = combined(blank, with_or_without(4, 2, -1, 0.0), np.arange(5))
    >>> unbeaten(plans).spent.tolist()
    [0]
    """
    if joined.total.size < 2:
        return joined
    strength = _strength(joined)
    order = np.lexsort((-strength, joined.spent))
    ahead = strength[order]
    kept = np.ones(order.size, dtype=np.bool_)
    kept[1:] = ahead[1:] > np.maximum.accumulate(ahead)[:-1]
    return joined.kept(order[kept])


def decided(joined: PlanList) -> PlanList:
    """Return the plans with the items decided that all of them take, or none.

    Examples
    --------
    >>> nothing = np.zeros(0, dtype=np.int64)
    >>> plans = combined(one_plan(np.array([4]), nothing, 0, 0), with_or_without(4, 2, 3, 0.0), np.arange(5))
    >>> decided(plans.kept(np.array([1]))).inside.tolist()
    [4]
    """
    if not joined.total.size:
        return joined
    bits = _bits(joined.taken, joined.items.size)
    every, some = bits.all(axis=0), bits.any(axis=0)
    open_ones = some & ~every
    return replace(
        joined,
        items=joined.items[open_ones],
        inside=np.concatenate([joined.inside, joined.items[every]]),
        taken=_words(bits[:, open_ones]),
    )


def _strength(joined: PlanList) -> Integers:
    """Return a number for every plan that orders them by value and then by the public tie order."""
    strength = np.empty(joined.total.size, dtype=np.int64)
    order = np.argsort(joined.total, kind="stable")
    in_order = joined.total[order]
    if (in_order[1:] == in_order[:-1]).any():
        order = np.lexsort((*joined.taken.T[::-1], joined.total))
    strength[order] = np.arange(order.size)
    return strength


def _moved(one: PlanList, items: Integers, places: Integers) -> Words:
    """Return the words of a list over more items."""
    at = np.searchsorted(places[items], places[one.items])
    if at.size == 1:
        words = np.zeros((one.total.size, items.size // _WORD + 1), dtype=np.uint64)
        words[:, at[0] // _WORD] = one.taken[:, 0] >> np.uint64(at[0] % _WORD)
        return words
    bits = np.zeros((one.total.size, items.size), dtype=np.bool_)
    bits[:, at] = _bits(one.taken, one.items.size)
    return _words(bits)


def _bits(taken: Words, size: int) -> npt.NDArray[np.bool_]:
    octets = taken.astype(">u8").view(np.uint8)
    return np.asarray(np.unpackbits(octets, axis=1, count=size), dtype=np.bool_)


def _words(bits: npt.NDArray[np.bool_]) -> Words:
    whole = np.zeros((bits.shape[0], (bits.shape[1] // _WORD + 1) * _WORD), dtype=np.bool_)
    whole[:, : bits.shape[1]] = bits
    return np.packbits(whole, axis=1).view(">u8").astype(np.uint64)
