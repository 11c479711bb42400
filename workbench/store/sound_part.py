"""What of a faulty input can be used: districts with a faulty row are left out and named, the rest stands.

Nothing is guessed. A fault of the whole file, or of a row whose district cannot be told, refuses the input as
a whole; so does one that a computed column of another district might hang on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from workbench.domain.region_codes import is_region_code
from workbench.domain.regions import Regions
from workbench.errors import InvalidInput, Problem
from workbench.store.district_rows import DistrictRows, Faults, blamed_of_all, districts_of
from workbench.store.folder_tables import raw_tables
from workbench.store.journal_format import has_journal
from workbench.store.list_import import ListRows, read_rows, session_of_rows, with_derived
from workbench.store.raw_tables import RawTable
from workbench.store.recipe import Recipe, read_recipe
from workbench.store.regions import shipped_regions
from workbench.store.session_folder import ReadTables, open_read, open_session
from workbench.store.session_tables import Reading, read_parsed
from workbench.store.source import Source, not_empty, open_source, source_of

BY_PROPOSAL = ("ballots", "gates", "resolution")
"""Tables whose rows belong to the district of their proposal."""
BY_REGION = ("budget", "ceiling_matrix")
TWICE = "duplicate_id"


@dataclass(frozen=True)
class SoundPart:
    """What of an input can be used.

    Attributes
    ----------
    source : Source
        Without the districts that have faults.
    faults : mapping of district code to problems
        Sorted by code; empty where the input is sound.
    """

    source: Source
    faults: Faults


def open_sound_part(path: Path, recipe_folder: Path | None = None) -> SoundPart:
    """Open an input; where rows of it are faulty, open the districts that have none of them.

    Raises
    ------
    InvalidInput
        As `workbench.store.source.open_source`: all problems, where one of them concerns the file as a whole,
        stands in a row whose district cannot be told, or leaves no district at all.
    """
    if path.is_file() and recipe_folder is not None:
        return _of_list(path, read_recipe(recipe_folder))
    return _of_folder(path) if path.is_dir() else SoundPart(open_source(path, recipe_folder), {})


def _of_list(path: Path, recipe: Recipe) -> SoundPart:
    """Read a list, once, whether or not it is sound."""
    rows = read_rows(path, recipe)
    if not rows.faults:
        whole = Source(session_of_rows(rows, rows.table.index), recipe.rules)
        return SoundPart(not_empty(whole, path), {})
    part = _without_faults(rows, recipe)
    if part is None or not part.source.session.proposals.districts:
        raise InvalidInput(rows.faults)
    return part


def _without_faults(rows: ListRows, recipe: Recipe) -> SoundPart | None:
    listed = districts_of(rows.parsed.table["region"], rows.regions)
    deciding = frozenset({rows.recipe.district_header, rows.recipe.district_name_header} - {""})
    place = DistrictRows(rows.raw, listed, deciding, rows.regions)
    faults = blamed_of_all(rows.faults, [place])
    if not faults or _hides_a_parent_or_a_count(rows):
        return None
    faults = {**_hanging(rows, place, faults), **faults}
    kept = listed.index[~listed.isin(list(faults))]
    return SoundPart(Source(session_of_rows(rows, kept), recipe.rules), dict(sorted(faults.items())))


def _hides_a_parent_or_a_count(rows: ListRows) -> bool:
    """Tell whether a fault stands where a computed column looks: what it gives others is then not known."""
    if not rows.recipe.derived:
        return False
    read = {"proposal", "stage", "parent", *(name for column in rows.recipe.derived for name in column.by)}
    headers = {rows.parsed.headers.get(name, rows.recipe.extra.get(name, name)) for name in read}
    elsewhere = [fault for fault in rows.faults if fault.code != TWICE]
    return any(fault.column in headers or fault.column not in rows.raw.body for fault in elsewhere)


def _hanging(rows: ListRows, place: DistrictRows, faults: Faults) -> Faults:
    """Return the districts without faults whose computed columns hang on a row with another's code."""
    twice = [fault for fault in rows.faults if fault.code == TWICE]
    if not rows.recipe.derived or not twice:
        return {}
    codes = {str(rows.table["proposal"][fault.row]) for fault in twice if fault.row is not None}
    doubtful = rows.table["proposal"].isin(list(codes))
    names = [column.name for column in rows.recipe.derived]
    others = with_derived(rows.table[~doubtful], rows.recipe)[names]
    given = with_derived(rows.table, rows.recipe).loc[others.index, names]
    differs = (given.astype("string").fillna("") != others.astype("string").fillna("")).any(axis="columns")
    differs |= rows.table.loc[others.index, "parent"].isin(list(codes))
    hanging = set(place.districts[others.index[differs]]) - {"", *faults}
    told = tuple(
        Problem(
            "computed_from_doubtful_row", file=fault.file, sheet=fault.sheet, row=fault.row,
            column=fault.column, value=fault.value, facts={"columns": tuple(names)},
        )
        for fault in twice
    )  # fmt: skip
    return dict.fromkeys(hanging, told)


def _of_folder(folder: Path) -> SoundPart:
    """Open a folder, its tables read once, whether or not they are sound."""
    read = cache(raw_tables)
    try:
        return SoundPart(not_empty(source_of(open_session(folder, read)), folder), {})
    except InvalidInput as refused:
        opened = _without_faulty(folder, refused, read)
        if opened is None or not opened.source.session.proposals.districts:
            raise
        return opened


def _without_faulty(folder: Path, refused: InvalidInput, read: ReadTables) -> SoundPart | None:
    """Leave out one district after another, since a fault of a list may hide those of its cards."""
    if has_journal(folder):
        return None
    try:
        raw = read(folder)
    except InvalidInput:
        return None
    faults: dict[str, tuple[Problem, ...]] = {}
    problems = refused.problems
    while True:
        places = _places(raw)
        found = blamed_of_all(problems, places.values())
        if not found or not found.keys() - faults.keys():
            return None
        for district, told in found.items():
            faults[district] = (*faults.get(district, ()), *told)
        raw = {name: places[name].without(faults) if name in places else table for name, table in raw.items()}
        try:
            opened = open_read(folder, raw)
        except InvalidInput as error:
            problems = error.problems
            continue
        return SoundPart(source_of(opened), dict(sorted(faults.items())))


def _places(raw: Mapping[str, RawTable]) -> dict[str, DistrictRows]:
    """Return the tables whose rows belong to districts, by name."""
    reading = read_parsed(raw)
    listed = _listed(reading)
    proposals = reading.parsed["proposals"]
    regions = districts_of(proposals.table["region"], listed)
    owners = pd.Series(regions.to_numpy(), index=pd.Index(proposals.table["proposal"], dtype="str"))
    owners = owners[~owners.index.duplicated(keep=False) & (owners.index != "")]
    found = {
        "proposals": DistrictRows(proposals.raw, regions, _headers(reading, "proposals", "region"), listed)
    }
    for name in BY_PROPOSAL:
        if name in raw:
            own = reading.table(name)["proposal"].map(owners).fillna("").astype("str")
            found[name] = DistrictRows(raw[name], own, _headers(reading, name, "proposal"), listed)
    for name in BY_REGION:
        if name in raw:
            own = districts_of(reading.table(name)["region"], listed)
            found[name] = DistrictRows(raw[name], own, _headers(reading, name, "region"), listed)
    return found


def _headers(reading: Reading, name: str, field: str) -> frozenset[str]:
    return frozenset({reading.parsed[name].headers[field]})


def _listed(reading: Reading) -> Regions:
    """Return the districts that the folder's own list or the shipped one names."""
    shipped = shipped_regions()
    own = reading.table("regions")
    named = own[own["region"].map(is_region_code).astype(bool)].drop_duplicates("region")
    return shipped.joined(Regions(named.set_index("region")["name"], ""))
