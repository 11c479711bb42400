from __future__ import annotations

import pandas as pd
import pytest

from tests.rooms import FLAT, TREE, criteria
from workbench.domain.ballots import JUDGEMENT_COLUMNS
from workbench.domain.columns import conform
from workbench.domain.judgements import check_judgements, check_scale
from workbench.domain.participants import Participants
from workbench.errors import Severity

PEOPLE = Participants.from_table(pd.DataFrame({"participant": ["1", "2"]}))


def lines(*rows: tuple) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["participant", "first", "second", "value"])
    return conform(frame, JUDGEMENT_COLUMNS).set_axis(range(2, len(rows) + 2))


def check(*rows: tuple, parents: dict = FLAT) -> list:
    return check_judgements(lines(*rows), criteria(parents), PEOPLE)


def test_good_answers_and_blanks_are_no_problem():
    assert check(("1", "K1", "K2", 3.0), ("1", "K2", "K3", None), ("2", "K2", "K1", 1 / 3)) == []


def test_a_second_answer_that_differs_is_refused_with_the_row_of_the_first():
    (one,) = check(("1", "K1", "K2", 3.0), ("2", "K1", "K2", 9.0), ("1", "K2", "K1", 3.0))
    assert (one.code, one.severity, one.row) == ("judgement_contradictory", Severity.ERROR, 4)
    assert one.facts["earlier_row"] == 2
    assert one.facts["earlier_value"] == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    "again", [("1", "K1", "K2", 3.0), ("1", "K2", "K1", 1 / 3), ("1", "K2", "K1", 0.3333)]
)
def test_a_second_answer_that_says_the_same_is_noted(again):
    (one,) = check(("1", "K1", "K2", 3.0), again)
    assert (one.code, one.severity, one.row) == ("comparison_repeated", Severity.NOTE, 3)


def test_a_misspelt_criterion_is_named_with_what_it_probably_means():
    (one,) = check(("1", "K1", "Kriteria K2", 3.0))
    assert (one.code, one.row, one.column) == ("unknown_criterion", 2, "second")
    assert one.facts["suggestion"] == "K2"


def test_only_siblings_are_compared():
    (one,) = check(("1", "K1", "K3", 3.0), ("1", "K1", "K2", 3.0), ("1", "G1", "G2", 2.0), parents=TREE)
    assert (one.code, one.row) == ("criteria_not_siblings", 2)
    assert (one.facts["first_group"], one.facts["second_group"]) == ("G1", "G2")


def test_the_scale_has_an_end_unless_the_rules_say_that_it_is_free():
    table = lines(("1", "a", "b", 9.0), ("1", "a", "c", 1 / 9), ("1", "a", "d", 0.111), ("1", "b", "c", 9.5),
                  ("1", "b", "d", 0.1), ("1", "c", "d", None))  # fmt: skip
    found = check_scale(table, "nine")
    assert [(p.row, p.facts["suggestion"]) for p in found] == [(5, "9"), (6, "1/9")]
    assert check_scale(table, "free") == []
