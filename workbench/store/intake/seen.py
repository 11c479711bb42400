"""What an unknown table seems to hold, and the one option by which a person can have it read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.store.header_matching import normalise
from workbench.store.intake.conversions import plain_number
from workbench.store.intake.shape import Listing

SAMPLE = 60
LARGE = 100_000
"""An amount of money; smaller numbers may be anything."""
MOST = 0.6
"""Share of the filled cells of a column that makes it a column of amounts, or of texts."""
MANY = 3
"""Columns of amounts that make a table one of budgets rather than of proposals."""
WORDS = 8
"""Letters of a cell, on the average, that make a column one of descriptions."""


def seen_in(listing: Listing, left_out: Mapping[str, str]) -> dict[str, str]:
    """Return what a list seems to be and the option that reads it; nothing where no column suggests it.

    Parameters
    ----------
    listing : Listing
    left_out : mapping of header to kind
        Columns that look like numbers of persons: never named.

    Returns
    -------
    dict
        ``appears``: criteria, points, budgets, works; ``example``: options of ``workbench import``.
    """
    headers = [str(name) for name in listing.body if str(name) not in left_out]
    names = {normalise(header) for header in headers}
    if any("kriteria" in name for name in names) and any("bobot" in name for name in names):
        return {"appears": "criteria"}
    if any("kriteria" in name for name in names) and names & {"nilai", "poin", "skor"}:
        return {"appears": "points"}
    columns = {header: _filled(listing.body[header].tolist()) for header in headers}
    amounts = [header for header, cells in columns.items() if _share(cells, large=True) >= MOST]
    texts = [header for header, cells in columns.items() if _share(cells, large=False) >= MOST]
    if len(amounts) >= MANY or (amounts and not texts):
        sums = {header: sum(abs(plain_number(text) or 0) for text in columns[header]) for header in amounts}
        chosen = max(sums, key=lambda header: sums[header])
        return {"appears": "budgets", "example": f'--jenis pagu --sebagai jumlah="{chosen}"'}
    if texts:
        longest = max(texts, key=lambda header: sum(map(len, columns[header])) / len(columns[header]))
        return {"appears": "works", "example": f'--sebagai kegiatan="{longest}"'}
    return {}


def _filled(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if text][:SAMPLE]


def _share(filled: Sequence[str], *, large: bool) -> float:
    """Return the share of the filled cells that are large amounts, or descriptions in words."""
    numbers = [plain_number(text) for text in filled]
    fit = [
        number is not None and abs(number) >= LARGE if large else number is None and len(text) >= WORDS
        for text, number in zip(filled, numbers, strict=True)
    ]
    return sum(fit) / len(fit) if fit else 0.0
