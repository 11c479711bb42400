"""Checks that several tables share; each returns problems with the row of the table it was given.

The index of a table under check is the row number a person sees in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from workbench.domain.columns import Column, Kind
from workbench.errors import InvalidInput, Problem, Severity


def problem_at(
    row: Any,  # noqa: ANN401 - pandas labels are of any type
    code: str,
    column: str = "",
    value: object = "",
    severity: Severity = Severity.ERROR,
    **facts: Any,  # noqa: ANN401
) -> Problem:
    """Return one problem at a row label; a label that is not a number is left out of the place.

    Examples
    --------
    >>> problem_at(7, "duplicate_id", "proposal", "U-1").row
    7
    """
    number = int(row) if isinstance(row, int) or hasattr(row, "__index__") else None
    return Problem(code, severity, row=number, column=column, value=str(value), facts=facts)


def duplicates(table: pd.DataFrame, keys: Sequence[str], code: str = "duplicate_id") -> list[Problem]:
    """Name every row whose key was already used above, with the row of the first use.

    Examples
    --------
    >>> duplicates(pd.DataFrame({"id": ["a", "a"]}, index=[2, 3]), ["id"])[0].facts["first_row"]
    2
    """
    repeated = table.duplicated(list(keys), keep="first")
    if not repeated.any():
        return []
    rows = list(zip(table.index, *(table[key].astype("str").fillna("") for key in keys), strict=True))
    first: dict[tuple[str, ...], Any] = {}
    for row, *parts in rows:
        first.setdefault(tuple(parts), row)
    return [
        problem_at(row, code, keys[0], " / ".join(parts), first_row=int(first[tuple(parts)]))
        for (row, *parts), again in zip(rows, repeated, strict=True)
        if again
    ]


def empty_cells(table: pd.DataFrame, columns: Sequence[Column]) -> list[Problem]:
    """Name every empty cell of the columns that must be filled."""
    problems = []
    for column in columns:
        if not column.filled or column.name not in table:
            continue
        values = table[column.name]
        empty = values.isna() if column.kind not in TEXTUAL else values.isna() | (values == "")
        problems += [problem_at(row, "empty_cell", column.name) for row in table.index[empty]]
    return problems


def negative_amounts(table: pd.DataFrame, columns: Sequence[Column]) -> list[Problem]:
    """Name every negative number in a column of money or heads."""
    problems = []
    for column in columns:
        if column.kind not in {Kind.RUPIAH, Kind.COUNT} or column.name not in table:
            continue
        values = table[column.name]
        below = values.lt(0).fillna(value=False)
        problems += [
            problem_at(row, "negative_value", column.name, values[row]) for row in table.index[below]
        ]
    return problems


def unknown_labels(table: pd.DataFrame, column: str, known: Iterable[object], code: str) -> list[Problem]:
    """Name every row whose label is not among the known ones; an empty label is not judged here.

    Examples
    --------
    >>> lines = pd.DataFrame({"criterion": ["K9"]}, index=[5])
    >>> unknown_labels(lines, "criterion", ["K1"], "unknown_criterion")[0].row
    5
    """
    labels = table[column]
    wrong = ~labels.isin(list(known)) & (labels != "")
    return [problem_at(row, code, column, labels[row]) for row in table.index[wrong]]


def raise_if_any(problems: Iterable[Problem]) -> None:
    """Raise `InvalidInput` with all problems of severity error, if there is one."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise InvalidInput(errors)


TEXTUAL = frozenset({Kind.TEXT, Kind.CODE, Kind.REGION, Kind.CHOICE})
