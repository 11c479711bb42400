"""Many recalculations at once: cells, utilities and scores of drawn rooms and drawn weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from workbench.engine.aggregation import kept_of
from workbench.robustness.replay import Cards, Floats, Replay

HUNDRED = 100.0


def measure_draws(replay: Replay, counts: Floats) -> list[Floats]:
    """Return, for each criterion, the measures (draws, proposals) of drawn rooms.

    Parameters
    ----------
    replay : Replay
    counts : array (draws, people)
        How often each person is in each drawn room. Nothing is filled in: where nobody in the room answered,
        the value is missing.
    """
    aggregate = AGGREGATIONS[replay.aggregation]
    return [
        aggregate(_of_criterion(replay.cards, position), counts, len(replay.proposals))
        if replay.judged[position]
        else replay.measures[np.newaxis, :, position]
        for position in range(len(replay.criteria))
    ]


def as_given(replay: Replay) -> list[Floats]:
    """Return the measures of the outcome itself, one row for each criterion."""
    return [replay.measures[np.newaxis, :, position] for position in range(len(replay.criteria))]


def score_draws(replay: Replay, measures: list[Floats], weights: Floats) -> Floats:
    """Return scores (draws, proposals); missing where a criterion has no value.

    Parameters
    ----------
    replay : Replay
    measures : list of arrays (draws or 1, proposals)
        By criterion.
    weights : array (draws or 1, criteria)
        Positive, each row summing to one.
    """
    return SCORES[replay.method](measures_to_values(replay, measures), weights)


def measures_to_values(replay: Replay, measures: list[Floats]) -> list[Floats]:
    """Place measures between their anchors; points that are added up stay as they are."""
    if not replay.weighted:
        return measures
    return [_utility(replay, position, values) for position, values in enumerate(measures)]


def heaviest_values(values: list[Floats], weights: Floats, draws: int) -> Floats:
    """Return the tie key of the heaviest criteria (draws, proposals): the sum of their utilities."""
    heavy = weights >= weights.max(axis=1, keepdims=True) * (1 - 1e-12)
    total = np.zeros((draws, values[0].shape[1]))
    for position, column in enumerate(values):
        mine = heavy[:, position, np.newaxis]
        total += np.where(mine, column, 0.0)
    return total


def _utility(replay: Replay, position: int, values: Floats) -> Floats:
    low, high = replay.low[position], replay.high[position]
    share = (values - low) / (high - low)
    return np.asarray(np.clip(1.0 - share if replay.falling[position] else share, 0.0, 1.0))


def _sum(values: list[Floats], weights: Floats) -> Floats:
    total = sum(column * (HUNDRED * weights[:, [position]]) for position, column in enumerate(values))
    return np.asarray(np.minimum(total, HUNDRED))


def _product(values: list[Floats], weights: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        total = sum(np.log(column) * weights[:, [position]] for position, column in enumerate(values))
    return np.asarray(HUNDRED * np.exp(np.minimum(total, 0.0)))


def _points(values: list[Floats], weights: Floats) -> Floats:
    total = np.asarray(sum(values))
    return np.broadcast_to(total, (max(len(total), len(weights)), total.shape[1]))


SCORES: Mapping[str, Callable[[list[Floats], Floats], Floats]] = MappingProxyType(
    {"weighted_sum": _sum, "weighted_product": _product, "plain_sum": _points}
)
"""Batched twins of the methods in `Rules.scoring`."""


def _of_criterion(cards: Cards, position: int) -> Cards:
    chosen = cards.criterion == position
    return Cards(
        cards.people,
        cards.person[chosen],
        cards.proposal[chosen],
        cards.criterion[chosen],
        cards.points[chosen],
        cards.names,
    )


def _table(cards: Cards, proposals: int, values: NDArray[np.float64]) -> Floats:
    """Add values into a table (people, proposals)."""
    flat = np.bincount(
        cards.person * proposals + cards.proposal, weights=values, minlength=cards.people * proposals
    )
    return np.asarray(flat.reshape(cards.people, proposals), dtype=np.float64)


def _mean(cards: Cards, counts: Floats, proposals: int) -> Floats:
    answered = counts @ _table(cards, proposals, np.ones(len(cards.points)))
    sums = counts @ _table(cards, proposals, cards.points)
    return np.divide(sums, answered, out=np.full_like(sums, np.nan), where=answered > 0)


def _median(cards: Cards, counts: Floats, proposals: int) -> Floats:
    # Points are few distinct numbers: counting how many are at or below each gives both middle answers.
    steps = np.unique(cards.points)
    below = np.zeros((len(counts), proposals))
    answered = counts @ _table(cards, proposals, np.ones(len(cards.points)))
    first, second = np.floor((answered - 1) / 2), np.floor(answered / 2)
    low, high = np.full(below.shape, np.nan), np.full(below.shape, np.nan)
    for step in steps:
        below += counts @ _table(cards, proposals, (cards.points == step).astype(np.float64))
        low = np.where(np.isnan(low) & (below > first), step, low)
        high = np.where(np.isnan(high) & (below > second), step, high)
    return np.where(answered > 0, (low + high) / 2, np.nan)


def _trimmed_mean(cards: Cards, counts: Floats, proposals: int) -> Floats:
    answered = counts @ _table(cards, proposals, np.ones(len(cards.points)))
    below, sums, weights = (np.zeros((len(counts), proposals)) for _ in range(3))
    for step in np.unique(cards.points):
        here = counts @ _table(cards, proposals, (cards.points == step).astype(np.float64))
        kept = kept_of(below, here, answered)
        sums, weights, below = sums + kept * step, weights + kept, below + here
    return np.divide(sums, weights, out=np.full_like(sums, np.nan), where=answered > 0)


AGGREGATIONS: Mapping[str, Callable[[Cards, Floats, int], Floats]] = MappingProxyType(
    {"mean": _mean, "median": _median, "trimmed_mean": _trimmed_mean}
)
"""Batched twins of `workbench.engine.aggregation.AGGREGATIONS`."""
