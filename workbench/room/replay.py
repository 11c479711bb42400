"""From entries to the state: one at a time before it is written, or all at once in their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from types import MappingProxyType

from workbench.errors import InvalidInput, Problem
from workbench.room import ballots, deciding, opening, people, proposals, rounds, setting, weighing
from workbench.room.acts import Act
from workbench.room.bodies import Field, check_body, code, filled
from workbench.room.entries import CHANNELS, Entry
from workbench.room.state import EMPTY, RoomState, SetAside

UNDO = "undone"
UNDO_FIELDS = (Field("request", code), Field("reason", filled, required=False))
NEVER_UNDONE = frozenset(
    {"room_opened", "round_closed", "session_locked", "session_reopened", "round_reopened"}
)
"""What the room has seen or signed cannot be made unseen: it is reopened with a reason."""

ACTS: Mapping[str, Act] = MappingProxyType(
    dict(
        chain.from_iterable(
            module.ACTS.items()
            for module in (opening, setting, people, weighing, proposals, rounds, ballots, deciding)
        )
    )
)
"""Every kind of entry but `UNDO`."""


def refusals(state: RoomState, entry: Entry) -> list[Problem]:
    """Name everything that speaks against an entry in a state; nothing means that it may be written."""
    try:
        entry.content.encode()
    except (ValueError, TypeError):  # half a character, NaN, or no JSON at all
        return [Problem("entry_not_writable", column="body")]
    return _refusals(state, entry)


def _refusals(state: RoomState, entry: Entry) -> list[Problem]:
    act = ACTS.get(entry.kind)
    if act is None and entry.kind != UNDO:
        return [Problem("unknown_entry", column="kind", value=entry.kind)]
    problems = check_body(entry.body, UNDO_FIELDS if act is None else act.fields)
    if entry.channel not in CHANNELS:
        problems.append(Problem("entry_field_wrong", column="channel", value=entry.channel))
    if not entry.request:
        problems.append(Problem("entry_field_missing", column="request"))
    if problems:
        return problems
    if not state.opened and entry.kind != "room_opened":
        return [Problem("room_not_open")]
    if state.locked and not (act is not None and act.when_locked):
        return [Problem("session_locked")]
    return list(act.refuse(state, entry)) if act is not None else _refuse_undo(state, entry)


def after(state: RoomState, entry: Entry) -> RoomState:
    """Return the state after one more entry.

    Raises
    ------
    InvalidInput
        Everything that speaks against it; the state is as it was.

    Examples
    --------
    >>> after(EMPTY, Entry("step_entered", {"step": "result"}, "r-1"))
    Traceback (most recent call last):
    workbench.errors.InvalidInput: input: room_not_open ''
    """
    problems = refusals(state, entry)
    if problems:
        raise InvalidInput(problems)
    if entry.kind == UNDO:
        return _without(state, entry)
    return replace(ACTS[entry.kind].apply(state, entry), history=(*state.history, entry))


def replay(entries: Iterable[Entry]) -> RoomState:
    """Return the state that entries lead to, whatever order and however often they are delivered in.

    Each request counts once. Entries take their places by `Entry.place`; one that cannot be taken where it
    stands (journals of several laptops may contradict each other) is set aside by name, never dropped.
    """
    once: dict[str, Entry] = {}
    for entry in sorted(entries, key=_order):
        once.setdefault(entry.request, entry)
    return _replayed(once.values())


def extended(state: RoomState, entries: Iterable[Entry]) -> RoomState:
    """Return the state with further entries of its journal, as `replay` of all of them gives it."""
    for at, entry in enumerate(new := list(entries)):
        follows = not state.history or entry.place > state.history[-1].place
        if not follows or _refusals(state, entry):
            aside = (held.entry for held in state.set_aside)
            return replay((*state.history, *aside, *new[at:]))
        state = after(state, entry)
    return state


def _order(entry: Entry) -> tuple[int, str, str, str]:
    return (*entry.place, entry.content)


def _replayed(ordered: Iterable[Entry]) -> RoomState:
    given = list(ordered)
    taken_back = _taken_back(given)
    state = EMPTY
    aside: list[SetAside] = []
    history: list[Entry] = []
    for entry in given:
        if entry.kind == UNDO or entry.request in taken_back:
            history.append(entry)
            continue
        problems = _refusals(state, entry)
        if problems:
            aside.append(SetAside(entry, tuple(problems)))
            continue
        state = ACTS[entry.kind].apply(state, entry)
        history.append(entry)
    return replace(state, history=tuple(history), undone=taken_back, set_aside=tuple(aside))


def _taken_back(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the requests that an undo names which is not undone itself; the latest is looked at first."""
    undone: set[str] = set()
    for entry in reversed(list(entries)):
        if entry.kind == UNDO and entry.request not in undone:
            undone.add(entry.body["request"])
    return frozenset(undone)


def _refuse_undo(state: RoomState, entry: Entry) -> list[Problem]:
    wanted = entry.body["request"]
    target = next((held for held in reversed(state.history) if held.request == wanted), None)
    if target is None:
        return [Problem("undo_unknown", column="request", value=wanted)]
    if wanted in state.undone:
        return [Problem("undo_repeated", column="request", value=wanted)]
    if target.kind in NEVER_UNDONE:
        return [Problem("undo_not_possible", column="kind", value=target.kind)]
    held_round = state.rounds.get(target.body.get("round", 0))
    if held_round is not None and not held_round.is_open and target.kind != "line_corrected":
        return [Problem("round_closed", column="round", value=str(held_round.number))]
    followers = [held.entry.kind for held in _without(state, entry).set_aside[len(state.set_aside) :]]
    if followers:
        facts = {"followers": tuple(dict.fromkeys(followers)), "count": len(followers)}
        return [Problem("undo_has_followers", column="kind", value=target.kind, facts=facts)]
    return []


def _without(state: RoomState, entry: Entry) -> RoomState:
    aside = [held.entry for held in state.set_aside]
    return _replayed(sorted((*state.history, entry, *aside), key=_order))


def undoable(state: RoomState) -> Entry | None:
    """Return the latest entry that can be taken back as a matter of course; None where there is none.

    Where the room stands on the path and what it plays with are not worth undoing.
    """
    passing = {"step_entered", "simulation_opened", "simulation_closed", UNDO}
    for entry in reversed(state.history):
        if entry.request in state.undone or entry.kind in passing:
            continue
        probe = Entry(UNDO, {"request": entry.request}, "probe", stamp=state.stamp + 1)
        return entry if not refusals(state, probe) else None
    return None
