"""Where the header of a sheet stands: one to three rows, below any number of title rows, merged or not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from workbench.domain.local_terms import HAMLET_WORDS, LEVEL_WORDS
from workbench.domain.region_codes import Level
from workbench.store.grids import Grid, written
from workbench.store.header_matching import normalise
from workbench.store.intake.row_texts import looks_numeric

SEARCHED_ROWS = 200
"""Rows from the top in which a header is looked for."""
DEEPEST = 3
"""Rows that a header may have."""
LONGEST_HEADER = 90
"""Characters of a header; more is a sentence of the table itself."""
YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:\s*[/-]\s*(?:19|20)?[0-9]{2})?")
USUAL: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(LEVEL_WORDS[Level.DISTRICT], "kecamatan"),
        **{word: "desa" for word in LEVEL_WORDS[Level.VILLAGE] if word not in ("kelurahan", "kel")},
        **dict.fromkeys(HAMLET_WORDS[:-1], "dusun"),
        "skpd": "opd",
    }
)
"""Local words in headers, by the usual word that layouts know."""
UNIT = re.compile(r"(?:_(?:dalam|rp|rupiah|jt|juta|ribu|ribuan|jutaan|miliar|x|1|1000|1000000|000))+$")
"""What a header of amounts may end with; the unit itself is read from the header as it is written."""
Row = Sequence[str]


@dataclass(frozen=True)
class HeaderBand:
    """The header of a sheet.

    Attributes
    ----------
    top, bottom : int
        First row of the header and first row below it, counted from 0.
    parts : tuple of tuple of str
        For each column its texts from top to bottom; empty where the column has no header.
    """

    top: int
    bottom: int
    parts: tuple[tuple[str, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The header of each column as one text."""
        return tuple(" ".join(parts) for parts in self.parts)


def spellings(parts: Sequence[str]) -> tuple[str, ...]:
    """Return the normalised texts by which a column may be known: all its parts, then fewer from the top.

    Examples
    --------
    >>> spellings(("Prakiraan Biaya", "Jumlah (Rp)"))
    ('prakiraan_biaya_jumlah_rp', 'jumlah_rp', 'prakiraan_biaya', 'prakiraan_biaya_jumlah', 'jumlah')
    >>> spellings(("Nama Nagari",))
    ('nama_nagari', 'nama_desa')
    """
    texts = [" ".join(parts[start:]) for start in range(len(parts))] + list(parts[:1])
    known = list(filter(None, map(normalise, texts)))
    return tuple(dict.fromkeys([*known, *map(_usual, known)]))


def _usual(name: str) -> str:
    """Return a header in usual words, without its unit of money: "nama_nagari" as "nama_desa"."""
    return UNIT.sub("", "_".join(USUAL.get(word, word) for word in name.split("_"))) or name


def find_band(grid: Grid, vocabulary: Collection[str]) -> HeaderBand | None:
    """Return the header of a sheet: the rows that hold the most known words above the widest table.

    Parameters
    ----------
    grid : Grid
    vocabulary : collection of str
        Normalised headers that any layout knows.

    Returns
    -------
    HeaderBand or None
        None where no cell of the sheet holds text.
    """
    rows = [[written(cell) for cell in row] for row in grid.rows[: SEARCHED_ROWS + DEEPEST + 20]]
    best: tuple[float, HeaderBand] | None = None
    for top, row in enumerate(rows[:SEARCHED_ROWS]):
        if not any(row) or _reaches_down(grid, top):
            continue
        below = max((_filled(each) for each in rows[top : top + 20]), default=1)
        for band in _bands(grid, rows, top):
            score = _score(band, below, vocabulary)
            if best is None or score > best[0]:
                best = (score, band)
    return best[1] if best else None


def _reaches_down(grid: Grid, number: int) -> bool:
    """Tell whether a cell that began in a row above covers this row too: then the header began there."""
    return any(top < number <= bottom for top, _, bottom, _ in grid.merged)


def _filled(row: Row) -> int:
    return sum(1 for cell in row if cell)


def _score(band: HeaderBand, width: int, vocabulary: Collection[str]) -> float:
    filled = {parts for parts in band.parts if parts}  # a wide cell over many columns counts once
    known = sum(1 for parts in filled if any(text in vocabulary for text in spellings(parts)))
    share = len(filled) / max(width, len(filled), 1)
    single = 4.0 if len(filled) < 2 and width > 1 else 0.0
    return 3.0 * known + 4.0 * share - 0.4 * (band.bottom - band.top - 1) - 0.02 * band.top - single


def _bands(grid: Grid, rows: Sequence[Row], top: int) -> Iterator[HeaderBand]:
    """Yield the headers that may begin in a row, the flattest first."""
    for bottom in range(top + 1, min(top + DEEPEST, len(rows)) + 1):
        if not _wordy(rows[bottom - 1]):
            return
        if bottom - top > 1 and (_is_title(rows[top]) or not _fits_below(grid, rows, bottom - 1)):
            return
        yield HeaderBand(top, bottom, _composed(grid, rows, top, bottom))


def _wordy(row: Row) -> bool:
    """Tell whether a row can be part of a header: words, no amounts, no long sentences."""
    filled = [cell for cell in row if cell]
    numbers = sum(1 for cell in filled if looks_numeric(cell) and not YEAR.fullmatch(cell))
    return bool(filled) and numbers <= 0.2 * len(filled) and max(map(len, filled)) <= 3 * LONGEST_HEADER


def _is_title(row: Row) -> bool:
    return _filled(row) < 2


def _fits_below(grid: Grid, rows: Sequence[Row], number: int) -> bool:
    """Tell whether a row divides the header above it: its texts stand under gaps and under wide cells."""
    upper, lower = rows[number - 1], rows[number]
    across = {
        column
        for top, left, _, right in grid.merged
        if top == number - 1 and right > left
        for column in range(left, right + 1)
    }
    wrong = 0
    for column, text in enumerate(lower):
        above = upper[column] if column < len(upper) else ""
        beside = upper[column + 1] if column + 1 < len(upper) else ""
        if text and above and column not in across and (beside or column + 1 >= len(upper)):
            wrong += 1
    few = _filled(lower) <= 0.5 * _filled(upper)
    return wrong == 0 if not few else wrong <= 1


def _composed(grid: Grid, rows: Sequence[Row], top: int, bottom: int) -> tuple[tuple[str, ...], ...]:
    width = max(len(row) for row in rows[top:bottom])
    spread = [_spread(grid, rows, number, bottom, width) for number in range(top, bottom)]
    return tuple(
        tuple(dict.fromkeys(" ".join(row[column].split()) for row in spread if row[column]))
        for column in range(width)
    )


def _spread(grid: Grid, rows: Sequence[Row], number: int, bottom: int, width: int) -> list[str]:
    """Return a row of a header with wide cells written over all the columns that they cover."""
    row = [*rows[number], *[""] * (width - len(rows[number]))]
    if number == bottom - 1:
        return row
    wide = {left: right for top, left, _, right in grid.merged if top == number}
    for left, right in wide.items():
        row[left : right + 1] = [row[left]] * (min(right, width - 1) - left + 1)
    below = {place for row in rows[number + 1 : bottom] for place, text in enumerate(row) if text}
    source = 0
    for column in range(width):
        if row[column] and (column < 1 or row[column] != row[column - 1]):
            source = column
        elif not row[column] and source not in wide and column in below:
            row[column] = row[source]
    return row
