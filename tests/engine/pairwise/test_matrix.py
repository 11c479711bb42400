from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.pairwise.matrix import SAATY_SCALE, complete_logs, judgement_matrix, log_matrix
from workbench.errors import InvalidInput, InvalidValue, LabelMismatch

LABELS = ["need", "cost", "land"]


def codes(refused):
    return [problem.code for problem in refused.value.problems]


def test_the_scale_has_seventeen_reciprocal_values():
    assert len(SAATY_SCALE) == 17
    assert [1 / value for value in reversed(SAATY_SCALE)] == pytest.approx(list(SAATY_SCALE))


@given(
    st.lists(
        st.tuples(st.sampled_from(LABELS), st.sampled_from(LABELS), st.sampled_from(SAATY_SCALE)), max_size=6
    )
)
def test_what_is_built_is_reciprocal_or_refused(records):
    said = {}
    for first, second, value in records:
        if first == second and value != 1:
            said[first, second] = {value, 0.0}
        elif first != second:
            said.setdefault(frozenset((first, second)), set()).add(
                round(value if first < second else 1 / value, 9)
            )
    if any(len(values) > 1 for values in said.values()):
        with pytest.raises(InvalidInput) as refused:
            judgement_matrix(records, LABELS)
        assert set(codes(refused)) <= {"judgement_contradictory", "judgement_of_itself"}
        return
    matrix = judgement_matrix(records, LABELS)
    product = (matrix * matrix.T).to_numpy()
    assert np.isnan(product).sum() == matrix.isna().to_numpy().sum()
    assert product[~np.isnan(product)] == pytest.approx(1)
    asked = {frozenset(record[:2]) for record in records if record[0] != record[1]}
    assert matrix.notna().to_numpy().sum() == 3 + 2 * len(asked)


def test_frames_records_and_mappings_are_the_same():
    records = [("need", "cost", 3), ("land", "need", 1 / 2)]
    frame = pd.DataFrame(records, columns=["first", "second", "value"])
    expected = judgement_matrix(records, LABELS)
    assert judgement_matrix(frame, LABELS).equals(expected)
    assert judgement_matrix(frame.to_dict("records"), LABELS).equals(expected)
    assert np.isnan(expected.loc["cost", "land"])


def test_every_problem_is_collected_with_its_record():
    records = [
        ("need", "cost", 3),
        ("cost", "need", 5),
        ("ned", "cost", 2),
        ("need", "land", 12),
        ("cost", "land", -1),
        ("cost", "land", "x"),
        ("cost", "cost", 2),
        ("need", "land", None),
    ]
    with pytest.raises(InvalidInput) as refused:
        judgement_matrix(records, LABELS)
    assert codes(refused) == [
        "judgement_contradictory",
        "judgement_unknown_label",
        "judgement_outside_scale",
        "judgement_not_positive",
        "judgement_not_a_number",
        "judgement_of_itself",
    ]
    assert [problem.row for problem in refused.value.problems] == [2, 3, 4, 5, 6, 7]
    assert refused.value.problems[0].facts["earlier_row"] == 1
    assert refused.value.problems[1].value == "ned"


def test_the_same_answer_twice_is_fine_and_a_free_scale_is_said():
    assert judgement_matrix([("need", "cost", 3), ("cost", "need", 1 / 3)], LABELS).loc["need", "cost"] == 3
    assert judgement_matrix([("need", "cost", 40)], LABELS, scale_limit=None).loc["cost", "need"] == 1 / 40


def test_duplicate_labels_and_missing_columns():
    with pytest.raises(InvalidInput) as refused:
        judgement_matrix([], ["a", "a"])
    assert codes(refused) == ["duplicate_label"]
    with pytest.raises(InvalidInput) as refused:
        judgement_matrix(pd.DataFrame({"first": []}), ["a"])
    assert codes(refused) == ["missing_column", "missing_column"]


def test_matrices_are_checked_all_at_once():
    cells = [[1, 3, -2], [3, 2, 4], [0, 1 / 4, 1]]
    with pytest.raises(InvalidInput) as refused:
        log_matrix(pd.DataFrame(cells, LABELS, LABELS))
    assert sorted(codes(refused)) == [
        "judgement_not_positive",
        "judgement_not_positive",
        "judgement_not_reciprocal",
        "judgement_of_itself",
    ]


def test_rounded_reciprocals_pass_and_rougher_ones_are_refused():
    fine = pd.DataFrame([[1, 0.333], [3, 1]], list("ab"), list("ab"))
    assert log_matrix(fine).logs[0, 1] == -log_matrix(fine).logs[1, 0]
    rough = pd.DataFrame([[1, 0.33], [3, 1]], list("ab"), list("ab"))
    with pytest.raises(InvalidInput):
        log_matrix(rough)
    assert log_matrix(rough, tolerance=0.02).logs[1, 0] == pytest.approx(np.log(3), abs=0.01)


def test_half_a_matrix_is_enough():
    half = pd.DataFrame([[1, 3, np.nan], [np.nan, 1, 2], [np.nan, np.nan, 1]], LABELS, LABELS)
    read = log_matrix(half)
    assert read.frame(np.exp(read.logs)).loc["cost", "need"] == pytest.approx(1 / 3)
    assert read.unanswered_pairs == (("land", "need"),)
    with pytest.raises(InvalidValue):
        complete_logs(half)


def test_labels_must_match_and_there_must_be_some():
    with pytest.raises(LabelMismatch):
        log_matrix(pd.DataFrame(np.ones((2, 2)), ["a", "b"], ["a", "c"]))
    with pytest.raises(InvalidValue):
        log_matrix(pd.DataFrame())
    with pytest.raises(InvalidInput):
        log_matrix(pd.DataFrame(np.ones((2, 2)), ["a", "a"], ["a", "a"]))


def test_text_in_a_matrix_is_named_and_not_read():
    matrix = pd.DataFrame([[1, "3"], ["1/3", 1]], ["a", "b"], ["a", "b"])
    with pytest.raises(InvalidInput) as refused:
        log_matrix(matrix)
    assert [(p.code, p.value, p.facts["first"]) for p in refused.value.problems] == [
        ("judgement_not_a_number", "3", "a"),
        ("judgement_not_a_number", "1/3", "b"),
    ]
    assert log_matrix(matrix.map(Fraction).astype(float)).logs[0, 1] == pytest.approx(math.log(3))
    gaps = pd.DataFrame([[1, None], [pd.NA, 1]], ["a", "b"], ["a", "b"], dtype=object)
    assert log_matrix(gaps).unanswered_pairs == (("a", "b"),)
