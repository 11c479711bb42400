"""Numbers as people in Indonesia write them: Rp 1.234.567,00 and 1,5 and 30 % and 1/3.

A form that could mean two numbers is refused, never guessed; the likely meaning is only suggested.
"""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from types import MappingProxyType

from workbench.store.dates import damaged_fraction
from workbench.store.readings import Reading, noted, refused

LIMIT = 10**15
"""Whole numbers beyond this are refused: a thousand trillion rupiah, and still exact as a float."""

USUAL_AMOUNT = re.compile(r"(?:Rp\.? ?)?([0-9]{1,15}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,4})(?:,00|,-)?")
"""The forms of nearly every amount; what follows knows the rarer ones."""
CURRENCY = re.compile(r"^(?:rp|idr)\s*\.?\s*", re.IGNORECASE)
TAIL = re.compile(r"(?:\s*,\s*[-\u2013=]+|\s*\.\s*-+)$")
DASHES = re.compile(r"[-\u2013\u2014.\s]+|n/?a|nihil|kosong", re.IGNORECASE)
DIGITS = re.compile(r"[0-9]{1,18}")
GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,5}")
GROUPED_ENGLISH = re.compile(
    r"[1-9][0-9]{0,2}(?:,[0-9]{3}){2,5}(?:\.[0-9]+)?|[1-9][0-9]{0,2},[0-9]{3}\.[0-9]+"
)
ZERO_DECIMALS = re.compile(r"(.*[0-9]),0{1,2}")
POINT_ZERO = re.compile(r"([0-9]{1,15})\.0{1,2}")
DECIMAL = re.compile(r"[0-9]{1,18}(?:[.,][0-9]{1,18})?")
DECIMAL_COMMA = re.compile(r"([0-9]{1,18}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,5}),([0-9]{1,18})")
SCIENTIFIC = re.compile(r"([0-9](?:[.,][0-9]{1,15})?)e([+-]?[0-9]{1,3})", re.IGNORECASE)
PRODUCT = re.compile(r"([0-9][0-9.,]*)\s*[x\u00d7*]\s*(?:rp\.?\s*)?([0-9][0-9.,]*)", re.IGNORECASE)
WITH_UNIT = re.compile(r"([0-9][0-9.,]*)\s*([a-z]+)\.?", re.IGNORECASE)
WITH_WORDS = re.compile(r"([0-9][0-9.]*)\s*[a-z].*", re.IGNORECASE)
FRACTION = re.compile(r"([0-9]{1,9})\s*/\s*([0-9]{1,9})")
UNITS = MappingProxyType(
    {
        **dict.fromkeys(("rb", "ribu"), 10**3),
        **dict.fromkeys(("jt", "juta", "jta"), 10**6),
        **dict.fromkeys(("m", "miliar", "milyar", "milliar", "mlr", "mlyr"), 10**9),
        **dict.fromkeys(("t", "tr", "triliun", "trilyun"), 10**12),
    }
)


def read_rupiah(text: str) -> Reading:
    """Read an amount of whole rupiah; negative amounts are numbers, for the domain to refuse.

    Examples
    --------
    >>> read_rupiah("Rp. 1.234.567,-").value, read_rupiah("Rp.100 jt").facts["suggestion"]
    (1234567, '100000000')
    """
    if match := USUAL_AMOUNT.fullmatch(text):
        return Reading(int(match[1].replace(".", "")))
    bare, sign = _bare(text)
    whole = _whole(bare)
    if whole is not None:
        return _limited(sign * whole)
    if match := POINT_ZERO.fullmatch(bare):
        if len(match[1]) > 3:
            return noted(sign * int(match[1]), "whole_number_with_decimals")
        return refused("amount_ambiguous")
    return _refused_amount(text.strip(), bare, sign)


def _refused_amount(text: str, bare: str, sign: int) -> Reading:
    if DASHES.fullmatch(text) or DASHES.fullmatch(bare):
        return refused("dash_for_nothing")
    for find in (_scientific_amount, _product, _amount_with_unit, _english_amount, _amount_with_decimals):
        if reading := find(bare, sign):
            return reading
    if re.fullmatch(r"[0-9.,]+", bare):
        ambiguous = DECIMAL.fullmatch(bare) or re.fullmatch(r"[0-9]{1,3},[0-9]{3}", bare)
        return refused("amount_ambiguous" if ambiguous else "amount_badly_grouped")
    return refused("amount_not_a_number")


def _bare(text: str) -> tuple[str, int]:
    """Return the text without currency, sign and the closing ",-", and the sign."""
    bare = " ".join(text.replace("\u00a0", " ").split())
    sign = 1
    for _ in range(2):  # "-Rp 5" and "Rp -5" both occur
        if bare[:1] in {"-", "\u2212"} and re.search(r"[0-9]", bare):
            sign, bare = -1, bare[1:].lstrip()
        bare = CURRENCY.sub("", bare)
    if bare.startswith("(") and bare.endswith(")"):
        sign, bare = -1, CURRENCY.sub("", bare[1:-1].strip())
    return TAIL.sub("", bare), sign


def _whole(bare: str) -> int | None:
    """Return the number of digits alone or in groups of three, with decimals of zero or none."""
    if match := ZERO_DECIMALS.fullmatch(bare):
        bare = match[1]
    if DIGITS.fullmatch(bare):
        return int(bare)
    return int(bare.replace(".", "")) if GROUPED.fullmatch(bare) else None


def _limited(value: int) -> Reading:
    return Reading(value) if abs(value) <= LIMIT else refused("number_too_large", limit=LIMIT)


def _scientific_amount(bare: str, sign: int) -> Reading | None:
    if not (match := SCIENTIFIC.fullmatch(bare)):
        return None
    amount = sign * _number(match[1]) * Decimal(10) ** int(match[2])
    return refused("scientific_notation", _suggested(amount))


def _product(bare: str, sign: int) -> Reading | None:
    """``400 x 3``: volume times price, or volumes; the product is only suggested."""
    if not (match := PRODUCT.fullmatch(bare)):
        return None
    left, right = _whole(match[1]), _whole(match[2])
    known = left is not None and right is not None and left * right <= LIMIT
    return refused("amount_is_product", sign * (left or 0) * (right or 0) if known else None)


def _amount_with_unit(bare: str, sign: int) -> Reading | None:
    """``1,5 miliar``; grouped digits before a unit ("1.500 juta") could be either: nothing is suggested."""
    if not (match := WITH_UNIT.fullmatch(bare)) or match[2].lower() not in UNITS:
        return None
    unit = match[2].lower()
    amount = sign * _number(match[1]) * UNITS[unit] if DECIMAL.fullmatch(match[1]) else None
    if amount is None or GROUPED.fullmatch(match[1]):
        return refused("amount_with_unit", unit=unit)
    return refused("amount_with_unit", _suggested(amount), unit=unit)


def _english_amount(bare: str, sign: int) -> Reading | None:
    if not GROUPED_ENGLISH.fullmatch(bare):
        return None
    return refused("amount_grouped_by_commas", _suggested(sign * Decimal(bare.replace(",", ""))))


def _amount_with_decimals(bare: str, sign: int) -> Reading | None:
    """``1.234.567,50``: there are no parts of a rupiah; rounding is for the person to do."""
    match = DECIMAL_COMMA.fullmatch(bare)
    if match and (len(match[2]) != 3 or len(match[1]) > 3):
        return refused("amount_with_decimals", _suggested(sign * _number(bare.replace(".", ""))))
    if re.fullmatch(r"[0-9]{4,18}\.[0-9]{1,18}", bare):
        return refused("amount_with_decimals", _suggested(sign * _number(bare)))
    return None


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _suggested(value: Decimal) -> int | None:
    if abs(value) > LIMIT:
        return None
    return int(value.to_integral_value(ROUND_HALF_UP))


def read_count(text: str) -> Reading:
    """Read a whole number.

    Examples
    --------
    >>> read_count("1.250").value, read_count("12 KK").facts["suggestion"]
    (1250, '12')
    """
    bare = " ".join(text.replace("\u00a0", " ").split())
    sign = -1 if bare[:1] in {"-", "\u2212"} and bare[1:2].isdigit() else 1
    bare = bare[1:] if sign < 0 else bare
    whole = _whole(bare)
    if whole is not None:
        return _limited(sign * whole)
    if match := POINT_ZERO.fullmatch(bare):
        return noted(sign * int(match[1]), "whole_number_with_decimals")
    if DASHES.fullmatch(bare):
        return refused("dash_for_nothing")
    for find in (_scientific_amount, _product):
        if reading := find(bare, sign):
            return refused("count_unreadable", reading.facts.get("suggestion"))
    match = WITH_WORDS.fullmatch(bare)
    return refused("count_unreadable", _whole(match[1].rstrip(".")) if match else None)


def read_number(text: str) -> Reading:
    """Read a number with a decimal comma or point; ``1.234`` could be either and is refused.

    Examples
    --------
    >>> read_number("3,5").value, read_number("0.25").value, read_number("1.234").code
    (3.5, 0.25, 'number_ambiguous')
    """
    bare = "".join(text.replace("\u00a0", " ").split())
    sign = -1 if bare[:1] in {"-", "\u2212"} else 1
    bare = bare.lstrip("+") if sign > 0 else bare[1:]
    if GROUPED.fullmatch(bare) and bare.count(".") == 1:
        plain = bare.replace(".", "")
        return refused("number_ambiguous", plain, alternatives=(plain, bare.replace(".", ",")))
    value = _plain_number(bare)
    if value is None or not math.isfinite(value):
        return refused("dash_for_nothing" if DASHES.fullmatch(text.strip()) else "number_unreadable")
    return Reading(sign * value)


def _plain_number(bare: str) -> float | None:
    if GROUPED.fullmatch(bare) or DECIMAL_COMMA.fullmatch(bare):
        return float(bare.replace(".", "").replace(",", "."))
    if DECIMAL.fullmatch(bare):
        return float(bare)
    if match := SCIENTIFIC.fullmatch(bare):
        return float(f"{match[1].replace(',', '.')}e{match[2]}")
    return float(bare.replace(",", "")) if GROUPED_ENGLISH.fullmatch(bare) else None


def read_ratio(text: str) -> Reading:
    """Read a number, a fraction or a percentage.

    Examples
    --------
    >>> read_ratio("30 %").value, read_ratio("1/4").value, read_ratio("3").value
    (0.3, 0.25, 3.0)
    """
    bare = text.strip()
    if match := FRACTION.fullmatch(bare):
        if int(match[2]) == 0:
            return refused("division_by_zero")
        return Reading(float(Fraction(int(match[1]), int(match[2]))))
    if bare.endswith("%"):
        return _percentage(bare[:-1].rstrip())
    if (fraction := damaged_fraction(bare)) is not None:
        return refused("fraction_turned_into_date", fraction or None)
    return read_number(text)


def _percentage(bare: str) -> Reading:
    """Divide in decimals, so that 30 % is exactly the number 0.3."""
    reading = read_number(bare)
    if reading.code:
        return reading
    try:
        return Reading(float(Decimal(repr(reading.value)) / 100))
    except InvalidOperation:
        return refused("number_unreadable")
