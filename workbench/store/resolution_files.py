"""``keputusan.csv`` and ``status_keputusan.csv``: the forum's decisions, the rest of the folder untouched."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from workbench.domain.resolution import Resolution
from workbench.errors import InvalidInput, Problem
from workbench.store.folder_tables import raw_tables
from workbench.store.headers import load_headers
from workbench.store.journal_format import refuse_journal
from workbench.store.manifest import change_files
from workbench.store.session_tables import TABLES
from workbench.store.writing import as_texts, csv_bytes

NAMES = ("resolution", "resolution_steps")


def resolution_frames(resolution: Resolution | None) -> dict[str, pd.DataFrame]:
    """Return the tables of a resolution by name; an empty one has no file."""
    if resolution is None:
        return {name: pd.DataFrame() for name in NAMES}
    return dict(zip(NAMES, (resolution.frame.reset_index(), resolution.steps_table), strict=True))


def write_resolution(folder: Path, resolution: Resolution) -> None:
    """Write the forum's decisions into a session folder in one movement.

    Raises
    ------
    InvalidInput
        ``folder_has_journal``: a room was opened, and decisions are made in it;
        ``resolution_in_workbook``: the decisions stand on a sheet of a workbook, where a person keeps them;
        and whatever keeps the folder from being read.
    """
    refuse_journal(folder)
    headers, given = load_headers(), raw_tables(folder)
    in_book = [given[name] for name in NAMES if name in given and given[name].sheet]
    if in_book:
        raise InvalidInput(
            Problem("resolution_in_workbook", file=table.file, sheet=table.sheet) for table in in_book
        )
    changed, gone = {}, []
    for name, frame in resolution_frames(resolution).items():
        file = given[name].file if name in given else f"{headers.tables[name].file}.csv"
        if len(frame):
            changed[file] = csv_bytes(as_texts(frame, TABLES[name], headers, name))
        elif name in given:
            gone.append(file)
    change_files(folder, changed, tuple(gone))
