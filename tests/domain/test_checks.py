from __future__ import annotations

import pandas as pd
import pytest

from workbench.domain.checks import (
    duplicates,
    empty_cells,
    negative_amounts,
    problem_at,
    raise_if_any,
    unknown_labels,
)
from workbench.domain.columns import DTYPES, Column, Kind, conform
from workbench.errors import InvalidInput, Problem, Severity


def test_a_label_that_is_no_number_is_left_out_of_the_place():
    assert problem_at("U-1", "x").row is None
    assert problem_at(pd.Series([4]).index[0] + 7, "x").row == 7


def test_duplicates_name_the_row_of_the_first_use():
    table = pd.DataFrame({"a": ["x", "y", "x", "x"], "b": [1, 1, 1, 2]}, index=[5, 6, 7, 8])
    assert [(p.row, p.value, p.facts["first_row"]) for p in duplicates(table, ["a"])] == [
        (7, "x", 5),
        (8, "x", 5),
    ]
    assert [(p.row, p.value) for p in duplicates(table, ["a", "b"])] == [(7, "x / 1")]
    assert duplicates(table.iloc[:2], ["a"]) == []


def test_a_missing_part_of_a_key_repeats_like_any_other():
    table = pd.DataFrame({"round": pd.array([None, None, 1], dtype="Int64"), "a": "x"}, index=[2, 3, 4])
    assert [p.row for p in duplicates(table, ["round", "a"])] == [3]


def test_empty_cells_are_those_of_columns_that_must_be_filled():
    columns = (
        Column("a", filled=True),
        Column("b", Kind.RUPIAH, filled=True),
        Column("c"),
        Column("d", filled=True),
    )
    table = conform(pd.DataFrame({"a": ["", "x"], "b": [None, 0], "c": ""}, index=[2, 3]), columns[:3])
    assert [(p.row, p.column) for p in empty_cells(table, columns)] == [(2, "a"), (2, "b")]


def test_negative_amounts_are_of_money_and_heads_alone():
    columns = (
        Column("a", Kind.RUPIAH),
        Column("b", Kind.NUMBER),
        Column("c", Kind.COUNT),
        Column("d", Kind.COUNT),
    )
    table = conform(pd.DataFrame({"a": [-1, None], "b": [-1.0, 0], "c": [0, -2]}), columns[:3])
    assert [(p.row, p.column, p.value) for p in negative_amounts(table, columns)] == [
        (0, "a", "-1"),
        (1, "c", "-2"),
    ]


def test_an_empty_label_is_not_unknown():
    table = pd.DataFrame({"a": ["", "x", "y"]})
    assert [p.value for p in unknown_labels(table, "a", ["x"], "code")] == ["y"]


def test_only_errors_raise_and_all_of_them_at_once():
    raise_if_any([Problem("n", Severity.NOTE), Problem("s", Severity.SET_ASIDE)])
    with pytest.raises(InvalidInput) as caught:
        raise_if_any([Problem("n", Severity.NOTE), Problem("a", file="f.csv", row=3), Problem("b")])
    assert [p.code for p in caught.value.problems] == ["a", "b"]
    assert str(caught.value) == "f.csv, row 3: a ''\ninput: b ''"


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_conforms_present_or_absent(kind):
    empty = conform(pd.DataFrame(index=[2, 3]), [Column("a", kind)])
    assert str(empty["a"].dtype) == DTYPES[kind]
    assert len(empty) == 2
    again = conform(empty.assign(other="x"), [Column("a", kind)])
    assert list(again) == ["a", "other"]
    assert again["a"].equals(empty["a"])


def test_missing_text_is_empty_text_and_what_does_not_fit_raises():
    assert conform(pd.DataFrame({"a": [None, "x"]}), [Column("a")])["a"].tolist() == ["", "x"]
    with pytest.raises((ValueError, TypeError)):
        conform(pd.DataFrame({"a": ["x"]}), [Column("a", Kind.RUPIAH)])
