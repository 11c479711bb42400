"""Codes of regions after what spreadsheets do to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.region_codes import is_region_code
from workbench.store.region_codes import read_region

two = st.integers(0, 99).map("{:02d}".format)
villages = st.builds("{}.{}.{}.{}".format, st.integers(11, 99), two, two, st.integers(1000, 3999))


@given(villages, st.integers(1, 4))
def test_a_code_with_dots_is_itself(village, groups):
    code = ".".join(village.split(".")[:groups])
    assert (read_region(code).value, read_region(code).code) == (code, "")


@given(villages)
def test_a_code_without_dots_is_read_and_said(village):
    reading = read_region(village.replace(".", ""))
    assert (reading.value, reading.code) == (village, "region_code_without_dots")


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("73,02", "region_code_turned_into_number", "73.02"),
        ("73,1", "region_code_turned_into_number", "73.10"),
        ("73.1", "region_code_turned_into_number", "73.10"),
        ("7302012001.0", "region_code_turned_into_number", "73.02.01.2001"),
        ("7.302E+09", "region_code_turned_into_number", None),
        ("7,302012001E+09", "region_code_turned_into_number", "73.02.01.2001"),
        ("2073-02-01", "region_code_turned_into_date", "73.02.01"),
        ("1973-02-01 00:00:00", "region_code_turned_into_date", "73.02.01"),
        ("01/02/1973", "region_code_turned_into_date", "73.02.01"),
        ("73/02/01", "region_code_turned_into_date", "73.02.01"),
        ("02-Jan-73", "region_code_turned_into_date", "73.01.02"),
        ("01-Feb-73", "region_code_turned_into_date", "73.02.01"),
        ("2005-02-11", "region_code_turned_into_date", "11.02.05"),
        ("2012-02-11", "region_code_turned_into_date", None),
        ("73.2.1.2001", "region_code_malformed", "73.02.01.2001"),
        ("73-02-01-2001", "region_code_malformed", "73.02.01.2001"),
        ("73.02.01.", "region_code_malformed", "73.02.01"),
        ("7302010001", "region_code_not_kemendagri", None),
        ("7302010", "region_code_malformed", None),
        ("Gantarang", "region_code_malformed", None),
        ("-", "dash_for_nothing", None),
    ],
)
def test_a_damaged_code_is_refused_with_what_is_certain(text, code, suggestion):
    reading = read_region(text)
    assert (reading.value, reading.code, reading.facts.get("suggestion")) == (None, code, suggestion)


@given(st.one_of(st.text(max_size=20), st.text(alphabet="0123456789.,-/ eE+Jan", max_size=16)))
def test_any_text_is_a_code_or_refused(text):
    reading = read_region(text)
    if reading.value is None:
        assert reading.code
        assert is_region_code(reading.facts.get("suggestion", "73"))
    else:
        assert is_region_code(str(reading.value))
