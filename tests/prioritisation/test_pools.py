"""Pools apart: each its own ranking and its own money; nothing changes where pools are together."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import DISTRICT, Tables, rules, tables
from workbench.domain.rules import Rules
from workbench.errors import InvalidInput
from workbench.prioritisation import pool_sessions, prioritise, prioritise_pools
from workbench.prioritisation.pools import WHOLE

POOLS = ("Fisik", "Nonfisik", "")


def with_pools(forum: Tables, pools: list[str], budget: list[dict] | None = None) -> Tables:
    """Return the tables with a pool for each proposal and, where given, other budget lines."""
    proposals = forum.proposals.assign(pool=pd.Series(pools, index=forum.proposals.index, dtype="str"))
    lines = forum.budget if budget is None else pd.DataFrame(budget)
    return replace(forum, proposals=proposals, budget=lines)


@st.composite
def pooled(draw) -> Tables:
    forum = draw(tables(least=1))
    pools = [draw(st.sampled_from(POOLS)) for _ in range(len(forum.proposals))]
    amounts = st.integers(0, 2 * 10**9)
    lines = [
        {"region": DISTRICT, "kind": kind, "amount": draw(amounts), "pool": pool}
        for pool in POOLS
        for kind in ("ceiling", "earmark")
        if draw(st.booleans())
    ]
    return with_pools(forum, pools, lines or [{"region": "", "kind": "at_most", "amount": 1, "pool": ""}])


@given(pooled(), rules())
def test_together_is_the_one_calculation(forum, choice):
    session = forum.session()
    found = prioritise_pools(session, choice)
    assert tuple(found.outcomes) == (WHOLE,)
    assert found.outcomes[WHOLE].table.equals(prioritise(session, choice).table)
    assert not found.apart


@given(pooled(), rules())
def test_apart_every_proposal_stands_in_its_own_pool_once(forum, choice):
    session = forum.session()
    found = prioritise_pools(session, replace(choice, pools="apart"))
    stood = [label for outcome in found.outcomes.values() for label in outcome.table.index]
    assert sorted(stood) == sorted(session.proposals.labels)
    for pool, outcome in found.outcomes.items():
        own = session.proposals.frame["pool"][outcome.table.index]
        assert set(own) <= {pool} or tuple(found.outcomes) == (WHOLE,)


@given(pooled(), rules())
def test_no_pool_spends_another_s_money(forum, choice):
    session = forum.session()
    apart = replace(choice, pools="apart")
    found = prioritise_pools(session, apart)
    if tuple(found.outcomes) == (WHOLE,):
        return
    frame = session.budget.frame
    for pool, outcome in found.outcomes.items():
        own = frame[(frame["pool"] == pool) & (frame["kind"] == "ceiling")]["amount"]
        assert outcome.ceiling == (int(own.sum()) if pool and len(own) else None)
        assert outcome.spent <= (outcome.ceiling or 0)
    common = frame[(frame["pool"] == "") & (frame["kind"] == "ceiling")]["amount"]
    assert found.common_ceiling == (int(common.sum()) if len(common) else None)


@given(pooled(), rules())
def test_scores_are_the_same_together_and_apart(forum, choice):
    """Anchors are fixed and weights belong to the whole session: a pool moves ranks, never scores."""
    session = forum.session()
    together = prioritise(session, choice).table["score"]
    for outcome in prioritise_pools(session, replace(choice, pools="apart")).outcomes.values():
        pd.testing.assert_series_equal(outcome.table["score"], together[outcome.table.index], atol=1e-9)


def two_pools() -> Tables:
    labels = ["jalan", "jembatan", "posyandu"]
    points = {"jalan": 5.0, "jembatan": 4.0, "posyandu": 3.0}
    forum = Tables(
        proposals=pd.DataFrame(
            {"proposal": labels, "activity": labels, "region": DISTRICT,
             "cost": pd.array([90, 80, 20], dtype="Int64")}
        ),
        criteria=pd.DataFrame(
            {"criterion": ["K1"], "name": ["K1"], "weight": [1.0], "scale_min": 1.0, "scale_max": 5.0}
        ),
        points=pd.DataFrame(),
        participants=pd.DataFrame({"participant": ["1"]}),
        ballots=pd.DataFrame(
            [(1, "1", label, "K1", value) for label, value in points.items()],
            columns=["round", "participant", "proposal", "criterion", "points"],
        ),
        judgements=pd.DataFrame(),
        gates=pd.DataFrame(),
        budget=pd.DataFrame(),
    )  # fmt: skip
    lines = [
        {"region": DISTRICT, "kind": "ceiling", "amount": 100, "pool": "Fisik"},
        {"region": DISTRICT, "kind": "ceiling", "amount": 20, "pool": "Nonfisik"},
        {"region": DISTRICT, "kind": "earmark", "amount": 7, "pool": ""},
    ]
    return with_pools(forum, ["Fisik", "Fisik", "Nonfisik"], lines)


def test_the_social_proposal_does_not_lose_against_roads():
    session = two_pools().session()
    together = prioritise(session, Rules())
    assert together.table["standing"]["posyandu"] != "funded"
    apart = prioritise_pools(session, Rules(pools="apart"))
    assert apart.outcomes["Nonfisik"].table["standing"]["posyandu"] == "funded"
    assert apart.outcomes["Fisik"].table["rank"].to_dict() == {"jalan": 1, "jembatan": 2}
    assert (apart.common_ceiling, apart.common_earmarked) == (None, 7)


def test_a_mixed_list_is_refused_where_pools_are_apart():
    with pytest.raises(InvalidInput) as raised:
        prioritise(two_pools().session(), Rules(pools="apart"))
    assert raised.value.problems[0].code == "pools_mixed"


def test_a_pool_with_money_but_no_proposals_is_shown():
    forum = two_pools()
    lines = [{"region": DISTRICT, "kind": "ceiling", "amount": 5, "pool": "Perempuan"}]
    session = replace(forum, budget=pd.DataFrame(lines)).session()
    outcomes = prioritise_pools(session, Rules(pools="apart")).outcomes
    assert tuple(outcomes) == ("Fisik", "Nonfisik", "Perempuan")
    assert (len(outcomes["Perempuan"].table), outcomes["Perempuan"].left) == (0, 5)


def test_cards_and_conditions_follow_their_proposals():
    parts = pool_sessions(two_pools().session(), Rules(pools="apart"))
    assert set(parts["Fisik"].ballots.frame["proposal"]) == {"jalan", "jembatan"}
    assert parts["Nonfisik"].budget.ceiling() == 20


def test_unfiled_lines_are_nobody_s():
    forum = two_pools()
    budget = [{"region": DISTRICT, "kind": "ceiling", "amount": 500, "pool": ""}]
    session = with_pools(forum, ["Fisik", "", "Nonfisik"], budget).session()
    found = prioritise_pools(session, Rules(pools="apart"))
    assert {pool: outcome.ceiling for pool, outcome in found.outcomes.items()} == dict.fromkeys(POOLS)
    assert found.common_ceiling == 500
