"""What every sheet of places, words or dots must satisfy before anything is counted on it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.errors import InvalidValue


def check_labels(table: pd.DataFrame) -> None:
    """Refuse two participants, or two proposals, of one name: their answers would be one.

    Raises
    ------
    InvalidValue
        ``duplicate_label``.
    """
    for name, labels in (("participants", table.index), ("proposals", table.columns)):
        repeated = labels[labels.duplicated()]
        if len(repeated):
            raise InvalidValue("duplicate_label", subject=name, labels=tuple(map(str, repeated.unique())))


def sheet(table: pd.DataFrame, subject: str) -> pd.DataFrame:
    """Return a sheet as numbers: as text "10" would stand before "2".

    Parameters
    ----------
    table : DataFrame, participants (or groups) x proposals
        NaN is no answer.
    subject : str
        What the sheet holds, for the message.

    Raises
    ------
    InvalidValue
        ``duplicate_label``, ``not_a_number``, ``not_finite``.

    Examples
    --------
    >>> sheet(pd.DataFrame({"a": [1, 2]}), "ranks")["a"].tolist()
    [1.0, 2.0]
    """
    check_labels(table)
    try:
        numbers = table.astype("float64")
    except (TypeError, ValueError) as error:
        raise InvalidValue("not_a_number", subject=subject) from error
    if np.isinf(numbers.to_numpy()).any():
        raise InvalidValue("not_finite", subject=subject)
    return numbers
