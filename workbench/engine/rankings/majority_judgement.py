"""Majority judgement for scales of words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.rankings.profile import Floats
from workbench.engine.rankings.sheets import sheet
from workbench.errors import InvalidValue, same_labels

SAME_SHARE = 1e-12
"""Shares closer than this are one share: they come from divisions of counts."""


@dataclass(frozen=True, eq=False)
class MajorityJudgement:
    """Median words and the order that follows.

    Attributes
    ----------
    median : Series by proposal
        Lower median grade: the best grade that at least half of the answers reach or pass.
    above, below : Series by proposal
        Share of the answers better and worse than the median grade.
    shares : DataFrame, proposals x grades
        Share of the answers at each grade, from the worst grade to the best.
    answers : Series by proposal
        Weight of the answers; participants without an answer do not count.
    ranks : Series by proposal
        Best first; proposals with the same shares share the place; NaN without any answer.
    """

    median: pd.Series
    above: pd.Series
    below: pd.Series
    shares: pd.DataFrame
    answers: pd.Series
    ranks: pd.Series


def majority_judgement(grades: pd.DataFrame, weights: pd.Series | None = None) -> MajorityJudgement:
    """Order proposals by their median word, then by removing medians one by one (Balinski & Laraki 2011).

    Equal medians are told apart by taking one answer with the median grade out of each proposal and comparing
    the new lower medians, again and again. That walk visits each side of the middle in turn, the lower side
    first, so it is done here on the shares of answers at each grade; doubling the whole room changes nothing.
    When proposals carry different numbers of answers, each is read as shares of its own answers, which is the
    walk on everybody's answers repeated up to a common number.

    Parameters
    ----------
    grades : DataFrame, participants x proposals
        Grade as a number, more is better (1 = worst word of the scale); NaN is no answer. Grades are only
        ordered: their distances mean nothing.
    weights : Series by participant, optional

    Raises
    ------
    InvalidValue
        ``no_answers`` when the table holds no grade at all, ``invalid_weights``, ``duplicate_label``,
        ``not_a_number``, ``not_finite``.
    LabelMismatch
        When weights and grades do not name the same participants.

    Examples
    --------
    >>> words = pd.DataFrame({"well": [5, 4, 1], "road": [4, 4, 3]}, index=["p1", "p2", "p3"])
    >>> result = majority_judgement(words)
    >>> result.median.tolist(), result.ranks.tolist()
    ([4.0, 4.0], [2.0, 1.0])
    """
    voice = pd.Series(1.0, index=grades.index) if weights is None else weights.astype("float64")
    same_labels("weights of participants", grades.index, voice.index)
    if not np.isfinite(voice).all() or (voice < 0).any():
        raise InvalidValue("invalid_weights", weights=tuple(voice))
    values = sheet(grades, "grades").to_numpy()
    scale = np.unique(values[~np.isnan(values)])
    if len(scale) == 0:
        raise InvalidValue("no_answers", subject="grades", shape=grades.shape)
    counts = np.stack([voice.loc[grades.index].to_numpy() @ (values == grade) for grade in scale], axis=1)
    return _judged(counts, scale, grades.columns)


def _judged(counts: Floats, scale: Floats, proposals: pd.Index) -> MajorityJudgement:
    answers = counts.sum(axis=1)
    heard = answers > 0
    shares = np.divide(counts, answers[:, None], out=np.full(counts.shape, np.nan), where=heard[:, None])
    reached = np.cumsum(counts, axis=1)[:, :-1]
    reached = np.divide(reached, answers[:, None], out=np.zeros(reached.shape), where=heard[:, None])
    middle = np.where(heard, (reached < 0.5 - SAME_SHARE).sum(axis=1), 0)
    medians = np.where(heard, scale[middle], np.nan)
    grade = np.arange(len(scale))
    above = np.where(heard, np.nansum(np.where(grade > middle[:, None], shares, 0.0), axis=1), np.nan)
    below = np.where(heard, np.nansum(np.where(grade < middle[:, None], shares, 0.0), axis=1), np.nan)
    return MajorityJudgement(
        median=pd.Series(medians, index=proposals),
        above=pd.Series(above, index=proposals),
        below=pd.Series(below, index=proposals),
        shares=pd.DataFrame(shares, index=proposals, columns=scale),
        answers=pd.Series(answers, index=proposals),
        ranks=_ranks_of_walks(_walks(reached), heard, proposals),
    )


def _walks(reached: Floats) -> NDArray[np.int64]:
    """List the grades met on the walk from the middle outwards, lower side first; one row a proposal.

    ``reached`` holds the share of answers at or below each grade but the best.
    """
    depths = np.sort(np.r_[0.0, np.minimum(reached, 1.0 - reached).ravel(), 0.5])
    # Shares such as 1/3 and 1 - 2/3 are one depth, not two with a sliver between them.
    depths = depths[np.r_[True, np.diff(depths) > SAME_SHARE]]
    middles = ((depths[:-1] + depths[1:]) / 2)[::-1]
    lower = (reached[:, None, :] <= middles[None, :, None]).sum(axis=2)
    upper = (reached[:, None, :] <= 1.0 - middles[None, :, None]).sum(axis=2)
    return np.stack([lower, upper], axis=2).reshape(len(reached), -1)


def _ranks_of_walks(walks: NDArray[np.int64], heard: NDArray[np.bool_], proposals: pd.Index) -> pd.Series:
    ranks = np.full(len(walks), np.nan)
    known = np.flatnonzero(heard)
    order = known[np.lexsort(walks[known, ::-1].T)][::-1]
    for place, item in enumerate(order):
        same = place > 0 and np.array_equal(walks[item], walks[order[place - 1]])
        ranks[item] = ranks[order[place - 1]] if same else place + 1.0
    return pd.Series(ranks, index=proposals)
