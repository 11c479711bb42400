"""Score per rupiah, exactly, and the textbook case where it is not the best."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.allocation.greedy import fund_by_value, ranks_by_value
from workbench.engine.allocation.result import FundingStatus


def test_the_textbook_case_where_greed_is_not_best():
    scores, costs = pd.Series({"a": 60, "b": 100, "c": 120}), pd.Series({"a": 10, "b": 20, "c": 30})
    made = fund_by_value(scores, costs, 50)
    assert made.funded == ("a", "b")
    assert made.rule == "by_value"


def test_equal_score_per_rupiah_is_a_tie_unless_a_public_key_decides():
    scores, costs = pd.Series({"a": 3, "b": 1}), pd.Series({"a": 3 * 10**15, "b": 10**15})
    assert set(fund_by_value(scores, costs, 3 * 10**15).status) == {FundingStatus.TIED_AT_LINE}
    lot = pd.Series({"a": 2, "b": 1})
    assert fund_by_value(scores, costs, 3 * 10**15, lot).funded == ("b",)


entries = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=2),
    st.tuples(st.integers(0, 500), st.integers(1, 10**13) | st.integers(1, 6)),
    min_size=1,
)


@given(entries)
def test_order_is_that_of_exact_fractions(held):
    scores = pd.Series({label: score / 4 for label, (score, _) in held.items()})
    costs = pd.Series({label: cost for label, (_, cost) in held.items()})
    ranks = ranks_by_value(scores, costs)
    exact = {label: Fraction(score, cost) for label, (score, cost) in held.items()}
    for one in held:
        for other in held:
            assert (ranks[one] < ranks[other]) == (exact[one] > exact[other])


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "count"), [("Wawer", 16), ("Rembertow", 19), ("Wieliczka", 23), ("Toulouse", 81)]
)
def test_real_elections_agree(election, name, count):
    held = election(name)
    votes = (held.ballots > 0).sum()
    # Warsaw breaks ties by the printed list; the figure for Toulouse was counted with labels as text.
    listed = sorted(held.costs.index) if name == "Toulouse" else held.costs.index
    numbers = pd.Series(range(len(held.costs)), index=listed)
    # Greedy by votes: the cost is the satisfaction, so score per rupiah is the number of votes.
    made = fund_by_value(votes * held.costs, held.costs, held.ceiling, numbers)
    assert len(made.funded) == count
    if name in ("Wawer", "Rembertow"):
        assert set(made.funded) == set(held.selected)
    if name == "Wieliczka":
        assert made.spent == 998_997
