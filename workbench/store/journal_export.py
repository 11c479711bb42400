"""A journal as files that people and programs read: one JSON line an entry, or the tables of a folder."""

from __future__ import annotations

from pathlib import Path

from workbench.room.entries import canonical
from workbench.room.session import room_resolution, session_of
from workbench.room.setting import rules_of
from workbench.room.state import RoomState
from workbench.store.journal_format import Stored, Tip
from workbench.store.manifest import Manifest, write_files
from workbench.store.session_writing import folder_files, table_names


def jsonl(entries: tuple[Stored, ...]) -> bytes:
    r"""Return entries as JSON lines, each with its number and its hashes, so that the chain can be checked.

    Examples
    --------
    >>> jsonl(())
    b''
    """
    return "".join(canonical(_record(held)) + "\n" for held in entries).encode()


def _record(held: Stored) -> dict[str, object]:
    entry = held.entry
    return {
        "seq": held.seq,
        "request": entry.request,
        "kind": entry.kind,
        "body": dict(entry.body),
        "operator": entry.operator,
        "channel": entry.channel,
        "at": entry.at,
        "stamp": entry.stamp,
        "origin": entry.origin,
        "prev_hash": held.prev_hash,
        "hash": held.hash,
    }


def export_tables(folder: Path, state: RoomState, tip: Tip) -> Manifest:
    """Write the tables of a session folder from the state, as the closed rounds leave them.

    Parameters
    ----------
    folder : Path
        The room's own folder, or another one.
    state : RoomState
    tip : Tip
        The end of the journal that the state comes from; the manifest notes it.

    Raises
    ------
    InvalidInput
        ``workbook_not_writable``: a workbook that holds a table can be read and not be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    session = session_of(state)
    files = folder_files(folder, session, rules_of(state), room_resolution(state, session))
    return write_files(
        folder,
        files,
        session.regions.edition,
        obsolete=table_names(),
        journal={"entries": tip.seq, "hash": tip.hash},
    )
