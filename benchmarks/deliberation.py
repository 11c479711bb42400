"""A whole session through `prioritise` and everything that the report says beside it.

    python benchmarks/deliberation.py

60 people score 40 proposals on 8 criteria and state their group, sex and village. Times are processor time,
the best of several calls.
"""

import time

import numpy as np
import pandas as pd

from workbench.deliberation import compare_methods, deliberate, whose_voice
from workbench.domain import ballots
from workbench.domain.ballots import Ballots
from workbench.domain.budget import Budget
from workbench.domain.columns import conform
from workbench.domain.criteria import Criteria
from workbench.domain.facts import Facts
from workbench.domain.participants import Participants
from workbench.domain.proposals import Proposals
from workbench.domain.regions import Regions
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.prioritisation import prioritise

PEOPLE, PROPOSALS, CRITERIA = 60, 40, 8
GROUPS = ("tani", "pkk", "pemuda", "adat", "agama")
DISTRICT = "99.01.01"
VILLAGES = tuple(f"{DISTRICT}.200{number}" for number in range(1, 5))


def best_of(call, times=7):
    spans = []
    for _ in range(times):
        started = time.process_time()
        call()
        spans.append(time.process_time() - started)
    return min(spans)


def room(seed=1):
    random = np.random.default_rng(seed)
    proposals = pd.DataFrame(
        {
            "proposal": [f"U-{number:02d}" for number in range(PROPOSALS)],
            "activity": [f"Kegiatan {number}" for number in range(PROPOSALS)],
            "cost": random.integers(20, 300, PROPOSALS) * 10**6,
            "region": [VILLAGES[number % 4] for number in range(PROPOSALS)],
        }
    )
    criteria = pd.DataFrame(
        {
            "criterion": [f"K{number}" for number in range(CRITERIA)],
            "name": [f"Kriteria {number}" for number in range(CRITERIA)],
            "weight": np.arange(1.0, CRITERIA + 1),
            "scale_min": 1.0,
            "scale_max": 5.0,
        }
    )
    people = pd.DataFrame(
        {
            "participant": [f"{number:03d}" for number in range(PEOPLE)],
            "sex": ["male" if number % 3 else "female" for number in range(PEOPLE)],
            "constituency": [GROUPS[number % 5] for number in range(PEOPLE)],
            "region": [VILLAGES[number % 4] for number in range(PEOPLE)],
        }
    )
    cards = pd.MultiIndex.from_product(
        [people["participant"], proposals["proposal"], criteria["criterion"]],
        names=["participant", "proposal", "criterion"],
    ).to_frame(index=False)
    cards = cards.assign(round=1, points=random.integers(1, 6, len(cards)).astype(float))
    names = {"99": "Provinsi", "99.01": "Kabupaten", DISTRICT: "Kecamatan"} | {
        code: code for code in VILLAGES
    }
    return Session(
        facts=Facts(),
        proposals=Proposals.from_table(proposals),
        criteria=Criteria.from_tables(criteria),
        regions=Regions(pd.Series(names), "contoh"),
        participants=Participants.from_table(people),
        ballots=Ballots(conform(cards, ballots.COLUMNS)),
        budget=Budget.from_table(pd.DataFrame({"region": [DISTRICT], "amount": [2_000_000_000]})),
    )


def main():
    session, rules = room(), Rules()
    outcome = prioritise(session, rules)
    print(f"{PEOPLE} people x {PROPOSALS} proposals x {CRITERIA} criteria, ms")
    for name, call in {
        "prioritise": lambda: prioritise(session, rules),
        "deliberate: agreement, readings, attendance": lambda: deliberate(session, rules, outcome),
        "whose voice: Shapley, flips, largest change by one": lambda: whose_voice(session, rules, outcome),
        "compare methods: Borda to Kemeny": lambda: compare_methods(session, rules, outcome),
    }.items():
        print(f"{name:<60}{best_of(call) * 1000:10.1f}")


if __name__ == "__main__":
    main()
