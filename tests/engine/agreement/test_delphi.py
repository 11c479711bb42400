from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.agreement import DelphiRule, Stop, compare_rounds, disputed_items, kendall_w
from workbench.errors import InvalidValue, LabelMismatch

FIRST = pd.DataFrame(
    {
        "well": [4, 4, 5, 5, 5, 4],
        "road": [1, 1, 5, 5, 3, 2],
        "bridge": [1, 5, 1, 5, 1, 5],
    },
    index=[f"p{n}" for n in range(6)],
)


def test_disputed_items_come_least_agreed_first():
    assert disputed_items(FIRST, (1, 5)) == ("bridge", "road")


def test_only_the_disputed_are_asked_again_and_the_others_stand():
    second = pd.DataFrame({"road": [2, 2, 3, 3, 3, 2], "bridge": [1, 5, 1, 5, 1, 5]}, index=FIRST.index)
    result = compare_rounds(FIRST, second, (1, 5))
    assert result.table["asked_again"].to_dict() == {"bridge": True, "road": True, "well": False}
    road = result.table.loc["road"]
    assert (road["median_before"], road["median_now"]) == (2.5, 2.5)
    assert road["moved"] == pytest.approx(4 / 6)
    assert road["mean_move"] == pytest.approx((1 + 1 - 2 - 2 + 0 + 0) / 6)
    assert road["consensus"]
    assert not road["stable"]
    assert result.disputed == ("bridge",)
    assert result.table.loc["well", ["consensus", "stable"]].tolist() == [True, True]
    # Dissent on the bridge did not move: another round would not move it either.
    assert result.decision == Stop.STABLE_DISSENT
    assert result.w_before == pytest.approx(kendall_w(FIRST).w)


def test_the_shift_of_the_distribution_ignores_people_who_swap():
    first = pd.DataFrame({"road": [1, 1, 1, 5, 5, 5]})
    swapped = pd.DataFrame({"road": [5, 5, 5, 1, 1, 1]})
    row = compare_rounds(first, swapped, (1, 5)).table.loc["road"]
    assert (row["moved"], row["change"], row["mean_move"]) == (1.0, 0.0, 0.0)
    assert row["stable"]


def test_agreement_that_stands_still_ends_the_rounds():
    same = pd.DataFrame({"well": [4, 4, 5, 5, 5]})
    assert compare_rounds(same, same, (1, 5)).decision == Stop.CONSENSUS


def test_the_forums_limit_of_rounds_ends_them():
    first = pd.DataFrame({"road": [1, 1, 5, 5, 3, 2]})
    second = pd.DataFrame({"road": [3, 1, 5, 2, 5, 4]})
    assert compare_rounds(first, second, (1, 5)).decision == Stop.ROUNDS_USED
    assert compare_rounds(first, second, (1, 5), rule=DelphiRule(most_rounds=3)).decision == Stop.GO_ON


def test_who_did_not_answer_is_not_made_to_have_moved():
    first = pd.DataFrame({"road": [1, 1, 5, 5, 3, 2, 4]})
    second = pd.DataFrame({"road": [np.nan, 1, 5, 5, 3, 2, 4]})
    row = compare_rounds(first, second, (1, 5)).table.loc["road"]
    assert (row["answers"], row["moved"], row["change"]) == (6, 0.0, 0.0)


def test_few_answers_are_not_shown():
    first = pd.DataFrame({"road": [1.0, 1, 5, 5, 3], "well": [4.0, 4, 4, np.nan, np.nan]})
    result = compare_rounds(first, first, (1, 5))
    shown = result.table.loc["well", ["median_now", "iqr_now", "in_band", "moved", "mean_move", "change"]]
    assert shown.isna().all()
    assert "well" in result.disputed


@given(st.integers(5, 15), st.integers(1, 4), st.integers(0, 10**6))
def test_order_of_people_does_not_matter_and_nothing_moves_between_equal_rounds(people, items, seed):
    random = np.random.default_rng(seed)
    first = pd.DataFrame(random.integers(1, 6, (people, items)).astype(float))
    second = pd.DataFrame(random.integers(1, 6, (people, items)).astype(float))
    one = compare_rounds(first, second, (1, 5))
    two = compare_rounds(first.iloc[::-1], second.sample(frac=1, random_state=1), (1, 5))
    pd.testing.assert_frame_equal(one.table, two.table)
    still = compare_rounds(first, first, (1, 5)).table
    assert (still["change"] == 0).all()
    assert still["stable"].all()
    assert (one.table["change"] <= one.table["moved"] + 1e-12).all()


def test_rounds_that_do_not_fit_are_refused():
    with pytest.raises(LabelMismatch):
        compare_rounds(FIRST, FIRST.iloc[:5], (1, 5))
    with pytest.raises(InvalidValue, match="unknown_items"):
        compare_rounds(FIRST, FIRST.rename(columns={"well": "school"}), (1, 5))
    with pytest.raises(InvalidValue, match="invalid_round"):
        compare_rounds(FIRST, FIRST, (1, 5), round_number=1)
