"""People by card number: registered, changed, present, spoiled cards; names stay in their own file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from workbench.domain import participants
from workbench.domain.participants import SEXES
from workbench.errors import Problem
from workbench.room.acts import REASON, Act, unknown
from workbench.room.bodies import Field, check_filled, check_record, code, count, flag, listed, one_of, text
from workbench.room.entries import Entry
from workbench.room.groups import known_problems
from workbench.room.state import RoomState
from workbench.room.tables import Record

COUNTED = ("sex", "hamlet", "constituency", "count")
"""What may be counted at the door."""


def _mapping(value: object) -> bool:
    return isinstance(value, Mapping)


def _record_problems(state: RoomState, record: Record) -> list[Problem]:
    problems = check_record(record, participants.COLUMNS, extras=False)
    region = record.get("region", "")
    if region and state.regions and not problems:
        problems += unknown("region_code_unknown", "region", [region], state.regions)
    return problems


def _refuse_registered(state: RoomState, entry: Entry) -> Iterable[Problem]:
    met: set[str] = set(state.participants.rows)
    for record in entry.body["participants"]:
        yield from _record_problems(state, record) + check_filled(record, participants.COLUMNS)
        card = str(record.get("participant", ""))
        if card in met:
            yield Problem("duplicate_card", column="participant", value=card)
        met.add(card)


def _register(state: RoomState, entry: Entry) -> RoomState:
    table = state.participants
    rows = {record["participant"]: record for record in entry.body["participants"]}
    return replace(state, participants=replace(table, rows={**table.rows, **rows}))


def _refuse_changed(state: RoomState, entry: Entry) -> Iterable[Problem]:
    changes = entry.body["changes"]
    yield from unknown(
        "unknown_participant", "participant", [entry.body["participant"]], state.participants.rows
    )
    if "participant" in changes:
        yield Problem("entry_field_unknown", column="participant")
    yield from _record_problems(state, changes)
    if changes.get("voting_right") is False and has_scored(state, entry.body["participant"]):
        yield Problem("card_has_scored", column="participant", value=entry.body["participant"])


def has_scored(state: RoomState, card: str) -> bool:
    """Tell whether a card stands in any round."""
    return any(card in held.lines and card not in held.voided for held in state.rounds.values())


def _change(state: RoomState, entry: Entry) -> RoomState:
    card = entry.body["participant"]
    row = {**state.participants.rows[card], **entry.body["changes"]}
    kept = {name: value for name, value in row.items() if value not in ("", None)}
    return replace(state, participants=state.participants.with_row(card, kept))


def _refuse_marked(state: RoomState, entry: Entry) -> Iterable[Problem]:
    return unknown("unknown_participant", "participant", entry.body["participants"], state.participants.rows)


def _mark(state: RoomState, entry: Entry) -> RoomState:
    marks = dict.fromkeys(entry.body["participants"], entry.body["present"])
    attended = state.attended
    return replace(state, attended=replace(attended, present={**attended.present, **marks}))


def _refuse_counted(_: RoomState, entry: Entry) -> Iterable[Problem]:
    for line in entry.body["heads"]:
        yield from (Problem("entry_field_unknown", column=name) for name in line if name not in COUNTED)
        if not count(line.get("count")):
            yield Problem("entry_field_wrong", column="count", value=str(line.get("count")))
        if not one_of("", *SEXES)(line.get("sex", "")):
            yield Problem("entry_field_wrong", column="sex", value=str(line.get("sex")))
        for name in ("hamlet", "constituency"):
            if not text(line.get(name, "")):
                yield Problem("entry_field_wrong", column=name, value=str(line.get(name)))


def _count(state: RoomState, entry: Entry) -> RoomState:
    return replace(state, attended=replace(state.attended, counted=tuple(entry.body["heads"])))


def _invite(state: RoomState, entry: Entry) -> RoomState:
    body = entry.body
    attended = replace(
        state.attended, expected=tuple(body["constituencies"]), hamlets=tuple(body.get("hamlets", ()))
    )
    return replace(state, attended=attended, facts={**state.facts, "invited": body["invited"]})


def _refuse_invited(_: RoomState, __: Entry) -> Iterable[Problem]:
    return ()


def _refuse_voided(state: RoomState, entry: Entry) -> Iterable[Problem]:
    body = entry.body
    held = state.rounds.get(body["round"])
    if held is None or not held.is_open:
        yield Problem("round_not_open", column="round", value=str(body["round"]))
        return
    card = body["participant"]
    yield from known_problems(state, held, card)
    if card in held.voided:
        yield Problem("card_voided", column="participant", value=card)


def _void(state: RoomState, entry: Entry) -> RoomState:
    held = state.rounds[entry.body["round"]]
    voided = {**held.voided, entry.body["participant"]: entry.body["reason"]}
    return replace(state, rounds={**state.rounds, held.number: replace(held, voided=voided)})


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "participants_registered": Act(
            (Field("participants", listed(_mapping)),), _refuse_registered, _register
        ),
        "participant_changed": Act(
            (Field("participant", code), Field("changes", _mapping)), _refuse_changed, _change
        ),
        "attendance_marked": Act(
            (Field("participants", listed(code)), Field("present", flag)), _refuse_marked, _mark
        ),
        "attendance_counted": Act((Field("heads", listed(_mapping)),), _refuse_counted, _count),
        "invitations_set": Act(
            (
                Field("invited", count),
                Field("constituencies", listed(text)),
                Field("hamlets", listed(text), required=False),
            ),
            _refuse_invited,
            _invite,
        ),
        "card_voided": Act(
            (Field("round", count), Field("participant", code), REASON), _refuse_voided, _void
        ),
    }
)
