"""Matching the columns of an unknown list by hand: what is suggested, what was chosen, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from workbench.domain.intake import ListKind
from workbench.errors import InvalidInput, Problem
from workbench.store.header_matching import normalise
from workbench.store.intake.choosing import listings_of
from workbench.store.intake.layouts import Layout, fields_of, shipped_layouts
from workbench.store.intake.privacy import masked
from workbench.store.intake.recognition import match_layout
from workbench.store.intake.shape import Listing

NEEDED: Mapping[ListKind, tuple[str, ...]] = MappingProxyType(
    {
        ListKind.PROPOSALS: ("kegiatan",),
        ListKind.BUDGET: ("jumlah",),
        ListKind.CATALOGUE: ("nama",),
        ListKind.PLAN: ("kegiatan",),
    }
)
"""Fields that a list of each kind cannot do without."""
KEPT = "simpan"
"""Chosen for a column that is kept as it stands, without a field of ours."""
SHOWN_SAMPLES = 3


@dataclass(frozen=True)
class ColumnDraft:
    """A column of the list: its header, its first different entries, and the field that it is."""

    header: str
    samples: tuple[str, ...]
    field: str = ""


@dataclass(frozen=True)
class LayoutDraft:
    """A layout while a person makes it.

    Attributes
    ----------
    file, sheet : str
    kind : ListKind
    columns : tuple of ColumnDraft
        Columns that look like numbers of persons are not among them.
    left_out : tuple of str
        Headers of those.
    """

    file: str
    sheet: str
    kind: ListKind
    columns: tuple[ColumnDraft, ...]
    left_out: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that a column may be."""
        return fields_of(self.kind)

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields that are needed and that no column is yet."""
        chosen = {column.field for column in self.columns}
        return tuple(name for name in NEEDED[self.kind] if name not in chosen)


def draft_of(path: Path, kind: ListKind = ListKind.PROPOSALS, sheet: str = "") -> LayoutDraft:
    """Return a draft for the largest sheet of a file, with the fields that its headers suggest.

    Raises
    ------
    InvalidInput
        The file cannot be read as a table.
    """
    layouts = shipped_layouts()
    listings, _ = listings_of(path, layouts, sheet)
    listing = max(listings, key=lambda each: len(each.body))
    people = listing.people
    suggested = _suggested(listing, kind)
    columns = tuple(
        ColumnDraft(str(name), _samples(listing, str(name)), suggested.get(str(name), ""))
        for name in listing.body
        if str(name) not in people
    )
    return LayoutDraft(listing.file, listing.sheet, kind, columns, tuple(people))


def _suggested(listing: Listing, kind: ListKind) -> dict[str, str]:
    matches = [match_layout(listing, layout) for layout in shipped_layouts() if layout.kind is kind]
    best = max(matches, key=lambda match: len(match.fields))
    return {found.column: name for name, found in best.fields.items()}


def _samples(listing: Listing, name: str) -> tuple[str, ...]:
    texts = listing.body[name]
    different = list(dict.fromkeys(text for text in texts.head(200).tolist() if text))
    return tuple(masked(text)[:40] for text in different[:SHOWN_SAMPLES])


def assigned(draft: LayoutDraft, header: str, field: str) -> LayoutDraft:
    """Return a draft in which a column is a field; a field that another column was goes over to this one.

    Examples
    --------
    >>> columns = (ColumnDraft("A", (), "kegiatan"), ColumnDraft("B", ()))
    >>> draft = LayoutDraft("x", "", ListKind.PROPOSALS, columns)
    >>> [column.field for column in assigned(draft, "B", "kegiatan").columns]
    ['', 'kegiatan']

    Raises
    ------
    InvalidInput
        ``unknown_field``: there is no such field.
    """
    if field not in ("", KEPT, *draft.fields):
        facts = {"allowed": draft.fields}
        raise InvalidInput([Problem("unknown_field", column=header, value=field, facts=facts)])
    taken = field not in ("", KEPT)
    return replace(
        draft,
        columns=tuple(
            replace(column, field=field)
            if column.header == header
            else replace(column, field="" if taken and column.field == field else column.field)
            for column in draft.columns
        ),
    )


def layout_told(path: Path, told: Sequence[str], kind: ListKind, sheet: str = "") -> Layout:
    """Return a layout from what a person says of single columns; the others are taken as suggested.

    Parameters
    ----------
    path : Path
    told : sequence of str
        ``field=header``, as ``kegiatan=Uraian pekerjaan``.
    kind : ListKind
    sheet : str

    Raises
    ------
    InvalidInput
        ``field_told_unreadable``, ``header_told_unknown`` and ``unknown_field``, all at once; then
        ``layout_incomplete``.
    """
    draft = draft_of(path, kind, sheet)
    headers = {normalise(column.header): column.header for column in draft.columns}
    problems = []
    for text in told:
        field, sign, header = (part.strip() for part in text.partition("="))
        found = headers.get(normalise(header))
        if not sign or not header:
            problems.append(Problem("field_told_unreadable", file=path.name, value=text))
        elif found is None:
            facts = {"known": tuple(headers.values())}
            problems.append(Problem("header_told_unknown", file=path.name, value=header, facts=facts))
        elif field not in (KEPT, *draft.fields):
            facts = {"allowed": draft.fields}
            problems.append(Problem("unknown_field", file=path.name, value=field, facts=facts))
        else:
            draft = assigned(draft, found, field)
    if problems:
        raise InvalidInput(problems)
    return layout_from(draft, path.stem, path.name)


def layout_from(draft: LayoutDraft, name: str, title: str, unit: str = "", region: str = "") -> Layout:
    """Return the layout that a person made.

    Raises
    ------
    InvalidInput
        ``layout_incomplete`` names the fields that are needed and that no column is.
    """
    if draft.missing:
        facts = {"missing": draft.missing}
        raise InvalidInput([Problem("layout_incomplete", file=draft.file, sheet=draft.sheet, facts=facts)])
    chosen = {column.field: column.header for column in draft.columns if column.field not in ("", KEPT)}
    kept = {column.header: (column.header,) for column in draft.columns if column.field == KEPT}
    marks = [chosen[field] for field in NEEDED[draft.kind]]
    marks += [header for header in chosen.values() if header not in marks][:3]
    return Layout(
        name=name,
        title=title,
        kind=draft.kind,
        marks=tuple(marks),
        columns={field: (header,) for field, header in chosen.items()},
        extra=kept,
        unit=unit,
        region=region,
    )
