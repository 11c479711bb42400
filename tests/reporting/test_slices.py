"""A district's folder carries the forum's decisions about its own proposals, and no other."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from tests.deliberation.rooms import tables
from tests.strategies import DISTRICT
from workbench.domain.facts import Facts
from workbench.domain.regions import Regions
from workbench.domain.resolution import Resolution
from workbench.domain.rules import Rules
from workbench.reporting.slices import prepare_slices
from workbench.store.session_folder import open_session
from workbench.store.session_writing import write_session


def test_a_slice_carries_the_resolution_of_its_district(tmp_path):
    points = pd.DataFrame(
        [("1", label, "K1", 3.0) for label in ("U-1", "U-2")],
        columns=["participant", "proposal", "criterion", "points"],
    )
    people = pd.DataFrame({"participant": ["1"], "region": [f"{DISTRICT}.2001"]})
    given = tables(points, people, facts=Facts(region="73.02"))
    given.proposals.loc[1, "region"] = "73.02.02.2001"
    session = given.session()
    names = {**session.regions.names, "73.02.02": "Ujung Bulu", "73.02.02.2001": "Desa lain"}
    session = replace(session, regions=Regions(pd.Series(names), "uji"))
    lines = pd.DataFrame({"proposal": ["U-1", "U-2"], "decision": "funded", "reason": ["aman", "siap"]})
    lines["decided_rank"] = pd.array([1, None], dtype="Int64")
    decided = Resolution.from_table(lines, session.proposals)
    write_session(tmp_path / "asal", session, Rules(), decided)
    slices = prepare_slices(tmp_path / "asal", None, tmp_path / "siapan")
    kept = {code: open_session(folder).resolution for code, folder in slices.folders.items()}
    assert {code: entry.frame["reason"].to_dict() for code, entry in kept.items()} == {
        DISTRICT: {"U-1": "aman"},
        "73.02.02": {"U-2": "siap"},
    }
    assert open_session(slices.overview).resolution is None
