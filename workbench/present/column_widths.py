"""Widths of a long table by what stands in it: an empty column gives way, and the list takes fewer sheets."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from workbench.present.table import Table, shares

LONG_TABLE = 16
"""Rows from which the widths follow the content; a short table keeps those of its form."""
LOOKED_AT = 400
"""Rows that are looked at, spread over the table."""
LETTERS = 185
"""Letters that a line of a whole table holds on a sheet that lies across."""
LONGEST_WORD = 13
"""Letters of a word that its column holds whole; a longer one is broken between syllables."""
MOST_STEPS = 60
SHARPNESS = 6
"""A row is as high as its fullest cell; the others count a little, so that a search has a slope."""
LOST_AT_LINE_END = 3
LEAST_GAIN = 1e-6
WORDS = re.compile(r"[\s/-]+")

Lines = NDArray[np.float64]


def fitted(table: Table) -> Table:
    """Return a long table with the widths at which its rows take the fewest lines.

    The search begins at the declared widths, and each column keeps room for its words. A table with a column
    that has none stays as it is.

    Examples
    --------
    >>> from workbench.present.table import ColumnSpec
    >>> columns = (ColumnSpec("a", "Biaya", width=50), ColumnSpec("b", "Alasan", width=50))
    >>> long = Table("", columns, (("", "satu dua tiga empat lima " * 8),) * 30)
    >>> [column.width for column in fitted(long).columns]
    [5, 95]
    """
    if len(table.rows) < LONG_TABLE or not all(column.width for column in table.columns):
        return table
    rows = table.rows[:: max(1, len(table.rows) // LOOKED_AT)]
    widths = _searched(_Search(rows, table), [round(share) for share in shares(table.columns)])
    columns = tuple(replace(column, width=width) for column, width in zip(table.columns, widths, strict=True))
    return replace(table, columns=columns)


class _Search:
    """How crowded the rows of a table are at given widths."""

    def __init__(self, rows: tuple[tuple[str, ...], ...], table: Table) -> None:
        self._lengths = np.array([[len(cell) for cell in row] for row in rows], dtype=np.float64).T
        self._known: dict[tuple[int, int], Lines] = {}
        labels = [column.label for column in table.columns]
        cells = [
            [label, *dict.fromkeys(column)]
            for label, column in zip(labels, zip(*rows, strict=True), strict=True)
        ]
        words = [max(len(word) for cell in column for word in WORDS.split(cell)) for column in cells]
        self.least = [1 + int(np.ceil(100 * (min(word, LONGEST_WORD) + 1) / LETTERS)) for word in words]

    def crowd(self, at: int, width: int) -> Lines:
        """Return how many lines each cell of a column fills, to a power at which the fullest one counts."""
        if (at, width) not in self._known:
            room = max(1.0, width * LETTERS / 100 - LOST_AT_LINE_END)
            self._known[at, width] = np.maximum(1.0, self._lengths[at] / room) ** SHARPNESS
        return self._known[at, width]


def _searched(search: _Search, widths: list[int]) -> list[int]:
    """Move a little width from one column to another for as long as the rows grow shorter by it."""
    now = list(widths)
    for _ in range(MOST_STEPS):
        whole = sum(search.crowd(at, width) for at, width in enumerate(now))
        moved = _best_move(search, now, np.asarray(whole))
        if moved is None:
            break
        giver, taker = moved
        now[giver], now[taker] = now[giver] - 1, now[taker] + 1
    return now


def _best_move(search: _Search, widths: list[int], whole: Lines) -> tuple[int, int] | None:
    """Return from which column to which a hundredth goes; None where that saves nothing."""
    best, chosen = _height(whole), None
    for giver, width in enumerate(widths):
        if width <= search.least[giver]:
            continue
        without = whole - search.crowd(giver, width) + search.crowd(giver, width - 1)
        for taker, given in enumerate(widths):
            tried = without - search.crowd(taker, given) + search.crowd(taker, given + 1)
            if taker != giver and (height := _height(tried)) < best - LEAST_GAIN:
                best, chosen = height, (giver, taker)
    return chosen


def _height(crowds: Lines) -> float:
    return float((crowds ** (1 / SHARPNESS)).sum())
