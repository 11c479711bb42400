"""Split a ceiling over districts by need, in whole rupiah that sum exactly."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from workbench.engine.allocation.money import amounts, checked_ceiling, refuse_duplicates
from workbench.engine.allocation.points import tie_order
from workbench.errors import InvalidValue, same_labels


@dataclass(frozen=True)
class NeedsSplit:
    """A ceiling split over districts.

    Attributes
    ----------
    amounts : Series of Int64 by district
        Whole rupiah; their sum is the ceiling.
    shares : Series of float by district
        Share of the ceiling before rounding to rupiah.
    contributions : DataFrame of float, districts by indicators
        The part of each share that an indicator brings; rows sum to `shares`.
    remainders : tuple of labels
        Districts that received one rupiah from rounding, largest remainder first.
    ceiling : int
        Rupiah.
    """

    amounts: pd.Series
    shares: pd.Series
    contributions: pd.DataFrame
    remainders: tuple[Hashable, ...]
    ceiling: int


def split_by_need(
    needs: pd.DataFrame, weights: pd.Series, ceiling: int, tie_key: pd.Series | None = None
) -> NeedsSplit:
    """Split a ceiling over districts in proportion to weighted needs (largest remainder, Hamilton).

    Each indicator is turned into the district's part of its total, so indicators in hectares, heads and index
    points can be added.

    Parameters
    ----------
    needs : DataFrame of float, districts by indicators
        At least zero, no missing values, and more is more need: turn an index where more is better round
        first.
    weights : Series of float by indicator
        At least zero, with a positive sum; declared, not estimated.
    ceiling : int
        Whole rupiah.
    tie_key : Series of int by district, optional
        A public order for equal remainders; labels when absent.

    Returns
    -------
    NeedsSplit

    Raises
    ------
    LabelMismatch
        When weights and indicators differ.
    InvalidValue
        ``need_missing``, ``need_negative``, ``weight_invalid``, and ``need_all_zero`` for an indicator that
        has a weight.

    Examples
    --------
    >>> needs = pd.DataFrame({"area": [1, 2], "poor": [30, 30]}, index=["north", "south"])
    >>> split_by_need(needs, pd.Series({"area": 1, "poor": 1}), 1001).amounts.to_dict()
    {'north': 417, 'south': 584}
    """
    refuse_duplicates("needs", needs.index)
    same_labels("weights", needs.columns, weights.index)
    amount = checked_ceiling(ceiling)
    shares = _shares(needs, weights.reindex(needs.columns))
    exact = [amount * sum(row, Fraction(0)) for row in shares]
    floors = [int(part) for part in exact]
    places, _ = tie_order(tie_key, needs.index)
    order = sorted(range(len(exact)), key=lambda row: (floors[row] - exact[row], int(places[row])))
    favoured = order[: amount - sum(floors)]
    given = [floor + (row in favoured) for row, floor in enumerate(floors)]
    return NeedsSplit(
        amounts=amounts(given, needs.index, "amount"),
        shares=pd.Series([float(sum(row, Fraction(0))) for row in shares], index=needs.index, name="share"),
        contributions=pd.DataFrame(
            [[float(part) for part in row] for row in shares], index=needs.index, columns=needs.columns
        ),
        remainders=tuple(needs.index[favoured].tolist()),
        ceiling=amount,
    )


def _shares(needs: pd.DataFrame, weights: pd.Series) -> list[list[Fraction]]:
    values = needs.to_numpy(dtype=float)
    if not np.isfinite(values).all():
        raise InvalidValue(
            "need_missing", districts=tuple(needs.index[~np.isfinite(values).all(axis=1)].tolist())
        )
    below = np.flatnonzero((values < 0).any(axis=1))
    if below.size:
        raise InvalidValue("need_negative", districts=tuple(needs.index[below].tolist()))
    held = [Fraction(str(weight)) if np.isfinite(weight) else Fraction(-1) for weight in weights.tolist()]
    if min(held, default=Fraction(-1)) < 0 or sum(held) == 0:
        raise InvalidValue(
            "weight_invalid", weights=tuple(weights.tolist()), remedy="at least zero, not all zero"
        )
    exact = [[Fraction(str(value)) for value in column] for column in values.T.tolist()]
    weighed = zip(needs.columns.tolist(), exact, held, strict=True)
    empty = [name for name, column, weight in weighed if weight and sum(column) == 0]
    if empty:
        raise InvalidValue("need_all_zero", indicators=tuple(empty))
    parts = [
        [weight / sum(held) * value / (sum(column) or 1) for value in column]
        for weight, column in zip(held, exact, strict=True)
    ]
    return [list(row) for row in zip(*parts, strict=True)]
