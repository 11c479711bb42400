"""Several sheets of one shape as one table: the same fields, with sheet and row kept for every line."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import pandas as pd

from workbench.domain.intake import ColumnUse, Confidence
from workbench.errors import Problem, Severity
from workbench.store.grids import column_letter
from workbench.store.intake.conversions import MONEY_UNITS
from workbench.store.intake.privacy import masked, person_notes, unconfirmed
from workbench.store.intake.recognition import Found, Match
from workbench.store.intake.shape import Listing

LONG_NUMBER = re.compile(r"[0-9]{10}")


@dataclass(frozen=True)
class Stacked:
    """The matched columns of all sheets of one shape.

    Attributes
    ----------
    fields : DataFrame
        Text by field; index: a running number. A field that no column fills is absent.
    extra : DataFrame
        Text of the further columns that are kept, by their name.
    headers : mapping of field to header
        As written.
    origin : DataFrame
        Columns sheet, row, section, and one for each fact above the header.
    columns : tuple of ColumnUse
    private : tuple of Problem
    """

    file: str
    fields: pd.DataFrame
    extra: pd.DataFrame
    headers: dict[str, str]
    origin: pd.DataFrame
    columns: tuple[ColumnUse, ...]
    private: tuple[Problem, ...]


def at_origin(
    stack: Stacked,
    label: Hashable,
    code: str,
    severity: Severity,
    column: str,
    value: str = "",
    **facts: object,
) -> Problem:
    """Return a problem of one line of a stacked list, with the sheet and row that it came from."""
    origin = stack.origin.loc[[label]]
    sheet, row = str(origin["sheet"].iloc[0]), int(origin["row"].iloc[0])
    return Problem(code, severity, stack.file, sheet, row, column, value, facts)


def unit_question(stack: Stacked, header: str, texts: pd.Series[str]) -> Problem:
    """Ask for the unit of a column of money, with its first amount as the example."""
    first = texts.index[texts != ""][0]
    options = tuple(MONEY_UNITS)
    return at_origin(
        stack, first, "money_unit_unstated", Severity.ERROR, header, texts[first], options=options
    )


def set_aside(stack: Stacked, kept: pd.Series[bool], code: str, header: str) -> list[Problem]:
    """Name every line that is not kept, with the reason."""
    lost = kept.index[~kept]
    return [at_origin(stack, label, code, Severity.SET_ASIDE, header) for label in lost]


def stacked(pairs: Sequence[tuple[Listing, Match]], confirmed: Sequence[str]) -> Stacked:
    """Return the sheets of one shape as one table, without the numbers of persons.

    Parameters
    ----------
    pairs : sequence of (Listing, Match)
        At least one; all of one layout.
    confirmed : sequence of str
        Headers that are kept although they look like numbers of persons.
    """
    fields, extras, origins = [], [], []
    private: list[Problem] = []
    uses: dict[str, ColumnUse] = {}
    headers: dict[str, str] = {}
    for listing, match in pairs:
        people = unconfirmed(listing.people, (*confirmed, *match.layout.confirmed))
        row = max(1, listing.band.bottom)
        private += person_notes(listing.body, people, listing.file, listing.sheet, row)
        body = listing.body.replace(dict.fromkeys(match.layout.blanks, ""))
        wanted = {name: found for name, found in match.fields.items() if found.column not in people}
        further = {name: found for name, found in match.extra.items() if found.column not in people}
        fields.append(_picked(body, wanted))
        extras.append(_picked(body, further))
        origins.append(_origin(listing))
        headers |= {name: _shown(listing, found.column) for name, found in (wanted | further).items()}
        for use in _uses(listing, match, people):
            uses.setdefault(use.header, use)
    fields_table = pd.concat(fields, ignore_index=True).fillna("")
    extra_table = pd.concat(extras, ignore_index=True).fillna("")
    return Stacked(
        pairs[0][0].file,
        _without_numbers(fields_table),
        _without_numbers(extra_table),
        headers,
        pd.concat(origins, ignore_index=True).fillna(""),
        tuple(uses.values()),
        tuple(private),
    )


def _picked(body: pd.DataFrame, wanted: dict[str, Found]) -> pd.DataFrame:
    return pd.DataFrame({name: body[found.column] for name, found in wanted.items()}, index=body.index)


def _origin(listing: Listing) -> pd.DataFrame:
    facts = {f"fact_{name}": value for name, value in listing.facts.items()}
    return pd.DataFrame(
        {"sheet": listing.sheet, "row": listing.body.index, "section": listing.sections, **facts},
        index=listing.body.index,
    )


def _shown(listing: Listing, column: str) -> str:
    """Return a header with the letters of its column, as a person finds it."""
    parts = listing.parts.get(column)
    places = [place for place, each in enumerate(listing.band.parts) if each == parts]
    return f"{column} ({column_letter(places[0])})" if len(places) == 1 and listing.sheet else column


def _uses(listing: Listing, match: Match, people: dict[str, str]) -> list[ColumnUse]:
    by_column = {found.column: (name, found) for name, found in {**match.fields, **match.extra}.items()}
    uses = []
    for column in listing.body:
        header = str(column)
        filled = int((listing.body[column] != "").sum())
        if header in people:
            uses.append(ColumnUse(header, "", f"person_{people[header]}", Confidence.ASKED, filled))
        elif header in by_column:
            name, found = by_column[header]
            uses.append(ColumnUse(header, name, found.how, found.confidence, filled))
        elif header in match.agencies:
            uses.append(ColumnUse(header, "opd", "matrix", Confidence.CERTAIN, filled))
        else:
            uses.append(ColumnUse(header, "", "not_used", Confidence.CERTAIN, filled))
    return uses


def _without_numbers(table: pd.DataFrame) -> pd.DataFrame:
    """Make numbers of persons inside of texts unreadable: "Hub. Pak Amir 0812..."."""
    if table.empty:
        return table
    result = {}
    for name in table:
        texts = table[name]
        if str(name) in (
            "prakiraan_biaya",
            "pagu",
            "jumlah",
            "kode_wilayah",
            "kode_usulan",
            "usulan_asal",
            "kode",
        ):
            result[name] = texts
            continue
        hit = pd.Series([LONG_NUMBER.search(text) is not None for text in texts.tolist()], index=texts.index)
        result[name] = texts.where(~hit, texts[hit].map(masked)) if hit.any() else texts
    return pd.DataFrame(result, index=table.index)
