"""Every answer to "why not" is confirmed by running the rule, or the whole calculation, again."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests import strategies
from tests.budgeting_strategies import contests, make_contest
from workbench.budgeting import (
    READINGS,
    below_the_line,
    contest_of,
    most_explained,
    most_on_slips,
    read_rule,
    why_not,
)
from workbench.budgeting import why as module
from workbench.budgeting.walk import AT_LINE
from workbench.domain.proposals import Proposals
from workbench.engine.allocation import why_conditions
from workbench.engine.allocation.changes import ChangeKind
from workbench.errors import InvalidValue, UnknownMethod
from workbench.prioritisation import Standing, prioritise

RANKED = sorted(AT_LINE)


def remedy(answer, kind):
    return next((found for found in answer.remedies if found.kind is kind), None)


def funded_with(contest, rule, **changed):
    return set(read_rule(rule, replace(contest, **changed)).funded)


def costing(contest, label, amount):
    return {"costs": contest.costs.where(contest.costs.index != label, amount)}


def scored(contest, label, score):
    scores = contest.scores.where(contest.scores.index != label, score)
    return {"scores": scores, "ranks": scores.rank(method="min", ascending=False).astype("int64")}


@pytest.mark.parametrize("rule", RANKED)
@given(contest=contests())
def test_less_cost_funds_and_one_rupiah_less_of_it_does_not(rule, contest):
    before = funded_with(contest, rule)
    for answer in why_not(contest, rule, contest.ranks.index):
        label = answer.proposal
        assert answer.funded == (label in before)
        found, cost = remedy(answer, ChangeKind.COST_LESS), int(contest.costs[label])
        if found is None:
            assert answer.funded or label not in funded_with(contest, rule, **costing(contest, label, 1))
            continue
        after = funded_with(contest, rule, **costing(contest, label, cost - found.amount))
        assert label in after
        assert set(found.pushes_out) == before - after
        assert label not in funded_with(contest, rule, **costing(contest, label, cost - found.amount + 1))


@pytest.mark.parametrize("rule", RANKED)
@given(contest=contests())
def test_a_score_above_the_named_one_funds_and_one_below_it_does_not(rule, contest):
    before = funded_with(contest, rule)
    for answer in why_not(contest, rule, contest.ranks.index):
        label, found = answer.proposal, remedy(answer, ChangeKind.SCORE_MORE)
        if found is None:
            assert answer.funded or int(contest.costs[label]) > contest.room
            continue
        assert found.level == contest.scores[found.above] >= contest.scores[label]
        after = funded_with(contest, rule, **scored(contest, label, found.level + 0.5))
        assert label in after
        assert set(found.pushes_out) == before - after
        if found.level > contest.scores[label]:
            assert label not in funded_with(contest, rule, **scored(contest, label, found.level - 0.5))


@pytest.mark.parametrize("rule", RANKED)
@given(contest=contests())
def test_a_higher_ceiling_funds_and_no_smaller_rise_does(rule, contest):
    before = funded_with(contest, rule)
    for answer in why_not(contest, rule, contest.ranks.index):
        if answer.funded:
            continue
        found = remedy(answer, ChangeKind.CEILING_MORE)
        after = funded_with(contest, rule, room=contest.room + found.amount)
        assert found.smallest
        assert answer.proposal in after
        assert set(found.pushes_out) == before - after
        for less in {1, found.amount // 2, found.amount}:
            assert answer.proposal not in funded_with(
                contest, rule, room=contest.room + found.amount - max(less, 1)
            )


@given(contest=contests(most=6))
def test_every_smaller_rise_fails_where_money_is_small(contest):
    contest = replace(contest, costs=contest.costs % 7, room=contest.room % 11)
    for answer in why_not(contest, "rank_skip", below_the_line(contest, "rank_skip", 9)):
        found = remedy(answer, ChangeKind.CEILING_MORE)
        for rise in range(found.amount):
            assert answer.proposal not in funded_with(contest, "rank_skip", room=contest.room + rise)


def test_a_search_that_is_cut_short_says_so(monkeypatch):
    held = make_contest(range(12, 0, -1), [1] + [40 + place for place in range(11)], 30)
    whole = why_not(held, "rank_skip", ["U-11"])[0]
    monkeypatch.setattr(module, "MOST_WALKS", 1)
    cut = remedy(why_not(held, "rank_skip", ["U-11"])[0], ChangeKind.CEILING_MORE)
    assert not cut.smallest
    assert cut.amount >= remedy(whole, ChangeKind.CEILING_MORE).amount
    assert "U-11" in funded_with(held, "rank_skip", room=30 + cut.amount)
    assert "U-11" not in funded_with(held, "rank_skip", room=30 + cut.amount - 1)


@settings(max_examples=12)
@given(drawn=strategies.tables(least=1), rules=strategies.rules())
def test_the_answers_hold_in_the_whole_calculation(drawn, rules):
    session = drawn.session()
    outcome = prioritise(session, rules)
    assume(outcome.room is not None and outcome.room >= 0)
    contest = contest_of(session, outcome)
    reads_cost = (session.criteria.frame["column"] == "cost").any()
    for answer in why_not(contest, rules.budget_rule, contest.ranks.index):
        label = answer.proposal
        assert answer.funded == (outcome.table["standing"][label] == Standing.FUNDED)
        cheaper, richer = remedy(answer, ChangeKind.COST_LESS), remedy(answer, ChangeKind.CEILING_MORE)
        if richer is not None:
            assert funded_at(session, rules, label, room=richer.amount)
            assert not funded_at(session, rules, label, room=richer.amount - 1)
        if cheaper is not None and not reads_cost:
            assert funded_at(session, rules, label, cost=cheaper.amount)
            if "lower_cost" not in rules.ties:
                assert not funded_at(session, rules, label, cost=cheaper.amount - 1)


def funded_at(session, rules, label, *, room=0, cost=0):
    frame = session.proposals.frame.copy()
    frame.loc[label, "cost"] -= cost
    budget = session.budget.with_ceiling(strategies.DISTRICT, session.budget.ceiling() + room)
    changed = replace(session, proposals=Proposals(frame), budget=budget)
    return prioritise(changed, rules).table["standing"][label] == Standing.FUNDED


@pytest.mark.parametrize("rule", sorted(set(READINGS) - set(RANKED)))
@settings(max_examples=12)
@given(contest=contests(most=5, cards=True), data=st.data())
def test_the_other_rules_answer_by_running_again(rule, contest, data):
    label = data.draw(st.sampled_from(contest.ranks.index.tolist()))
    answer = why_not(contest, rule, [label])[0]
    before = funded_with(contest, rule)
    assert answer.funded == (label in before)
    cheaper, richer = remedy(answer, ChangeKind.COST_LESS), remedy(answer, ChangeKind.CEILING_MORE)
    if cheaper is not None:
        left = int(contest.costs[label]) - cheaper.amount
        assert left > 0
        assert label in funded_with(contest, rule, **costing(contest, label, left))
    if richer is not None:
        after = funded_with(contest, rule, room=contest.room + richer.amount)
        assert label in after
        assert set(richer.pushes_out) == before - after


def test_no_score_beyond_the_scale_is_an_answer():
    held = make_contest([5, 5, 4], [60, 50, 70], 100, highest=5)
    tied, below = why_not(held, "rank_stop", ["U-00", "U-02"])
    assert ChangeKind.SCORE_MORE in tied.impossible
    assert ChangeKind.SCORE_MORE in below.impossible
    exact = why_not(make_contest([5, 1], [60, 50], 100, highest=5), "best_total", ["U-01"])[0]
    assert ChangeKind.SCORE_MORE in exact.impossible
    assert remedy(exact, ChangeKind.CEILING_MORE).amount == 10


def test_what_is_enough_is_said_so_and_beyond_the_scale_it_is_left_open(monkeypatch):
    monkeypatch.setattr(why_conditions, "listed_plan", lambda *_: None)
    scores, costs = [9, 8, 8, 7, 6, 5, 3], [60, 50, 55, 45, 40, 35, 70]
    answer = why_not(make_contest(scores, costs, 150, highest=20), "best_with_conditions", ["U-06"])[0]
    better = remedy(answer, ChangeKind.SCORE_MORE)
    assert (better.smallest, better.followed, better.pushes_out) == (False, False, ())
    low = why_not(make_contest(scores, costs, 150, highest=9), "best_with_conditions", ["U-06"])[0]
    assert remedy(low, ChangeKind.SCORE_MORE) is None
    assert ChangeKind.SCORE_MORE in low.undecided
    assert ChangeKind.SCORE_MORE not in low.impossible


def test_strange_names_are_refused():
    held = make_contest([1], [5], 3)
    with pytest.raises(InvalidValue, match="unknown_proposal"):
        why_not(held, "rank_stop", ["lain"])
    with pytest.raises(UnknownMethod):
        why_not(held, "by_magic", ["U-00"])
    with pytest.raises(InvalidValue, match="no_ballots"):
        why_not(held, "phragmen", ["U-00"])


def test_below_the_line_are_the_first_by_rank():
    held = make_contest([4, 3, 2, 1], [5, 9, 4, 1], 9)
    assert below_the_line(held, "rank_stop", 2) == ("U-01", "U-02")
    assert below_the_line(held, "rank_skip", 9) == ("U-01", "U-03")
    assert isinstance(held.costs, pd.Series)


def test_how_many_are_explained_follows_from_counts_alone():
    contest = make_contest(range(60), [1] * 60, 5)
    assert most_explained(contest, "rank_skip") == 60
    assert most_explained(contest, "by_value") == 60
    assert most_explained(contest, "equal_shares") == module.EFFORT // 60
    assert most_explained(contest, "best_total") == 4 * module.EFFORT // 60
    assert most_explained(contest, "phragmen") == 4 * module.EFFORT // 60
    assert most_on_slips(contest, "equal_shares") == module.EFFORT // 60
    assert most_on_slips(make_contest(range(2000), [1] * 2000, 5), "best_total") == 2000
    assert most_explained(contest, "best_with_conditions") == 2 * module.EFFORT // 60
    assert most_explained(make_contest(range(2000), [1] * 2000, 5), "equal_shares") == module.FEWEST
