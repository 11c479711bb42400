"""What the operator puts on the wall: view and page; nothing that a closed round has not revealed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from workbench.errors import Problem
from workbench.room.acts import Act
from workbench.room.bodies import Field, count, flag, one_of
from workbench.room.entries import Entry
from workbench.room.state import RoomState

SHOW = "wall_shown"
ALWAYS = (
    "curtain",
    "agenda",
    "attendance",
    "rules",
    "money",
    "criteria",
    "list",
    "voting",
    "pair",
    "growing",
)
"""Views that hold no result: counts of cards, and votes and orders that the room gives aloud."""
RESULTS = (
    "spread",
    "agreement",
    "rounds",
    "ranking",
    "ceiling",
    "apart",
    "readings",
    "changes",
    "decisions",
)
"""Views of what closed rounds say."""
SIMULATION = "simulation"
VIEWS = (*ALWAYS, *RESULTS, SIMULATION)


@dataclass(frozen=True)
class Shown:
    """What stands on the wall.

    Attributes
    ----------
    view : str
        One of `VIEWS`.
    page : int
        From 0; beyond the last page the last one stands.
    covered : bool
        Whether it waits for the key that reveals it.
    details : mapping
        What the view needs beside the state: the pair that is asked, the ceiling that is tried.
    request : str
        Of the entry, so that a second showing of the same view can be told from the first.
    """

    view: str = "curtain"
    page: int = 0
    covered: bool = False
    details: Mapping[str, Any] = field(default_factory=dict)
    request: str = ""


def may_show(state: RoomState, view: str) -> bool:
    """Tell whether a view shows only what is revealed: results once a round is closed and none is open."""
    if view in ALWAYS:
        return True
    if not state.scores_seen or state.open_round is not None:
        return False
    return view != SIMULATION or state.simulation_allowed


def shown_of(state: RoomState) -> Shown:
    """Return what stands on the wall; the curtain where a result was shown that is hidden by now."""
    for entry in reversed(state.history):
        if entry.kind == SHOW and entry.request not in state.undone:
            body = entry.body
            if not may_show(state, body["view"]):
                return Shown(request=entry.request)
            details = MappingProxyType(dict(body.get("details", {})))
            return Shown(
                body["view"], body.get("page", 0), body.get("covered", False), details, entry.request
            )
    return Shown()


def _mapping(value: object) -> bool:
    return isinstance(value, Mapping)


def _refuse(state: RoomState, entry: Entry) -> Iterable[Problem]:
    if not may_show(state, entry.body["view"]):
        yield Problem("not_revealed", column="view", value=entry.body["view"])


def _apply(state: RoomState, _: Entry) -> RoomState:
    return state


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        SHOW: Act(
            (
                Field("view", one_of(*VIEWS)),
                Field("page", count, required=False),
                Field("covered", flag, required=False),
                Field("details", _mapping, required=False),
            ),
            _refuse,
            _apply,
            when_locked=True,
        )
    }
)
