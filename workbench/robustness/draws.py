"""What is drawn anew in a recalculation: weights, people, or what a point on the scale stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from workbench.engine.aggregation import kept_of
from workbench.robustness.replay import Floats, Replay

MOVE = 0.25
"""In the joint recalculation each weight moves at random by at most this share of itself, up or down."""
BLOCK = 1 << 20
"""Random numbers that are held at once."""


def moved_weights(replay: Replay, draws: int, seed: int) -> Floats:
    """Return weights (draws, criteria), each moved by at most `MOVE` of itself, summing to one again."""
    factor = 1.0 + MOVE * (2.0 * np.random.default_rng(seed).random((draws, len(replay.weights))) - 1.0)
    moved = replay.weights * factor
    return np.asarray(moved / moved.sum(axis=1, keepdims=True))


def drawn_rooms(replay: Replay, draws: int, seed: int) -> Floats:
    """Return how often each person is in each room (draws, people), drawn with replacement to equal size."""
    people = replay.cards.people
    chosen = np.random.default_rng(seed).integers(0, people, (draws, people))
    chosen += np.arange(draws)[:, np.newaxis] * people
    return np.asarray(
        np.bincount(chosen.ravel(), minlength=draws * people).reshape(draws, people), dtype=np.float64
    )


def rounded_measures(replay: Replay, draws: int, seed: int) -> list[Floats]:
    """Replace each answer by a uniform draw over the half steps around it, inside its scale.

    The step of a criterion is the smallest distance between two points that people gave on it: 1 on a scale
    of whole points, whatever its ends.
    """
    generator = np.random.default_rng(seed)
    measures = []
    for position in range(len(replay.criteria)):
        given = replay.cards.criterion == position
        if not given.any():
            measures.append(replay.measures[np.newaxis, :, position])
            continue
        points, proposal = replay.cards.points[given], replay.cards.proposal[given]
        half = _step(points) / 2
        low = np.maximum(points - half, min(replay.low[position], points.min()))
        width = np.minimum(points + half, max(replay.high[position], points.max())) - low
        measures.append(_drawn_cells(replay, (low, width, proposal), draws, generator))
    return measures


def _step(points: Floats) -> float:
    distances = np.diff(np.unique(points))
    return float(distances.min()) if len(distances) else 1.0


def _drawn_cells(
    replay: Replay,
    answers: tuple[Floats, Floats, NDArray[np.intp]],
    draws: int,
    generator: np.random.Generator,
) -> Floats:
    low, width, proposal = answers
    cells = np.full((draws, len(replay.proposals)), np.nan)
    first = np.flatnonzero(np.diff(proposal, prepend=-1))
    block = max(1, BLOCK // len(low))
    for start in range(0, draws, block):
        count = min(block, draws - start)
        drawn = low + width * generator.random((count, len(low)))
        cells[start : start + count, proposal[first]] = MIDDLES[replay.aggregation](drawn, first)
    return cells


def _means(drawn: Floats, first: NDArray[np.intp]) -> Floats:
    sums = np.add.reduceat(drawn, first, axis=1)
    return np.asarray(sums / np.diff(first, append=drawn.shape[1]))


def _medians(drawn: Floats, first: NDArray[np.intp]) -> Floats:
    return np.column_stack([np.median(cell, axis=1) for cell in np.split(drawn, first[1:], axis=1)])


def _trimmed_means(drawn: Floats, first: NDArray[np.intp]) -> Floats:
    columns = []
    for cell in np.split(drawn, first[1:], axis=1):
        answers = float(cell.shape[1])
        kept = kept_of(np.arange(answers), np.ones(cell.shape[1]), np.full(cell.shape[1], answers))
        columns.append(np.sort(cell, axis=1) @ (kept / kept.sum()))
    return np.column_stack(columns)


MIDDLES: Mapping[str, Callable[[Floats, NDArray[np.intp]], Floats]] = MappingProxyType(
    {"mean": _means, "median": _medians, "trimmed_mean": _trimmed_means}
)
"""How the drawn answers of one cell, standing side by side, become one value."""
