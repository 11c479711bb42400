"""What a column of a table holds: one description for checks, files and forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd


class Kind(StrEnum):
    """The kind of value a column holds, and with it the pandas dtype of a checked frame."""

    TEXT = "text"
    """Text; empty text when nothing was written."""
    CODE = "code"
    """An identifier, kept as text: leading zeros and dots matter."""
    REGION = "region"
    """A kode wilayah ``PP.KK.CC`` or ``PP.KK.CC.DDDD``."""
    RUPIAH = "rupiah"
    """Whole rupiah; missing means unpriced, never zero."""
    COUNT = "count"
    """A whole number of people or households, zero or more."""
    NUMBER = "number"
    """Any finite number."""
    RATIO = "ratio"
    """A number that may be written as a fraction or a percentage: 1/3, 30 %."""
    FLAG = "flag"
    """Yes, no or unknown."""
    SIGN = "sign"
    """Plus or minus: a condition that is met or not."""
    CHOICE = "choice"
    """One of the column's declared choices."""


DTYPES = {
    Kind.TEXT: "str",
    Kind.CODE: "str",
    Kind.REGION: "str",
    Kind.CHOICE: "str",
    Kind.RUPIAH: "Int64",
    Kind.COUNT: "Int64",
    Kind.NUMBER: "float64",
    Kind.RATIO: "float64",
    Kind.FLAG: "boolean",
    Kind.SIGN: "boolean",
}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : str
        The English field name used in code.
    kind : Kind
        What it holds.
    required : bool
        Whether the column must exist.
    filled : bool
        Whether every row must carry a value.
    choices : tuple of str
        The English choice names of a `Kind.CHOICE` column.
    """

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    filled: bool = False
    choices: tuple[str, ...] = ()


def conform(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """Return the frame with every declared column present, in declared order and dtype.

    Parameters
    ----------
    frame : DataFrame
        Any index; columns named as in `columns`, further columns kept behind them.
    columns : sequence of Column
        The declaration.

    Returns
    -------
    DataFrame
        A new frame; absent columns are filled with missing values (empty text for text).

    Raises
    ------
    ValueError, TypeError
        If a column cannot be cast to its dtype.

    Examples
    --------
    >>> frame = conform(pd.DataFrame({"cost": [10]}), [Column("cost", Kind.RUPIAH), Column("note")])
    >>> frame.dtypes.astype(str).tolist()
    ['Int64', 'str']
    """
    result = {}
    for column in columns:
        dtype = DTYPES[column.kind]
        if column.name in frame:
            values = frame[column.name]
            if dtype == "str":
                values = values.where(values.notna(), "")
            result[column.name] = values.astype(dtype)  # type: ignore[call-overload]
        else:
            empty: object = "" if dtype == "str" else (float("nan") if dtype == "float64" else pd.NA)
            result[column.name] = pd.Series([empty] * len(frame), index=frame.index, dtype=dtype)
    declared = {column.name for column in columns}
    result.update({str(name): frame[name] for name in frame.columns if name not in declared})
    return pd.DataFrame(result, index=frame.index)
