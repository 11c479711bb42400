"""The state of a room: what follows from its entries, frozen; nothing else is remembered anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from workbench.domain.resolution import Action
from workbench.errors import Problem
from workbench.room.entries import Entry
from workbench.room.round import Round
from workbench.room.tables import Record, Table


class Fate(StrEnum):
    """Why a proposal left the list; it stays in the minutes with its reason."""

    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    SPLIT = "split"


@dataclass(frozen=True)
class Departure:
    """How a proposal left the list.

    Attributes
    ----------
    fate : Fate
    into : tuple of str
        What became of it.
    reason : str
    """

    fate: Fate
    into: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Decided:
    """What the forum decided about a proposal, beside what was computed."""

    rank: int | None
    decision: str
    reason: str


@dataclass(frozen=True)
class SetAside:
    """An entry that could not be taken where it stands: a conflict of merged journals, named and kept."""

    entry: Entry
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Attended:
    """Who came.

    Attributes
    ----------
    present : mapping of card to bool
        Marked one by one.
    counted : tuple of Record
        Heads counted at the door: sex, hamlet, constituency, count.
    expected : tuple of str
        Constituencies (unsur) that were invited.
    hamlets : tuple of str
        Hamlets (dusun) that were invited.
    """

    present: Mapping[str, bool] = field(default_factory=dict)
    counted: tuple[Record, ...] = ()
    expected: tuple[str, ...] = ()
    hamlets: tuple[str, ...] = ()


@dataclass(frozen=True)
class RoomState:
    """Everything that is known of a meeting; derived by `workbench.room.replay.replay`.

    Attributes
    ----------
    opened : bool
        Whether the first entry has taken the tables over.
    facts, rules : mapping
        JSON values by English name; absent ones have their default.
    proposals, criteria, participants, points, bands, judgements, preferences, gates, budget : Table
        What stands in force. Gates are keyed ``proposal + newline + gate``.
    conditions : Table
        What a plan must keep.
    regions : mapping of code to name; edition : str
    notes : tuple of Record
    files : mapping of file name to SHA-256
        The tables as they were when the room opened.
    rounds : mapping of number to Round
    departures : mapping of proposal to Departure
    decisions : mapping of proposal to Decided
    steps : tuple of Record
        How the decisions were locked and reopened: action, reason, at.
    simulation : str
        The chair's recorded request to play with the result; empty where there is none.
    step : str
        Where on the guided path the operator stands.
    attended : Attended
    to_score : mapping of proposal to code of the cause
        What was changed after it was scored, and so must be scored again.
    history : tuple of Entry
        All entries that were taken, in their order.
    undone : frozenset of str
        Requests that were taken back.
    set_aside : tuple of SetAside
    earlier : tuple of RoomState
        The states before the latest entries; nothing follows from them.
    """

    opened: bool = False
    facts: Record = field(default_factory=dict)
    rules: Record = field(default_factory=dict)
    proposals: Table = field(default_factory=Table)
    criteria: Table = field(default_factory=Table)
    participants: Table = field(default_factory=Table)
    points: Table = field(default_factory=Table)
    bands: Table = field(default_factory=Table)
    judgements: Table = field(default_factory=Table)
    preferences: Table = field(default_factory=Table)
    gates: Table = field(default_factory=Table)
    budget: Table = field(default_factory=Table)
    conditions: Table = field(default_factory=Table)
    regions: Mapping[str, str] = field(default_factory=dict)
    edition: str = ""
    notes: tuple[Record, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    rounds: Mapping[int, Round] = field(default_factory=dict)
    departures: Mapping[str, Departure] = field(default_factory=dict)
    decisions: Mapping[str, Decided] = field(default_factory=dict)
    steps: tuple[Record, ...] = ()
    simulation: str = ""
    step: str = ""
    attended: Attended = field(default_factory=Attended)
    to_score: Mapping[str, str] = field(default_factory=dict)
    history: tuple[Entry, ...] = ()
    undone: frozenset[str] = frozenset()
    set_aside: tuple[SetAside, ...] = ()
    earlier: tuple[RoomState, ...] = field(default=(), compare=False, repr=False)

    def revealed(self, number: int) -> bool:
        """Tell whether the results of a round may be shown: only while it is closed."""
        held = self.rounds.get(number)
        return held is not None and not held.is_open

    def with_round(self, held: Round) -> RoomState:
        """Return the state with one round in the place of its namesake."""
        new = object.__new__(RoomState)  # `replace` walks all fields, and a day has thousands of lines
        new.__dict__.update(self.__dict__)
        new.__dict__["rounds"] = {**self.rounds, held.number: held}
        return new

    @property
    def locked(self) -> bool:
        """Whether the decisions are final (terkunci)."""
        return bool(self.steps) and self.steps[-1]["action"] == Action.LOCKED

    @property
    def open_round(self) -> Round | None:
        """The round that takes entries now; there is at most one."""
        return next((held for held in self.rounds.values() if held.is_open), None)

    @property
    def scores_seen(self) -> bool:
        """Whether the room has seen any result: from then on changes need a reason."""
        return any(held.closings for held in self.rounds.values())

    @property
    def simulation_allowed(self) -> bool:
        """Whether what-if may be shown: freely before scores are seen, then only at the chair's request."""
        return not self.scores_seen or bool(self.simulation)

    @property
    def listed(self) -> tuple[str, ...]:
        """The proposals that are still on the list, in order."""
        return tuple(label for label in self.proposals.rows if label not in self.departures)

    @property
    def stamp(self) -> int:
        """The logical time of the latest entry."""
        return self.history[-1].stamp if self.history else 0


EMPTY = RoomState()
"""The room before anything happened."""
NOTHING: Mapping[str, Any] = MappingProxyType({})
