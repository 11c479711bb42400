"""What every table of a room must satisfy before agreement is measured on it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import InvalidValue

Floats = NDArray[np.float64]


def in_label_order(table: pd.DataFrame, subject: str) -> pd.DataFrame:
    """Check labels and numbers, and order rows and columns by the text of their labels.

    Parameters
    ----------
    table : DataFrame, participants x proposals (or criteria)
        NaN is no answer.
    subject : str
        What the table is, for the message.

    Raises
    ------
    InvalidValue
        ``empty_table``, ``duplicate_label``, ``not_a_number``, ``not_finite``.

    Examples
    --------
    >>> in_label_order(pd.DataFrame({"b": [1.0], "a": [2.0]}), "scores").columns.tolist()
    ['a', 'b']
    """
    if table.shape[0] == 0 or table.shape[1] == 0:
        raise InvalidValue("empty_table", subject=subject, shape=table.shape)
    for labels in (table.index, table.columns):
        repeated = labels[labels.duplicated()]
        if len(repeated):
            raise InvalidValue("duplicate_label", subject=subject, labels=tuple(map(str, repeated.unique())))
    try:
        ordered = table.loc[_by_text(table.index), _by_text(table.columns)].astype("float64")
    except (TypeError, ValueError) as error:
        raise InvalidValue("not_a_number", subject=subject) from error
    if np.isinf(ordered.to_numpy()).any():
        raise InvalidValue("not_finite", subject=subject)
    return ordered


def complete(table: pd.DataFrame, subject: str) -> pd.DataFrame:
    """Like `in_label_order`, and refuse gaps: the measure is not defined on them.

    Raises
    ------
    InvalidValue
        ``incomplete_table`` with how many rows have gaps and how many cells are missing; which rows is not
        said, because the message may reach a wall.

    Examples
    --------
    >>> complete(pd.DataFrame({"a": [1.0]}), "scores").shape
    (1, 1)
    """
    ordered = in_label_order(table, subject)
    gaps = ordered.isna().to_numpy()
    if gaps.any():
        raise InvalidValue(
            "incomplete_table", subject=subject, rows=int(gaps.any(axis=1).sum()), cells=int(gaps.sum())
        )
    return ordered


def _by_text(labels: pd.Index) -> pd.Index:
    return labels[np.argsort(np.array([str(label) for label in labels], dtype=object), kind="stable")]
