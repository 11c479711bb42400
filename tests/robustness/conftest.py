"""A small kecamatan that people scored, and the naive way to recalculate it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
import pytest

from workbench.domain.ballots import Ballots
from workbench.domain.budget import Budget
from workbench.domain.criteria import Criteria
from workbench.domain.facts import Facts
from workbench.domain.participants import Participants
from workbench.domain.proposals import Proposals
from workbench.domain.regions import Regions
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.prioritisation import Outcome, prioritise
from workbench.prioritisation.rounds import counting_round

DISTRICT = "73.02.01"


@dataclass(frozen=True)
class Forum:
    session: Session
    rules: Rules

    @cached_property
    def outcome(self) -> Outcome:
        return prioritise(self.session, self.rules)

    def ranking(self) -> pd.Index:
        table = self.outcome.table
        return table.index[table["rank"].notna()]


def forum(
    seed: int = 1,
    *,
    proposals: int = 14,
    people: int = 6,
    criteria: int = 3,
    ceiling: int | None = 900_000_000,
    blanks: float = 0.2,
    rules: Rules | None = None,
    high: float = 5.0,
) -> Forum:
    chance = np.random.default_rng(seed)
    labels = [f"U-{number:02d}" for number in range(proposals)]
    names = [f"K{number + 1}" for number in range(criteria)]
    cost = [
        None if number % 7 == 6 else int(chance.integers(1, 40)) * 10_000_000 for number in range(proposals)
    ]
    lines = [
        (1, f"{person:02d}", label, name, None if chance.random() < blanks else float(chance.integers(1, 6)))
        for person in range(people)
        for label in labels
        for name in names
    ]
    budget = [] if ceiling is None else [{"region": DISTRICT, "amount": ceiling, "kind": "ceiling"}]
    session = Session(
        Facts(region=DISTRICT),
        Proposals.from_table(
            pd.DataFrame(
                {
                    "proposal": labels,
                    "activity": "Jalan",
                    "region": DISTRICT,
                    "cost": pd.array(cost, dtype="Int64"),
                    "poor_households": pd.array(chance.integers(0, 4, proposals), dtype="Int64"),
                    "womens_proposal": pd.array(chance.integers(0, 2, proposals) == 1, dtype="boolean"),
                }
            )
        ),
        Criteria.from_tables(
            pd.DataFrame(
                {
                    "criterion": names,
                    "name": names,
                    "weight": [float(criteria - number) for number in range(criteria)],
                    "scale_min": 1.0,
                    "scale_max": high,
                    "measure": "judged",
                }
            )
        ),
        Regions(pd.Series({"73": "Sulawesi Selatan", DISTRICT: "Gantarang"}), "uji"),
        Participants.from_table(pd.DataFrame({"participant": [f"{person:02d}" for person in range(people)]})),
        Ballots(pd.DataFrame(lines, columns=["round", "participant", "proposal", "criterion", "points"])),
        budget=Budget.from_table(pd.DataFrame(budget)),
    )
    return Forum(session, rules or Rules())


def rerun(
    given: Forum, *, weights: dict[str, float] | None = None, counts: dict[str, int] | None = None
) -> Outcome:
    """Run `prioritise` again with other weights, or with each person as often as counted."""
    session, rules = given.session, given.rules
    if counts is not None:
        cards = counting_round(session.ballots.frame, rules.round).assign(round=1)
        copies = [
            cards[cards["participant"] == person].assign(participant=f"{person}#{copy}")
            for person, times in counts.items()
            for copy in range(times)
        ]
        frame = pd.concat(copies, ignore_index=True) if copies else cards.iloc[:0]
        people = pd.DataFrame({"participant": sorted(frame["participant"].unique())})
        session = replace(session, ballots=Ballots(frame), participants=Participants.from_table(people))
        rules = replace(rules, round=0)
    if weights is not None:
        frame = session.criteria.frame
        moved = pd.Series(weights, dtype="float64").reindex(frame.index).fillna(0.0)
        session = replace(session, criteria=replace(session.criteria, frame=frame.assign(weight=moved)))
        rules = replace(rules, weighting="direct")
    return prioritise(session, rules)


def funded(outcome: Outcome) -> set[str]:
    return set(outcome.table.index[outcome.table["standing"] == "funded"])


@pytest.fixture(scope="session")
def build() -> Callable[..., Forum]:
    return forum


@pytest.fixture(scope="session")
def naive() -> Callable[..., Outcome]:
    return rerun


@pytest.fixture(scope="session")
def inside() -> Callable[[Outcome], set[str]]:
    return funded
