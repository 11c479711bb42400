"""The batched recalculations are those that `prioritise` would give, draw by draw."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.strategies import rules, tables
from workbench.domain.rules import Rules
from workbench.engine.doubt.acceptability import rank_acceptability
from workbench.engine.doubt.participants import bootstrap_participants
from workbench.engine.doubt.rounding import round_judgements
from workbench.prioritisation import prioritise
from workbench.prioritisation.scoring import SCORING, adds_up
from workbench.robustness.draws import MOVE, drawn_rooms, moved_weights, rounded_measures
from workbench.robustness.funding import WALKS, funded_draws
from workbench.robustness.orders import order_draws
from workbench.robustness.recalculation import any_weights, joint, other_people, repeats, rounded_points
from workbench.robustness.replay import replay_of
from workbench.robustness.scores import (
    AGGREGATIONS,
    as_given,
    heaviest_values,
    measure_draws,
    measures_to_values,
    score_draws,
)

KEYS = ("heaviest_criterion", "poor_households", "womens_proposal", "lower_cost", "lot")


def recalculated(replay, weights, measures):
    scores = score_draws(replay, measures, weights)
    heaviest = heaviest_values(measures_to_values(replay, measures), weights, len(scores))
    orders = order_draws(replay, scores, heaviest)
    return orders.ranks(), funded_draws(replay, orders) if replay.room is not None else None


def same_as(outcome, replay, ranks, funded):
    expected = outcome.table["rank"].reindex(replay.proposals).fillna(0).astype("int64")
    assert ranks.tolist() == expected.tolist()
    if funded is not None:
        standing = outcome.table["standing"].reindex(replay.proposals)
        assert funded.tolist() == (standing == "funded").tolist()


@pytest.mark.parametrize("scoring", sorted(SCORING))
@pytest.mark.parametrize("aggregation", sorted(AGGREGATIONS))
@pytest.mark.parametrize("budget_rule", sorted(WALKS))
def test_drawn_rooms_and_moved_weights_equal_running_again(build, naive, scoring, aggregation, budget_rule):
    chosen = Rules(scoring=scoring, aggregation=aggregation, budget_rule=budget_rule, ties=KEYS, lot_seed=3)
    forum = build(4, rules=chosen, blanks=0.4, people=5)
    replay = replay_of(forum.session, forum.rules, forum.outcome)
    people = sorted(forum.session.participants.labels)
    rooms, weights = drawn_rooms(replay, 4, 5), moved_weights(replay, 4, 6)
    if not replay.weighted:
        weights = np.tile(replay.weights, (4, 1))
    for counts, moved in zip(rooms, weights, strict=True):
        ranks, funded = recalculated(replay, moved[np.newaxis], measure_draws(replay, counts[np.newaxis]))
        again = naive(
            forum,
            weights=dict(zip(replay.criteria, moved, strict=True)),
            counts={person: int(times) for person, times in zip(people, counts, strict=True)},
        )
        same_as(again, replay, ranks[0], None if funded is None else funded[0])


@settings(max_examples=12)
@given(tables(least=1), rules(), st.sampled_from(sorted(SCORING)))
def test_nothing_drawn_gives_the_outcome_again(given_tables, chosen, scoring):
    session = given_tables.session()
    assume(scoring != "plain_sum" or adds_up(session.criteria))
    chosen = replace(chosen, scoring=scoring)
    outcome = prioritise(session, chosen)
    replay = replay_of(session, chosen, outcome)
    assume(len(replay.proposals))
    assert repeats(replay, outcome.table["rank"], outcome.table["standing"] == "funded")


@settings(max_examples=8)
@given(tables(least=2), rules(), st.integers(0, 99))
def test_any_session_with_other_weights_equals_running_again(given_tables, chosen, seed):
    session = given_tables.session()
    outcome = prioritise(session, chosen)
    replay = replay_of(session, chosen, outcome)
    assume(len(replay.proposals))
    for moved in moved_weights(replay, 2, seed):
        ranks, funded = recalculated(replay, moved[np.newaxis], as_given(replay))
        frame = session.criteria.frame
        other = pd.Series(moved, index=replay.criteria).reindex(frame.index).fillna(0.0)
        again = replace(session, criteria=replace(session.criteria, frame=frame.assign(weight=other)))
        same_as(prioritise(again, chosen), replay, ranks[0], None if funded is None else funded[0])


def test_ranks_under_any_weights_are_those_of_the_engine(build):
    forum = build(2, blanks=0.0)
    replay = replay_of(forum.session, forum.rules, forum.outcome)
    ours, central = any_weights(replay, forum.ranking(), draws=500, seed=9)
    utilities = forum.outcome.utilities.values.loc[replay.proposals, replay.criteria]  # noqa: PD011 - ours
    theirs = rank_acceptability(utilities, draws=500, seed=9)
    pd.testing.assert_frame_equal(ours.ranks.sort_index(), theirs.ranks.sort_index(), check_names=False)
    known = theirs.central_weights.dropna().sort_index()
    pd.testing.assert_frame_equal(central.weights.sort_index(), known, check_names=False)


def answers_of(forum, replay):
    lines = forum.session.ballots.frame
    lines = lines[lines["proposal"].isin(replay.proposals)]
    wide = lines.pivot_table(
        index=["participant", "proposal"], columns="criterion", values="points", dropna=False
    )
    return ((wide - 1) / 4).rename_axis(columns=None)


def test_drawn_rooms_rank_as_the_bootstrap_of_the_engine(build):
    forum = build(3, blanks=0.3, people=7)
    replay = replay_of(forum.session, forum.rules, forum.outcome)
    ours = other_people(replay, forum.ranking(), draws=300, seed=8)
    weights = pd.Series(replay.weights, index=replay.criteria)
    theirs = bootstrap_participants(answers_of(forum, replay), weights, draws=300, seed=8)
    # Ours breaks ties by the declared keys; the interval of the scores and the missing are the same.
    np.testing.assert_allclose(ours.without_score.sort_index(), theirs.without_score.sort_index())
    firsts = forum.ranking()[:5]
    for rank in (1, 3, 7):
        up_to = theirs.ranks.loc[firsts, 1:rank].sum(axis=1)
        assert (ours.band(1, rank).loc[firsts] <= up_to + 1e-12).all()


def test_rounded_points_scatter_as_those_of_the_engine(build):
    forum = build(5, blanks=0.3, people=4)
    replay = replay_of(forum.session, forum.rules, forum.outcome)
    scores = score_draws(replay, rounded_measures(replay, 4000, 1), replay.weights[np.newaxis])
    weights = pd.Series(replay.weights, index=replay.criteria)
    steps = pd.Series(0.25, index=replay.criteria)
    theirs = round_judgements(answers_of(forum, replay), weights, steps, draws=4000, seed=2, level=0.9)
    ours = np.quantile(scores, [0.05, 0.95], axis=0)
    np.testing.assert_allclose(ours[0], theirs.lower[replay.proposals], atol=0.4)
    np.testing.assert_allclose(ours[1], theirs.upper[replay.proposals], atol=0.4)


def test_moved_weights_stay_within_a_quarter_before_they_share_again(build):
    forum = build(1)
    replay = replay_of(forum.session, forum.rules, forum.outcome)
    moved = moved_weights(replay, 2000, 1)
    np.testing.assert_allclose(moved.sum(axis=1), 1.0)
    ratio = moved / replay.weights
    assert ratio.max() <= (1 + MOVE) / (1 - MOVE)
    assert np.abs(moved.mean(axis=0) - replay.weights).max() < 0.01


@pytest.mark.parametrize("source", [other_people, rounded_points, joint])
def test_shares_add_up_and_places_hold_most_draws(build, source):
    forum = build(6, blanks=0.5, people=3)
    replay = replay_of(forum.session, forum.rules, forum.outcome)
    found = source(replay, forum.ranking(), draws=200, seed=1)
    np.testing.assert_allclose(found.ranks.sum(axis=1), 1 - found.without_score, atol=1e-12)
    assert found.funded[~replay.by_proposal(replay.priced, "priced").loc[found.funded.index]].isna().all()
    assert found.funded.dropna().between(0, 1).all()
    for label, place in found.places.iterrows():
        held = found.ranks.loc[label, place["best"] : place["worst"]].sum()
        assert held >= (0.9 - 1e-9) * (1 - found.without_score[label])


def test_equal_proposals_are_in_one_group_and_distant_ones_are_not(build):
    forum = build(1, proposals=6, people=8, blanks=0.0)
    frame = forum.session.ballots.frame
    points = {"U-00": 5.0, "U-01": 4.0, "U-02": 4.0, "U-03": 1.0}
    told = frame["proposal"].map(points)
    forum.session.ballots.frame.loc[told.notna(), "points"] = told[told.notna()]
    replay = replay_of(forum.session, forum.rules, forum.outcome)
    found = other_people(replay, forum.ranking(), draws=300, seed=1)
    assert {"U-01", "U-02"} <= set(found.group_of("U-01"))
    assert "U-00" not in found.group_of("U-01")
    assert "U-03" not in found.group_of("U-01")
