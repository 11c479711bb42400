"""Filled forms that come back to a session folder that exists: participants, ceilings, conditions, points.

Everything that is wrong is named at once by sheet, row and column; the folder is written whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from workbench.domain.ballots import Ballots
from workbench.domain.checks import problem_at, raise_if_any
from workbench.domain.criteria import Measure
from workbench.domain.session import Session
from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.grids import Grid, column_letter, to_table
from workbench.store.header_matching import normalise
from workbench.store.headers import load_headers
from workbench.store.intake.sources import read_sheets
from workbench.store.manifest import MANIFEST
from workbench.store.raw_tables import RawTable
from workbench.store.session_folder import open_session, open_with
from workbench.store.session_tables import TABLES
from workbench.store.session_writing import write_session
from workbench.store.values import ParsedTable, parse_table

FORM_TABLES = ("participants", "budget", "gates", "ballots")
"""Tables of the forms that come back beside or after the list of proposals."""
CARD = ["round", "participant"]
ONE_MARK = re.compile(r"[0-9]+(?:[.,]0+)?")
"""A mark on a card: one whole number. "3 4" and "3,4" may be two marks in one box."""


@dataclass(frozen=True)
class TakenIn:
    """What a form brought into a folder.

    Attributes
    ----------
    lines : mapping of table to int
        Lines by table of `FORM_TABLES`.
    notes : tuple of Problem
        What a person should know: blank points, incomplete cards, a sheet that was known by its headers.
    """

    lines: Mapping[str, int]
    notes: tuple[Problem, ...]


def is_session(folder: Path) -> bool:
    """Tell whether a folder holds a session that a form can come back to."""
    return (folder / MANIFEST).is_file()


def filled_tables(path: Path) -> dict[str, RawTable]:
    """Return the filled sheets of a form by table, known by their title or else by their headers.

    Empty where the file holds a list of proposals, or nothing but ceilings: those are lists, read as such.

    Raises
    ------
    InvalidInput
        ``table_in_two_places``, ``cells_merged``, and whatever keeps the file from being read.
    """
    found: dict[str, RawTable] = {}
    problems: list[Problem] = []
    for grid in read_sheets(path):
        table = to_table(grid)
        if table is None or not len(table.body):
            continue
        if _title(table, path) == load_headers().tables["proposals"].file:
            return {}
        name = _by_title(table, path) or _by_headers(table)
        if not name:
            continue
        problems += _merged(grid, table)
        if name in found:
            facts = {"other": f"{found[name].file}, {found[name].sheet}"}
            problems.append(Problem("table_in_two_places", file=table.file, sheet=table.sheet, facts=facts))
        elif not _by_title(table, path):
            note = Problem(
                "sheet_known_by_headers", Severity.NOTE, table.file, table.sheet, value=table.sheet
            )
            facts = {"table": load_headers().tables[name].file}
            table = replace(table, notes=(*table.notes, replace(note, facts=facts)))
        found.setdefault(name, table)
    if not set(found) - {"budget"}:
        return {}
    raise_if_any(problems)
    return found


def _by_title(table: RawTable, path: Path) -> str:
    title = _title(table, path)
    return next((name for name in FORM_TABLES if load_headers().tables[name].file == title), "")


def _title(table: RawTable, path: Path) -> str:
    return (table.sheet or path.stem).strip().casefold()


def _by_headers(table: RawTable) -> str:
    """Return the table whose needed columns all stand in a sheet; empty text where none or several do."""
    there = {normalise(header) for header in table.header}
    fits = []
    for name in FORM_TABLES:
        fields = load_headers().tables[name].fields
        needed = {normalise(fields[column.name]) for column in TABLES[name] if column.required}
        if len(needed) > 1 and needed <= there:
            fits.append(name)
    return fits[0] if len(fits) == 1 else ""


def _merged(grid: Grid, table: RawTable) -> Iterator[Problem]:
    """Name each merged cell among the entries: what it says of the rows it covers nobody knows."""
    for top, left, bottom, right in grid.merged:
        if bottom < table.header_row:
            continue
        cells = f"{column_letter(left)}{top + 1}:{column_letter(right)}{bottom + 1}"
        yield Problem("cells_merged", file=grid.file, sheet=grid.sheet, row=top + 1,
                      column=column_letter(left), value=cells)  # fmt: skip


def take_in(path: Path, tables: Mapping[str, RawTable], folder: Path, *, replace_old: bool) -> TakenIn:
    """Put the tables of a filled form into a session folder.

    Cards are added to those that are there; the other tables are taken where the folder has none, or with
    `replace_old` instead of its own.

    Raises
    ------
    InvalidInput
        Everything that is wrong, at once: values outside their scale, two marks in a cell, unknown codes, a
        card twice or in the folder already, a form of another session; ``folder_has_journal`` where a room
        was opened on the folder.
    """
    before = open_session(folder)
    problems = [] if replace_old else list(_there_already(before.session, tables, path))
    cards = _parsed("ballots", tables["ballots"]) if "ballots" in tables else None
    if cards is not None:
        problems += cards.located(_card_problems(cards, before.session.ballots.frame))
    session = None
    try:
        opened = open_with(folder, tables)
        session = opened.session
    except InvalidInput as error:
        problems += error.problems
    problems = of_other_session(problems, cards, before.session, path)
    raise_if_any(problems)
    assert session is not None  # noqa: S101 - nothing was wrong
    if cards is not None:
        lines = [before.session.ballots.frame, session.ballots.frame]
        session = replace(session, ballots=Ballots(pd.concat(lines, ignore_index=True)))
    write_session(folder, session, before.rules, before.resolution)
    notes = [
        note for table in tables.values() for note in table.notes if note.code == "sheet_known_by_headers"
    ]
    if cards is not None:
        judged = set(session.criteria.labels[session.criteria.frame["measure"] == Measure.JUDGED])
        full = len(session.proposals) * len(judged)
        notes += cards.located(card_notes(cards.table, lambda _: full))
    return TakenIn({name: len(table.body) for name, table in tables.items()}, tuple(notes))


def _parsed(name: str, raw: RawTable) -> ParsedTable:
    headers = load_headers()
    return parse_table(raw, TABLES[name], headers.tables[name].fields, headers.aliases, headers.choices)


def _there_already(session: Session, tables: Mapping[str, RawTable], path: Path) -> Iterator[Problem]:
    held = {
        "participants": session.participants.frame,
        "budget": session.budget.frame,
        "gates": session.gates.frame,
    }
    for name, frame in held.items():
        if name in tables and len(frame):
            table = load_headers().tables[name].file
            yield Problem("table_already_there", file=path.name, sheet=tables[name].sheet, value=table)


def _card_problems(cards: ParsedTable, held: pd.DataFrame) -> list[Problem]:
    """Name points that are no single mark, and cards that the folder holds already."""
    table, problems = cards.table, mark_problems(cards)
    known = set(zip(held["round"].tolist(), held["participant"].tolist(), strict=True))
    first = table.drop_duplicates(CARD)
    for row, number, card in zip(
        first.index, first["round"].tolist(), first["participant"].tolist(), strict=True
    ):
        if (number, card) in known:
            problems.append(problem_at(row, "card_already_in", "participant", card, round=int(number)))
    return problems


def mark_problems(cards: ParsedTable) -> list[Problem]:
    """Name points that are no single mark: "3 4" and "3,4" may be two of them in one box."""
    table = cards.table
    texts = cards.raw.body[cards.headers["points"]].str.strip().to_dict()
    return [
        problem_at(row, "points_not_one_mark", "points", texts[row])
        for row in table.index[table["points"].notna()]
        if not ONE_MARK.fullmatch(texts[row])
    ]


def of_other_session(
    problems: Sequence[Problem], cards: ParsedTable | None, session: Session, path: Path
) -> list[Problem]:
    """Say of a form that knows none of the proposals that it is another session's, instead of every line."""
    if cards is None:
        return list(problems)
    named = set(cards.table["proposal"]) - {""}
    if not named or named & set(session.proposals.labels):
        return list(problems)
    facts = {"proposals": tuple(sorted(named)[:5])}
    whole = Problem("form_of_other_session", file=path.name, sheet=cards.raw.sheet, facts=facts)
    lines = {"unknown_proposal", "unknown_participant", "unknown_criterion"}
    return [whole, *(each for each in problems if each.code not in lines or each.sheet != cards.raw.sheet)]


def card_notes(table: pd.DataFrame, full_of: Callable[[int], int]) -> list[Problem]:
    """Note blank points, and cards that lack lines: a missing point is no zero and no mistake.

    Parameters
    ----------
    table : DataFrame
        The lines of the form.
    full_of : callable
        How many points a card of a round may give.
    """
    blank = table.index[table["points"].isna()]
    notes = [
        replace(problem_at(row, "points_left_blank", "points", ""), severity=Severity.NOTE) for row in blank
    ]
    given = table[table["points"].notna()]
    for _, lines in given.groupby(CARD, sort=False):
        number, card = (lines[name].iloc[0] for name in CARD)
        full = full_of(int(number))
        if len(lines) < full:
            facts = {"round": int(number), "given": len(lines), "all": full}
            note = problem_at(int(lines.index[0]), "card_incomplete", "participant", str(card))
            notes.append(replace(note, severity=Severity.NOTE, facts=facts))
    return notes
