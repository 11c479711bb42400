"""Slips that are read aloud and grow on the wall: 3, 5 or 7 votes of the MAD, or three choices in order."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

import ipywidgets as widgets

from workbench.errors import InvalidInput, WorkbenchError
from workbench.present.problems import error_sentence
from workbench.room.counting import votes
from workbench.room.entries import Entry
from workbench.room.replay import UNDO
from workbench.room.round import PLACES, Round
from workbench.store.room import new_request
from workbench.widgets.room_desk import Desk, refusal_sentence
from workbench.widgets.room_keying import choices_of, read_choices, read_ordered
from workbench.widgets.room_lined import asked
from workbench.widgets.room_lines import focus_when_shown
from workbench.widgets.room_parts import button, note, row, said, seen, table_html, text_field
from workbench.widgets.room_progress import keyed_sentence


class SlipEntry(ABC):
    """Key one slip after the other; the last one can be taken back, and both stay in the journal.

    Attributes
    ----------
    slip : Text
    progress, counts : HTML
    view : Widget
    """

    words: str
    """Where the sentences of the way are found."""

    def __init__(self, desk: Desk, held: Round) -> None:
        self.desk, self.number = desk, held.number
        t = desk.t
        self.wanted = self._wanted(len(asked(desk, held)))
        hint = t(f"{self.words}.hint", count=self.wanted)
        self.slip = text_field(t("entry.slip"), width="720px", name="entry-slip", hint=hint)
        self.slip.add_class("entry-line")
        self.slip.observe(lambda change: self._take(change["new"]), names="value")
        self._last: tuple[Entry, ...] = ()
        self._names: list[str] = []
        self._back = button(t("entry.slip.back"), self.take_back, name="entry-slip-back")
        self.said, self.progress, self.counts = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.progress.add_class("entry-progress")
        self.view = widgets.VBox(
            [
                note(t(f"{self.words}.help", count=self.wanted)),
                self.progress,
                row(self.slip, self._back),
                self.said,
                self.counts,
            ]
        )
        focus_when_shown(self.slip)
        self.show()

    @abstractmethod
    def _wanted(self, proposals: int) -> int:
        """Return how many proposals a slip names, or may name at most."""

    @abstractmethod
    def _read(self, text: str, by_number: dict[str, str]) -> list[str] | None:
        """Return the proposals of a slip; None where it cannot be read."""

    @abstractmethod
    def _entries(self, chosen: Sequence[str]) -> list[Entry]:
        """Return what a slip writes down."""

    @abstractmethod
    def _taken_back(self) -> list[Entry]:
        """Return what takes the last slip back."""

    def _take(self, text: str) -> None:
        if not text.strip():
            return
        t, held = self.desk.t, self.desk.state.rounds[self.number]
        by_number = {str(self.desk.numbers()[label]): label for label in asked(self.desk, held)}
        chosen = self._read(text, by_number)
        if chosen is None:
            wrong = t(f"{self.words}.wrong", count=self.wanted, value=text.strip())
            self.said.value = said(wrong, kind="alert")
            return
        entries = self._entries(chosen)
        taken = self._deliver(entries)
        self.slip.value = ""  # the same slip typed again must be heard again
        if taken:
            self._last = tuple(entries)
            self._names = [self.desk.name(label) for label in chosen]
            self.said.value = said(t("entry.slip.taken", names=self._names), kind="status")
        self.show()

    def take_back(self) -> None:
        """Take the slip back that was keyed last; both stay in the journal."""
        if self._last and self._deliver(self._taken_back()):
            words = self.desk.t("entry.slip.taken_back", names=self._names)
            self.said.value = said(words, kind="status")
            self._last = ()
            self.slip.focus()
        self.show()

    def _deliver(self, entries: Sequence[Entry]) -> bool:
        """Write a slip down whole or not at all; return whether it stands in the journal."""
        try:
            self.desk.room.deliver(entries, together=True)
        except InvalidInput as error:
            self.said.value = said(refusal_sentence(error, self.desk.t), kind="alert")
            return False
        except WorkbenchError as error:
            self.said.value = said(error_sentence(error, self.desk.t), kind="alert")
            return False
        return True

    def _entry(self, kind: str, body: dict[str, object]) -> Entry:
        return Entry(kind, body, new_request(), operator=self.desk.operator, channel="paper")

    def show(self) -> None:
        """Show the counts, as the room sees them grow."""
        held, t = self.desk.state.rounds[self.number], self.desk.t
        cast = votes(held)
        seen(self._back, shown=bool(self._last))
        self.progress.value = said(keyed_sentence(self.desk, held))
        rows = [(self.desk.name(label), str(cast.get(label, 0))) for label in asked(self.desk, held)]
        head = (t("wall.proposal"), t(f"wall.growing.{held.way.value}.unit"))
        self.counts.value = table_html(head, rows, numbers=(1,))


class VoteEntry(SlipEntry):
    """3, 5 or 7 different proposals a slip, each one vote."""

    words = "entry.votes"

    def _wanted(self, proposals: int) -> int:
        return choices_of(proposals)

    def _read(self, text: str, by_number: dict[str, str]) -> list[str] | None:
        return read_choices(text, by_number, self.wanted)

    def _entries(self, chosen: Sequence[str]) -> list[Entry]:
        return [self._votes(label, 1) for label in chosen]

    def _taken_back(self) -> list[Entry]:
        return [self._votes(entry.body["proposal"], -1) for entry in self._last]

    def _votes(self, label: str, votes: int) -> Entry:
        return self._entry("votes_added", {"round": self.number, "proposal": label, "votes": votes})


class PreferenceEntry(SlipEntry):
    """Up to three proposals a slip, the most wanted first."""

    words = "entry.preferences"

    def _wanted(self, proposals: int) -> int:
        return min(PLACES, proposals)

    def _read(self, text: str, by_number: dict[str, str]) -> list[str] | None:
        return read_ordered(text, by_number, self.wanted)

    def _entries(self, chosen: Sequence[str]) -> list[Entry]:
        return [self._entry("slip_given", {"round": self.number, "choices": list(chosen)})]

    def _taken_back(self) -> list[Entry]:
        return [self._entry(UNDO, {"request": entry.request}) for entry in self._last]
