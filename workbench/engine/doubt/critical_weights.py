"""Critical weights: the change of one weight that ties each pair of proposals."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.engine.doubt.inputs import in_label_order, unique, usable_weights
from workbench.errors import InvalidValue


@dataclass(frozen=True)
class CriticalWeights:
    """Changes of single weights that tie pairs, in the unit of the given weights.

    Attributes
    ----------
    preferences : Series
        Sum of weight x value by proposal, with the weights as given.
    changes : DataFrame
        Index: pairs (first, second) of proposals in the order of the table. Columns: criteria. The amount to
        subtract from that weight so that both tie (the weights are normalised again afterwards, which keeps
        the tie); missing where no weight of zero or more does it.
    relative : DataFrame
        `changes` in percent of the weight; missing also where the weight is zero.
    critical_any, critical_top : Hashable or None
        Criterion with the smallest relative change over all pairs, and over pairs with a best proposal; None
        where no change ties anybody.
    degrees : Series
        Criticality degree by criterion: smallest absolute relative change in percent; missing where none
        exists.
    """

    preferences: pd.Series
    changes: pd.DataFrame
    relative: pd.DataFrame
    critical_any: Hashable | None
    critical_top: Hashable | None
    degrees: pd.Series


def critical_weights(table: pd.DataFrame, weights: pd.Series) -> CriticalWeights:
    """Compute for each pair of proposals and each criterion the weight change that ties them.

    The weight W becomes W - d with d = (P_second - P_first) / (a_second - a_first); only d <= W is possible.

    Parameters
    ----------
    table : DataFrame
        Proposal x criterion, complete, more is better, in comparable units.
    weights : Series
        Weight by criterion, in any unit; changes come out in that unit.

    Returns
    -------
    CriticalWeights

    Raises
    ------
    LabelMismatch
        Weights and criteria differ.
    InvalidValue
        ``values_not_finite``, ``duplicate_labels``, ``not_a_number``, ``weights_not_usable``,
        ``weights_all_zero``.

    References
    ----------
    Triantaphyllou, E., & Sanchez, A. (1997). A sensitivity analysis approach for some deterministic
    multi-criteria decision-making methods. Decision Sciences 28(1), 151-194.

    Examples
    --------
    >>> table = pd.DataFrame({"urgency": [0.8, 0.2], "benefit": [0.3, 0.6]}, index=["road", "well"])
    >>> result = critical_weights(table, pd.Series({"urgency": 0.5, "benefit": 0.5}))
    >>> result.changes.round(3).iloc[0].to_dict(), result.critical_any
    ({'urgency': 0.25, 'benefit': -0.5}, 'urgency')
    """
    unique("proposals", table.index)
    unique("criteria", table.columns)
    given = usable_weights(weights, table.columns)
    values = _finite(table)
    preferences = values @ given
    first, second = np.triu_indices(len(values), 1)
    gap = (preferences[second] - preferences[first])[:, np.newaxis]
    difference = values[second] - values[first]
    changes = np.divide(gap, difference, out=np.full(difference.shape, np.nan), where=difference != 0)
    changes[changes > given * (1 + 1e-12)] = np.nan
    relative = np.divide(100 * changes, given, out=np.full(changes.shape, np.nan), where=given > 0)
    pairs = pd.MultiIndex.from_arrays([table.index[first], table.index[second]], names=["first", "second"])
    best = preferences >= preferences.max() * (1 - 1e-12)
    return CriticalWeights(
        preferences=pd.Series(preferences, index=table.index, name="preference"),
        changes=pd.DataFrame(changes, index=pairs, columns=table.columns),
        relative=pd.DataFrame(relative, index=pairs, columns=table.columns),
        critical_any=_smallest(_degrees(relative, table.columns)),
        critical_top=_smallest(_degrees(relative[best[first] | best[second]], table.columns)),
        degrees=_degrees(relative, table.columns),
    )


def _finite(table: pd.DataFrame) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    try:
        values = np.asarray(table.to_numpy(dtype=np.float64, na_value=np.nan))
    except (TypeError, ValueError) as error:
        raise InvalidValue("not_a_number", what="values", reason=str(error)) from error
    cells = tuple(
        (str(table.index[row]), str(table.columns[column]))
        for row, column in np.argwhere(~np.isfinite(values)).tolist()
    )
    if cells:
        raise InvalidValue("values_not_finite", cells=cells)
    return values


def _degrees(relative: np.ndarray[tuple[int, ...], np.dtype[np.float64]], criteria: pd.Index) -> pd.Series:
    smallest = np.where(np.isnan(relative), np.inf, np.abs(relative)).min(axis=0, initial=np.inf)
    return pd.Series(np.where(np.isinf(smallest), np.nan, smallest), index=criteria, name="degree")


def _smallest(degrees: pd.Series) -> Hashable | None:
    known = degrees.dropna()
    if known.empty:
        return None
    return in_label_order(known.index[np.flatnonzero(known <= known.min() * (1 + 1e-12))])[0]
