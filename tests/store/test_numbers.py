"""Amounts, counts, numbers and ratios as people write them: read, or refused with what to write instead."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import Severity
from workbench.store.numbers import LIMIT, read_count, read_number, read_ratio, read_rupiah
from workbench.store.readings import Reading


def grouped(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


FORMS = {
    "plain": str,
    "grouped": grouped,
    "currency": lambda amount: f"Rp {grouped(amount)}",
    "currency dot": lambda amount: f"Rp.{grouped(amount)}",
    "zero decimals": lambda amount: f"Rp{grouped(amount)},00",
    "closing dash": lambda amount: f"Rp. {grouped(amount)},-",
    "capitals": lambda amount: f"RP {grouped(amount)}",
    "hard blank": lambda amount: f"Rp\u00a0{grouped(amount)}",
    "one zero": lambda amount: f"{amount},0",
}


@given(st.integers(0, LIMIT), st.sampled_from(sorted(FORMS)))
def test_every_usual_form_of_an_amount_is_the_amount(amount, form):
    assert read_rupiah(FORMS[form](amount)) == Reading(amount)


@given(st.integers(1, LIMIT), st.sampled_from(["-{}", "Rp -{}", "-Rp {}", "(Rp {})", "({})", "\u2212{}"]))
def test_a_negative_amount_is_a_number_for_the_domain_to_refuse(amount, form):
    assert read_rupiah(form.format(grouped(amount))) == Reading(-amount)


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("Rp.100 jt", "amount_with_unit", "100000000"),
        ("100jt", "amount_with_unit", "100000000"),
        ("1,5 miliar", "amount_with_unit", "1500000000"),
        ("1.5 juta", "amount_with_unit", "1500000"),
        ("750 ribu", "amount_with_unit", "750000"),
        ("1.500 juta", "amount_with_unit", None),
        ("400 x 3", "amount_is_product", "1200"),
        ("2 X Rp 1.500.000", "amount_is_product", "3000000"),
        ("-", "dash_for_nothing", None),
        ("Rp -", "dash_for_nothing", None),
        ("1,5E+08", "scientific_notation", "150000000"),
        ("1.5e8", "scientific_notation", "150000000"),
        ("1,234,567", "amount_grouped_by_commas", "1234567"),
        ("1,234,567.00", "amount_grouped_by_commas", "1234567"),
        ("1.234.567,50", "amount_with_decimals", "1234568"),
        ("1500000.75", "amount_with_decimals", "1500001"),
        ("1.5", "amount_ambiguous", None),
        ("1,5", "amount_with_decimals", "2"),
        ("1,234", "amount_ambiguous", None),
        ("12.34", "amount_ambiguous", None),
        ("1.23.456", "amount_badly_grouped", None),
        ("0.500.000", "amount_badly_grouped", None),
        ("1.234.56", "amount_badly_grouped", None),
        ("seratus juta", "amount_not_a_number", None),
        ("5 unit", "amount_not_a_number", None),
        ("9" * 18, "number_too_large", None),
        ("9" * 400, "amount_badly_grouped", None),
        ("Rp", "amount_not_a_number", None),
    ],
)
def test_an_amount_that_is_not_clear_is_refused_with_what_is_certain(text, code, suggestion):
    reading = read_rupiah(text)
    assert (reading.value, reading.code, reading.severity) == (None, code, Severity.ERROR)
    assert reading.facts.get("suggestion") == suggestion


def test_a_whole_number_with_the_decimals_of_a_program_is_read_and_said():
    reading = read_rupiah("1500000.0")
    assert (reading.value, reading.code, reading.severity) == (
        1500000,
        "whole_number_with_decimals",
        Severity.NOTE,
    )


@given(st.text(max_size=20), st.sampled_from([read_rupiah, read_count, read_number, read_ratio]))
def test_any_text_is_read_or_refused(text, read):
    reading = read(text)
    assert (reading.value is None) == (reading.severity is Severity.ERROR and reading.code != "")
    if reading.value is not None:
        assert math.isfinite(reading.value)


@given(
    st.text(alphabet="0123456789.,-x/% eERp()jt", max_size=16),
    st.sampled_from([read_rupiah, read_count, read_number, read_ratio]),
)
def test_any_text_of_digits_and_signs_is_read_or_refused(text, read):
    test_any_text_is_read_or_refused.hypothesis.inner_test(text, read)  # type: ignore[attr-defined]


@given(st.text(alphabet="0123456789.,Rp -", max_size=16))
def test_a_suggestion_can_be_written_in_its_place(text):
    suggestion = read_rupiah(text).facts.get("suggestion")
    if suggestion is not None:
        assert read_rupiah(suggestion) == Reading(int(suggestion))


@pytest.mark.parametrize(
    ("text", "value", "code", "suggestion"),
    [
        ("12", 12, "", None),
        ("1.250", 1250, "", None),
        ("12,00", 12, "", None),
        ("-3", -3, "", None),
        ("12.0", 12, "whole_number_with_decimals", None),
        ("12 KK", None, "count_unreadable", "12"),
        ("1.250 orang", None, "count_unreadable", "1250"),
        ("2 x 30", None, "count_unreadable", "60"),
        ("12,5", None, "count_unreadable", None),
        ("-", None, "dash_for_nothing", None),
        ("banyak", None, "count_unreadable", None),
    ],
)
def test_counts(text, value, code, suggestion):
    reading = read_count(text)
    assert (reading.value, reading.code, reading.facts.get("suggestion")) == (value, code, suggestion)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3.0),
        ("3,5", 3.5),
        ("3.5", 3.5),
        ("-0,25", -0.25),
        ("0.125", 0.125),
        ("1,234", 1.234),
        ("1.234,5", 1234.5),
        ("1.234.567", 1234567.0),
        ("1,234.5", 1234.5),
        ("1e-05", 1e-05),
    ],
)
def test_numbers(text, value):
    assert read_number(text) == Reading(value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.234", "number_ambiguous"),
        ("nan", "number_unreadable"),
        ("inf", "number_unreadable"),
        ("3 m", "number_unreadable"),
    ],
)
def test_numbers_that_are_not_clear(text, code):
    assert (read_number(text).value, read_number(text).code) == (None, code)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_a_number_written_with_a_comma_is_read_back(number):
    text = f"{number:.6f}".replace(".", ",")
    assert read_number(text).value == float(f"{number:.6f}")


@pytest.mark.parametrize(
    ("text", "value", "code", "suggestion"),
    [
        ("1/3", 1 / 3, "", None),
        ("30 %", 0.3, "", None),
        ("12,5%", 0.125, "", None),
        ("5", 5.0, "", None),
        ("1/0", None, "division_by_zero", None),
        ("03-Jan", None, "fraction_turned_into_date", "3/1"),
        ("2026-03-01", None, "fraction_turned_into_date", "1/3"),
        ("sama", None, "number_unreadable", None),
    ],
)
def test_ratios(text, value, code, suggestion):
    reading = read_ratio(text)
    assert (reading.value, reading.code, reading.facts.get("suggestion")) == (value, code, suggestion)
