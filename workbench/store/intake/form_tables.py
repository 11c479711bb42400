"""The further sheets of a filled form: people, ceilings and conditions, put beside the proposals."""

from __future__ import annotations

from pathlib import Path

from workbench.errors import InvalidInput
from workbench.store.folder_tables import sheet_titles
from workbench.store.headers import load_headers
from workbench.store.raw_tables import RawTable, read_tables
from workbench.store.session_folder import open_session
from workbench.store.session_writing import write_session
from workbench.store.writing import csv_bytes

BESIDE = ("participants", "budget", "gates")
"""Tables of a form that need nothing but the proposals; points wait for their criteria."""


def add_form_tables(path: Path, folder: Path) -> tuple[str, ...]:
    """Put the filled sheets of a form into a session folder; return the names of their tables.

    Raises
    ------
    InvalidInput
        Everything that is wrong with these sheets, at once; the folder is left as it was.
    """
    wanted = {load_headers().tables[name].file: name for name in BESIDE}
    if path.suffix.lower() != ".xlsx" or not sheet_titles(path) & set(wanted):
        return ()
    tables = {table.sheet.strip().casefold(): table for table in _tables(path)}
    filled = {title: table for title, table in tables.items() if title in wanted and len(table.body)}
    written = [folder / f"{title}.csv" for title in filled]
    try:
        for title, place in zip(filled, written, strict=True):
            place.write_bytes(csv_bytes(filled[title].body))
        if filled:
            opened = open_session(folder)
            write_session(folder, opened.session, opened.rules, opened.resolution)
    except InvalidInput:
        for place in written:
            place.unlink(missing_ok=True)
        raise
    return tuple(filled)


def _tables(path: Path) -> tuple[RawTable, ...]:
    """Return the sheets that the strict reader takes; a workbook that it does not take is no form of ours."""
    try:
        return read_tables(path)
    except InvalidInput:
        return ()
