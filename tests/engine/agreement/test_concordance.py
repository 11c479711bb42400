from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import chi2, f, friedmanchisquare

from workbench.engine.agreement import kendall_w, permutation_test
from workbench.engine.agreement.concordance import _ranked
from workbench.errors import InvalidValue

# Two rooms as they are: at least three people and items, scores 1 to 5.
ROOMS = st.tuples(st.integers(3, 12), st.integers(3, 8), st.integers(0, 10**6))


def drawn(people, items, seed):
    values = np.random.default_rng(seed).integers(1, 6, (people, items))
    return pd.DataFrame(
        values, index=[f"p{n:02d}" for n in range(people)], columns=[f"u{n}" for n in range(items)]
    )


def distinguishes(table):
    return bool((table.max(axis=1) > table.min(axis=1)).any())


@given(ROOMS)
def test_w_is_friedmans_statistic_and_its_tails_are_scipys(room):
    table = drawn(*room)
    assume(distinguishes(table))
    result = kendall_w(table)
    people, items = table.shape
    friedman = friedmanchisquare(*(table[item] for item in table))
    assert result.chi2 == pytest.approx(friedman.statistic, abs=1e-9)
    assert result.chi2_p == pytest.approx(friedman.pvalue, abs=1e-9)
    assert result.w == pytest.approx(friedman.statistic / (people * (items - 1)), abs=1e-12)
    assert result.chi2_p == pytest.approx(chi2.sf(result.chi2, items - 1), abs=1e-12)
    if result.w < 1:
        assert result.f_p == pytest.approx(f.sf(result.f, result.f_df1, result.f_df2), abs=1e-9)
    assert result.w_uncorrected <= result.w + 1e-12


@given(ROOMS)
def test_reversal_order_of_the_table_and_any_rising_scale_change_nothing(room):
    table = drawn(*room)
    assume(distinguishes(table))
    w = kendall_w(table).w
    assert 0 <= w <= 1
    assert kendall_w(-table).w == pytest.approx(w, abs=1e-12)
    assert kendall_w(table**3).w == w
    assert kendall_w(table.iloc[::-1, ::-1]).w == w


@given(ROOMS)
def test_average_ranks_and_ties_agree_with_pandas(room):
    table = drawn(*room)
    assume(distinguishes(table))
    ranks, ties = _ranked(table)
    np.testing.assert_array_equal(ranks, table.rank(axis=1).to_numpy())
    counted = sum(t**3 - t for _, row in table.iterrows() for t in row.value_counts())
    assert ties == counted


def test_anxiety_example_of_irr():
    # Uncorrected W of the published data set is 0.5019, corrected 0.5397 (R package irr prints 0.54).
    ratings = [
        [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
        [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
        [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
    ]
    result = kendall_w(pd.DataFrame(ratings))
    assert (round(result.w, 4), round(result.w_uncorrected, 4)) == (0.5397, 0.5019)
    assert round(result.chi2_p, 4) == 0.0429


def test_full_agreement_is_one_and_opposites_are_zero():
    same = kendall_w(pd.DataFrame([[1, 2, 3]] * 5))
    assert (same.w, same.f, same.f_p) == (1.0, float("inf"), 0.0)
    assert kendall_w(pd.DataFrame([[1, 2, 3], [3, 2, 1]])).w == 0.0


def test_two_people_and_two_proposals_leave_f_undefined():
    assert np.isnan(kendall_w(pd.DataFrame([[1, 2], [2, 1]])).f_p)


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (pd.DataFrame([[1, 2, 3]]), "too_few_to_agree"),
        (pd.DataFrame([[1], [2]]), "too_few_to_agree"),
        (pd.DataFrame([[2, 2], [3, 3]]), "no_order_given"),
        (pd.DataFrame([[2, np.nan], [3, 3]]), "incomplete_table"),
    ],
)
def test_where_w_means_nothing_it_is_refused(table, code):
    with pytest.raises(InvalidValue) as caught:
        kendall_w(table)
    assert caught.value.code == code


def test_permutations_agree_with_the_exact_distribution():
    # Three people, three items without ties: of 36 arrangements of the other two rows, W = 1 in one.
    table = pd.DataFrame([[1, 2, 3]] * 3)
    result = permutation_test(table, permutations=9_999, seed=11)
    assert result.p == pytest.approx(1 / 36, abs=0.006)
    assert result.baseline == pytest.approx(1 / 3, abs=0.01)


def test_permutations_repeat_with_the_seed_whatever_the_order_of_the_table():
    table = drawn(8, 5, 3)
    first = permutation_test(table, permutations=199, seed=5)
    assert permutation_test(table.iloc[::-1, ::-1], permutations=199, seed=5) == first
    assert permutation_test(table, permutations=199, seed=6) != first


def test_blocks_of_permutations_are_one_stream(monkeypatch):
    table = drawn(6, 4, 2)
    whole = permutation_test(table, permutations=99, seed=1)
    monkeypatch.setattr("workbench.engine.agreement.concordance.CELLS_AT_ONCE", 24 * 7)
    assert permutation_test(table, permutations=99, seed=1) == whole


def test_too_few_permutations_prove_nothing():
    with pytest.raises(InvalidValue, match="too_few_permutations"):
        permutation_test(drawn(5, 4, 1), permutations=98, seed=1)
