"""What stands in a workbook, whatever file it becomes: typed columns, rows of values and formulas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Kind = Literal["text", "whole", "rupiah", "number", "share", "date"]


@dataclass(frozen=True)
class Formula:
    """A live cell.

    Attributes
    ----------
    text : str
        The formula, beginning with ``=``, with the English names of functions that files use everywhere.
    value : number, text or None
        What the product computed: shown where nothing recalculates, and checked by whoever does.
    """

    text: str
    value: float | int | str | None = None


Value: TypeAlias = "str | int | float | Formula | None"
"""A cell; None is empty. A text is never a formula, whatever it begins with."""


@dataclass(frozen=True)
class Field:
    """One column.

    Attributes
    ----------
    label : str
    width : int
        In letters.
    kind : {"text", "whole", "rupiah", "number", "share", "date"}
        A date is an ISO text: a real day in a workbook, the text itself in CSV.
    group : str
        A common head over neighbours of the same group.
    """

    label: str
    width: int = 14
    kind: Kind = "text"
    group: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Attributes
    ----------
    name : str
        Of the tab.
    fields : tuple of Field
    rows : tuple of tuple of Value
    titles : tuple of str
        Lines above the table.
    number_row : bool
        Whether a row (1) (2) ... stands under the head.
    strong : frozenset of int
        Places of rows that are totals.
    notes : tuple of str
        Lines below the table.
    frozen : int
        Columns that stay in sight.
    """

    name: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]
    titles: tuple[str, ...] = ()
    number_row: bool = False
    strong: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()
    frozen: int = 0

    def __post_init__(self) -> None:
        wrong = [row for row in self.rows if len(row) != len(self.fields)]
        if wrong:
            raise ValueError(f"a row of {len(wrong[0])} cells in a sheet of {len(self.fields)} columns")

    @property
    def grouped(self) -> bool:
        """Whether a row of common heads stands above the labels."""
        return any(entry.group for entry in self.fields)

    @property
    def head_row(self) -> int:
        """Row of the labels, counted from 1."""
        return len(self.titles) + bool(self.titles) + self.grouped + 1

    @property
    def first_row(self) -> int:
        """Row of the first value."""
        return self.head_row + self.number_row + 1

    @property
    def last_row(self) -> int:
        """Row of the last value; the head where there is none."""
        return self.first_row + len(self.rows) - 1


@dataclass(frozen=True)
class Book:
    """A workbook.

    Attributes
    ----------
    title : str
    sheets : tuple of Sheet
    date : str
        ISO date of the forum, the only date the file carries.
    """

    title: str
    sheets: tuple[Sheet, ...]
    date: str = field(default="")


def letter(place: int) -> str:
    """Return the letters of a column, counted from 0.

    Examples
    --------
    >>> letter(0), letter(25), letter(26), letter(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def span(place: int, first: int, last: int) -> str:
    """Return the fixed range of a column.

    Examples
    --------
    >>> span(2, 5, 9)
    '$C$5:$C$9'
    """
    name = letter(place)
    return f"${name}${first}:${name}${last}"


def total_formula(place: int, rows: Sequence[int], amount: int) -> Formula:
    """Return the sum of some cells of a column as neighbours, with what the product makes it.

    Examples
    --------
    >>> total_formula(1, [4, 5, 6], 30).text
    '=SUM(B4:B6)'
    """
    name = letter(place)
    return Formula(f"=SUM({name}{rows[0]}:{name}{rows[-1]})", amount)
