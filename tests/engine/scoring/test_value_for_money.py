from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from workbench.engine.scoring.value_for_money import cost_counted_twice, value_per_rupiah
from workbench.errors import InvalidValue, LabelMismatch


def test_unpriced_free_and_unscored_stand_apart() -> None:
    scores = pd.Series(
        {"road": 80.0, "well": 60.0, "survey": 50.0, "school": 70.0, "bridge": np.nan, "idle": 0.0}
    )
    costs = pd.Series(
        {"well": 50_000_000, "road": 200_000_000, "survey": 0, "school": None, "bridge": 10, "idle": 5},
        dtype="Int64",
    )
    found = value_per_rupiah(scores, costs)
    assert found.per_rupiah.to_dict() == {"road": 80 / 200_000_000, "well": 60 / 50_000_000, "idle": 0.0}
    assert found.ranking.ranks.to_dict() == {"road": 2, "well": 1, "idle": 3}
    assert (found.unpriced, found.without_cost, found.unscored) == (("school",), ("survey",), ("bridge",))


def test_equal_value_is_a_tie_at_any_size() -> None:
    scores = pd.Series({"a": 30.0, "b": 60.0, "c": 60.0})
    costs = pd.Series({"a": 3_000_000_000, "b": 6_000_000_000, "c": 6_000_000_001})
    assert value_per_rupiah(scores, costs).ranking.ties == (("a", "b"),)


def test_nothing_priced_is_an_empty_ranking() -> None:
    found = value_per_rupiah(pd.Series({"a": 3.0}), pd.Series({"a": np.nan}))
    assert found.ranking.ranks.empty


@pytest.mark.parametrize("cost", [-1, 2.5, 1e300])
def test_costs_that_are_not_whole_rupiah_are_refused(cost: float) -> None:
    with pytest.raises(InvalidValue) as caught:
        value_per_rupiah(pd.Series({"a": 1.0, "b": 1.0}), pd.Series({"a": 5.0, "b": cost}))
    assert caught.value.code == "costs_not_whole_rupiah"
    assert caught.value.facts["proposals"] == ("b",)


def test_negative_scores_and_other_proposals_are_refused() -> None:
    with pytest.raises(InvalidValue, match="scores_negative"):
        value_per_rupiah(pd.Series({"a": -1.0}), pd.Series({"a": 5}))
    with pytest.raises(LabelMismatch):
        value_per_rupiah(pd.Series({"a": 1.0}), pd.Series({"b": 5}))


def test_cost_is_counted_twice_only_with_weight_and_a_ceiling() -> None:
    weights = pd.Series({"urgency": 0.443, "cost": 0.076, "dear": 0.0})
    found = cost_counted_twice(weights, ["cost", "dear"], under_a_ceiling=True)
    assert found.cost_counted_twice
    assert found.criteria == ("cost",)
    assert found.weight == pytest.approx(0.076 / 0.519)
    assert not cost_counted_twice(weights, ["cost"], under_a_ceiling=False).cost_counted_twice
    assert not cost_counted_twice(weights, ["dear"], under_a_ceiling=True).cost_counted_twice
    with pytest.raises(LabelMismatch):
        cost_counted_twice(weights, ["price"], under_a_ceiling=True)
