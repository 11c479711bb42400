"""Which sheets of a file are meant: those of one layout; every other one is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from workbench.domain.intake import ListKind
from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.intake.layouts import Layout, vocabulary
from workbench.store.intake.recognition import Match, match_layout, recognise
from workbench.store.intake.shape import Listing, to_listing
from workbench.store.intake.sources import read_sheets

KIND_ORDER = (ListKind.PROPOSALS, ListKind.BUDGET, ListKind.CATALOGUE, ListKind.PLAN)
"""Which list of a workbook is meant where it holds several and none is asked for."""


def listings_of(path: Path, layouts: Iterable[Layout], sheet: str) -> tuple[list[Listing], list[Problem]]:
    """Return the lists of a file, and what was said of its empty sheets.

    Raises
    ------
    InvalidInput
        ``file_empty``; ``sheet_missing``: there is no visible sheet of that name.
    """
    grids = read_sheets(path)
    known = vocabulary(layouts)
    if sheet and sheet not in {grid.sheet for grid in grids}:
        facts = {"known": tuple(grid.sheet for grid in grids)}
        raise InvalidInput([Problem("sheet_missing", file=path.name, value=sheet, facts=facts)])
    found, notes = [], []
    for grid in grids:
        if sheet and grid.sheet != sheet:
            continue
        listing = to_listing(grid, known)
        if listing is None:
            notes += [*grid.notes, Problem("sheet_empty", Severity.NOTE, grid.file, grid.sheet)]
        else:
            found.append(listing)
    if not found:
        raise InvalidInput([Problem("file_empty", file=path.name)])
    return found, notes


def match_of(listing: Listing, layout: Layout | None, layouts: Iterable[Layout]) -> Match | None:
    """Return the layout laid over a list; None where it does not fit."""
    if layout is not None:
        match = match_layout(listing, layout)
        return match if match.fields and not match.missing else None
    return recognise(listing, layouts)


def chosen_sheets(
    matches: Sequence[tuple[Listing, Match | None]],
) -> tuple[list[tuple[Listing, Match]], list[Problem]]:
    """Return the sheets of the layout that is meant, and a note on every other sheet."""
    groups: dict[str, list[tuple[Listing, Match]]] = {}
    for listing, match in matches:
        if match is not None and len(listing.body):
            groups.setdefault(match.layout.name, []).append((listing, match))
    if not groups:
        return [], []

    def importance(group: list[tuple[Listing, Match]]) -> tuple[int, int]:
        kind = group[0][1].layout.kind
        return -KIND_ORDER.index(kind), sum(len(listing.body) for listing, _ in group)

    largest = max(groups.values(), key=importance)
    chosen, repeated = _without_repeats(largest)
    used = {id(listing) for listing, _ in chosen}
    notes = [
        Problem(
            "sheet_not_read",
            Severity.NOTE,
            listing.file,
            listing.sheet,
            value=listing.sheet,
            facts={"looks_like": match.layout.title} if match else {},
        )
        for listing, match in matches
        if id(listing) not in used | repeated.keys()
    ]
    return chosen, [*notes, *repeated.values()]


def _without_repeats(
    group: Sequence[tuple[Listing, Match]],
) -> tuple[list[tuple[Listing, Match]], dict[int, Problem]]:
    """Return the sheets of a group without those whose proposals stand all in another sheet, and their notes.

    A workbook may show one list on several sheets (ranking, scores, reasons): it is one list, not three.
    """
    kept: list[tuple[Listing, Match]] = []
    repeated: dict[int, Problem] = {}
    for listing, match in sorted(group, key=lambda pair: -len(pair[1].fields)):
        codes = _codes(listing, match)
        other = next((each.sheet for each, its in kept if codes and codes <= _codes(each, its)), None)
        if other is None:
            kept.append((listing, match))
        else:
            facts = {"other": other}
            repeated[id(listing)] = Problem(
                "sheet_repeats", Severity.NOTE, listing.file, listing.sheet, value=listing.sheet, facts=facts
            )
    return [pair for pair in group if id(pair[0]) not in repeated], repeated


def _codes(listing: Listing, match: Match) -> frozenset[str]:
    """Return the codes of a sheet's proposals; lines without an activity are none."""
    code, activity = match.fields.get("kode_usulan"), match.fields.get("kegiatan")
    if code is None or activity is None:
        return frozenset()
    return frozenset(listing.body.loc[listing.body[activity.column] != "", code.column]) - {""}
