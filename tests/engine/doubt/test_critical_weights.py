from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.doubt.critical_weights import critical_weights
from workbench.errors import InvalidValue, LabelMismatch

TABLE = pd.DataFrame(
    [
        [0.3088, 0.2897, 0.3867, 0.1922],
        [0.2163, 0.3458, 0.1755, 0.6288],
        [0.4509, 0.2473, 0.1194, 0.0575],
        [0.0240, 0.1170, 0.3184, 0.1215],
    ],
    index=["A1", "A2", "A3", "A4"],
    columns=["C1", "C2", "C3", "C4"],
)
WEIGHTS = pd.Series([0.3277, 0.3058, 0.2876, 0.0790], index=TABLE.columns)


def test_the_example_of_triantaphyllou_and_sanchez() -> None:
    found = critical_weights(TABLE, WEIGHTS)
    assert found.preferences.tolist() == pytest.approx([0.3162, 0.2768, 0.2621, 0.1449], abs=2e-4)
    assert found.changes.loc[("A2", "A3")].tolist() == pytest.approx(
        [-0.0618, 0.1473, 0.2586, 0.0254], abs=1e-4
    )
    # The article's tables: C1 is the most critical criterion for any pair, C3 for the first rank.
    assert found.critical_any == "C1"
    assert found.critical_top == "C3"
    assert found.degrees["C1"] == pytest.approx(18.87, abs=0.05)
    assert found.degrees["C3"] == pytest.approx(64.85, abs=0.1)


@given(st.integers(0, 10**6))
def test_each_change_ties_its_pair_and_none_is_missed(seed: int) -> None:
    random = np.random.default_rng(seed)
    table = pd.DataFrame(random.integers(0, 6, (5, 3)) / 5, index=[*"abcde"], columns=[*"xyz"])
    weights = pd.Series([1.0, *random.integers(0, 4, 2)], index=table.columns)
    for (first, second), row in critical_weights(table, weights).changes.iterrows():
        for criterion, change in row.items():
            gain = table.loc[second, criterion] - table.loc[first, criterion]
            gap = float(((table.loc[second] - table.loc[first]) * weights).sum())
            if np.isnan(change):
                assert gain == 0 or gap / gain > weights[criterion]
            else:
                moved = weights.copy()
                moved[criterion] -= change
                assert moved[criterion] >= -1e-9
                difference = ((table.loc[first] - table.loc[second]) * moved).sum()
                assert difference == pytest.approx(0, abs=1e-9)


def test_nothing_can_tie_dominated_or_single_proposals() -> None:
    alone = critical_weights(TABLE.iloc[:1], WEIGHTS)
    assert alone.changes.empty
    assert alone.critical_any is None
    assert alone.critical_top is None
    assert alone.degrees.isna().all()


def test_unusable_tables_are_refused() -> None:
    with pytest.raises(InvalidValue) as caught:
        critical_weights(TABLE.replace(0.1755, np.nan), WEIGHTS)
    assert caught.value.facts["cells"] == (("A2", "C3"),)
    with pytest.raises(InvalidValue, match="not_a_number"):
        critical_weights(TABLE.astype(str) + "!", WEIGHTS)
    with pytest.raises(LabelMismatch):
        critical_weights(TABLE, WEIGHTS.rename({"C1": "C9"}))
