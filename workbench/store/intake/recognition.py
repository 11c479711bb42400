"""Which layout a list has, and which of its columns is which field: by header, never by position."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz import fuzz, process

from workbench.domain.intake import Confidence
from workbench.store.header_matching import normalise
from workbench.store.intake.header_band import spellings
from workbench.store.intake.layouts import Layout
from workbench.store.intake.shape import Listing

ALIKE = 88.0
"""Likeness of two headers from which one is taken for a misspelling of the other."""
MATRIX = "matriks"
ENOUGH_AGENCIES = 2


@dataclass(frozen=True)
class Found:
    """A column that fills a field: its name in the list, how it was known, how sure that is."""

    column: str
    how: str
    confidence: Confidence


@dataclass(frozen=True)
class Match:
    """A layout laid over a list.

    Attributes
    ----------
    layout : Layout
    fields, extra : mapping of field to Found
    agencies : tuple of str
        Columns of a matrix that are agencies.
    missing : tuple of str
        Marks of the layout that the list lacks.
    """

    layout: Layout
    fields: Mapping[str, Found]
    extra: Mapping[str, Found]
    agencies: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def weight(self) -> tuple[int, int]:
        """How well the layout fits: columns that it knows, then marks that it asks for."""
        return len(self.fields) + len(self.extra) + len(self.agencies), len(self.layout.marks)


def match_layout(listing: Listing, layout: Layout) -> Match:
    """Lay a layout over a list."""
    known = {column: spellings(parts) or (normalise(column),) for column, parts in listing.parts.items()}
    taken: set[str] = set()
    fields = _found(known, layout.columns, taken)
    extra = _found(known, layout.extra, taken)
    agencies = _agencies(known, layout, taken)
    present = {*fields, *extra} | ({MATRIX} if len(agencies) >= ENOUGH_AGENCIES else set())
    headers = {text for texts in known.values() for text in texts}
    missing = tuple(
        mark
        for mark in layout.marks
        if not any(
            part in present or (part != MATRIX and normalise(part) in headers) for part in mark.split("|")
        )
    )
    return Match(layout, MappingProxyType(fields), MappingProxyType(extra), agencies, missing)


def recognise(listing: Listing, layouts: Iterable[Layout]) -> Match | None:
    """Return the layout that explains the most columns and finds all its marks; None where none does."""
    matches = [match_layout(listing, layout) for layout in layouts]
    fitting = [match for match in matches if not match.missing]
    return max(fitting, key=lambda match: match.weight, default=None)


def nearest(listing: Listing, layouts: Iterable[Layout]) -> Match | None:
    """Return the layout that comes nearest where none fits, for asking what is missing."""
    matches = [match_layout(listing, layout) for layout in layouts]
    return max(matches, key=lambda match: (-len(match.missing), match.weight), default=None)


def _found(
    known: Mapping[str, Sequence[str]], wanted: Mapping[str, Sequence[str]], taken: set[str]
) -> dict[str, Found]:
    """Return the column of each field: first by its exact header, then by a part of it, then by likeness."""
    found: dict[str, Found] = {}
    for exact in (True, False):
        for name, options in wanted.items():
            if name in found:
                continue
            column = _by_header(known, [normalise(option) for option in options], taken, exact=exact)
            if column:
                taken.add(column)
                found[name] = Found(column, "header" if exact else "header_part", Confidence.CERTAIN)
    for name, options in wanted.items():
        if name in found:
            continue
        column = _by_likeness(known, [normalise(option) for option in options], taken)
        if column:
            taken.add(column)
            found[name] = Found(column, "header_alike", Confidence.LIKELY)
    return {name: found[name] for name in wanted if name in found}


def _by_header(
    known: Mapping[str, Sequence[str]], options: Sequence[str], taken: set[str], *, exact: bool
) -> str:
    for option in options:
        for column, texts in known.items():
            if column not in taken and option in (texts[:1] if exact else texts):
                return column
    return ""


def _by_likeness(known: Mapping[str, Sequence[str]], options: Sequence[str], taken: set[str]) -> str:
    free = {texts[0]: column for column, texts in known.items() if column not in taken and len(texts[0]) > 4}
    hits = [
        hit
        for option in options
        if len(option) > 4
        for hit in [process.extractOne(option, free.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)]
        if hit and hit[0].count("_") == option.count("_")  # a word more may mean something else
    ]
    best = max(hits, key=lambda hit: hit[1], default=None)
    return free[best[0]] if best else ""


def _agencies(known: Mapping[str, Sequence[str]], layout: Layout, taken: set[str]) -> tuple[str, ...]:
    if not layout.agencies:
        return ()
    words = tuple(normalise(word) for word in layout.agencies)
    return tuple(
        column for column, texts in known.items() if column not in taken and texts[-1].startswith(words)
    )
