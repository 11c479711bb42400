"""Tables of a session as JSON and back: what the room took over when it opened, and what it exports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import pandas as pd

from workbench.domain.columns import DTYPES, Column, conform
from workbench.domain.facts import LISTS, Facts
from workbench.domain.resolution import Resolution
from workbench.domain.session import Session
from workbench.domain.session_columns import SESSION_COLUMNS
from workbench.errors import Problem, Severity

Record = Mapping[str, Any]
"""One row: JSON values by English field name; what is empty is left out."""


@dataclass(frozen=True)
class Table:
    """Rows by label, in order.

    Attributes
    ----------
    rows : mapping of label to Record
        A table without a key of its own counts its rows.
    extras : tuple of str
        Columns beyond the declared ones, in the order of the file.
    """

    rows: Mapping[str, Record] = field(default_factory=dict)
    extras: tuple[str, ...] = ()

    def __contains__(self, label: object) -> bool:
        return label in self.rows

    def with_row(self, label: str, record: Record, extras: Iterable[str] = ()) -> Table:
        """Return the table with a row added at the end, or put in the place of its namesake."""
        new = tuple(name for name in extras if name not in self.extras)
        return Table({**self.rows, label: record}, (*self.extras, *new))

    def without(self, labels: Iterable[str]) -> Table:
        """Return the table without some rows."""
        gone = set(labels)
        return Table({label: row for label, row in self.rows.items() if label not in gone}, self.extras)

    def numbered(self, records: Iterable[Record]) -> Table:
        """Return the table with rows added that have no key of their own."""
        start = max((int(label) for label in self.rows), default=-1) + 1
        return Table({**self.rows, **{str(start + at): row for at, row in enumerate(records)}}, self.extras)


def table_body(frame: pd.DataFrame, columns: Sequence[Column]) -> dict[str, Any]:
    """Return a frame as JSON, column names and rows; declared columns without any value are left out.

    Examples
    --------
    >>> table_body(pd.DataFrame({"participant": ["001"], "sex": [""]}), SESSION_COLUMNS["participants"])
    {'columns': ['participant'], 'rows': [['001']]}
    """
    declared = {column.name: column for column in columns}
    cells: dict[str, list[Any]] = {}
    for name in frame.columns:
        values = frame[name]
        blank = values.isna().to_list()
        written = [
            None if gone else _plain(value) for gone, value in zip(blank, values.to_list(), strict=True)
        ]
        if (
            name not in declared
            or declared[name].required
            or any(value not in (None, "") for value in written)
        ):
            cells[str(name)] = written
    return {"columns": list(cells), "rows": [list(row) for row in zip(*cells.values(), strict=True)]}


def _plain(value: Any) -> Any:  # noqa: ANN401 - what a cell holds
    """Return a number of NumPy as one of Python, which is what JSON gives back."""
    return float(value) if isinstance(value, float) else value


def table_from(body: Record, columns: Sequence[Column], key: str = "") -> Table:
    """Return the table of a JSON body; without a key its rows are counted."""
    names: list[str] = list(body["columns"])
    declared = {column.name for column in columns}
    extras = tuple(name for name in names if name not in declared)
    records = [
        {
            name: value
            for name, value in zip(names, row, strict=True)
            if name not in declared or value not in (None, "")
        }
        for row in body["rows"]
    ]
    labels = [str(record[key]) for record in records] if key else [str(at) for at in range(len(records))]
    return Table(dict(zip(labels, records, strict=True)), extras)


def frame_of(table: Table, columns: Sequence[Column]) -> pd.DataFrame:
    """Return a table as a conformed frame; the index counts from 1."""
    declared = [column.name for column in columns]
    rows = table.rows.values()
    data = {name: [row.get(name) for row in rows] for name in declared}
    data |= {name: [str(row.get(name) or "") for row in rows] for name in table.extras}
    index = pd.RangeIndex(1, len(table.rows) + 1)
    kinds = {column.name: DTYPES[column.kind] for column in columns}
    frame = pd.DataFrame(
        {
            name: pd.Series(values, index=index, dtype="str" if name in table.extras else "object")
            for name, values in data.items()
            if name in table.extras or any(value is not None for value in values) or kinds[name] == "str"
        },
        index=index,
    )
    return conform(frame, columns)


def facts_body(facts: Facts) -> dict[str, Any]:
    """Return the facts that are known, as JSON."""
    return {
        name: list(value) if name in LISTS else value
        for name, value in asdict(facts).items()
        if value not in ("", None, ())
    }


def facts_from(body: Record) -> Facts:
    """Return facts from JSON."""
    known: dict[str, Any] = {name: tuple(held) if name in LISTS else held for name, held in body.items()}
    return Facts(**known)


def note_body(note: Problem) -> dict[str, Any]:
    """Return a note as JSON."""
    return {
        "code": note.code,
        "severity": note.severity.value,
        "file": note.file,
        "sheet": note.sheet,
        "row": note.row,
        "column": note.column,
        "value": note.value,
        "facts": dict(note.facts),
    }


def note_from(body: Record) -> Problem:
    """Return a note from JSON, which knows lists alone where facts are tuples."""
    facts = {name: _frozen(value) for name, value in body["facts"].items()}
    place = {name: body[name] for name in ("file", "sheet", "row", "column", "value")}
    return Problem(body["code"], Severity(body["severity"]), facts=facts, **place)


def _frozen(value: Any) -> Any:  # noqa: ANN401 - the types of JSON
    return tuple(map(_frozen, value)) if isinstance(value, list | tuple) else value


def frames_of(session: Session) -> dict[str, pd.DataFrame]:
    """Return the tables of a session by name, their keys as columns."""
    return {
        "proposals": session.proposals.frame.reset_index(),
        "criteria": session.criteria.members.reset_index(),
        "points": session.criteria.points,
        "bands": session.bands.frame,
        "participants": session.participants.frame.reset_index(),
        "ballots": session.ballots.frame,
        "judgements": session.judgements.frame,
        "preferences": session.preferences.frame,
        "gates": session.gates.frame,
        "budget": session.budget.frame,
        "conditions": session.conditions.frame,
    }


def session_body(session: Session, decided: Resolution | None = None) -> dict[str, Any]:
    """Return everything a session holds as JSON: what the first entry of a journal takes over."""
    frames = frames_of(session)
    if decided is not None:
        frames |= {"resolution": decided.frame.reset_index(), "resolution_steps": decided.steps_table}
    return {
        "tables": {
            name: table_body(frame, SESSION_COLUMNS[name]) for name, frame in frames.items() if len(frame)
        },
        "facts": facts_body(session.facts),
        "regions": {str(code): str(name) for code, name in session.regions.names.items()},
        "edition": session.regions.edition,
        "notes": [note_body(note) for note in session.notes],
    }
