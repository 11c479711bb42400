"""Weightings of the people of a room, and what an aggregation has to look like.

An `Aggregation` takes voices x participants (one weighting of the people a row) and gives voices x proposals
scores, more is better, of which only the order counts. Any rule that turns weighted people into an order can
be examined with it; rules that work on many rows at once make it fast.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.influence.cells import Cells
from workbench.errors import InvalidValue, same_labels

Floats: TypeAlias = NDArray[np.float64]
Aggregation: TypeAlias = Callable[[pd.DataFrame], pd.DataFrame]

ALL = "(all)"
EXACT_INTEGER = 2**53


def one_person_one_voice(cells: Cells) -> pd.Series:
    """Give every participant the weight 1.

    Examples
    --------
    >>> from workbench.engine.influence.cells import safe_cells
    >>> one_person_one_voice(safe_cells(pd.Series(list("aaaaabbbbb")))).sum()
    np.float64(10.0)
    """
    return pd.Series(1.0, index=cells.members.index)


def one_group_one_voice(cells: Cells) -> pd.Series:
    """Give every cell the same weight, shared equally by its people.

    Whole numbers where they stay exact (least common multiple of the sizes), so that ties stay ties.

    Examples
    --------
    >>> from workbench.engine.influence.cells import safe_cells
    >>> weights = one_group_one_voice(safe_cells(pd.Series(list("aaaaaaaaaabbbbb"))))
    >>> sorted(set(weights))
    [1.0, 2.0]
    """
    multiple = math.lcm(*(int(size) for size in cells.sizes))
    total = float(multiple) if multiple * max(1, len(cells.sizes)) < EXACT_INTEGER else 1.0
    share = total / cells.sizes
    return pd.Series(share.loc[cells.members].to_numpy(dtype="float64"), index=cells.members.index)


def heard(aggregation: Aggregation, voices: pd.DataFrame) -> pd.DataFrame:
    """Ask an aggregation for the scores under some voices, and check what comes back.

    Returns
    -------
    DataFrame, voices x proposals
        Proposals in label order.

    Raises
    ------
    LabelMismatch
        When the aggregation answers for other voices.
    InvalidValue
        ``nothing_to_rank`` when it knows no proposal.

    Examples
    --------
    >>> points = pd.DataFrame({"well": [5.0, 1.0], "road": [2.0, 4.0]}, index=["p1", "p2"])
    >>> voices = pd.DataFrame([[1.0, 0.0]], index=["p1 alone"], columns=["p1", "p2"])
    >>> heard(lambda weights: weights @ points, voices).columns.tolist()
    ['road', 'well']
    """
    scores = aggregation(voices)
    same_labels("voices", voices.index, scores.index)
    if scores.shape[1] == 0:
        raise InvalidValue("nothing_to_rank", voices=len(voices))
    order = np.argsort(np.array([str(label) for label in scores.columns], dtype=object), kind="stable")
    return scores.loc[voices.index, scores.columns[order]].astype("float64")


def resampled(participants: pd.Index, draws: int, seed: int) -> pd.DataFrame:
    """Draw rooms of the same size with replacement: how often each person is in each (Efron 1979).

    Returns
    -------
    DataFrame, draws x participants
        Whole counts; every row sums to the number of participants.

    Raises
    ------
    InvalidValue
        ``invalid_draws``.

    Examples
    --------
    >>> resampled(pd.Index(["a", "b", "c"]), draws=4, seed=1).sum(axis=1).tolist()
    [3.0, 3.0, 3.0, 3.0]
    """
    people = len(participants)
    if draws < 1 or people < 1:
        raise InvalidValue("invalid_draws", draws=draws, participants=people)
    picked = np.random.default_rng(seed).integers(0, people, size=(draws, people))
    picked += np.arange(draws)[:, None] * people
    counts = np.bincount(picked.ravel(), minlength=draws * people).reshape(draws, people)
    order = np.argsort(np.array([str(label) for label in participants], dtype=object), kind="stable")
    return pd.DataFrame(counts.astype("float64"), columns=participants[order])
