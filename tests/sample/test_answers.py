"""Criteria, people, cards, comparisons and conditions of the sample."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from workbench.domain.criteria import Measure
from workbench.sample import DEFAULT_SEED
from workbench.sample.criteria import judged_criteria
from workbench.sample.places import districts
from workbench.sample.proposals import draw_proposals


@pytest.fixture(scope="module")
def ranked(sample) -> pd.DataFrame:
    frame = sample.session().proposals.at_stage(sample.rules.stage).frame
    assert len(frame) > 2_000
    return frame


def test_weights_are_those_the_forum_wrote(sample):
    criteria = sample.tables["criteria"]
    written = criteria["weight_text"].str.removesuffix(" %").astype(int)
    assert written.sum() == 100
    assert np.allclose(criteria["weight"], written / 100)
    assert (criteria["scale_anchors"] != "").all()
    judged = criteria.loc[criteria["measure"] == Measure.JUDGED, "criterion"]
    assert judged.tolist() == list(judged_criteria())


def test_points_tables_cover_every_value_of_the_list(sample, ranked):
    points = sample.tables["points"]
    texts = points[points["text"] != ""].set_index("text")["points"]
    assert texts.index.is_unique
    assert set(ranked["field"]) <= set(texts.index)
    lines = points[points["lower"].notna()].sort_values("lower")
    assert lines["lower"].iloc[0] == 0
    assert lines["upper"].iloc[:-1].tolist() == (lines["lower"].iloc[1:] - 1).tolist()
    assert lines["upper"].isna().tolist() == [False] * (len(lines) - 1) + [True]


def test_a_third_of_the_participants_are_women(sample):
    participants = sample.tables["participants"]
    voters = participants[participants["voting_right"].astype(bool)]
    assert 0.28 < (voters["sex"] == "female").mean() < 0.42
    sizes = voters.groupby([voters["participant"].str[:2], "group"]).size()
    assert len(sizes) == 40
    assert sizes.between(9, 12).all()
    assert voters["constituency"].nunique() >= 12


def test_one_group_scores_each_proposal_on_every_judged_criterion(sample, ranked):
    ballots = sample.tables["ballots"]
    assert len(ballots) < 70_000
    assert ballots["round"].unique().tolist() == [1]
    assert set(ballots["proposal"]) == set(ranked.index)
    group = sample.tables["participants"].set_index("participant")["group"]
    scored_by = pd.DataFrame({"proposal": ballots["proposal"], "group": ballots["participant"].map(group)})
    assert len(scored_by.drop_duplicates()) == len(ranked)
    answered = ballots.dropna().pivot_table(
        index="proposal", columns="criterion", values="points", aggfunc="count"
    )
    assert answered.columns.tolist() == list(judged_criteria())
    assert answered.min().min() >= 5
    assert answered.max().max() <= 12
    assert answered.mean().between(9, 11).all()


def test_points_are_whole_and_spread_over_the_scale(sample):
    points = sample.tables["ballots"]["points"]
    assert 0.005 < points.isna().mean() < 0.03
    shares = points.value_counts(normalize=True)
    assert sorted(shares.index) == [1.0, 2.0, 3.0, 4.0, 5.0]
    assert shares.min() > 0.02
    assert shares.max() < 0.45


def test_advisers_contradict_themselves_a_little(sample):
    judgements = sample.tables["judgements"]
    labels = sorted(set(judgements["first"]) | set(judgements["second"]))
    assert labels == sample.tables["criteria"]["criterion"].tolist()
    ratios = []
    for _, lines in judgements.groupby("participant"):
        assert len(lines) == 10
        matrix = pd.DataFrame(np.eye(5), labels, labels)
        for first, second, value in zip(lines["first"], lines["second"], lines["value"], strict=True):
            matrix.loc[first, second], matrix.loc[second, first] = value, 1 / value
        largest = np.linalg.eigvals(matrix.to_numpy()).real.max()
        ratios.append((largest - 5) / 4 / 1.11)
    assert len(ratios) == 7
    assert min(ratios) > 0
    assert np.median(ratios) < 0.1 < max(ratios)


def test_a_few_proposals_fail_a_condition_and_say_why(sample, ranked):
    gates = sample.tables["gates"]
    assert gates["gate"].nunique() == 3
    assert 0.95 < gates["proposal"].nunique() / len(ranked) < 1
    failed = gates[gates["passed"].eq(other=False).fillna(value=False)]
    assert 0.02 < failed["proposal"].nunique() / len(ranked) < 0.10
    assert (failed["note"] != "").all()
    assert (gates.drop(failed.index)["note"] == "").all()
    assert gates["passed"].isna().any()


def test_near_duplicates_lie_in_the_same_village_with_other_words(ranked):
    traits = draw_proposals(DEFAULT_SEED, districts(DEFAULT_SEED)).traits
    twins = traits.loc[traits["twin"] != "", "twin"]
    assert 60 <= len(twins) <= 110
    first, second = ranked.loc[twins], ranked.loc[twins.index]
    for column in ("region", "hamlet", "field", "volume"):
        assert first[column].tolist() == second[column].tolist()
    same = (first["activity"].str.lower().to_numpy() == second["activity"].str.lower().to_numpy()).mean()
    assert 0.05 < same < 0.4
