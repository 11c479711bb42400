"""What became of a list made elsewhere: rows, columns, values and totals, each accounted for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd

from workbench.errors import Problem

CONVERSION_COLUMNS = ("row", "sheet", "column", "raw", "value", "how", "confidence")
"""Columns of `Intake.conversions`: one line a cell whose value is written otherwise than it is used."""


class ListKind(StrEnum):
    """What a list is about."""

    PROPOSALS = "usulan"
    BUDGET = "pagu"
    CATALOGUE = "kamus"
    PLAN = "renja"
    SURVEY = "survei"
    UNKNOWN = "belum_dikenal"


class Confidence(StrEnum):
    """How sure a conversion is."""

    CERTAIN = "pasti"
    """The text has one meaning."""
    LIKELY = "mungkin"
    """The text has one sensible meaning; a person should look at it."""
    ASKED = "ditanyakan"
    """Nothing is used before a person says what is meant."""


class RowKind(StrEnum):
    """What a row below the header is."""

    DATA = "usulan"
    SECTION = "judul_bagian"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    NOTE = "catatan"
    CONTINUED = "lanjutan"
    COLUMN_NUMBERS = "nomor_kolom"
    HEADER_AGAIN = "judul_berulang"
    UNCLEAR = "belum_jelas"


def _places(number: float) -> int:
    """Return the decimals of a number, without the last bits of a sum.

    Examples
    --------
    >>> _places(0.1 + 0.2), _places(325_000_000.0)
    (1, 0)
    """
    return len(f"{number:.6f}".rstrip("0").partition(".")[2])


@dataclass(frozen=True)
class TotalCheck:
    """A total that a list writes, beside the sum of its parts.

    Attributes
    ----------
    sheet, row, column, label
        Where it stands and what it is called.
    written, computed : float
        The total as written, and the sum of the rows that it closes.
    parts : int
        Number of those rows.
    """

    sheet: str
    row: int
    column: str
    label: str
    written: float
    computed: float
    parts: int

    @property
    def agrees(self) -> bool:
        """Whether the sum is the total as written, to its last written place: whole rupiah agree exactly."""
        written, computed = _places(self.written), _places(self.computed)
        rounded = 0.5 * 10.0**-written if computed > written else 0.0
        last_bits = 1e-13 * abs(self.written) if written or computed else 0.0
        slack = max(1e-6, last_bits)
        return abs(self.written - self.computed) <= rounded + slack


@dataclass(frozen=True)
class ColumnUse:
    """What became of a column: the field it fills (empty: none), how it was known, how sure that is."""

    header: str
    field: str
    how: str
    confidence: Confidence
    filled: int


@dataclass(frozen=True)
class SheetUse:
    """What became of a sheet: its rows by kind, and the facts that stand above its header."""

    sheet: str
    header_rows: tuple[int, int]
    rows: Mapping[str, int]
    facts: Mapping[str, str]


@dataclass(frozen=True)
class PlaceUse:
    """How places were matched.

    Attributes
    ----------
    edition : str
        The list of regions.
    by_code, by_name, district_only, asked, missing : int
        Rows whose village is known by its code, by its name within its parent, rows known to their district
        alone, rows whose name fits several places or none, and rows that name no place.
    """

    edition: str
    by_code: int = 0
    by_name: int = 0
    district_only: int = 0
    asked: int = 0
    missing: int = 0

    @property
    def rate(self) -> float:
        """Share of the rows that name a place and were matched to one; 1 where none names a place."""
        named = self.by_code + self.by_name + self.district_only + self.asked
        return 1.0 if not named else (named - self.asked) / named


@dataclass(frozen=True)
class Likeness:
    """Two proposals that may be the same: a hint with its reason; a person decides.

    Attributes
    ----------
    first, second : str
        Codes; `second` belongs to another list where `other_list` names one.
    first_text, second_text : str
        How both are called.
    reason : str
        identical, same_village, between_villages, earlier_list, renja
    share : float
        Likeness of the words, 0 to 100.
    """

    first: str
    second: str
    first_text: str
    second_text: str
    reason: str
    share: float
    other_list: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Intake:
    """A list as it was understood.

    Attributes
    ----------
    file, kind, layout
        Name of the file, what the list is, title of the layout (empty where none was recognised).
    sheets, columns, totals, places, likenesses
        What became of each.
    table : DataFrame
        The rows that are used, by fields of the domain; index: a running number.
    origin : DataFrame
        sheet and row of every line of `table`.
    conversions : DataFrame
        Columns of `CONVERSION_COLUMNS`.
    questions : tuple of Problem
        What a person must say before the list can be used.
    aside : tuple of Problem
        Rows that are not used, each with its reason.
    private : tuple of Problem
        Columns that look like numbers of persons and were left out.
    problems : tuple of Problem
        Everything else that is worth knowing, with sheet and cell.
    raw_rows : mapping of (sheet, row) to tuple of str
        Cells of the rows that something is wrong with, as they stand; under ("", 0) the header.
    """

    file: str
    kind: ListKind
    layout: str
    sheets: tuple[SheetUse, ...]
    columns: tuple[ColumnUse, ...]
    table: pd.DataFrame
    origin: pd.DataFrame
    conversions: pd.DataFrame
    totals: tuple[TotalCheck, ...] = ()
    places: PlaceUse = field(default_factory=lambda: PlaceUse(""))
    likenesses: tuple[Likeness, ...] = ()
    questions: tuple[Problem, ...] = ()
    aside: tuple[Problem, ...] = ()
    private: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    raw_rows: Mapping[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def rows_read(self) -> int:
        """Rows that are used and rows that are set aside."""
        return len(self.table) + len(self.aside)
