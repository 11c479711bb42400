"""The first entry: the tables as they are, taken over whole; from here on the journal is the truth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from workbench.domain.resolution import Resolution
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.domain.session_columns import SESSION_COLUMNS
from workbench.errors import Problem
from workbench.room.acts import Act
from workbench.room.bodies import Field, listed, mapped, table, text
from workbench.room.entries import Entry
from workbench.room.round import Line, Round, Way
from workbench.room.setting import rules_body
from workbench.room.state import Decided, RoomState
from workbench.room.tables import Record, Table, session_body, table_from

KEYS: Mapping[str, str] = MappingProxyType(
    {"proposals": "proposal", "criteria": "criterion", "participants": "participant"}
)
"""The tables whose rows have a label of their own."""
KEPT = (*KEYS, "points", "bands", "judgements", "preferences", "budget", "conditions")
"""The tables that the state keeps as they are."""


def opening_body(
    session: Session,
    rules: Rules,
    resolution: Resolution | None = None,
    files: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the body of the first entry.

    Parameters
    ----------
    session, rules, resolution
        What the folder holds.
    files : mapping of file name to SHA-256
        The files that it was read from.
    """
    return session_body(session, resolution) | {"rules": rules_body(rules), "files": dict(files or {})}


def _mapping(value: object) -> bool:
    return isinstance(value, Mapping)


def _refuse(state: RoomState, _: Entry) -> Iterable[Problem]:
    if state.opened:
        yield Problem("room_already_open")


def _apply(state: RoomState, entry: Entry) -> RoomState:
    body = entry.body
    tables = {
        name: table_from(body["tables"][name], columns, KEYS.get(name, ""))
        for name, columns in SESSION_COLUMNS.items()
        if name in body["tables"]
    }
    kept: dict[str, Any] = {name: tables[name] for name in KEPT if name in tables}
    return replace(
        state,
        opened=True,
        facts=body["facts"],
        rules=body["rules"],
        regions=body["regions"],
        edition=body["edition"],
        notes=tuple(body["notes"]),
        files=body["files"],
        gates=_gates(tables.get("gates", Table())),
        rounds=_rounds(tables.get("ballots", Table()).rows.values(), tables),
        decisions={
            row["proposal"]: Decided(row.get("decided_rank"), row.get("decision", ""), row["reason"])
            for row in tables.get("resolution", Table()).rows.values()
        },
        steps=tuple(
            {name: row.get(name, "") for name in ("action", "reason", "at")}
            for row in tables.get("resolution_steps", Table()).rows.values()
        ),
        **kept,
    )


def gate_key(proposal: str, gate: str) -> str:
    """Return the label of a condition of a proposal."""
    return f"{proposal}\n{gate}"


def _gates(gates: Table) -> Table:
    rows = {gate_key(row["proposal"], row["gate"]): row for row in gates.rows.values()}
    return Table(rows, gates.extras)


def _rounds(lines: Iterable[Record], tables: Mapping[str, Table]) -> dict[int, Round]:
    """Return the rounds that were scored before the room opened: closed, and seen."""
    cards: dict[int, dict[str, dict[str, dict[str, float | None]]]] = {}
    for row in lines:
        cell = cards.setdefault(row["round"], {}).setdefault(row["participant"], {})
        cell.setdefault(row["proposal"], {})[row["criterion"]] = row.get("points")
    order = {label: at for at, label in enumerate(tables.get("proposals", Table()).rows)}
    rounds = {}
    for number, held in sorted(cards.items()):
        said = [points for proposals in held.values() for points in proposals.values()]
        asked = sorted({label for proposals in held.values() for label in proposals}, key=order.__getitem__)
        lines_of = {
            card: {label: {"": Line(points, channel="import")} for label, points in proposals.items()}
            for card, proposals in held.items()
        }
        criteria = tuple(dict.fromkeys(label for points in said for label in points))
        rounds[number] = Round(
            number, Way.CARDS, tuple(asked), criteria, is_open=False, lines=lines_of, closings=1
        )
    return rounds


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "room_opened": Act(
            (
                Field("tables", mapped(table)),
                Field("facts", _mapping),
                Field("rules", _mapping),
                Field("regions", mapped(text)),
                Field("edition", text),
                Field("notes", listed(_mapping)),
                Field("files", mapped(text)),
            ),
            _refuse,
            _apply,
        )
    }
)
