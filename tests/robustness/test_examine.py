"""The examination as a whole: it changes nothing, repeats itself, and has an answer for every forum."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace

import numpy as np
import pandas as pd
import pytest

from workbench.domain.ballots import Ballots, Gates
from workbench.domain.participants import Participants
from workbench.domain.proposals import Proposals
from workbench.domain.rules import Rules
from workbench.engine.scoring.reversal_risk import reversal_risk
from workbench.prioritisation import prioritise
from workbench.robustness import examine, stability_of
from workbench.robustness.opinions import FIXED_ANCHORS, METHODS
from workbench.robustness.reversal_rates import (
    CRITERIA,
    DRAWS,
    ORDER_CHANGES,
    PROPOSALS,
    SEED,
    WINNER_CHANGES,
)


def told(value: object) -> str:
    """Return everything a value says, in full precision."""
    if is_dataclass(value):
        return "; ".join(f"{entry.name}: {told(getattr(value, entry.name))}" for entry in fields(value))
    if isinstance(value, pd.DataFrame | pd.Series):
        return value.to_csv(float_format="%.17g")
    return repr(dict(value)) if hasattr(value, "items") else repr(value)


def examined(forum, **changed):
    return examine(forum.session, forum.rules, forum.outcome, **({"draws": 60, "seed": 7} | changed))


def test_nothing_changes_the_outcome_and_equal_seeds_give_equal_bytes(build):
    forum = build(1)
    outcome = forum.outcome
    before = told(outcome)
    first = examine(forum.session, forum.rules, outcome, draws=60, seed=7)
    assert told(outcome) == before
    assert told(examined(forum)) == told(first)
    assert told(examined(forum, seed=8)) != told(first)


def test_the_order_of_rows_and_people_says_nothing(build):
    forum = build(2)
    session = forum.session
    turned = replace(
        session,
        proposals=Proposals(session.proposals.frame.iloc[::-1]),
        participants=Participants(session.participants.frame.iloc[::-1]),
        ballots=Ballots(session.ballots.frame.sample(frac=1, random_state=1).reset_index(drop=True)),
        criteria=replace(session.criteria, frame=session.criteria.frame.iloc[::-1]),
    )
    again = examine(turned, forum.rules, prioritise(turned, forum.rules), draws=60, seed=7)
    for one, other in zip(parts(examined(forum)), parts(again), strict=True):
        assert one == other


def parts(found):
    for source in (found.weights, found.people, found.rounding, found.joint):
        yield told(source)
    yield told(found.moves)
    yield told(found.certificates)
    yield told(found.stability.flips.reset_index(drop=True))


def test_sources_stand_apart_with_their_seeds(build):
    found = examined(build(1), seed=100)
    assert dict(found.weights.seeds) == {"weights": 100}
    assert dict(found.people.seeds) == {"people": 101}
    assert dict(found.rounding.seeds) == {"rounding": 102}
    assert dict(found.joint.seeds) == {"weights": 103, "people": 104}
    assert found.weights.people == 0
    assert found.people.people == 6


def test_those_that_cannot_be_ranked_stand_apart(build):
    forum = build(1)
    gates = pd.DataFrame({"proposal": ["U-03"], "gate": ["lahan"], "passed": [False], "note": [""]})
    frame = forum.session.ballots.frame
    blank = frame["points"].mask((frame["proposal"] == "U-04") & (frame["criterion"] == "K2"))
    session = replace(
        forum.session,
        gates=Gates(gates.astype({"passed": "boolean"})),
        ballots=Ballots(frame.assign(points=blank)),
    )
    found = examine(session, forum.rules, prioritise(session, forum.rules), draws=20, seed=1)
    assert dict(found.apart) == {"gate_failed": ("U-03",), "not_scored": ("U-04",)}
    for source in (found.weights, found.people, found.rounding, found.joint):
        assert not {"U-03", "U-04"} & set(source.ranks.index)
    assert not {"U-03", "U-04"} & set(found.moves.table.index)


def test_methods_are_compared_under_the_same_ceiling(build, inside):
    forum = build(1, blanks=0.0)
    found = examined(forum).opinions
    assert [opinion.method for opinion in found.others] == [
        name for name in METHODS if name != "weighted_sum"
    ]
    today = inside(forum.outcome)
    assert set(found.certain) <= today <= set(found.certain) | set(found.disputed)
    for opinion in found.others:
        assert set(opinion.chosen) <= set(found.certain) | set(found.disputed)
        assert (opinion.order_reversal == 0) == (opinion.method in FIXED_ANCHORS)
    product = next(opinion for opinion in found.others if opinion.method == "weighted_product")
    again = prioritise(forum.session, replace(forum.rules, scoring="weighted_product"))
    assert set(product.chosen) == inside(again)


def test_a_sum_of_points_on_two_scales_is_no_opinion(build):
    forum = build(1)
    frame = forum.session.criteria.frame
    wide = frame.assign(scale_max=[10.0, 5.0, 5.0])
    session = replace(forum.session, criteria=replace(forum.session.criteria, frame=wide))
    found = examine(session, forum.rules, prioritise(session, forum.rules), draws=5, seed=1).opinions
    assert found.left_out == ("plain_sum",)


def test_copies_and_removals_reorder_nothing_by_the_methods_in_force(build):
    for scoring in FIXED_ANCHORS:
        assert examined(build(1, rules=Rules(scoring=scoring)), draws=2).removal.stable


@pytest.mark.parametrize("method", sorted(WINNER_CHANGES))
def test_the_stated_reversal_rates_are_those_that_are_measured(method):
    risk = reversal_risk(method, proposals=PROPOSALS, criteria=CRITERIA, draws=DRAWS, seed=SEED)
    assert (risk.winner_changes, risk.order_changes) == (WINNER_CHANGES[method], ORDER_CHANGES[method])


def test_cost_that_counts_twice_is_flagged(build):
    forum = build(1)
    assert not examined(forum, draws=2).value.cost.cost_counted_twice
    frame = forum.session.criteria.frame.copy()
    frame.loc["K3", ["measure", "column", "scale_max", "direction"]] = ["number", "cost", 4e8, "lower"]
    cards = forum.session.ballots.frame
    session = replace(
        forum.session,
        criteria=replace(forum.session.criteria, frame=frame),
        ballots=Ballots(cards[cards["criterion"] != "K3"]),
    )
    cost = examine(session, forum.rules, prioritise(session, forum.rules), draws=2, seed=1).value.cost
    assert cost.cost_counted_twice
    assert cost.criteria == ("K3",)
    assert cost.weight == pytest.approx(1 / 6)


DEGENERATE = {
    "nobody answered": {"people": 0},
    "one person": {"people": 1, "blanks": 0.0},
    "one proposal": {"proposals": 1},
    "no proposal": {"proposals": 0},
    "one criterion": {"criteria": 1},
    "no ceiling": {"ceiling": None},
    "no room": {"ceiling": 0},
    "room for everything": {"ceiling": 10**11},
    "all alike": {"blanks": 0.0, "high": 1e9},
}


@pytest.mark.parametrize("rule", ["rank_stop", "rank_skip"])
@pytest.mark.parametrize("case", DEGENERATE, ids=str)
def test_every_forum_has_an_answer(build, case, rule):
    forum = build(1, rules=Rules(budget_rule=rule), **DEGENERATE[case])
    if case == "all alike":
        forum.session.ballots.frame["points"] = 3.0
    found = examined(forum, draws=10)
    assert found.repeated
    assert (found.people is None) == (case in ("nobody answered", "one person", "no proposal"))
    assert (found.weights is None) == (case in ("nobody answered", "one criterion", "no proposal"))
    if case == "no ceiling":
        assert found.people.funded is None
        assert found.opinions.top == 10
    if case in ("no room", "room for everything"):
        share = 0.0 if case == "no room" else 1.0
        assert set(found.joint.funded.dropna()) <= {share, 0.0}
        assert found.stability.certificate("funded") is None
    if case == "all alike":
        assert found.people.groups == (tuple(forum.ranking()),)
        assert np.isnan(found.moves.table["gap"]).all()


def test_rules_that_are_not_recalculated_give_no_share(build):
    forum = build(1)
    outcome = forum.outcome
    other = replace(
        outcome, table=outcome.table.assign(rank=outcome.table["rank"].max() + 1 - outcome.table["rank"])
    )
    found = examine(forum.session, forum.rules, other, draws=5, seed=1)
    assert not found.repeated
    assert found.joint is None
    assert found.moves is None
    assert stability_of(forum.session, forum.rules, other) is None
    assert stability_of(forum.session, forum.rules, outcome) is not None
