"""Who came, against who was invited: shown, never blocking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from workbench.engine.influence import Presence, Quorum, missing_constituencies, presence, quorum
from workbench.room.state import RoomState

Head = tuple[str, str, str]
"""Sex, hamlet and constituency of one person; empty where it was not recorded."""


@dataclass(frozen=True)
class RoomAttendance:
    """Attendance.

    Attributes
    ----------
    present : int
    quorum : Quorum or None
        Against two thirds of the invited; None where the number of invitations is not known.
    women : Presence
        Against 30 %.
    hamlets, constituencies : mapping of name to count
        Of those present, by name; the empty name counts those of whom it was not recorded.
    missing_hamlets, missing_constituencies : tuple of str
        Invited, and nobody came.
    """

    present: int
    quorum: Quorum | None
    women: Presence
    hamlets: Mapping[str, int]
    constituencies: Mapping[str, int]
    missing_hamlets: tuple[str, ...]
    missing_constituencies: tuple[str, ...]


def room_attendance(state: RoomState) -> RoomAttendance:
    """Count who came: the heads counted at the door where that was done, else the cards marked present."""
    heads = list(_counted(state) if state.attended.counted else _marked(state))
    sexes = pd.Series([sex or None for sex, _, _ in heads], dtype=object)
    hamlets = Counter(hamlet for _, hamlet, _ in heads)
    constituencies = Counter(constituency for _, _, constituency in heads)
    invited = state.facts.get("invited")
    return RoomAttendance(
        present=len(heads),
        quorum=None if invited is None else quorum(len(heads), invited),
        women=presence(sexes, "female"),
        hamlets=dict(sorted(hamlets.items())),
        constituencies=dict(sorted(constituencies.items())),
        missing_hamlets=_missing(hamlets, state.attended.hamlets),
        missing_constituencies=_missing(constituencies, state.attended.expected),
    )


def _missing(here: Mapping[str, int], expected: tuple[str, ...]) -> tuple[str, ...]:
    """Name what was expected and is not here, whatever the case it was written in."""
    wanted = {label.casefold(): label for label in expected}
    present = pd.Series([label.casefold() for label in here], dtype=object)
    return tuple(wanted[str(label)] for label in missing_constituencies(present, wanted))


def _counted(state: RoomState) -> Iterator[Head]:
    for line in state.attended.counted:
        head = (line.get("sex", ""), line.get("hamlet", ""), line.get("constituency", ""))
        yield from (head for _ in range(line["count"]))


def _marked(state: RoomState) -> Iterator[Head]:
    for card, here in state.attended.present.items():
        row = state.participants.rows.get(card, {})
        if here:
            yield row.get("sex", ""), row.get("hamlet", ""), row.get("constituency", "")
