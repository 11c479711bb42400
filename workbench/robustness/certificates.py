"""Flip certificates: the smallest change of one value, or of the ceiling, that changes the funded list.

Each was checked by walking down the list again just beyond the change; the one of a single weight stands with
the stability intervals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.prioritisation import Outcome
from workbench.robustness.funding import funded_draws
from workbench.robustness.moves import Cell, Moves, easiest_cell, measure_to_score
from workbench.robustness.orders import Orders, order_draws
from workbench.robustness.recalculation import can_fund
from workbench.robustness.replay import Floats, Replay
from workbench.robustness.scores import as_given, heaviest_values, measures_to_values

BEYOND = 1e-6
"""How far past the tie a value is taken when the change is checked, in parts of its scale."""


@dataclass(frozen=True)
class ValueFlip:
    """One aggregated value that, moved to `at`, ties its proposal with another; beyond, the list changes.

    Attributes
    ----------
    proposal, criterion, target : str
        The cell that moves, and the proposal it ties with.
    now, at, beyond : float
        In the criterion's own unit: today, at the tie, and where the change was checked.
    leaves, enters : tuple of str
        Who falls out of the funded list, and who comes in.
    """

    proposal: str
    criterion: str
    target: str
    now: float
    at: float
    beyond: float
    leaves: tuple[str, ...]
    enters: tuple[str, ...]


@dataclass(frozen=True)
class CeilingFlip:
    """A change of the money in whole rupiah at which the funded list is another; one rupiah less, it is not.

    Attributes
    ----------
    change : int
        Rupiah more (above zero) or less.
    leaves, enters : tuple of str
    """

    change: int
    leaves: tuple[str, ...]
    enters: tuple[str, ...]


@dataclass(frozen=True)
class Certificates:
    """What would change the funded list, each the smallest of its kind; None where nothing of the kind does.

    Attributes
    ----------
    value : ValueFlip or None
        Exact under the rule that stops at the first that does not fit; under the rule that skips, the
        smallest that changes whether its own proposal is funded. Proposals whose score is withheld are tried
        neither as the one that moves nor as the one that is passed: their scores would be told.
    more, less : CeilingFlip or None
        For a higher and a lower ceiling.
    untold : int
        Proposals whose values were not tried.
    """

    value: ValueFlip | None
    more: CeilingFlip | None
    less: CeilingFlip | None
    untold: int = 0


def certificates(replay: Replay, outcome: Outcome, known: Moves) -> Certificates | None:
    """Find the certificates; None without a ceiling, or under a budget rule that is not recalculated."""
    if not can_fund(replay) or not len(replay.proposals):
        return None
    scores = outcome.scoring.scores.loc[replay.proposals].to_numpy(dtype=np.float64)
    orders = _ordered(replay, scores[np.newaxis])
    funded = funded_draws(replay, orders)[0]
    less, more = _ceiling_flips(replay, orders, funded)
    told = ~replay.proposals.isin(outcome.withheld)
    value = _value_flip(replay, scores, known, (orders, funded), told)
    return Certificates(value, more, less, int((~told).sum()))


def _ordered(replay: Replay, scores: Floats) -> Orders:
    given = measures_to_values(replay, as_given(replay))
    return order_draws(replay, scores, heaviest_values(given, replay.weights[np.newaxis], 1))


def _value_flip(
    replay: Replay,
    scores: Floats,
    known: Moves,
    today: tuple[Orders, NDArray[np.bool_]],
    told: NDArray[np.bool_],
) -> ValueFlip | None:
    """Try the possible changes from the smallest to the largest until one changes the list."""
    possible = [
        (own, target, cell)
        for own, target in {*_own(replay, known), *_of_others(replay, *today)}
        if told[own]
        and told[target]
        and (cell := easiest_cell(replay, own, float(scores[target]))) is not None
    ]
    for own, target, cell in sorted(possible, key=lambda found: (round(abs(found[2].part), 12), found[:2])):
        upwards = -1.0 if scores[own] > scores[target] else 1.0
        flip = _checked(replay, scores, (own, target, upwards), cell, today[1])
        if flip is not None:
            return flip
    return None


def _own(replay: Replay, known: Moves) -> Iterator[tuple[int, int]]:
    """Yield who would change its own standing, and whom it must pass."""
    bordered = known.table[known.table["border"] != ""]
    own, border = (
        replay.proposals.get_indexer(bordered.index),
        replay.proposals.get_indexer(pd.Index(bordered["border"])),
    )
    yield from zip(own.tolist(), border.tolist(), strict=True)


def _of_others(replay: Replay, orders: Orders, funded: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield whose move would change the standing of others: the line closes elsewhere."""
    if replay.budget_rule != "rank_stop":
        return
    walk = [
        place for place in orders.places[0].tolist() if replay.priced[place] and replay.amounts[place] > 0
    ]
    waiting = [place for place in walk if not funded[place]]
    last = next((place for place in reversed(walk) if funded[place]), None)
    if last is not None:
        yield from ((place, last) for place in waiting)
    if len(waiting) > 1:
        yield waiting[0], waiting[1]


def _checked(
    replay: Replay,
    scores: Floats,
    move: tuple[int, int, float],
    cell: Cell,
    funded: NDArray[np.bool_],
) -> ValueFlip | None:
    own, target, upwards = move
    position = int(replay.criteria.get_indexer(pd.Index([cell.criterion]))[0])
    better = -upwards if replay.falling[position] and replay.weighted else upwards
    beyond = cell.at + better * BEYOND * float(replay.high[position] - replay.low[position])
    moved = scores.copy()
    moved[own] = measure_to_score(replay, own, position, beyond)
    after = funded_draws(replay, _ordered(replay, moved[np.newaxis]))[0]
    if (after == funded).all() or not replay.low[position] <= beyond <= replay.high[position]:
        return None
    names = str(replay.proposals[own]), cell.criterion, str(replay.proposals[target])
    return ValueFlip(
        *names, cell.now, cell.at, beyond, _named(replay, funded & ~after), _named(replay, after & ~funded)
    )


def _ceiling_flips(
    replay: Replay, orders: Orders, funded: NDArray[np.bool_]
) -> tuple[CeilingFlip | None, CeilingFlip | None]:
    room = replay.room or 0
    rooms = sorted({found for found in _rooms(replay, orders, funded) if found >= 0 and found != room})
    found: list[CeilingFlip | None] = [None, None]
    for side, tried in enumerate(([r for r in rooms[::-1] if r < room], [r for r in rooms if r > room])):
        for other in tried:
            after = funded_draws(replay, orders, np.array([other]))[0]
            if (after != funded).any():
                who = _named(replay, funded & ~after), _named(replay, after & ~funded)
                found[side] = CeilingFlip(other - room, *who)
                break
    return found[0], found[1]


def _rooms(replay: Replay, orders: Orders, funded: NDArray[np.bool_]) -> Iterator[int]:
    """Yield the rooms at which some decision of the walk turns: what a rank asks for against what is left."""
    room = left = replay.room or 0
    order = orders.places[0]
    first = np.flatnonzero(orders.starts[0]).tolist()
    for start, end in zip(first, [*first[1:], len(order)], strict=True):
        members = order[start:end]
        asked = [int(replay.amounts[member]) for member in members if replay.amounts[member]]
        fitting = sum(cost for cost in asked if cost <= left)
        for need in {*asked, sum(asked), fitting} - {0}:
            # With so much, or one rupiah less, the rank is treated in another way.
            yield from (room + need - left, room + need - left - 1)
        paid = sum(int(replay.amounts[member]) for member in members if funded[member])
        left -= paid
        if replay.budget_rule == "rank_stop" and paid < sum(asked):
            return


def _named(replay: Replay, chosen: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(map(str, replay.proposals[np.flatnonzero(chosen)]))
