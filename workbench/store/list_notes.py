"""What a person should know about a list made elsewhere: empty districts, odd volumes, rows that repeat."""

from __future__ import annotations

import pandas as pd

from workbench.errors import Problem, Severity
from workbench.store.raw_tables import RawTable
from workbench.store.recipe import Recipe


def region_notes(raw: RawTable, recipe: Recipe) -> list[Problem]:
    """Say which column decides the district, and how many rows have none by each column."""
    decides = recipe.district_header or recipe.district_name_header
    headers = [header for header in (decides, *recipe.compared_headers) if header]
    return [
        Problem(
            "district_column" if header == decides else "district_column_compared",
            Severity.NOTE,
            file=raw.file,
            column=header,
            facts={"empty": int((raw.body[header] == "").sum()), "rows": len(raw.body)},
        )
        for header in headers
    ]


def volume_notes(raw: RawTable, recipe: Recipe) -> list[Problem]:
    """Name the volumes that are negative or larger than is plausible."""
    if not recipe.volume_header:
        return []
    texts = raw.body[recipe.volume_header]
    numbers = pd.to_numeric(texts.str.replace(",", "."), errors="coerce")
    units = raw.body[recipe.unit_header] if recipe.unit_header else pd.Series("", index=texts.index)
    odd = {"volume_negative": numbers < 0, "volume_absurd": numbers > recipe.volume_limit}
    return [
        Problem(
            code, Severity.NOTE, raw.file, raw.sheet, int(row), recipe.volume_header, texts[row],
            {"unit": units[row]},
        )
        for code, rows in odd.items()
        for row in texts.index[rows]
    ]  # fmt: skip


def identical_notes(raw: RawTable, recipe: Recipe) -> list[Problem]:
    """Name every row that says what a row above says, in all columns that matter."""
    if not recipe.identical_but:
        return []
    compared = [header for header in raw.body if header not in recipe.identical_but]
    body = raw.body[compared]
    repeated = body.duplicated(keep="first")
    if not repeated.any():
        return []
    groups = body[body.duplicated(keep=False)].groupby(compared, sort=False, dropna=False)
    first = {row: rows[0] for rows in groups.groups.values() for row in rows}
    return [
        Problem(
            "row_identical",
            Severity.NOTE,
            raw.file,
            raw.sheet,
            int(row),
            facts={"first_row": int(first[row])},
        )
        for row in body.index[repeated]
    ]
