"""Intervals and certificates hold: before the change nothing differs, just beyond the list is another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from workbench.domain.ballots import Ballots
from workbench.domain.rules import Rules
from workbench.prioritisation import prioritise
from workbench.robustness.certificates import certificates
from workbench.robustness.moves import moves
from workbench.robustness.replay import replay_of
from workbench.robustness.stability import funded_at, stability, weights_at

CASES = [
    (1, "rank_stop", "weighted_sum"),
    (3, "rank_skip", "weighted_sum"),
    (3, "rank_stop", "weighted_product"),
    (1, "rank_skip", "weighted_product"),
]
EPSILON = 1e-7


@pytest.fixture(params=CASES, ids=lambda case: "-".join(map(str, case)))
def forum(request, build):
    seed, rule, scoring = request.param
    return build(seed, rules=Rules(budget_rule=rule, scoring=scoring), blanks=0.1, proposals=14)


def weights_of(replay, criterion, share):
    position = replay.criteria.get_loc(criterion)
    row = weights_at(replay, position, np.array([share]))[0]
    return dict(zip(replay.criteria, row, strict=True))


def firsts(outcome):
    return set(outcome.ranking.ranks.index[outcome.ranking.ranks == 1])


def test_weight_flips_are_where_running_again_says(forum, naive, inside):
    replay = replay_of(forum.session, forum.rules, forum.outcome)
    found = stability(replay)
    assert (found.flips["target"] == "funded").any()
    for _, flip in found.flips.iterrows():
        step = np.sign(flip["change"]) * EPSILON
        before = naive(forum, weights=weights_of(replay, flip["criterion"], flip["at"] - step))
        beyond = naive(forum, weights=weights_of(replay, flip["criterion"], flip["beyond"]))
        if flip["target"] == "first":
            assert firsts(before) == set(found.first)
            assert firsts(beyond) != set(found.first)
        else:
            assert inside(before) == inside(forum.outcome)
            assert inside(beyond) == inside(forum.outcome) - set(flip["leaves"]) | set(flip["enters"])
            assert inside(beyond) != inside(forum.outcome)


def test_no_share_inside_an_interval_changes_the_funded_list(forum):
    replay = replay_of(forum.session, forum.rules, forum.outcome)
    found = stability(replay)
    for position, criterion in enumerate(replay.criteria):
        line = found.intervals.loc[criterion]
        shares = np.linspace(line["funded_lower"] + EPSILON, line["funded_upper"] - EPSILON, 401)
        lists = funded_at(replay, position, shares)
        assert (lists == lists[0]).all(), criterion


def with_value(given, proposal, criterion, value):
    """Return the session in which everybody gave the proposal this value on the criterion."""
    frame = given.session.ballots.frame
    cell = (frame["proposal"] == proposal) & (frame["criterion"] == criterion) & frame["points"].notna()
    return replace(given.session, ballots=Ballots(frame.assign(points=frame["points"].mask(cell, value))))


def test_a_changed_value_flips_the_list_just_beyond_and_not_before(forum, inside):
    replay = replay_of(forum.session, forum.rules, forum.outcome)
    flip = certificates(replay, forum.outcome, moves(replay, forum.outcome)).value
    today = inside(forum.outcome)
    beyond = prioritise(with_value(forum, flip.proposal, flip.criterion, flip.beyond), forum.rules)
    assert inside(beyond) == today - set(flip.leaves) | set(flip.enters)
    assert inside(beyond) != today
    before = flip.at + (flip.now - flip.at) * 1e-4
    assert inside(prioritise(with_value(forum, flip.proposal, flip.criterion, before), forum.rules)) == today


@pytest.mark.parametrize("seed", [4])
def test_no_smaller_change_of_one_value_flips_the_list(build, inside, seed):
    forum = build(seed, blanks=0.0, proposals=7, people=5)
    replay = replay_of(forum.session, forum.rules, forum.outcome)
    flip = certificates(replay, forum.outcome, moves(replay, forum.outcome)).value
    today, size = inside(forum.outcome), abs(flip.at - flip.now)
    for proposal in replay.proposals:
        for position, criterion in enumerate(replay.criteria):
            now = replay.measures[replay.proposals.get_loc(proposal), position]
            for part in (-0.98, 0.98):
                value = now + part * size
                if 1 <= value <= 5:
                    again = prioritise(with_value(forum, proposal, criterion, value), forum.rules)
                    assert inside(again) == today, (proposal, criterion, part)


def test_the_ceiling_flips_at_the_rupiah(forum, inside):
    replay = replay_of(forum.session, forum.rules, forum.outcome)
    found = certificates(replay, forum.outcome, moves(replay, forum.outcome))
    ceiling, today = forum.outcome.ceiling, inside(forum.outcome)
    for flip in (found.more, found.less):
        assert flip is not None
        step = 1 if flip.change > 0 else -1
        lists = [
            inside(
                prioritise(
                    replace(forum.session, budget=forum.session.budget.with_ceiling("", amount)), forum.rules
                )
            )
            for amount in (ceiling + flip.change - step, ceiling + flip.change)
        ]
        assert lists[0] == today
        assert lists[1] == today - set(flip.leaves) | set(flip.enters) != today


def test_moves_name_the_border_that_decides(forum, inside):
    replay = replay_of(forum.session, forum.rules, forum.outcome)
    table = moves(replay, forum.outcome).table
    today = inside(forum.outcome)
    checked = 0
    for label, line in table[table["criterion"] != ""].iloc[::2].iterrows():
        assert (line["distance"] > 0) == (label in today)
        for share, expected in ((0.999, label in today), (1.001, label not in today)):
            value = line["now"] + (line["at"] - line["now"]) * share
            if not 1 <= value <= 5:
                continue
            again = prioritise(with_value(forum, label, line["criterion"], value), forum.rules)
            assert (label in inside(again)) == expected, (label, share)
            checked += 1
    assert checked


def test_the_next_proposal_and_its_lead(forum):
    replay = replay_of(forum.session, forum.rules, forum.outcome)
    table = moves(replay, forum.outcome).table
    scores = forum.outcome.scoring.scores
    assert table["above"].iloc[0] == ""
    for label, line in table.iloc[1:].iterrows():
        if {line["above"], label} & forum.outcome.withheld:
            assert np.isnan(line["gap"])
        elif line["above"]:
            assert line["gap"] == pytest.approx(scores[line["above"]] - scores[label])
            assert line["gap"] > 0


def test_weights_have_no_interval_where_points_are_added(build):
    forum = build(1, rules=Rules(scoring="plain_sum"))
    replay = replay_of(forum.session, forum.rules, forum.outcome)
    assert stability(replay) is None
    assert not moves(replay, forum.outcome).table["above"].iloc[0]


def test_intervals_without_a_ceiling_speak_of_the_first_rank_alone(build):
    forum = build(1, ceiling=None)
    replay = replay_of(forum.session, forum.rules, forum.outcome)
    found = stability(replay)
    assert set(found.flips["target"]) <= {"first"}
    assert found.intervals["funded_lower"].isna().all()
    assert found.certificate("funded") is None
    assert certificates(replay, forum.outcome, moves(replay, forum.outcome)) is None
    assert isinstance(found.intervals, pd.DataFrame)
