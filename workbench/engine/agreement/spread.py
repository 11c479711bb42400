"""How split the room is on each proposal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from workbench.engine.agreement.tables import Floats, in_label_order
from workbench.errors import InvalidValue


class Level(StrEnum):
    """Agreement on one proposal, as a word that the screen translates."""

    UNIFORM = "uniform"
    FAIRLY_VARIED = "fairly_varied"
    VARIED = "varied"
    TOO_FEW = "too_few_answers"


@dataclass(frozen=True)
class LevelThresholds:
    """When a proposal is called uniform or varied; everything between is fairly varied.

    Both conditions of ``uniform`` must hold and either of ``varied`` suffices, because the interquartile
    range alone calls three quarters "5" and one quarter "1" uniform, and the consensus alone is no word of
    Delphi.

    Attributes
    ----------
    uniform_iqr : float
        Largest interquartile range, as share of the scale: 0.25 is 1 point on a scale of 1 to 5, the usual
        Delphi limit.
    uniform_consensus : float
        Smallest Tastle-Wierman consensus: 0.75 lets half "4", half "5" pass (0.81), not thirds over "3, 4,
        5".
    varied_iqr : float
        A larger interquartile range is varied: 0.5 is 2 points on 1 to 5.
    varied_consensus : float
        A smaller consensus is varied: everything equally often gives 0.43 on 1 to 5.
    """

    uniform_iqr: float = 0.25
    uniform_consensus: float = 0.75
    varied_iqr: float = 0.5
    varied_consensus: float = 0.5


@dataclass(frozen=True, eq=False)
class Spread:
    """Spread of the points on each proposal.

    Attributes
    ----------
    table : DataFrame, proposals x (answers, median, lower_quartile, upper_quartile, iqr, consensus)
        Quartiles by linear interpolation; everything but ``answers`` is NaN where fewer than
        ``minimum_answers`` answered, so that a wall never shows the points of a few.
    levels : Series by proposal
        A `Level` each.
    thresholds : LevelThresholds
    minimum_answers : int
    """

    table: pd.DataFrame
    levels: pd.Series
    thresholds: LevelThresholds
    minimum_answers: int


def spread(
    points: pd.DataFrame,
    scale: tuple[float, float],
    thresholds: LevelThresholds | None = None,
    minimum_answers: int = 5,
) -> Spread:
    """Describe per proposal where the points lie and how far the room agrees.

    Parameters
    ----------
    points : DataFrame, participants x proposals
        Points within the scale; NaN is no answer and is left out of that proposal alone.
    scale : (lowest, highest)
        Ends of the scale that people had, not of the answers.
    thresholds : LevelThresholds, optional
    minimum_answers : int
        Below it nothing but the count is given.

    Raises
    ------
    InvalidValue
        ``outside_scale``, ``invalid_scale``.

    Examples
    --------
    >>> result = spread(pd.DataFrame({"well": [4, 4, 5, 5, 5], "road": [1, 1, 5, 5, 3]}), (1, 5))
    >>> {name: str(level) for name, level in result.levels.items()}
    {'road': 'varied', 'well': 'uniform'}
    """
    ordered = in_label_order(points, "points")
    values = ordered.to_numpy()
    lowest, highest = scale
    if not lowest < highest:
        raise InvalidValue("invalid_scale", scale=scale)
    if (values < lowest).any() or (values > highest).any():
        raise InvalidValue("outside_scale", scale=scale, proposals=_outside(ordered, lowest, highest))
    limits = thresholds or LevelThresholds()
    answers = (~np.isnan(values)).sum(axis=0)
    enough = answers >= max(1, minimum_answers)
    quartiles = _quantiles(values, answers, np.array([0.25, 0.5, 0.75]))
    consensus = tastle_wierman(values, scale)
    table = pd.DataFrame(
        {
            "median": quartiles[1],
            "lower_quartile": quartiles[0],
            "upper_quartile": quartiles[2],
            "iqr": quartiles[2] - quartiles[0],
            "consensus": consensus,
        },
        index=ordered.columns,
    ).where(pd.Series(enough, index=ordered.columns), np.nan)
    table.insert(0, "answers", answers)
    levels = _levels(quartiles[2] - quartiles[0], consensus, enough, highest - lowest, limits)
    return Spread(table, pd.Series(levels, index=ordered.columns), limits, minimum_answers)


def tastle_wierman(values: Floats, scale: tuple[float, float]) -> Floats:
    """Measure consensus on a scale: 1 all agree, 0 half stand at either end (Tastle & Wierman 2007).

    1 + mean of log2(1 - |x - mean| / d), d the width of the scale. Takes an array, participants x items, NaN
    for no answer; gives one number an item, NaN without answers.

    Examples
    --------
    >>> tastle_wierman(np.array([[1.0, 4.0], [5.0, 4.0]]), (1, 5)).tolist()
    [0.0, 1.0]
    """
    width = scale[1] - scale[0]
    answered = ~np.isnan(values)
    count = answered.sum(axis=0)
    known = np.where(answered, values, 0.0)
    mean = np.divide(known.sum(axis=0), count, out=np.full(count.shape, np.nan), where=count > 0)
    closeness = np.where(answered, 1 - np.abs(known - mean) / width, 1.0)
    logs = np.log2(closeness).sum(axis=0)
    consensus: Floats = 1 + np.divide(logs, count, out=np.full(count.shape, np.nan), where=count > 0)
    return consensus


def _quantiles(values: Floats, answers: Floats, shares: Floats) -> Floats:
    """Quantiles per column by linear interpolation, gaps left out, all columns at once."""
    rising = np.sort(values, axis=0)
    place = shares[:, None] * np.maximum(answers - 1, 0)[None, :]
    below = np.floor(place).astype("int64")
    above = np.minimum(below + 1, np.maximum(answers - 1, 0))
    columns = np.arange(values.shape[1])
    low, high = rising[below, columns], rising[above, columns]
    quantiles: Floats = low + (place - below) * (high - low)
    return quantiles


def _levels(
    iqr: Floats, consensus: Floats, enough: Floats, width: float, limits: LevelThresholds
) -> list[Level]:
    share = iqr / width
    slack = 1e-9
    uniform = (share <= limits.uniform_iqr + slack) & (consensus >= limits.uniform_consensus - slack)
    varied = (share > limits.varied_iqr + slack) | (consensus < limits.varied_consensus - slack)
    chosen = np.select([~enough.astype(bool), varied, uniform], [3, 2, 0], default=1)
    order = (Level.UNIFORM, Level.FAIRLY_VARIED, Level.VARIED, Level.TOO_FEW)
    return [order[number] for number in chosen]


def _outside(table: pd.DataFrame, lowest: float, highest: float) -> tuple[str, ...]:
    bad = ((table < lowest) | (table > highest)).any()
    return tuple(map(str, table.columns[bad]))
