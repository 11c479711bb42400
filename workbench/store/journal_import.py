"""Tables that a person edited beside a journal, brought in as entries: checked, with a reason, or refused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbench.room.differences import entries_for
from workbench.room.entries import Entry
from workbench.room.replay import replay
from workbench.store.edited_tables import RULES_FILE, edited_files
from workbench.store.folder_tables import raw_tables
from workbench.store.journal_export import export_tables
from workbench.store.manifest import read_manifest
from workbench.store.room import Room, new_request
from workbench.store.session_folder import open_tables

MATRIX = {"ceiling_matrix": "budget"}
"""A matrix of ceilings is read as lines of the budget."""


@dataclass(frozen=True)
class Imported:
    """What was brought in.

    Attributes
    ----------
    files : tuple of str
        The tables that had been edited.
    kinds : tuple of str
        The kind of each entry that was written.
    """

    files: tuple[str, ...]
    kinds: tuple[str, ...]


def _tables(folder: Path, edited: tuple[str, ...]) -> tuple[str, ...]:
    """Return the tables that stand in the edited files; a workbook may hold any of them."""
    files: dict[str, list[str]] = {}
    for name, raw in raw_tables(folder).items():
        files.setdefault(raw.file, []).append(name)
    names = [MATRIX.get(name, name) for file in edited for name in files.get(file, [])]
    return (*names, *(["rules"] if RULES_FILE in edited else []))


def import_edited(room: Room, reason: str, operator: str = "") -> Imported:
    """Bring the edits of a folder's tables into its room, all or none, and write the tables anew.

    Raises
    ------
    InvalidInput
        Problems of the tables themselves, edits that only the room may make, and whatever refuses an entry.
    JournalRefused
        The disk did not take it.
    """
    room.refresh()
    edited = edited_files(room.folder, room.state.files, read_manifest(room.folder).files)
    opened = open_tables(room.folder)
    written = int(read_manifest(room.folder).journal.get("entries", 1))
    base = replay(held.entry for held in room.entries() if held.seq <= written)
    names = _tables(room.folder, edited)
    given = opened.session, opened.rules, opened.resolution
    acts = entries_for(names, base, room.state, *given, reason)
    entries = [Entry(kind, body, new_request(), operator, "import") for kind, body in acts]
    room.deliver(entries, together=True)
    export_tables(room.folder, room.state, room.tip)
    return Imported(edited, tuple(kind for kind, _ in acts))
