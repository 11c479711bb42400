"""The needs of districts and the declared weights of their indicators, for splitting a ceiling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pandas as pd

from workbench.domain.checks import empty_cells, problem_at
from workbench.domain.columns import Column, Kind
from workbench.domain.regions import lies_in
from workbench.domain.suggestions import suggested
from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.header_matching import normalise
from workbench.store.headers import load_headers
from workbench.store.numbers import read_number
from workbench.store.raw_tables import RawTable, read_tables
from workbench.store.readings import refused
from workbench.store.values import ParsedTable, parse_table

NEED_COLUMNS = (Column("region", Kind.REGION, required=True, filled=True), Column("name"))
WEIGHT_COLUMNS = (
    Column("indicator", required=True, filled=True),
    Column("weight", Kind.RATIO, required=True, filled=True),
    Column("need_rises", Kind.CHOICE, choices=("more", "less")),
    Column("scale_max", Kind.NUMBER),
)
LESS = "less"


@dataclass(frozen=True)
class Needs:
    """What a ceiling is split by.

    Attributes
    ----------
    needs : DataFrame of float, districts by indicators
        More is more need: an index that counts the other way round is taken from its declared highest value.
        Without the indicators whose weight is zero.
    weights : Series of float by indicator
    names : Series of str by district
    """

    needs: pd.DataFrame
    weights: pd.Series
    names: pd.Series


def read_needs(table: Path, weights: Path) -> Needs:
    """Read the needs of districts and the weights of the indicators.

    Raises
    ------
    InvalidInput
        All problems at once: an indicator without a column, a missing or negative value with its cell, a
        district named twice, without a code or inside another one that is listed (a line of totals would take
        part of the ceiling), a weight below zero or no weight above it, an index without its highest value.
    """
    stated = _parsed(weights, "need_weights", WEIGHT_COLUMNS)
    needs = _parsed(table, "needs", NEED_COLUMNS)
    problems = [p for p in (*stated.problems, *needs.problems) if p.severity is Severity.ERROR]
    if not problems:
        problems = [
            *stated.located(_weight_faults(stated.table)),
            *needs.located(_district_faults(needs.table)),
        ]
    if needs.table.empty:
        problems.append(Problem("need_no_districts", file=needs.raw.file, sheet=needs.raw.sheet))
    columns = _columns(needs.raw, set(needs.headers.values()))
    values: dict[str, pd.Series] = {}
    for row, line in stated.table.iterrows():
        column = columns.get(normalise(str(line["indicator"])))
        if column is None:
            facts = suggested(str(line["indicator"]), dict.fromkeys(columns, ""))
            facts = facts or {"known": tuple(columns.values())}
            problems += stated.located([problem_at(row, "need_column_missing", "indicator", **facts)])
            continue
        if line["weight"] == 0:  # counts nothing, so its cells need not be filled
            continue
        found, faults = _numbers(needs.raw, column, line)
        values[str(line["indicator"])] = found
        problems += faults
    if problems:
        raise InvalidInput(problems)
    codes = pd.Index(needs.table["region"], name="region")
    names = needs.table["name"].where(needs.table["name"] != "", needs.table["region"])
    return Needs(
        pd.DataFrame({name: column.to_numpy() for name, column in values.items()}, index=codes),
        stated.table.set_index("indicator")["weight"].astype(float).loc[list(values)],
        pd.Series(names.to_numpy(), index=codes),
    )


def _parsed(path: Path, name: str, columns: tuple[Column, ...]) -> ParsedTable:
    headers = load_headers()
    raw = read_tables(path)[0]
    return parse_table(raw, columns, headers.tables[name].fields, headers.aliases, headers.choices)


def _columns(raw: RawTable, taken: set[str]) -> Mapping[str, str]:
    return {normalise(header): header for header in map(str, raw.body.columns) if header not in taken}


def _weight_faults(table: pd.DataFrame) -> list[Problem]:
    problems = [
        problem_at(row, "negative_value", "weight", weight)
        for row, weight in table["weight"].items()
        if weight < 0
    ]
    if not table["weight"].sum() > 0:
        problems.append(problem_at(None, "weights_all_zero", "weight"))
    first: dict[str, object] = {}
    for row, name in table["indicator"].items():
        if first.setdefault(normalise(str(name)), row) != row:
            problems.append(
                problem_at(row, "duplicate_id", "indicator", name, first_row=first[normalise(str(name))])
            )
    lacking = table[(table["need_rises"] == LESS) & table["scale_max"].isna()]
    return problems + [problem_at(row, "need_scale_missing", "scale_max") for row in lacking.index]


def _district_faults(table: pd.DataFrame) -> list[Problem]:
    codes = table["region"]
    problems = empty_cells(table, NEED_COLUMNS)
    problems += [problem_at(row, "duplicate_id", "region", codes[row]) for row in codes.index[_again(codes)]]
    for row, code in codes.items():
        inside = codes[lies_in(codes, code) & (codes != code)] if code else codes[:0]
        if len(inside):
            problems.append(problem_at(row, "need_of_whole", "region", code, inside=tuple(inside[:3])))
    return problems


def _again(codes: pd.Series) -> pd.Series:
    return codes.duplicated() & (codes != "")


def _numbers(raw: RawTable, column: str, line: pd.Series) -> tuple[pd.Series, list[Problem]]:
    """Return an indicator as needs; what is missing, unreadable or out of scale is named with its cell."""
    values, problems = [], []
    falls = line["need_rises"] == LESS and pd.notna(line["scale_max"])
    highest = float(line["scale_max"]) if falls else None
    for row, text in zip(raw.body.index.tolist(), raw.body[column].astype("str"), strict=True):
        found = read_number(text) if text.strip() else refused("need_missing")
        code = found.code if found.value is None else _out_of_scale(str(found.value), highest)
        if code:
            facts = {**found.facts, "highest": highest}
            problems.append(Problem(code, Severity.ERROR, raw.file, raw.sheet, row, column, text, facts))
        values.append(float("nan") if code else _need(str(found.value), highest))
    return pd.Series(values, index=raw.body.index, dtype="float64"), problems


def _out_of_scale(value: str, highest: float | None) -> str:
    if float(value) < 0:
        return "negative_value"
    return "need_above_scale" if highest is not None and float(value) > highest else ""


def _need(value: str, highest: float | None) -> float:
    """Subtract in exact numbers: 100 - 71.3 is 28.7 and nothing else."""
    return float(value) if highest is None else float(Fraction(str(highest)) - Fraction(value))
