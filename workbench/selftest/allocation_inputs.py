"""The forms in which reference cases give costs, values and ballots.

Amounts may be numbers or text; money is whole, so the engine refuses fractions of a rupiah.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from workbench.errors import InvalidValue
from workbench.selftest.pairwise_inputs import number

Inputs = Mapping[str, Any]

COST = ("cost", "costs", "weight", "weights", "prices", "price")
VALUE = ("value", "values", "score", "scores", "profit", "profits", "utility")
BUDGET = ("budget", "ceiling", "capacity")
BALLOTS = ("approvals", "ballots", "scores", "points", "utilities")


def named(inputs: Inputs, names: Sequence[str]) -> Any:  # noqa: ANN401 - a case's raw value
    """Return the first of several names that the case gives."""
    found = next((name for name in names if name in inputs), None)
    if found is None:
        raise InvalidValue("missing_input", names=tuple(names), found=tuple(inputs))
    return inputs[found]


def costs_of(inputs: Inputs) -> tuple[pd.Series, Any]:
    """Return the costs and the budget, as integers where they are whole."""
    given = by_label(_columns(inputs, COST), labels_of(inputs))
    whole = pd.Series([_amount(cost) for cost in given.tolist()], index=given.index, dtype=object)
    return whole, _amount(next((inputs[name] for name in BUDGET if name in inputs), None))


def values_of(inputs: Inputs, labels: pd.Index) -> pd.Series:
    """Return the values in the order of the costs; labels that differ are left for the engine to refuse."""
    raw = _columns(inputs, VALUE)
    given = by_label(raw, list(labels) if not isinstance(raw, Mapping) and len(raw) == len(labels) else None)
    values = given.map(lambda one: number(one) if isinstance(one, str) else one)
    return values.reindex(labels) if set(values.index) == set(labels) else values


def by_label(values: Any, labels: Iterable[Hashable] | None) -> pd.Series:  # noqa: ANN401 - a case's raw value
    """Read numbers listed or under labels."""
    if isinstance(values, Mapping):
        return pd.Series(dict(values), dtype=object).infer_objects()
    listed = list(labels) if labels is not None else list(range(len(values)))
    return pd.Series(list(values), index=listed)


def labels_of(inputs: Inputs) -> list[Hashable] | None:
    """Return the labels of the proposals, or None where they are numbered."""
    return next((list(inputs[name]) for name in ("labels", "names", "proposals") if name in inputs), None)


def ballots_of(inputs: Inputs, labels: pd.Index) -> tuple[pd.DataFrame, bool]:
    """Return points by participant and proposal, and whether they are approvals."""
    held = named(inputs, BALLOTS)
    entries = held.items() if isinstance(held, Mapping) else enumerate(held)
    rows = [(person, _points(ballot, labels)) for person, entry in entries for ballot in _repeated(entry)]
    people = [person for person, _ in rows]
    index = people if len(set(people)) == len(people) else None
    return pd.DataFrame([row for _, row in rows], columns=labels, index=index), "approvals" in inputs


def _columns(inputs: Inputs, names: Sequence[str]) -> Any:  # noqa: ANN401 - a case's raw value
    """Return one column of ``items``, or the list or mapping the case gives for it."""
    items = inputs.get("items")
    if items is None:
        return named(inputs, names)
    if isinstance(items, Mapping):
        return {label: named(item, names) for label, item in items.items()}
    return [named(item, names) if isinstance(item, Mapping) else item[names is VALUE] for item in items]


def _amount(given: Any) -> Any:  # noqa: ANN401 - a case's raw value
    value = number(given) if isinstance(given, str) else given
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _repeated(entry: Any) -> list[Any]:  # noqa: ANN401 - a ballot, or [count, ballot]
    counted = isinstance(entry, list) and len(entry) == 2 and isinstance(entry[1], list | Mapping)
    return [entry[1]] * int(entry[0]) if counted else [entry]


def _points(ballot: Any, labels: pd.Index) -> list[Any]:  # noqa: ANN401 - a case's raw value
    entries = [one.strip() for one in ballot.split(",") if one.strip()] if isinstance(ballot, str) else ballot
    flags = not isinstance(entries, Mapping) and _are_points(list(entries), labels)
    unknown = [] if flags else [str(one) for one in entries if one not in labels]
    if unknown:
        raise InvalidValue("unknown_label", labels=tuple(unknown), known=tuple(map(str, labels)))
    if isinstance(entries, Mapping):
        return [entries.get(label, 0) for label in labels]
    return list(entries) if flags else [int(label in entries) for label in labels]


def _are_points(entries: list[Any], labels: pd.Index) -> bool:
    numbers = bool(entries) and all(isinstance(entry, int | float) for entry in entries)
    return numbers and len(entries) == len(labels) and not all(entry in labels for entry in entries)
