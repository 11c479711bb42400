"""Rules side by side: totals, groups without any, proposals that survive."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench.engine.allocation.conditions import Count
from workbench.engine.allocation.curve import curve_of_money
from workbench.engine.allocation.price_of_rules import price_of_rules
from workbench.engine.allocation.readings import READINGS, Needs
from workbench.errors import InvalidValue

NEEDS = Needs(
    scores=pd.Series({"a": 9.0, "b": 5.0, "c": 5.5, "d": 1.0}),
    costs=pd.Series({"a": 60, "b": 30, "c": 50, "d": 10}),
    ceiling=100,
    ballots=pd.DataFrame({"a": [1, 1, 0], "b": [0, 1, 0], "c": [1, 0, 0], "d": [0, 0, 1]}),
    groups=pd.DataFrame({"village": ["x", "y", "x", "z"]}, index=list("abcd")),
    conditions=(Count("y", {"village": "y"}, at_most=0),),
)


def test_every_rule_side_by_side():
    made = price_of_rules(NEEDS, list(READINGS))
    assert made.funded["by_rank_stop"] == ("a",)
    assert made.funded["by_rank_skip"] == ("a", "b", "d")
    assert made.table.loc["best_total", "total_score"] == 15.0
    assert made.table["share_of_best"].max() == 1.0
    assert made.without_any["by_rank_stop"]["village"] == ("y", "z")
    assert made.money_shares.loc[("village", "x"), "by_rank_skip"] == 0.6
    assert made.surviving == tuple(
        label for label in "abcd" if all(label in held for held in made.funded.values())
    )
    assert made.readings["a"] == len(READINGS) == made.readings.max()
    assert set(made.contested) == {"b", "d"}
    assert made.table.loc["by_rank_stop", "participants_without_any"] == 1


def test_without_groups_or_ballots_the_figures_are_absent_not_zero():
    bare = Needs(NEEDS.scores, NEEDS.costs, 100)
    made = price_of_rules(bare, ["by_value"])
    assert made.money_shares.empty
    assert made.table["participants_without_any"].isna().all()


def test_the_curve_of_the_next_rupiah():
    curve = curve_of_money(NEEDS, "best_total", 10, 5)
    assert curve.index.tolist() == [100, 110, 120, 130, 140, 150]
    assert curve["total_score"].is_monotonic_increasing
    assert curve.loc[150, "total_score"] == 20.5
    assert curve.loc[150, "left"] == 0
    assert curve["gain"].sum() == pytest.approx(5.5)
    assert curve["enters"].tolist()[0] == ()
    with pytest.raises(InvalidValue, match="step_missing"):
        curve_of_money(NEEDS, "best_total", 0, 5)
