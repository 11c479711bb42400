"""What every scoring method asks of its inputs: matching labels, real numbers, usable weights."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import InvalidValue, same_labels

LARGEST_WEIGHT = 1e100
"""Beyond this a weight is a mistake, and sums would leave the range of floating point."""


UTILITY_SLACK = 1e-12
"""How far outside 0..1 rounding may carry a utility before it is refused."""


def canonical(labels: Iterable[Hashable]) -> list[Hashable]:
    """Sort labels by their text, so that no result depends on the order of rows or columns.

    Examples
    --------
    >>> canonical(["b", "a"])
    ['a', 'b']
    """
    return sorted(labels, key=str)


def unique_labels(what: str, labels: pd.Index) -> None:
    """Refuse labels that occur twice.

    Raises
    ------
    InvalidValue
        ``duplicate_labels`` with the labels that occur more than once.
    """
    if not labels.is_unique:
        raise InvalidValue(
            "duplicate_labels",
            what=what,
            labels=tuple(map(str, canonical(labels[labels.duplicated()].unique()))),
        )


def numbers(what: str, table: pd.DataFrame | pd.Series) -> NDArray[np.float64]:
    """Return a table's values as floats.

    Raises
    ------
    InvalidValue
        ``not_a_number`` when a value is text or another thing that is no number.
    """
    try:
        return np.asarray(table.to_numpy(dtype=np.float64, na_value=np.nan))
    except (TypeError, ValueError) as error:
        raise InvalidValue("not_a_number", what=what, reason=str(error)) from error


def normalised_weights(weights: pd.Series) -> pd.Series:
    """Divide weights by their sum.

    Parameters
    ----------
    weights : Series
        Weight by criterion in any unit (fractions, percent, integers); at least one above zero.

    Returns
    -------
    Series
        Weights by criterion that sum to one; the sum is exactly rounded, so the order does not matter.

    Raises
    ------
    InvalidValue
        ``weights_not_usable`` (negative or not finite, with the criteria), ``weights_all_zero``,
        ``duplicate_labels``.

    Examples
    --------
    >>> normalised_weights(pd.Series({"urgency": 3, "benefit": 1})).to_dict()
    {'urgency': 0.75, 'benefit': 0.25}
    """
    unique_labels("weights", weights.index)
    values = numbers("weights", weights)
    usable = (values >= 0) & (values < LARGEST_WEIGHT)
    if not usable.all():
        offenders = dict(zip(map(str, weights.index[~usable]), values[~usable].tolist(), strict=True))
        raise InvalidValue("weights_not_usable", criteria=offenders, rule="finite and not negative")
    total = math.fsum(values.tolist())
    if total == 0:
        raise InvalidValue("weights_all_zero", criteria=tuple(map(str, weights.index)))
    return pd.Series(values / total, index=weights.index, name="weight")


def aligned(table: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Return normalised weights in the column order of a table, matched by label.

    Raises
    ------
    LabelMismatch
        When columns and weights are not the same criteria.
    InvalidValue
        ``duplicate_labels`` of proposals or criteria, or weights that `normalised_weights` refuses.
    """
    unique_labels("proposals", table.index)
    unique_labels("criteria", table.columns)
    same_labels("weights of the criteria", table.columns, weights.index)
    return normalised_weights(weights).reindex(table.columns)


def unit_utilities(utilities: pd.DataFrame) -> NDArray[np.float64]:
    """Return utilities as floats clipped to 0..1, NaN where no value was given.

    Raises
    ------
    InvalidValue
        ``utilities_out_of_range`` with (proposal, criterion, value) of each cell outside, ``not_a_number``.
    """
    values = numbers("utilities", utilities)
    usable = np.isnan(values) | ((values >= -UTILITY_SLACK) & (values <= 1 + UTILITY_SLACK))
    if not usable.all():
        cells = (
            (str(utilities.index[row]), str(utilities.columns[column]), float(values[row, column]))
            for row, column in np.argwhere(~usable).tolist()
        )
        raise InvalidValue("utilities_out_of_range", cells=tuple(sorted(cells)), lowest=0.0, highest=1.0)
    return np.clip(values, 0.0, 1.0)


def sum_in_label_order(values: NDArray[np.float64], criteria: pd.Index) -> NDArray[np.float64]:
    """Add the columns of an array one after the other by label.

    Floating-point sums depend on their order: a fixed one gives every row the same additions whatever the
    layout of the table, so equal rows get equal bits.
    """
    total = np.zeros(len(values))
    for column in criteria.get_indexer(pd.Index(canonical(criteria))):
        total += values[:, column]
    return total


def named_blanks(missing: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Name, for each proposal with a True in a table proposal x criterion, the criteria concerned."""
    blank = missing.to_numpy()
    criteria = [str(label) for label in missing.columns]
    return {
        str(missing.index[row]): tuple(sorted(criteria[column] for column in np.flatnonzero(blank[row])))
        for row in np.flatnonzero(blank.any(axis=1)).tolist()
    }
