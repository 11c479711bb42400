"""Equal Shares and its completions: an exact twin, the papers' examples, real elections."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.equal_shares_twin import twin
from workbench.engine.allocation.completions import COMPLETIONS, equal_shares
from workbench.engine.allocation.result import FundingStatus
from workbench.engine.allocation.voters import UTILITIES
from workbench.errors import InvalidValue, LabelMismatch, UnknownMethod


@st.composite
def meetings(draw):
    participants, proposals = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    points = draw(
        st.lists(st.integers(0, 3), min_size=participants * proposals, max_size=participants * proposals)
    )
    size = draw(st.sampled_from([1, 1000, 10**9 + 7]))
    costs = [size * draw(st.integers(1, 12)) for _ in range(proposals)]
    labels = [f"p{number}" for number in range(proposals)]
    ballots = pd.DataFrame(np.array(points).reshape(participants, proposals), columns=labels)
    return ballots, pd.Series(costs, index=labels), size * draw(st.integers(1, 40))


@given(meetings(), st.sampled_from(sorted(UTILITIES)))
def test_an_exact_twin_buys_the_same_in_the_same_order(meeting, utility):
    ballots, costs, ceiling = meeting
    made = equal_shares(ballots, costs, ceiling, utility)
    assert list(made.funded) == twin(ballots, costs, Fraction(ceiling, len(ballots)), utility)


@pytest.mark.parametrize("utility", sorted(UTILITIES))
@pytest.mark.parametrize("seed", range(4))
def test_a_long_run_buys_what_the_exact_twin_buys(seed, utility):
    """Purses run low one after the other, so most effective costs are counted anew, often in part."""
    rng = np.random.default_rng(seed)
    labels = [f"p{number:02}" for number in range(30)]
    points = rng.integers(1, 5, (40, 30)) * (rng.random((40, 30)) < 0.3)
    ballots = pd.DataFrame(points, columns=labels)
    costs = pd.Series(rng.integers(1, 30, 30) * 100, index=labels)
    ceiling = int(costs.sum() * 0.6)
    exact = twin(ballots, costs, Fraction(ceiling, 40), utility)
    assert len(exact) > 5
    assert list(equal_shares(ballots, costs, ceiling, utility).funded) == exact


@given(meetings(), st.sampled_from(sorted(COMPLETIONS)), st.sampled_from(sorted(UTILITIES)), st.randoms())
def test_no_completion_overspends_or_charges_more_than_the_share(meeting, completion, utility, shuffler):
    ballots, costs, ceiling = meeting
    step = max(1, ceiling // 50)
    made = equal_shares(ballots, costs, ceiling, utility, completion, step)
    assert made.spent == sum(int(costs[label]) for label in made.funded) <= ceiling
    assert made.left == ceiling - made.spent
    assert (made.paid <= float(made.share)).all()
    bought = sum(purchase.cost for purchase in made.purchases)
    assert made.paid.sum() == pytest.approx(bought, rel=1e-9)
    shuffled = ballots.sample(frac=1, random_state=shuffler.randrange(99))[
        shuffler.sample(list(ballots), len(ballots.columns))
    ]
    again = equal_shares(shuffled, costs[::-1], ceiling, utility, completion, step)
    assert again.funded == made.funded
    assert again.purchases == made.purchases
    if completion in ("greedy", "phragmen"):
        assert made.funded[: len(made.purchases)] == tuple(held.proposal for held in made.purchases)
    if completion == "greedy":
        assert all(costs[label] > made.left for label in costs.index if label not in made.funded)


def test_the_example_of_the_streamlining_paper():
    ballots = pd.DataFrame({"p1": [1, 1, 0, 0], "p2": [0, 0, 1, 1], "p3": [0, 1, 1, 1]})
    made = equal_shares(ballots, pd.Series({"p1": 10, "p2": 16, "p3": 21}), 40, "cardinality")
    assert made.funded == ("p1", "p2")
    assert made.paid.tolist() == pytest.approx([5, 5, 8, 8])
    assert made.status["p3"] is FundingStatus.NOT_CHOSEN
    assert made.without_any == 0


def test_utilities_fund_different_proposals():
    ballots = pd.DataFrame({"a": [1, 1, 1], "b": [1, 1, 0], "c": [0, 0, 5]})
    costs = pd.Series({"a": 30, "b": 10, "c": 9})
    assert equal_shares(ballots, costs, 36, "cost").funded == ("a",)
    assert equal_shares(ballots, costs, 36, "cardinality").funded == ("b", "c")


def test_a_public_lot_decides_between_equals():
    ballots = pd.DataFrame({"a": [1], "b": [1]})
    costs = pd.Series({"a": 5, "b": 5})
    assert equal_shares(ballots, costs, 5).funded == ("a",)
    assert equal_shares(ballots, costs, 5, tie_key=pd.Series({"a": 2, "b": 1})).funded == ("b",)


def test_committed_proposals_never_make_it_overspend():
    ballots = pd.DataFrame({"a": [1, 1], "b": [1, 1], "c": [0, 0], "d": [1, 0]})
    costs = pd.Series({"a": 80, "b": 100, "c": 5, "d": 0})
    made = equal_shares(ballots, costs, 100, committed=["a"])
    assert made.funded == ("a", "d")
    assert (made.spent, made.left, made.ceiling, made.share) == (80, 20, 100, Fraction(10))
    assert made.status["c"] is FundingStatus.NO_SUPPORT


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"completion": "add_one"}, "step_missing"),
        ({"completion": "add_one", "step": 1, "ceiling": 10**9}, "step_too_small"),
        ({"committed": ["ghost"]}, "unknown_proposal"),
        ({"committed": ["a"], "ceiling": 3}, "committed_above_ceiling"),
        ({"ballots": pd.DataFrame({"a": [np.nan, 1], "b": [1, 1]})}, "points_missing"),
        ({"ballots": pd.DataFrame({"a": [-1, 1], "b": [1, 1]})}, "points_negative"),
        ({"ballots": pd.DataFrame({"a": [], "b": []})}, "no_ballots"),
    ],
)
def test_bad_input_is_named(changed, code):
    asked = {
        "ballots": pd.DataFrame({"a": [1, 0], "b": [1, 1]}),
        "costs": pd.Series({"a": 5, "b": 6}),
        "ceiling": 10,
    }
    with pytest.raises(InvalidValue) as caught:
        equal_shares(**(asked | changed))
    assert caught.value.code == code


def test_unknown_names_and_labels_are_named():
    ballots, costs = pd.DataFrame({"a": [1]}), pd.Series({"a": 5})
    for changed in ({"utility": "joy"}, {"completion": "luck"}, {"until": "noon"}, {"start": "late"}):
        with pytest.raises(UnknownMethod):
            equal_shares(ballots, costs, 5, **changed)
    with pytest.raises(LabelMismatch):
        equal_shares(ballots, pd.Series({"b": 5}), 5)


def test_half_points_count_exactly():
    halves = pd.DataFrame({"a": [0.5, 1.0], "b": [1.5, 0.0]})
    doubled = (halves * 2).astype(int)
    costs = pd.Series({"a": 4, "b": 5})
    assert equal_shares(halves, costs, 10, "score").funded == equal_shares(doubled, costs, 10, "score").funded


@pytest.mark.shared_data
def test_assen_is_the_official_result(election):
    held = election("Assen_2024")
    first = equal_shares(held.ballots, held.costs, held.ceiling)
    assert set(first.funded) == {"2", "3", "9", "11", "12", "13", "14"}
    assert first.spent == 60_700
    raised = equal_shares(held.ballots, held.costs, held.ceiling, completion="add_one", step=1)
    assert set(raised.funded) == set(held.selected)


@pytest.mark.shared_data
def test_wieliczka_needs_the_last_feasible_share(election):
    held = election("Wieliczka")
    ways = {"completion": "add_one", "step": 1, "start": "whole"}
    first = equal_shares(held.ballots, held.costs, held.ceiling)
    last = equal_shares(held.ballots, held.costs, held.ceiling, until="last_feasible", **ways)
    early = equal_shares(held.ballots, held.costs, held.ceiling, until="exhaustive", **ways)
    assert (len(first.funded), first.spent) == (21, 450_548)
    assert (len(last.funded), last.spent) == (30, 995_079)
    assert set(last.funded) == set(held.selected)
    assert (len(early.funded), early.spent) == (31, 984_579)
    assert set(early.funded) ^ set(last.funded) == {"46", "66", "67"}


@pytest.mark.shared_data
def test_toulouse_counts_agree(election):
    held = election("Toulouse")
    assert len(equal_shares(held.ballots, held.costs, held.ceiling).funded) == 91
    steps = equal_shares(held.ballots, held.costs, held.ceiling, completion="add_one", step=18)
    assert len(steps.funded) == 128
