from __future__ import annotations

import pandas as pd
import pytest

from workbench.domain.criteria import Criteria, Measure
from workbench.errors import InvalidInput

LINE = {"criterion": "K1", "name": "Mendesak", "scale_min": 1.0, "scale_max": 5.0}


def table(*lines: dict) -> pd.DataFrame:
    return pd.DataFrame([LINE | line for line in lines], index=range(2, len(lines) + 2))


def problems(frame: pd.DataFrame, points: pd.DataFrame | None = None) -> list[tuple[str, int | None, str]]:
    with pytest.raises(InvalidInput) as caught:
        Criteria.from_tables(frame, points)
    return [(p.code, p.row, p.column) for p in caught.value.problems]


def test_what_a_form_leaves_unsaid():
    found = Criteria.from_tables(table({}))
    assert found.frame.loc["K1", ["direction", "measure"]].tolist() == ["higher", "judged"]
    assert len(found) == 1
    assert found.measured(Measure.NUMBER).empty
    assert list(found.measured(Measure.JUDGED).index) == list(found.labels) == ["K1"]


def test_all_broken_invariants_are_named_at_once():
    frame = table(
        {"scale_min": 5.0},
        {"criterion": "K1"},
        {"criterion": "K2", "weight": -1.0},
        {"criterion": "", "name": ""},
        {"criterion": "K3", "measure": "number"},
        {"criterion": "K4", "measure": "points_table", "column": "cost"},
        {"criterion": "K5", "scale_max": None},
    )
    assert sorted(problems(frame), key=str) == [
        ("criterion_without_column", 6, "column"),
        ("duplicate_id", 3, "criterion"),
        ("empty_cell", 5, "criterion"),
        ("empty_cell", 5, "name"),
        ("empty_cell", 8, "scale_max"),
        ("negative_value", 4, "weight"),
        ("points_table_missing", 7, "criterion"),
        ("scale_empty", 2, "scale_max"),
    ]


def test_points_belong_to_a_criterion_and_its_scale():
    frame = table({"measure": "points_table", "column": "cost"}, {"criterion": "K2"})
    points = pd.DataFrame(
        {"criterion": ["K1", "K1", "K2", "K9", "", "K1"], "points": [1, 6, 1, 1, 1, None]}, index=range(2, 8)
    )
    assert sorted(problems(frame, points)) == [
        ("empty_cell", 6, "criterion"),
        ("empty_cell", 7, "points"),
        ("points_for_unknown_criterion", 4, "criterion"),
        ("points_for_unknown_criterion", 5, "criterion"),
        ("points_outside_scale", 3, "points"),
        ("points_outside_scale", 7, "points"),
    ]
