"""Doubt about what a point on the scale stands for: a 4 may have been anything from 3.5 to 4.5."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.doubt.answers import Answers, room_answers
from workbench.engine.doubt.inputs import positive_count
from workbench.engine.doubt.rank_doubt import RankDoubt, rank_doubt
from workbench.errors import InvalidValue, same_labels

BLOCK_CELLS = 1 << 21


def round_judgements(
    answers: pd.DataFrame, weights: pd.Series, steps: pd.Series, *, draws: int, seed: int, level: float = 0.95
) -> RankDoubt:
    """Replace each answer by a uniform draw over the half steps around it, and rank the means.

    Parameters
    ----------
    answers : DataFrame
        Index: (participant, proposal); columns: criteria; utilities in 0..1, NaN for no answer.
    weights : Series
        Weight by criterion.
    steps : Series
        Distance of two neighbouring points of the scale, in utility, by criterion: 0.25 for points 1 to 5; 0
        where the value is measured and not judged. Draws stay within 0..1.
    draws, seed : int
        Number of draws, and their seed.
    level : float
        Of the intervals.

    Returns
    -------
    RankDoubt
        With source ``"rounding"``; one participant is enough.

    Raises
    ------
    LabelMismatch, InvalidValue
        As `workbench.engine.doubt.answers.room_answers`; ``steps_not_usable`` with the criteria,
        ``draws_out_of_range``, ``level_out_of_range``.

    References
    ----------
    Saaty, T. L., & Vargas, L. G. (1987). Uncertainty and rank order in the analytic hierarchy process. EJOR
    32(1).

    Examples
    --------
    >>> index = pd.MultiIndex.from_product([["p1"], ["road", "well"]])
    >>> answers = pd.DataFrame({"urgency": [1.0, 0.75], "benefit": [0.75, 0.75]}, index=index)
    >>> weights = pd.Series({"urgency": 1, "benefit": 1})
    >>> steps = pd.Series({"urgency": 0.25, "benefit": 0.25})
    >>> round_judgements(answers, weights, steps, draws=500, seed=1).neighbours["tied"].tolist()
    [True]
    """
    positive_count("draws", draws)
    if not 0 < level < 1:
        raise InvalidValue("level_out_of_range", level=level, lowest=0, highest=1)
    same_labels("steps of the criteria", answers.columns, steps.index)
    room = room_answers(answers, weights)
    score_draws = _drawn_scores(room, _half_steps(steps, room.criteria), draws, seed)
    return rank_doubt(
        "rounding",
        room.proposals,
        room.scores(),
        score_draws,
        participants=len(room.cells),
        seed=seed,
        level=level,
    )


def _half_steps(steps: pd.Series, criteria: pd.Index) -> NDArray[np.float64]:
    widths = np.asarray(steps.reindex(criteria).to_numpy(dtype=np.float64, na_value=np.nan))
    broken = np.flatnonzero(~((widths >= 0) & (widths <= 1)))
    if len(broken):
        offenders = {str(criteria[position]): float(widths[position]) for position in broken.tolist()}
        raise InvalidValue("steps_not_usable", criteria=offenders, lowest=0.0, highest=1.0)
    return widths / 2


def _drawn_scores(
    room: Answers, half_steps: NDArray[np.float64], draws: int, seed: int
) -> NDArray[np.float64]:
    low = np.maximum(room.cells - half_steps, 0.0)
    width = np.minimum(room.cells + half_steps, 1.0) - low
    answered = (~np.isnan(room.cells)).sum(axis=0)
    # The mean over those who answered, and then the weighted sum: one factor for each cell of each
    # participant.
    factor = np.divide(100.0 * room.shares, answered, out=np.full(answered.shape, np.nan), where=answered > 0)
    base = np.nan_to_num(low).sum(axis=0) * factor
    spread = np.nan_to_num(width) * factor
    generator = np.random.default_rng(seed)
    block = max(1, BLOCK_CELLS // room.cells.size)
    parts = [
        np.einsum("dpmn,pmn->dm", generator.random((min(block, draws - start), *room.cells.shape)), spread)
        for start in range(0, draws, block)
    ]
    return np.asarray(np.concatenate(parts) + base.sum(axis=1))
