"""``sidang_kelompok.csv``: the group sessions of a forum, read for its berita acara alone."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from workbench.domain.checks import duplicates, empty_cells
from workbench.domain.columns import conform
from workbench.domain.group_sessions import COLUMNS
from workbench.errors import InvalidInput, Severity
from workbench.store.folder_tables import raw_beside
from workbench.store.headers import load_headers
from workbench.store.values import parse_table


def read_group_sessions(folder: Path) -> pd.DataFrame:
    """Return the group sessions of a folder; an empty table where it has neither file nor sheet of them.

    Raises
    ------
    InvalidInput
        Every problem of the file, at once.
    """
    headers = load_headers()
    names = headers.tables["group_sessions"]
    raw = raw_beside(folder, "group_sessions")
    if raw is None:
        return conform(pd.DataFrame(), COLUMNS)
    parsed = parse_table(raw, COLUMNS, names.fields, headers.aliases, headers.choices)
    table = conform(parsed.table, COLUMNS)
    wrong = [problem for problem in parsed.problems if problem.severity is Severity.ERROR]
    if not wrong:
        found = empty_cells(table, COLUMNS) + duplicates(table[table["group"] != ""], ["region", "group"])
        wrong = list(parsed.located(found))
    if wrong:
        raise InvalidInput(wrong)
    return table
