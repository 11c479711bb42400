"""A small session folder for the pages of the room: six proposals, three criteria, eight cards, no points."""

import pandas as pd

from workbench.domain.budget import Budget
from workbench.domain.criteria import Criteria
from workbench.domain.facts import Facts
from workbench.domain.participants import Participants
from workbench.domain.proposals import Proposals
from workbench.domain.regions import Regions
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.store.session_writing import write_session

ACTIVITIES = (
    ("Pipanisasi air bersih Dusun Krajan", 120_000_000),
    ("Rabat beton jalan usaha tani Dusun Sumberrejo sampai batas Dusun Krajan Lor", 210_000_000),
    ("Rehabilitasi posyandu Melati", 45_000_000),
    ("Jembatan gantung Kali Jernih", 380_000_000),
    ("Pelatihan olahan pangan kelompok perempuan", 18_500_000),
    ("Penerangan jalan umum", 64_000_000),
)
CRITERIA = (
    ("K1", "Mendesak", 40.0),
    ("K2", "Manfaat bagi orang banyak", 35.0),
    ("K3", "Kesiapan lahan", 25.0),
)


PLACES = {"99": "Provinsi", "99.01": "Kabupaten", "99.01.01": "Kecamatan", "99.01.01.2001": "Sukamaju"}


def _proposals():
    common = {"region": "99.01.01.2001", "village": "Sukamaju"}
    rows = [
        {"proposal": f"U-{number}", "activity": activity, "cost": cost, **common}
        for number, (activity, cost) in enumerate(ACTIVITIES, start=1)
    ]
    return Proposals.from_table(pd.DataFrame(rows))


def _criteria():
    rows = [
        {
            "criterion": label,
            "name": name,
            "weight": weight,
            "weight_text": f"{weight:g} %",
            "scale_min": 1.0,
            "scale_max": 5.0,
        }
        for label, name, weight in CRITERIA
    ]
    return Criteria.from_tables(pd.DataFrame(rows))


def _people(cards):
    rows = [
        {
            "participant": f"{number:03d}",
            "sex": "female" if number % 2 else "male",
            "group": "Melati" if number <= cards // 2 else "Mawar",
        }
        for number in range(1, cards + 1)
    ]
    return Participants.from_table(pd.DataFrame(rows))


def small_session(cards=8, ceiling=450_000_000):
    return Session(
        facts=Facts(
            forum="Musrenbang Desa Sukamaju",
            level="desa",
            date="2026-01-20",
            start="08.30",
            zone="WIB",
            data_mark="data latihan (rekaan)",
        ),
        proposals=_proposals(),
        criteria=_criteria(),
        regions=Regions(pd.Series(PLACES, dtype="str"), "latihan"),
        participants=_people(cards),
        budget=Budget.from_table(pd.DataFrame([{"kind": "ceiling", "amount": ceiling}])),
    )


def small_folder(place, **given):
    write_session(place, small_session(**given), Rules())
    return place
