"""One small report, made before the first real one: what loads at first use is then there for all."""

from __future__ import annotations

import tempfile
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
from workbench.reporting.template import REPORT_TEMPLATE, template_sections
from workbench.store.project_files import notebook_folder
from workbench.store.session_writing import write_session

PROPOSALS, PEOPLE = 6, 5


def rehearse_report() -> None:
    """Make every section of a report of six proposals, and check the engine."""
    from workbench.reporting.engine_check import engine_check
    from workbench.reporting.opening import open_report

    engine_check()
    with tempfile.TemporaryDirectory() as place:
        write_session(Path(place), _session(), Rules())
        report = open_report(place, "99.01.01")
        for section in template_sections(notebook_folder() / REPORT_TEMPLATE):
            getattr(report, section)()


def _session() -> Session:
    labels = [f"U{number}" for number in range(PROPOSALS)]
    proposals = [
        {
            "proposal": label,
            "activity": label,
            "region": f"99.01.01.200{1 + n % 2}",
            "cost": 1_000_000 * (n + 1),
        }
        for n, label in enumerate(labels)
    ]
    criteria = [{"criterion": c, "name": c, "weight": 1, "scale_min": 1, "scale_max": 5} for c in "AB"]
    cards = [
        {
            "round": 1,
            "participant": str(p),
            "proposal": label,
            "criterion": c,
            "points": float(1 + (n * p) % 5),
        }
        for p in range(PEOPLE)
        for n, label in enumerate(labels)
        for c in "AB"
    ]
    people = [{"participant": str(p), "sex": ("female", "male")[p % 2]} for p in range(PEOPLE)]
    names = {"99": "P", "99.01": "K", "99.01.01": "C", "99.01.01.2001": "D", "99.01.01.2002": "E"}
    return Session(
        facts=Facts(region="99.01"),
        proposals=Proposals.from_table(pd.DataFrame(proposals)),
        criteria=Criteria.from_tables(pd.DataFrame(criteria)),
        regions=Regions(pd.Series(names), ""),
        participants=Participants.from_table(pd.DataFrame(people)),
        ballots=Ballots(pd.DataFrame(cards)),
        budget=Budget.from_table(pd.DataFrame([{"region": "99.01.01", "amount": 7_000_000}])),
    )
