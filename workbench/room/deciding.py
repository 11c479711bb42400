"""What the forum decides beside the computed result; final when locked, open again only with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from workbench.domain.resolution import Action, Decision
from workbench.errors import Problem
from workbench.room.acts import REASON, Act, unknown
from workbench.room.bodies import Field, code, count, one_of, optional
from workbench.room.entries import Entry
from workbench.room.state import Decided, RoomState


def _refuse_decided(state: RoomState, entry: Entry) -> Iterable[Problem]:
    body = entry.body
    yield from unknown("unknown_proposal", "proposal", [body["proposal"]], state.proposals.rows)
    rank, decision = body.get("decided_rank"), body.get("decision", "")
    if rank is None and not decision:
        yield Problem("decides_nothing", column="decision")
    if rank is not None and rank < 1:
        yield Problem("rank_below_one", column="decided_rank", value=str(rank))
    if state.open_round is not None:
        yield Problem("round_open", column="round", value=str(state.open_round.number))


def _decide(state: RoomState, entry: Entry) -> RoomState:
    body = entry.body
    decided = Decided(body.get("decided_rank"), body.get("decision", ""), body["reason"])
    return replace(state, decisions={**state.decisions, body["proposal"]: decided})


def _refuse_withdrawn(state: RoomState, entry: Entry) -> Iterable[Problem]:
    return unknown("not_decided", "proposal", [entry.body["proposal"]], state.decisions)


def _withdraw(state: RoomState, entry: Entry) -> RoomState:
    kept = {label: held for label, held in state.decisions.items() if label != entry.body["proposal"]}
    return replace(state, decisions=kept)


def _refuse_locked(state: RoomState, _: Entry) -> Iterable[Problem]:
    if state.open_round is not None:
        yield Problem("round_open", column="round", value=str(state.open_round.number))


def _step(state: RoomState, action: Action, reason: str, at: str) -> RoomState:
    step = {"action": action.value, "reason": reason, "at": at}
    return replace(state, steps=(*state.steps, step), simulation="")


def _lock(state: RoomState, entry: Entry) -> RoomState:
    return _step(state, Action.LOCKED, "", entry.at)


def _refuse_reopened(state: RoomState, _: Entry) -> Iterable[Problem]:
    if not state.locked:
        yield Problem("session_not_locked")


def _reopen(state: RoomState, entry: Entry) -> RoomState:
    return _step(state, Action.REOPENED, entry.body["reason"], entry.at)


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "decision_made": Act(
            (
                Field("proposal", code),
                Field("decided_rank", optional(count), required=False),
                Field("decision", one_of("", *Decision), required=False),
                REASON,
            ),
            _refuse_decided,
            _decide,
        ),
        "decision_withdrawn": Act((Field("proposal", code), REASON), _refuse_withdrawn, _withdraw),
        "session_locked": Act((), _refuse_locked, _lock),
        "session_reopened": Act((REASON,), _refuse_reopened, _reopen, when_locked=True),
    }
)
