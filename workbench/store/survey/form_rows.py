"""The sheets of an XLSForm as rows by header, with the labels of every language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.store.grids import Grid, written
from workbench.store.header_matching import normalise

TAG = re.compile(r"<[^>]{1,200}>")
LABEL = re.compile(r"label(?:\s*::?\s*(.+))?", re.IGNORECASE)
INDONESIAN = re.compile(r"\((?:id|ind|in)\)|indonesia", re.IGNORECASE)


@dataclass(frozen=True)
class FormRow:
    """One row of a sheet: the row of the spreadsheet, its cells by normalised header, its labels."""

    row: int
    cells: Mapping[str, str]
    labels: tuple[str, ...]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


def plain_label(text: str) -> str:
    r"""Return a label without the marks of its writing: tags, stars, line breaks.

    Examples
    --------
    >>> plain_label("<b>Sumber</b>  air\n**minum**")
    'Sumber air minum'
    """
    return " ".join(TAG.sub(" ", text).replace("**", "").split())


def form_rows(grid: Grid, language: str) -> list[FormRow]:
    """Return the filled rows of a sheet below its header.

    Parameters
    ----------
    grid : Grid
    language : str
        The form's default language: its labels come first, else the Indonesian ones.
    """
    rows = [[written(cell) for cell in row] for row in grid.rows]
    top = next((number for number, row in enumerate(rows) if any(row)), len(rows))
    if top == len(rows):
        return []
    headers = rows[top]
    order = _label_columns(headers, language)
    named = {normalise(text): place for place, text in reversed(list(enumerate(headers))) if text}
    return [
        FormRow(
            number + 1,
            {name: row[place] if place < len(row) else "" for name, place in named.items()},
            tuple(plain_label(row[place]) if place < len(row) else "" for place in order),
        )
        for number, row in enumerate(rows[top + 1 :], start=top + 1)
        if any(row)
    ]


def header_of(grid: Grid) -> set[str]:
    """Return the normalised headers of a sheet; its first filled row."""
    first: Sequence[str] = next((row for row in grid.rows if any(written(cell) for cell in row)), ())
    return {normalise(cell) for cell in first if written(cell)}


def _label_columns(headers: Sequence[str], language: str) -> list[int]:
    """Return the columns of labels: the default language, Indonesian, without a language, the others."""
    found = []
    for place, text in enumerate(headers):
        match = LABEL.fullmatch(text)
        if match is None:
            continue
        told = (match[1] or "").strip()
        wanted = bool(language) and told.casefold() == language.casefold()
        found.append((not wanted, not INDONESIAN.search(told), bool(told), place))
    return [place for *_, place in sorted(found)]
