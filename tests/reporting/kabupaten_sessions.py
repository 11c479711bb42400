"""Small kabupaten for the tests of batch, index and verification."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from workbench.domain.ballots import Ballots
from workbench.domain.budget import Budget
from workbench.domain.criteria import Criteria
from workbench.domain.facts import Facts
from workbench.domain.participants import Participants
from workbench.domain.proposals import Proposals
from workbench.domain.regions import Regions
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.store.session_writing import write_session

ODD = "Jalan <b>\"R&D\"</b> 'Pak' {x} ½ → \\ ; desa"
AGENCIES = ("Dinas PUPR", "Dinas Kesehatan", "")
PEOPLE = 6


def kabupaten(counts: Mapping[str, int]) -> Session:
    """Proposals by district code, one of them with every odd character, and two that name no district."""
    records = [
        {
            "proposal": f"{code}-{number}",
            "activity": ODD if number == 0 else f"Kegiatan {number}",
            "region": code,
            "cost": 1_000_000 * (number + 1),
            "agency": AGENCIES[number % 3],
            "womens_proposal": number % 2 == 0,
            "poor_households": 10 + number,
        }
        for code, count in counts.items()
        for number in range(count)
    ]
    records += [{"proposal": f"X-{n}", "activity": ODD, "region": "", "cost": None} for n in range(2)]
    proposals = Proposals.from_table(pd.DataFrame(records))
    criterion = {"criterion": "K1", "name": "Mendesak & <perlu>", "weight": 1, "scale_min": 1, "scale_max": 5}
    cards = [
        {"round": 1, "participant": str(p), "proposal": label, "criterion": "K1", "points": float(1 + n % 5)}
        for n, label in enumerate(proposals.labels)
        for p in range(PEOPLE)
        if not label.startswith("X")
    ]
    names = {"99": "Prov", "99.01": "Kab <i>Uji</i>"} | {code: f"Kec {code} & <kawan>" for code in counts}
    people = pd.DataFrame([{"participant": str(p)} for p in range(PEOPLE)])
    return Session(
        facts=Facts(region="99.01", region_name="Kab <i>Uji</i>", data_mark="data contoh (sintetis)"),
        proposals=proposals,
        criteria=Criteria.from_tables(pd.DataFrame([criterion])),
        regions=Regions(pd.Series(names), "uji"),
        participants=Participants.from_table(people),
        ballots=Ballots(pd.DataFrame(cards)),
        budget=Budget.from_table(pd.DataFrame([{"region": code, "amount": 3_500_000} for code in counts])),
    )


def write_kabupaten(folder: Path, counts: Mapping[str, int]) -> Path:
    """Write it as a session folder and return the folder."""
    write_session(folder, kabupaten(counts), Rules())
    return folder
