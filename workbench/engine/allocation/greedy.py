"""Fund by score per rupiah: quick, and every step can be redone by hand."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

import pandas as pd

from workbench.engine.allocation.money import priced
from workbench.engine.allocation.points import tie_order, whole_points
from workbench.engine.allocation.ranked import fund_by_rank
from workbench.engine.allocation.result import Allocation
from workbench.errors import same_labels

_SCALE = 1 << 130
"""Two different fractions with denominators below 2**63 differ by more than 2**-126, so the whole part of a
fraction times this scale orders them exactly and is equal only for equal fractions."""

ValueKey = tuple[int, int, int]


def fund_by_value(
    scores: pd.Series, costs: pd.Series, ceiling: int, tie_key: pd.Series | None = None
) -> Allocation:
    """Fund in order of score per rupiah, passing over what does not fit.

    Parameters
    ----------
    scores : Series of float by proposal
        More is better.
    costs : Series of int by proposal
        Whole rupiah, all priced.
    ceiling : int
        Whole rupiah.
    tie_key : Series of int by proposal, optional
        A public order for equal score per rupiah; without it equals are left to the forum.

    Returns
    -------
    Allocation
        As `fund_by_rank`, with the ranks made from score per rupiah, compared exactly.

    Raises
    ------
    LabelMismatch, InvalidValue
        As `ranks_by_value` and `fund_by_rank`.

    Examples
    --------
    >>> scores, costs = pd.Series({"a": 60, "b": 100, "c": 120}), pd.Series({"a": 10, "b": 20, "c": 30})
    >>> fund_by_value(scores, costs, 50).funded
    ('a', 'b')
    """
    ranks = ranks_by_value(scores, costs, tie_key)
    return replace(fund_by_rank(ranks, costs, ceiling, "skip"), rule="by_value")


def ranks_by_value(scores: pd.Series, costs: pd.Series, tie_key: pd.Series | None = None) -> pd.Series:
    """Rank proposals by score per rupiah, exactly.

    What costs nothing stands first. Equal fractions share a rank unless `tie_key` separates them.

    Parameters
    ----------
    scores, costs, tie_key
        As `fund_by_value`.

    Returns
    -------
    Series of int by proposal
        1 is the most score per rupiah.

    Raises
    ------
    LabelMismatch
        When the labels differ.
    InvalidValue
        ``unpriced_proposals``, ``score_missing``, ``tie_key_ties`` and what `checked_costs` refuses.

    Examples
    --------
    >>> ranks_by_value(pd.Series({"a": 3, "b": 1}), pd.Series({"a": 9, "b": 3})).tolist()
    [1, 1]
    """
    keys = keys_by_value(scores, costs, tie_key)
    numbered = {key: rank for rank, key in enumerate(sorted(set(keys.values())), start=1)}
    return pd.Series([numbered[key] for key in keys.values()], index=scores.index, name="rank")


def keys_by_value(
    scores: pd.Series, costs: pd.Series, tie_key: pd.Series | None = None
) -> dict[Hashable, ValueKey]:
    """Return by proposal what orders it by score per rupiah; parameters and errors as `ranks_by_value`.

    Examples
    --------
    >>> keys = keys_by_value(pd.Series({"a": 3, "b": 1}), pd.Series({"a": 9, "b": 3}))
    >>> keys["a"] == keys["b"]
    True
    """
    same_labels("costs", scores.index, costs.index)
    points = whole_points(scores)
    price = priced(costs)
    places, keyed = tie_order(tie_key, scores.index)
    ordered = zip(scores.index.tolist(), points.units.tolist(), places.tolist(), strict=True)
    return {label: value_key(units, price[label], place if keyed else 0) for label, units, place in ordered}


def value_key(units: int, cost: int, place: int) -> ValueKey:
    """Return what orders a proposal: what costs nothing first, then score per rupiah, then its place.

    Examples
    --------
    >>> value_key(5, 0, 1) < value_key(2, 1, 0) < value_key(1, 1, 0)
    True
    """
    return (1, -(units * _SCALE // cost), place) if cost else (0, 0, place)
