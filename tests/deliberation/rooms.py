"""Rooms as they are: tiny groups, blank cells, cards that only a part of the room holds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from tests.strategies import DISTRICT, Tables
from workbench.deliberation import Deliberation, deliberate
from workbench.domain.facts import Facts
from workbench.domain.rules import Rules
from workbench.prioritisation import prioritise

UNSUR = ("Tokoh adat", "Kelompok tani", "Kelompok perempuan", "Pemuda", "Tokoh agama")
VILLAGES = tuple(f"{DISTRICT}.20{number:02d}" for number in range(1, 4))
CARDS = "KARTUX-{:03d}"
"""Card numbers that no other text can hold by chance."""


def tables(
    points: pd.DataFrame,
    people: pd.DataFrame,
    *,
    costs: dict[str, int] | None = None,
    ceiling: int | None = 250,
    facts: Facts | None = None,
) -> Tables:
    """Make the tables of a room: points has participant, proposal, criterion, points; weights 3 to 1."""
    proposals = sorted(points["proposal"].unique())
    cost = [costs.get(label) if costs else 100 for label in proposals]
    lines = [{"region": DISTRICT, "amount": ceiling, "kind": "ceiling"}] if ceiling is not None else []
    return Tables(
        proposals=pd.DataFrame(
            {
                "proposal": proposals,
                "activity": [f"Kegiatan {label}" for label in proposals],
                "region": VILLAGES[0],
                "cost": pd.array(cost, dtype="Int64"),
            }
        ),
        criteria=pd.DataFrame(
            {
                "criterion": ["K1", "K2"],
                "name": ["Mendesak", "Manfaat"],
                "weight": [3.0, 1.0],
                "scale_min": 1.0,
                "scale_max": 5.0,
                "measure": "judged",
                "column": "",
            }
        ),
        points=pd.DataFrame(),
        participants=people,
        ballots=points.assign(round=1)[["round", "participant", "proposal", "criterion", "points"]],
        judgements=pd.DataFrame(columns=["participant", "first", "second", "value"]),
        gates=pd.DataFrame(columns=["proposal", "gate", "passed", "note"]).astype({"passed": "boolean"}),
        budget=pd.DataFrame(lines, columns=["region", "amount", "kind"]),
        facts=facts or Facts(region=DISTRICT, region_name="Gantarang", data_mark="uji"),
    )


@st.composite
def rooms(draw, *, most: int = 26, proposals: int = 7) -> Tables:
    """Draw a room: sometimes everybody scores everything, sometimes each discussion group its own list."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count, groups = draw(st.integers(1, most)), draw(st.integers(1, 3))
    plenary, blanks = draw(st.booleans()), draw(st.sampled_from((0.0, 0.1, 0.6)))
    kinds = draw(st.integers(1, len(UNSUR)))
    people = pd.DataFrame(
        {
            "participant": [CARDS.format(number) for number in range(count)],
            "sex": chance.choice(["female", "male", ""], count, p=[0.45, 0.5, 0.05]),
            "region": chance.choice(VILLAGES, count),
            "hamlet": chance.choice(["Timur", "Barat"], count),
            "constituency": chance.choice(UNSUR[:kinds], count),
            "group": [f"Kelompok {number % groups + 1}" for number in range(count)],
        }
    )
    asked = draw(st.integers(1, proposals))
    lines = [
        (person, f"U-{label}", criterion, float(chance.integers(1, 6)))
        for person, group in zip(people["participant"], people["group"], strict=True)
        for label in range(1, asked + 1)
        if plenary or f"Kelompok {label % groups + 1}" == group
        for criterion in ("K1", "K2")
        if chance.random() >= blanks
    ]
    points = pd.DataFrame(lines, columns=["participant", "proposal", "criterion", "points"])
    if points.empty:
        points = pd.DataFrame([(people["participant"][0], "U-1", "K1", 3.0)], columns=points.columns)
    return tables(points, people)


def deliberated(given: Tables, rules: Rules | None = None) -> Deliberation:
    session, rules = given.session(), rules or Rules()
    return deliberate(session, rules, prioritise(session, rules))


def plain(value: object) -> object:
    """Return every figure of a result as rounded plain values, so that results can be compared."""
    if isinstance(value, pd.DataFrame | pd.Series):
        return plain(value.reset_index().astype(object).to_numpy().tolist())
    if isinstance(value, float | np.floating):
        return "missing" if np.isnan(value) else round(float(value), 9)
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return str(value)


def with_people(given: Tables, people: pd.DataFrame) -> Tables:
    return replace(given, participants=people)


def with_points(given: Tables, ballots: pd.DataFrame) -> Tables:
    return replace(given, ballots=ballots)
