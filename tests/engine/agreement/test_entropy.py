from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import entropy

from workbench.engine.agreement import FORMS, consensus_baseline, shannon_consensus
from workbench.errors import InvalidValue, UnknownMethod


def champions(people, criteria, scale=9.0):
    """Everybody holds one criterion M times as important as each other, an own one while there are any."""
    rows = np.ones((people, criteria))
    rows[np.arange(people), np.arange(people) % criteria] = scale
    return pd.DataFrame(rows / rows.sum(axis=1, keepdims=True))


@given(st.integers(2, 12), st.integers(2, 9), st.integers(0, 10**6), st.sampled_from(list(FORMS)))
def test_entropies_agree_with_scipy_and_consensus_stays_in_range(people, criteria, seed, form):
    # Weights from one judgement scale: no criterion more than nine times another.
    raw = np.random.default_rng(seed).integers(1, 10, (people, criteria)).astype(float)
    table = pd.DataFrame(raw / raw.sum(axis=1, keepdims=True))
    result = shannon_consensus(table, form=form)
    alpha = np.mean([entropy(row) for row in table.to_numpy()])
    gamma = entropy(table.mean().to_numpy())
    assert result.alpha == pytest.approx(alpha, abs=1e-12)
    assert result.gamma == pytest.approx(gamma, abs=1e-12)
    assert result.beta == pytest.approx(gamma - alpha, abs=1e-12)
    homogeneity = (np.exp(-result.beta) - 1 / criteria) / (1 - 1 / criteria)
    assert result.homogeneity == pytest.approx(homogeneity, abs=1e-12)
    assert result.consensus <= 1 + 1e-12
    assert shannon_consensus(table.iloc[::-1, ::-1], form=form) == result


@pytest.mark.parametrize(("people", "criteria"), [(2, 2), (3, 3), (5, 5), (8, 4), (12, 6)])
def test_full_opposition_is_zero_in_both_forms(people, criteria):
    for form in FORMS:
        assert shannon_consensus(champions(people, criteria), form=form).consensus == pytest.approx(
            0, abs=1e-12
        )


@pytest.mark.parametrize(("people", "criteria"), [(2, 3), (2, 7), (4, 9)])
def test_with_fewer_people_than_criteria_only_the_form_of_2013_reaches_zero(people, criteria):
    table = champions(people, criteria)
    assert shannon_consensus(table, form="goepel_2013").consensus == pytest.approx(0, abs=1e-12)
    assert shannon_consensus(table, form="goepel_2018").consensus > 0.2


@pytest.mark.parametrize("scale", [2.0, 3.0, 9.0])
def test_identical_priorities_are_one(scale):
    same = pd.DataFrame([[0.5, 0.3, 0.2]] * 4)
    assert shannon_consensus(same, scale_maximum=scale).consensus == pytest.approx(1, abs=1e-12)


def test_a_share_of_zero_counts_as_none_and_beyond_the_scale_shows():
    extreme = shannon_consensus(pd.DataFrame([[1.0, 0.0], [0.0, 1.0]]))
    assert (extreme.alpha, extreme.homogeneity) == (0.0, 0.0)
    assert extreme.consensus < 0


def test_doubling_the_room_keeps_the_form_of_2018():
    table = pd.DataFrame([[0.6, 0.3, 0.1], [0.2, 0.3, 0.5]])
    double = pd.concat([table, table], ignore_index=True)
    assert shannon_consensus(double).consensus == pytest.approx(shannon_consensus(table).consensus, abs=1e-12)


def test_mild_opinions_reach_a_high_consensus_by_chance_alone():
    mild = pd.DataFrame(np.random.default_rng(2).dirichlet([60] * 5, size=12))
    result = shannon_consensus(mild)
    baseline = consensus_baseline(mild, permutations=199, seed=1)
    assert result.consensus > 0.9
    assert baseline.mean > 0.9
    assert baseline.p > 0.05
    assert baseline.mean <= baseline.upper <= 1


def test_the_baseline_of_two_opposed_people_is_a_coin():
    # Dealt at random, their two priorities fall on the same criterion or on different ones: S* is 1 or 0.
    baseline = consensus_baseline(champions(2, 2), permutations=1999, seed=2)
    assert baseline.mean == pytest.approx(0.5, abs=0.04)
    assert (baseline.upper, baseline.p) == (pytest.approx(1), 1.0)
    agreed = consensus_baseline(pd.DataFrame([[0.9, 0.1]] * 2), permutations=1999, seed=2)
    assert agreed.p == pytest.approx(0.5, abs=0.04)


def test_the_baseline_repeats_with_its_seed():
    table = champions(6, 4)
    first = consensus_baseline(table, permutations=99, seed=4)
    assert consensus_baseline(table.iloc[::-1, ::-1], permutations=99, seed=4) == first
    assert consensus_baseline(table, permutations=99, seed=5) != first


@pytest.mark.parametrize(
    ("table", "options", "code"),
    [
        (pd.DataFrame([[0.5, 0.6], [0.5, 0.5]]), {}, "not_priorities"),
        (pd.DataFrame([[1.5, -0.5], [0.5, 0.5]]), {}, "not_priorities"),
        (pd.DataFrame([[0.5, 0.5]]), {}, "too_few_to_agree"),
        (pd.DataFrame([[0.5, 0.5], [0.5, np.nan]]), {}, "incomplete_table"),
        (pd.DataFrame([[0.5, 0.5], [0.5, 0.5]]), {"scale_maximum": 1.0}, "invalid_scale"),
    ],
)
def test_what_are_no_priorities_is_refused(table, options, code):
    with pytest.raises(InvalidValue) as caught:
        shannon_consensus(table, **options)
    assert caught.value.code == code


def test_other_forms_and_too_few_permutations_are_refused():
    with pytest.raises(UnknownMethod):
        shannon_consensus(champions(2, 2), form="goepel_2022")
    with pytest.raises(InvalidValue, match="too_few_permutations"):
        consensus_baseline(champions(2, 2), permutations=9, seed=1)
