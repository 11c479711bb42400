"""Proposals changed by the forum: late, renegotiated, merged, split, withdrawn; each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from workbench.domain import proposals
from workbench.errors import Problem
from workbench.room.acts import REASON, Act, gone, unknown
from workbench.room.bodies import (
    Field,
    check_filled,
    check_record,
    code,
    filled,
    flag,
    listed,
    optional,
    text,
)
from workbench.room.entries import Entry
from workbench.room.opening import gate_key
from workbench.room.state import Departure, Fate, RoomState
from workbench.room.tables import Record

DECLARED = frozenset(column.name for column in proposals.COLUMNS)
MONEY = frozenset({"cost", "self_help", "funding_source"})
"""Columns that move a proposal against the ceiling but leave what people judged as it was."""


def _mapping(value: object) -> bool:
    return isinstance(value, Mapping)


def _record_problems(state: RoomState, record: Record) -> list[Problem]:
    problems = check_record(record, proposals.COLUMNS, extras=True)
    region = record.get("region", "")
    if region and state.regions and not problems:
        problems += unknown("region_code_unknown", "region", [region], state.regions)
    return problems


def _new_problems(state: RoomState, records: Iterable[Record]) -> list[Problem]:
    problems: list[Problem] = []
    met = set(state.proposals.rows)
    for record in records:
        problems += _record_problems(state, record) + check_filled(record, proposals.COLUMNS)
        label = str(record.get("proposal", ""))
        if label in met:
            problems.append(Problem("duplicate_id", column="proposal", value=label))
        met.add(label)
    return problems


def _refuse_added(state: RoomState, entry: Entry) -> Iterable[Problem]:
    return _new_problems(state, [entry.body["proposal"]])


def _listed_new(state: RoomState, records: Iterable[Record], cause: str) -> RoomState:
    """Put new rows on the list; once something was scored they wait for their points."""
    table, waiting = state.proposals, dict(state.to_score)
    for record in records:
        extras = [name for name in record if name not in DECLARED]
        kept = {name: value for name, value in record.items() if value not in ("", None) or name in extras}
        table = table.with_row(record["proposal"], kept, extras)
        if state.scores_seen:
            waiting[record["proposal"]] = cause
    return replace(state, proposals=table, to_score=waiting)


def _add(state: RoomState, entry: Entry) -> RoomState:
    return _listed_new(state, [entry.body["proposal"]], "added")


def _refuse_changed(state: RoomState, entry: Entry) -> Iterable[Problem]:
    changes = entry.body["changes"]
    yield from gone(state, [entry.body["proposal"]])
    if "proposal" in changes:
        yield Problem("entry_field_unknown", column="proposal")
    yield from _record_problems(state, changes)
    for column in proposals.COLUMNS:
        if column.filled and column.name in changes and changes[column.name] in ("", None):
            yield Problem("empty_cell", column=column.name)


def was_scored(state: RoomState, label: str) -> bool:
    """Tell whether the room has seen points or counts of a proposal."""
    return any(held.closings and label in held.proposals for held in state.rounds.values())


def _change(state: RoomState, entry: Entry) -> RoomState:
    label, changes = entry.body["proposal"], entry.body["changes"]
    row = {**state.proposals.rows[label], **changes}
    extras = [name for name in changes if name not in DECLARED]
    kept = {name: value for name, value in row.items() if value not in ("", None) or name not in DECLARED}
    waiting = dict(state.to_score)
    if set(changes) - MONEY and was_scored(state, label):
        waiting.setdefault(label, "changed")
    return replace(state, proposals=state.proposals.with_row(label, kept, extras), to_score=waiting)


def _depart(state: RoomState, labels: Iterable[str], departure: Departure) -> RoomState:
    left = dict.fromkeys(labels, departure)
    waiting = {label: cause for label, cause in state.to_score.items() if label not in left}
    return replace(state, departures={**state.departures, **left}, to_score=waiting)


def _refuse_withdrawn(state: RoomState, entry: Entry) -> Iterable[Problem]:
    return gone(state, [entry.body["proposal"]])


def _withdraw(state: RoomState, entry: Entry) -> RoomState:
    return _depart(state, [entry.body["proposal"]], Departure(Fate.WITHDRAWN, (), entry.body["reason"]))


def _refuse_merged(state: RoomState, entry: Entry) -> Iterable[Problem]:
    body = entry.body
    yield from gone(state, [body["into"], *body["proposals"]])
    if not body["proposals"]:
        yield Problem("nothing_to_merge", column="proposals")
    if body["into"] in body["proposals"]:
        yield Problem("merged_into_itself", column="into", value=body["into"])
    yield from _record_problems(state, body.get("changes", {}))
    if "proposal" in body.get("changes", {}):
        yield Problem("entry_field_unknown", column="proposal")


def _merge(state: RoomState, entry: Entry) -> RoomState:
    body = entry.body
    into = body["into"]
    state = _depart(state, body["proposals"], Departure(Fate.MERGED, (into,), body["reason"]))
    if body.get("changes"):
        state = _change(state, replace(entry, body={"proposal": into, "changes": body["changes"]}))
    scored = any(was_scored(state, label) for label in (into, *body["proposals"]))
    return replace(state, to_score={**state.to_score, into: "merged"}) if scored else state


def _refuse_split(state: RoomState, entry: Entry) -> Iterable[Problem]:
    yield from gone(state, [entry.body["proposal"]])
    yield from _new_problems(state, entry.body["parts"])
    if len(entry.body["parts"]) < 2:
        yield Problem("split_in_one", column="parts", value=str(len(entry.body["parts"])))


def _split(state: RoomState, entry: Entry) -> RoomState:
    label, parts = entry.body["proposal"], entry.body["parts"]
    into = tuple(part["proposal"] for part in parts)
    state = _depart(state, [label], Departure(Fate.SPLIT, into, entry.body["reason"]))
    stage = state.proposals.rows[label].get("stage", "")
    children = [{"parent": label, **({"stage": stage} if stage else {}), **part} for part in parts]
    return _listed_new(state, children, "split")


def _refuse_returned(state: RoomState, entry: Entry) -> Iterable[Problem]:
    label = entry.body["proposal"]
    if label not in state.departures:
        yield Problem("proposal_not_gone", column="proposal", value=label)
    elif state.departures[label].fate is not Fate.WITHDRAWN:
        facts = {"fate": state.departures[label].fate.value}
        yield Problem("proposal_gone", column="proposal", value=label, facts=facts)


def _return(state: RoomState, entry: Entry) -> RoomState:
    left = {label: fate for label, fate in state.departures.items() if label != entry.body["proposal"]}
    return replace(state, departures=left)


def _refuse_gate(state: RoomState, entry: Entry) -> Iterable[Problem]:
    yield from gone(state, [entry.body["proposal"]])
    if entry.body["passed"] is False and not str(entry.body.get("note", "")).strip():
        yield Problem("reason_missing", column="note")


def _examine(state: RoomState, entry: Entry) -> RoomState:
    body = entry.body
    row = {
        name: body[name]
        for name in ("proposal", "gate", "passed", "note")
        if body.get(name) not in ("", None)
    }
    return replace(state, gates=state.gates.with_row(gate_key(body["proposal"], body["gate"]), row))


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "proposal_added": Act((Field("proposal", _mapping), REASON), _refuse_added, _add),
        "proposal_changed": Act(
            (Field("proposal", code), Field("changes", _mapping), REASON), _refuse_changed, _change
        ),
        "proposal_withdrawn": Act((Field("proposal", code), REASON), _refuse_withdrawn, _withdraw),
        "proposal_returned": Act((Field("proposal", code), REASON), _refuse_returned, _return),
        "proposals_merged": Act(
            (
                Field("into", code),
                Field("proposals", listed(code)),
                Field("changes", _mapping, required=False),
                REASON,
            ),
            _refuse_merged,
            _merge,
        ),
        "proposal_split": Act(
            (Field("proposal", code), Field("parts", listed(_mapping)), REASON), _refuse_split, _split
        ),
        "gate_examined": Act(
            (
                Field("proposal", code),
                Field("gate", filled),
                Field("passed", optional(flag)),
                Field("note", text, required=False),
            ),
            _refuse_gate,
            _examine,
        ),
    }
)
