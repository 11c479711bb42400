"""Merged ballots and the floors of the queue, against counting cell by cell."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import ceil

import numpy as np
import pandas as pd
import pytest

from workbench.engine.allocation.equal_shares import run_shares, unfunded_supported
from workbench.engine.allocation.share_terms import BITS, LARGEST, Terms
from workbench.engine.allocation.voters import UTILITIES, electorate


def drawn(seed: int, participants: int, proposals: int, largest: int) -> tuple[pd.DataFrame, pd.Series]:
    """Few kinds of ballots, so that many are equal, and a proposal that nobody supports."""
    rng = np.random.default_rng(seed)
    kinds = rng.integers(1, largest + 1, (participants, proposals)) * (
        rng.random((participants, proposals)) < 0.3
    )
    points = kinds[rng.integers(0, max(1, participants // 2), participants)]
    points[:, 0] = 0
    labels = [f"p{number}" for number in rng.permutation(proposals)]
    return pd.DataFrame(points, columns=labels), pd.Series(rng.integers(1, 30, proposals) * 100, index=labels)


@pytest.mark.parametrize("largest", [1, 3, 255, 256, 10**6])
@pytest.mark.parametrize("seed", range(3))
def test_merged_ballots_hold_what_every_participant_wrote(seed, largest):
    ballots, costs = drawn(seed, 23, 9, largest)
    held = electorate(ballots, costs, 1000, "score")
    again = np.zeros((held.weights.size, len(held.labels)), dtype=int)
    for place, (supporters, points) in enumerate(zip(held.supporters, held.utilities, strict=True)):
        assert all(one < other for one, other in pairwise(supporters.tolist()))
        again[supporters, place] = points
    assert (again[held.ballot_of] == ballots[list(held.labels)].to_numpy()).all()
    assert held.weights.tolist() == np.bincount(held.ballot_of).tolist()
    assert len({tuple(row) for row in again.tolist()}) == len(again)
    narrow = again.astype(np.uint8) if again.max() < 256 else again
    rows = [row.tobytes() for row in narrow]
    assert rows == sorted(rows)


@pytest.mark.parametrize("utility", sorted(UTILITIES))
def test_floors_are_what_everybody_pays_in_proportion(utility):
    ballots, costs = drawn(1, 30, 8, 5)
    terms = Terms.of(electorate(ballots, costs, 1000, utility))
    assert [bound.rho for bound in terms.queue] == sorted(bound.rho for bound in terms.queue)
    assert len(terms.queue) == int((ballots > 0).any().sum())
    for bound in terms.queue:
        label = terms.held.labels[bound.place]
        points, cost = ballots[label], int(costs[label])
        worth = {"cost": int((points > 0).sum()) * cost, "cardinality": int((points > 0).sum())}
        exact = Fraction(cost, worth.get(utility, int(points.sum())))
        assert bound.rho == float(exact)
        assert bound.fine == (exact.numerator << BITS) // exact.denominator


def test_floors_beyond_int64_are_counted_exactly():
    price = 10**17 + 1
    held = electorate(
        pd.DataFrame({"a": [1] * 90, "b": [1] + [0] * 89}), pd.Series({"a": price, "b": 3}), 10**17
    )
    assert price * 90 > LARGEST
    floors = {bound.place: bound.fine for bound in Terms.of(held).queue}
    assert floors == {0: (1 << BITS) // 90, 1: 1 << BITS}


def test_runs_with_the_same_terms_do_not_disturb_each_other():
    ballots, costs = drawn(2, 40, 20, 3)
    held = electorate(ballots, costs, 5000, "score")
    terms = Terms.of(held)
    for share in (Fraction(60), Fraction(140), Fraction(60)):
        assert run_shares(terms, share).purchases == run_shares(Terms.of(held), share).purchases


@pytest.mark.parametrize("utility", sorted(UTILITIES))
@pytest.mark.parametrize("seed", range(3))
def test_a_run_that_begins_where_another_opened_buys_what_a_fresh_one_buys(seed, utility):
    ballots, costs = drawn(seed, 40, 20, 3)
    terms = Terms.of(electorate(ballots, costs, 5000, utility))
    run, counts = run_shares(terms, Fraction(20)), []
    for rise in (Fraction(1), Fraction(19, 7), Fraction(30), Fraction(100), Fraction(40_000)):
        fresh = run_shares(terms, run.share + rise)
        run = run_shares(terms, run.share + rise, run.opening)
        counts.append(run.opening.count)
        assert (run.bought, run.spent) == (fresh.bought, fresh.spent)
        assert [held.payers for held in run.purchases] == [held.payers for held in fresh.purchases]
        assert run.purses.balance == pytest.approx(fresh.purses.balance, abs=1e-9)
        assert run.purses.fine_balance().tolist() == fresh.purses.fine_balance().tolist()
    assert counts == sorted(counts)
    assert counts[0] < counts[-1] == len(terms.queue)


@pytest.mark.parametrize("seed", range(4))
def test_the_least_rise_is_what_exact_purses_lack(seed):
    """Floating point alone answers where it is sure; the purses are in fractions here."""
    ballots, costs = drawn(seed, 30, 12, 3)
    held = electorate(ballots, costs * 1001, 1, "score")
    run = run_shares(Terms.of(held), Fraction(100_000, 7))
    left = [Fraction(run.purses.share)] * len(ballots)
    for purchase in run.purchases:
        worth = ballots[purchase.proposal].tolist()
        rho = effective_cost(left, worth, purchase.cost)
        left = [purse - min(purse, rho * value) for purse, value in zip(left, worth, strict=True)]
    lacking = []
    places = unfunded_supported(held, run.bought)
    for place in places:
        payers = [purse for purse, points in zip(left, ballots[held.labels[place]], strict=True) if points]
        lacking.append(max(1, ceil((held.costs[place] - sum(payers)) / len(payers))))
    assert 1 < run.purses.missing_each(places) == min(lacking)
    assert [run.purses.missing_each((place,)) for place in places] == lacking


def effective_cost(purses: list[Fraction], worth: list[int], cost: int) -> Fraction:
    """Return the smallest number of rupiah for each point at which all pay the cost together."""
    payers = sorted(
        (purse / value, purse, value) for purse, value in zip(purses, worth, strict=True) if value
    )
    lacking, points = Fraction(cost), sum(worth)
    for most, purse, value in payers:
        if lacking / points <= most:
            break
        lacking, points = lacking - purse, points - value
    return lacking / points
