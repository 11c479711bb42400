"""Which tables stand in a folder: CSV files by their names, or the sheets of a workbook; each table once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

from workbench.domain.checks import raise_if_any
from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.file_kinds import FileKind, detect, read_bytes
from workbench.store.headers import load_headers
from workbench.store.raw_tables import RawTable, read_tables
from workbench.store.session_tables import TABLES
from workbench.store.sheet_xml import sheet_parts

TABLE_ENDINGS = (".csv", ".tsv", ".txt", ".gz", ".xls", ".xlsx", ".xlsm", ".ods")
"""Endings of files that a person may have meant as a table of the session."""
COUNTED = ("votes", "pair_votes", "dot_votes", "orders")
"""Files of ballots and orders that are counted and not scored."""
MINUTES_ALONE = "group_sessions"
"""The file of group sessions: the berita acara reads it, no calculation does."""
PRIVATE = "identities"
"""The file of names: nothing that computes reads it, so that it is not read is no news."""
APART = (PRIVATE, MINUTES_ALONE, *COUNTED)


NEEDED = ("proposals", "criteria")
"""Tables without which nothing can be scored."""


def raw_tables(folder: Path, needed: Sequence[str] = NEEDED) -> dict[str, RawTable]:
    """Return the raw tables of a folder by name, from CSV files or the sheets of its one workbook.

    Parameters
    ----------
    folder : Path
    needed : sequence of str
        Tables that must be there, the list of proposals among them.

    Raises
    ------
    InvalidInput
        A file that cannot be read, a table that stands in two places or on a hidden sheet, or a needed table
        that is not there.
    """
    names = _names()
    problems: list[Problem] = []
    found: dict[str, RawTable] = {}
    apart: list[Problem] = []
    files = table_files(folder)
    for path in files:
        try:
            tables = read_tables(path)
        except InvalidInput as error:
            problems += error.problems
            continue
        problems += _hidden_tables(tables, names)
        for table in tables:
            name = names.get(_title(table, path))
            if name in found:
                place = Problem("table_in_two_places", file=path.name, sheet=table.sheet)
                problems.append(replace(place, facts={"other": found[name].file}))
            elif name:
                found[name] = replace(table, notes=tuple(_of_tables(table, names)))
            else:
                apart += _sheet_apart(table)
    missing = [load_headers().tables[name].file for name in needed if name not in found]
    if not problems:
        problems += [Problem("table_missing", file=folder.name, value=f"{name}.csv") for name in missing]
    if problems:
        raise InvalidInput(problems)
    # What nobody reads is said with the list of proposals, which every folder has.
    listed = found["proposals"]
    found["proposals"] = replace(listed, notes=(*apart, *_files_apart(folder, files), *listed.notes))
    return found


def _of_tables(table: RawTable, names: Mapping[str, str]) -> Iterator[Problem]:
    """Leave out what is wrong with an empty sheet that is no table: its formulas stand in nobody's way."""
    ours = {"", table.sheet.casefold(), *names}
    for note in table.notes:
        if note.severity is Severity.NOTE or note.sheet.casefold() in ours:
            yield note


def _hidden_tables(tables: Iterable[RawTable], names: Mapping[str, str]) -> Iterator[Problem]:
    """Name each hidden sheet that is a table of the session: to leave it out would change the result."""
    for note in (note for table in tables for note in table.notes):
        if note.code == "sheet_hidden" and note.value.strip().casefold() in names:
            yield replace(note, code="table_hidden", severity=Severity.ERROR)


def _sheet_apart(table: RawTable) -> Iterator[Problem]:
    """Say that a sheet is no table of the session, and hand on what was said of its whole workbook."""
    yield from (note for note in table.notes if note.code == "sheet_hidden")
    elsewhere = {load_headers().tables[name].file for name in APART}
    if table.sheet.strip().casefold() not in elsewhere:
        yield Problem(
            "sheet_not_a_table", Severity.NOTE, file=table.file, sheet=table.sheet, value=table.sheet
        )


def _files_apart(folder: Path, read: Iterable[Path]) -> Iterator[Problem]:
    """Name the files that look like tables and are none of the session: perhaps a copy, or a wrong name."""
    elsewhere = {load_headers().tables[name].file for name in APART}
    for path in sorted(set(folder.iterdir()) - set(read)):
        hidden = path.name.startswith((".", "~$"))
        if path.suffix.casefold() in TABLE_ENDINGS and not hidden and path.stem.casefold() not in elsewhere:
            yield Problem("file_not_read", Severity.NOTE, file=path.name, value=path.name)


def _names() -> dict[str, str]:
    """Return the name of each table by that of its file."""
    return {headers.file: name for name, headers in load_headers().tables.items() if name in TABLES}


def _title(table: RawTable, path: Path) -> str:
    return (table.sheet or path.stem).strip().casefold()


def table_files(folder: Path) -> list[Path]:
    """Return the files that may hold tables, whatever the case of their names."""
    names = _names()
    order = {f"{file}.csv": place for place, file in enumerate(names)}
    listed = sorted(folder.iterdir())
    tables = [path for path in listed if path.name.casefold() in order]
    return [*sorted(tables, key=lambda path: order[path.name.casefold()]), *_books(listed)]


def _books(listed: Iterable[Path]) -> list[Path]:
    """Return the workbooks; Excel's own lock files (``~$``) are not among them."""
    return [path for path in listed if path.suffix.casefold() == ".xlsx" and not path.name.startswith("~$")]


def books_of(folder: Path) -> list[Path]:
    """Return the workbooks of a folder, in the order of their names."""
    return _books(sorted(folder.iterdir()))


def table_of(table: RawTable) -> str:
    """Return which table of the session a sheet is by its title; empty text where it is none."""
    return _names().get(table.sheet.strip().casefold(), "")


def raw_beside(folder: Path, name: str) -> RawTable | None:
    """Return a table that is not read with the others: its CSV file, or its sheet in a workbook.

    Parameters
    ----------
    folder : Path
    name : str
        One of `APART`.

    Returns
    -------
    RawTable or None
        None where the folder has neither.

    Raises
    ------
    InvalidInput
        ``table_in_two_places``, ``table_hidden``, and whatever keeps a file from being read.
    """
    wanted = load_headers().tables[name].file
    path = folder / f"{wanted}.csv"
    books = [book for book in books_of(folder) if wanted in sheet_titles(book)]
    sheets = [table for book in books for table in read_tables(book)]
    raise_if_any(_hidden_tables(sheets, {wanted: name}))
    found = [*(read_tables(path)[:1] if path.is_file() else ()), *(t for t in sheets if _is(t, wanted))]
    if len(found) > 1:
        facts = {"other": found[0].file}
        raise InvalidInput(
            [Problem("table_in_two_places", file=t.file, sheet=t.sheet, facts=facts) for t in found[1:]]
        )
    return found[0] if found else None


def _is(table: RawTable, title: str) -> bool:
    return table.sheet.strip().casefold() == title


def sheet_titles(path: Path) -> frozenset[str]:
    """Return the titles of a workbook's sheets in small letters, without reading a cell.

    Nothing for a file that is no whole workbook: whoever reads its cells says what is wrong with it.
    """
    content = read_bytes(path)
    if detect(content) is not FileKind.XLSX:
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return frozenset(title.strip().casefold() for title in sheet_parts(archive).values())
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, ElementTree.ParseError):
        return frozenset()
