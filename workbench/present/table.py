"""A table as it will be read: labels and cells are text already, for screen, paper and workbook alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from workbench.present.i18n import Translator

Align = Literal["left", "right", "center"]


@dataclass(frozen=True)
class ColumnSpec:
    """One column of a table.

    Attributes
    ----------
    key : str
        Name of the column, for styles and tests.
    label : str
        Its header.
    align : {"left", "right", "center"}
        Numbers stand to the right.
    width : int
        Share of the table's width in percent; 0 leaves it to the content.
    """

    key: str
    label: str
    align: Align = "left"
    width: int = 0


@dataclass(frozen=True)
class Table:
    """A table with everything that is printed around it.

    Attributes
    ----------
    caption : str
    columns : tuple of ColumnSpec
    rows : tuple of tuple of str
        One text for each column.
    number_row : bool
        Whether a row (1) (2) ... stands under the header, as official forms have it.
    note : str
        What the reader should know, below the table.
    total : tuple of str
        The row of totals; empty when there is none.

    Raises
    ------
    ValueError
        When a row does not have one text for each column.
    """

    caption: str
    columns: tuple[ColumnSpec, ...]
    rows: tuple[tuple[str, ...], ...]
    number_row: bool = False
    note: str = ""
    total: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        width = len(self.columns)
        wrong = [row for row in (*self.rows, self.total or ("",) * width) if len(row) != width]
        if wrong:
            raise ValueError(f"a row of {len(wrong[0])} cells in a table of {width} columns: {wrong[0]}")


def columns_of(t: Translator, *specs: tuple[str, Align, int]) -> tuple[ColumnSpec, ...]:
    """Return columns whose labels are the words ``column.<key>``."""
    return tuple(ColumnSpec(key, t(f"column.{key}"), align, width) for key, align, width in specs)


def rows_of(rows: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Return rows frozen."""
    return tuple(tuple(row) for row in rows)


def shares(columns: Sequence[ColumnSpec]) -> list[float]:
    """Return the share of each column in percent; columns without a width share what the others leave.

    Examples
    --------
    >>> shares([ColumnSpec("a", "A", width=20), ColumnSpec("b", "B"), ColumnSpec("c", "C")])
    [20.0, 40.0, 40.0]
    """
    given = sum(column.width for column in columns)
    silent = sum(column.width == 0 for column in columns)
    rest = max(100 - given, 8 * silent) / silent if silent else 0
    widths = [column.width or rest for column in columns]
    return [100 * width / sum(widths) for width in widths]
