"""From the text of a file to typed columns: every value read by its kind, every fault named with its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import pandas as pd

from workbench.domain.columns import DTYPES, Column, Kind, conform
from workbench.errors import Problem, Severity
from workbench.store.grids import RawTable
from workbench.store.header_matching import match_headers
from workbench.store.numbers import read_count, read_number, read_ratio, read_rupiah
from workbench.store.readings import Reading
from workbench.store.region_codes import read_region
from workbench.store.words import choice_reader, read_flag, read_sign

CELL_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
"""What a spreadsheet shows where a formula has no answer."""
SCIENTIFIC_CODE = r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]+"
POINT_ZERO_CODE = r"[0-9]+[.,]0"

READERS: Mapping[Kind, Callable[[str], Reading]] = MappingProxyType(
    {
        Kind.REGION: read_region,
        Kind.RUPIAH: read_rupiah,
        Kind.COUNT: read_count,
        Kind.NUMBER: read_number,
        Kind.RATIO: read_ratio,
        Kind.FLAG: read_flag,
        Kind.SIGN: read_sign,
    }
)
"""The reader of one value of each kind; text and codes are taken as they stand, choices need their words."""


@dataclass(frozen=True)
class ParsedTable:
    """A table of typed columns and everything that was found on the way.

    Attributes
    ----------
    table : DataFrame
        Conformed to the columns asked for, further columns behind them as text under their normalised header;
        the index is the row as the spreadsheet numbers it. A value that was refused is missing.
    problems : tuple of Problem
        Of any severity: first those of the raw table, then those of its header, then those of its values.
    headers : mapping of field name to header
        The header as written in the file, or the usual one where the file has no such column.
    refused : frozenset of (row, field name)
        Cells that hold something that could not be used, so that they are not called empty on top of it.
    raw : RawTable
        Where it all came from.
    """

    table: pd.DataFrame
    problems: tuple[Problem, ...]
    headers: Mapping[str, str]
    refused: frozenset[tuple[int, str]]
    raw: RawTable

    def located(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """Return problems that name rows and fields of `table` as a person finds them in the file.

        The file, the sheet and the header as written are filled in, and the raw text of the cell; an empty
        cell is left out where its value was already refused.
        """
        return tuple(
            self._located(problem)
            for problem in problems
            if problem.code != "empty_cell" or (problem.row, problem.column) not in self.refused
        )

    def _located(self, problem: Problem) -> Problem:
        header = self.headers.get(problem.column, problem.column)
        value = problem.value
        if problem.row in self.raw.body.index and header in self.raw.body.columns:
            value = str(self.raw.body.at[problem.row, header]) or value  # noqa: PD008 - one cell by its labels
        return replace(problem, file=self.raw.file, sheet=self.raw.sheet, column=header, value=value)


def parse_table(
    raw: RawTable,
    columns: Sequence[Column],
    headers: Mapping[str, str],
    aliases: Mapping[str, Sequence[str]] = MappingProxyType({}),
    choices: Mapping[str, Mapping[str, Sequence[str]]] = MappingProxyType({}),
) -> ParsedTable:
    """Read a raw table as the columns of the domain.

    Parameters
    ----------
    raw : RawTable
        From `read_tables`.
    columns : sequence of Column
        The fields asked for and their kinds.
    headers : mapping of field name to header
    aliases : mapping of header to other spellings
    choices : mapping of field name to mapping of choice to words

    Returns
    -------
    ParsedTable
        Never raises for what stands in the file; problems of severity error say what cannot be used.
    """
    matching = match_headers(raw, columns, headers, aliases)
    problems = [*raw.notes, *matching.problems]
    series: dict[str, pd.Series] = {}
    lost: set[tuple[int, str]] = set()
    for column in columns:
        if column.name in matching.fields:
            position = matching.fields[column.name]
            text = raw.body.iloc[:, position]
            parsed = _parsed(text, column, choices.get(column.name, {}))
            series[column.name] = parsed.column
            problems += _placed(raw, raw.header[position], parsed.findings)
            lost |= {(row, column.name) for row, _, reading in parsed.findings if reading.value is None}
    for name, position in matching.extras.items():
        series[name] = raw.body.iloc[:, position]
        problems += _placed(raw, raw.header[position], _cell_errors(series[name], Severity.NOTE))
    table = conform(pd.DataFrame(series, index=raw.body.index), columns)
    found = {name: str(raw.body.columns[position]) for name, position in matching.fields.items()}
    return ParsedTable(table, tuple(problems), MappingProxyType({**headers, **found}), frozenset(lost), raw)


Finding = tuple[int, str, Reading]


@dataclass(frozen=True)
class _Parsed:
    column: pd.Series
    findings: list[Finding]


def _parsed(text: pd.Series[str], column: Column, words: Mapping[str, Sequence[str]]) -> _Parsed:
    broken = _cell_errors(text, Severity.ERROR)
    if broken:
        text = text.where(~text.isin(CELL_ERRORS), "")
    if column.kind is Kind.TEXT:
        return _Parsed(text, broken)
    if column.kind is Kind.CODE:
        values, findings = _codes(text)
        return _Parsed(values, broken + findings)
    read = choice_reader(column.choices, words) if column.kind is Kind.CHOICE else READERS[column.kind]
    values, findings = _read_each(text, read, DTYPES[column.kind])
    return _Parsed(values, broken + findings)


def _read_each(
    text: pd.Series[str], read: Callable[[str], Reading], dtype: str
) -> tuple[pd.Series, list[Finding]]:
    """Read every different text once: columns repeat themselves."""
    positions, found = pd.factorize(text)
    texts = [str(each) for each in found]
    readings = [read(each) if each else Reading() for each in texts]
    meanings = pd.Series([_blank(reading, dtype) for reading in readings], dtype=object)
    values = meanings.iloc[positions].set_axis(text.index).astype(dtype)  # type: ignore[call-overload]
    telling = {number for number, reading in enumerate(readings) if reading.code}
    findings = [
        (int(row), texts[number], readings[number])
        for row, number in zip(text.index, positions.tolist(), strict=True)
        if number in telling
    ]
    return values, findings


def _blank(reading: Reading, dtype: str) -> object:
    if reading.value is not None:
        return reading.value
    return {"str": "", "float64": float("nan")}.get(dtype, pd.NA)


def _codes(text: pd.Series[str]) -> tuple[pd.Series, list[Finding]]:
    """Take codes as they stand, save those a spreadsheet has visibly damaged.

    A column in which every code ends in ".0" was a column of whole numbers; one note tells it.
    """
    folded = _matching(text, SCIENTIFIC_CODE)
    findings = [(int(row), text[row], Reading(None, "code_turned_into_number")) for row in text.index[folded]]
    text = text.where(~folded, "")
    ends_in_zero = _matching(text, POINT_ZERO_CODE)
    if not ends_in_zero.any() or not (ends_in_zero | (text == "")).all():
        return text, findings
    first = text.index[ends_in_zero][0]
    shortened = text.str.replace(r"[.,]0$", "", regex=True)
    facts = {"count": int(ends_in_zero.sum()), "read_as": shortened[first]}
    findings.append(
        (int(first), text[first], Reading(shortened[first], "code_with_decimals", Severity.NOTE, facts))
    )
    return shortened, findings


def _matching(text: pd.Series[str], pattern: str) -> pd.Series[bool]:
    """Tell which cells are what a pattern says; codes repeat themselves, so each is looked at once."""
    different = pd.Series(text.unique(), dtype="str")
    return text.isin(different[different.str.fullmatch(pattern)])


def _cell_errors(text: pd.Series[str], severity: Severity) -> list[Finding]:
    wrong = text.isin(CELL_ERRORS)
    return [(int(row), text[row], Reading(None, "cell_error", severity)) for row in text.index[wrong]]


def _placed(raw: RawTable, header: str, findings: Sequence[Finding]) -> list[Problem]:
    return [
        Problem(reading.code, reading.severity, raw.file, raw.sheet, row, header, text, reading.facts)
        for row, text, reading in findings
    ]
