"""Every rule of the ceiling through `prioritise`, at costs from a thousand to ten million million rupiah."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from tests import strategies
from tests.money_strategies import priced_sessions
from workbench.domain.rules import CHOICES
from workbench.errors import InvalidInput
from workbench.prioritisation import prioritise
from workbench.prioritisation.funding import SHARES_MONEY

PASSES_OVER = ("rank_skip", "by_value", "best_total")
"""Rules under which what is left cannot pay for anything that waits, but for ties left to the forum."""
LEFT_TO_FORUM = ("tied_at_line", "over_the_line")


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
