"""What each row below a header is: a proposal, a heading, a total, a note, the second line of a proposal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbench.domain.intake import RowKind
from workbench.store.grids import Grid
from workbench.store.header_matching import normalise
from workbench.store.intake.header_band import HeaderBand
from workbench.store.intake.row_texts import (
    NUMBERING_HEADERS,
    SECTION_WORDS,
    are_column_numbers,
    is_note,
    is_ordinal,
    is_partial,
    is_total,
    looks_numeric,
)

FEW = 3
"""Cells of a row that may still be a heading or a note."""
WIDE = 4
"""Columns from which a row of few cells is looked at twice."""
Cells = list[tuple[int, str]]


@dataclass(frozen=True)
class ToldRow:
    """A row with text: its position in the grid (from 0), what it is, its cells."""

    position: int
    kind: RowKind
    cells: tuple[str, ...]

    @property
    def row(self) -> int:
        """The row as the spreadsheet numbers it."""
        return self.position + 1


@dataclass(frozen=True)
class Columns:
    """What is known of the columns before the rows are read."""

    numbering: int | None
    numeric: frozenset[int]
    header: Mapping[int, str]
    width: int


def told_rows(grid: Grid, band: HeaderBand) -> list[ToldRow]:
    """Return every row below the header that holds text, with its kind."""
    texts = (tuple(map(str.strip, row)) for row in grid.rows[band.bottom :])
    rows = [(position, cells) for position, cells in enumerate(texts, start=band.bottom) if any(cells)]
    columns = _columns(band, rows)
    again = _inside_merged(grid, columns)
    told: list[ToldRow] = []
    for position, cells in rows:
        kind = _kind(cells, columns, told, merged=position in again)
        told.append(ToldRow(position, kind, cells))
    return _with_ends(told)


def _columns(band: HeaderBand, rows: Sequence[tuple[int, tuple[str, ...]]]) -> Columns:
    names = [normalise(name) for name in band.names]
    numbering = next((place for place, name in enumerate(names) if name in NUMBERING_HEADERS), None)
    sample = [cells for _, cells in rows[:400]]
    numeric = set()
    for place in range(len(names)):
        texts = [cells[place] for cells in sample if place < len(cells) and cells[place]]
        if place != numbering and texts and sum(map(looks_numeric, texts)) >= 0.6 * len(texts):
            numeric.add(place)
    header = {place: name for place, name in enumerate(names) if name}
    return Columns(numbering, frozenset(numeric), header, len(header))


def _inside_merged(grid: Grid, columns: Columns) -> frozenset[int]:
    """Return the rows that the numbering cell of the row above reaches into."""
    return frozenset(
        position
        for top, left, bottom, _ in grid.merged
        if left == columns.numbering
        for position in range(top + 1, bottom + 1)
    )


def _kind(cells: Sequence[str], columns: Columns, before: Sequence[ToldRow], *, merged: bool) -> RowKind:
    if not merged and _plainly_data(cells, columns):
        return RowKind.DATA
    filled = [(place, text) for place, text in enumerate(cells) if text]
    label = next((text for _, text in filled if not is_ordinal(text)), filled[0][1])
    amounts = sum(1 for place, text in filled if place in columns.numeric and looks_numeric(text))
    words = sum(1 for _, text in filled if not looks_numeric(text) and not is_ordinal(text))
    if is_total(label) and words <= 2 and (amounts or len(filled) <= 2):
        return RowKind.SUBTOTAL if is_partial(label) else RowKind.TOTAL
    if _numbers_columns(filled, columns):
        return RowKind.COLUMN_NUMBERS
    if len(filled) >= 2 and _repeats_header(filled, columns):
        return RowKind.HEADER_AGAIN
    if merged or _goes_on(filled, columns, before, amounts):
        return RowKind.CONTINUED
    narrow = columns.width < WIDE and (len(filled) > 1 or columns.width < FEW)
    many = len(filled) > FEW or narrow or amounts
    return RowKind.DATA if many else _of_few(filled, label, columns)


def _numbers_columns(filled: Cells, columns: Columns) -> bool:
    """Tell whether a row only numbers the columns, most of them."""
    return len(filled) >= max(FEW, 0.6 * columns.width) and are_column_numbers([text for _, text in filled])


def _plainly_data(cells: Sequence[str], columns: Columns) -> bool:
    """Tell of a well filled row, without looking at every cell, that it is nothing else: lists are long."""
    texts = [text for text in cells if text]
    numbered = columns.numbering is None or bool(_cell(cells, columns.numbering))
    if not numbered or len(texts) <= max(FEW, 0.5 * columns.width):
        return False
    first = next(iter(columns.header), 0)
    return (
        len("".join(texts)) > 5 * len(texts)
        and normalise(_cell(cells, first)) != columns.header.get(first)
        and not any(is_total(text) for text in texts[:2])
    )


def _repeats_header(filled: Cells, columns: Columns) -> bool:
    same = sum(1 for place, text in filled if normalise(text) == columns.header.get(place))
    return same >= max(2, 0.6 * len(filled))


def _goes_on(filled: Cells, columns: Columns, before: Sequence[ToldRow], amounts: int) -> bool:
    """Tell whether a row without number and amount only continues the texts of the row above it."""
    if columns.numbering is None or amounts or not before or before[-1].kind not in DATA_KINDS:
        return False
    above = before[-1].cells
    numbered = _cell(before[-1].cells, columns.numbering) or before[-1].kind is RowKind.CONTINUED
    return (
        numbered
        and all(place != columns.numbering for place, _ in filled)
        and all(_cell(above, place) for place, _ in filled)
        and any(text[:1].islower() or not text[:1].isalpha() for _, text in filled)
    )


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


DATA_KINDS = (RowKind.DATA, RowKind.CONTINUED)


def _of_few(filled: Cells, label: str, columns: Columns) -> RowKind:
    """Tell what a row of up to three cells without an amount is."""
    if is_note(label):
        return RowKind.NOTE
    texts = [text for _, text in filled if not is_ordinal(text)]
    numbered = any(place == columns.numbering and is_ordinal(text) for place, text in filled)
    if len(texts) == 1 and (SECTION_WORDS.match(label) or label.isupper()):
        return RowKind.SECTION
    if len(texts) <= 1 and numbered and not filled[0][1].isdigit():
        return RowKind.SECTION  # I, A, b: proposals are numbered in digits
    if numbered or columns.numbering is None:
        return RowKind.DATA
    return RowKind.UNCLEAR


def _with_ends(told: list[ToldRow]) -> list[ToldRow]:
    """Take what stands below the last proposal for notes, and a total above others for a partial one."""
    used = [place for place, each in enumerate(told) if each.kind in DATA_KINDS]
    last = used[-1] if used else -1
    totals = [place for place, each in enumerate(told) if each.kind is RowKind.TOTAL]
    final = totals[-1] if totals else len(told)
    return [ToldRow(each.position, kind, each.cells) for each, kind in _ended(told, last, final)]


def _ended(told: Sequence[ToldRow], last: int, final: int) -> Iterator[tuple[ToldRow, RowKind]]:
    closed = not any(not _few(each) for each in told[final + 1 :])
    for place, each in enumerate(told):
        kind = each.kind
        if place > last and kind in (RowKind.SECTION, RowKind.UNCLEAR):
            kind = RowKind.NOTE
        elif kind is RowKind.TOTAL and place < last and place != final:
            kind = RowKind.SUBTOTAL
        elif place > final and closed and kind is not RowKind.TOTAL and _few(each):
            kind = RowKind.NOTE
        yield each, kind


def _few(row: ToldRow) -> bool:
    """Tell whether a row holds no more cells than a heading or a note."""
    return len(row.cells) - row.cells.count("") <= FEW
