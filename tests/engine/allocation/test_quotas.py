"""Quotas per village and a line per village."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench.engine.allocation.quotas import fund_by_rank_per_group, fund_by_rank_within_quotas
from workbench.errors import InvalidValue, LabelMismatch

RANKS = pd.Series({"a": 1, "b": 2, "c": 3, "d": 3, "e": 5})
COSTS = pd.Series({"a": 10, "b": 10, "c": 10, "d": 10, "e": 10})
VILLAGE = pd.Series({"a": "x", "b": "x", "c": "x", "d": "x", "e": "y"})


def test_the_best_of_each_village_are_listed_and_the_rest_is_named():
    made = fund_by_rank_within_quotas(RANKS, COSTS, 30, VILLAGE, {"x": 2, "y": 1})
    assert made.listed.funded == ("a", "b", "e")
    assert made.over_quota == ("c", "d")
    assert made.tied_at_quota == ()


def test_a_tie_at_the_end_of_a_quota_is_left_to_the_forum():
    made = fund_by_rank_within_quotas(RANKS, COSTS, 50, VILLAGE, {"x": 3, "y": 0})
    assert made.tied_at_quota == ("c", "d")
    assert made.over_quota == ("e",)
    assert made.listed.order == ("a", "b")


def test_each_village_has_its_own_line():
    made = fund_by_rank_per_group(RANKS, COSTS, {"x": 25, "y": 9}, VILLAGE)
    assert made["x"].funded == ("a", "b")
    assert made["x"].left == 5
    assert made["y"].funded == ()


def test_bad_input_is_named():
    with pytest.raises(LabelMismatch):
        fund_by_rank_within_quotas(RANKS, COSTS, 30, VILLAGE, {"x": 2})
    with pytest.raises(InvalidValue, match="quota_not_whole"):
        fund_by_rank_within_quotas(RANKS, COSTS, 30, VILLAGE, {"x": 2, "y": -1})
    with pytest.raises(InvalidValue, match="group_missing"):
        fund_by_rank_per_group(RANKS, COSTS, {"x": 1, "y": 1}, VILLAGE.where(VILLAGE != "y"))
