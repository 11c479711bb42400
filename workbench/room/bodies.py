"""What the body of an entry holds: a list of fields for every kind, checked before anything is written."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.domain.columns import Column, Kind
from workbench.domain.region_codes import is_region_code
from workbench.errors import Problem

LARGEST = 2**53
"""Whole numbers up to here are the same in every reader of JSON."""


@dataclass(frozen=True)
class Field:
    """One field of a body.

    Attributes
    ----------
    name : str
    holds : callable
        Whether a value is of the right form.
    required : bool
        Whether it must be there.
    """

    name: str
    holds: Callable[[Any], bool]
    required: bool = True


def text(value: object) -> bool:
    """Tell whether a value is text."""
    return isinstance(value, str)


def filled(value: object) -> bool:
    """Tell whether a value is text that says something.

    Examples
    --------
    >>> filled("lahan siap"), filled("  ")
    (True, False)
    """
    return isinstance(value, str) and not value.isspace() and value != ""


def code(value: object) -> bool:
    """Tell whether a value can be a code: text without outer blanks."""
    return isinstance(value, str) and value != "" and value == value.strip()


def flag(value: object) -> bool:
    """Tell whether a value is yes or no."""
    return isinstance(value, bool)


def whole(value: object) -> bool:
    """Tell whether a value is a whole number that every reader of JSON agrees about."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST


def count(value: object) -> bool:
    """Tell whether a value is a whole number, zero or more."""
    return whole(value) and int(value) >= 0  # type: ignore[call-overload]


def number(value: object) -> bool:
    """Tell whether a value is a finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def one_of(*choices: str) -> Callable[[object], bool]:
    """Return the test for one of some words."""
    return lambda value: isinstance(value, str) and value in choices


def optional(holds: Callable[[Any], bool]) -> Callable[[object], bool]:
    """Return a test that lets null pass as well."""
    return lambda value: value is None or holds(value)


def listed(holds: Callable[[Any], bool]) -> Callable[[object], bool]:
    """Return the test for a list of such values."""
    return lambda value: isinstance(value, list | tuple) and all(map(holds, value))


def mapped(holds: Callable[[Any], bool]) -> Callable[[object], bool]:
    """Return the test for a mapping of codes to such values."""
    return lambda value: (
        isinstance(value, Mapping) and all(code(key) and holds(entry) for key, entry in value.items())
    )


CELLS = frozenset({str, int, float, bool, type(None)})
"""The types of what stands in a cell of a table."""


def table(value: object) -> bool:
    """Tell whether a value is a table: columns, and rows of as many cells."""
    if (
        not isinstance(value, Mapping)
        or set(value) != {"columns", "rows"}
        or not listed(text)(value["columns"])
    ):
        return False
    width, rows = len(value["columns"]), value["rows"]
    return isinstance(rows, list | tuple) and all(
        isinstance(row, list | tuple) and len(row) == width and CELLS.issuperset(map(type, row))
        for row in rows
    )


def check_body(body: Mapping[str, Any], fields: Sequence[Field]) -> list[Problem]:
    """Name every field that is missing, of the wrong form or unknown.

    Examples
    --------
    >>> check_body({"step": ""}, [Field("step", filled)])[0].code
    'entry_field_wrong'
    """
    known = {entry.name: entry for entry in fields}
    problems = [
        Problem("entry_field_missing", column=name)
        for name, entry in known.items()
        if entry.required and name not in body
    ]
    problems += [Problem("entry_field_unknown", column=str(name)) for name in body if name not in known]
    return problems + [
        Problem(_wrong(name), column=name, value=_shown(body[name]))
        for name, entry in known.items()
        if name in body and not entry.holds(body[name])
    ]


def _shown(value: object) -> str:
    """Return what a sentence repeats: a plain value, never the inside of a program."""
    return str(value) if isinstance(value, str | int | float) else ""


def _wrong(name: str) -> str:
    return "reason_missing" if name == "reason" else "entry_field_wrong"


KIND_TESTS: Mapping[Kind, Callable[[Any], bool]] = {
    Kind.TEXT: text,
    Kind.CODE: text,
    Kind.REGION: lambda value: value == "" or (text(value) and is_region_code(value)),
    Kind.RUPIAH: optional(count),
    Kind.COUNT: optional(count),
    Kind.NUMBER: optional(number),
    Kind.RATIO: optional(number),
    Kind.FLAG: optional(flag),
    Kind.SIGN: optional(flag),
}
"""What a cell of a column holds, by the kind of the column."""


def check_record(record: Mapping[str, Any], columns: Sequence[Column], *, extras: bool) -> list[Problem]:
    """Name every value of a row that its column cannot hold; with `extras`, further columns are text."""
    declared = {column.name: column for column in columns}
    problems = []
    for name, value in record.items():
        column = declared.get(name)
        if column is None:
            if not extras:
                problems.append(Problem("entry_field_unknown", column=name))
            elif not text(value):
                problems.append(Problem("entry_field_wrong", column=name, value=_shown(value)))
        elif not _fits(value, column):
            wrong = "negative_value" if number(value) and value < 0 else "entry_field_wrong"
            problems.append(Problem(wrong, column=name, value=_shown(value)))
    return problems


def _fits(value: object, column: Column) -> bool:
    if column.kind is Kind.CHOICE:
        return value == "" or value in column.choices
    return KIND_TESTS[column.kind](value)


def check_filled(record: Mapping[str, Any], columns: Sequence[Column]) -> list[Problem]:
    """Name every column of a new row that must be filled and is not."""
    return [
        Problem("empty_cell", column=column.name)
        for column in columns
        if column.filled and record.get(column.name) in (None, "")
    ]
