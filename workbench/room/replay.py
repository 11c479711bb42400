"""From entries to the state: one at a time before it is written, or all at once in their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from types import MappingProxyType

from workbench.errors import InvalidInput, Problem
from workbench.room import (
    ballots,
    corrections,
    deciding,
    group_orders,
    limits,
    opening,
    people,
    proposals,
    rounds,
    setting,
    showing,
    slips,
    weighing,
)
from workbench.room.acts import Act
from workbench.room.bodies import Field, check_body, code, filled, listed
from workbench.room.entries import CHANNELS, Entry
from workbench.room.state import EMPTY, RoomState, SetAside

UNDO = "undone"
ADMIT = "admitted"
SPECIAL: Mapping[str, tuple[Field, ...]] = MappingProxyType(
    {
        UNDO: (Field("request", code), Field("reason", filled, required=False)),
        ADMIT: (Field("requests", listed(code)), Field("reason", filled)),
    }
)
"""Entries about entries: one taken back, and some set aside by a merge that the room takes in after all."""
KEPT = 30
"""States before the latest entries that are kept, so that taking one of them back is quick."""
NEVER_UNDONE = frozenset(
    {"room_opened", "round_closed", "session_locked", "session_reopened", "round_reopened"}
)
"""What the room has seen or signed cannot be made unseen: it is reopened with a reason."""

ACTS: Mapping[str, Act] = MappingProxyType(
    dict(
        chain.from_iterable(
            acts.items()
            for acts in (
                opening.ACTS,
                setting.ACTS,
                limits.ACTS,
                people.ACTS,
                weighing.ACTS,
                proposals.ACTS,
                rounds.ACTS,
                ballots.ACTS,
                corrections.ACTS,
                slips.ACTS,
                group_orders.ACTS,
                deciding.ACTS,
                showing.ACTS,
            )
        )
    )
)
"""Every kind of entry but those of `SPECIAL`."""


def refusals(state: RoomState, entry: Entry) -> list[Problem]:
    """Name everything that speaks against an entry in a state; nothing means that it may be written."""
    try:
        entry.content.encode()
    except (ValueError, TypeError):  # half a character, NaN, or no JSON at all
        return [Problem("entry_not_writable", column="body")]
    return _refusals(state, entry)


def _refusals(state: RoomState, entry: Entry) -> list[Problem]:
    act = ACTS.get(entry.kind)
    if act is None and entry.kind not in SPECIAL:
        return [Problem("unknown_entry", column="kind", value=entry.kind)]
    problems = check_body(entry.body, SPECIAL[entry.kind] if act is None else act.fields)
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
    if act is not None:
        return list(act.refuse(state, entry))
    return _refuse_undo(state, entry) if entry.kind == UNDO else _refuse_admitted(state, entry)


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
    if entry.kind in SPECIAL:
        return _rebuilt(state, entry)
    return replace(
        ACTS[entry.kind].apply(state, entry),
        history=(*state.history, entry),
        earlier=(*state.earlier[-KEPT:], replace(state, earlier=())),
    )


def replay(entries: Iterable[Entry]) -> RoomState:
    """Return the state that entries lead to, whatever order and however often they are delivered in.

    Each request counts once. Entries take their places by `Entry.place`; one that cannot be taken where it
    stands (journals of several laptops may contradict each other) is set aside by name, never dropped.
    """
    once: dict[str, Entry] = {}
    for entry in entries:
        held = once.setdefault(entry.request, entry)
        if held is not entry and (entry.place, entry.content) < (held.place, held.content):
            once[entry.request] = entry
    return _replayed(once.values())


def extended(state: RoomState, entries: Iterable[Entry]) -> RoomState:
    """Return the state with further entries of its journal, as `replay` of all of them gives it."""
    for at, entry in enumerate(new := list(entries)):
        follows = not state.history or entry.place > state.history[-1].place
        if not follows or _refusals(state, entry):
            return replay((*_all(state), *new[at:]))
        state = after(state, entry)
    return state


def _replayed(entries: Iterable[Entry], start: RoomState = EMPTY) -> RoomState:
    given = sorted(entries, key=lambda entry: entry.place)
    taken_back = _taken_back(given)
    state = start
    aside = list(start.set_aside)
    history = list(start.history)
    for entry in given:
        if entry.kind == UNDO or entry.request in taken_back:
            history.append(entry)
        elif entry.kind == ADMIT:
            before = aside
            state, aside = _admitted(state, aside, frozenset(entry.body["requests"]))
            left = {held.entry.request for held in aside}
            history += [held.entry for held in before if held.entry.request not in left]
            history.append(entry)
        elif problems := _refusals(state, entry):
            aside.append(SetAside(entry, tuple(problems)))
        else:
            state = ACTS[entry.kind].apply(state, entry)
            history.append(entry)
    undone = start.undone | taken_back
    return replace(state, history=tuple(history), undone=undone, set_aside=tuple(aside), earlier=())


def _taken_back(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the requests that an undo names which is not undone itself; the latest is looked at first."""
    undone: set[str] = set()
    for entry in reversed(list(entries)):
        if entry.kind == UNDO and entry.request not in undone:
            undone.add(entry.body["request"])
    return frozenset(undone)


def _rebuilt(state: RoomState, entry: Entry) -> RoomState:
    """Return the state after an entry about entries, from that before the one taken back if it is kept."""
    start = EMPTY
    if entry.kind == UNDO:
        places = [at for at, held in enumerate(state.history) if held.request == entry.body["request"]]
        target = state.history[places[0]]
        kept = [held for held in state.earlier if len(held.history) == places[0]]
        if kept and target.kind not in SPECIAL and kept[0].set_aside == state.set_aside:
            start = kept[0]
    if start is EMPTY:
        return _replayed((*_all(state), entry))
    result = _replayed((*state.history[len(start.history) :], entry), start)
    return replace(
        result, earlier=tuple(held for held in state.earlier if len(held.history) <= len(start.history))
    )


def _admitted(
    state: RoomState, aside: list[SetAside], wanted: frozenset[str]
) -> tuple[RoomState, list[SetAside]]:
    """Take in what was set aside, in its order, where it stands now; what still contradicts stays aside."""
    left = []
    for held in aside:
        problems = _refusals(state, held.entry) if held.entry.request in wanted else list(held.problems)
        if problems:
            left.append(SetAside(held.entry, tuple(problems)))
        else:
            state = ACTS[held.entry.kind].apply(state, held.entry)
    return state, left


def _all(state: RoomState) -> tuple[Entry, ...]:
    """Return every entry that the state was made of."""
    return (*state.history, *(held.entry for held in state.set_aside))


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
    without = _rebuilt(state, entry)
    before = {held.entry.request for held in state.set_aside}
    followers = [held.entry.kind for held in without.set_aside if held.entry.request not in before]
    if followers:
        facts = {"followers": tuple(dict.fromkeys(followers)), "count": len(followers)}
        return [Problem("undo_has_followers", column="kind", value=target.kind, facts=facts)]
    return []


def _refuse_admitted(state: RoomState, entry: Entry) -> list[Problem]:
    aside = {held.entry.request: held for held in state.set_aside}
    wanted = entry.body["requests"]
    problems = [
        Problem("admit_unknown", column="requests", value=label) for label in wanted if label not in aside
    ]
    _, left = _admitted(state, list(state.set_aside), frozenset(wanted))
    return problems + [problem for held in left if held.entry.request in wanted for problem in held.problems]


def undoable(state: RoomState) -> Entry | None:
    """Return the latest entry that can be taken back as a matter of course; None where there is none.

    Where the room stands on the path and what it plays with are not worth undoing.
    """
    passing = {"step_entered", "simulation_opened", "simulation_closed", "wall_shown", *SPECIAL}
    for entry in reversed(state.history):
        if entry.request in state.undone or entry.kind in passing:
            continue
        probe = Entry(UNDO, {"request": entry.request}, "probe", stamp=state.stamp + 1)
        return entry if not refusals(state, probe) else None
    return None
