from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tests.prioritisation.fixed_forums import fixed
from tests.strategies import DISTRICT
from workbench.domain.rules import Rules
from workbench.prioritisation import prioritise

TIED = {"a": {"K1": 4.0}, "b": {"K1": 4.0}, "c": {"K1": 2.0}}


def test_stop_and_skip_are_two_rules():
    points = {"a": {"K1": 5.0}, "b": {"K1": 4.0}, "c": {"K1": 3.0}}
    forum = fixed(points, cost={"a": 60, "b": 50, "c": 30}, ceiling=100)
    stop = prioritise(forum.session(), Rules(budget_rule="rank_stop"))
    skip = prioritise(forum.session(), Rules(budget_rule="rank_skip"))
    assert stop.table["standing"].tolist() == ["funded", "over_the_line", "over_the_line"]
    assert skip.table["standing"].tolist() == ["funded", "does_not_fit", "funded"]
    assert (stop.left, skip.left) == (40, 10)
    assert stop.reasons["b"].facts["shortfall"] == 10
    assert stop.reasons["c"].facts["shortfall"] == 40
    assert skip.reasons["b"].facts["shortfall"] == 10


def test_a_tie_at_the_line_is_decided_by_nobody():
    forum = fixed(TIED, cost={"a": 60, "b": 60, "c": 10}, ceiling=100)
    for rule in ("rank_stop", "rank_skip"):
        outcome = prioritise(forum.session(), Rules(ties=(), budget_rule=rule))
        assert outcome.table["standing"].tolist() == ["tied_at_line", "tied_at_line", "over_the_line"]
        assert outcome.table["rank"].tolist() == [1, 1, 3]
        assert outcome.table["shared"].tolist() == [2, 2, 1]
        assert outcome.spent == 0


def test_a_declared_key_parts_a_tie_and_is_named():
    forum = fixed(TIED, cost={"a": 60, "b": 50, "c": 10}, ceiling=100)
    outcome = prioritise(forum.session(), Rules(ties=("lower_cost",)))
    assert outcome.table["rank"].to_dict() == {"b": 1, "a": 2, "c": 3}
    assert outcome.table.loc["a", "decided_by"] == ("lower_cost",)
    assert outcome.reasons["b"].facts["decided_by"] == ("lower_cost",)
    assert outcome.table.loc["c", "decided_by"] == ()


@pytest.mark.parametrize(
    ("key", "column", "values"),
    [
        ("poor_households", "poor_households", [3, 9, 0]),
        ("womens_proposal", "womens_proposal", [False, True, False]),
        ("self_help", "self_help", [5, 10**9, 0]),
    ],
)
def test_each_key_reads_its_column(key, column, values):
    forum = fixed(TIED)
    forum = replace(forum, proposals=forum.proposals.assign(**{column: values}))
    assert prioritise(forum.session(), Rules(ties=(key,))).table["rank"].to_dict() == {"b": 1, "a": 2, "c": 3}
    blank = replace(forum, proposals=forum.proposals.assign(**{column: [None, values[1], None]}))
    assert prioritise(blank.session(), Rules(ties=(key,))).table["rank"].to_dict() == {"a": 1, "b": 1, "c": 3}


def test_the_heaviest_criterion_parts_and_equal_weights_count_together():
    points = {"a": {"K1": 2.0, "K2": 4.0, "K3": 3.0}, "b": {"K1": 4.0, "K2": 2.0, "K3": 3.0}}
    even = fixed(points, weights={"K1": 1.0, "K2": 1.0, "K3": 1.0})
    assert prioritise(even.session(), Rules()).table["rank"].tolist() == [1, 1]
    # 0.1 + 0.2 is not 0.3 for the computer, but a forum that says so means equal weights
    nearly = fixed(points, weights={"K1": 0.1 + 0.2, "K2": 0.3, "K3": 0.1})
    assert prioritise(nearly.session(), Rules()).table["rank"].tolist() == [1, 1]
    points["a"]["K3"], points["b"]["K3"] = 5.0, 2.0
    parted = fixed(points, weights={"K1": 3.0, "K2": 3.0, "K3": 0.0})
    assert prioritise(parted.session(), Rules()).table["rank"].tolist() == [1, 1]


def test_the_lot_goes_where_it_is_declared():
    first = prioritise(
        fixed(TIED, cost={"a": 2, "b": 1}).session(), Rules(ties=("lot", "lower_cost"), lot_seed=1)
    )
    last = prioritise(
        fixed(TIED, cost={"a": 2, "b": 1}).session(), Rules(ties=("lower_cost", "lot"), lot_seed=1)
    )
    assert first.table.loc["a", "decided_by"] == ("lot",)
    assert last.table.loc["a", "decided_by"] == ("lower_cost",)
    assert first.tie_breaks.seeds == {"lot": 1}


def test_earmarks_above_the_ceiling_leave_no_room():
    forum = fixed(TIED, cost={"a": 1, "b": 0, "c": 5}, ceiling=100)
    more = pd.concat([forum.budget, pd.DataFrame([{"region": DISTRICT, "kind": "earmark", "amount": 130}])])
    outcome = prioritise(replace(forum, budget=more).session(), Rules())
    assert (outcome.ceiling, outcome.earmarked, outcome.room, outcome.spent, outcome.left) == (
        100,
        130,
        -30,
        0,
        0,
    )
    assert outcome.table["standing"].to_dict() == {"a": "over_the_line", "b": "funded", "c": "over_the_line"}


def test_unpriced_keeps_its_rank_and_neither_blocks_nor_uses_the_line():
    forum = fixed(TIED, cost={"b": 10, "c": 10}, ceiling=20)
    outcome = prioritise(forum.session(), Rules(ties=()))
    assert outcome.table["standing"].to_dict() == {"a": "unpriced", "b": "funded", "c": "funded"}
    assert "cost" not in outcome.reasons["a"].facts


def test_budget_lines_that_no_walk_applies_are_named():
    lines = [
        {"region": DISTRICT, "kind": "ceiling", "agency": "Dinas PUPR", "amount": 5},
        {"region": "", "kind": "at_most", "amount": 5},
    ]
    outcome = prioritise(fixed(TIED, budget=pd.DataFrame(lines)).session(), Rules())
    assert outcome.unenforced == ("finer_ceiling", "shares")
    assert prioritise(fixed(TIED).session(), Rules()).unenforced == ()
