"""Every rule of the ceiling through `prioritise`, at costs from a thousand to ten million million rupiah."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests import strategies
from workbench.domain.budget import Budget
from workbench.domain.proposals import Proposals
from workbench.domain.rules import CHOICES
from workbench.errors import InvalidInput
from workbench.prioritisation import prioritise
from workbench.prioritisation.funding import SHARES_MONEY

PASSES_OVER = ("rank_skip", "by_value", "best_total")
"""Rules under which what is left cannot pay for anything that waits, but for ties left to the forum."""
LEFT_TO_FORUM = ("tied_at_line", "over_the_line")


@st.composite
def priced_sessions(draw):
    """Draw a session in which everything has a price, and a ceiling near sums of prices."""
    session = draw(strategies.tables(least=1, most=6)).session()
    frame = session.proposals.frame
    magnitude = draw(st.sampled_from([10**3, 10**6, 10**9, 10**13]))
    costs = [draw(st.integers(1, 9)) * magnitude + draw(st.integers(-3, 3)) for _ in range(len(frame))]
    ceiling = max(sum(costs[: draw(st.integers(0, len(costs)))]) + draw(st.integers(-2, 2)), 0)
    line = {"region": str(frame["region"].iloc[0]), "amount": ceiling, "kind": "ceiling"}
    priced = frame.assign(cost=pd.array(costs, dtype="Int64"))
    return replace(
        session,
        proposals=Proposals(priced),
        budget=Budget.from_table(pd.DataFrame([line])),
    )


@pytest.mark.parametrize("rule", CHOICES["budget_rule"])
@settings(max_examples=10)
@given(session=priced_sessions(), rules=strategies.rules())
def test_no_rupiah_is_overspent_and_none_is_left_that_a_rule_promises_to_use(rule, session, rules):
    rules = replace(rules, budget_rule=rule, quota=1)
    try:
        outcome = prioritise(session, rules)
    except InvalidInput:
        assume(rule not in SHARES_MONEY)  # nobody's card is complete
        raise
    lines = outcome.table[outcome.table["rank"].notna()]
    funded = lines["standing"] == "funded"
    spent = sum(int(cost) for cost in lines.loc[funded, "cost"])
    assert spent == outcome.spent <= outcome.room
    waiting = lines[~funded]
    if rule in PASSES_OVER and not waiting["standing"].isin(LEFT_TO_FORUM).any():
        worth = waiting if rule != "best_total" else waiting[waiting["score"] > 0]
        assert (worth["cost"].astype("int64") > outcome.room - spent).all()
    if rule == "best_total" and outcome.proof:
        line = session.budget.frame.assign(amount=session.budget.frame["amount"] + 1)
        richer = prioritise(replace(session, budget=replace(session.budget, frame=line)), rules)
        assert richer.proof.total_score >= outcome.proof.total_score
