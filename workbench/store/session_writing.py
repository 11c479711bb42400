"""The session folder, written in one movement: its tables, its rules, and the hash of exactly these bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from workbench.domain.resolution import Resolution
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.store.edited_tables import RULES_FILE
from workbench.store.headers import load_headers
from workbench.store.journal_format import refuse_journal
from workbench.store.manifest import Manifest, digest, write_files
from workbench.store.rules_file import rules_text
from workbench.store.session_tables import TABLES
from workbench.store.session_texts import session_texts
from workbench.store.workbook_tables import find_books
from workbench.store.writing import csv_bytes


def session_files(session: Session, rules: Rules, resolution: Resolution | None = None) -> dict[str, bytes]:
    """Return the files of a session folder but the manifest, by name; empty tables are left out."""
    return {**_csv_files(session_texts(session, resolution)), RULES_FILE: rules_text(rules).encode()}


def _csv_files(texts: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    headers = load_headers()
    return {f"{headers.tables[name].file}.csv": csv_bytes(table) for name, table in texts.items()}


def write_session(
    folder: Path, session: Session, rules: Rules, resolution: Resolution | None = None
) -> Manifest:
    """Write a session folder in one movement; an interrupted write is detected when it is opened.

    Tables that stand in a workbook of the folder are written into its sheets, and so are new tables that
    people fill in: there is one source.

    Raises
    ------
    InvalidInput
        ``workbook_not_writable``: a workbook that holds a table can be read and not be written;
        ``folder_has_journal``: a room was opened, and its tables are written from the journal alone.
    """
    refuse_journal(folder)
    files = folder_files(folder, session, rules, resolution)
    return write_files(folder, files, session.regions.edition, obsolete=table_names())


def folder_files(
    folder: Path, session: Session, rules: Rules, resolution: Resolution | None = None
) -> dict[str, bytes]:
    """Return the files that a session is written to in a folder: its workbooks, and CSV for the rest.

    Raises
    ------
    InvalidInput
        ``workbook_not_writable``.
    """
    texts = session_texts(session, resolution)
    inside = find_books(folder).sheets(texts)
    outside = {name: table for name, table in texts.items() if name not in inside.tables}
    return {**_csv_files(outside), **inside.files, RULES_FILE: rules_text(rules).encode()}


def table_names() -> tuple[str, ...]:
    """Return the names of all CSV files that a session may have."""
    headers = load_headers()
    return tuple(f"{headers.tables[name].file}.csv" for name in TABLES)


def input_digest(session: Session, rules: Rules) -> str:
    """Return the hash of input and rules: of exactly the bytes that `write_session` would write."""
    return digest(session_files(session, rules))
