"""How a journal is written: its table, what guards it, and the chain of hashes.

See ``docs/riwayat.md``.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import InvalidInput, Problem
from workbench.room.entries import Entry, canonical

JOURNAL = "riwayat.sqlite"
WITNESS = "riwayat.ekor"
"""Number and hash of the last entry, renewed after each write: tells when the end of the journal is gone."""
VERSION = 1
APPLICATION = 0x4D555352
"""``MUSR``: tells a journal from any other SQLite file."""
START = hashlib.sha256(b"musrenbang-journal").hexdigest()
"""What the first entry's hash is chained to."""

SCHEMA = """
CREATE TABLE entries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    request TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    operator TEXT NOT NULL,
    channel TEXT NOT NULL,
    at TEXT NOT NULL,
    stamp INTEGER NOT NULL,
    origin TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE TABLE identity (origin TEXT NOT NULL) STRICT;
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER identity_no_update BEFORE UPDATE ON identity BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER identity_no_delete BEFORE DELETE ON identity BEGIN SELECT RAISE(ABORT, 'append only'); END;
"""
TRIGGERS = frozenset({"entries_no_update", "entries_no_delete", "identity_no_update", "identity_no_delete"})

COLUMN_NAMES = "seq, request, kind, body, operator, channel, at, stamp, origin, prev_hash, hash"


@dataclass(frozen=True)
class Stored:
    """An entry as it is written.

    Attributes
    ----------
    seq : int
        Its number in this journal, from 1.
    entry : Entry
    prev_hash, hash : str
        The chain.
    """

    seq: int
    entry: Entry
    prev_hash: str
    hash: str


@dataclass(frozen=True)
class Tip:
    """The end of a journal: number and hash of the last entry, the closing hash."""

    seq: int
    hash: str


def entry_hash(seq: int, entry: Entry, prev_hash: str) -> str:
    """Return the hash of an entry in its place.

    Examples
    --------
    >>> entry_hash(1, Entry("step_entered", {"step": "result"}, "r-1"), START)[:8]
    '563bfbbd'
    """
    parts = [
        seq, entry.request, entry.kind, dict(entry.body), entry.operator, entry.channel, entry.at,
        entry.stamp, entry.origin,
    ]  # fmt: skip
    return hashlib.sha256(f"{prev_hash}\n{canonical(parts)}".encode()).hexdigest()


def stored(row: tuple[object, ...]) -> Stored:
    """Return an entry from a row of the table."""
    seq, request, kind, body, operator, channel, at, stamp, origin, prev_hash, digest = row
    entry = Entry(
        str(kind),
        json.loads(str(body)),
        str(request),
        operator=str(operator),
        channel=str(channel),
        at=str(at),
        stamp=int(str(stamp)),
        origin=str(origin),
    )
    return Stored(int(str(seq)), entry, str(prev_hash), str(digest))


def has_journal(folder: Path) -> bool:
    """Tell whether a room has been opened on a folder."""
    return (folder / JOURNAL).is_file()


def refuse_journal(folder: Path) -> None:
    """Raise where a journal holds the truth: tables written past it would be a second one.

    Raises
    ------
    InvalidInput
        ``folder_has_journal``.
    """
    if has_journal(folder):
        raise InvalidInput([Problem("folder_has_journal", file=JOURNAL, value=folder.name)])
