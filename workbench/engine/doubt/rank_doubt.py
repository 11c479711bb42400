"""From drawn scores to what can be said of an order: rank probabilities, intervals, and who is tied."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.doubt.inputs import SLACK


@dataclass(frozen=True)
class RankDoubt:
    """How sure an order is under one source of doubt.

    Attributes
    ----------
    source : str
        ``"participants"`` (who was in the room) or ``"rounding"`` (what a point on the scale stands for).
    scores : Series
        Score by proposal, 0..100, without any drawing; missing where nobody gave a value on some criterion.
    lower, upper : Series
        Interval of the score by proposal.
    ranks : DataFrame
        Proposal x rank: share of draws; proposals that tie in a draw share the better rank. A row sums to one
        less the share of draws in which the proposal has no score.
    neighbours : DataFrame
        One row for each two proposals that follow each other in the order of `scores` (equal scores by
        label). Columns: ``first``, ``second``, ``difference``, ``lower``, ``upper`` (interval of the
        difference), ``tied`` (whether it covers zero).
    without_score : Series
        Share of draws in which the proposal has no score, because nobody drawn had answered on some
        criterion.
    participants, draws, seed : int
    level : float
        Of the intervals, for example 0.95.
    """

    source: str
    scores: pd.Series
    lower: pd.Series
    upper: pd.Series
    ranks: pd.DataFrame
    neighbours: pd.DataFrame
    without_score: pd.Series
    participants: int
    draws: int
    seed: int
    level: float


def batched_ranks(scores: NDArray[np.float64], tolerance: float) -> NDArray[np.int64]:
    """Rank each row of plain scores (draws, proposals) from high to low; 0 where the score is NaN.

    Neighbours in sorted order that differ by no more than `tolerance` share the better rank.

    Examples
    --------
    >>> batched_ranks(np.array([[2.0, 3.0, 2.0], [1.0, np.nan, 5.0]]), 0.0).tolist()
    [[2, 1, 2], [2, 0, 1]]
    """
    order = np.argsort(-scores, axis=1, kind="stable")
    falling = np.take_along_axis(scores, order, axis=1)
    starts = np.ones(scores.shape, dtype=bool)
    starts[:, 1:] = ~(falling[:, :-1] - falling[:, 1:] <= tolerance)
    positions = np.where(starts, np.arange(1, scores.shape[1] + 1), 0)
    ranks = np.empty(scores.shape, dtype=np.int64)
    np.put_along_axis(ranks, order, np.maximum.accumulate(positions, axis=1), axis=1)
    ranks[np.isnan(scores)] = 0
    return ranks


def rank_probabilities(score_draws: NDArray[np.float64], tolerance: float) -> NDArray[np.float64]:
    """Return (proposals, proposals): the share of draws in which the row has rank column + 1.

    Examples
    --------
    >>> rank_probabilities(np.array([[2.0, 3.0], [4.0, 1.0]]), 0.0).tolist()
    [[0.5, 0.5], [0.5, 0.5]]
    """
    draws, proposals = score_draws.shape
    ranks = batched_ranks(score_draws, tolerance)
    cells = np.arange(proposals) * (proposals + 1) + ranks
    counts = np.bincount(cells.ravel(), minlength=proposals * (proposals + 1))
    return np.asarray(counts.reshape(proposals, proposals + 1)[:, 1:] / draws)


def tied_pairs(score_draws: NDArray[np.float64], level: float) -> NDArray[np.bool_]:
    """Tell for every two proposals whether the interval of the difference of drawn scores covers zero.

    Zero is covered when neither proposal is strictly ahead in more than level + (1 - level) / 2 of the draws
    in which both have a score; with no such draw they count as tied, because nothing tells them apart.

    Parameters
    ----------
    score_draws : array (draws, proposals)
        NaN where a proposal has no score in a draw.
    level : float
        Between 0 and 1.

    Returns
    -------
    array (proposals, proposals) of bool
        Symmetric, True on the diagonal.

    Examples
    --------
    >>> draws = np.array([[3.0, 2.0, 1.0], [3.0, 1.0, 2.0]] * 50)
    >>> tied_pairs(draws, 0.95).tolist()
    [[True, False, False], [False, True, True], [False, True, True]]
    """
    columns = np.ascontiguousarray(score_draws.T)
    both = np.isfinite(columns).astype(np.float64)
    common = both @ both.T
    ahead = np.empty_like(common)
    for row, own in enumerate(columns):
        ahead[row] = np.count_nonzero(own > columns + SLACK * 100, axis=1)
    decided = np.maximum(ahead, ahead.T) > (1 + level) / 2 * common
    return np.asarray(~decided)


def rank_doubt(
    source: str,
    proposals: pd.Index,
    scores: NDArray[np.float64],
    score_draws: NDArray[np.float64],
    *,
    participants: int,
    seed: int,
    level: float,
) -> RankDoubt:
    """Summarise drawn scores (draws, proposals) beside the scores without drawing."""
    lower, upper = _interval(score_draws, level)
    places = pd.RangeIndex(1, len(proposals) + 1, name="rank")
    return RankDoubt(
        source=source,
        scores=pd.Series(scores, index=proposals, name="score"),
        lower=pd.Series(lower, index=proposals, name="lower"),
        upper=pd.Series(upper, index=proposals, name="upper"),
        ranks=pd.DataFrame(rank_probabilities(score_draws, SLACK * 100), index=proposals, columns=places),
        neighbours=_neighbours(proposals, scores, score_draws, level),
        without_score=pd.Series(np.isnan(score_draws).mean(axis=0), index=proposals, name="without_score"),
        participants=participants,
        draws=len(score_draws),
        seed=seed,
        level=level,
    )


def _interval(
    score_draws: NDArray[np.float64], level: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    tail = (1 - level) / 2
    if not np.isnan(score_draws).any():
        lower, upper = np.quantile(score_draws, [tail, 1 - tail], axis=0)
        return lower, upper
    columns = [column[~np.isnan(column)] for column in score_draws.T]
    ends = [np.quantile(c, [tail, 1 - tail]) if len(c) else np.array([np.nan, np.nan]) for c in columns]
    lower, upper = np.array(ends).T
    return lower, upper


def _neighbours(
    proposals: pd.Index, scores: NDArray[np.float64], score_draws: NDArray[np.float64], level: float
) -> pd.DataFrame:
    scored = np.flatnonzero(~np.isnan(scores))
    order = scored[np.argsort(-np.round(scores[scored], 9), kind="stable")]
    first, second = order[:-1], order[1:]
    lower, upper = _interval(score_draws[:, first] - score_draws[:, second], level)
    return pd.DataFrame(
        {
            "first": proposals[first],
            "second": proposals[second],
            "difference": scores[first] - scores[second],
            "lower": lower,
            "upper": upper,
            "tied": ~((lower > SLACK * 100) | (upper < -SLACK * 100)),
        }
    )
