"""How long the nation would take: a sample of its 7,285 kecamatan is made here, the rest is extrapolated.

    python benchmarks/national.py [--sample 12] [--workers 2] [--cluster]

The codes are real (data/wilayah), every k-th kecamatan of the country; the lists are synthetic. Nothing but
the sample is run: the last lines multiply its measured rate and say so. Compare processor seconds when the
machine is busy; "wall" holds only for the number of workers that is printed.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

import numpy as np
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
from workbench.present.i18n import translator
from workbench.reporting.kabupaten import BatchOptions, make_reports
from workbench.store.regions import shipped_regions
from workbench.store.session_writing import write_session

PEOPLE, CRITERIA, CEILING = 12, 5, 5_000_000_000
LEAST, MOST = 40, 320
"""Proposals of a kecamatan, drawn evenly: the real list of Kab. Sukabumi has 17 to 299 that are ranked."""


def sampled_session(sample: int, seed: int) -> tuple[Session, int]:
    """Return a session of kecamatan spread over the country, and how many kecamatan the country has."""
    country = shipped_regions()
    every = [str(code) for code in country.names.index if str(code).count(".") == 2]
    codes = every[:: max(len(every) // sample, 1)][:sample]
    regions = Regions(
        country.names[[_near(str(code), codes) for code in country.names.index]], country.edition
    )
    rng = np.random.default_rng(seed)
    rows = [row for code in codes for row in _rows(code, list(regions.children(code).index) or [code], rng)]
    criteria = pd.DataFrame(
        [
            {"criterion": f"K{n}", "name": f"Kriteria {n}", "weight": 1, "scale_min": 1, "scale_max": 5}
            for n in range(CRITERIA)
        ]
    )
    labels = [row["proposal"] for row in rows]
    index = pd.MultiIndex.from_product(
        [[1], [str(n) for n in range(PEOPLE)], labels, criteria["criterion"]],
        names=["round", "participant", "proposal", "criterion"],
    )
    cards = index.to_frame(index=False).assign(points=rng.integers(1, 6, len(index)).astype(float))
    session = Session(
        facts=Facts(data_mark="data sintetis"),
        proposals=Proposals.from_table(pd.DataFrame(rows)),
        criteria=Criteria.from_tables(criteria),
        regions=regions,
        participants=Participants.from_table(pd.DataFrame({"participant": [str(n) for n in range(PEOPLE)]})),
        ballots=Ballots(cards),
        budget=Budget.from_table(pd.DataFrame([{"region": code, "amount": CEILING} for code in codes])),
    )
    return session, len(every)


def _rows(code: str, villages: list[str], rng: np.random.Generator) -> list[dict[str, object]]:
    """Return the proposals of one kecamatan."""
    return [
        {
            "proposal": f"{code}-{number}",
            "activity": f"Kegiatan sintetis {number}",
            "region": villages[number % len(villages)],
            "cost": int(rng.integers(20, 800)) * 1_000_000,
            "agency": f"Dinas {number % 9}",
        }
        for number in range(int(rng.integers(LEAST, MOST + 1)))
    ]


def _near(code: str, districts: list[str]) -> bool:
    """Return whether a region lies above or below one of the districts: a list brings those alone."""
    return code[:8] in districts or any(district.startswith(f"{code}.") for district in districts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sample", type=int, default=12)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--cluster", action="store_true")
    parser.add_argument("--seed", type=int, default=20250303)
    given = parser.parse_args()
    session, nation = sampled_session(given.sample, given.seed)
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch, "data")
        write_session(source, session, Rules())
        options = BatchOptions(workers=given.workers, cluster=given.cluster)
        before, started = sum(os.times()[:4]), time.perf_counter()
        made = make_reports(source, None, Path(scratch, "laporan"), translator("id"), options)
        wall, processor = time.perf_counter() - started, sum(os.times()[:4]) - before
        sizes = [path.stat().st_size for path in Path(scratch, "laporan").iterdir() if path.is_file()]
    if not made.batch.complete:
        raise SystemExit(str(made.failures))
    count = len(made.batch.jobs)
    proposals = len(session.proposals)
    kinds = "dask" if given.cluster else "plain"
    print(f"measured: {count} of {nation} kecamatan, {proposals} proposals, {given.workers} {kinds} workers")
    print(
        f"  wall {wall:.1f} s ({wall / count:.2f} s a report), processor {processor / count:.2f} s a report"
    )
    print(f"  {sum(sizes) / count / 1e6:.1f} MB a report")
    hours, busy = wall / count * nation / 3600, processor / count * nation / 3600
    print(
        f"extrapolated, not run: {nation} kecamatan at this rate: {hours:.1f} h with {given.workers} workers,"
    )
    print(f"  {busy:.1f} processor hours, {sum(sizes) / count * nation / 1e9:.0f} GB")


if __name__ == "__main__":
    main()
