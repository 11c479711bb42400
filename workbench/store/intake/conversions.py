"""Values as people write them, read as far as they have one meaning; how each was read is kept with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from workbench.domain.intake import Confidence
from workbench.store.dates import MONTHS, find_day
from workbench.store.numbers import LIMIT, read_count, read_number, read_rupiah
from workbench.store.readings import Reading
from workbench.store.region_codes import read_region

MONEY_UNITS: Mapping[str, int] = MappingProxyType({"rupiah": 1, "ribu": 1000, "juta": 10**6, "miliar": 10**9})
"""Units that a column of amounts may be written in, and their rupiah."""

LIKELY = frozenset(
    {
        "amount_with_unit",
        "amount_grouped_by_commas",
        "amount_with_decimals",
        "scientific_notation",
        "count_unreadable",
        "region_code_turned_into_number",
        "region_code_turned_into_date",
        "region_code_malformed",
    }
)
"""Refusals whose suggestion is used here, and recorded as likely; every other one is asked."""

UNIT_WORDS = (
    ("juta", re.compile(r"\bju?ta\b|\bjt\b|\bjutaan\b|\.000\.000\b", re.IGNORECASE)),
    ("ribu", re.compile(r"\bribu(?:an)?\b|\brb\b|(?:rp\.?|x)\s*1?\.?000\b", re.IGNORECASE)),
    ("miliar", re.compile(r"\bmill?iar(?:an)?\b|\bmilyar(?:an)?\b", re.IGNORECASE)),
    ("rupiah", re.compile(r"\brp\b|\brupiah\b|\bidr\b", re.IGNORECASE)),
)
FACTOR = re.compile(
    r"\s*([0-9][0-9.,]*)\s*([^0-9x\u00d7*]*(?:[a-z]+[0-9]?)?[^0-9x\u00d7*]*)\s*", re.IGNORECASE
)
TIMES = re.compile(r"\s*[x\u00d7*]\s*(?=[0-9])", re.IGNORECASE)
SERIAL = re.compile(r"[34][0-9]{4}")
DAY_NAMES = re.compile(r"^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*[,/]?\s*", re.IGNORECASE)
LONG_DATE = re.compile(r"([0-9]{1,2})[\s./-]+([a-z]{3,9})[\s./,-]+([0-9]{4})", re.IGNORECASE)


class Value(NamedTuple):
    """A value, how it was read (empty: as it stands), and how sure that is."""

    value: object
    how: str
    confidence: Confidence
    facts: Mapping[str, object] = MappingProxyType({})


class Coefficient(NamedTuple):
    """What "1 Unit x 3 Titik" says: how many in all, and of what."""

    quantity: Fraction
    unit: str


def stated_unit(text: str) -> str:
    """Return the unit of money that a header or a title states; empty where it states none.

    Examples
    --------
    >>> stated_unit("Biaya (Rp. Jt)"), stated_unit("Prakiraan Biaya (Rp)"), stated_unit("Anggaran")
    ('juta', 'rupiah', '')
    """
    return next((unit for unit, words in UNIT_WORDS if words.search(text)), "")


def tolerant(read: Callable[[str], Reading]) -> Callable[[str], Value]:
    """Return a reader that uses what the strict one only suggests, and says so.

    Examples
    --------
    >>> tolerant(read_rupiah)("Rp.100 jt")[:3]
    (100000000, 'amount_with_unit', <Confidence.LIKELY: 'mungkin'>)
    >>> tolerant(read_rupiah)("1,500").confidence
    <Confidence.ASKED: 'ditanyakan'>
    """

    def read_value(text: str) -> Value:
        reading = read(text.strip())
        if reading.value is not None:
            return Value(reading.value, reading.code, Confidence.CERTAIN, reading.facts)
        suggestion = reading.facts.get("suggestion", "")
        if reading.code in LIKELY and suggestion:
            value = int(suggestion) if re.fullmatch(r"-?[0-9]+", suggestion) else suggestion
            return Value(value, reading.code, Confidence.LIKELY, reading.facts)
        if reading.code == "dash_for_nothing":
            return Value(None, "dash_for_nothing", Confidence.CERTAIN)
        return Value(None, reading.code, Confidence.ASKED, reading.facts)

    return read_value


read_amount = tolerant(read_rupiah)
read_whole = tolerant(read_count)
read_code = tolerant(read_region)


def amount_reader(unit: str) -> Callable[[str], Value]:
    """Return the reader of a column of money in a unit.

    Examples
    --------
    >>> amount_reader("juta")("12,5").value, amount_reader("juta")("Rp 3.000.000").value
    (12500000, 3000000)
    """
    factor = MONEY_UNITS[unit]
    if factor == 1:
        return read_amount

    def read_value(text: str) -> Value:
        if "rp" in text.casefold() or re.search(r"[a-z]", text, re.IGNORECASE):
            return read_amount(text)  # the cell says its own unit
        reading = read_number(text)
        if reading.value is None:
            asked = reading.code != "dash_for_nothing"
            confidence = Confidence.ASKED if asked else Confidence.CERTAIN
            return Value(None, reading.code, confidence, reading.facts)
        rupiah = round(Decimal(str(reading.value)) * factor)
        if abs(rupiah) > LIMIT:
            return Value(None, "number_too_large", Confidence.ASKED, {"limit": LIMIT})
        return Value(rupiah, f"unit_{unit}", Confidence.CERTAIN)

    return read_value


def read_coefficient(text: str) -> Coefficient | None:
    """Read a volume with its unit, or several multiplied.

    Examples
    --------
    >>> read_coefficient("1 Unit x 3 Titik")
    Coefficient(quantity=Fraction(3, 1), unit='Unit x Titik')
    >>> read_coefficient("3 x 200 m").quantity, read_coefficient("250 M1").unit, read_coefficient("cukup")
    (Fraction(600, 1), 'M1', None)
    """
    quantity, units = Fraction(1), []
    for part in TIMES.split(text):
        match = FACTOR.fullmatch(part)
        number = read_number(match[1].rstrip(".,")).value if match else None
        if match is None or number is None:
            return None
        quantity *= Fraction(str(number))
        units.append(match[2].strip(" .,()"))
    return Coefficient(quantity, " x ".join(unit for unit in units if unit))


SLASHED = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})(?![0-9])")


def read_date(text: str) -> Value:
    """Read a day as people and spreadsheets write it; the value is year-month-day.

    Examples
    --------
    >>> read_date("Senin, 3 Maret 2025").value, read_date("03/03/2025").value, read_date("45719").how
    ('2025-03-03', '2025-03-03', 'date_serial')
    """
    bare = DAY_NAMES.sub("", text.strip())
    if SERIAL.fullmatch(bare):
        day = date(1899, 12, 30) + timedelta(days=int(bare))
        return Value(day.isoformat(), "date_serial", Confidence.LIKELY)
    if match := LONG_DATE.search(bare):
        month = MONTHS.get(match[2].lower())
        return _day(int(match[3]), month or 0, int(match[1]), "date_in_words")
    if match := re.match(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", bare):
        return _day(int(match[1]), int(match[2]), int(match[3]), "")
    if match := re.match(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", bare):
        return _day(int(match[3]), int(match[2]), int(match[1]), "date_day_first")
    found = find_day(bare)
    if found is None:
        return Value(None, "date_unreadable", Confidence.ASKED)
    return _day(2000 + found.year, found.month, found.day, "date_short_year", Confidence.LIKELY)


def day_reader(texts: Iterable[str]) -> Callable[[str], Value]:
    """Return the reader of a column of days: day before month, unless the column itself shows otherwise.

    Where one day of the column can only be read as month before day, a day that can be read both ways is
    asked.

    Examples
    --------
    >>> day_reader(["03/04/2025"])("03/04/2025").value
    '2025-04-03'
    >>> read = day_reader(["04/25/2025", "03/04/2025"])
    >>> read("04/25/2025").value, read("03/04/2025").how
    ('2025-04-25', 'date_ambiguous')
    """
    found = [SLASHED.match(text.strip()) for text in texts]
    if not any(match and int(match[1]) <= 12 < int(match[2]) for match in found):
        return read_date

    def read_value(text: str) -> Value:
        match = SLASHED.match(text.strip())
        if match is None or int(match[1]) > 12:
            return read_date(text)
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        if second > 12 or first == second:
            return _day(year, first, second, "date_month_first", Confidence.LIKELY)
        days = (date(year, second, first).isoformat(), date(year, first, second).isoformat())
        return Value(None, "date_ambiguous", Confidence.ASKED, {"alternatives": days})

    return read_value


def _day(year: int, month: int, day: int, how: str, confidence: Confidence = Confidence.CERTAIN) -> Value:
    try:
        return Value(date(year, month, day).isoformat(), how, confidence)
    except ValueError:
        return Value(None, "date_unreadable", Confidence.ASKED)


def plain_number(text: str) -> float | None:
    """Return what a cell adds to a total; None where it is no number.

    Examples
    --------
    >>> plain_number("1.500.000"), plain_number("99891102196,98"), plain_number("Jumlah")
    (1500000.0, 99891102196.98, None)
    """
    if not text or not any(sign.isdigit() for sign in text):
        return None
    for read in (read_amount, tolerant(read_number)):
        value = read(text).value
        if isinstance(value, int | float):
            exact = read_number(text).value
            return float(exact) if isinstance(exact, float) else float(value)
    return None
