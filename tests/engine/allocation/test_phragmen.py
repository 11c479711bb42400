"""Sequential Phragmen against an exact twin and real elections."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.allocation.phragmen import fund_by_phragmen


def twin(ballots: pd.DataFrame, costs: pd.Series, ceiling: int) -> list[str]:
    since = [Fraction(0)] * len(ballots)
    bought: list[str] = []
    while True:
        found = []
        for name in ballots:
            payers = [person for person, points in enumerate(ballots[name]) if points > 0]
            if payers and name not in bought:
                moment = (int(costs[name]) + sum(since[person] for person in payers)) / len(payers)
                found.append((Fraction(moment), int(costs[name]), -len(payers), name))
        if not found or min(found)[1] > ceiling - sum(int(costs[name]) for name in bought):
            return bought
        moment, _, _, name = min(found)
        since = [moment if points > 0 else held for held, points in zip(since, ballots[name], strict=True)]
        bought.append(name)


@given(
    st.integers(1, 7),
    st.integers(1, 6),
    st.integers(0, 10**6),
    st.sampled_from([1, 10**9 + 7]),
    st.integers(1, 40),
)
def test_an_exact_twin_buys_the_same_in_the_same_order(participants, proposals, seed, size, share):
    rng = np.random.default_rng(seed)
    labels = [f"p{number}" for number in range(proposals)]
    ballots = pd.DataFrame(rng.integers(0, 2, (participants, proposals)), columns=labels)
    costs = pd.Series(rng.integers(1, 12, proposals) * size, index=labels)
    made = fund_by_phragmen(ballots, costs, share * size)
    assert list(made.funded) == twin(ballots, costs, share * size)
    assert made.spent == sum(int(costs[label]) for label in made.funded) <= share * size
    again = fund_by_phragmen(ballots[::-1], costs[::-1], share * size)
    assert again.purchases == made.purchases


def test_it_stops_at_the_first_proposal_that_cannot_be_paid():
    ballots = pd.DataFrame({"a": [1, 1], "b": [1, 0], "c": [0, 1]})
    made = fund_by_phragmen(ballots, pd.Series({"a": 10, "b": 8, "c": 12}), 20)
    assert made.funded == ("a", "b")
    assert made.stopped == "would_overspend"
    assert [held.received_by_then for held in made.purchases] == [5.0, 13.0]


def test_what_costs_more_than_the_whole_ceiling_ends_the_walk_for_nobody():
    ballots = pd.DataFrame({"dear": [1] * 9, "small": [1, 0, 0, 0, 0, 0, 0, 0, 0]})
    made = fund_by_phragmen(ballots, pd.Series({"dear": 21, "small": 20}), 20)
    assert made.funded == ("small",)
    assert made.stopped == "all_funded"


@pytest.mark.shared_data
@pytest.mark.parametrize(("name", "count"), [("Assen_2024", 10), ("Wieliczka", 32), ("Toulouse", 130)])
def test_real_elections_agree(election, name, count):
    held = election(name)
    assert len(fund_by_phragmen(held.ballots, held.costs, held.ceiling).funded) == count
