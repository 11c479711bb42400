"""A room that is open: acts are checked, written, and only then acknowledged.

Several pages of one laptop may have the same room open (the operator's, a second operator's, the projector's,
a page that was loaded anew): each catches up before it writes, under the journal's lock.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from workbench.domain.checks import raise_if_any
from workbench.errors import InvalidInput, Problem
from workbench.room.entries import Entry
from workbench.room.opening import opening_body
from workbench.room.replay import UNDO, after, extended, refusals
from workbench.room.state import EMPTY, RoomState
from workbench.store.edited_tables import file_hashes
from workbench.store.journal import Journal, Writer
from workbench.store.journal_format import Stored, Tip, has_journal
from workbench.store.journal_opening import create_journal, open_journal
from workbench.store.session_folder import open_tables

OPENING = "room_opened"
"""The request id of the first entry: two pages that open a room at once open it once."""
Clock = Callable[[], str]
"""Gives the time as ISO 8601 text."""


@dataclass(frozen=True)
class Receipt:
    """What became of a delivery.

    Attributes
    ----------
    request : str
    seq : int or None
        Its number in the journal; None where it was refused.
    repeated : bool
        Whether it had been taken before: the sender may have missed the first receipt.
    problems : tuple of Problem
        Why it was refused.
    """

    request: str
    seq: int | None
    repeated: bool = False
    problems: tuple[Problem, ...] = ()


class Room:
    """An open room.

    Attributes
    ----------
    folder : Path
    state : RoomState
        As of the last `act`, `deliver` or `refresh`.
    """

    def __init__(self, folder: Path, journal: Journal, clock: Clock) -> None:
        self.folder = folder
        self._journal = journal
        self._clock = clock
        self._seq = 0
        self._stamp = 0
        self.state: RoomState = EMPTY
        self.refresh()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the journal; nothing is lost by not doing so."""
        self._journal.close()

    @property
    def tip(self) -> Tip:
        """The closing hash: number and hash of the last entry."""
        return self._journal.tip()

    def entries(self) -> tuple[Stored, ...]:
        """Return everything that is written, in its order."""
        return self._journal.entries()

    def refresh(self) -> RoomState:
        """Catch up with what other pages wrote, and return the state.

        Raises
        ------
        JournalRefused
            ``journal_replaced``: another journal has taken its place, for example a practice begun anew.
        """
        self._journal.refuse_replaced()
        self._take(self._journal.entries(self._seq))
        return self.state

    def _take(self, new: Sequence[Stored]) -> None:
        if new:
            self.state = extended(self.state, [held.entry for held in new])
            self._seq = new[-1].seq
            self._stamp = max(self._stamp, *(held.entry.stamp for held in new))

    def act(
        self,
        kind: str,
        body: Mapping[str, Any] | None = None,
        *,
        operator: str = "",
        channel: str = "room",
        request: str = "",
    ) -> RoomState:
        """Do one thing in the room and return the state after it; when this returns, it is on the disk.

        Parameters
        ----------
        kind, body
            A name of `workbench.room.replay.ACTS` (or ``undone``) and what it asks for.
        operator, channel : str
            As in `Entry`.
        request : str
            Unique id, so that a repeated click counts once; made here where none is given.

        Raises
        ------
        InvalidInput
            What speaks against it; nothing was written.
        JournalRefused
            The disk did not take it; nothing was written, everything before is safe.
        """
        entry = Entry(kind, body or {}, request or new_request(), operator=operator, channel=channel)
        receipt = self.deliver([entry])[0]
        if receipt.problems:
            raise InvalidInput(receipt.problems)
        return self.state

    def undo(self, request: str, *, operator: str = "", reason: str = "") -> RoomState:
        """Take an entry back by a new one, and return the state after it.

        Raises
        ------
        InvalidInput, JournalRefused
            As `act`.
        """
        body = {"request": request} | ({"reason": reason} if reason else {})
        return self.act(UNDO, body, operator=operator)

    def deliver(self, entries: Iterable[Entry], *, together: bool = False) -> tuple[Receipt, ...]:
        """Take several deliveries in one commit; each is taken or refused by itself, unless all go together.

        Raises
        ------
        InvalidInput
            With `together`: what refuses any of them; none was written.
        JournalRefused
            The disk did not take them; none was written.
        """
        before = self.state, self._seq, self._stamp
        try:
            with self._journal.writing() as writer:
                self.refresh()
                receipts = tuple([self._deliver(entry, writer) for entry in entries])
                if together:
                    raise_if_any(problem for receipt in receipts for problem in receipt.problems)
                return receipts
        except BaseException:
            self.state, self._seq, self._stamp = before
            raise

    def _deliver(self, entry: Entry, writer: Writer) -> Receipt:
        try:
            entry.content.encode()
        except (ValueError, TypeError):
            return Receipt(entry.request, None, problems=(Problem("entry_not_writable", column="body"),))
        known = writer.find(entry.request) if entry.request else None
        if known is not None:
            if known.entry.content == entry.content:
                return Receipt(entry.request, known.seq, repeated=True)
            problem = Problem("request_reused", column="request", value=entry.request)
            return Receipt(entry.request, None, problems=(problem,))
        placed = entry.placed(self._stamp + 1, self._journal.origin, self._clock())
        problems = refusals(self.state, placed)
        if problems:
            return Receipt(entry.request, None, problems=tuple(problems))
        self.state = after(self.state, placed)
        held = writer.add(placed)
        self._seq, self._stamp = held.seq, placed.stamp
        return Receipt(entry.request, held.seq)


def new_request() -> str:
    """Return an id that no other delivery has."""
    return secrets.token_hex(8)


def open_room(folder: Path, clock: Clock) -> Room:
    """Open the room of a session folder: the first time its tables are taken over whole.

    Parameters
    ----------
    folder : Path
        A session folder (``docs/folder-musyawarah.md``).
    clock : callable
        Gives the time that is written beside each entry.

    Raises
    ------
    InvalidInput
        All problems of the tables, when the room is opened for the first time.
    JournalRefused
        The journal cannot be read or written.
    """
    if has_journal(folder):
        room = Room(folder, open_journal(folder), clock)
        if room.state.opened:
            return room
        room.close()  # cut off between the making of the journal and its first entry
    opened = open_tables(folder)
    body = opening_body(opened.session, opened.rules, opened.resolution, file_hashes(folder))
    journal = open_journal(folder) if has_journal(folder) else create_journal(folder, secrets.token_hex(6))
    room = Room(folder, journal, clock)
    try:
        if not room.state.opened:
            room.act("room_opened", body, request=OPENING)
    except BaseException:
        room.close()
        raise
    return room
