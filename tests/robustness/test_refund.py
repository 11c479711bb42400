"""Whatever rule the ceiling follows, a drawn recalculation funds what `prioritise` would fund."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from workbench.domain.conditions import Conditions
from workbench.domain.rules import CHOICES, Rules
from workbench.prioritisation import prioritise
from workbench.robustness import examine
from workbench.robustness.draws import drawn_rooms, moved_weights
from workbench.robustness.recalculation import joint, repeats
from workbench.robustness.refund import DRAWS, EFFORT, FEWEST
from workbench.robustness.replay import replay_of

SEED, DRAWN = 5, 6
RULES = {
    rule: Rules(
        budget_rule=rule, **({"quota": 2, "quota_of": "proposer"} if rule.startswith("quota") else {})
    )
    for rule in CHOICES["budget_rule"]
}


def drawn_outcomes(forum, naive, replay):
    """Run `prioritise` on each draw of the joint source."""
    rooms, weights = drawn_rooms(replay, DRAWN, SEED + 1), moved_weights(replay, DRAWN, SEED)
    people = sorted(forum.session.participants.labels)
    return [
        naive(
            forum,
            weights=dict(zip(replay.criteria, moved, strict=True)),
            counts={person: int(times) for person, times in zip(people, counts, strict=True)},
        )
        for counts, moved in zip(rooms, weights, strict=True)
    ]


@pytest.mark.parametrize("rule", sorted(RULES))
@pytest.mark.parametrize("blanks", [0.0, 0.5])
def test_every_rule_funds_in_a_draw_what_it_would_fund_if_that_were_the_session(
    build, naive, inside, rule, blanks
):
    forum = build(4, rules=RULES[rule], blanks=blanks, people=6)
    replay = replay_of(forum.session, forum.rules, forum.outcome)
    ranked = forum.outcome.table[forum.outcome.table["rank"].notna()]
    assert repeats(replay, ranked["rank"].astype("int64"), ranked["standing"] == "funded")
    found = joint(replay, ranked.index, draws=DRAWN, seed=SEED)
    assert found.funding.draws == DRAWN
    again = [inside(outcome) for outcome in drawn_outcomes(forum, naive, replay)]
    priced = ranked.index[ranked["cost"].notna()]
    expected = {label: float(np.mean([label in funded for funded in again])) for label in priced}
    assert found.funded[priced].to_dict() == pytest.approx(expected)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_what_is_committed_stays_funded_in_every_draw_and_the_rest_is_as_run_again(
    build, naive, inside, rule
):
    plain = build(4, rules=RULES[rule], people=6)
    ranked = plain.outcome.table[plain.outcome.table["rank"].notna() & plain.outcome.table["cost"].notna()]
    bound = str(ranked.index[-1])
    line = {"condition": "Lanjutan", "demand": "committed", "proposals": bound}
    held = replace(plain.session, conditions=Conditions.from_table(pd.DataFrame([line])))
    forum = type(plain)(held, plain.rules)
    replay = replay_of(forum.session, forum.rules, forum.outcome)
    found = joint(replay, ranked.index, draws=DRAWN, seed=SEED)
    again = [inside(outcome) for outcome in drawn_outcomes(forum, naive, replay)]
    assert found.funded[bound] == 1
    expected = {label: float(np.mean([label in funded for funded in again])) for label in ranked.index}
    assert found.funded.to_dict() == pytest.approx(expected)


def test_the_effort_is_bounded_by_counts(build):
    forum = build(2, rules=RULES["best_total"])
    replay = replay_of(forum.session, forum.rules, forum.outcome)
    assert replay.refund.draws(1000) == DRAWS
    large = replace(replay.refund, listed=range(EFFORT // 20))
    assert large.draws(1000) == 20
    assert replace(replay.refund, listed=range(EFFORT)).draws(1000) == FEWEST


def test_rounded_points_draw_no_cards(build):
    forum = build(3, rules=RULES["equal_shares"])
    found = examine(forum.session, forum.rules, forum.outcome, draws=4, seed=1)
    assert found.rounding.funded.isna().all()
    assert found.people.funded.notna().any()
    again = prioritise(forum.session, forum.rules)
    assert examine(forum.session, forum.rules, again, draws=4, seed=1).people.funded.equals(
        found.people.funded
    )
