"""What each completion of Equal Shares promises, through `prioritise`, at a thousand to 10^13 rupiah."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests import strategies
from tests.equal_shares_twin import twin, twin_with_purses
from tests.money_strategies import priced_sessions
from workbench.budgeting import contest_of
from workbench.domain.rules import CHOICES
from workbench.errors import InvalidInput
from workbench.prioritisation import Outcome, Standing, prioritise

FEW = settings(max_examples=6)
MOST_RUNS = 400


@dataclass(frozen=True)
class Bought:
    """One outcome under Equal Shares, and the plain way to run it with any share."""

    outcome: Outcome
    ballots: pd.DataFrame
    costs: pd.Series
    room: int
    utility: str

    @classmethod
    def of(cls, session, rules) -> Bought:
        outcome = prioritise(session, rules)
        held = contest_of(session, outcome)
        names = {label: f"{int(place):03d} {label}" for label, place in held.order.items()}  # the public key
        ballots = held.support.ballots.rename(columns=names)
        return cls(outcome, ballots, held.costs.rename(names), held.room, rules.utility)

    @property
    def funded(self) -> set[str]:
        held = set(self.outcome.standing(Standing.FUNDED).index)
        return {name for name in self.costs.index if name[4:] in held}

    @property
    def supported(self) -> set[str]:
        return {name for name in self.ballots if (self.ballots[name] > 0).any()}

    def spent(self, held) -> int:
        return sum(int(self.costs[name]) for name in held)

    def fits(self, held) -> set[str]:
        """Return the supported proposals that what is left would pay."""
        left = self.room - self.spent(held)
        return {name for name in self.supported - set(held) if self.costs[name] <= left}

    def runs(self, shares: Iterator[Fraction]) -> Iterator[tuple[Fraction, set[str]]]:
        for share in shares:
            yield share, set(twin(self.ballots, self.costs, share, self.utility))

    def just_enough(self, run: list[str], purses: list[Fraction]) -> int:
        """Return by how many whole rupiah all purses must rise so that leftovers pay for one more."""
        rises = []
        for name in self.supported - set(run):
            payers = (self.ballots[name] > 0).to_numpy()
            held = sum(purse for purse, pays in zip(purses, payers, strict=True) if pays)
            rises.append(max(ceil((int(self.costs[name]) - held) / int(payers.sum())), 1))
        return min(rises)

    def first_share(self, start: str) -> Fraction:
        people = len(self.ballots)
        return Fraction(self.room // people) if start == "whole" else Fraction(self.room, people)


@st.composite
def cases(draw, completion: str):
    """Draw a session of which everything is priced, with the terms of Equal Shares."""
    session = draw(priced_sessions())
    ceiling = int(session.budget.frame["amount"].iloc[0])
    terms = {
        "budget_rule": "equal_shares",
        "completion": completion,
        "completion_step": max(ceiling // draw(st.integers(3, 40)), 1),
        "completion_until": draw(st.sampled_from(CHOICES["completion_until"])),
        "share_start": draw(st.sampled_from(CHOICES["share_start"])),
        "utility": draw(st.sampled_from(CHOICES["utility"])),
    }
    rules = replace(draw(strategies.rules()), **terms)
    try:
        found = Bought.of(session, rules)
    except InvalidInput as error:
        assume({problem.code for problem in error.problems} != {"rule_without_ballots"})
        raise
    assume(found.outcome.room and not found.ballots.empty)
    return found, rules


def kept_run(found: Bought, rules, shares: Iterator[Fraction]) -> set[str]:
    """Return the run that counts where shares rise: the last that fits, or the first that uses all."""
    kept: set[str] = set()
    for _, run in found.runs(shares):
        if found.spent(run) > found.room:
            return kept
        kept = run
        if kept >= found.supported or (rules.completion_until == "exhaustive" and not found.fits(kept)):
            return kept
    raise AssertionError


@FEW
@given(cases("none"))
def test_none_leaves_only_what_its_supporters_cannot_pay(case):
    found, rules = case
    ((share, run),) = found.runs(iter([found.first_share(rules.share_start)]))
    assert found.funded == run
    assert found.outcome.shared.share == float(share)


@FEW
@given(cases("add_one"))
def test_add_one_keeps_the_last_run_that_fits(case):
    found, rules = case
    first, step = found.first_share(rules.share_start), rules.completion_step
    assert found.funded == kept_run(found, rules, (first + step * at for at in range(MOST_RUNS)))
    rises = (Fraction(found.outcome.shared.share) - first) / step
    assert float(rises) == pytest.approx(round(rises), abs=1e-6)  # whole steps, however many
    if rules.completion_until == "exhaustive" and found.fits(found.funded):
        after = set(twin(found.ballots, found.costs, first + step * (round(rises) + 1), rules.utility))
        assert found.spent(after) > found.room  # only a step too far leaves what would have fitted


@settings(max_examples=12)
@given(cases("add_opt"))
def test_add_opt_raises_shares_by_what_one_more_lacks_and_keeps_the_last_run_that_fits(case):
    found, rules = case
    assume(len(found.supported) > 1)  # one alone is bought or never fits: nothing is raised
    share, kept, counted = found.first_share(rules.share_start), set(), None
    while True:
        run, purses = twin_with_purses(found.ballots, found.costs, share, found.utility)
        if found.spent(run) > found.room:
            break
        kept, counted = set(run), share
        if kept >= found.supported or (rules.completion_until == "exhaustive" and not found.fits(kept)):
            break
        share += found.just_enough(run, purses)
    assert found.funded == kept
    assert found.outcome.shared.share == float(counted)


@FEW
@given(cases("greedy"))
def test_greedy_leaves_nothing_that_the_rest_could_pay(case):
    found, rules = case
    ((_, run),) = found.runs(iter([found.first_share(rules.share_start)]))
    assert found.funded >= run
    left = found.room - found.spent(found.funded)
    assert all(found.costs[name] > left for name in set(found.costs.index) - found.funded)
    assert found.outcome.shared.completed == len(found.funded - run)


@FEW
@given(cases("phragmen"))
def test_phragmen_keeps_what_was_bought_and_stops_at_what_is_too_dear(case):
    found, rules = case
    ((_, run),) = found.runs(iter([found.first_share(rules.share_start)]))
    assert found.funded >= run
    waiting = found.supported - found.funded
    assert not waiting or max(found.costs[name] for name in waiting) > found.room - found.spent(found.funded)
