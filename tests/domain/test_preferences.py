from __future__ import annotations

import pandas as pd

from tests.rooms import FLAT, TREE, criteria
from workbench.domain.columns import conform
from workbench.domain.participants import Participants
from workbench.domain.preferences import (
    COLUMNS,
    Preferences,
    Way,
    check_preference_scale,
    check_preferences,
)

PEOPLE = Participants.from_table(pd.DataFrame({"participant": ["1", "2"]}))


def lines(*rows: tuple) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[column.name for column in COLUMNS])
    return conform(frame, COLUMNS).set_axis(range(2, len(rows) + 2))


def found(*rows: tuple, parents: dict = FLAT) -> list[tuple[str, int | None, str]]:
    return sorted(
        (p.code, p.row, p.column) for p in check_preferences(lines(*rows), criteria(parents), PEOPLE)
    )


def test_every_way_of_answering_stands_in_one_table():
    table = lines(
        ("1", "rank", "K1", "", 1.0), ("1", "points", "K1", "", 0.0), ("1", "best", "K1", "K2", 3.0),
        ("1", "worst", "K2", "K3", 2.0), ("2", "rank", "K1", "", None),
    )  # fmt: skip
    assert check_preferences(table, criteria(FLAT), PEOPLE) == []
    assert Preferences(table).of(Way.RANK)["participant"].tolist() == ["1"]


def test_every_fault_is_named_with_its_row():
    assert found(
        ("1", "rank", "K1", "K2", 1.0),
        ("1", "rank", "K2", "", 1.5),
        ("1", "rank", "K2", "", 2.0),
        ("9", "points", "K9", "", -1.0),
        ("1", "best", "K1", "", 2.0),
        ("1", "best", "K1", "K1", 2.0),
        ("1", "best", "K1", "K2", 0.5),
    ) == [
        ("best_worst_below_one", 8, "value"),
        ("compared_with_itself", 7, "other"),
        ("duplicate_cell", 4, "participant"),
        ("empty_cell", 6, "other"),
        ("negative_value", 5, "value"),
        ("other_not_expected", 2, "other"),
        ("rank_not_whole", 3, "value"),
        ("unknown_criterion", 5, "criterion"),
        ("unknown_participant", 5, "participant"),
    ]


def test_one_best_and_one_worst_for_each_set_of_siblings():
    assert found(("1", "best", "K1", "K2", 2.0), ("1", "best", "K2", "K3", 2.0)) == [
        ("two_bests", 3, "criterion")
    ]
    assert found(("1", "worst", "K1", "K2", 2.0), ("1", "worst", "K1", "K3", 2.0)) == [
        ("two_worsts", 3, "other")
    ]
    both = (("1", "best", "K1", "K2", 2.0), ("1", "best", "K3", "K4", 2.0))
    assert found(*both, parents=TREE) == []
    assert found(("1", "best", "K1", "K3", 2.0), parents=TREE) == [("criteria_not_siblings", 2, "other")]


def test_the_best_against_the_worst_is_one_answer():
    lines_of = (("1", "best", "K1", "K3", 5.0), ("1", "worst", "K1", "K3", 4.0))
    assert found(*lines_of) == [("judgement_contradictory", 3, "value")]
    assert found(lines_of[0], ("1", "worst", "K1", "K3", 5.0)) == []


def test_the_best_is_not_the_worst():
    assert found(("1", "best", "K1", "K2", 5.0), ("1", "worst", "K2", "K1", 4.0)) == [
        ("best_is_worst", 3, "other")
    ]


def test_best_worst_answers_end_at_nine_unless_free():
    table = lines(("1", "best", "K1", "K2", 10.0), ("1", "points", "K1", "", 99.0))
    assert [p.row for p in check_preference_scale(table, "nine")] == [2]
    assert check_preference_scale(table, "free") == []
