"""From the tables of a folder to checked values, every problem placed by file, sheet, row and header."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import pandas as pd

from workbench.domain import ballots, budget, criteria, participants, proposals, resolution
from workbench.domain.checks import duplicates
from workbench.domain.columns import Column, Kind, conform
from workbench.domain.criteria import Criteria
from workbench.domain.facts import Facts
from workbench.domain.participants import Participants
from workbench.domain.proposals import Proposals
from workbench.domain.regions import Regions
from workbench.engine.measures import MISSING
from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.facts_table import facts_from_table
from workbench.store.headers import Headers, load_headers
from workbench.store.raw_tables import RawTable
from workbench.store.values import ParsedTable, parse_table

REGION_COLUMNS = (
    Column("region", Kind.REGION, required=True, filled=True),
    Column("name", required=True, filled=True),
)
FACT_COLUMNS = (Column("fact", required=True), Column("value", required=True))
NOTE_COLUMNS = (
    Column("code", Kind.CODE, required=True, filled=True),
    Column("severity", Kind.CHOICE, choices=tuple(Severity)),
    Column("file"),
    Column("sheet"),
    Column("row", Kind.COUNT),
    Column("column"),
    Column("value"),
    Column("facts"),
)
TABLES: Mapping[str, Sequence[Column]] = {
    "proposals": proposals.COLUMNS,
    "criteria": criteria.COLUMNS,
    "points": criteria.POINTS_COLUMNS,
    "participants": participants.COLUMNS,
    "ballots": ballots.COLUMNS,
    "judgements": ballots.JUDGEMENT_COLUMNS,
    "gates": ballots.GATE_COLUMNS,
    "budget": budget.COLUMNS,
    "resolution": resolution.COLUMNS,
    "regions": REGION_COLUMNS,
    "notes": NOTE_COLUMNS,
    "facts": FACT_COLUMNS,
}
"""The tables of a session folder; the identity file is read by nobody but the minutes."""

BLANK_WORD = "(kosong)"
"""Text of a points line that declares what an empty cell earns."""
FLAG_WORDS = {"ya": "true", "tidak": "false"}

Value = TypeVar("Value")


@dataclass
class Reading:
    """The parsed tables of one folder and the problems met so far; lives only while it is read."""

    parsed: Mapping[str, ParsedTable]
    headers: Headers = field(default_factory=load_headers)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def table(self, name: str) -> pd.DataFrame:
        """Return a parsed table, or one without rows where the folder has none."""
        if name in self.parsed:
            return self.parsed[name].table
        return conform(pd.DataFrame(), TABLES[name])

    def add(self, name: str, problems: Sequence[Problem]) -> None:
        """Keep problems of a table with their place; notes and errors go apart."""
        if name in self.parsed:
            self.keep(self.parsed[name].located(problems))
        else:
            self.keep(replace(problem, file=self.headers.tables[name].file) for problem in problems)

    def keep(self, problems: Iterable[Problem]) -> None:
        """Keep problems that carry their place already."""
        for problem in problems:
            (self.problems if problem.severity is Severity.ERROR else self.notes).append(problem)

    def build(self, name: str, make: Callable[[pd.DataFrame], Value]) -> Value | None:
        """Build a value from a table, keeping its problems; None where it could not be built."""
        if name in self.parsed and any(p.code == "column_missing" for p in self.parsed[name].problems):
            return None  # without the column every row would be called empty on top of it
        try:
            return make(self.table(name))
        except InvalidInput as error:
            self.add(name, error.problems)
            return None


def read_parsed(raw: Mapping[str, RawTable]) -> Reading:
    """Parse the raw tables of a folder, by name."""
    headers = load_headers()
    parsed = {
        name: parse_table(table, TABLES[name], headers.tables[name].fields, headers.aliases, headers.choices)
        for name, table in raw.items()
    }
    reading = Reading(parsed, headers)
    for table in parsed.values():
        reading.keep(table.problems)
    return reading


def criteria_of(reading: Reading) -> Criteria | None:
    """Build the criteria with their points tables and the weights as the forum wrote them."""
    table = reading.table("criteria")
    if "criteria" in reading.parsed:
        body, header = reading.parsed["criteria"].raw.body, reading.parsed["criteria"].headers["weight"]
        if header in body:
            written = body[header].reindex(table.index).fillna("")
            table = table.assign(weight_text=written.astype("str"))
    table = criteria.with_defaults(table)
    points = reading.table("points")
    flags = {column.name for column in proposals.COLUMNS if column.kind is Kind.FLAG}
    of_flags = points["criterion"].isin(table.loc[table["column"].isin(flags), "criterion"])
    texts = points["text"].str.strip()
    texts = texts.where(~of_flags, texts.str.casefold().replace(FLAG_WORDS))
    points = points.assign(text=texts.where(texts.str.casefold() != BLANK_WORD, MISSING))
    table = table.assign(column=table["column"].map(_field_names(reading.headers)).fillna(table["column"]))
    problems = criteria.check(table, conform(points.iloc[:0], criteria.POINTS_COLUMNS))
    # A missing points table is a fault of the criteria file; faulty lines are faults of their own file.
    lines = criteria.check(table, points)
    ours = [p for p in problems if p.code != "points_table_missing"]
    ours += [p for p in lines if p.code == "points_table_missing"]
    theirs = [p for p in lines if p not in ours and p not in problems]
    reading.add("criteria", ours)
    reading.add("points", theirs)
    if any(p.severity is Severity.ERROR for p in (*ours, *theirs)):
        return None
    return Criteria.from_tables(table, points)


def _field_names(headers: Headers) -> dict[str, str]:
    return {header: name for name, header in headers.tables["proposals"].fields.items()}


def check_cards(reading: Reading, listed: Proposals, named: Criteria, people: Participants) -> None:
    """Check the cards, comparisons and conditions against what they refer to, with their rows."""
    reading.add("ballots", ballots.check_ballots(reading.table("ballots"), listed, named, people))
    reading.add("judgements", ballots.check_judgements(reading.table("judgements"), named, people))
    reading.add("gates", ballots.check_gates(reading.table("gates"), listed))


def regions_of(reading: Reading, edition: str) -> Regions | None:
    """Build the folder's own list of regions; None where it has none or the list has problems."""
    table = reading.table("regions")
    if table.empty:
        return None
    repeated = duplicates(table[table["region"] != ""], ["region"])
    reading.add("regions", repeated)
    if repeated:
        return None
    return reading.build("regions", lambda t: Regions(t.set_index("region")["name"], edition))


def facts_of(reading: Reading) -> Facts:
    """Build the facts; empty facts where the folder has none or they have problems."""
    if "facts" not in reading.parsed:
        return Facts()
    built = reading.build("facts", lambda table: facts_from_table(table, reading.parsed["facts"].raw.file))
    return built or Facts()


def notes_of(reading: Reading) -> tuple[Problem, ...]:
    """Return the notes that an import left in the folder."""
    lines: list[dict[str, Any]] = reading.table("notes").to_dict("records")  # type: ignore[assignment]
    return tuple(
        Problem(
            code=line["code"],
            severity=Severity(line["severity"] or Severity.NOTE),
            file=line["file"],
            sheet=line["sheet"],
            row=None if pd.isna(line["row"]) else int(line["row"]),
            column=line["column"],
            value=line["value"],
            facts=json.loads(line["facts"]) if line["facts"] else {},
        )
        for line in lines
    )


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
