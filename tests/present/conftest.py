"""A kecamatan of any size for the tests of what people read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pandas as pd
import pytest

from workbench.domain.ballots import Ballots, Gates
from workbench.domain.budget import Budget
from workbench.domain.criteria import Criteria
from workbench.domain.facts import Facts
from workbench.domain.participants import Participants
from workbench.domain.proposals import Proposals
from workbench.domain.regions import Regions
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.prioritisation import Outcome, prioritise

VILLAGES = ("Sukamaju", "Karanganyar", "Purwosari", "Tanjung Harapan Jaya Makmur Sentosa", "Mekarwangi")
ACTIVITIES = (
    "Rehabilitasi jembatan gantung",
    "Pembangunan saluran irigasi tersier sepanjang Dusun Krajan sampai batas Dusun Sidomulyo, tahap kedua",
    "Posyandu",
    "Pelatihan menjahit kelompok perempuan",
    "Sumur bor & <pompa> air bersih",
)


@dataclass(frozen=True)
class Case:
    session: Session
    outcome: Outcome


@cache
def kecamatan(
    size: int = 12,
    ceiling: int | None = 500_000_000,
    *,
    rules: Rules | None = None,
    unpriced: bool = True,
    earmark: int = 0,
    criteria: int = 3,
) -> Case:
    numbers = range(size)
    cost = [None if unpriced and n % 9 == 8 else 20_000_000 + (n * 37 % 11) * 9_500_000 for n in numbers]
    table = pd.DataFrame(
        {
            "proposal": [f"U-{n:03d}" for n in numbers],
            "activity": [ACTIVITIES[n % 5] for n in numbers],
            "region": [f"73.02.01.20{n % 5 + 1:02d}" for n in numbers],
            "cost": pd.array(cost, dtype="Int64"),
            "volume": [str(n + 1) for n in numbers],
            "unit": ["paket" for _ in numbers],
            "agency": ["Dinas PUPR" for _ in numbers],
            "program": ["Penyelenggaraan jalan" for _ in numbers],
            "womens_proposal": pd.array(
                [None if n % 7 == 6 else n % 3 == 0 for n in numbers], dtype="boolean"
            ),
            "poor_households": pd.array([n % 13 for n in numbers], dtype="Int64"),
        }
    )
    labels = [f"K{n + 1}" for n in range(criteria)]
    weights = [criteria - n for n in range(criteria)]
    named = ("Mendesak", "Manfaat", "Kesiapan", "Pemerataan", "Keswadayaan", "Keberlanjutan", "Keselamatan")
    points = [(n * 7 + k * 3 + n // 5) % 5 + 1.0 for n in numbers for k in range(criteria)]
    ballots = pd.DataFrame(
        {
            "round": 1,
            "participant": "mufakat",
            "proposal": [f"U-{n:03d}" for n in numbers for _ in labels],
            "criterion": [label for _ in numbers for label in labels],
            "points": points,
        }
    )
    if size > 3:  # the last proposal lacks the points of one criterion, the last but one fails a gate
        ballots = ballots.iloc[:-1]
    gate = {"proposal": [f"U-{size - 2:03d}"], "gate": ["lahan"], "passed": [False]} if size > 3 else {}
    gates = (
        Gates.empty()
        if not gate
        else Gates(pd.DataFrame(gate | {"note": [""]}).astype({"passed": "boolean"}))
    )
    lines = [] if ceiling is None else [{"region": "73.02.01", "amount": ceiling, "kind": "ceiling"}]
    lines += [{"region": "73.02.01", "amount": earmark, "kind": "earmark"}] if earmark else []
    names = {f"73.02.01.20{n + 1:02d}": village for n, village in enumerate(VILLAGES)}
    names |= {"73.02.01": "Gantarang", "73.02.01.2006": "Sunyi"}
    session = Session(
        Facts(region="73.02.01", region_name="Gantarang", plan_year=2027, data_mark="data contoh (sintetis)"),
        Proposals.from_table(table),
        Criteria.from_tables(
            pd.DataFrame(
                {
                    "criterion": labels,
                    "name": named[:criteria],
                    "weight": weights,
                    "weight_text": [f"{weight}/10" for weight in weights],
                    "scale_min": 1.0,
                    "scale_max": 5.0,
                    "measure": "judged",
                    "column": "",
                }
            )
        ),
        Regions(pd.Series(names), "uji"),
        Participants.from_table(pd.DataFrame({"participant": ["mufakat"]})),
        Ballots(ballots),
        gates=gates,
        budget=Budget.from_table(pd.DataFrame(lines)),
    )
    return Case(session, prioritise(session, rules or Rules()))


@pytest.fixture(scope="session")
def build() -> Callable[..., Case]:
    return kecamatan
