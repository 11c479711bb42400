"""Reads Pabulib elections for the tests; the files stay in the shared folder."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

SECTIONS = ("META", "PROJECTS", "VOTES")


class Election(NamedTuple):
    ballots: pd.DataFrame
    costs: pd.Series
    ceiling: int
    selected: frozenset[str]


def read_pb(path: Path) -> Election:
    rows: dict[str, list[list[str]]] = {section: [] for section in SECTIONS}
    section = ""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file, delimiter=";"):
            if row and row[0].strip().upper() in SECTIONS and not any(row[1:]):
                section = row[0].strip().upper()
            elif row:
                rows[section].append(row)
    meta = {row[0]: row[1] for row in rows["META"] if len(row) > 1}
    projects, votes = (
        [dict(zip(rows[name][0], row, strict=False)) for row in rows[name][1:]]
        for name in ("PROJECTS", "VOTES")
    )
    costs = pd.Series({project["project_id"]: int(float(project["cost"])) for project in projects})
    place = {label: number for number, label in enumerate(costs.index)}
    points = np.zeros((len(votes), len(costs)), dtype=np.int64)
    for number, vote in enumerate(votes):
        points[number, [place[label] for label in vote["vote"].split(",") if label]] = 1
    selected = frozenset(project["project_id"] for project in projects if project.get("selected") == "1")
    ballots = pd.DataFrame(points, columns=costs.index)
    return Election(ballots, costs, int(float(meta["budget"])), selected)


@pytest.fixture
def election(shared_folder):
    def read(name: str) -> Election:
        return read_pb(next((shared_folder / "data" / "pb").glob(f"*{name}*.pb")))

    return read
