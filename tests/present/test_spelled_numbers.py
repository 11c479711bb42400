"""Terbilang against answers written by hand and against a reader that shares no code with the writer."""

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from workbench.present.spelled_numbers import LARGEST, day_name, month_name, spelled, spelled_rupiah

BY_HAND = {
    0: "nol",
    10: "sepuluh",
    11: "sebelas",
    12: "dua belas",
    19: "sembilan belas",
    20: "dua puluh",
    21: "dua puluh satu",
    100: "seratus",
    101: "seratus satu",
    111: "seratus sebelas",
    200: "dua ratus",
    999: "sembilan ratus sembilan puluh sembilan",
    1_000: "seribu",
    1_001: "seribu satu",
    1_999: "seribu sembilan ratus sembilan puluh sembilan",
    2_000: "dua ribu",
    2_025: "dua ribu dua puluh lima",
    11_000: "sebelas ribu",
    21_000: "dua puluh satu ribu",
    100_000: "seratus ribu",
    101_000: "seratus satu ribu",
    1_000_000: "satu juta",
    1_001_000: "satu juta seribu",
    5_825_000_000: "lima miliar delapan ratus dua puluh lima juta",
    1_000_000_000_000: "satu triliun",
    104_571_400: "seratus empat juta lima ratus tujuh puluh satu ribu empat ratus",
    -5: "minus lima",
}
DIGITS = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
}  # fmt: skip
SIZES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "kuadriliun": 10**15}


def read(words: str) -> int:
    """Read words from left to right the way a person adds them up."""
    words = words.replace("sepuluh", "satu puluh").replace("sebelas", "satu belas")
    words = words.replace("seratus", "satu ratus").replace("seribu", "satu ribu")
    total = group = last = 0
    for word in words.split():
        if word in DIGITS:
            last = DIGITS[word]
            group += last
        elif word == "belas":
            group += 10
        elif word == "puluh":
            group += 9 * last
        elif word == "ratus":
            group += 99 * last
        else:
            total, group = total + group * SIZES[word], 0
    return total + group


@pytest.mark.parametrize(("number", "words"), BY_HAND.items())
def test_numbers_are_spelled_as_people_do(number, words):
    assert spelled(number) == words


@given(st.integers(1, LARGEST))
def test_whoever_reads_the_words_gets_the_number(number):
    assert read(spelled(number)) == number


def test_rupiah_carry_their_unit_and_absurd_numbers_are_refused():
    assert spelled_rupiah(75_000) == "tujuh puluh lima ribu rupiah"
    with pytest.raises(ValueError, match="no words"):
        spelled(LARGEST + 1)


def test_days_and_months_are_those_of_the_calendar():
    for offset in range(0, 400, 3):
        day = date(2024, 2, 20) + timedelta(days=offset)
        assert day_name(day) == format_date(day, "EEEE", locale="id_ID")
        assert month_name(day) == format_date(day, "MMMM", locale="id_ID")
