"""Dates where none belong: codes and fractions that a spreadsheet took for a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType

MONTHS = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                ("jan", "januari", "january"),
                ("feb", "peb", "februari", "pebruari", "february"),
                ("mar", "maret", "march"),
                ("apr", "april"),
                ("mei", "may"),
                ("jun", "juni", "june"),
                ("jul", "juli", "july"),
                ("agu", "ags", "agt", "agust", "agustus", "aug", "august"),
                ("sep", "sept", "september"),
                ("okt", "oktober", "oct", "october"),
                ("nov", "nop", "november", "nopember"),
                ("des", "desember", "dec", "december"),
            ),
            start=1,
        )
        for name in names
    }
)
ISO = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:[ T][0-9:.]+)?")
DAY_FIRST = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})[-/]([0-9]{4})(?:[ T][0-9:.]+)?")
TWO_DIGIT = re.compile(r"([0-9]{2})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")
NAMED = re.compile(r"([0-9]{1,2})[-/ ]([a-z]{3,9})[-/ ]([0-9]{4}|[0-9]{2})", re.IGNORECASE)
NAMED_SHORT = re.compile(r"([0-9]{1,2})[-/ ]([a-z]{3,9})|([a-z]{3,9})[-/ ]([0-9]{1,2})", re.IGNORECASE)


@dataclass(frozen=True)
class Day:
    """The parts of a date as two-digit numbers; the century is Excel's guess, so it is not kept."""

    year: int
    month: int
    day: int


def find_day(text: str) -> Day | None:
    """Return the parts of a text that is a full date; None where it is not one.

    A date of three two-digit numbers is taken as year, month, day when its first cannot be a day.

    Examples
    --------
    >>> find_day("02-Jan-73")
    Day(year=73, month=1, day=2)
    >>> find_day("73.02.01") is None
    True
    """
    if match := ISO.fullmatch(text):
        parts = (int(match[1]), int(match[2]), int(match[3]))
    elif match := DAY_FIRST.fullmatch(text):
        parts = (int(match[3]), int(match[2]), int(match[1]))
    elif match := NAMED.fullmatch(text):
        parts = (int(match[3]), MONTHS.get(match[2].lower(), 0), int(match[1]))
    elif match := TWO_DIGIT.fullmatch(text):
        first, second, third = (int(part) for part in match.groups())
        parts = (first, second, third) if first > 31 else (third, second, first)
    else:
        return None
    year, month, day = parts
    return Day(year % 100, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def damaged_fraction(text: str) -> str | None:
    """Return the fraction that a date was: day / month; empty if unsure, None if the text is no date.

    Examples
    --------
    >>> damaged_fraction("03-Jan"), damaged_fraction("2026-01-03"), damaged_fraction("1/3")
    ('3/1', '3/1', None)
    """
    if match := NAMED_SHORT.fullmatch(text):
        day, name = (match[1], match[2]) if match[1] else (match[4], match[3])
        month = MONTHS.get(name.lower())
        return None if month is None else f"{int(day)}/{month}"
    found = find_day(text)
    return None if found is None else f"{found.day}/{found.month}"
