"""Small numbers that are not published, and a second one beside each, so that no total gives it away."""

from __future__ import annotations

import pandas as pd


def suppressed(counts: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Return counts of groups with the small ones taken out.

    Parameters
    ----------
    counts : DataFrame
        Whole numbers; rows are places, columns are groups, each counted by itself.
    minimum : int
        The smallest number, beside zero, that may be told.

    Returns
    -------
    DataFrame
        The same labels; None where the number is not told. Where one number of a column alone is hidden, the
        next larger one is hidden too: a total known from elsewhere would otherwise give the first away.

    Examples
    --------
    >>> suppressed(pd.DataFrame({"women": [2, 0, 9, 30]}), 5)["women"].tolist()
    [None, 0, None, 30]
    """
    shown = {}
    for column in counts:
        small = (counts[column] > 0) & (counts[column] < minimum)
        hidden = set(counts.index[small])
        if len(hidden) == 1:
            others = counts[column][~small & (counts[column] > 0)].sort_values(kind="stable")
            hidden |= set(others.index[:1])
        told = [None if label in hidden else int(counts[column][label]) for label in counts.index]
        shown[column] = pd.Series(told, index=counts.index, dtype=object)
    return pd.DataFrame(shown, index=counts.index, columns=counts.columns)
