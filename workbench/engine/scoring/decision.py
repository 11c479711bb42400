"""The decision matrix that the second opinions share: values, weights and directions, in label order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.domain.criteria import Direction
from workbench.engine.scoring.inputs import aligned, numbers, unique_labels
from workbench.errors import InvalidValue, same_labels


@dataclass(frozen=True)
class Decision:
    """A checked decision matrix.

    The arrays stand in label order, whatever the order of the table, so that the rounding of sums over
    proposals or criteria cannot depend on it; the `by_...` methods give results in the order of the table.

    Attributes
    ----------
    table : DataFrame
        Proposal x criterion as given.
    rows, columns : array of int
        Positions of the table's rows and columns in label order.
    cells : array (proposals, criteria)
        Finite values in label order.
    shares : array (criteria,)
        Weights that sum to one.
    higher : array (criteria,) of bool
        True where more is better.
    """

    table: pd.DataFrame
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    cells: NDArray[np.float64]
    shares: NDArray[np.float64]
    higher: NDArray[np.bool_]

    @property
    def proposals(self) -> pd.Index:
        """Return the proposals in the order of the arrays."""
        return self.table.index[self.rows]

    @property
    def criteria(self) -> pd.Index:
        """Return the criteria in the order of the arrays."""
        return self.table.columns[self.columns]

    def by_proposal(self, values: NDArray[np.float64], name: str) -> pd.Series:
        """Label one number per proposal, in the order of the table."""
        given = np.empty_like(values)
        given[self.rows] = values
        return pd.Series(given, index=self.table.index, name=name)

    def by_criterion(self, values: NDArray[np.float64], name: str) -> pd.Series:
        """Label one number per criterion, in the order of the table."""
        given = np.empty_like(values)
        given[self.columns] = values
        return pd.Series(given, index=self.table.columns, name=name)

    def by_both(self, values: NDArray[np.float64]) -> pd.DataFrame:
        """Label one number per proposal and criterion, in the order of the table."""
        given = np.empty_like(values)
        given[np.ix_(self.rows, self.columns)] = values
        return pd.DataFrame(given, index=self.table.index, columns=self.table.columns)


def decision(table: pd.DataFrame, weights: pd.Series, directions: pd.Series) -> Decision:
    """Check a decision matrix and put it in label order.

    Parameters
    ----------
    table : DataFrame
        Proposal x criterion in each criterion's own unit; at least one of each; no missing value.
    weights : Series
        Weight by criterion in any unit.
    directions : Series
        `Direction` (or its text) by criterion.

    Returns
    -------
    Decision

    Raises
    ------
    LabelMismatch
        Criteria of the three do not agree.
    InvalidValue
        ``nothing_to_score``, ``values_not_finite`` with the cells (a missing value is never filled in),
        ``unknown_direction``, ``not_a_number``, ``duplicate_labels``, ``weights_not_usable``,
        ``weights_all_zero``.

    Examples
    --------
    >>> table = pd.DataFrame({"cost": [2.0, 1.0], "benefit": [5.0, 3.0]}, index=["well", "road"])
    >>> directions = pd.Series({"cost": "lower", "benefit": "higher"})
    >>> checked = decision(table, pd.Series({"cost": 1, "benefit": 1}), directions)
    >>> checked.cells.tolist(), checked.higher.tolist()
    ([[3.0, 1.0], [5.0, 2.0]], [True, False])
    """
    shares = aligned(table, weights)
    same_labels("directions of the criteria", table.columns, directions.index)
    unique_labels("directions", directions.index)
    if table.empty:
        raise InvalidValue("nothing_to_score", proposals=len(table.index), criteria=len(table.columns))
    rows, columns = label_order(table.index), label_order(table.columns)
    values = numbers("decision matrix", table)
    _refuse_not_finite(table, values)
    return Decision(
        table=table,
        rows=rows,
        columns=columns,
        cells=np.ascontiguousarray(values[np.ix_(rows, columns)]),
        shares=shares.to_numpy()[columns],
        higher=_higher(directions.reindex(table.columns))[columns],
    )


def label_order(labels: pd.Index) -> NDArray[np.intp]:
    """Return the positions that put labels in the order of their text.

    Examples
    --------
    >>> label_order(pd.Index(["b", "c", "a"])).tolist()
    [2, 0, 1]
    """
    if labels.inferred_type == "string" and labels.is_monotonic_increasing:
        return np.arange(len(labels))
    texts = [str(label) for label in labels]
    return np.array(sorted(range(len(texts)), key=texts.__getitem__), dtype=np.intp)


def ratio(
    top: NDArray[np.float64], bottom: NDArray[np.float64], otherwise: float, *, above: float = 0.0
) -> NDArray[np.float64]:
    """Divide where the bottom is larger than `above`, and state the value elsewhere: no method returns NaN.

    Examples
    --------
    >>> ratio(np.array([1.0, 1.0]), np.array([2.0, 0.0]), otherwise=0.5).tolist()
    [0.5, 0.5]
    """
    bottom = np.broadcast_to(bottom, top.shape)
    return np.asarray(np.divide(top, bottom, out=np.full(top.shape, otherwise), where=bottom > above))


def _refuse_not_finite(table: pd.DataFrame, values: NDArray[np.float64]) -> None:
    if not np.isfinite(values).all():
        broken = np.argwhere(~np.isfinite(values)).tolist()
        cells = tuple(sorted((str(table.index[row]), str(table.columns[column])) for row, column in broken))
        raise InvalidValue(
            "values_not_finite", cells=cells, rule="every proposal needs a value on every criterion"
        )


def _higher(directions: pd.Series) -> NDArray[np.bool_]:
    known = {direction.value for direction in Direction}
    unknown = {str(label): str(value) for label, value in directions.items() if str(value) not in known}
    if unknown:
        raise InvalidValue("unknown_direction", criteria=unknown, known=tuple(sorted(known)))
    return np.array([str(value) == Direction.HIGHER.value for value in directions], dtype=bool)
