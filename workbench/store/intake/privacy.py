"""Columns with numbers of persons (NIK, NIP, telephone): found by header and content, and left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
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
DIALLED = re.compile(r"\+|0|62")
"""How numbers begin as people dial them: no amount begins with a zero or a plus."""
BETWEEN_DIGITS = re.compile(r"[\s.()-]")
HIDDEN = "•"


def person_columns(body: pd.DataFrame) -> dict[str, str]:
    """Return the columns of text that look like numbers of persons, and what they look like.

    Examples
    --------
    >>> person_columns(pd.DataFrame({"Kontak": ["0812 3456 7890"], "Usulan": ["Jalan"]}))
    {'Kontak': 'phone'}
    """
    kinds = {str(header): _kind(str(header), texts.tolist()) for header, texts in body.items()}
    return {header: kind for header, kind in kinds.items() if kind}


def unconfirmed(people: Mapping[str, str], confirmed: Collection[str]) -> dict[str, str]:
    """Return the columns of persons without those that a person confirmed to be something else.

    Examples
    --------
    >>> unconfirmed({"Kontak": "phone", "NIK": "nik"}, ["kontak"])
    {'NIK': 'nik'}
    """
    kept = {normalise(header) for header in confirmed}
    return {header: kind for header, kind in people.items() if normalise(header) not in kept}


def _kind(header: str, texts: Sequence[str]) -> str:
    name = normalise(header)
    by_header = next((kind for kind, pattern in PERSON_HEADERS.items() if pattern.search(name)), "")
    filled = [text for text in texts if text]
    if by_header or not filled:
        return by_header if filled else ""
    some = filled[:: max(1, len(filled) // SAMPLE)]
    digits = [BETWEEN_DIGITS.sub("", text).lstrip("'") for text in some]
    for kind, pattern in PERSON_NUMBERS.items():
        if _share(digits, pattern.fullmatch) >= ENOUGH and (
            kind != "phone" or _share(digits, DIALLED.match) >= ENOUGH
        ):
            return kind
    return ""


def _share(texts: Sequence[str], fits: Callable[[str], object]) -> float:
    return sum(1 for text in texts if fits(text)) / len(texts)


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
