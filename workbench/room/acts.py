"""What a kind of entry is: the fields of its body, when it is refused, and what it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.errors import Problem
from workbench.room.bodies import Field, filled
from workbench.room.entries import Entry
from workbench.room.state import RoomState

Body = Mapping[str, Any]
REASON = Field("reason", filled)
"""A reason that must be there."""
LATE_REASON = Field("reason", filled, required=False)
"""A reason that must be there once the room has seen scores."""


@dataclass(frozen=True)
class Act:
    """A kind of entry.

    Attributes
    ----------
    fields : tuple of Field
        Its body.
    refuse : callable
        Names what speaks against it in a state; the body has its form already.
    apply : callable
        Returns the state after it.
    when_locked : bool
        Whether it may be done after the result was locked.
    """

    fields: tuple[Field, ...]
    refuse: Callable[[RoomState, Entry], Iterable[Problem]]
    apply: Callable[[RoomState, Entry], RoomState]
    when_locked: bool = False


def nothing_against(_: RoomState, __: Entry) -> Iterable[Problem]:
    """Refuse nothing."""
    return ()


def unexplained(state: RoomState, body: Body) -> list[Problem]:
    """Name the missing reason of a change that comes after the room has seen scores."""
    if state.scores_seen and "reason" not in body:
        return [Problem("reason_needed_after_scores", column="reason")]
    return []


def unknown(code: str, column: str, labels: Iterable[str], known: Iterable[str]) -> list[Problem]:
    """Name every label that is not among the known ones, once.

    Examples
    --------
    >>> unknown("unknown_proposal", "proposal", ["U-9"], ["U-1"])[0].value
    'U-9'
    """
    held = frozenset(known)
    return [Problem(code, column=column, value=label) for label in dict.fromkeys(labels) if label not in held]


def gone(state: RoomState, labels: Iterable[str]) -> list[Problem]:
    """Name every proposal that is not known, or has left the list."""
    problems = []
    for label in dict.fromkeys(labels):
        if label not in state.proposals:
            problems.append(Problem("unknown_proposal", column="proposal", value=label))
        elif label in state.departures:
            fate = state.departures[label].fate.value
            problems.append(Problem("proposal_gone", column="proposal", value=label, facts={"fate": fate}))
    return problems
