"""Notes on data quality: those that stand in the folder, and those that reading it has brought up."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from workbench.domain.checks import problem_at
from workbench.domain.columns import conform
from workbench.errors import Problem, Severity
from workbench.store.session_tables import NOTE_COLUMNS, Reading


def notes_of(reading: Reading) -> tuple[Problem, ...]:
    """Return the notes that an import left in the folder; facts that cannot be read are a problem."""
    notes = []
    table = reading.table("notes")
    lines: list[dict[str, Any]] = table.to_dict("records")  # type: ignore[assignment]
    for row, line in zip(table.index, lines, strict=True):
        try:
            facts = _note_facts(line["facts"])
        except (ValueError, TypeError, RecursionError):
            reading.add("notes", [problem_at(row, "fact_unreadable", "facts", line["facts"])])
            continue
        notes.append(
            Problem(
                code=line["code"],
                severity=Severity(line["severity"] or Severity.NOTE),
                file=line["file"],
                sheet=line["sheet"],
                row=None if pd.isna(line["row"]) else int(line["row"]),
                column=line["column"],
                value=line["value"],
                facts=facts,
            )
        )
    return tuple(notes)


def _note_facts(text: str) -> dict[str, Any]:
    facts = json.loads(text) if text else {}
    return {name: _frozen(value) for name, value in dict(facts).items()}


def _frozen(value: Any) -> Any:  # noqa: ANN401 - the types of JSON
    """JSON knows lists alone; facts are tuples."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def new_notes(reading: Reading, intact: Collection[str]) -> list[Problem]:
    """Return the notes on files that a person wrote or edited, each with the proposal that it is about.

    What is amiss with a file as the workbench wrote it stands in the folder's own notes already.
    """
    tables = {(parsed.raw.file, parsed.raw.sheet): parsed.table for parsed in reading.parsed.values()}
    return [
        about_proposal(note, tables.get((note.file, note.sheet)))
        for note in reading.notes
        if note.file not in intact
    ]


def about_proposal(note: Problem, table: pd.DataFrame | None) -> Problem:
    """Add the proposal that a row is about, so that the note follows it into its district."""
    if table is None or "proposal" not in table or note.row is None or note.row not in table.index:
        return note
    return replace(note, facts={**note.facts, "proposal": str(table["proposal"][note.row])})


def notes_table(notes: Sequence[Problem]) -> pd.DataFrame:
    """Return notes as a table, for the folder."""
    lines = [
        {
            "code": note.code,
            "severity": note.severity.value,
            "file": note.file,
            "sheet": note.sheet,
            "row": note.row,
            "column": note.column,
            "value": note.value,
            "facts": json.dumps(dict(note.facts), ensure_ascii=False, sort_keys=True) if note.facts else "",
        }
        for note in notes
    ]
    return conform(pd.DataFrame(lines), NOTE_COLUMNS)
