"""Sessions as forums really have them, for hypothesis: every measure, blanks, rounds, gates and gaps."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from workbench.domain.ballots import COLUMNS as BALLOT_COLUMNS
from workbench.domain.ballots import GATE_COLUMNS, JUDGEMENT_COLUMNS, Ballots, Gates, Judgements
from workbench.domain.budget import Budget
from workbench.domain.columns import conform
from workbench.domain.criteria import Criteria
from workbench.domain.facts import Facts
from workbench.domain.participants import Participants
from workbench.domain.proposals import Proposals
from workbench.domain.regions import Regions
from workbench.domain.rules import TIE_KEYS, Rules
from workbench.domain.session import Session
from workbench.engine.measures import MISSING

DISTRICT = "73.02.01"
VILLAGES = tuple(f"{DISTRICT}.20{number:02d}" for number in range(1, 6))
NAMES = {"73": "Sulawesi Selatan", "73.02": "Bulukumba", DISTRICT: "Gantarang"} | {
    code: f"Desa {number}" for number, code in enumerate(VILLAGES, start=1)
}
FACTS = Facts(region=DISTRICT, region_name="Gantarang", plan_year=2027, data_mark="uji")
STAGES = ("Musrenbang Kecamatan", "Musrenbang Desa/Kelurahan", "Renja OPD")
SCALES = ((1.0, 5.0), (0.0, 100.0), (0.0, 10.0))
SAATY = tuple(float(step) for step in range(1, 10)) + tuple(1 / step for step in range(2, 10))

costs = st.one_of(
    st.none(),
    st.just(0),
    st.integers(1, 400).map(lambda millions: millions * 1_000_000 + 500),
    st.integers(0, 10**10),
)
counts = st.one_of(st.none(), st.integers(0, 900))
flags = st.sampled_from((True, False, None))


@dataclass(frozen=True)
class Tables:
    """The raw tables of a session, so that a test can shuffle, scale or extend them before they are built."""

    proposals: pd.DataFrame
    criteria: pd.DataFrame
    points: pd.DataFrame
    participants: pd.DataFrame
    ballots: pd.DataFrame
    judgements: pd.DataFrame
    gates: pd.DataFrame
    budget: pd.DataFrame
    facts: Facts = FACTS

    def session(self) -> Session:
        return Session(
            facts=self.facts,
            proposals=Proposals.from_table(self.proposals),
            criteria=Criteria.from_tables(self.criteria, self.points),
            regions=Regions(pd.Series(NAMES), "uji"),
            participants=Participants.from_table(self.participants),
            ballots=Ballots(conform(self.ballots, BALLOT_COLUMNS)),
            judgements=Judgements(conform(self.judgements, JUDGEMENT_COLUMNS)),
            gates=Gates(conform(self.gates, GATE_COLUMNS)),
            budget=Budget.from_table(self.budget),
        )

    def shuffled(self, draw_order) -> Tables:
        """Return the tables with their rows in another order; the points keep theirs, which is declared."""
        frames = {}
        for name in ("proposals", "criteria", "participants", "ballots", "judgements", "gates", "budget"):
            frame = getattr(self, name)
            frames[name] = frame.iloc[draw_order(len(frame))].reset_index(drop=True)
        return replace(self, **frames)


@st.composite
def criteria_tables(draw, *, least: int = 1, most: int = 5) -> tuple[pd.DataFrame, pd.DataFrame]:
    number = draw(st.integers(least, most))
    lines, points = [], []
    for place in range(number):
        label = f"K{place + 1}"
        measure = draw(st.sampled_from(("judged", "judged", "points_table", "number")))
        low, high = draw(st.sampled_from(SCALES))
        line = {
            "criterion": label,
            "name": f"Kriteria {place + 1}",
            "weight": draw(st.sampled_from((0.0, 0.5, 1.0, 3.0, 10.0, 1 / 3))),
            "direction": draw(st.sampled_from(("higher", "lower"))),
            "scale_min": low,
            "scale_max": high,
            "measure": measure,
            "column": "",
        }
        if measure == "number":
            line |= {
                "column": draw(st.sampled_from(("poor_households", "beneficiaries", "cost"))),
                "scale_max": high,
            }
        if measure == "points_table":
            line["column"] = draw(st.sampled_from(("poor_households", "womens_proposal", "field")))
            points += points_lines(label, line["column"], low, high, blank=draw(st.booleans()))
        lines.append(line)
    table = pd.DataFrame(lines)
    if not table["weight"].sum() > 0:
        table.loc[0, "weight"] = 1.0
    return table, pd.DataFrame(points)


def points_lines(label: str, column: str, low: float, high: float, *, blank: bool) -> list[dict]:
    middle = (low + high) / 2
    lines = {
        "poor_households": [
            {"upper": 10, "points": low},
            {"lower": 11, "upper": 50, "points": middle},
            {"lower": 51, "points": high},
        ],
        "womens_proposal": [{"text": "true", "points": high}, {"text": "false", "points": low}],
        "field": [{"text": "jalan", "points": middle}, {"text": "air bersih", "points": high}],
    }[column]  # fmt: skip
    gaps = [{"text": MISSING, "points": low}] if blank else []
    return [{"criterion": label, "text": ""} | line for line in [*lines, *gaps]]


@st.composite
def proposal_tables(draw, *, least: int = 0, most: int = 8, stages: bool = False) -> pd.DataFrame:
    number = draw(st.integers(least, most))
    labels = draw(st.permutations([f"U-{place:02d}" for place in range(number)]))
    lines = []
    for label in labels:
        line = {
            "proposal": label,
            "activity": f"Kegiatan {label}",
            "region": draw(st.sampled_from((*VILLAGES, DISTRICT))),
            "cost": draw(costs),
            "field": draw(st.sampled_from(("jalan", "Air  Bersih", "lainnya", ""))),
            "poor_households": draw(counts),
            "beneficiaries": draw(counts),
            "womens_proposal": draw(flags),
            "self_help": draw(st.one_of(st.none(), st.integers(0, 10**8))),
            "stage": draw(st.sampled_from(STAGES)) if stages else "",
            "parent": "",
        }
        older = [other["proposal"] for other in lines]
        if stages and older and draw(st.booleans()):
            line["parent"] = draw(st.sampled_from(older))
        lines.append(line)
    frame = pd.DataFrame(lines, columns=["proposal", "activity", "region", "cost", "field", "poor_households",
        "beneficiaries", "womens_proposal", "self_help", "stage", "parent"])  # fmt: skip
    return frame.astype(
        dict.fromkeys(("cost", "poor_households", "beneficiaries", "self_help"), "Int64")
        | {"womens_proposal": "boolean"}
    )


@st.composite
def ballot_tables(draw, proposals, criteria, people) -> pd.DataFrame:
    judged = criteria.loc[criteria["measure"] == "judged", ["criterion", "scale_min", "scale_max"]]
    rounds, blanks = draw(st.integers(1, 3)), draw(st.sampled_from((0.0, 0.2, 0.9)))
    # Hundreds of cells: drawn one by one they would cost hypothesis seconds.
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    lines = []
    for number in range(1, rounds + 1):
        for proposal in proposals["proposal"]:
            if chance.random() < (0.2 if number == 1 else 0.6):
                continue  # nobody was asked about this proposal in this round
            for criterion, low, high in judged.itertuples(index=False):
                for person in people:
                    points = low + (high - low) * chance.choice((0.0, 0.25, 0.5, 0.61, 1.0))
                    value = None if chance.random() < blanks else float(points)
                    lines.append((number, person, proposal, criterion, value))
    return pd.DataFrame(lines, columns=["round", "participant", "proposal", "criterion", "points"])


@st.composite
def judgement_tables(draw, criteria, people) -> pd.DataFrame:
    labels = list(criteria["criterion"])
    lines = []
    for person in people:
        complete = draw(st.booleans())
        for place, first in enumerate(labels):
            for second in labels[place + 1 :]:
                if complete or draw(st.booleans()):
                    pair = (first, second) if draw(st.booleans()) else (second, first)
                    lines.append((person, *pair, draw(st.sampled_from(SAATY))))
    return pd.DataFrame(lines, columns=["participant", "first", "second", "value"])


@st.composite
def budget_tables(draw) -> pd.DataFrame:
    lines = []
    if draw(st.integers(0, 4)):
        lines.append({"region": DISTRICT, "kind": "ceiling", "amount": draw(st.integers(0, 2 * 10**10))})
    if draw(st.booleans()):
        lines.append({"region": DISTRICT, "kind": "earmark", "amount": draw(st.integers(0, 10**10))})
    if draw(st.integers(0, 3)) == 0:
        lines.append({"region": "", "kind": draw(st.sampled_from(("at_least", "at_most"))), "amount": 10**9})
    return pd.DataFrame(lines, columns=["region", "kind", "amount"])


@st.composite
def tables(draw, *, least: int = 0, most: int = 8, stages: bool = False, criteria: int = 5) -> Tables:
    """Draw all tables of a forum; the criteria can be up to five."""
    measures, points = draw(criteria_tables(most=criteria))
    proposals = draw(proposal_tables(least=least, most=most, stages=stages))
    people = [f"{number:03d}" for number in range(draw(st.integers(1, 4)))]
    gates = [
        {"proposal": label, "gate": gate, "passed": draw(flags), "note": ""}
        for label in proposals["proposal"]
        if not draw(st.integers(0, 4))
        for gate in ("lahan", "kewenangan")
    ]
    return Tables(
        proposals=proposals,
        criteria=measures,
        points=points,
        participants=pd.DataFrame({"participant": people, "sex": "female"}),
        ballots=draw(ballot_tables(proposals, measures, people)),
        judgements=draw(judgement_tables(measures, people)),
        gates=pd.DataFrame(gates, columns=["proposal", "gate", "passed", "note"]).astype(
            {"passed": "boolean"}
        ),
        budget=draw(budget_tables()),
    )


@st.composite
def rules(draw, *, weighting: tuple[str, ...] = ("direct",), stage: str = "") -> Rules:
    keys = draw(st.lists(st.sampled_from(TIE_KEYS), unique=True))
    return Rules(
        weighting=draw(st.sampled_from(weighting)),
        random_index=draw(st.sampled_from(("own", "saaty_1980", "thesis_id"))),
        aggregation=draw(st.sampled_from(("mean", "median", "trimmed_mean"))),
        round=draw(st.integers(0, 2)),
        ties=tuple(keys),
        lot_seed=draw(st.integers(0, 99)) if "lot" in keys else None,
        budget_rule=draw(st.sampled_from(("rank_stop", "rank_skip"))),
        stage=stage,
    )
