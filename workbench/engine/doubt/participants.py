"""Doubt about who was in the room: resampling the participants."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.doubt.answers import mean_scores, room_answers
from workbench.engine.doubt.inputs import positive_count
from workbench.engine.doubt.rank_doubt import RankDoubt, rank_doubt
from workbench.errors import InvalidValue


def bootstrap_participants(
    answers: pd.DataFrame, weights: pd.Series, *, draws: int, seed: int, level: float = 0.95
) -> RankDoubt:
    """Draw rooms of the same size from the participants, with replacement, and rank each room's mean answers.

    Parameters
    ----------
    answers : DataFrame
        Index: (participant, proposal); columns: criteria; utilities in 0..1, NaN for no answer.
    weights : Series
        Weight by criterion.
    draws, seed : int
        Number of drawn rooms, and their seed.
    level : float
        Of the intervals.

    Returns
    -------
    RankDoubt
        With source ``"participants"``. Nothing is filled in: a proposal on which nobody in a drawn room
        answered has no score in that draw.

    Raises
    ------
    LabelMismatch, InvalidValue
        As `workbench.engine.doubt.answers.room_answers`; ``too_few_participants`` below two (one person's
        resamples are all alike, which is no certainty), ``draws_out_of_range``, ``level_out_of_range``.

    References
    ----------
    Efron, B. (1979). Bootstrap methods: another look at the jackknife. Annals of Statistics 7(1), 1-26.

    Examples
    --------
    >>> index = pd.MultiIndex.from_product([["p1", "p2", "p3"], ["road", "well"]])
    >>> answers = pd.DataFrame({"urgency": [1.0, 0.0, 0.75, 0.25, 1.0, 0.5]}, index=index)
    >>> doubt = bootstrap_participants(answers, pd.Series({"urgency": 1}), draws=200, seed=1)
    >>> doubt.ranks.loc["road", 1].item(), doubt.neighbours["tied"].tolist()
    (1.0, [False])
    """
    positive_count("draws", draws)
    if not 0 < level < 1:
        raise InvalidValue("level_out_of_range", level=level, lowest=0, highest=1)
    room = room_answers(answers, weights)
    people = len(room.cells)
    if people < 2:
        raise InvalidValue("too_few_participants", participants=people, lowest=2)
    score_draws = mean_scores(room.cells, room.shares, _room_counts(people, draws, seed))
    return rank_doubt(
        "participants",
        room.proposals,
        room.scores(),
        score_draws,
        participants=people,
        seed=seed,
        level=level,
    )


def _room_counts(people: int, draws: int, seed: int) -> NDArray[np.float64]:
    chosen = np.random.default_rng(seed).integers(0, people, (draws, people))
    chosen += np.arange(draws)[:, np.newaxis] * people
    return np.bincount(chosen.ravel(), minlength=draws * people).reshape(draws, people).astype(np.float64)
