from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.columns import Column, Kind, conform
from workbench.store.headers import load_headers
from workbench.store.numbers import read_number, read_ratio
from workbench.store.words import read_flag, read_sign
from workbench.store.writing import WRITERS, as_texts, csv_bytes

realistic = st.one_of(
    st.floats(-1e12, 1e12).filter(lambda value: value == 0 or abs(value) > 0.01),
    st.sampled_from([1 / 3, 0.1 + 0.2, 1 / 9, 2 / 7, 1e15, 5.0, -0.5, 123.456, 1234.567]),
)


@given(realistic)
def test_a_number_is_read_as_it_was(value):
    assert read_number(WRITERS[Kind.NUMBER](value)).value == value
    if value > 0:
        assert read_ratio(WRITERS[Kind.RATIO](value)).value == value


@given(
    st.floats(allow_nan=False, allow_infinity=False).filter(
        lambda value: value == 0 or 1e-90 < abs(value) < 1e90
    )
)
def test_every_other_number_is_read_at_least_to_fifteen_digits(value):
    read = read_number(WRITERS[Kind.NUMBER](value)).value
    assert math.isclose(read, value, rel_tol=1e-14)


@given(st.booleans())
def test_flags_and_signs_are_read_as_they_were(value):
    assert read_flag(WRITERS[Kind.FLAG](value)).value is value
    assert read_sign(WRITERS[Kind.SIGN](value)).value is value


def test_columns_without_any_value_are_left_out_but_for_those_required():
    columns = (
        Column("proposal", Kind.CODE, required=True),
        Column("cost", Kind.RUPIAH, required=True),
        Column("hamlet"),
        Column("unheard"),
    )
    frame = conform(pd.DataFrame({"proposal": ["U-1"], "lain": ["x"]}), columns)
    assert as_texts(frame, columns, load_headers(), "proposals").to_dict("list") == {
        "kode_usulan": ["U-1"],
        "prakiraan_biaya": [""],
        "lain": ["x"],
    }


@pytest.mark.parametrize("cell", ["a;b", 'a"b', "a\nb", "a\r\nb", "a\rb", "", " "])
def test_cells_of_every_kind_stand_in_one_cell(cell):
    import csv
    import io

    text = csv_bytes(pd.DataFrame({"a": [cell], "b": ["x"]})).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=";")) == [["a", "b"], [cell, "x"]]
