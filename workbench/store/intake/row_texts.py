"""What the words and signs of a row tell: totals, notes, signatures, numbers under the header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

TOTAL = re.compile(
    r"^(?:(?P<sub>sub\W{0,2}(?:total|jumlah)|jumlah\s+(?:per|bidang|sub|kelompok|dusun|desa|kel|kec|program|"
    r"kegiatan|opd|skpd|dinas|[ivx]+\b|[a-e]\b|[0-9]+)|total\s+(?:per|bidang|desa|dusun|kec|opd|program))"
    r"|(?:grand\s+)?total\b|jumlah\b|jml\b|jumlah\s+total|total\s+(?:keseluruhan|seluruh))",
    re.IGNORECASE,
)
NOTE = re.compile(
    r"^(?:catatan|keterangan|ket\b|note|nb\b|n\.b|sumber\s*(?:data)?\s*:|mengetahui|menyetujui|disetujui|"
    r"disahkan|dibuat|diperiksa|tanda\s+tangan|ttd|nip\b|demikian|cap\b|tembusan|halaman|hal\b|dicetak|printed|\*+|\()",
    re.IGNORECASE,
)
SIGNER = re.compile(
    r"^(?:plt\.?|an\.?|a\.n\.?)?\s*(?:kepala\s+(?:desa|dinas|badan)|camat|lurah|ketua|sekretaris|bendahara|bupati|"
    r"wali\s*kota|tim\s+penyusun|perbekel|keuchik|wali\s+nagari)\b",
    re.IGNORECASE,
)
PLACE_AND_DAY = re.compile(
    r"^[\w .'-]{2,40},\s*[\d.…_ ]{0,12}\s*"
    r"(?:jan|feb|peb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des)\w*\s*\d{0,4}",
    re.IGNORECASE,
)
ORDINAL = re.compile(r"\(?(?:[0-9]{1,3}|[ivxlc]{1,6}|[a-z])[.)]?\)?", re.IGNORECASE)
COLUMN_MARK = re.compile(r"\(?(?:[0-9]{1,3}|[ivxlc]{1,6}|[a-z])\)?(?:\s*[=(].*)?", re.IGNORECASE)
SECTION_WORDS = re.compile(
    r"^(?:bidang|sub\s*bidang|penyelenggaraan|pelaksanaan|pembangunan\s+desa|pembinaan|pemberdayaan|penanggulangan|"
    r"program|urusan|prioritas|kelompok|dusun|desa|kelurahan|kecamatan|kec\.|dinas|badan|opd|skpd|perangkat)\b",
    re.IGNORECASE,
)
NUMBERING_HEADERS = frozenset({"no", "nomor", "no_urut", "nomor_urut", "urut", "no_usulan", "nomer"})


def is_total(text: str) -> bool:
    """Tell whether a label closes a sum.

    Examples
    --------
    >>> is_total("Jumlah Per Bidang 1"), is_total("TOTAL"), is_total("Pembangunan Total Bendung")
    (True, True, False)
    """
    return TOTAL.match(text) is not None


def is_partial(text: str) -> bool:
    """Tell whether a total names the part that it closes.

    Examples
    --------
    >>> is_partial("Jumlah Per Bidang 1"), is_partial("Jumlah Total")
    (True, False)
    """
    match = TOTAL.match(text)
    return match is not None and match["sub"] is not None


def is_note(text: str) -> bool:
    """Tell whether a text belongs below a table: a note, a signature, a place with a day."""
    return any(pattern.match(text) for pattern in (NOTE, SIGNER, PLACE_AND_DAY))


def is_ordinal(text: str) -> bool:
    """Tell whether a text only numbers something: 3, (3), III, c."""
    return ORDINAL.fullmatch(text) is not None


def are_column_numbers(texts: Sequence[str]) -> bool:
    """Tell whether a row only numbers the columns: 1 2 3, (1) (2), I II III, a b c e d, 6=4x5.

    Examples
    --------
    >>> are_column_numbers(["1", "2", "3", "4=2x3"]), are_column_numbers(["1", "Jalan", "3"])
    (True, False)
    >>> are_column_numbers(["a", "b", "c", "e", "d"]), are_column_numbers(["5", "5", "5"])
    (True, False)
    """
    if len(texts) < 3 or not all(COLUMN_MARK.fullmatch(text) for text in texts):
        return False
    marks = [re.split(r"[=(\s]", text.strip("()"))[0].casefold() for text in texts]
    if all(mark.isdigit() for mark in marks):
        numbers = list(map(int, marks))
        steps = [after - before for before, after in pairwise(numbers)]
        return (
            numbers[0] <= 1
            and sum(step in (0, 1, 2) for step in steps) >= 0.8 * len(steps)
            and max(numbers) > 2
        )
    return len(set(marks)) >= 0.7 * len(marks) and not any(
        mark.isdigit() and int(mark) > 60 for mark in marks
    )


def looks_numeric(text: str) -> bool:
    """Tell whether a cell holds an amount or a count rather than words.

    Examples
    --------
    >>> looks_numeric("Rp 1.000.000,00"), looks_numeric("12,5"), looks_numeric("2 Unit")
    (True, True, False)
    """
    return (
        re.fullmatch(r"\(?-?\s*(?:rp\.?|idr)?\s*-?[0-9][0-9.,\s]*(?:[,.]-+)?\s*%?\)?", text, re.IGNORECASE)
        is not None
    )
