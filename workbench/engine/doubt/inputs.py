"""The checked utilities and weights that every kernel of doubt starts from, in label order."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import InvalidValue, same_labels

SLACK = 1e-12
"""How far outside 0..1 rounding may carry a utility, and how close two scores of 0..1 count as equal."""


@dataclass(frozen=True)
class Utilities:
    """Complete utilities in label order, so that no draw depends on the order of a table.

    Attributes
    ----------
    proposals, criteria : Index
        Sorted labels of the arrays.
    cells : array (proposals, criteria)
        Utilities in 0..1.
    unscored : tuple
        Proposals that lack a value and therefore stand apart, sorted.
    """

    proposals: pd.Index
    criteria: pd.Index
    cells: NDArray[np.float64]
    unscored: tuple[Hashable, ...]


def in_label_order(labels: Iterable[Hashable]) -> list[Hashable]:
    """Sort labels by their text."""
    return sorted(labels, key=str)


def complete_utilities(utilities: pd.DataFrame) -> Utilities:
    """Check a table of utilities and set proposals without a full row apart.

    Raises
    ------
    InvalidValue
        ``duplicate_labels``, ``not_a_number``, ``utilities_out_of_range``, ``nothing_to_score``.
    """
    unique("proposals", utilities.index)
    unique("criteria", utilities.columns)
    ordered = utilities.reindex(
        index=pd.Index(in_label_order(utilities.index)), columns=pd.Index(in_label_order(utilities.columns))
    )
    cells = unit_cells(ordered)
    full = ~np.isnan(cells).any(axis=1)
    if not full.any() or not cells.shape[1]:
        raise InvalidValue("nothing_to_score", proposals=len(cells), complete=int(full.sum()))
    return Utilities(
        proposals=ordered.index[np.flatnonzero(full)],
        criteria=ordered.columns,
        cells=cells[full],
        unscored=tuple(ordered.index[np.flatnonzero(~full)]),
    )


def unit_cells(table: pd.DataFrame) -> NDArray[np.float64]:
    """Return utilities as floats clipped to 0..1, NaN where there is no value.

    Raises
    ------
    InvalidValue
        ``not_a_number``, or ``utilities_out_of_range`` with (row, criterion, value) of each cell.
    """
    try:
        cells = np.asarray(table.to_numpy(dtype=np.float64, na_value=np.nan))
    except (TypeError, ValueError) as error:
        raise InvalidValue("not_a_number", what="utilities", reason=str(error)) from error
    outside = np.argwhere((cells < -SLACK) | (cells > 1 + SLACK)).tolist()
    if outside:
        named = (
            (str(table.index[row]), str(table.columns[col]), float(cells[row, col])) for row, col in outside
        )
        raise InvalidValue("utilities_out_of_range", cells=tuple(sorted(named)), lowest=0.0, highest=1.0)
    return np.asarray(np.clip(cells, 0.0, 1.0))


def shares_of(weights: pd.Series, criteria: pd.Index) -> NDArray[np.float64]:
    """Return weights that sum to one, in the order of `criteria`, matched by label.

    Raises
    ------
    LabelMismatch
        Weights and criteria differ.
    InvalidValue
        ``duplicate_labels``, ``weights_not_usable`` with the criteria, ``weights_all_zero``.
    """
    values = usable_weights(weights, criteria)
    return values / math.fsum(values.tolist())


def usable_weights(weights: pd.Series, criteria: pd.Index) -> NDArray[np.float64]:
    """Return weights as given, checked, in the order of `criteria`; raises as `shares_of`."""
    unique("weights", weights.index)
    same_labels("weights of the criteria", criteria, weights.index)
    values = np.asarray(weights.reindex(criteria).to_numpy(dtype=np.float64, na_value=np.nan))
    broken = np.flatnonzero(~((values >= 0) & (values < 1e100)))
    if len(broken):
        offenders = {str(criteria[position]): float(values[position]) for position in broken.tolist()}
        raise InvalidValue("weights_not_usable", criteria=offenders, rule="finite and not negative")
    if not values.any():
        raise InvalidValue("weights_all_zero", criteria=tuple(map(str, criteria)))
    return values


def positive_count(name: str, count: int, *, least: int = 1) -> None:
    """Refuse a number of draws or places below the least that makes sense."""
    if count < least:
        raise InvalidValue(f"{name}_out_of_range", given=count, lowest=least)


def unique(what: str, labels: pd.Index) -> None:
    """Refuse labels that occur twice, naming them."""
    if not labels.is_unique:
        twice = in_label_order(labels[labels.duplicated()].unique())
        raise InvalidValue("duplicate_labels", what=what, labels=tuple(map(str, twice)))
