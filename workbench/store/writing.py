"""Checked tables as the files people open: UTF-8 with BOM, ``;`` between columns, decimal comma."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import pandas as pd

from workbench.domain.columns import Column, Kind
from workbench.store.headers import Headers

BOM = b"\xef\xbb\xbf"
LONGEST_DECIMALS = 18
LONGEST_NUMBER = 20


def _number(value: float) -> str:
    """Write every digit that tells a number from its neighbours, so that reading it gives the same number.

    Very small numbers keep 15 digits: their full decimals are longer than the reader takes for a number.
    """
    return _written(repr(float(value)))


@lru_cache(maxsize=1 << 12)
def _written(told: str) -> str:
    """Return a number, given as Python tells it, as a file says it; points repeat themselves."""
    text = f"{Decimal(told):f}".removesuffix(".0")
    if len(text.partition(".")[2]) > LONGEST_DECIMALS or len(text) > LONGEST_NUMBER:
        text = f"{float(told):.15g}"
    return text.replace(".", ",")


WRITERS: Mapping[Kind, Callable[[Any], str]] = MappingProxyType(
    {
        Kind.RUPIAH: str,
        Kind.COUNT: str,
        Kind.NUMBER: _number,
        Kind.RATIO: _number,
        Kind.FLAG: lambda value: "ya" if value else "tidak",
        Kind.SIGN: lambda value: "+" if value else "-",
    }
)
"""How a value of each kind is written; the other kinds are text already."""


def as_texts(frame: pd.DataFrame, columns: Sequence[Column], headers: Headers, table: str) -> pd.DataFrame:
    """Return a frame of texts under the headers of the files; a missing value is an empty cell.

    Parameters
    ----------
    frame : DataFrame
        English field names as columns; the key may be the index.
    columns : sequence of Column
        The declared columns; those that are empty throughout and not required are left out.
    table : str
        Name of the table in ``headers.toml``.
    """
    fields = headers.tables[table].fields
    texts: dict[str, list[str]] = {}
    for column in columns:
        if column.name not in fields or column.name not in frame:
            continue
        written = _column(frame[column.name], column, headers)
        if column.required or any(written):
            texts[fields[column.name]] = written
    declared = {column.name for column in columns}
    for name in frame.columns:
        if name not in declared:
            texts[str(name)] = _column(frame[name], Column(str(name)), headers)
    return pd.DataFrame(texts)


def _column(values: pd.Series, column: Column, headers: Headers) -> list[str]:
    if column.kind is Kind.CHOICE:
        words = {choice: spellings[0] for choice, spellings in headers.choices[column.name].items()}
        return [words.get(value, value) for value in values.to_list()]
    writer = WRITERS.get(column.kind, str)
    # Lists of Python values: walking a pandas column cell by cell costs ten times as much.
    blank = values.isna().to_list()
    return ["" if missing else writer(value) for value, missing in zip(values.to_list(), blank, strict=True)]


def csv_bytes(texts: pd.DataFrame) -> bytes:
    r"""Return a frame of texts as the bytes of a CSV file that Indonesian Excel opens by a double click.

    Examples
    --------
    >>> csv_bytes(pd.DataFrame({"nama": ["a;b"]})).decode("utf-8-sig")
    'nama\n"a;b"\n'
    """
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    # A lone carriage return ends a row for every reader, but not all versions of the csv module quote it.
    quoting = csv.writer(stream, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(texts.columns)
    columns = [texts[header].to_list() for header in texts.columns]
    rows = zip(*columns, strict=True)
    if not any("\r" in "\n".join(column) for column in columns):
        writer.writerows(rows)
    else:
        for row in rows:
            (quoting if any("\r" in cell for cell in row) else writer).writerow(row)
    return BOM + stream.getvalue().encode()
