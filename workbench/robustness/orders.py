"""Many orders at once: ranks with ties as values, and the declared keys that part them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.engine.scoring.ranking import RELATIVE_TOLERANCE
from workbench.robustness.replay import HEAVIEST, Floats, Replay


@dataclass(frozen=True)
class Orders:
    """Orders of the same proposals, one for each draw.

    Attributes
    ----------
    places : array (draws, proposals)
        Positions of the proposals, best first; those without a score come last.
    starts : array (draws, proposals) of bool
        Whether a new rank begins at that place: what shares a rank stands in one run.
    scored : array (draws, proposals) of bool
        By place.
    """

    places: NDArray[np.intp]
    starts: NDArray[np.bool_]
    scored: NDArray[np.bool_]

    def ranks(self) -> NDArray[np.int64]:
        """Return competition ranks (draws, proposals) by proposal; 0 where there is no score."""
        numbers = np.where(self.starts, np.arange(1, self.places.shape[1] + 1), 0)
        numbers = np.where(self.scored, np.maximum.accumulate(numbers, axis=1), 0)
        ranks = np.empty(self.places.shape, dtype=np.int64)
        np.put_along_axis(ranks, self.places, numbers, axis=1)
        return ranks


def order_draws(replay: Replay, scores: Floats, heaviest: Floats) -> Orders:
    """Order drawn scores and break their ties by the declared keys, as `prioritise` does.

    Parameters
    ----------
    replay : Replay
    scores : array (draws, proposals)
        NaN where there is no score.
    heaviest : array (draws or 1, proposals)
        Values of the key `HEAVIEST` in each draw.
    """
    places = np.argsort(-scores, axis=1, kind="stable")
    falling = np.take_along_axis(scores, places, axis=1)
    starts = np.ones(scores.shape, dtype=bool)
    starts[:, 1:] = ~(falling[:, :-1] - falling[:, 1:] <= replay.tolerance)
    keys = [
        np.broadcast_to(heaviest if name == HEAVIEST else values, scores.shape)
        for name, values in replay.keys
    ]
    if keys and not starts.all():
        _part(places, starts, keys)
    return Orders(places, starts, ~np.isnan(falling))


def _part(places: NDArray[np.intp], starts: NDArray[np.bool_], keys: list[Floats]) -> None:
    """Sort inside the runs of equal scores, key by key; changes both arrays, which the caller owns."""
    flat, new_run = places.reshape(-1), starts.reshape(-1)
    draw = np.arange(flat.size) // places.shape[1]
    run = np.cumsum(new_run, dtype=np.int64)
    for key in keys:
        members = np.flatnonzero(np.bincount(run)[run] > 1)
        if not len(members):
            return
        runs = run[members]
        values = _usable(key[draw[members], flat[members]], runs)
        order = np.lexsort((flat[members], -values, runs))
        flat[members], values = flat[members][order], values[order]
        differs = _differs(values, runs)
        new_run[members[1:][differs]] = True
        run = np.cumsum(new_run, dtype=np.int64)


def _usable(values: Floats, runs: NDArray[np.int64]) -> Floats:
    # One member without a value stops the key for its whole run, as in `break_ties`.
    first = np.flatnonzero(np.diff(runs, prepend=runs[0] - 1))
    length = np.diff(first, append=len(runs))
    missing = np.repeat(np.logical_or.reduceat(np.isnan(values), first), length)
    return np.where(missing, 0.0, values)


def _differs(values: Floats, runs: NDArray[np.int64]) -> NDArray[np.bool_]:
    first = np.flatnonzero(np.diff(runs, prepend=runs[0] - 1))
    largest = np.repeat(np.maximum.reduceat(np.abs(values), first), np.diff(first, append=len(runs)))
    apart = np.abs(np.diff(values)) > RELATIVE_TOLERANCE * largest[1:]
    return np.asarray((runs[1:] == runs[:-1]) & apart)
