"""Kode wilayah as found in files: with dots, without, or after a spreadsheet took one for a number or a day.

Whether a code is Kemendagri's or BPS's cannot be told by its form alone; only the list of regions decides.
"""

from __future__ import annotations

import re

from workbench.domain.region_codes import CODE_PATTERN
from workbench.store.dates import Day, find_day
from workbench.store.readings import Reading, noted, refused

WITHOUT_DOTS = re.compile(r"([0-9]{2})([0-9]{2})(?:([0-9]{2})([0-9]{4})?)?")
OTHER_SEPARATORS = re.compile(r"[0-9]{1,2}(?:([ ./-])[0-9]{1,2}(?:\1[0-9]{1,2}(?:\1[0-9]{4})?)?)?\.?")
NUMBER = re.compile(r"([0-9]{1,2})[.,]([0-9]{1,2})")
WHOLE_WITH_DECIMALS = re.compile(r"([0-9]{4}|[0-9]{6}|[0-9]{10})[.,]0{1,2}")
SCIENTIFIC = re.compile(r"([0-9])[.,]([0-9]{1,15})e\+?0*([0-9]{1,2})", re.IGNORECASE)
DASHES = re.compile(r"[-\u2013\u2014]+")


def read_region(text: str) -> Reading:
    """Read a code of a province, regency, district or village.

    Examples
    --------
    >>> read_region("73.02.01.2001").value, read_region("7302012001").value
    ('73.02.01.2001', '73.02.01.2001')
    >>> read_region("73,02").facts["suggestion"], read_region("02-Jan-73").facts["suggestion"]
    ('73.02', '73.01.02')
    """
    code = text.strip().lstrip("'").replace("\u00a0", " ").strip()
    if CODE_PATTERN.fullmatch(code):
        return Reading(code)
    if match := WITHOUT_DOTS.fullmatch(code):
        return _without_dots(match)
    if DASHES.fullmatch(code):
        return refused("dash_for_nothing")
    return _damaged(code)


def _without_dots(match: re.Match[str]) -> Reading:
    dotted = ".".join(group for group in match.groups() if group)
    village = match[4]
    # Every village of the Kemendagri list begins with 1 (kelurahan), 2 (desa) or 3 (desa adat).
    if village and village[0] not in "123":
        return refused("region_code_not_kemendagri")
    return noted(dotted, "region_code_without_dots", read_as=dotted)


def _damaged(code: str) -> Reading:
    if match := NUMBER.fullmatch(code):
        return refused("region_code_turned_into_number", _two_groups(match))
    if match := WHOLE_WITH_DECIMALS.fullmatch(code):
        return refused("region_code_turned_into_number", _undotted(match[1]))
    if match := SCIENTIFIC.fullmatch(code):
        return refused("region_code_turned_into_number", _unfolded(match))
    if (day := find_day(code)) is not None:
        return refused("region_code_turned_into_date", _from_day(day))
    if OTHER_SEPARATORS.fullmatch(code):
        groups = [group for group in re.split(r"[ ./-]", code) if group]
        return refused("region_code_malformed", ".".join(group.zfill(2) for group in groups))
    return refused("region_code_malformed")


def _two_groups(match: re.Match[str]) -> str | None:
    """As a number 73.10 loses its last zero: 73,1 can only have been 73.10, for 73.01 stays 73,01."""
    return f"{match[1]}.{match[2].ljust(2, '0')}" if len(match[1]) == 2 else None


def _undotted(digits: str) -> str | None:
    match = WITHOUT_DOTS.fullmatch(digits)
    return None if match is None else _without_dots(match).facts.get("read_as")


def _unfolded(match: re.Match[str]) -> str | None:
    """``7,302012001E+09`` still holds all ten digits; ``7,302E+09`` has lost some for good."""
    digits, length = match[1] + match[2], int(match[3]) + 1
    return _undotted(digits) if len(digits) == length else None


def _from_day(day: Day) -> str | None:
    """Return the code that Excel took for a day, if only one order of its parts begins with a province.

    Provinces have codes from 11; a first group above 31 cannot have been a day.
    """
    forward = f"{day.year:02d}.{day.month:02d}.{day.day:02d}"
    backward = f"{day.day:02d}.{day.month:02d}.{day.year:02d}"
    if day.year > 31 or (day.year > 10 and day.day < 11):
        return forward
    return backward if day.day > 10 and day.year < 11 else None
