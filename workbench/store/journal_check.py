"""Whether a journal is as it was written: the file, the triggers, the chain, the end; the first bad place."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import JournalRefused
from workbench.room.entries import canonical
from workbench.room.replay import replay
from workbench.room.state import SetAside
from workbench.store.journal_format import (
    APPLICATION,
    COLUMN_NAMES,
    JOURNAL,
    START,
    TRIGGERS,
    VERSION,
    WITNESS,
    Stored,
    Tip,
    entry_hash,
    stored,
)
from workbench.store.manifest import MANIFEST


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was written.

    Attributes
    ----------
    code : str
        ``file_damaged``, ``pages_damaged``, ``no_journal``, ``version_unknown``, ``trigger_missing``,
        ``entry_missing``, ``entry_changed``, ``chain_broken``, ``end_missing``, ``witness_differs``,
        ``export_differs``, ``closing_differs``.
    seq : int or None
        The entry; None where it is not about one.
    detail : str
    """

    code: str
    seq: int | None = None
    detail: str = ""


@dataclass(frozen=True)
class Verification:
    """What a check found.

    Attributes
    ----------
    sound : int
        Entries up to the first bad place.
    closing : Tip
        Number and hash of the last entry that could be read.
    faults : tuple of Fault
        The first bad place first.
    conflicts : tuple of SetAside
        Entries of merged journals that contradict each other: no damage, but somebody must look at them.
    """

    sound: int
    closing: Tip
    faults: tuple[Fault, ...]
    conflicts: tuple[SetAside, ...]

    @property
    def intact(self) -> bool:
        """Whether nothing is amiss."""
        return not self.faults


def verify_journal(folder: Path, closing: str = "") -> Verification:
    """Check the journal of a folder without touching it.

    Parameters
    ----------
    folder : Path
    closing : str
        The closing hash as it was printed or published; empty to leave that out.

    Raises
    ------
    JournalRefused
        ``journal_missing``.
    """
    path = folder / JOURNAL
    if not path.is_file():
        raise JournalRefused("journal_missing", path=str(path))
    found = _checked(path, closing)
    # A page that writes while the file is copied tears the copy: what is really amiss is amiss twice.
    return found if found.intact else _checked(path, closing)


def _checked(path: Path, closing: str) -> Verification:
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / path.name
        for suffix in ("-wal", ""):
            source = path.with_name(path.name + suffix)
            if source.is_file():
                shutil.copyfile(source, copy.with_name(copy.name + suffix))
        connection = sqlite3.connect(copy, isolation_level=None)
        try:
            faults = list(_file_faults(connection))
            chain, broken = _chain(connection)
        finally:
            connection.close()
    faults = [*([broken] if broken else []), *faults]
    faults += _end_faults(path.parent, chain, closing)
    tip = Tip(chain[-1].seq, chain[-1].hash) if chain else Tip(0, START)
    conflicts = () if broken else replay(held.entry for held in chain).set_aside
    return Verification(len(chain), tip, tuple(faults), conflicts)


def _file_faults(connection: sqlite3.Connection) -> Iterator[Fault]:
    try:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
            yield Fault("no_journal")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version != VERSION:
            yield Fault("version_unknown", detail=str(version))
        for (said,) in connection.execute("PRAGMA integrity_check(5)"):
            if said != "ok":
                yield Fault("pages_damaged", detail=str(said))
        listed = {
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        }
        yield from (Fault("trigger_missing", detail=name) for name in sorted(TRIGGERS - listed))
        last = connection.execute("SELECT max(seq) FROM entries").fetchone()[0] or 0
        counted = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'entries'").fetchone()
        if (counted[0] if counted else 0) != last:
            yield Fault("end_missing", last + 1, str(counted[0] if counted else 0))
    except sqlite3.Error as error:
        yield Fault("pages_damaged", detail=str(error))


def _chain(connection: sqlite3.Connection) -> tuple[list[Stored], Fault | None]:
    """Return the entries up to the first bad place, and what is bad there."""
    sound: list[Stored] = []
    before = Tip(0, START)
    try:
        query = f"SELECT {COLUMN_NAMES} FROM entries ORDER BY seq"  # noqa: S608 - constant
        for row in connection.execute(query):
            fault = _entry_fault(row, before)
            if fault:
                return sound, fault
            sound.append(stored(row))
            before = Tip(sound[-1].seq, sound[-1].hash)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return sound, Fault("file_damaged", before.seq + 1, str(error))
    return sound, None


def _entry_fault(row: tuple[object, ...], before: Tip) -> Fault | None:
    expected = before.seq + 1
    try:
        held = stored(row)
        written = canonical(json.loads(str(row[3]))) == row[3]
        digest = entry_hash(held.seq, held.entry, held.prev_hash)
    except (ValueError, TypeError) as error:
        return Fault("entry_changed", expected, str(error))
    if held.seq != expected:
        return Fault("entry_missing", expected)
    if digest != held.hash or not written:
        return Fault("entry_changed", held.seq, held.entry.kind)
    if held.prev_hash != before.hash:
        return Fault("chain_broken", held.seq, held.entry.kind)
    return None


def _end_faults(folder: Path, chain: list[Stored], closing: str) -> Iterator[Fault]:
    """Compare the chain with what was noted of it elsewhere: beside it, in the export, on paper."""
    hashes = {held.seq: held.hash for held in chain}
    noted = [("witness_differs", tip) for tip in _witness(folder)]
    noted += [("export_differs", tip) for tip in _exported(folder)]
    for code, tip in noted:
        if tip.seq > len(chain):
            yield Fault("end_missing", len(chain) + 1, f"{tip.seq}")
        elif tip.seq and hashes[tip.seq] != tip.hash:
            yield Fault(code, tip.seq)
    last = chain[-1].hash if chain else START
    if closing and closing.strip().casefold() != last:
        at = next((seq for seq, digest in hashes.items() if digest == closing.strip().casefold()), None)
        yield Fault("closing_differs", at, "" if at is None else str(len(chain)))


def _witness(folder: Path) -> Iterator[Tip]:
    try:
        seq, digest = (folder / WITNESS).read_text(encoding="ascii").split()
        yield Tip(int(seq), digest)
    except (OSError, ValueError):
        return  # it is renewed at the next entry; without it only the end is less well guarded


def _exported(folder: Path) -> Iterator[Tip]:
    try:
        noted = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["journal"]
        yield Tip(int(noted["entries"]), str(noted["hash"]))
    except (OSError, ValueError, KeyError, TypeError):
        return  # never exported, or by hand
