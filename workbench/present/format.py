"""Numbers, money and dates as each language writes them: ``Rp 1.234.567``, ``79,25``, ``3 Maret 2025``."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

LOCALES: Mapping[str, str] = MappingProxyType({"id": "id_ID", "en": "en_GB"})
INFINITE = "∞"
"""A quotient by nothing, for example F of a room that agrees wholly."""
EMPTY = "\u2013"
"""What stands where nothing is known: an en dash, never a zero."""

MILLION, BILLION, TRILLION = 10**6, 10**9, 10**12
SHORT_UNITS: Mapping[str, tuple[tuple[int, str], ...]] = MappingProxyType(
    {
        "id": ((TRILLION, "T"), (BILLION, "M"), (MILLION, "jt")),
        "en": ((TRILLION, "tn"), (BILLION, "bn"), (MILLION, "m")),
    }
)


@lru_cache(maxsize=4096)
def _written(digits: str, pattern: str | None, locale: str) -> str:
    """Write the digits of an exact number; a picture that is drawn anew says most of its amounts again."""
    return format_decimal(Decimal(digits), format=pattern, locale=locale)


def _known(value: object) -> bool:
    # By its name: whoever holds a missing value of pandas has it imported, and words alone need not.
    missing = value is None or type(value).__name__ == "NAType"
    return not (missing or (isinstance(value, float) and value != value))  # noqa: PLR0124


@dataclass(frozen=True)
class NumberStyle:
    """How one language writes numbers.

    Examples
    --------
    >>> style = NumberStyle("id")
    >>> style.rupiah(1234567), style.number(79.25), style.short_rupiah(1_230_000_000)
    ('Rp 1.234.567', '79,25', 'Rp 1,23 M')
    """

    language: str

    @property
    def locale(self) -> str:
        """The locale's full name."""
        return LOCALES[self.language]

    def number(self, value: float | None, decimals: int = 2) -> str:
        """Write a number with fixed decimals, rounded half up as people do.

        Examples
        --------
        >>> NumberStyle("id").number(0.125), NumberStyle("id").number(float("inf"))
        ('0,13', '∞')
        """
        if not _known(value):
            return EMPTY
        if value is not None and math.isinf(value):
            return INFINITE if value > 0 else "-" + INFINITE
        exact = Decimal(repr(float(value)) if value is not None else "0")
        rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
        pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
        return _written(str(rounded), pattern, self.locale)

    def count(self, value: int | None) -> str:
        """Write a whole number with thousands separators."""
        return self.number(value, 0) if _known(value) else EMPTY

    def percent(self, value: float | None, decimals: int = 0) -> str:
        """Write a share of one as a percentage: 0.3 is ``30 %``."""
        return f"{self.number(100 * value, decimals)} %" if _known(value) and value is not None else EMPTY

    def rupiah(self, value: int | None) -> str:
        """Write whole rupiah in full; an unknown amount is a dash, never zero."""
        if not _known(value) or value is None:
            return EMPTY
        return f"{'-' if value < 0 else ''}Rp {_written(str(abs(int(value))), None, self.locale)}"

    def short_rupiah(self, value: int | None) -> str:
        """Write rupiah for the wall: ``Rp 1,23 M``, ``Rp 45,6 jt``; the exact amount stands one step away."""
        if not _known(value) or value is None:
            return EMPTY
        for size, unit in SHORT_UNITS[self.language]:
            if abs(value) >= size:
                share = Decimal(int(value)) / size
                decimals = max(0, 3 - len(str(abs(int(share)))))
                rounded = share.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
                return f"Rp {_written(str(rounded), None, self.locale)} {unit}"
        return self.rupiah(value)

    def date(self, value: str | date | None) -> str:
        """Write a date in full: ``Senin, 3 Maret 2025``; text that is no ISO date is left as it stands."""
        if not value:
            return EMPTY
        try:
            day = value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            return str(value)
        return format_date(day, "EEEE, d MMMM y", locale=self.locale)

    def list(self, values: Sequence[object]) -> str:
        """Join names the way the language does: ``a, b, dan c``."""
        names = [str(value) for value in values]
        return format_list(names, locale=self.locale) if names else EMPTY

    def written(self, value: Any, kind: str) -> str:  # noqa: ANN401 - facts are of any type
        """Write a fact of a sentence by the kind its place asks for.

        Raises
        ------
        KeyError
            When there is no such kind.
        """
        kinds: Mapping[str, Callable[[Any], str]] = {
            "rp": self.rupiah,
            "rpshort": self.short_rupiah,
            "number": self.number,
            "number1": lambda number: self.number(number, 1),
            "number3": lambda number: self.number(number, 3),
            "count": self.count,
            "percent": self.percent,
            "percent1": lambda number: self.percent(number, 1),
            "date": self.date,
            "list": self.list,
        }
        return kinds[kind](value)
