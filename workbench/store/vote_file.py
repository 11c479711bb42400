"""Votes from a file: the ballots of a counting template and the list of proposals that they name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from workbench.domain import proposals as domain
from workbench.domain.checks import raise_if_any
from workbench.domain.columns import Column
from workbench.domain.dots import DOT_COLUMNS, DotVotes, check_dots
from workbench.domain.orders import COLUMNS as ORDER_COLUMNS
from workbench.domain.proposals import Proposals
from workbench.domain.template import Counting, Template
from workbench.domain.votes import (
    CHOICE_COLUMNS,
    PAIR_COLUMNS,
    ChoiceVotes,
    PairVotes,
    check_choices,
    check_pairs,
)
from workbench.errors import InvalidInput, Problem
from workbench.prioritisation.votes import VoteCount, count_choices, count_dots, count_pairs, wrong_numbers
from workbench.store.folder_tables import books_of, raw_tables
from workbench.store.headers import load_headers
from workbench.store.raw_tables import RawTable, read_tables
from workbench.store.values import ParsedTable, parse_table


@dataclass(frozen=True, eq=False)
class CountedFile:
    """A vote that was read and counted.

    Attributes
    ----------
    count : VoteCount
    proposals : Proposals
        The proposals of the vote, chosen or not.
    notes : tuple of Problem
        What a person should know about the files.
    """

    count: VoteCount
    proposals: Proposals
    notes: tuple[Problem, ...]


def count_vote_file(folder: Path, template: Template, source: Path | None = None) -> CountedFile:
    """Read the ballots of a vote and count them.

    Parameters
    ----------
    folder : Path
        A folder in which only the list of proposals need stand.
    template : Template
        One that counts votes.
    source : Path, optional
        The file of ballots; without it ``suara.csv`` (pairs: ``suara_berpasangan.csv``, dots:
        ``suara_titik.csv``) of the folder, or the sheet of that name in one of its workbooks.

    Raises
    ------
    InvalidInput
        Everything that is wrong with the list and the ballots, each with file, sheet, row, column, value.
    """
    proposals, notes = listed_proposals(folder)
    table = BALLOTS.get(template.counting, "votes")
    parsed = parsed_ballots(source or _ballots(folder, load_headers().tables[table].file), table)
    raise_if_any([*parsed.problems, *_faults(parsed, template, proposals.labels)])
    count = _count(parsed.table, template, proposals.labels)
    return CountedFile(count, proposals, (*notes, *parsed.problems))


BALLOTS: Mapping[Counting, str] = MappingProxyType(
    {Counting.COUNT_PAIRWISE_WINS: "pair_votes", Counting.DOT_VOTE: "dot_votes"}
)
"""The table of the ballots that do not name their choices in order."""
OF_THE_FOLDER = ("file_not_read", "sheet_not_a_table")
"""Notes on what else lies in the folder, which a count does not read either."""

COLUMNS: dict[str, Sequence[Column]] = {
    "votes": CHOICE_COLUMNS,
    "pair_votes": PAIR_COLUMNS,
    "dot_votes": DOT_COLUMNS,
    "orders": ORDER_COLUMNS,
}


def listed_proposals(folder: Path) -> tuple[Proposals, tuple[Problem, ...]]:
    """Return the list of proposals of a folder that may hold nothing else."""
    if not folder.is_dir():
        raise InvalidInput([Problem("folder_missing", file=str(folder))])
    parsed = _parse(raw_tables(folder, ("proposals",))["proposals"], "proposals", domain.COLUMNS)
    raise_if_any([*parsed.problems, *parsed.located(domain.check(parsed.table))])
    notes = tuple(note for note in parsed.problems if note.code not in OF_THE_FOLDER)
    return Proposals.from_table(parsed.table), notes


def _ballots(folder: Path, name: str) -> Path:
    """Return the file of a folder that holds the ballots: the CSV file, or the workbook with such a sheet."""
    path = folder / f"{name}.csv"
    if path.exists():
        return path
    books = (book for book in books_of(folder) if any(_is(sheet, name) for sheet in read_tables(book)))
    return next(books, path)


def _is(sheet: RawTable, name: str) -> bool:
    return sheet.sheet.strip().casefold() == name


def parsed_ballots(path: Path, table: str) -> ParsedTable:
    """Return the ballots, from the sheet that bears the table's name or else from the first."""
    tables = read_tables(path)
    name = load_headers().tables[table].file
    return parsed_table(next((one for one in tables if _is(one, name)), tables[0]), table)


def parsed_table(raw: RawTable, table: str) -> ParsedTable:
    """Return ballots or orders that stand in a sheet."""
    return _parse(raw, table, COLUMNS[table])


def _parse(raw: RawTable, table: str, columns: Sequence[Column]) -> ParsedTable:
    headers = load_headers()
    return parse_table(raw, columns, headers.tables[table].fields, headers.aliases, headers.choices)


def _count(table: pd.DataFrame, template: Template, proposals: pd.Index[str]) -> VoteCount:
    if template.dots is not None:
        return count_dots(DotVotes.of(table, proposals), template.dots)
    if template.counting is Counting.COUNT_PAIRWISE_WINS:
        return count_pairs(PairVotes.of(table), proposals)
    return count_choices(ChoiceVotes.of(table), template.counting, proposals)


def _faults(parsed: ParsedTable, template: Template, proposals: pd.Index[str]) -> Sequence[Problem]:
    """Name what is wrong with the ballots, unless a column that they need is not there at all."""
    if any(problem.code == "column_missing" for problem in parsed.problems):
        return ()
    table = parsed.table
    if template.dots is not None:
        return parsed.located(check_dots(table, template.dots, proposals))
    if template.counting is Counting.COUNT_PAIRWISE_WINS:
        return parsed.located(check_pairs(table, proposals))
    wrong = wrong_numbers(table, template.counting, len(proposals))
    return parsed.located([*check_choices(table, proposals), *wrong])
