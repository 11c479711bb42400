"""Numbers in Indonesian words (terbilang), as official lists write amounts beside their figures."""

from __future__ import annotations

from datetime import date

UNITS = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh",
    "sebelas",
)  # fmt: skip
SCALES = ((10**15, "kuadriliun"), (10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))
LARGEST = 10**18 - 1
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
    "November", "Desember",
)  # fmt: skip


def spelled(number: int) -> str:
    """Return a whole number in Indonesian words.

    Raises
    ------
    ValueError
        Beyond `LARGEST` no word is in use.

    Examples
    --------
    >>> spelled(1_234_567)
    'satu juta dua ratus tiga puluh empat ribu lima ratus enam puluh tujuh'
    >>> spelled(1000), spelled(1_100_011)
    ('seribu', 'satu juta seratus ribu sebelas')
    """
    if abs(number) > LARGEST:
        raise ValueError(f"no words for {number}")
    if number < 0:
        return f"minus {spelled(-number)}"
    return " ".join(_words(number)) or UNITS[0]


def spelled_rupiah(amount: int) -> str:
    """Return an amount in words with its unit.

    Examples
    --------
    >>> spelled_rupiah(2_500_000)
    'dua juta lima ratus ribu rupiah'
    """
    return f"{spelled(amount)} rupiah"


def day_name(day: date) -> str:
    """Return the Indonesian name of the day of the week."""
    return DAYS[day.weekday()]


def month_name(day: date) -> str:
    """Return the Indonesian name of the month."""
    return MONTHS[day.month - 1]


def _words(number: int) -> list[str]:
    for size, word in SCALES:
        if number >= size:
            many, rest = divmod(number, size)
            head = ["seribu"] if size == 1000 and many == 1 else [*_words(many), word]
            return [*head, *_words(rest)]
    return _below_thousand(number)


def _below_thousand(number: int) -> list[str]:
    if number == 0:
        return []
    if number < len(UNITS):
        return [UNITS[number]]
    if number < 20:
        return [UNITS[number - 10], "belas"]
    if number < 100:
        return [UNITS[number // 10], "puluh", *_below_thousand(number % 10)]
    head = ["seratus"] if number < 200 else [UNITS[number // 100], "ratus"]
    return [*head, *_below_thousand(number % 100)]
