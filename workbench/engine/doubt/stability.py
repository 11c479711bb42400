"""Exact stability: how far each weight can move before the top of the list changes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.doubt.inputs import SLACK, complete_utilities, positive_count, shares_of

COLUMNS: Mapping[str, type] = MappingProxyType(
    {
        "weight": float,
        "lower": float,
        "upper": float,
        "lower_leaves": object,
        "lower_enters": object,
        "upper_leaves": object,
        "upper_enters": object,
    }
)
"""Columns of the intervals and their types."""


@dataclass(frozen=True)
class WeightStability:
    """For each weight the interval in which the top stays the top.

    Attributes
    ----------
    top : tuple
        Proposals of rank 1 to k, sorted; a tie that crosses k is inside as a whole.
    intervals : DataFrame
        Index: criterion, in the order of the weights. Columns: ``weight`` (now), ``lower`` and ``upper`` (at
        the ends there is a tie, or the end of 0..1), ``lower_leaves``, ``lower_enters``, ``upper_leaves``,
        ``upper_enters`` (who would fall out of the top just beyond that end, and who would pass; None when
        the end is that of 0..1).
    unscored : tuple
        Proposals that lack a value and stand apart, sorted.
    """

    top: tuple[Hashable, ...]
    intervals: pd.DataFrame
    unscored: tuple[Hashable, ...]


def weight_stability(utilities: pd.DataFrame, weights: pd.Series, k: int = 1) -> WeightStability:
    """Find, in closed form, the interval of each weight that keeps the top k.

    One weight moves to x; the others share 1 - x in their present proportions. Scores are then linear in x,
    and every pair of a proposal in the top and one outside gives one bound.

    Parameters
    ----------
    utilities : DataFrame
        Proposal x criterion in 0..1; a proposal with a missing value stands apart.
    weights : Series
        Weight by criterion in any unit.
    k : int
        Size of the top; 1 asks for the winner.

    Returns
    -------
    WeightStability
        A criterion that carries the whole weight has nothing to take from or give to: its interval is the
        point 1.

    Raises
    ------
    LabelMismatch
        Weights and criteria differ.
    InvalidValue
        ``k_out_of_range``, and what `workbench.engine.doubt.inputs` refuses.

    References
    ----------
    Mareschal, B. (1988). Weight stability intervals in multicriteria decision aid. EJOR 33(1), 54-64.

    Examples
    --------
    >>> utilities = pd.DataFrame({"urgency": [1.0, 0.0], "benefit": [0.25, 1.0]}, index=["road", "well"])
    >>> result = weight_stability(utilities, pd.Series({"urgency": 0.7, "benefit": 0.3}))
    >>> result.top, result.intervals["lower"].round(4).to_dict()
    (('road',), {'urgency': 0.4286, 'benefit': 0.0})
    """
    positive_count("k", k)
    table = complete_utilities(utilities)
    shares = shares_of(weights, table.criteria)
    inside = top_members(table.cells @ shares, k)
    bounds = [
        _interval(table.cells, shares, column, inside, table.proposals) for column in range(len(shares))
    ]
    # Who leaves and enters stays of type object: a text column would turn None, "nobody", into NaN.
    columns = {
        name: pd.Series([row[name] for row in bounds], index=table.criteria, dtype=dtype)
        for name, dtype in COLUMNS.items()
    }
    frame = pd.DataFrame(columns)
    return WeightStability(
        top=tuple(table.proposals[np.flatnonzero(inside)]),
        intervals=frame.reindex(weights.index),
        unscored=table.unscored,
    )


def top_members(scores: NDArray[np.float64], k: int) -> NDArray[np.bool_]:
    """Return who has rank 1 to k among plain scores; a tie that crosses k is inside as a whole.

    Examples
    --------
    >>> top_members(np.array([0.5, 0.9, 0.5, 0.1]), 2).tolist()
    [True, True, True, False]
    """
    last = np.sort(scores)[::-1][min(k, len(scores)) - 1]
    return np.asarray(scores >= last - SLACK)


def _interval(
    cells: NDArray[np.float64],
    shares: NDArray[np.float64],
    column: int,
    inside: NDArray[np.bool_],
    proposals: pd.Index,
) -> dict[str, object]:
    weight = float(shares[column])
    others = shares.copy()
    others[column] = 0.0
    if not others.any():
        return _row(weight, weight, weight, (None, None), (None, None))
    without = cells @ (others / others.sum())
    only = cells[:, column]
    members, rivals = np.flatnonzero(inside), np.flatnonzero(~inside)
    # The lead of a member over a rival at x = 0 and at x = 1; in between it is linear.
    at_zero = np.subtract.outer(without[members], without[rivals])
    at_one = np.subtract.outer(only[members], only[rivals])
    crossing = np.divide(at_zero, at_zero - at_one, out=np.zeros_like(at_zero), where=at_zero != at_one)
    lower, low_pair = _tightest(np.where(at_zero < 0, crossing, -np.inf), 0.0)
    minus_upper, high_pair = _tightest(np.where(at_one < 0, -crossing, -np.inf), -1.0)
    return _row(
        weight,
        min(lower, weight),
        max(-minus_upper, weight),
        _named(low_pair, members, rivals, proposals),
        _named(high_pair, members, rivals, proposals),
    )


def _tightest(bounds: NDArray[np.float64], end: float) -> tuple[float, tuple[int, int] | None]:
    if not bounds.size or bounds.max() <= end:
        return end, None
    # Bounds equal up to rounding: the first pair in label order speaks for all.
    row, column = np.argwhere(bounds >= bounds.max() - SLACK)[0].tolist()
    return float(bounds.max()), (row, column)


def _named(
    pair: tuple[int, int] | None, members: NDArray[np.intp], rivals: NDArray[np.intp], proposals: pd.Index
) -> tuple[Hashable | None, Hashable | None]:
    if pair is None:
        return None, None
    return proposals[int(members[pair[0]])], proposals[int(rivals[pair[1]])]


def _row(
    weight: float,
    lower: float,
    upper: float,
    low_pair: tuple[Hashable | None, Hashable | None],
    high_pair: tuple[Hashable | None, Hashable | None],
) -> dict[str, object]:
    return dict(zip(COLUMNS, (weight, lower, upper, *low_pair, *high_pair), strict=True))
