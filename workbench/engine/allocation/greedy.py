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
    scores: pd.Series,
    costs: pd.Series,
    ceiling: int,
    tie_key: pd.Series | None = None,
    equals: pd.Series | None = None,
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
    equals : Series of int by proposal, optional
        Ranks that order equal score per rupiah in its place; those that share one are left to the forum.

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
    ranks = ranks_by_value(scores, costs, tie_key, equals)
    return replace(fund_by_rank(ranks, costs, ceiling, "skip"), rule="by_value")


def ranks_by_value(
    scores: pd.Series,
    costs: pd.Series,
    tie_key: pd.Series | None = None,
    equals: pd.Series | None = None,
) -> pd.Series:
    """Rank proposals by score per rupiah, exactly.

    What costs nothing stands first. Equal fractions share a rank unless `tie_key` or `equals` separates them.

    Parameters
    ----------
    scores, costs, tie_key, equals
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
    keys = _keys(scores, costs, tie_key, equals)
    numbered = {key: rank for rank, key in enumerate(sorted(set(keys.values())), start=1)}
    return pd.Series([numbered[key] for key in keys.values()], index=scores.index, name="rank")


def _keys(
    scores: pd.Series, costs: pd.Series, tie_key: pd.Series | None, equals: pd.Series | None
) -> dict[Hashable, ValueKey]:
    same_labels("costs", scores.index, costs.index)
    points = whole_points(scores)
    price = priced(costs)
    places = places_of_equals(scores.index, tie_key, equals)
    ordered = zip(scores.index.tolist(), points.units.tolist(), places, strict=True)
    return {label: value_key(units, price[label], place) for label, units, place in ordered}


def places_of_equals(labels: pd.Index, tie_key: pd.Series | None, equals: pd.Series | None) -> list[int]:
    """Return what orders equal score per rupiah: ranks where given, else the lot, else nothing.

    Raises
    ------
    LabelMismatch, InvalidValue
        As `workbench.engine.allocation.points.tie_order`.

    Examples
    --------
    >>> places_of_equals(pd.Index(["a", "b"]), pd.Series({"b": 3, "a": 8}), None)
    [1, 0]
    """
    if equals is not None:
        same_labels("ranks", labels, equals.index)
        return [int(rank) for rank in equals.loc[labels].tolist()]
    places, given = tie_order(tie_key, labels)
    return [int(place) if given else 0 for place in places.tolist()]


def value_key(units: int, cost: int, place: int) -> ValueKey:
    """Return what orders a proposal: what costs nothing first, then score per rupiah, then its place.

    Examples
    --------
    >>> value_key(5, 0, 1) < value_key(2, 1, 0) < value_key(1, 1, 0)
    True
    """
    return (1, -(units * _SCALE // cost), place) if cost else (0, 0, place)
