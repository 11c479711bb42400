"""The answers of a room as an array: participant x proposal x criterion, in label order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.doubt.inputs import in_label_order, shares_of, unique, unit_cells
from workbench.errors import InvalidValue


@dataclass(frozen=True)
class Answers:
    """Checked answers of a room.

    Attributes
    ----------
    proposals : Index
        Sorted.
    cells : array (participants, proposals, criteria)
        Utilities in 0..1, NaN where a participant did not answer; only criteria of positive weight.
    shares : array (criteria,)
        Their weights, summing to one.
    criteria : Index
        Sorted.
    """

    proposals: pd.Index
    cells: NDArray[np.float64]
    shares: NDArray[np.float64]
    criteria: pd.Index

    def scores(self) -> NDArray[np.float64]:
        """Return the score 0..100 by proposal: weighted sum of the mean answers; NaN without any answer."""
        counts = np.ones((1, len(self.cells)))
        return np.asarray(mean_scores(self.cells, self.shares, counts)[0])


def room_answers(answers: pd.DataFrame, weights: pd.Series) -> Answers:
    """Check the answers of a room.

    Parameters
    ----------
    answers : DataFrame
        Index: (participant, proposal), two levels; columns: criteria; utilities in 0..1, NaN for no answer. A
        participant without a row for a proposal did not answer on it.
    weights : Series
        Weight by criterion.

    Returns
    -------
    Answers

    Raises
    ------
    LabelMismatch
        Weights and criteria differ.
    InvalidValue
        ``index_not_participant_and_proposal``, ``duplicate_labels``, ``not_a_number``,
        ``utilities_out_of_range``, ``nothing_to_score``, ``weights_not_usable``, ``weights_all_zero``.

    Examples
    --------
    >>> index = pd.MultiIndex.from_product([["p1", "p2"], ["road", "well"]])
    >>> answers = pd.DataFrame({"urgency": [1.0, 0.5, 0.5, np.nan]}, index=index)
    >>> room_answers(answers, pd.Series({"urgency": 1})).scores().tolist()
    [75.0, 50.0]
    """
    if answers.index.nlevels != 2:
        raise InvalidValue("index_not_participant_and_proposal", levels=answers.index.nlevels)
    unique("participant and proposal", answers.index)
    unique("criteria", answers.columns)
    if answers.empty:
        raise InvalidValue("nothing_to_score", answers=len(answers), criteria=len(answers.columns))
    criteria = pd.Index(in_label_order(answers.columns))
    shares = shares_of(weights, criteria)
    counting = np.flatnonzero(shares > 0)
    people, proposals = (pd.Index(in_label_order(answers.index.unique(level))) for level in (0, 1))
    flat = unit_cells(answers.reindex(columns=criteria[counting]))
    cells = np.full((len(people), len(proposals), len(counting)), np.nan)
    rows = people.get_indexer(answers.index.get_level_values(0))
    columns = proposals.get_indexer(answers.index.get_level_values(1))
    cells[rows, columns] = flat
    return Answers(proposals, cells, shares[counting], criteria[counting])


def mean_scores(
    cells: NDArray[np.float64], shares: NDArray[np.float64], counts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Score resampled rooms: weighted sum over criteria of the mean answer of those who answered.

    Parameters
    ----------
    cells : array (participants, proposals, criteria)
        NaN where a participant did not answer.
    shares : array (criteria,)
        Weights that sum to one.
    counts : array (draws, participants)
        How often each participant is in each drawn room.

    Returns
    -------
    array (draws, proposals)
        0..100; NaN where nobody in the room had answered on some criterion.
    """
    missing = np.isnan(cells)
    filled = np.where(missing, 0.0, cells)
    complete = ~missing.any(axis=(0, 1))
    # Criteria that everybody answered share one denominator, so one product serves them all.
    together = filled[:, :, complete] @ shares[complete]
    total = counts @ together / counts.sum(axis=1, keepdims=True)
    for column in np.flatnonzero(~complete).tolist():
        answered = counts @ (~missing[:, :, column]).astype(np.float64)
        sums = counts @ filled[:, :, column]
        total += shares[column] * np.divide(
            sums, answered, out=np.full_like(sums, np.nan), where=answered > 0
        )
    return np.asarray(100.0 * total)
