"""Columns with numbers of persons (NIK, NIP, telephone): found by header and content, and left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

import pandas as pd

from workbench.errors import Problem, Severity
from workbench.store.header_matching import normalise

ENOUGH = 0.3
"""Share of the filled cells that must look like such a number."""
SAMPLE = 400
PERSON_HEADERS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "nik": re.compile(r"(?:^|_)(?:nik|no_?ktp|nomor_ktp|no_?kk|nomor_kk|ktp|npwp)(?:_|$)"),
        "nip": re.compile(r"(?:^|_)(?:nip|nomor_induk_pegawai|nrp)(?:_|$)"),
        "phone": re.compile(
            r"(?:^|_)(?:hp|no_?hp|telp|no_?telp|telepon|tlp|handphone|wa|no_?wa|whatsapp|nomor_telepon|kontak|"
            r"phone|phonenumber|ponsel|email|e_?mail)(?:_|$)"
        ),
        "account": re.compile(r"(?:^|_)(?:no_?rek|nomor_rekening|rekening_bank)(?:_|$)"),
    }
)
PERSON_NUMBERS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        # Six digits of a region, a birthday (women: day + 40), four digits of a count.
        "nik": re.compile(
            r"[1-9][0-9]{5}(?:0[1-9]|[12][0-9]|3[01]|4[1-9]|[56][0-9]|7[01])(?:0[1-9]|1[0-2])[0-9]{6}"
        ),
        # A birthday, the month of appointment, sex, a count.
        "nip": re.compile(
            r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])(?:19|20)[0-9]{4}[12][0-9]{3}"
        ),
        "phone": re.compile(
            r"(?:\+?62|0)8[1-9][0-9]{7,10}|(?:\+?62|0)[2-9][0-9]{1,2}[0-9]{5,8}|8[1-9][0-9]{8,10}"
        ),
    }
)
HIDDEN = "•"


def person_columns(body: pd.DataFrame, confirmed: Collection[str]) -> dict[str, str]:
    """Return the columns that look like numbers of persons, and what they look like.

    Parameters
    ----------
    body : DataFrame
        Text columns of a list.
    confirmed : collection of str
        Headers that a person confirmed to be something else.

    Examples
    --------
    >>> person_columns(pd.DataFrame({"Kontak": ["0812 3456 7890"], "Usulan": ["Jalan"]}), ())
    {'Kontak': 'phone'}
    """
    kept = {normalise(header) for header in confirmed}
    found = {}
    for header in body:
        if normalise(str(header)) not in kept and (kind := _kind(str(header), body[header])):
            found[str(header)] = kind
    return found


def _kind(header: str, texts: pd.Series[str]) -> str:
    name = normalise(header)
    by_header = next((kind for kind, pattern in PERSON_HEADERS.items() if pattern.search(name)), "")
    filled = texts[texts != ""]
    if by_header or filled.empty:
        return by_header if len(filled) else ""
    filled = filled.iloc[:: max(1, len(filled) // SAMPLE)]
    digits = filled.str.replace(r"[\s.()-]", "", regex=True).str.lstrip("'")
    for kind, pattern in PERSON_NUMBERS.items():
        if digits.str.fullmatch(pattern.pattern).mean() >= ENOUGH and (kind != "phone" or _dialled(digits)):
            return kind
    return ""


def _dialled(digits: pd.Series[str]) -> bool:
    """Tell whether numbers are written as people dial them: no amount begins with a zero or a plus."""
    return bool(digits.str.match(r"\+|0|62").mean() >= ENOUGH)


def person_notes(
    body: pd.DataFrame, found: Mapping[str, str], file: str, sheet: str, row: int
) -> Iterator[Problem]:
    """Point each column out, without repeating a single number."""
    for header, kind in found.items():
        count = int((body[header] != "").sum())
        facts = {"person_kind": kind, "count": count}
        yield Problem("person_numbers_left_out", Severity.NOTE, file, sheet, row, header, facts=facts)


def masked(text: str) -> str:
    """Return a text with every number of a person in it made unreadable.

    Examples
    --------
    >>> masked("Hub. Pak Amir 081234567890"), masked("Rp 1.500.000")
    ('Hub. Pak Amir ••••••••••••', 'Rp 1.500.000')
    """
    return INSIDE.sub(lambda match: HIDDEN * len(match[0]), text)


INSIDE = re.compile(
    "|".join(
        rf"(?<![0-9.])(?:{pattern.pattern})(?![0-9.])"
        for kind, pattern in PERSON_NUMBERS.items()
        if kind != "phone"
    )
    + r"|(?<![0-9.])(?:\+?62|0)8[1-9][0-9]{7,10}(?![0-9.])"
)
