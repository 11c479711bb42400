"""``identitas.csv``: the one file that knows names, read for papers that a person asked to carry names."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from workbench.domain.checks import duplicates, empty_cells
from workbench.domain.columns import conform
from workbench.domain.participants import IDENTITY_COLUMNS
from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.headers import load_headers
from workbench.store.raw_tables import read_tables
from workbench.store.values import parse_table


def read_identities(folder: Path) -> pd.DataFrame:
    """Return who stands behind a card number or a role.

    Returns
    -------
    DataFrame
        Index ``key``; columns name, position, institution, address, age.

    Raises
    ------
    InvalidInput
        ``identities_missing`` where the folder has no such file, and every problem of the file.
    """
    headers = load_headers()
    names = headers.tables["identities"]
    path = folder / f"{names.file}.csv"
    if not path.is_file():
        raise InvalidInput([Problem("identities_missing", file=path.name)])
    raw = read_tables(path)[0]
    parsed = parse_table(raw, IDENTITY_COLUMNS, names.fields, headers.aliases, headers.choices)
    table = conform(parsed.table, IDENTITY_COLUMNS)
    wrong = [problem for problem in parsed.problems if problem.severity is Severity.ERROR]
    if not wrong:
        found = empty_cells(table, IDENTITY_COLUMNS) + duplicates(table[table["key"] != ""], ["key"])
        wrong = list(parsed.located(found))
    if wrong:
        raise InvalidInput(wrong)
    return table.set_index("key")
