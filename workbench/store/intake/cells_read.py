"""Columns of text as values, with a record of every cell that is used otherwise than it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd

from workbench.domain.columns import DTYPES, Column, Kind
from workbench.domain.intake import CONVERSION_COLUMNS, Confidence
from workbench.errors import Problem, Severity
from workbench.store.headers import load_headers
from workbench.store.intake.conversions import (
    MONEY_UNITS,
    Value,
    amount_reader,
    plain_number,
    read_whole,
    stated_unit,
    tolerant,
)
from workbench.store.numbers import read_number, read_ratio
from workbench.store.values import CELL_ERRORS
from workbench.store.words import choice_reader, read_flag, read_sign

PLAINLY_RUPIAH = 100_000
"""Amounts whose middle is at least this can be nothing but rupiah."""
SAMPLE = 2_000
"""Amounts of a long list that are enough to know their middle."""
READERS: Mapping[Kind, Callable[[str], Value]] = MappingProxyType(
    {
        Kind.COUNT: read_whole,
        Kind.NUMBER: tolerant(read_number),
        Kind.RATIO: tolerant(read_ratio),
        Kind.FLAG: tolerant(read_flag),
        Kind.SIGN: tolerant(read_sign),
    }
)


@dataclass(frozen=True)
class Place:
    """Where the rows of a column stand: file, and for each row of the table its sheet and row number."""

    file: str
    sheets: pd.Series[str]
    rows: pd.Series


@dataclass
class Ledger:
    """What was found while the cells were read; filled in the order of the columns."""

    place: Place
    conversions: list[tuple[object, ...]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def note_values(self, texts: pd.Series[str], header: str, values: Mapping[str, Value]) -> None:
        """Keep every cell whose value is not written as it is used, and name those that need a person."""
        telling = {text for text, value in values.items() if value.how or str(value.value) != text}
        if not telling:
            return
        labels = texts.index
        sheets = self.place.sheets.loc[labels].tolist()
        rows = self.place.rows.loc[labels].tolist()
        for text, sheet, row in zip(texts.tolist(), sheets, rows, strict=True):
            if text not in telling:
                continue
            value = values[text]
            used = "" if value.value is None else value.value
            self.conversions.append(
                (int(row), sheet, header, text, used, value.how or "as_written", value.confidence.value)
            )
            if value.confidence is Confidence.ASKED:
                self.problems.append(
                    Problem(
                        value.how,
                        Severity.SET_ASIDE,
                        self.place.file,
                        sheet,
                        int(row),
                        header,
                        text,
                        value.facts,
                    )
                )

    def frame(self) -> pd.DataFrame:
        """Return the conversions as a table."""
        return pd.DataFrame(self.conversions, columns=list(CONVERSION_COLUMNS))


def read_cells(texts: pd.Series[str], header: str, column: Column, unit: str, ledger: Ledger) -> pd.Series:
    """Return the values of a column by its kind; what cannot be used is missing.

    Parameters
    ----------
    texts : Series of str
    header : str
        As written, for messages.
    column : Column
    unit : str
        Unit of money, for a column of rupiah.
    ledger : Ledger
        Takes conversions and problems.
    """
    broken = texts.isin(CELL_ERRORS)
    if broken.any():
        for label in texts.index[broken]:
            ledger.problems.append(
                Problem(
                    "cell_error",
                    Severity.SET_ASIDE,
                    ledger.place.file,
                    ledger.place.sheets[label],
                    int(ledger.place.rows[label]),
                    header,
                    texts[label],
                )
            )
        texts = texts.where(~broken, "")
    dtype = DTYPES[column.kind]
    if column.kind in (Kind.TEXT, Kind.CODE, Kind.REGION):
        return texts
    read = _reader(column, unit)
    values = {text: read(text) for text in texts.unique() if text}
    ledger.note_values(texts, header, values)
    missing: object = "" if dtype == "str" else (float("nan") if dtype == "float64" else pd.NA)
    used = {text: missing if value.value is None else value.value for text, value in values.items()}
    found = [used.get(text, missing) for text in texts.tolist()]
    return pd.Series(found, index=texts.index, dtype=object).astype(dtype)  # type: ignore[call-overload,no-any-return]


def _reader(column: Column, unit: str) -> Callable[[str], Value]:
    if column.kind is Kind.RUPIAH:
        return amount_reader(unit)
    if column.kind is Kind.CHOICE:
        return tolerant(choice_reader(column.choices, load_headers().choices.get(column.name, {})))
    return READERS[column.kind]


def money_unit(texts: pd.Series[str], header: str, titles: str, told: str) -> str:
    """Return the unit of a column of amounts: as told, as stated by header or title, or as plain to see.

    Returns
    -------
    str
        Empty where nothing says it: then a person is asked.

    Examples
    --------
    >>> amounts = pd.Series(["12", "7,5"])
    >>> money_unit(amounts, "Biaya", "", ""), money_unit(amounts, "Biaya (Rp. Jt)", "", "")
    ('', 'juta')
    """
    stated = told or stated_unit(header)
    if not stated:
        in_title = stated_unit(titles)
        stated = in_title if in_title != "rupiah" else ""
    if stated in MONEY_UNITS:
        return stated
    written = [text for text in texts.unique() if text]
    if all("rp" in text.casefold() or text[-1:].isalpha() for text in written) or _plainly_rupiah(written):
        return "rupiah"
    return ""


def _plainly_rupiah(written: Sequence[str]) -> bool:
    """Tell whether amounts are so large that they need no unit, from some of them where they are many."""
    some = written[:: max(1, len(written) // SAMPLE)]
    amounts = sorted(abs(number) for text in some if (number := plain_number(text)))
    return not amounts or amounts[len(amounts) // 2] >= PLAINLY_RUPIAH
