"""One sheet as CSV that Indonesian Excel opens by a double click: UTF-8 with BOM, ``;``, decimal comma."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

from workbench.present.paper.document import printable
from workbench.present.workbook.book import Formula, Sheet, Value

BOM = b"\xef\xbb\xbf"
RUNNING = re.compile(r"\s*[=+\-@]|[\t\r]")
"""How a text begins that a spreadsheet would run; it gets an apostrophe, as Excel itself writes it."""


def sheet_csv(sheet: Sheet) -> bytes:
    """Return the head and the rows of a sheet; formulas by their values, no titles, notes or totals.

    Parameters
    ----------
    sheet : Sheet
    """
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    writer.writerow([_label(entry.group, entry.label) for entry in sheet.fields])
    for place, row in enumerate(sheet.rows):
        if place not in sheet.strong:
            writer.writerow([written(value) for value in row])
    return BOM + stream.getvalue().encode()


def written(value: Value) -> str:
    """Return a value as a cell of a CSV file.

    Examples
    --------
    >>> written(79.25), written(None), written("=1+1"), written(-5)
    ('79,25', '', "'=1+1", '-5')
    """
    if isinstance(value, Formula):
        value = value.value
    if value is None:
        return ""
    if isinstance(value, str):
        plain = " ".join(printable(value).splitlines())
        return f"'{plain}" if RUNNING.match(plain) else plain
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0").replace(".", ",")
    return str(value)


def _label(group: str, label: str) -> str:
    return f"{group}: {label}" if group else label
