"""The price of a rule: the same needs and the same ceiling under every rule, and what survives them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from workbench.budgeting.contest import Contest
from workbench.budgeting.readings import Reading, read_rule, rules_compared
from workbench.domain.session import Session
from workbench.engine.allocation.points import whole_points
from workbench.errors import InvalidInput, NoFeasiblePlan
from workbench.prioritisation.outcome import Outcome


@dataclass(frozen=True)
class PriceOfRule:
    """What one rule buys with the ceiling, and whom it leaves out.

    Attributes
    ----------
    reading : Reading
        What it funds.
    total_score : float or None
        Sum of the scores of the funded proposals; None where one of them is withheld.
    share_of_best : float or None
        Of the largest total among the rules compared; 1 where every total is zero, None where either total
        is withheld.
    spent, left : int
        Whole rupiah.
    villages_without : tuple of str
        Villages that proposed something and have nothing funded, sorted.
    women, women_known : int
        Funded proposals of women, of those funded that say whose they are.
    poor_households : int
        Poor households that the funded proposals name, added up.
    voters_without : int or None
        Participants none of whose supported proposals is funded; None where too few gave complete cards, and
        where they or the others are so few that the figure would speak of them.
    """

    reading: Reading
    total_score: float | None
    share_of_best: float | None
    spent: int
    left: int
    villages_without: tuple[str, ...]
    women: int
    women_known: int
    poor_households: int
    voters_without: int | None


@dataclass(frozen=True)
class Comparison:
    """The rules side by side.

    Attributes
    ----------
    in_force : str
        The rule of the outcome.
    prices : mapping of rule to PriceOfRule
        In the order of `READINGS`.
    not_computed : mapping of rule to str
        Why a rule is not compared: ``rule_without_ballots``, ``conditions_clash``, ``nothing_found_in_time``.
    times : Series of int by proposal
        Under how many of the compared rules a competing proposal is funded, in the public order.
    villages : int
        Villages that proposed something.
    women, women_known : int
        Competing proposals of women, of those that say whose they are.
    poor_households : int
        Poor households that the competing proposals name, added up.
    voters : int or None
        Participants with at least one complete card; None where they are fewer than the smallest group.
    unscored, unpriced : tuple of str
        Proposals that no money-sharing rule, and that no rule at all, can fund.
    """

    in_force: str
    prices: Mapping[str, PriceOfRule]
    not_computed: Mapping[str, str]
    times: pd.Series
    villages: int
    women: int
    women_known: int
    poor_households: int
    voters: int | None
    unscored: tuple[str, ...]
    unpriced: tuple[str, ...]

    @property
    def surviving(self) -> tuple[str, ...]:
        """The proposals that every compared rule funds, in the public order."""
        return tuple(self.times.index[self.times == len(self.prices)].tolist()) if self.prices else ()

    @property
    def contested(self) -> tuple[str, ...]:
        """The proposals that some rules fund and others do not; most often funded first."""
        some = self.times[(self.times > 0) & (self.times < len(self.prices))]
        return tuple(some.sort_values(ascending=False, kind="stable").index.tolist())


def compare_rules(session: Session, outcome: Outcome, contest: Contest) -> Comparison:
    """Run every rule on the same contest and set the results side by side.

    Parameters
    ----------
    session : Session
        The session that the outcome was computed from.
    outcome : Outcome
    contest : Contest
        Of both, from `workbench.budgeting.contest.contest_of`.

    Returns
    -------
    Comparison
    """
    readings, missing = _read(contest)
    units = whole_points(contest.scores)
    worth = dict(zip(contest.scores.index, units.units.tolist(), strict=True))
    totals = {rule: sum(worth[label] for label in held.funded) for rule, held in readings.items()}
    best = max(totals.values(), default=0)
    largest = next((held.funded for rule, held in readings.items() if totals[rule] == best), ())
    people = _people(session, contest)
    ballots = contest.support.ballots
    voters = len(ballots) if len(ballots) >= outcome.rules.minimum_group else None
    prices = {
        rule: PriceOfRule(
            reading=held,
            total_score=contest.total_shown(held.funded, units.score(totals[rule])),
            share_of_best=contest.total_shown((*held.funded, *largest), totals[rule] / best if best else 1.0),
            **_money(contest, held),
            villages_without=_without(contest, held),
            **_reached(people.loc[list(held.funded)]),
            voters_without=None if voters is None else _voters_without(ballots, held, outcome),
        )
        for rule, held in readings.items()
    }
    counts = pd.Series(0, index=contest.ranks.index, name="times")
    for held in readings.values():
        counts[list(held.funded)] += 1
    return Comparison(
        in_force=outcome.rules.budget_rule,
        prices=MappingProxyType(prices),
        not_computed=MappingProxyType(missing),
        times=counts,
        villages=contest.villages[contest.villages != ""].nunique(),
        **_reached(people),
        voters=voters,
        unscored=contest.support.unscored,
        unpriced=contest.unpriced,
    )


def _read(contest: Contest) -> tuple[dict[str, Reading], dict[str, str]]:
    found: dict[str, Reading] = {}
    missing: dict[str, str] = {}
    for rule in rules_compared(contest):
        try:
            found[rule] = read_rule(rule, contest)
        except InvalidInput as error:
            missing[rule] = error.problems[0].code
        except NoFeasiblePlan as error:
            missing[rule] = error.code
    return found, missing


def _people(session: Session, contest: Contest) -> pd.DataFrame:
    return session.proposals.frame.loc[contest.ranks.index, ["womens_proposal", "poor_households"]]


def _money(contest: Contest, held: Reading) -> dict[str, int]:
    spent = sum(int(cost) for cost in contest.costs[list(held.funded)])
    return {"spent": spent, "left": contest.room - spent}


def _without(contest: Contest, held: Reading) -> tuple[str, ...]:
    named = set(contest.villages[contest.villages != ""])
    return tuple(sorted(named - set(contest.villages[list(held.funded)])))


def _reached(people: pd.DataFrame) -> dict[str, int]:
    told = people["womens_proposal"].dropna().astype(bool)
    return {
        "women": int(told.sum()),
        "women_known": len(told),
        "poor_households": int(people["poor_households"].dropna().sum()),
    }


def _voters_without(ballots: pd.DataFrame, held: Reading, outcome: Outcome) -> int | None:
    reached = int((ballots[list(held.funded)] > 0).any(axis="columns").sum())
    without = len(ballots) - reached
    few = any(0 < part < outcome.rules.minimum_group for part in (reached, without))
    return None if few else without
