"""The ranking as a workbook that recomputes itself: what its sheets share, the weights and the values.

Scores and ranks stand in `scores`, the list against the ceiling in `ceiling`. Everything behind the values is
a live formula, so that anyone with Excel or LibreOffice can check the product, or see what another weight
would have changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import pandas as pd

from workbench.domain.criteria import Direction
from workbench.domain.proposals import Proposals
from workbench.domain.session import Session
from workbench.engine.scoring.tie_breaks import TieKey
from workbench.present.i18n import Translator
from workbench.present.places import village_names
from workbench.present.workbook.book import Field, Formula, Sheet, Value, span
from workbench.prioritisation import Outcome
from workbench.prioritisation.ordering import tie_keys

LIVE_SCORINGS = ("weighted_sum", "weighted_product", "plain_sum")
"""Methods whose scores a sheet can compute again."""
MOST_LIVE = 1000
"""Proposals up to which a laptop recalculates at once; ranks compare every proposal with every other."""
FIRST, FIRST_WEIGHT = 5, 4
"""Row of the first proposal on the sheets that share their rows, and of the first criterion on its own."""


@dataclass(frozen=True)
class Frame:
    """What the sheets share: the outcome, its proposals in rank order, the criteria and the tie keys."""

    outcome: Outcome
    session: Session
    t: Translator
    keys: tuple[TieKey, ...]

    @classmethod
    def of(cls, outcome: Outcome, session: Session, t: Translator) -> Frame:
        """Return the frame of an outcome and the session it came from."""
        listed = Proposals(session.proposals.frame.loc[outcome.table.index])
        keys = tie_keys(outcome.ranking, listed, outcome.scoring, outcome.utilities.values, outcome.rules)
        return cls(outcome, session, t, keys)

    @cached_property
    def villages(self) -> pd.Series:
        """The village's name by proposal."""
        return village_names(self.session, self.t)

    @cached_property
    def labels(self) -> list[str]:
        """The proposals in rank order, the not rankable last."""
        return [str(label) for label in self.outcome.table.index]

    @property
    def criteria(self) -> list[str]:
        """The criteria in their declared order."""
        return [str(label) for label in self.outcome.measures.columns]

    @property
    def last(self) -> int:
        """Row of the last proposal on the sheets that share their rows."""
        return FIRST + len(self.labels) - 1

    def sheet(self, name: str) -> str:
        """Return the name of a tab."""
        return self.t(f"workbook.sheet.{name}")

    def far(self, name: str, cells: str) -> str:
        """Return cells of another sheet."""
        return f"'{self.sheet(name)}'!{cells}"


def can_be_live(outcome: Outcome) -> bool:
    """Tell whether a workbook can recompute this outcome; whether it may is asked of what it would tell."""
    return outcome.rules.scoring in LIVE_SCORINGS and len(outcome.table) <= MOST_LIVE


def weights_sheet(frame: Frame) -> Sheet:
    """Return criteria, weights and anchors, and the money: the cells that a reader may change."""
    t, outcome, criteria = frame.t, frame.outcome, frame.session.criteria.frame
    count = len(frame.criteria)
    rows: list[tuple[Value, ...]] = [
        (
            label,
            str(criteria["name"][label]),
            str(criteria["weight_text"][label]),
            float(outcome.scoring.weights[label]),
            Formula(
                f"=D{FIRST_WEIGHT + at}/SUM({span(3, FIRST_WEIGHT, FIRST_WEIGHT + count - 1)})",
                float(outcome.scoring.weights[label]),
            ),
            -1 if criteria["direction"][label] == Direction.LOWER.value else 1,
            float(criteria["scale_min"][label]),
            float(criteria["scale_max"][label]),
        )
        for at, label in enumerate(frame.criteria)
    ]
    blank: tuple[Value, ...] = ("",) + (None,) * 7
    for key, amount in (("room", outcome.room), ("tolerance", outcome.ranking.tolerance)):
        rows.append(("", t(f"workbook.{key}"), *blank[2:3], amount, *blank[4:]))
    fields = (
        Field(t("column.criterion_code"), 10),
        Field(t("column.criterion"), 44),
        Field(t("workbook.weight_text"), 12),
        Field(t("column.weight"), 20, "number"),
        Field(t("workbook.share"), 10, "share"),
        Field(t("workbook.direction"), 12, "whole"),
        Field(t("workbook.lowest"), 12, "number"),
        Field(t("workbook.highest"), 12, "number"),
    )
    notes = (t("workbook.weights.note"), t("workbook.room.note"))
    return Sheet(frame.sheet("weights"), fields, tuple(rows), (t("workbook.weights.title"),), notes=notes)


def room_cell(frame: Frame) -> str:
    """Return the cell with the money that proposals compete for."""
    return frame.far("weights", f"$D${FIRST_WEIGHT + len(frame.criteria)}")


def tolerance_cell(frame: Frame) -> str:
    """Return the cell with the difference below which scores are equal."""
    return frame.far("weights", f"$D${FIRST_WEIGHT + len(frame.criteria) + 1}")


def values_sheet(frame: Frame) -> Sheet:
    """Return the value of every cell as the forum gave it, cost, gate, and what may decide between equals."""
    t, outcome, proposals = frame.t, frame.outcome, frame.session.proposals.frame
    passed = outcome.screening.passed
    keys = key_values(frame)
    rows = [
        (
            label,
            str(proposals["activity"][label]),
            str(frame.villages[label]),
            outcome.cost_of(label),
            t("word.yes") if passed[label] else t("word.no"),
            *(_number(outcome.measures[name].get(label)) for name in frame.criteria),
            *(_number(keys[name].get(label)) for name in keys),
        )
        for label in frame.labels
    ]
    names = frame.session.criteria.frame["name"]
    fields = (
        Field(t("column.proposal_code"), 12),
        Field(t("column.activity"), 44),
        Field(t("column.location"), 18),
        Field(t("column.cost"), 18, "rupiah"),
        Field(t("workbook.eligible"), 10),
        *(Field(str(names[name]), 13, "number", t("workbook.values")) for name in frame.criteria),
        *(Field(t(f"tie.{name}"), 13, "number", t("workbook.keys")) for name in keys),
    )
    titles, notes = (t("workbook.values.title"),), (t("workbook.values.note"), *few_people(outcome, t))
    return Sheet(frame.sheet("values"), fields, tuple(rows), titles, notes=notes, frozen=2)


def few_people(outcome: Outcome, t: Translator) -> tuple[str, ...]:
    """Say that scores of few people stand in a workbook that recomputes, where they do."""
    facts = {"count": len(outcome.withheld), "minimum": outcome.rules.minimum_group}
    return (t("workbook.read.complete", **facts),) if outcome.withheld else ()


def key_names(frame: Frame) -> list[str]:
    """Return the names of the tie keys but the computed one, in their order."""
    return [key.name for key in frame.keys if key.name != "heaviest_criterion"]


def key_values(frame: Frame) -> Mapping[str, pd.Series]:
    """Return the values of the tie keys by name but the computed one; a lot by its place, which is enough."""
    found = {}
    for key in frame.keys:
        if key.name != "heaviest_criterion":
            lots = key.by_proposal.rank() if key.name == "lot" else key.by_proposal
            found[key.name] = lots.astype("float64")
    return MappingProxyType(found)


def _number(value: object) -> float | int | None:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    number = float(str(value))
    return int(number) if number.is_integer() else number
