"""How many households of each place named what; numbers that few households stand behind are not told."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

SMALLEST = 5
"""The smallest number of households, beside none, that is told."""
ANSWERED = "answered"


@dataclass(frozen=True)
class NeedsCounted:
    """What the households of each place named.

    Attributes
    ----------
    told : DataFrame of object
        Places by choices, and ``answered``: how many households answered at all. None where the number is
        one to four, or would give such a number away.
    above : DataFrame of object
        The same for what the places lie in: all hamlets of a village together.
    everywhere : Series of object
        The same over all places together.
    """

    told: pd.DataFrame
    above: pd.DataFrame
    everywhere: pd.Series


def shares_of(told: pd.DataFrame) -> pd.DataFrame:
    """Return the share of the answering households that named each choice; missing where it is not told.

    Examples
    --------
    >>> told = pd.DataFrame({"water": [30, None], "answered": [40, 12]}, index=["A", "B"], dtype=object)
    >>> shares_of(told)["water"].tolist()
    [0.75, nan]
    """
    counts = told.apply(pd.to_numeric).astype("float64")
    answered = counts[ANSWERED].where(counts[ANSWERED] > 0)
    shares: pd.DataFrame = counts.drop(columns=ANSWERED).div(answered, axis="index")
    return shares


def count_needs(
    named: pd.DataFrame, places: pd.Series, parents: pd.Series, *, exclusive: bool
) -> NeedsCounted:
    """Count households by place and choice.

    Parameters
    ----------
    named : DataFrame of bool
        Households by choices; only those that answered.
    places : Series
        Place of every household, by the same labels and more.
    parents : Series
        What each place lies in; the index holds every place.
    exclusive : bool
        Whether a household names one choice alone: then the choices of a place add up to its answers, and a
        number that is hidden alone would follow from the others.

    Examples
    --------
    >>> named = pd.DataFrame({"water": [True] * 9 + [False], "road": [False] * 9 + [True]})
    >>> places = pd.Series("A", index=named.index)
    >>> count_needs(named, places, pd.Series({"A": "V"}), exclusive=False).told.to_dict("records")
    [{'water': 9, 'road': None, 'answered': 10}]
    """
    where = places.reindex(named.index)
    leaves = named.astype("int64").groupby(where, sort=False).sum()
    leaves[ANSWERED] = named.groupby(where, sort=False).size()
    leaves = leaves.reindex(parents.index, fill_value=0)
    above = leaves.groupby(parents, sort=False).sum()
    counts = pd.concat([leaves, above, above.sum().to_frame().T], ignore_index=True)
    told = counts.astype(object).mask(_hidden(counts, parents, exclusive=exclusive), None)
    size = len(leaves)
    return NeedsCounted(
        told.iloc[:size].set_axis(leaves.index, axis="index"),
        told.iloc[size:-1].set_axis(above.index, axis="index"),
        told.iloc[-1],
    )


def _hidden(counts: pd.DataFrame, parents: pd.Series, *, exclusive: bool) -> pd.DataFrame:
    """Mark the small numbers, and others beside them until no sum gives one away."""
    first = {parent: len(parents) + number for number, parent in enumerate(dict.fromkeys(parents))}
    families = [
        [*(place for place, each in enumerate(parents) if each == parent), row]
        for parent, row in first.items()
    ]
    families.append([*first.values(), len(counts) - 1])
    hidden = (counts > 0) & (counts < SMALLEST)
    hidden[hidden[ANSWERED]] = True
    before = -1
    while before != (before := int(hidden.to_numpy().sum())):
        for family in families:
            hidden.loc[family] |= _alone(hidden.loc[family], counts.loc[family])
        if exclusive:
            hidden |= _alone(hidden.T, counts.T).T
    return hidden


def _alone(hidden: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Mark the next number in every column that hides one alone."""
    more = pd.DataFrame(data=False, index=hidden.index, columns=hidden.columns)
    for column in hidden:
        if hidden[column].sum() == 1:
            others = counts[column][~hidden[column] & (counts[column] > 0)].sort_values(kind="stable")
            more.loc[others.index[:1], column] = True
    return more
