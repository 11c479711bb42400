"""The forum's list keeps both truths apart: what was computed, and what was decided."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deliberation.rooms import tables
from tests.strategies import tables as any_tables
from workbench.deliberation import Status, decided_list
from workbench.domain.resolution import Decision, Resolution
from workbench.domain.rules import Rules
from workbench.errors import InvalidInput
from workbench.prioritisation import prioritise


def room(points=(5, 4, 3, 2, 1), *, costs=None, ceiling=250):
    lines = [
        ("1", f"U-{n}", criterion, float(given))
        for n, given in enumerate(points, 1)
        for criterion in ("K1", "K2")
    ]
    cards = pd.DataFrame(lines, columns=["participant", "proposal", "criterion", "points"])
    return tables(cards, pd.DataFrame({"participant": ["1"]}), costs=costs, ceiling=ceiling).session()


def decided(session, *entries, rules=None):
    outcome = prioritise(session, rules or Rules(ties=()))
    resolution = Resolution.empty()
    for label, options in entries:
        resolution = resolution.decided(label, "alasan", session.proposals, **options)
    return decided_list(outcome, resolution)


def test_without_decisions_the_computed_outcome_stands():
    session = room()
    outcome = prioritise(session, Rules())
    found = decided_list(outcome, None)
    assert found.table["rank"].tolist() == outcome.table["rank"].tolist() == [1, 2, 3, 4, 5]
    assert found.with_status(Status.FUNDED).index.tolist() == ["U-1", "U-2"]
    assert (found.spent, found.left, found.over) == (outcome.spent, 50, 0)
    assert not found.table["overridden"].any()


def test_a_decided_place_moves_the_others_along_and_funds_nothing_by_itself():
    found = decided(room(), ("U-5", {"rank": 1}))
    assert found.table.index.tolist() == ["U-5", "U-1", "U-2", "U-3", "U-4"]
    assert found.table["rank"].tolist() == [1, 2, 3, 4, 5]
    assert found.table["status"]["U-5"] == Status.NOT_FUNDED
    assert found.rank_alone == ("U-5",)
    assert found.table["computed_rank"]["U-5"] == 5


def test_a_list_above_the_ceiling_is_told_with_its_excess():
    found = decided(room(), ("U-5", {"decision": Decision.FUNDED}), ("U-1", {"rank": 2}))
    assert (found.spent, found.left, found.over) == (300, -50, 50)
    assert found.table["running_total"].dropna().tolist() == [100, 200, 300]
    swapped = decided(
        room(), ("U-5", {"decision": Decision.FUNDED}), ("U-2", {"decision": Decision.NOT_FUNDED})
    )
    assert (swapped.spent, swapped.over) == (200, 0)


def test_what_the_forum_has_to_settle_is_named():
    tied = decided(room((5, 4, 3, 3, 1), ceiling=300))
    assert tied.undecided == ("U-3", "U-4")
    settled = decided(
        room((5, 4, 3, 3, 1), ceiling=300),
        ("U-3", {"decision": Decision.FUNDED}),
        ("U-4", {"decision": Decision.NOT_FUNDED}),
    )
    assert settled.undecided == ()
    costs = {"U-1": 100, "U-2": 100, "U-3": None, "U-4": 100, "U-5": 100}
    unpriced = decided(room(costs=costs), ("U-3", {"decision": Decision.FUNDED, "rank": 9}))
    assert unpriced.unpriced == ("U-3",)
    assert unpriced.beyond == ("U-3",)


def test_several_on_one_place_take_the_places_behind_it():
    found = decided(room(), ("U-4", {"rank": 1}), ("U-5", {"rank": 1}))
    assert found.table["rank"].to_dict() == {"U-4": 1, "U-5": 1, "U-1": 3, "U-2": 4, "U-3": 5}


@settings(max_examples=10)
@given(any_tables(), st.data())
def test_every_proposal_stands_once_and_the_money_adds_up(drawn, data):
    session = drawn.session()
    rules = Rules(ties=("lower_cost",))
    try:
        outcome = prioritise(session, rules)
    except InvalidInput:
        return
    labels = outcome.table.index.tolist()
    resolution = Resolution.empty()
    for label in data.draw(st.lists(st.sampled_from(labels), unique=True)) if labels else []:
        rank = data.draw(st.one_of(st.none(), st.integers(1, len(labels) + 2)))
        decision = data.draw(st.sampled_from([*Decision, None] if rank else [*Decision]))
        resolution = resolution.decided(label, "alasan", session.proposals, rank=rank, decision=decision)
    found = decided_list(outcome, resolution)
    assert sorted(found.table.index) == sorted(labels)
    funded = found.with_status(Status.FUNDED)
    assert found.spent == int(funded["cost"].fillna(0).sum())
    assert (
        found.table["computed_rank"].dropna().sort_index().equals(outcome.table["rank"].dropna().sort_index())
    )
    places = found.table["rank"].dropna().to_list()
    assert places == sorted(places)
    untouched = found.table[~found.table["overridden"] & found.table["rank"].notna()]
    by_rank, by_computed = untouched["rank"].to_list(), untouched["computed_rank"].to_list()
    assert [a <= b for a, b in itertools.pairwise(by_rank)] == [
        a <= b for a, b in itertools.pairwise(by_computed)
    ]
    for label, line in resolution.frame.iterrows():
        if line["decision"]:
            assert found.table["status"][label] == line["decision"]
        if pd.notna(line["decided_rank"]):
            assert found.table["rank"][label] == line["decided_rank"]


def test_lists_without_a_ceiling_fund_only_what_the_forum_says():
    found = decided(room(ceiling=None), ("U-2", {"decision": Decision.FUNDED}))
    assert found.table["status"].value_counts().to_dict() == {Status.RANKED: 4, Status.FUNDED: 1}
    assert found.left is None
    assert found.over == 0


@pytest.mark.parametrize("label", ["U-1", "U-5"])
def test_decisions_about_other_lists_do_not_count(label):
    session = room()
    other = Resolution.empty().decided(label, "x", session.proposals, decision=Decision.FUNDED)
    outcome = prioritise(session, Rules())
    elsewhere = Resolution(other.frame.rename(index={label: "U-99"}), other.steps)
    assert decided_list(outcome, elsewhere).table.equals(decided_list(outcome, None).table)
