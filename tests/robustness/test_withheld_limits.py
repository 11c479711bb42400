"""A limit of a weight solves for a score: it is told only where it tells nobody's that is withheld."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from tests.withheld_rooms import twin_rooms
from workbench.present.doubt_sentences import moved_weight_sentences, stability_sentences
from workbench.present.doubt_tables import weight_intervals_table
from workbench.present.i18n import translator
from workbench.robustness import stability_of
from workbench.robustness.replay import replay_of
from workbench.robustness.stability import stability, weights_at

ENDS = ["first_lower", "first_upper", "funded_lower", "funded_upper"]


@settings(max_examples=8, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(twin_rooms())
def test_a_limit_that_is_told_is_the_same_whatever_the_withheld_totals_are(twins):
    sessions = [room.session() for room in twins.rooms]
    pairs = zip(sessions, twins.outcomes, strict=True)
    one, other = (stability_of(session, twins.rules, outcome) for session, outcome in pairs)
    if one is None or other is None:
        return
    both = one.intervals[ENDS].notna() & other.intervals[ENDS].notna()
    assert np.allclose(one.intervals[ENDS].where(both, 0.0), other.intervals[ENDS].where(both, 0.0))
    for found, session, outcome in zip((one, other), sessions, twins.outcomes, strict=True):
        plain = stability(replay_of(session, twins.rules, outcome))
        gone = found.flips["at"].isna()
        assert found.untold == gone.sum()
        assert found.flips.loc[~gone].equals(plain.flips.loc[~gone])
        for _, line in plain.flips.loc[gone].iterrows():
            assert somebody_ties(session, twins.rules, outcome, line)


def somebody_ties(session, rules, outcome, line) -> bool:
    """Whether a withheld proposal changes, or has the score of another, where the weight has that share."""
    if outcome.withheld & {*line["leaves"], *line["enters"]}:
        return True
    replay = replay_of(session, rules, outcome)
    values = outcome.scoring.contributions / outcome.scoring.weights
    place = replay.criteria.get_loc(line["criterion"])
    weights = weights_at(replay, place, np.array([line["at"]]))[0]
    scores = (values[replay.criteria] @ weights).loc[replay.proposals]
    hidden = scores[scores.index.isin(outcome.withheld)]
    return any(((scores.drop(label) - score).abs() < 1e-6).any() for label, score in hidden.items())


@pytest.fixture
def hidden(build):
    """A forum in which everybody counts as few: no end is told."""
    forum = build(1)
    replay = replay_of(forum.session, forum.rules, forum.outcome)
    return forum.session, stability(replay), stability(replay, frozenset(map(str, replay.proposals)))


@pytest.mark.parametrize("language", ["id", "en"])
def test_words_stand_where_a_limit_is_not_told(hidden, language):
    session, plain, found = hidden
    t = translator(language)
    assert len(plain.flips) == found.untold > 0
    assert (found.intervals[ENDS].isna() <= (plain.intervals[ENDS] % 1 != 0)).all(axis=None)
    limits = {t.style.percent(share, 1) for share in plain.flips["at"]}
    said = [*stability_sentences(found, session, t), str(weight_intervals_table(found, session, t).rows)]
    for criterion in found.intervals.index:
        said += moved_weight_sentences(found, criterion, session, t)
    now = {t.style.percent(share, 1) for share in plain.intervals["weight"]}
    assert not [limit for limit in limits - now if any(limit in text for text in said)]
    assert any(t("score.few") in text for text in said)
    assert stability_sentences(plain, session, t) != stability_sentences(found, session, t)
