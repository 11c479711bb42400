"""The journal of a room: one append-only SQLite file in the session folder.

See ``docs/riwayat.md``. Write-ahead log with ``synchronous = FULL``: what `Journal.writing` has committed
survives a killed process and a pulled plug. Triggers block every change of what is written; a chain of hashes
tells where somebody got around them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from workbench.errors import JournalRefused
from workbench.room.entries import Entry, canonical
from workbench.store.journal_format import (
    COLUMN_NAMES,
    START,
    WITNESS,
    Stored,
    Tip,
    entry_hash,
    stored,
)

_REASONS = {
    sqlite3.SQLITE_FULL: "journal_disk_full",
    sqlite3.SQLITE_READONLY: "journal_read_only",
    sqlite3.SQLITE_CANTOPEN: "journal_not_reachable",
    sqlite3.SQLITE_PERM: "journal_read_only",
    sqlite3.SQLITE_IOERR: "journal_disk_fails",
    sqlite3.SQLITE_BUSY: "journal_busy",
    sqlite3.SQLITE_LOCKED: "journal_busy",
    sqlite3.SQLITE_CORRUPT: "journal_damaged",
    sqlite3.SQLITE_NOTADB: "journal_damaged",
}


class Journal:
    """An open journal; use `open_journal` or `create_journal`, and ``with``."""

    def __init__(self, connection: sqlite3.Connection, path: Path, origin: str) -> None:
        self._connection = connection
        self.path = path
        self.origin = origin
        self._file = _file_of(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was acknowledged is on the disk already."""
        self._connection.close()

    def entries(self, since: int = 0) -> tuple[Stored, ...]:
        """Return the entries after a number, in their order.

        Raises
        ------
        JournalRefused
            When the file cannot be read.
        """
        with explained(self.path, self._count):
            query = f"SELECT {COLUMN_NAMES} FROM entries WHERE seq > ? ORDER BY seq"  # noqa: S608 - constant
            rows = self._connection.execute(query, (since,)).fetchall()
        try:
            return tuple(map(stored, rows))
        except (ValueError, TypeError) as error:
            facts = {"path": str(self.path), "safe": self._count()}
            raise JournalRefused("journal_damaged", **facts) from error

    def tip(self) -> Tip:
        """Return the end of the journal."""
        with explained(self.path, self._count):
            row = self._connection.execute(
                "SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1"
            ).fetchone()
            return Tip(0, START) if row is None else Tip(int(row[0]), str(row[1]))

    def _count(self) -> int:
        try:
            return int(self._connection.execute("SELECT max(seq) FROM entries").fetchone()[0] or 0)
        except sqlite3.Error:
            return 0

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Hold the journal alone while entries are decided on and written; all are kept, or none.

        Yields
        ------
        Writer
            Nobody else writes until the block ends, so what was read in it is still true.

        Raises
        ------
        JournalRefused
            ``journal_busy`` when another program writes for too long, ``journal_replaced`` when the file of
            this name is another one by now, ``journal_disk_full``, ``journal_read_only`` and the like;
            nothing of the block is kept then, everything before is.
        """
        with explained(self.path, self._count):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self.refuse_replaced()
                writer = Writer(self._connection, self.tip(), self.origin)
                yield writer
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        if writer.written:
            self._witness(writer.tip)

    def refuse_replaced(self) -> None:
        """Raise where the name leads to another file by now: what is written here would never be read."""
        if _file_of(self.path) != self._file:
            raise JournalRefused("journal_replaced", path=str(self.path))

    def _witness(self, tip: Tip) -> None:
        """Note the end beside the journal. It may lag behind after a power cut; it never runs ahead."""
        try:
            (self.path.parent / WITNESS).write_text(f"{tip.seq} {tip.hash}\n", encoding="ascii")
        except OSError:
            return  # the entry is safe already; a note that is not renewed only tells less


def _file_of(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another one of its name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class Writer:
    """What may be done while the journal is held: look for requests, add entries."""

    def __init__(self, connection: sqlite3.Connection, tip: Tip, origin: str) -> None:
        self._connection = connection
        self.tip = tip
        self.origin = origin
        self.written = 0

    def find(self, request: str) -> Stored | None:
        """Return the entry of a request, if it was delivered before."""
        query = f"SELECT {COLUMN_NAMES} FROM entries WHERE request = ?"  # noqa: S608 - constant
        row = self._connection.execute(query, (request,)).fetchone()
        return None if row is None else stored(row)

    def add(self, entry: Entry) -> Stored:
        """Add an entry that carries its stamp and origin."""
        seq = self.tip.seq + 1
        new = Stored(seq, entry, self.tip.hash, entry_hash(seq, entry, self.tip.hash))
        self._connection.execute(
            f"INSERT INTO entries ({COLUMN_NAMES}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (
                seq, entry.request, entry.kind, canonical(dict(entry.body)), entry.operator, entry.channel,
                entry.at, entry.stamp, entry.origin, new.prev_hash, new.hash,
            ),
        )  # fmt: skip
        self.tip = Tip(seq, new.hash)
        self.written += 1
        return new


@contextmanager
def explained(path: Path, safe: Callable[[], int] | None = None) -> Iterator[None]:
    """Turn what SQLite reports into `JournalRefused`, with how many entries are safe where that is known."""
    try:
        yield
    except sqlite3.Error as error:
        base = getattr(error, "sqlite_errorcode", 0) & 0xFF
        code = _REASONS.get(base, "journal_damaged")
        known = {} if safe is None else {"safe": safe()}
        raise JournalRefused(code, path=str(path), **known) from error
