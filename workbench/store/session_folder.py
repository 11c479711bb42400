"""The session folder, read: a plain folder that a person opens in Excel and git compares line by line.

See ``docs/folder-musyawarah.md``. Tables are CSV (UTF-8 with BOM, ``;``) or the sheets of one XLSX; the rules
are ``aturan.toml``; the manifest holds version, edition of the region codes and hashes.
`workbench.store.session_writing` writes all of them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from workbench.domain import budget
from workbench.domain.ballots import Ballots, Gates, Judgements
from workbench.domain.bands import Bands
from workbench.domain.budget import Budget
from workbench.domain.condition_checks import strange_agencies, zero_costs
from workbench.domain.judgements import check_scale
from workbench.domain.orders import Orders
from workbench.domain.participants import Participants
from workbench.domain.pools import check_pools, check_spelling
from workbench.domain.preferences import Preferences, check_preference_scale
from workbench.domain.proposals import Proposals
from workbench.domain.regions import Regions
from workbench.domain.resolution import Resolution
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.errors import InvalidInput, Problem
from workbench.room.group_orders import room_orders
from workbench.room.replay import replay
from workbench.room.session import room_resolution, session_of
from workbench.room.setting import rules_of
from workbench.store.ceiling_matrix import matrix_lines
from workbench.store.conditions_table import conditions_of
from workbench.store.edited_tables import RULES_FILE, refuse_edited
from workbench.store.folder_tables import raw_tables
from workbench.store.journal_format import has_journal, refuse_journal
from workbench.store.journal_opening import reading
from workbench.store.manifest import VERSION, Manifest, migrate, read_manifest
from workbench.store.order_file import orders_beside
from workbench.store.project_files import located
from workbench.store.raw_tables import RawTable
from workbench.store.region_names import differing_names, missing_codes
from workbench.store.regions import shipped_regions
from workbench.store.rules_file import read_rules
from workbench.store.session_notes import new_notes, notes_of
from workbench.store.session_tables import (
    Reading,
    check_cards,
    check_table,
    criteria_of,
    facts_of,
    read_parsed,
    regions_of,
    resolution_of,
    unknown_stage,
)
from workbench.store.written_totals import is_recounted, recount_notes

REGION_TABLES = ("proposals", "participants", "budget", "ceiling_matrix")
"""Tables whose codes of regions are checked against the list of names."""
OWN_EDITION = "daftar wilayah folder ini"


@dataclass(frozen=True)
class OpenedSession:
    """What a folder holds.

    Attributes
    ----------
    session, rules, resolution
        The checked values; resolution is None where the forum has decided nothing yet.
    manifest : Manifest
        Version, edition and hashes as written.
    edited : tuple of str
        Files that a person changed since they were written.
    orders : Orders or None
        What groups or persons put in order, in the room's last such round or in ``urutan.csv``; it is shown
        beside the outcome and never changes it.
    """

    session: Session
    rules: Rules
    resolution: Resolution | None
    manifest: Manifest
    edited: tuple[str, ...]
    orders: Orders | None = None


ReadTables = Callable[[Path], Mapping[str, RawTable]]
"""From a folder to its tables as they stand, by name."""


def open_session(folder: str | Path, read: ReadTables = raw_tables) -> OpenedSession:
    """Read and check a session folder; where a room was opened on it, its journal is the truth.

    Parameters
    ----------
    folder : str or Path
        As it stands, or from the project's root where only that exists: notebooks say ``"data/contoh"``.
    read : callable
        Reads the tables; whoever wants to look at them again gives one that keeps them.

    Raises
    ------
    InvalidInput
        All problems of all tables at once, each with file, sheet, row, column, value;
        ``table_edited_beside_journal`` for a table that was changed after the room opened.
    JournalRefused
        When the journal cannot be read.
    """
    place = located(folder)
    return open_journaled(place) if has_journal(place) else open_tables(place, read)


def open_journaled(folder: Path) -> OpenedSession:
    """Build the session from the journal of its folder; its tables are exports and must be as written."""
    manifest = read_manifest(folder)
    with reading(folder) as journal:
        state = replay(held.entry for held in journal.entries())
    if not state.opened:
        return open_tables(folder)
    refuse_edited(folder, state.files, manifest.files)
    session = session_of(state)
    orders = room_orders(state) or orders_beside(folder, session.proposals)
    return OpenedSession(session, rules_of(state), room_resolution(state, session), manifest, (), orders)


def open_tables(folder: Path, read: ReadTables = raw_tables) -> OpenedSession:
    """Read and check the tables of a folder, whether or not a room was opened on it.

    Raises
    ------
    InvalidInput
        All problems of all tables at once, each with file, sheet, row, column, value.
    """
    if not folder.is_dir():
        raise InvalidInput([Problem("folder_missing", file=str(folder))])
    manifest = read_manifest(folder)
    edited = manifest.edited(folder)
    if manifest.version in (0, VERSION):
        return _open(folder, manifest, edited, lambda: read(folder))
    with tempfile.TemporaryDirectory() as place:
        files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
        for name, content in migrate(files, manifest.version).items():
            (Path(place) / name).write_bytes(content)
        return _open(Path(place), manifest, edited, lambda: read(Path(place)))


def open_with(folder: Path, added: Mapping[str, RawTable]) -> OpenedSession:
    """Read and check a folder as if some of its tables were others, for instance those of a filled form.

    Raises
    ------
    InvalidInput
        All problems of all tables at once; ``folder_has_journal``: its tables are written from the journal.
    """
    refuse_journal(folder)
    manifest = read_manifest(folder)
    return _open(folder, manifest, manifest.edited(folder), lambda: {**raw_tables(folder), **added})


def open_read(folder: Path, tables: Mapping[str, RawTable]) -> OpenedSession:
    """Check a folder whose tables were read before; not one of them is read again.

    Raises
    ------
    InvalidInput
        As `open_with`.
    """
    refuse_journal(folder)
    manifest = read_manifest(folder)
    return _open(folder, manifest, manifest.edited(folder), lambda: tables)


def _open(
    folder: Path,
    manifest: Manifest,
    edited: tuple[str, ...],
    read: Callable[[], Mapping[str, RawTable]],
) -> OpenedSession:
    problems: list[Problem] = []
    rules = Rules()
    try:
        rules = read_rules(folder / RULES_FILE) if (folder / RULES_FILE).exists() else rules
    except InvalidInput as error:
        problems += error.problems
    try:
        reading = read_parsed(read())
    except InvalidInput as error:
        raise InvalidInput([*problems, *error.problems]) from error
    reading.problems += problems
    proposals = reading.build("proposals", Proposals.from_table)
    orders = None if proposals is None else reading.keeping(lambda: orders_beside(folder, proposals))
    session, resolution = _build(reading, proposals, manifest, rules, frozenset(manifest.files) - set(edited))
    return OpenedSession(session, rules, resolution, manifest, edited, orders)


def _build(
    reading: Reading, proposals: Proposals | None, manifest: Manifest, rules: Rules, intact: frozenset[str]
) -> tuple[Session, Resolution | None]:
    criteria = criteria_of(reading)
    people = reading.build("participants", Participants.from_table)
    facts = facts_of(reading)
    regions = _regions(reading, manifest, intact)
    check_table(reading, "budget", budget.check)
    lines = pd.concat([reading.table("budget"), matrix_lines(reading, proposals)], ignore_index=True)
    check_table(reading, "judgements", lambda table: check_scale(table, rules.comparison_scale))
    check_table(reading, "preferences", lambda table: check_preference_scale(table, rules.comparison_scale))
    bands = reading.build("bands", Bands.from_table) or Bands.empty()
    limits = conditions_of(reading, proposals, facts.plan_year)
    notes = notes_of(reading)
    if proposals is not None and criteria is not None and people is not None:
        check_cards(reading, proposals, criteria, people)
        check_table(reading, "budget", lambda table: check_pools(proposals, table))
        check_table(reading, "budget", lambda table: strange_agencies(table, proposals))
        check_table(reading, "proposals", check_spelling)
        check_table(reading, "proposals", zero_costs)
        if not manifest.part_of:  # one district of a list may well have nothing at the ranked stage
            reading.keep(unknown_stage(proposals, rules, RULES_FILE))
    decided = None if proposals is None else resolution_of(reading, proposals)
    if reading.problems or proposals is None or criteria is None or people is None:
        raise InvalidInput(reading.problems)
    session = Session(
        facts=facts,
        proposals=proposals,
        criteria=criteria,
        regions=regions,
        participants=people,
        ballots=Ballots(reading.table("ballots").reset_index(drop=True)),
        judgements=Judgements(reading.table("judgements").reset_index(drop=True)),
        preferences=Preferences(reading.table("preferences").reset_index(drop=True)),
        gates=Gates(reading.table("gates").reset_index(drop=True)),
        budget=Budget.from_table(lines),
        conditions=limits,
        bands=bands,
        notes=(*notes, *new_notes(reading, intact)),
    )
    return _recounted(session, rules, reading, manifest), decided


def _recounted(session: Session, rules: Rules, reading: Reading, manifest: Manifest) -> Session:
    """Note where totals and ranks that the list brings along differ; a part of a list has its notes."""
    if manifest.part_of:
        return session
    kept = tuple(note for note in session.notes if not is_recounted(note))
    return session.noted((*kept, *recount_notes(session, rules, reading.parsed["proposals"])))


def _regions(reading: Reading, manifest: Manifest, intact: frozenset[str]) -> Regions:
    """Return the folder's own list where it covers all codes, else both; codes and names are checked."""
    own = regions_of(reading, manifest.region_edition or OWN_EDITION)
    used = {name: reading.table(name)["region"] for name in REGION_TABLES}
    codes = {code for column in used.values() for code in column} - {""}
    if own is not None and codes <= set(own.names.index):
        regions = own
    else:
        shipped = shipped_regions()
        regions = shipped if own is None else shipped.joined(own)
        regions = regions.around(codes) if codes else regions
    for name in used:
        reading.add(name, regions.check(reading.table(name), "region"))
    listed = reading.parsed["proposals"]
    if listed.raw.file not in intact and not reading.lacks_column("proposals"):
        rows = [row for row in listed.table.index if (row, "region") not in listed.refused]
        reading.add("proposals", missing_codes(listed.table.loc[rows], regions))
        reading.add("proposals", differing_names(listed.table, regions))
    return regions if codes else regions.around(codes)
