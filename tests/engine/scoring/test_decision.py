from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.domain.criteria import Direction
from workbench.engine.scoring.decision import decision, ratio


def test_results_come_back_in_the_order_of_the_table() -> None:
    table = pd.DataFrame({"y": [3.0, 1.0], "x": [30.0, 10.0]}, index=["b", "a"])
    checked = decision(table, pd.Series({"x": 3, "y": 1}), pd.Series({"x": Direction.LOWER, "y": "higher"}))
    assert checked.cells.tolist() == [[10.0, 1.0], [30.0, 3.0]]
    assert checked.shares.tolist() == [0.75, 0.25]
    assert checked.higher.tolist() == [False, True]
    assert checked.by_proposal(np.array([1.0, 2.0]), "n").to_dict() == {"b": 2.0, "a": 1.0}
    assert checked.by_criterion(checked.shares, "n").to_dict() == {"y": 0.25, "x": 0.75}
    assert checked.by_both(checked.cells).equals(table)


def test_ratio_states_the_value_where_nothing_can_be_divided() -> None:
    assert ratio(np.array([1.0, 2.0]), np.array([0.5, 1e-13]), 7.0, above=1e-12).tolist() == [2.0, 7.0]
