"""From the tables of a folder to checked values, every problem placed by file, sheet, row and header."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeVar

import pandas as pd

from workbench.domain import ballots, criteria, preferences, proposals, resolution
from workbench.domain.checks import duplicates, problem_at
from workbench.domain.columns import Column, Kind, conform
from workbench.domain.criteria import Criteria, Measure
from workbench.domain.facts import Facts
from workbench.domain.judgements import check_judgements
from workbench.domain.participants import Participants
from workbench.domain.proposals import Proposals
from workbench.domain.regions import Regions
from workbench.domain.resolution import Resolution
from workbench.domain.rules import Rules
from workbench.domain.session_columns import SESSION_COLUMNS
from workbench.engine.measures import MISSING
from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.facts_table import facts_from_table
from workbench.store.header_matching import normalise
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
MATRIX_COLUMNS = (Column("region", Kind.REGION, required=True, filled=True), Column("name"))
"""A matrix of ceilings has one further column for each agency."""
OPEN_TABLES: Mapping[str, str] = MappingProxyType({"ceiling_matrix": "column_unknown"})
"""Tables whose further columns are values, with the note that would be wrong of them."""
TABLES: Mapping[str, Sequence[Column]] = {
    **SESSION_COLUMNS,
    "ceiling_matrix": MATRIX_COLUMNS,
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

    def lacks_column(self, name: str) -> bool:
        """Tell whether a table was given without a column that it must have."""
        return name in self.parsed and any(p.code == "column_missing" for p in self.parsed[name].problems)

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

    def keeping(self, make: Callable[[], Value]) -> Value | None:
        """Return what is read beside the tables, keeping its problems; None where it could not be read."""
        try:
            return make()
        except InvalidInput as error:
            self.keep(error.problems)
            return None

    def build(self, name: str, make: Callable[[pd.DataFrame], Value]) -> Value | None:
        """Build a value from a table, keeping its problems; None where it could not be built."""
        if self.lacks_column(name):
            return None  # every row would be called empty on top of it
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
    if "notes" in parsed:
        parsed["notes"] = _quoted(parsed["notes"])
    reading = Reading(parsed, headers)
    for name, table in parsed.items():
        known = OPEN_TABLES.get(name, "")
        reading.keep(problem for problem in table.problems if problem.code != known)
    return reading


def _quoted(notes: ParsedTable) -> ParsedTable:
    """Return the notes with their quotations as they stand: a note about ``#REF!`` says ``#REF!``."""
    quoted = {
        notes.headers[name]: name for name in ("value", "facts") if notes.headers[name] in notes.raw.body
    }
    table = notes.table.assign(**{name: notes.raw.body[header] for header, name in quoted.items()})
    problems = tuple(
        each for each in notes.problems if each.code != "cell_error" or each.column not in quoted
    )
    return replace(notes, table=table, problems=problems)


def criteria_of(reading: Reading) -> Criteria | None:
    """Build the criteria with their points tables and the weights as the forum wrote them."""
    if reading.lacks_column("criteria") or reading.lacks_column("points"):
        return None
    table = reading.table("criteria")
    if "criteria" in reading.parsed:
        body, header = reading.parsed["criteria"].raw.body, reading.parsed["criteria"].headers["weight"]
        if header in body:
            written = body[header].reindex(table.index).fillna("")
            table = table.assign(weight_text=written.astype("str"))
    table = criteria.with_defaults(table)
    points = reading.table("points")
    table = table.assign(column=table["column"].map(_field_names(reading.headers)))
    of_flags = points["criterion"].isin(flag_criteria(table))
    texts = points["text"].str.strip()
    texts = texts.where(~of_flags, texts.str.casefold().replace(FLAG_WORDS))
    points = points.assign(text=texts.where(texts.str.casefold() != BLANK_WORD, MISSING))
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


def flag_criteria(table: pd.DataFrame) -> pd.Series:
    """Return the criteria that look up a column of yes and no, whose points tables say ya and tidak."""
    flags = {column.name for column in proposals.COLUMNS if column.kind is Kind.FLAG}
    return table.loc[table["column"].isin(flags), "criterion"]


def unknown_stage(listed: Proposals, rules: Rules, file: str) -> list[Problem]:
    """Name a declared stage that no proposal of the whole list stands at: nothing at all would be ranked."""
    stages = sorted(set(listed.frame["stage"]) - {""})
    if not rules.stage or rules.stage in stages or not len(listed):
        return []
    key = load_headers().rule_keys["stage"]
    facts = {"allowed": tuple(stages)}
    return [Problem("unknown_rule", file=file, column=key, value=rules.stage, facts=facts)]


def _field_names(headers: Headers) -> Callable[[str], str]:
    """Return the field that a header means; other columns of the list go by their normalised header."""
    names = {normalise(header): name for name, header in headers.tables["proposals"].fields.items()}
    return lambda header: names.get(normalise(header), normalise(header))


def check_cards(reading: Reading, listed: Proposals, named: Criteria, people: Participants) -> None:
    """Check the cards, comparisons and conditions against what they refer to, with their rows."""
    checks: Mapping[str, Callable[[pd.DataFrame], list[Problem]]] = {
        "ballots": lambda table: ballots.check_ballots(table, listed, named, people),
        "judgements": lambda table: check_judgements(table, named, people),
        "preferences": lambda table: preferences.check_preferences(table, named, people),
        "gates": lambda table: ballots.check_gates(table, listed),
        "criteria": lambda table: _absent_columns(table, listed, named),
    }
    for name, check in checks.items():
        check_table(reading, name, check)


def check_table(reading: Reading, name: str, check: Callable[[pd.DataFrame], list[Problem]]) -> None:
    """Keep what a check says about a table, unless the table lacks a column that it must have."""
    if not reading.lacks_column(name):
        reading.add(name, check(reading.table(name)))


def _absent_columns(table: pd.DataFrame, listed: Proposals, named: Criteria) -> list[Problem]:
    """Name the criteria whose column the list of proposals does not have."""
    computed = named.frame.loc[named.frame["measure"] != Measure.JUDGED, "column"]
    absent = computed[~computed.isin(listed.frame.columns)]
    return [
        problem_at(row, "criterion_column_missing", "column", absent[label], criterion=label)
        for row, label in table["criterion"].items()
        if label in absent.index
    ]


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


def resolution_of(reading: Reading, listed: Proposals) -> Resolution | None:
    """Build what the forum decided; None where it neither decided anything nor closed its decisions."""
    if reading.table("resolution").empty and reading.table("resolution_steps").empty:
        return None
    steps = reading.build("resolution_steps", resolution.steps_from_table)
    return reading.build("resolution", lambda table: Resolution.from_table(table, listed, steps or ()))


def facts_of(reading: Reading) -> Facts:
    """Build the facts; empty facts where the folder has none or they have problems."""
    if "facts" not in reading.parsed:
        return Facts()
    built = reading.build("facts", lambda table: facts_from_table(table, reading.parsed["facts"].raw.file))
    return built or Facts()
