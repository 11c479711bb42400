"""A sheet as a list: its header, its rows without totals and notes, and what was said around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from types import MappingProxyType

import pandas as pd

from workbench.domain.intake import RowKind
from workbench.domain.local_terms import LEVEL_WORDS
from workbench.domain.region_codes import Level
from workbench.errors import Problem, Severity
from workbench.store.grids import Grid, column_letter, unique_texts, written
from workbench.store.header_matching import normalise
from workbench.store.intake.header_band import HeaderBand, find_band
from workbench.store.intake.hierarchy import parts_by_code
from workbench.store.intake.privacy import person_columns
from workbench.store.intake.rows_told import ToldRow, told_rows

FACT_NAMES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("desa_kelurahan", *LEVEL_WORDS[Level.VILLAGE]), "village"),
        **dict.fromkeys(LEVEL_WORDS[Level.DISTRICT], "district"),
        **dict.fromkeys(("kabupaten", "kota", "kabupaten_kota"), "regency"),
        **dict.fromkeys(("provinsi", "propinsi"), "province"),
        **dict.fromkeys(("tahun", "tahun_anggaran", "tahun_rencana"), "year"),
        **dict.fromkeys(("sumber_pembiayaan", "sumber_dana"), "funding_source"),
        **dict.fromkeys(("opd", "skpd", "perangkat_daerah", "organisasi", "nama_opd"), "agency"),
        "pagu": "ceiling",
    }
)
"""Words before a colon above a table, and the fact that follows them."""
NAMED_FACT = re.compile(r"([^:]{2,30}):\s*(.+)")
TITLE_PLACE = re.compile(
    r"\b(kecamatan|distrik|kapanewon|kemantren|desa|kelurahan|nagari|gampong|kampung|pekon|lembang|kalurahan|kabupaten)"
    r"\s+"
    r"(?!(?:berdasar|menurut|per|di|dalam|dan|tahun|untuk|dari|se|yang)\b)([A-Z][\w' .-]{2,30}?)"
    r"(?=\s*(?:,|$|\btahun\b|\bkec|\bkab))",
    re.IGNORECASE,
)
TITLE_YEAR = re.compile(r"\btahun\s+(?:anggaran\s+|rencana\s+)?((?:19|20)[0-9]{2})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Listing:
    """One sheet as a list of text.

    Attributes
    ----------
    file, sheet : str
    band : HeaderBand
    body : DataFrame
        The rows that are data, second lines joined; columns: unique headers; index: row of the spreadsheet.
    parts : mapping of column to tuple of str
        The header texts of each column from top to bottom.
    sections : Series of str
        The heading above each row of `body`.
    closing : tuple of ToldRow
        Totals and subtotals, in order.
    parents : mapping of row to tuple of rows
        Rows whose code holds others, with the rows that are their parts.
    kinds : mapping of kind to count
    facts : mapping
        What stands above the header: village, district, year, ...
    above : tuple of str
        The title lines as they stand.
    unclear : tuple of ToldRow
    full : DataFrame
        `body` and the parents.
    other_rows : mapping of row to tuple of str
        Cells of totals, joined and unclear rows, in the order of the columns of `full`.
    notes : tuple of Problem
    """

    file: str
    sheet: str
    band: HeaderBand
    body: pd.DataFrame
    parts: Mapping[str, tuple[str, ...]]
    sections: pd.Series[str]
    closing: tuple[ToldRow, ...]
    parents: Mapping[int, tuple[int, ...]]
    kinds: Mapping[RowKind, int]
    facts: Mapping[str, str]
    above: tuple[str, ...]
    unclear: tuple[ToldRow, ...]
    full: pd.DataFrame
    other_rows: Mapping[int, tuple[str, ...]]
    notes: tuple[Problem, ...]

    @cached_property
    def people(self) -> Mapping[str, str]:
        """Columns that look like numbers of persons, and what they look like."""
        return MappingProxyType(person_columns(self.body))


def to_listing(grid: Grid, vocabulary: Collection[str]) -> Listing | None:
    """Return the list of a sheet; None where no cell holds text."""
    band = find_band(grid, vocabulary)
    notes = list(grid.notes)
    if band is None:
        if not any(written(cell) for row in grid.rows for cell in row):
            return None
        width = max(map(len, grid.rows))
        band = HeaderBand(0, 0, tuple((f"Kolom {column_letter(place)}",) for place in range(width)))
        notes.append(Problem("header_missing", Severity.SET_ASIDE, grid.file, grid.sheet, 1))
    told = told_rows(grid, band)
    places, names = _named_columns(band, told)
    filled_down = _filled_down(grid, told, places)
    full = _body(told, filled_down, places, names)
    parents = parts_by_code(full)
    body = full.drop(index=list(parents))
    above = _above(grid, band)
    notes += _joined(grid, told)
    parts = {
        name: band.parts[place] for place, name in zip(places, names, strict=True) if place < len(band.parts)
    }
    return Listing(
        grid.file,
        grid.sheet,
        band,
        body,
        MappingProxyType(parts),
        _sections(told, full).reindex(body.index),
        tuple(each for each in told if each.kind in (RowKind.TOTAL, RowKind.SUBTOTAL)),
        MappingProxyType(parents),
        MappingProxyType(_counted(told, parents)),
        MappingProxyType(_facts(above)),
        tuple(" ".join(texts) for texts in above),
        tuple(each for each in told if each.kind is RowKind.UNCLEAR),
        full,
        MappingProxyType(_other_rows(told, places)),
        tuple(notes),
    )


def _named_columns(band: HeaderBand, told: Sequence[ToldRow]) -> tuple[list[int], list[str]]:
    """Return the columns that have a header or a value, and their names made unique."""
    widest = max([len(band.parts), *(len(each.cells) for each in told)])
    open_places = [place for place in range(widest) if place >= len(band.parts) or not band.parts[place]]
    used = {
        place
        for each in told
        if open_places and each.kind is RowKind.DATA
        for place in open_places
        if place < len(each.cells) and each.cells[place]
    }
    width = max([len(band.parts), *(place + 1 for place in used)])
    headers = [*band.names, *[""] * (width - len(band.parts))]
    places = [place for place in range(width) if headers[place] or place in used]
    names = [headers[place] or f"Kolom {column_letter(place)}" for place in places]
    return places, unique_texts(names)


def _filled_down(grid: Grid, told: Sequence[ToldRow], places: Sequence[int]) -> dict[tuple[int, int], str]:
    """Return the text of cells that a merged cell above covers: it is written once and meant for all."""
    data = {each.position for each in told if each.kind is RowKind.DATA}
    wanted = set(places)
    found = {}
    for top, left, bottom, _ in grid.merged:
        if bottom == top or left not in wanted or top >= len(grid.rows) or left >= len(grid.rows[top]):
            continue
        text = written(grid.rows[top][left])
        for position in range(top + 1, min(bottom, len(grid.rows) - 1) + 1):
            if text and position in data:
                found[position, left] = text
    return found


def _body(
    told: Sequence[ToldRow],
    filled: Mapping[tuple[int, int], str],
    places: Sequence[int],
    names: Sequence[str],
) -> pd.DataFrame:
    index: list[int] = []
    lines: list[list[str]] = []
    pick, padding = _picker(places), ("",) * (max(places, default=0) + 1)
    for each in told:
        if each.kind is RowKind.CONTINUED and lines:
            for place, column in enumerate(places):
                text = each.cells[column] if column < len(each.cells) else ""
                if text:
                    lines[-1][place] = f"{lines[-1][place]} {text}".strip()
        elif each.kind in (RowKind.DATA, RowKind.CONTINUED):
            index.append(each.row)
            lines.append(list(pick(each.cells + padding[len(each.cells) :])))
            if filled:
                lines[-1] = [
                    text or filled.get((each.position, column), "")
                    for text, column in zip(lines[-1], places, strict=True)
                ]
    return pd.DataFrame(lines, columns=list(names), index=pd.Index(index, dtype="int64"), dtype="str")


def _picker(places: Sequence[int]) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """Return what picks cells of a row by their places; of many rows `itemgetter` is far quicker."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda cells: tuple(cells[place] for place in places)


def _other_rows(told: Sequence[ToldRow], places: Sequence[int]) -> dict[int, tuple[str, ...]]:
    kinds = (RowKind.TOTAL, RowKind.SUBTOTAL, RowKind.UNCLEAR, RowKind.CONTINUED)
    return {
        each.row: tuple(each.cells[place] if place < len(each.cells) else "" for place in places)
        for each in told
        if each.kind in kinds
    }


def _joined(grid: Grid, told: Sequence[ToldRow]) -> Iterator[Problem]:
    for each in told:
        if each.kind is RowKind.CONTINUED:
            text = " ".join(cell for cell in each.cells if cell)
            yield Problem("row_joined_above", Severity.NOTE, grid.file, grid.sheet, each.row, value=text)


def _sections(told: Sequence[ToldRow], full: pd.DataFrame) -> pd.Series[str]:
    heading, found = "", {}
    for each in told:
        if each.kind is RowKind.SECTION:
            heading = " ".join(cell for cell in each.cells if cell)
        found[each.row] = heading
    return pd.Series([found.get(row, "") for row in full.index], index=full.index, dtype="str")


def _counted(told: Sequence[ToldRow], parents: Mapping[int, object]) -> dict[RowKind, int]:
    counts: dict[RowKind, int] = {}
    for each in told:
        kind = RowKind.SUBTOTAL if each.row in parents else each.kind
        counts[kind] = counts.get(kind, 0) + 1
    return counts


def _above(grid: Grid, band: HeaderBand) -> list[list[str]]:
    lines = ([written(cell) for cell in row if written(cell)] for row in grid.rows[: band.top])
    return [line for line in lines if line]


def _facts(above: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return the facts of the title lines: "DESA : Rejosari", or a place and a year in the title itself."""
    facts: dict[str, str] = {}
    for texts in above:
        line = " ".join(texts)
        if match := NAMED_FACT.fullmatch(line):
            name = FACT_NAMES.get(normalise(match[1]))
            if name:
                facts.setdefault(name, match[2].strip())
                continue
        if len(texts) == 2 and (name := FACT_NAMES.get(normalise(texts[0]))):
            facts.setdefault(name, texts[1].strip(" :"))
            continue
        for word, place in TITLE_PLACE.findall(line):
            facts.setdefault(FACT_NAMES[word.lower()], place.strip())
        if match := TITLE_YEAR.search(line):
            facts.setdefault("year", match[1])
    return facts
