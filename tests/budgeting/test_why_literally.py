"""What a slip says is done to the letter and the rule runs again: what then happens must be what was said."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.budgeting_strategies import make_contest
from workbench.budgeting import read_rule, why_not
from workbench.engine.allocation.changes import ChangeKind
from workbench.engine.allocation.readings import Needs, funded_under
from workbench.engine.allocation.why_not import Slips
from workbench.engine.allocation.why_not import why_not as one_slip

RULES = ("rank_stop", "rank_skip", "quota_stop", "quota_skip", "by_value", "best_total")


@st.composite
def few(draw):
    """Draw few proposals with many equals, small amounts of money and a quota."""
    size = draw(st.integers(2, 7))
    of_each = lists_of(size)
    costs = draw(of_each(st.integers(1, 8)))
    contest = make_contest(
        draw(of_each(st.integers(1, 9))), costs, draw(st.integers(0, sum(costs))), highest=999
    )
    villages = pd.Series(draw(of_each(st.sampled_from("ABC"))), index=contest.ranks.index)
    return replace(contest, villages=villages, rules=replace(contest.rules, quota=draw(st.integers(1, 3))))


def lists_of(size):
    return lambda one: st.lists(one, min_size=size, max_size=size)


def made(contest, remedy, proposal, less=0):
    """Return the contest with a remedy carried out, or so much less of it."""
    mine = contest.costs.index == proposal
    if remedy.kind is ChangeKind.COST_LESS:
        return replace(contest, costs=contest.costs.mask(mine, contest.costs - remedy.amount + less))
    if remedy.kind is ChangeKind.CEILING_MORE:
        return replace(contest, room=contest.room + remedy.amount - less)
    level = remedy.level + (0.5 if remedy.above else 0.0) - less
    scores = contest.scores.mask(mine, level)
    if not remedy.above:
        return replace(contest, scores=scores)
    return replace(contest, scores=scores, ranks=scores.rank(method="min", ascending=False).astype("int64"))


def steps_of(contest, remedy, proposal):
    """Return how many smaller remedies there are to try."""
    if remedy.kind is ChangeKind.SCORE_MORE:
        return int(remedy.level - contest.scores[proposal])
    return remedy.amount


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=12)
@given(contest=few())
def test_the_change_funds_it_pushes_out_what_it_says_and_no_smaller_one_does(rule, contest):
    before = set(read_rule(rule, contest).funded)
    for answer in why_not(contest, rule, contest.ranks.index):
        proposal = answer.proposal
        assert answer.funded == (proposal in before)
        for remedy in answer.remedies:
            after = set(read_rule(rule, made(contest, remedy, proposal)).funded)
            assert proposal in after
            assert set(remedy.pushes_out) == before - after
            smaller = range(1, steps_of(contest, remedy, proposal)) if remedy.smallest else (1,)
            for less in smaller[: steps_of(contest, remedy, proposal) - 1]:
                assert proposal not in read_rule(rule, made(contest, remedy, proposal, less)).funded
        assert ChangeKind.CEILING_MORE not in answer.impossible or rule.startswith("quota")


def test_two_alike_at_the_line_are_both_left_to_the_forum():
    contest = make_contest([9, 5, 5], [10, 10, 10], 20)
    answers = why_not(contest, "by_value", contest.ranks.index)
    assert [answer.funded for answer in answers] == [True, False, False]
    assert set(read_rule("by_value", contest).funded) == {"U-00"}
    (more,) = [found for found in answers[1].remedies if found.kind is ChangeKind.CEILING_MORE]
    assert (more.amount, more.pushes_out) == (10, ())


@pytest.mark.parametrize("rule", ["by_rank_stop", "by_rank_skip", "by_value", "best_total"])
@pytest.mark.parametrize("alike", [True, False])
def test_a_list_says_of_each_what_its_own_slip_says(rule, alike):
    chance = np.random.default_rng(3)
    labels = [f"p{place:02d}" for place in range(40)]
    costs = pd.Series(chance.integers(1, 30, 40) * 500_000, index=labels)
    lot = None if alike else pd.Series(chance.permutation(40), index=labels)
    needs = Needs(
        pd.Series(chance.integers(1, 9, 40), index=labels), costs, int(costs.sum()) // 3, tie_key=lot
    )
    slips = Slips(needs, rule)
    out = sorted(set(labels) - slips.before)

    assert slips.before == set(funded_under(rule, needs))
    assert [slips.of(label) for label in reversed(out)] == [
        one_slip(needs, rule, label) for label in reversed(out)
    ]
