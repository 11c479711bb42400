"""Totals that a list writes, counted again from its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from workbench.domain.intake import RowKind, TotalCheck
from workbench.store.intake.conversions import plain_number
from workbench.store.intake.rows_told import ToldRow
from workbench.store.intake.shape import Listing

NOT_SUMMED = re.compile(r"%|persen|rata|target|indikator|kode|\bno\b|nomor|tahun|harga satuan", re.IGNORECASE)
MOST_COLUMNS = 600
Numbers = Mapping[int, float]


def check_totals(listing: Listing) -> list[TotalCheck]:
    """Return every total of a list beside the sum of its parts, in the order of the rows."""
    if not listing.closing and not listing.parents:
        return []
    found: list[TotalCheck] = []
    rows = [int(row) for row in listing.full.index]
    for place, name in enumerate(listing.full.columns[:MOST_COLUMNS]):
        if NOT_SUMMED.search(str(name)):
            continue
        numbers = {
            row: number
            for row, text in zip(rows, listing.full.iloc[:, place], strict=True)
            if (number := plain_number(text)) is not None
        }
        if numbers:
            found += _of_rows(listing, str(name), numbers)
            found += _of_parents(listing, str(name), numbers)
    return sorted(found, key=lambda check: (check.row, check.column))


def _of_rows(listing: Listing, name: str, numbers: Numbers) -> Iterator[TotalCheck]:
    """Check the rows that say "jumlah": each closes the rows since a heading, a total, or the beginning."""
    position = _position(listing, name)
    own = {row: number for row, number in numbers.items() if row in listing.body.index}
    closed: list[int] = []
    for closing in listing.closing:
        text = closing.cells[position] if position < len(closing.cells) else ""
        written = plain_number(text)
        if written is not None:
            yield _check(listing, name, closing, written, _choices(listing, own, closing, closed))
        closed.append(closing.row)


def _position(listing: Listing, name: str) -> int:
    """Return the place of a column in the sheet."""
    parts = listing.parts.get(name)
    places = [place for place, each in enumerate(listing.band.parts) if each == parts]
    same = [other for other, each in listing.parts.items() if each == parts]
    return places[same.index(name)] if parts and name in same and len(places) > same.index(name) else 10**6


def _choices(listing: Listing, own: Numbers, closing: ToldRow, closed: Sequence[int]) -> list[list[float]]:
    """Return the sets of rows that a total may close, the likeliest first."""
    before = {row: number for row, number in own.items() if row < closing.row}
    section = listing.sections.reindex(list(before)).iloc[-1:] if before else pd.Series(dtype="str")
    heading = section.iloc[0] if len(section) else ""
    same_heading = [
        number for row, number in before.items() if heading and listing.sections.get(row, "") == heading
    ]
    since_last = [number for row, number in before.items() if not closed or row > closed[-1]]
    everything = list(before.values())
    ordered = (
        [everything, since_last, same_heading]
        if closing.kind is RowKind.TOTAL
        else [since_last, same_heading, everything]
    )
    return [choice for choice in ordered if choice] or [[]]


def _check(
    listing: Listing, name: str, closing: ToldRow, written: float, choices: Sequence[Sequence[float]]
) -> TotalCheck:
    label = next(cell for cell in closing.cells if cell)
    checks = [
        TotalCheck(listing.sheet, closing.row, name, label, written, sum(parts), len(parts))
        for parts in choices
    ]
    return next((check for check in checks if check.agrees), checks[0])


def _of_parents(listing: Listing, name: str, numbers: Numbers) -> list[TotalCheck]:
    """Check the rows whose code holds others; a column that bears out none of them is no column of sums."""
    two = listing.full.iloc[:, :2]
    labels = {
        row: next(filter(None, reversed(texts)), "")
        for row, texts in zip(two.index, two.to_numpy().tolist(), strict=True)
    }
    checks = [
        TotalCheck(
            listing.sheet,
            row,
            name,
            str(labels[row])[:80],
            numbers[row],
            sum(numbers.get(child, 0.0) for child in children),
            len(children),
        )
        for row, children in listing.parents.items()
        if row in numbers
    ]
    right = sum(check.agrees for check in checks)
    return checks if right >= 0.5 * len(checks) else []
