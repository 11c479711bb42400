"""Columns computed from other columns of a list, for criteria where nobody gave points."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import pandas as pd


def has_parent(frame: pd.DataFrame, by: Sequence[str], stage: str) -> pd.Series:
    """Tell whether a proposal came up from a proposal of the given stage.

    Parameters
    ----------
    frame : DataFrame
        Index proposal; columns stage and parent.
    by : sequence of str
        Not used: the link itself is what counts.
    stage : str
        The stage that the parent must have.

    Examples
    --------
    >>> frame = pd.DataFrame({"stage": ["village", "district"], "parent": ["", "a"]}, index=["a", "b"])
    >>> has_parent(frame, (), "village").tolist()
    [False, True]
    """
    del by
    return (frame["parent"].map(frame["stage"]) == stage).astype("boolean")


def count_same(frame: pd.DataFrame, by: Sequence[str], stage: str) -> pd.Series:
    """Count the proposals of a stage that are alike in the given columns: the demand behind a proposal.

    Parameters
    ----------
    frame : DataFrame
        Index proposal; column stage and the columns of `by`.
    by : sequence of str
        Columns that must be equal; a proposal with an empty one is like no other and gets no count.
    stage : str
        Only proposals of this stage are counted.

    Examples
    --------
    >>> frame = pd.DataFrame({"stage": "village", "field": ["road", "road", ""]}, index=list("abc"))
    >>> count_same(frame, ["field"], "village").tolist()
    [2, 2, <NA>]
    """
    columns = list(by)
    complete = (frame[columns] != "").all(axis="columns")
    counted = frame[complete & (frame["stage"] == stage)].groupby(columns).size().rename("count")
    counts = frame[columns].join(counted, on=columns)["count"].fillna(0).astype("Int64")
    return counts.mask(~complete)


DERIVED: Mapping[str, Callable[[pd.DataFrame, Sequence[str], str], pd.Series]] = MappingProxyType(
    {"has_parent": has_parent, "count_same": count_same}
)
"""How a column may be computed, by name."""
