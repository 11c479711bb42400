"""The rules side by side: against naive re-runs, and what must hold under every rule."""

from dataclasses import replace
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import assume, given, settings

from tests import strategies
from tests.budgeting_strategies import contests, make_contest
from tests.deliberation import rooms
from workbench.budgeting import READINGS, compare_rules, contest_of, curve_of_money, read_rule, rules_compared
from workbench.engine.allocation.completions import equal_shares
from workbench.engine.allocation.greedy import fund_by_value
from workbench.engine.allocation.phragmen import fund_by_phragmen
from workbench.errors import InvalidInput, InvalidValue, UnknownMethod
from workbench.prioritisation import Standing, prioritise


@pytest.mark.parametrize("rule", sorted(READINGS))
@given(contest=contests(cards=True))
def test_no_rule_overspends(rule, contest):
    assert sum(int(contest.costs[label]) for label in read_rule(rule, contest).funded) <= contest.room


@given(contest=contests(most=7))
def test_the_best_total_is_the_best_of_all_subsets(contest):
    labels = contest.ranks.index.tolist()
    sets = (held for size in range(len(labels) + 1) for held in combinations(labels, size))
    best = max(
        sum(contest.scores[list(held)]) for held in sets if contest.costs[list(held)].sum() <= contest.room
    )
    held = read_rule("best_total", contest)
    assert held.proven
    assert held.gap == 0
    assert sum(contest.scores[list(held.funded)]) == best


@given(contest=contests())
def test_score_per_rupiah_is_the_engine_s_where_nothing_ties(contest):
    made = fund_by_value(contest.scores, contest.costs, contest.room)
    assume(all(len(step.proposals) == 1 for step in made.steps))
    assert set(read_rule("by_value", contest).funded) == set(made.funded)


@given(contest=contests(cards=True))
def test_the_rules_that_share_money_read_the_points(contest):
    cards = contest.support.ballots
    shares = equal_shares(
        cards, contest.costs, contest.room, "score", "add_opt", tie_key=contest.order
    ).funded
    assert set(read_rule("equal_shares", contest).funded) == set(shares)
    phragmen = fund_by_phragmen(cards, contest.costs, contest.room, tie_key=contest.order).funded
    assert set(read_rule("phragmen", contest).funded) == set(phragmen)


@settings(max_examples=20)
@given(drawn=strategies.tables(least=1), rules=strategies.rules())
def test_a_session_of_any_kind_is_compared(drawn, rules):
    session = drawn.session()
    outcome = prioritise(session, rules)
    assume(outcome.room is not None)
    contest = contest_of(session, outcome)
    found = compare_rules(session, outcome, contest)
    assert set(found.prices) | set(found.not_computed) == set(rules_compared(contest))
    in_force = found.prices[rules.budget_rule]
    funded = outcome.standing(Standing.FUNDED)
    assert set(in_force.reading.funded) == set(funded.index)
    assert in_force.spent == outcome.spent
    assert in_force.left == outcome.left
    for rule in ("rank_stop", "rank_skip"):
        again = prioritise(session, replace(rules, budget_rule=rule))
        assert set(found.prices[rule].reading.funded) == set(again.standing(Standing.FUNDED).index)
    for price in found.prices.values():
        held = set(price.reading.funded)
        assert price.spent + price.left == contest.room
        assert price.left >= 0
        assert set(found.surviving) <= held
        assert not set(found.contested) & (set(found.surviving))
        if price.share_of_best is None:
            assert outcome.withheld
        else:
            assert price.share_of_best <= 1
        places = session.proposals.frame["region"]
        served = {places[label] for label in held}
        without = {code for code in places[outcome.table.index] if code.count(".") == 3} - served
        assert set(price.villages_without) == without
    union = {label for price in found.prices.values() for label in price.reading.funded}
    assert union == set(found.surviving) | set(found.contested)


@settings(max_examples=8)
@given(drawn=strategies.tables(least=1), rules=strategies.rules(), data=strategies.st.data())
def test_the_order_of_rows_does_not_matter(drawn, rules, data):
    def order(size):
        return data.draw(strategies.st.permutations(range(size)))

    found = []
    for session in (drawn.session(), drawn.shuffled(order).session()):
        outcome = prioritise(session, rules)
        assume(outcome.room is not None)
        contest = contest_of(session, outcome)
        found.append(compare_rules(session, outcome, contest))
    assert dict(found[0].prices) == dict(found[1].prices)
    assert found[0].times.to_dict() == found[1].times.to_dict()


def test_supporters_are_those_above_their_own_mean():
    tables = {
        "proposals": pd.DataFrame(
            {"proposal": list("abc"), "activity": "x", "region": strategies.VILLAGES[0], "cost": 10}
        ),
        "criteria": pd.DataFrame(
            {
                "criterion": ["K1"],
                "name": "satu",
                "weight": 1.0,
                "scale_min": 1.0,
                "scale_max": 5.0,
                "measure": "judged",
                "column": "",
            }
        ),
        "points": pd.DataFrame(),
        "participants": pd.DataFrame({"participant": ["1", "2", "3"]}),
        "ballots": pd.DataFrame(
            [
                (1, "1", "a", "K1", 5.0),
                (1, "1", "b", "K1", 1.0),
                (1, "2", "a", "K1", 1.0),
                (1, "2", "b", "K1", 1.0),
                (1, "3", "b", "K1", None),
            ],
            columns=["round", "participant", "proposal", "criterion", "points"],
        ),
        "judgements": pd.DataFrame(),
        "gates": pd.DataFrame(),
        "budget": pd.DataFrame({"region": [strategies.DISTRICT], "amount": [20], "kind": ["ceiling"]}),
    }
    session = strategies.Tables(**tables).session()
    contest = contest_of(session, prioritise(session, strategies.Rules()))
    # One strict hand, one that finds all alike; a blank card is no card, and "c" was never ranked.
    assert contest.support.ballots.to_dict("index") == {"1": {"a": 100, "b": 0}, "2": {"a": 1, "b": 1}}
    assert contest.support.unscored == ()


@given(contest=contests(cards=True))
def test_the_curve_is_the_rule_at_every_ceiling(contest):
    for rule in ("rank_stop", "rank_skip", "best_total"):
        points = curve_of_money(contest, rule, step=7, steps=5)
        assert [point.more for point in points] == [0, 7, 14, 21, 28, 35]
        for point in points:
            again = read_rule(rule, replace(contest, room=contest.room + point.more)).funded
            assert point.funded == len(again)
            assert point.left == contest.room + point.more - contest.costs[list(again)].sum()
        entered = sum(len(point.enters) - len(point.leaves) for point in points)
        assert points[-1].funded - points[0].funded == entered


def test_bad_questions_are_refused():
    held = make_contest([1], [5], 3)
    with pytest.raises(InvalidValue, match="step_missing"):
        curve_of_money(held, "rank_stop", step=0)
    with pytest.raises(UnknownMethod):
        read_rule("by_magic", held)


@settings(max_examples=5)
@given(drawn=strategies.tables(least=1), rules=strategies.rules())
def test_without_a_ceiling_nothing_competes(drawn, rules):
    session = replace(drawn, budget=drawn.budget.iloc[:0]).session()
    with pytest.raises(InvalidValue, match="no_ceiling"):
        contest_of(session, prioritise(session, rules))


def test_a_step_too_small_for_one_rule_leaves_the_others_compared():
    people = [f"{number:02d}" for number in range(6)]
    lines = [
        (person, label, criterion, float(1 + (place + number) % 5))
        for place, person in enumerate(people)
        for number, label in enumerate(("U-1", "U-2", "U-3", "U-4"))
        for criterion in ("K1", "K2")
    ]
    points = pd.DataFrame(lines, columns=["participant", "proposal", "criterion", "points"])
    costs = {"U-1": 30_000_000, "U-2": 45_000_000, "U-3": 60_000_000, "U-4": 20_000_000}
    people_table = pd.DataFrame({"participant": people})
    session = rooms.tables(points, people_table, costs=costs, ceiling=120_000_000).session()
    outcome = prioritise(session, strategies.Rules(completion="add_one", completion_step=1))
    found = compare_rules(session, outcome, contest_of(session, outcome))
    assert found.not_computed == {"equal_shares": "completion_step_too_small"}
    assert {"rank_stop", "best_total", "phragmen"} <= set(found.prices)
    with pytest.raises(InvalidInput) as caught:
        prioritise(session, replace(outcome.rules, budget_rule="equal_shares"))
    (problem,) = caught.value.problems
    assert (problem.code, problem.column, problem.value) == (
        "completion_step_too_small",
        "completion_step",
        "1",
    )
    enough = replace(outcome.rules, budget_rule="equal_shares", completion_step=problem.facts["least"])
    assert prioritise(session, enough).standing(Standing.FUNDED).size
