"""Ranks with ties as values: equal scores share a rank, and row order never decides."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.scoring.inputs import canonical, numbers, unique_labels
from workbench.errors import InvalidValue

RELATIVE_TOLERANCE = 1e-12
"""Scores closer than this share of the scale differ by the computer's rounding, not by a judgement."""


@dataclass(frozen=True)
class Ranking:
    """Competition ranks (1, 2, 2, 4) of scored proposals.

    Attributes
    ----------
    scores : Series
        The scores as given, by proposal.
    ranks : Series
        Rank by proposal (1 is the highest score), in the order of `scores`, without the unranked.
    ties : tuple of tuples
        Groups of two or more proposals that share a rank, best rank first, labels sorted.
    unranked : tuple
        Proposals without a score, sorted.
    tolerance : float
        Scores whose neighbours in order differ by no more than this share a rank.
    """

    scores: pd.Series
    ranks: pd.Series
    ties: tuple[tuple[Hashable, ...], ...]
    unranked: tuple[Hashable, ...]
    tolerance: float

    def groups(self) -> tuple[tuple[Hashable, ...], ...]:
        """Return all proposals that have a rank, best first; those that share a rank stand in one group."""
        members: dict[int, list[Hashable]] = {}
        for label, rank in zip(self.ranks.index, self.ranks.tolist(), strict=True):
            members.setdefault(rank, []).append(label)
        return tuple(tuple(canonical(members[rank])) for rank in sorted(members))


def rank_with_ties(scores: pd.Series, *, scale: float = 100.0) -> Ranking:
    """Rank scores from high to low; scores that are equal up to rounding share a rank.

    Parameters
    ----------
    scores : Series
        Score by proposal; NaN means "not scored" and gets no rank.
    scale : float
        Width of the scale of the scores; neighbours in order closer than 1e-12 of it are tied.

    Returns
    -------
    Ranking

    Raises
    ------
    InvalidValue
        ``duplicate_labels``, ``not_a_number``, ``scores_not_finite`` with the proposals,
        ``scale_not_positive``.

    Examples
    --------
    >>> ranking = rank_with_ties(pd.Series({"road": 70.0, "well": 80.0, "clinic": 70.0, "bridge": 60.0}))
    >>> ranking.ranks.to_dict()
    {'road': 2, 'well': 1, 'clinic': 2, 'bridge': 4}
    >>> ranking.ties
    (('clinic', 'road'),)
    """
    unique_labels("scores", scores.index)
    if not 0 < scale < float("inf"):
        raise InvalidValue("scale_not_positive", scale=scale)
    values = numbers("scores", scores)
    if np.isinf(values).any():
        raise InvalidValue(
            "scores_not_finite", proposals=tuple(map(str, canonical(scores.index[np.isinf(values)])))
        )
    tolerance = RELATIVE_TOLERANCE * scale
    scored = ~np.isnan(values)
    labels = scores.index if scored.all() else scores.index[scored]
    ranks = competition_ranks(values[scored], tolerance)
    return Ranking(
        scores=scores,
        ranks=pd.Series(ranks, index=labels, name="rank"),
        ties=_tie_groups(labels, ranks),
        unranked=tuple(canonical(scores.index[~scored])),
        tolerance=tolerance,
    )


def competition_ranks(values: NDArray[np.float64], tolerance: float) -> NDArray[np.int64]:
    """Rank plain numbers from high to low, 1-based; a kernel that takes an array without NaN.

    Neighbours in sorted order that differ by no more than `tolerance` share the rank of the first of them.

    Examples
    --------
    >>> competition_ranks(np.array([3.0, 5.0, 3.0]), 0.0).tolist()
    [2, 1, 2]
    """
    order = np.argsort(-values, kind="stable")
    falling = values[order]
    starts = np.ones(len(values), dtype=bool)
    starts[1:] = falling[:-1] - falling[1:] > tolerance
    positions = np.arange(1, len(values) + 1)
    ranks = np.empty(len(values), dtype=np.int64)
    ranks[order] = np.maximum.accumulate(np.where(starts, positions, 0))
    return ranks


def _tie_groups(labels: pd.Index, ranks: NDArray[np.int64]) -> tuple[tuple[Hashable, ...], ...]:
    counts = np.bincount(ranks, minlength=1)
    shared = np.flatnonzero(counts > 1)
    if not len(shared):
        return ()
    members: dict[int, list[Hashable]] = {int(rank): [] for rank in shared}
    positions = np.flatnonzero(counts[ranks] > 1)
    for label, rank in zip(labels[positions].tolist(), ranks[positions].tolist(), strict=True):
        members[rank].append(label)
    return tuple(tuple(canonical(members[rank])) for rank in sorted(members))


def round_half_up(scores: pd.Series, decimals: int) -> pd.Series:
    """Round scores as people do (2.5 to 3), for a forum whose rule compares the printed figures.

    A score within 1e-9 of a half counts as that half, so the computer's rounding never decides.

    Parameters
    ----------
    scores : Series
        Score by proposal; NaN stays NaN.
    decimals : int
        Digits after the decimal comma, 0 to 6.

    Raises
    ------
    InvalidValue
        ``decimals_out_of_range``.

    Examples
    --------
    >>> round_half_up(pd.Series({"road": 79.245, "well": 79.2449}), 2).to_dict()
    {'road': 79.25, 'well': 79.24}
    """
    if not 0 <= decimals <= 6:
        raise InvalidValue("decimals_out_of_range", decimals=decimals, lowest=0, highest=6)
    factor = 10**decimals
    values = numbers("scores", scores)
    rounded = np.sign(values) * np.floor(np.abs(values) * factor + 0.5 + 1e-9) / factor
    return pd.Series(rounded, index=scores.index, name=scores.name)
