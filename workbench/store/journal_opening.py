"""How the journal of a folder is made, opened for writing, and opened for reading alone.

See ``docs/riwayat.md``. An older format is brought up to date; a file of another kind is refused by name.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from workbench.errors import JournalRefused
from workbench.store.journal import Journal, explained
from workbench.store.journal_format import APPLICATION, JOURNAL, SCHEMA, VERSION

WAIT_SECONDS = 5.0
Migration = Callable[[sqlite3.Connection], None]
MIGRATIONS: Mapping[int, Migration] = MappingProxyType({})
"""By the version they start from; each only adds, what is written stays as it is."""


def create_journal(folder: Path, origin: str) -> Journal:
    """Make the journal of a folder.

    Parameters
    ----------
    folder : Path
    origin : str
        Name of this laptop's journal among others that may be merged with it: random, made by the caller.

    Raises
    ------
    JournalRefused
        When the folder does not take it.
    """
    path = folder / JOURNAL
    draft = folder / f"{JOURNAL}.{origin}.baru"
    with explained(path):
        connection = sqlite3.connect(draft, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN IMMEDIATE")
            for statement in SCHEMA.strip().split(";\n"):
                connection.execute(statement)
            connection.execute("INSERT INTO identity VALUES (?)", (origin,))
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.execute("COMMIT")
            connection.close()
            _publish(draft, path)
        finally:
            connection.close()
            draft.unlink(missing_ok=True)
    return open_journal(folder)


def _publish(draft: Path, path: Path) -> None:
    """Give a whole journal its name unless another page was faster: the name never holds half a journal."""
    try:
        if os.name == "nt":
            draft.rename(path)
        else:
            os.link(draft, path)
    except FileExistsError:
        return
    except OSError:  # a stick whose file system knows no links
        draft.rename(path)
    if hasattr(os, "O_DIRECTORY"):
        place = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(place)
        finally:
            os.close(place)


def open_journal(folder: Path) -> Journal:
    """Open the journal of a folder for writing; an older format is brought up to date.

    Raises
    ------
    JournalRefused
        ``journal_missing``, ``journal_too_new``, ``journal_damaged`` or a refusal of the disk.
    """
    path = folder / JOURNAL
    if not path.is_file():
        raise JournalRefused("journal_missing", path=str(path))
    with explained(path):
        connection = _connected(path)
        try:
            _migrate(connection, path)
            return Journal(connection, path, _origin(connection, path))
        except BaseException:
            connection.close()
            raise


@contextmanager
def reading(folder: Path) -> Iterator[Journal]:
    """Open the journal of a folder for reading alone, also where nothing may be written.

    Raises
    ------
    JournalRefused
        As `open_journal`.
    """
    path = folder / JOURNAL
    if not path.is_file():
        raise JournalRefused("journal_missing", path=str(path))
    with tempfile.TemporaryDirectory() as place, explained(path):
        connection = _reader(path, Path(place))
        try:
            _refuse_foreign(connection, path)
            yield Journal(connection, path, _origin(connection, path))
        finally:
            connection.close()


def _reader(path: Path, place: Path) -> sqlite3.Connection:
    """Return a connection that reads: of the file itself, or of a copy where nothing may be written.

    A reader of a write-ahead log needs a file beside it, which a stick or an archive may not give.
    """
    try:
        connection = _connected(path)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT max(seq) FROM entries").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            raise
        for suffix in ("", "-wal"):
            source = path.with_name(path.name + suffix)
            if source.is_file():
                shutil.copyfile(source, place / source.name)
        connection = sqlite3.connect(place / path.name, isolation_level=None)
    return connection


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=WAIT_SECONDS, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA recursive_triggers = ON")  # else INSERT OR REPLACE deletes past the trigger
    return connection


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    version = _version(connection)
    if application != APPLICATION:
        raise JournalRefused("journal_damaged", path=str(path))
    if version > VERSION:
        raise JournalRefused("journal_too_new", path=str(path), version=version, known=VERSION)


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    _refuse_foreign(connection, path)
    while (version := _version(connection)) < VERSION:
        if version not in MIGRATIONS:
            raise JournalRefused("journal_too_old", path=str(path), version=version)
        connection.execute("BEGIN IMMEDIATE")
        MIGRATIONS[version](connection)
        connection.execute(f"PRAGMA user_version = {version + 1}")
        connection.execute("COMMIT")


def _origin(connection: sqlite3.Connection, path: Path) -> str:
    row = connection.execute("SELECT origin FROM identity").fetchone()
    if row is None:
        raise JournalRefused("journal_damaged", path=str(path))
    return str(row[0])
