"""The line under a ceiling: stop, skip, ties, unpriced and free proposals."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.allocation.ranked import AT_LINE, FundingStatus, fund_by_rank
from workbench.engine.allocation.result import StepDecision
from workbench.errors import InvalidValue, LabelMismatch, UnknownMethod

F, OVER, D, T, U = (
    FundingStatus.FUNDED,
    FundingStatus.OVER_THE_LINE,
    FundingStatus.DOES_NOT_FIT,
    FundingStatus.TIED_AT_LINE,
    FundingStatus.UNPRICED,
)


def table(rows: dict[str, tuple[int, int | None]]) -> tuple[pd.Series, pd.Series]:
    ranks = pd.Series({label: rank for label, (rank, _) in rows.items()})
    costs = pd.Series(
        {label: pd.NA if cost is None else cost for label, (_, cost) in rows.items()}, dtype="Int64"
    )
    return ranks, costs


def statuses(rows, ceiling, at_line):
    return fund_by_rank(*table(rows), ceiling, at_line).status.to_dict()


def test_stop_closes_the_line_for_everyone_below():
    rows = {"a": (1, 60), "b": (2, 50), "c": (3, 30)}
    made = fund_by_rank(*table(rows), 100, "stop")
    assert made.status.to_dict() == {"a": F, "b": OVER, "c": OVER}
    assert (made.spent, made.left, made.line_after_rank) == (60, 40, 1)
    assert made.shortfall.dropna().to_dict() == {"b": 10, "c": 40}
    assert made.running_total.tolist() == [60, 60, 60]
    assert [step.decision for step in made.steps] == [
        StepDecision.FITS,
        StepDecision.CLOSES_LINE,
        StepDecision.AFTER_LINE,
    ]


def test_skip_goes_on_past_what_does_not_fit():
    rows = {"a": (1, 60), "b": (2, 50), "c": (3, 30), "d": (4, 20)}
    made = fund_by_rank(*table(rows), 100, "skip")
    assert made.status.to_dict() == {"a": F, "b": D, "c": F, "d": D}
    assert made.shortfall.dropna().to_dict() == {"b": 10, "d": 10}
    assert (made.spent, made.left, made.line_after_rank, made.rule) == (90, 10, 3, "by_rank_skip")


def test_a_tie_group_is_funded_together_or_left_to_the_forum():
    rows = {"a": (1, 40), "b": (2, 30), "c": (2, 31), "d": (4, 1)}
    for name in AT_LINE:
        assert statuses(rows, 101, name) == {"a": F, "b": F, "c": F, "d": OVER if name == "stop" else D}
        made = fund_by_rank(*table(rows), 100, name)
        assert made.status.to_dict() == {"a": F, "b": T, "c": T, "d": OVER}
        assert made.shortfall.dropna().to_dict() == {"b": 1, "c": 1, "d": 2}
        assert made.steps[1].decision is StepDecision.TIE_AT_LINE


def test_members_that_do_not_fit_even_alone_are_told_apart():
    rows = {"a": (1, 10), "b": (1, 10), "c": (1, 100), "d": (2, 5)}
    assert statuses(rows, 25, "stop") == {"a": T, "b": T, "c": OVER, "d": OVER}
    assert statuses(rows, 25, "skip") == {"a": F, "b": F, "c": D, "d": F}
    assert statuses(rows, 15, "skip") == {"a": T, "b": T, "c": D, "d": OVER}
    made = fund_by_rank(*table(rows), 15, "skip")
    assert made.shortfall.to_dict() == {"a": 5, "b": 5, "c": 85, "d": 10}


def test_unpriced_neither_blocks_nor_uses_the_line():
    rows = {"a": (1, None), "b": (2, 10), "c": (2, None), "d": (3, 10)}
    for name in AT_LINE:
        assert statuses(rows, 20, name) == {"a": U, "b": F, "c": U, "d": F}
        assert statuses(rows, 10, name)["c"] is U


def test_what_costs_nothing_is_funded_wherever_it_stands():
    rows = {"a": (1, 50), "b": (2, 0), "c": (3, 0), "d": (3, 60)}
    made = fund_by_rank(*table(rows), 40, "stop")
    assert made.status.to_dict() == {"a": OVER, "b": F, "c": F, "d": OVER}
    assert (made.spent, made.line_after_rank) == (0, None)


def test_a_zero_ceiling_is_a_ceiling():
    assert statuses({"a": (1, 1)}, 0, "stop") == {"a": OVER}


def test_amounts_beyond_doubles_stay_exact():
    huge = 4_000_000_000_000_000_001
    rows = {"a": (1, huge), "b": (2, huge)}
    assert statuses(rows, 2 * huge, "stop") == {"a": F, "b": F}
    made = fund_by_rank(*table(rows), 2 * huge - 1, "stop")
    assert made.shortfall["b"] == 1
    assert made.left == huge - 1


@pytest.mark.parametrize(
    ("ranks", "costs", "ceiling", "code"),
    [
        ({"a": 1}, {"a": -1}, 10, "amount_negative"),
        ({"a": 1}, {"a": 1.5}, 10, "amount_not_whole"),
        ({"a": 1}, {"a": True}, 10, "amount_not_whole"),
        ({"a": 1}, {"a": 1}, None, "no_ceiling"),
        ({"a": 1}, {"a": 1}, -5, "amount_negative"),
        ({"a": 1}, {"a": 1}, 10.0, "amount_not_whole"),
        ({"a": 1}, {"a": 1}, 2**63, "amount_too_large"),
        ({"a": 1, "b": 2}, {"a": 2**62, "b": 2**62}, 10, "amount_too_large"),
        ({"a": 0}, {"a": 1}, 10, "rank_not_whole"),
        ({"a": 1.5}, {"a": 1}, 10, "rank_not_whole"),
        ({"a": None}, {"a": 1}, 10, "rank_not_whole"),
    ],
)
def test_bad_input_is_named(ranks, costs, ceiling, code):
    with pytest.raises(InvalidValue) as caught:
        fund_by_rank(pd.Series(ranks), pd.Series(costs), ceiling)
    assert caught.value.code == code


def test_labels_must_match_and_be_unique():
    with pytest.raises(LabelMismatch):
        fund_by_rank(pd.Series({"a": 1}), pd.Series({"b": 1}), 10)
    with pytest.raises(InvalidValue, match="duplicate_proposal"):
        fund_by_rank(pd.Series([1, 2], index=["a", "a"]), pd.Series({"a": 1}), 10)
    with pytest.raises(UnknownMethod):
        fund_by_rank(pd.Series({"a": 1}), pd.Series({"a": 1}), 10, "halt")


rows_strategy = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=3),
    st.tuples(st.integers(1, 6), st.none() | st.sampled_from([0, 10**3]) | st.integers(10**6, 10**12)),
    min_size=1,
    max_size=12,
)


@given(rows_strategy, st.integers(0, 4 * 10**12), st.sampled_from(sorted(AT_LINE)), st.randoms())
def test_whatever_the_list_the_money_is_exact_and_row_order_does_not_matter(rows, ceiling, at_line, shuffler):
    made = fund_by_rank(*table(rows), ceiling, at_line)
    costs = {label: cost for label, (_, cost) in rows.items()}
    assert made.spent == sum(costs[label] for label in made.funded)
    assert 0 <= made.left == ceiling - made.spent
    assert set(made.order) == set(rows)
    for label, status in made.status.items():
        assert (status is U) == (costs[label] is None)
        assert pd.isna(made.shortfall[label]) == (status in (F, U))
        if status not in (F, U):
            assert made.shortfall[label] > 0
        if status is D:
            assert costs[label] > made.left
    shuffled = list(rows.items())
    shuffler.shuffle(shuffled)
    again = fund_by_rank(*table(dict(shuffled)), ceiling, at_line)
    assert again.status.to_dict() == made.status.to_dict()
    assert again.steps == made.steps
    assert again.order == made.order


@given(rows_strategy, st.integers(0, 4 * 10**12))
def test_under_stop_the_shortfall_is_exactly_the_money_that_funds_it(rows, ceiling):
    made = fund_by_rank(*table(rows), ceiling, "stop")
    for label, missing in made.shortfall.dropna().items():
        assert fund_by_rank(*table(rows), ceiling + int(missing), "stop").status[label] is F
        assert fund_by_rank(*table(rows), ceiling + int(missing) - 1, "stop").status[label] is not F


@given(rows_strategy, st.integers(0, 4 * 10**12), st.sampled_from(sorted(AT_LINE)))
def test_a_naive_twin_agrees_where_no_ranks_are_shared(rows, ceiling, at_line):
    single = {label: (place, cost) for place, (label, (_, cost)) in enumerate(sorted(rows.items()), start=1)}
    left, closed, funded = ceiling, False, []
    for label, (_, cost) in single.items():
        if cost is None:
            continue
        if cost == 0 or (cost <= left and not closed):
            left -= cost
            funded.append(label)
        elif at_line == "stop":
            closed = True
    made = fund_by_rank(*table(single), ceiling, at_line)
    assert list(made.funded) == funded
    assert made.left == left
