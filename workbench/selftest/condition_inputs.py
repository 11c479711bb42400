"""The forms in which reference cases give groups of proposals and the conditions of an exact plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import pandas as pd

from workbench.engine.allocation.conditions import (
    AtMostOne,
    Condition,
    Count,
    CountShare,
    GroupCeiling,
    GroupFloor,
    MoneyShare,
    Requires,
    ShareOf,
)
from workbench.errors import InvalidValue
from workbench.selftest.allocation_inputs import by_label
from workbench.selftest.refusals import known_keys

Inputs = Mapping[str, Any]
Given = Mapping[str, Any]


def exact(given: Any) -> Fraction:  # noqa: ANN401 - a case's raw value
    """Return a fraction as it was written: "3/10", "0.3" or 0.3.

    Examples
    --------
    >>> exact("3/10"), exact(0.3)
    (Fraction(3, 10), Fraction(3, 10))
    """
    return Fraction(str(given))


def groups_of(inputs: Inputs, labels: pd.Index) -> pd.DataFrame | None:
    """Return the groups of the proposals by column; None where the case states none."""
    if "groups" not in inputs:
        return None
    columns = {
        str(column): by_label(given, list(labels)).loc[labels] for column, given in inputs["groups"].items()
    }
    return pd.DataFrame(columns, index=labels)


def conditions_of(inputs: Inputs) -> tuple[Condition, ...]:
    """Return the conditions of a case, each named or numbered.

    Raises
    ------
    InvalidValue
        ``unknown_input`` for a key, ``condition_unclear`` for a condition that asks nothing or two things.
    """
    return tuple(_condition(given, number) for number, given in enumerate(inputs.get("conditions", ()), 1))


def _condition(given: Given, number: int) -> Condition:
    known_keys(given, (*STATED, "where", "of", "name"))
    asked = [kind for kind in STATED if kind in given]
    if len(asked) != 1:
        raise InvalidValue("condition_unclear", condition=number, asked=tuple(asked), known=tuple(STATED))
    return STATED[asked[0]](str(given.get("name", f"{asked[0]} {number}")), given, given[asked[0]])


def _bounds(given: Given, read: Callable[[Any], Any]) -> dict[str, Any]:
    known_keys(given, ("min", "max"))
    named = {"at_least": "min", "at_most": "max"}
    return {name: read(given[key]) for name, key in named.items() if key in given}


def _where(given: Given) -> dict[str, Any]:
    return dict(given.get("where", {}))


STATED: Mapping[str, Callable[[str, Given, Any], Condition]] = MappingProxyType(
    {
        "ceiling": lambda name, given, amount: GroupCeiling(name, int(amount), _where(given)),
        "floor": lambda name, given, amount: GroupFloor(name, int(amount), _where(given)),
        "share": lambda name, given, part: MoneyShare(
            name, _where(given), **_bounds(part, exact), of=ShareOf(given.get("of", "ceiling"))
        ),
        "count_share": lambda name, given, part: CountShare(name, _where(given), **_bounds(part, exact)),
        "count": lambda name, given, part: Count(name, _where(given), **_bounds(part, int)),
        "requires": lambda name, _, pair: Requires(name, pair[0], pair[1]),
        "only_one": lambda name, _, labels: AtMostOne(name, tuple(labels)),
    }
)
"""How a condition is stated, by what it asks for."""
