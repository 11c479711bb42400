"""Whole rupiah at the door: costs and ceilings are checked once and are plain Python integers afterwards."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import numpy as np
import pandas as pd

from workbench.errors import InvalidValue

LARGEST_AMOUNT = 2**63 - 1
"""The largest amount of rupiah that a table column (int64) can hold."""


def label_key(label: Hashable) -> tuple[int, int, str]:
    """Order labels the same way on every machine: numbers by value, everything else as text.

    Examples
    --------
    >>> sorted(["b", 10, 2, "a"], key=label_key)
    [2, 10, 'a', 'b']
    """
    if isinstance(label, int):
        return (0, label, "")
    return (1, 0, str(label))


def checked_ceiling(ceiling: object) -> int:
    """Return the ceiling as a Python integer of at least zero rupiah.

    Raises
    ------
    InvalidValue
        ``no_ceiling`` when none is given, ``amount_not_whole``, ``amount_negative`` or ``amount_too_large``.

    Examples
    --------
    >>> checked_ceiling(5_000_000_000)
    5000000000
    """
    if ceiling is None or ceiling is pd.NA:
        raise InvalidValue("no_ceiling", remedy="give the ceiling in whole rupiah")
    amount = _whole("ceiling", ceiling)
    _refuse_above_limit("ceiling", amount)
    return amount


def checked_costs(costs: pd.Series) -> dict[Hashable, int | None]:
    """Return the cost of every proposal as a Python integer, ``None`` where it is unpriced.

    Parameters
    ----------
    costs : Series of Int64 by proposal
        Whole rupiah; NA means that nobody has named a price, which is not zero.

    Returns
    -------
    dict
        In the order of the index.

    Raises
    ------
    InvalidValue
        ``duplicate_proposal``, ``amount_not_whole``, ``amount_negative``, or ``amount_too_large`` when the
        sum of all costs leaves int64.

    Examples
    --------
    >>> checked_costs(pd.Series({"a": 5, "b": pd.NA}, dtype="Int64"))
    {'a': 5, 'b': None}
    """
    refuse_duplicates("costs", costs.index)
    checked = {
        label: None if _is_missing(value) else _whole("cost", value, proposal=label)
        for label, value in zip(costs.index.tolist(), costs.tolist(), strict=True)
    }
    _refuse_above_limit("sum_of_costs", sum(cost for cost in checked.values() if cost is not None))
    return checked


def priced(costs: pd.Series) -> dict[Hashable, int]:
    """Return the costs of a rule that needs a price for every proposal.

    Raises
    ------
    InvalidValue
        ``unpriced_proposals`` names those without a price; otherwise as `checked_costs`.

    Examples
    --------
    >>> priced(pd.Series({"a": 5, "b": 7}))
    {'a': 5, 'b': 7}
    """
    checked = checked_costs(costs)
    unpriced = tuple(label for label, cost in checked.items() if cost is None)
    if unpriced:
        raise InvalidValue(
            "unpriced_proposals", proposals=unpriced, remedy="name a price or set them aside first"
        )
    return {label: cost for label, cost in checked.items() if cost is not None}


def refuse_duplicates(what: str, labels: pd.Index) -> None:
    """Raise unless every label occurs once.

    Raises
    ------
    InvalidValue
        ``duplicate_proposal`` with the labels that occur more than once.

    Examples
    --------
    >>> refuse_duplicates("costs", pd.Index(["a", "b"]))
    """
    if not labels.is_unique:
        repeated = sorted(set(labels[labels.duplicated()].tolist()), key=label_key)
        raise InvalidValue("duplicate_proposal", what=what, proposals=tuple(repeated))


def amounts(values: Iterable[int | None], index: pd.Index, name: str) -> pd.Series:
    """Return amounts of rupiah as a nullable integer column by proposal.

    Examples
    --------
    >>> amounts([1, None], pd.Index(["a", "b"]), "cost").tolist()
    [1, <NA>]
    """
    held = [pd.NA if value is None else value for value in values]
    return pd.Series(pd.array(held, dtype="Int64"), index=index, name=name)


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value))


def _whole(what: str, value: object, **facts: object) -> int:
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | np.integer):
        raise InvalidValue(
            "amount_not_whole", what=what, value=value, remedy="whole rupiah as an integer", **facts
        )
    amount = int(value)
    if amount < 0:
        raise InvalidValue("amount_negative", what=what, value=amount, **facts)
    return amount


def _refuse_above_limit(what: str, amount: int) -> None:
    if amount > LARGEST_AMOUNT:
        raise InvalidValue("amount_too_large", what=what, value=amount, largest=LARGEST_AMOUNT)
