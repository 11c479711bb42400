"""What an edited session says that the room does not: the entries that would bring it in, or why not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from typing import Any

from workbench.domain.facts import Facts
from workbench.domain.resolution import Resolution
from workbench.domain.rules import NAMES, Rules
from workbench.domain.session import Session
from workbench.domain.session_columns import SESSION_COLUMNS
from workbench.errors import InvalidInput, Problem
from workbench.room.opening import KEYS
from workbench.room.session import room_resolution, session_of
from workbench.room.setting import rules_body, rules_of
from workbench.room.state import RoomState
from workbench.room.tables import Record, facts_body, session_body, table_from

Act = tuple[str, dict[str, Any]]
"""Kind and body of an entry."""
UNTOUCHABLE = {
    "ballots": "points_edited",
    "judgements": "answers_edited",
    "preferences": "answers_edited",
    "resolution_steps": "lock_edited",
}
"""Tables that only people in the room may fill, and the code under which an edit is refused."""

WHOLE = {"budget": "budget_set", "conditions": "conditions_set", "bands": "bands_set"}
"""Tables that one entry sets anew as a whole, and its kind."""
CARRIED = frozenset(
    {"facts", "rules", "criteria", "points", "participants", "proposals", "gates", "resolution", *WHOLE}
)
"""Tables whose edits become entries."""


def entries_for(
    edited: Collection[str],
    base: RoomState,
    state: RoomState,
    session: Session,
    rules: Rules,
    resolution: Resolution | None,
    reason: str,
) -> tuple[Act, ...]:
    """Return the entries that bring edited tables into the room.

    Parameters
    ----------
    edited : collection of str
        The tables that were edited, by the names of `SESSION_COLUMNS`, ``facts`` and ``rules``.
    base : RoomState
        What the room knew when the tables were written.
    state : RoomState
        What it knows now.
    session, rules, resolution
        As the edited tables say.
    reason : str
        Why they were edited; it goes into every entry that asks for one.

    Raises
    ------
    InvalidInput
        ``row_removed``: a proposal or participant is gone (the room withdraws with a reason, nothing
        disappears); ``points_edited``, ``answers_edited``: what people answered is corrected line by line;
        ``lock_edited``: a result is locked and opened aloud, in the room; ``table_not_importable``: notes on
        the data are the import's alone; ``room_changed_too``: the room changed the table after it was
        written, so nobody can tell which of both is meant.
    """
    given = _chosen(session, resolution, edited)
    held, now = (_as_exported(known, edited) for known in (base, state))
    problems = [*_removed(given, held), *_untouchable(given, held), *_foreign(edited)]
    problems += [Problem("room_changed_too", column=name) for name in edited if _differ(now, held, name)]
    if problems:
        raise InvalidInput(problems)
    return (
        *(_facts(state, session.facts) if "facts" in edited else ()),
        *(_rules(state, rules, reason) if "rules" in edited else ()),
        *_criteria(given, held, reason),
        *_people(given, held),
        *_proposals(given, held, reason),
        *_gates(given, held),
        *_lines(given, held, reason),
        *_decisions(given, held, reason),
    )


def _chosen(session: Session, resolution: Resolution | None, edited: Collection[str]) -> dict[str, Any]:
    """Return the edited tables; criteria and their points tables go together."""
    wanted = {*edited, *({"criteria", "points"} if {"criteria", "points"} & set(edited) else ())}
    tables = session_body(session, resolution)["tables"]
    return {name: body for name, body in tables.items() if name in wanted}


def _as_exported(state: RoomState, edited: Collection[str]) -> dict[str, Any]:
    session = session_of(state)
    return _chosen(session, room_resolution(state, session), edited)


def _differ(one: Mapping[str, Any], other: Mapping[str, Any], name: str) -> bool:
    return name in SESSION_COLUMNS and _sorted(_rows(one, name)) != _sorted(_rows(other, name))


def _foreign(edited: Collection[str]) -> Iterator[Problem]:
    """Name the edited tables that no entry can carry."""
    for name in edited:
        if name not in CARRIED | set(UNTOUCHABLE):
            yield Problem("table_not_importable", column=name)


def _rows(tables: Mapping[str, Any], name: str) -> dict[str, Record]:
    if name not in tables:
        return {}
    return dict(table_from(tables[name], SESSION_COLUMNS[name], KEYS.get(name, "")).rows)


def _removed(given: Mapping[str, Any], held: Mapping[str, Any]) -> Iterator[Problem]:
    for name in ("proposals", "participants"):
        gone = [label for label in _rows(held, name) if label not in _rows(given, name)]
        yield from (Problem("row_removed", column=KEYS[name], value=label) for label in gone)


def _untouchable(given: Mapping[str, Any], held: Mapping[str, Any]) -> Iterator[Problem]:
    for name, code in UNTOUCHABLE.items():
        if _differ(given, held, name):
            yield Problem(code, column=name)


def _sorted(rows: Mapping[str, Record]) -> list[str]:
    return sorted(repr(sorted(row.items())) for row in rows.values())


def _facts(state: RoomState, facts: Facts) -> Iterator[Act]:
    given, held = facts_body(facts), dict(state.facts)
    empty = {entry.name: entry.default for entry in fields(Facts)}
    names = [name for name in empty if given.get(name) != held.get(name)]
    if names:
        blank: dict[str, Any] = {
            name: [] if isinstance(empty[name], tuple) else empty[name] for name in names
        }
        yield "facts_set", {"facts": {name: given.get(name, blank[name]) for name in names}}


def _rules(state: RoomState, rules: Rules, reason: str) -> Iterator[Act]:
    given, held = rules_body(rules), rules_body(rules_of(state))
    changed = {name: given[name] for name in NAMES if given[name] != held[name]}
    if changed:
        yield "rules_set", {"rules": changed, "reason": reason}


def _criteria(given: Mapping[str, Any], held: Mapping[str, Any], reason: str) -> Iterator[Act]:
    same = all(_rows(given, name) == _rows(held, name) for name in ("criteria", "points"))
    if not same:
        yield (
            "criteria_set",
            {
                "criteria": [dict(row) for row in _rows(given, "criteria").values()],
                "points": [dict(row) for row in _rows(given, "points").values()],
                "reason": reason,
            },
        )


def _people(given: Mapping[str, Any], held: Mapping[str, Any]) -> Iterator[Act]:
    before = _rows(held, "participants")
    new = [dict(row) for label, row in _rows(given, "participants").items() if label not in before]
    if new:
        yield "participants_registered", {"participants": new}
    for label, row in _rows(given, "participants").items():
        changes = _changes(row, before.get(label, row))
        if changes:
            yield "participant_changed", {"participant": label, "changes": changes}


def _changes(row: Record, before: Record) -> dict[str, Any]:
    """Return what differs; an emptied cell is the empty text, or null where it held a number."""
    names = [name for name in {**before, **row} if row.get(name) != before.get(name)]
    return {name: row.get(name, "" if isinstance(before.get(name), str) else None) for name in names}


def _proposals(given: Mapping[str, Any], held: Mapping[str, Any], reason: str) -> Iterator[Act]:
    before = _rows(held, "proposals")
    for label, row in _rows(given, "proposals").items():
        if label not in before:
            yield "proposal_added", {"proposal": dict(row), "reason": reason}
        elif changes := _changes(row, before[label]):
            yield "proposal_changed", {"proposal": label, "changes": changes, "reason": reason}


def _gates(given: Mapping[str, Any], held: Mapping[str, Any]) -> Iterator[Act]:
    one, other = (
        {(row["proposal"], row["gate"]): row for row in _rows(tables, "gates").values()}
        for tables in (given, held)
    )
    for place, row in one.items():
        if row != other.get(place):
            said = {
                "proposal": place[0],
                "gate": place[1],
                "passed": row.get("passed"),
                "note": row.get("note", ""),
            }
            yield "gate_examined", said
    for proposal, gate in other:
        if (proposal, gate) not in one:
            yield "gate_examined", {"proposal": proposal, "gate": gate, "passed": None}


def _lines(given: Mapping[str, Any], held: Mapping[str, Any], reason: str) -> Iterator[Act]:
    for name, kind in WHOLE.items():
        one, other = (list(_rows(tables, name).values()) for tables in (given, held))
        if one != other:
            yield kind, {"lines": [dict(row) for row in one], "reason": reason}


def _decisions(given: Mapping[str, Any], held: Mapping[str, Any], reason: str) -> Iterator[Act]:
    """Yield the changed decisions with the reason of their own row; one whose row is gone is withdrawn."""
    one, other = (
        {row["proposal"]: dict(row) for row in _rows(tables, "resolution").values()}
        for tables in (given, held)
    )
    for label, row in one.items():
        if row != other.get(label):
            yield "decision_made", row
    for label in other:
        if label not in one:
            yield "decision_withdrawn", {"proposal": label, "reason": reason}
