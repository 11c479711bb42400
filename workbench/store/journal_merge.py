"""Journals of several laptops made one by union: idempotent, and in any order the same state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import InvalidInput, Problem
from workbench.room.entries import Entry
from workbench.room.replay import replay
from workbench.room.state import RoomState
from workbench.store.journal import Journal
from workbench.store.journal_check import verify_journal
from workbench.store.journal_format import Stored
from workbench.store.journal_opening import open_journal, reading


@dataclass(frozen=True)
class Merged:
    """What a merge did.

    Attributes
    ----------
    added : int
        Entries that this journal did not have.
    known : int
        Entries that it had already.
    """

    added: int
    known: int


def read_for_merge(folders: Sequence[Path]) -> tuple[Stored, ...]:
    """Return the entries of other journals; a damaged one is refused before anything is written.

    Raises
    ------
    InvalidInput
        ``journal_not_sound`` with the first bad place, for every damaged one.
    JournalRefused
        ``journal_missing``.
    """
    problems = []
    for folder in folders:
        found = verify_journal(folder)
        if not found.intact:
            first = found.faults[0]
            facts = {"fault": first.code, "entry": first.seq}
            problems.append(Problem("journal_not_sound", file=folder.name, facts=facts))
    if problems:
        raise InvalidInput(problems)
    entries: list[Stored] = []
    for folder in folders:
        with reading(folder) as journal:
            entries += journal.entries()
    return tuple(entries)


def merge_journals(journal: Journal, others: Iterable[Stored]) -> Merged:
    """Add the entries of other journals that this one does not have, in one commit.

    They keep their logical time and their origin, so that `replay` gives the same state whichever laptop
    merges first. What contradicts is set aside by name there; nothing is lost.

    Raises
    ------
    InvalidInput
        ``room_opened_on_others``: a journal was opened on other tables;
        ``request_reused``: one request says two things. Nothing is added then.
    JournalRefused
        The disk did not take it.
    """
    added = known = 0
    problems: list[Problem] = []
    with journal.writing() as writer:
        for held in sorted(others, key=lambda other: other.entry.place):
            mine = writer.find(held.entry.request)
            if mine is None:
                writer.add(held.entry)
                added += 1
                continue
            known += 1
            if mine.entry.content != held.entry.content:
                problems.append(_clash(held.entry))
        if problems:
            raise InvalidInput(problems)
    return Merged(added, known)


def _clash(entry: Entry) -> Problem:
    if entry.kind == "room_opened":
        return Problem("room_opened_on_others", value=entry.origin)
    return Problem("request_reused", column="request", value=entry.request)


def merge_into(folder: Path, others: Iterable[Stored]) -> tuple[Merged, RoomState]:
    """Merge other journals into that of a folder, and return what was done and the state it leads to.

    Raises
    ------
    InvalidInput, JournalRefused
        As `merge_journals` and `open_journal`.
    """
    with open_journal(folder) as journal:
        merged = merge_journals(journal, others)
        return merged, replay(held.entry for held in journal.entries())
