"""Filled forms that come back while their room is open: entries of its journal, all of them or none.

A line that stands in the journal already is counted once, whoever brought it; one that says something else
than the card that was keyed is named with its cell, and the card keeps what it says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.domain.ballots import check_ballots
from workbench.domain.checks import problem_at, raise_if_any
from workbench.domain.participants import Participants
from workbench.domain.session import Session
from workbench.errors import Problem
from workbench.room.ballots import keyed_already
from workbench.room.differences import entries_for
from workbench.room.entries import Entry
from workbench.room.replay import after, refusals
from workbench.room.session import session_of
from workbench.room.setting import rules_of
from workbench.room.state import RoomState
from workbench.store.headers import load_headers
from workbench.store.intake.filled_forms import card_notes, mark_problems, of_other_session
from workbench.store.raw_tables import RawTable
from workbench.store.room import Room
from workbench.store.session_tables import Reading, read_parsed

CHANNEL = "form"
"""Channel of the entries; who keys cards in shows a pace, and a form does not."""
TAKEN = ("ballots", "participants")
"""Tables that a form may bring into an open room; the others are set on the page, before everybody."""
LINE = ["round", "participant", "proposal"]
BY_HEADERS = "sheet_known_by_headers"
OF_ROUND = frozenset({"round_not_open", "other_way_in_round"})
"""Refusals that every line of a round shares, and that are said once."""


@dataclass(frozen=True)
class TakenIntoRoom:
    """What a form brought into an open room.

    Attributes
    ----------
    lines : int
        Lines of cards that were recorded, one proposal each.
    known : int
        Lines that said what stands in the journal already.
    people : int
        Participants that were registered.
    notes : tuple of Problem
        What a person should know: blank points, incomplete cards, a sheet that was known by its headers.
    """

    lines: int
    known: int
    people: int
    notes: tuple[Problem, ...]


@dataclass(frozen=True)
class _Line:
    """One proposal on one card: the entry, and the row of each of its points."""

    entry: Entry
    rows: Mapping[str, int]

    @property
    def first(self) -> int:
        return min(self.rows.values())


def take_into_room(
    path: Path, tables: Mapping[str, RawTable], room: Room, *, operator: str = ""
) -> TakenIntoRoom:
    """Put the cards of a filled form into an open room.

    Parameters
    ----------
    path : Path
        The form, for messages.
    tables : mapping of str to RawTable
        From `filled_tables`.
    room : Room
    operator : str
        Who brings it in, by role; a round of double entry asks for it.

    Raises
    ------
    InvalidInput
        Everything that is wrong, at once, with sheet, row and column; nothing was written. Besides what
        `take_in` names: ``round_not_open``, ``line_already_keyed`` where a card was keyed with other points,
        ``participant_differs``, ``table_only_in_room`` for ceilings and conditions.
    JournalRefused
        The disk did not take it; nothing was written.
    """
    state = room.refresh()
    session, reading = session_of(state), read_parsed(tables)
    reading.keep(_only_in_room(tables, path))
    people = _people(reading, session.participants)
    entries: list[Entry] = []
    for entry in _registered(state, session, people, operator):
        against = refusals(state, entry)
        reading.keep(_placed(against, reading.parsed["participants"].raw))
        state = state if against else after(state, entry)
        entries.append(entry)
    registered = len(people) - len(session.participants)
    found = _cards(reading, state, replace(session, participants=people), operator)
    raise_if_any(of_other_session(reading.problems, reading.parsed.get("ballots"), session, path))
    room.deliver([*entries, *found.new], together=True)
    notes = [note for table in tables.values() for note in table.notes if note.code == BY_HEADERS]
    return TakenIntoRoom(len(found.new), found.known, registered, (*notes, *found.notes))


@dataclass(frozen=True)
class _Cards:
    """The entries of a form's cards, how many lines stand in the journal already, and what to say of them."""

    new: tuple[Entry, ...] = ()
    known: int = 0
    notes: tuple[Problem, ...] = ()


def _cards(reading: Reading, state: RoomState, session: Session, operator: str) -> _Cards:
    """Make entries of the cards of a form; what is wrong with them is kept in the reading."""
    if "ballots" not in reading.parsed or reading.lacks_column("ballots"):
        return _Cards()
    cards = reading.parsed["ballots"]
    wrong = check_ballots(cards.table, session.proposals, session.criteria, session.participants)
    wrong += mark_problems(cards)
    reading.keep(cards.located(wrong))
    lines = list(_lines(state, cards.table, {problem.row for problem in wrong}, operator))
    new = [line for line in lines if not keyed_already(state, line.entry)]
    reading.keep(cards.located(list(_refused(state, new))))
    notes = cards.located(card_notes(cards.table, lambda number: _full(state, number)))
    return _Cards(tuple(line.entry for line in new), len(lines) - len(new), notes)


def _full(state: RoomState, number: int) -> int:
    """Return how many points a card may give in a round."""
    held = state.rounds.get(number)
    return len(held.proposals) * len(held.criteria) if held else 0


def _placed(problems: Sequence[Problem], raw: RawTable) -> list[Problem]:
    return [replace(problem, file=raw.file, sheet=raw.sheet) for problem in problems]


def _only_in_room(tables: Mapping[str, RawTable], path: Path) -> Iterator[Problem]:
    for name in tables:
        if name not in TAKEN:
            table = load_headers().tables[name].file
            yield Problem("table_only_in_room", file=path.name, sheet=tables[name].sheet, value=table)


def _people(reading: Reading, held: Participants) -> Participants:
    """Return everybody, those of the form last; whoever the form says otherwise is named."""
    if "participants" not in reading.parsed:
        return held
    given = reading.build("participants", Participants.from_table)
    if given is None:
        return held
    table = reading.table("participants")
    reading.add("participants", list(_differing(table[table["participant"].isin(held.labels)], held)))
    new = given.frame.loc[~given.frame.index.isin(held.labels), list(held.frame.columns)]
    return Participants(pd.concat([held.frame, new]) if len(new) else held.frame)


def _differing(table: pd.DataFrame, held: Participants) -> Iterator[Problem]:
    """Name the filled cells that say something else of a card than the room; an empty one says nothing."""
    for row, card in table["participant"].items():
        for name, now in held.frame.loc[card].items():
            told = table.at[row, name]  # noqa: PD008 - one cell by its labels
            if not _blank(told) and (_blank(now) or told != now):
                yield problem_at(row, "participant_differs", str(name), str(told), card=card)


def _blank(value: object) -> bool:
    return value is pd.NA or value == ""


def _registered(state: RoomState, session: Session, people: Participants, operator: str) -> list[Entry]:
    """Return the entry that registers whom the room does not know; nothing where it knows everybody."""
    given = replace(session, participants=people)
    acts = entries_for({"participants"}, state, state, given, rules_of(state), None, "")
    return [_entry(state, kind, body, operator) for kind, body in acts]


def _lines(state: RoomState, table: pd.DataFrame, wrong: set[int | None], operator: str) -> Iterator[_Line]:
    """Yield the lines that hold a point and nothing that was refused already, in the order of the form.

    A point that the line leaves out was left blank, as one whose cell is empty.
    """
    for _, rows in table.groupby(LINE, sort=False):
        if wrong & set(rows.index) or rows["points"].isna().all():
            continue
        number, card, label = (rows[name].iloc[0] for name in LINE)
        held = state.rounds.get(int(number))
        points: dict[str, float | None] = dict.fromkeys(held.criteria if held else ())
        for name, value in zip(rows["criterion"], rows["points"], strict=True):
            points[str(name)] = None if pd.isna(value) else float(value)
        body = {"round": int(number), "participant": str(card), "proposal": str(label), "points": points}
        places = dict(zip(map(str, rows["criterion"]), map(int, rows.index), strict=True))
        yield _Line(_entry(state, "ballot_keyed", body, operator), places)


def _entry(state: RoomState, kind: str, body: Mapping[str, Any], operator: str) -> Entry:
    """Return an entry whose request follows from what it says: the same form twice is one delivery.

    One that was taken back, or set aside by a merge, comes in anew when its form is brought again.
    """
    entry = Entry(kind, body, "-", operator, CHANNEL)
    base = f"{CHANNEL}-{hashlib.sha256(entry.content.encode()).hexdigest()[:20]}"
    spent = {*state.undone, *(held.entry.request for held in state.set_aside)}
    names = (base if at == 1 else f"{base}-{at}" for at in count(1))
    return replace(entry, request=next(name for name in names if name not in spent))


def _refused(state: RoomState, lines: Sequence[_Line]) -> Iterator[Problem]:
    """Name what the room has against lines, at the row of the point that it is about."""
    said: set[tuple[str, str]] = set()
    for line in lines:
        for problem in refusals(state, line.entry):
            if problem.code in OF_ROUND:
                if (problem.code, problem.value) in said:
                    continue
                said.add((problem.code, problem.value))
            row = line.rows.get(problem.value, line.first)
            yield replace(problem, row=row)
