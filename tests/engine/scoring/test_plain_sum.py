from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from workbench.engine.scoring.plain_sum import plain_sum
from workbench.engine.scoring.ranking import rank_with_ties
from workbench.errors import InvalidValue


def test_the_printed_totals_of_a_training_handout_are_wrong() -> None:
    points = pd.DataFrame({"U": [5, 4], "S": [4, 5], "G": [4, 3]}, index=["issue 1", "issue 2"])
    found = plain_sum(points)
    assert found.scores.tolist() == [13, 12]
    assert rank_with_ties(found.scores, scale=15).ranks.tolist() == [1, 2]


def test_missing_points_leave_the_sum_missing() -> None:
    found = plain_sum(pd.DataFrame({"U": [5, np.nan], "S": [4, 1]}, index=["a", "b"]))
    assert found.scores.isna().tolist() == [False, True]
    assert found.missing_criteria() == {"b": ("U",)}


def test_the_order_of_columns_changes_no_bit() -> None:
    points = pd.DataFrame(np.random.default_rng(1).random((50, 7)), columns=[*"gfbacde"])
    assert plain_sum(points).scores.equals(plain_sum(points[sorted(points.columns)]).scores)


@pytest.mark.parametrize(
    ("points", "code"),
    [
        (pd.DataFrame({"U": ["high"]}), "not_a_number"),
        (pd.DataFrame({"U": [np.inf]}), "values_not_finite"),
        (pd.DataFrame(index=["a"]), "nothing_to_score"),
        (pd.DataFrame([[1, 2]], columns=["U", "U"]), "duplicate_labels"),
    ],
)
def test_unusable_points_are_refused(points: pd.DataFrame, code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        plain_sum(points)
    assert caught.value.code == code
