"""Official forms as sheets: T-D.4, T-VI.C.14, and the full ranking with the part of every criterion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from workbench.deliberation import DecidedList, Status
from workbench.domain.session import Session
from workbench.present.i18n import Translator
from workbench.present.places import village_names
from workbench.present.proposal_cells import TD4_TEXTS
from workbench.present.reasons import reason_sentence
from workbench.present.score_words import score_cell, withheld_note
from workbench.present.workbook.book import Field, Kind, Sheet, Value, total_formula
from workbench.prioritisation import Outcome


@dataclass(frozen=True)
class FormList:
    """One list with everything that a form may ask for.

    Attributes
    ----------
    session, outcome, decided
    t : Translator
    complete : bool
        Whether the ranking workbook is an analyst's copy, which holds what is withheld from everybody else.
    """

    session: Session
    outcome: Outcome
    decided: DecidedList
    t: Translator
    complete: bool = False

    def text(self, label: str, column: str) -> str:
        """Return a text of the list; empty where the list does not have it."""
        return self.texts.get(column, {}).get(label, "")

    @cached_property
    def texts(self) -> dict[str, dict[str, str]]:
        """The texts of the list by column and proposal."""
        filled = self.session.proposals.frame.astype(object)
        filled = filled.where(filled.notna(), "")
        labels = [str(label) for label in filled.index]
        return {str(column): dict(zip(labels, filled[column].map(str), strict=True)) for column in filled}

    def cost(self, label: str) -> int | None:
        """Return the cost in whole rupiah."""
        return self.outcome.cost_of(label)

    def volume(self, label: str) -> str:
        """Return quantity and unit as they were written."""
        return " ".join(part for part in (self.text(label, "volume"), self.text(label, "unit")) if part)

    def village(self, label: str) -> str:
        """Return the village's name."""
        return str(self.villages[label])

    @cached_property
    def villages(self) -> pd.Series:
        """The village's name by proposal."""
        return village_names(self.session, self.t)

    def titles(self, form: str) -> tuple[str, ...]:
        """Return the lines above a form: its name, the forum, the year, and the mark of invented data."""
        facts, t = self.session.facts, self.t
        year = t("workbook.year", year=facts.plan_year or "..........")
        place = " ".join(part for part in (facts.region_name, year) if part)
        return tuple(line for line in (t(f"workbook.form.{form}"), place, facts.data_mark) if line)

    def labels(self, *statuses: Status) -> list[str]:
        """Return the proposals with some statuses in the forum's order."""
        return [str(label) for label in self.decided.with_status(*statuses).index]

    def reason(self, label: str) -> str:
        """Return the forum's reason, else the computed one."""
        own = str(self.decided.table["reason"][label])
        if own:
            return self.t("minutes.decided_reason", reason=own)
        return reason_sentence(self.outcome.reasons[label], self.t)


def td4_sheet(one: FormList, name: str) -> Sheet:
    """Return form T-D.4 (Permendagri 86/2017) of what the forum funds."""
    t = one.t
    labels = one.labels(Status.FUNDED)
    rows: list[tuple[Value, ...]] = [
        (
            number,
            *(one.text(label, column) for column in TD4_TEXTS),
            one.village(label),
            one.volume(label),
            one.cost(label),
            one.text(label, "agency"),
        )
        for number, label in enumerate(labels, start=1)
    ]
    widths = (6, 26, 26, 30, 40, 26, 20, 14, 18, 30)
    kinds: tuple[Kind, ...] = ("whole", *("text",) * 7, "rupiah", "text")
    keys = (
        "number", "regional_priority", "regional_objective", "program", "priority_activity",
        "activity_target", "location", "volume", "ceiling", "responsible_agency",
    )  # fmt: skip
    return _form(one, "td4", name, _fields(t, keys, widths, kinds), rows, total_at=8)


def tvic14_sheet(one: FormList, name: str) -> Sheet:
    """Return form T-VI.C.14: the value of every criterion, the total score, the priority."""
    t, outcome = one.t, one.outcome
    names = one.session.criteria.frame["name"]
    criteria = [str(label) for label in outcome.measures.columns]
    rows: list[tuple[Value, ...]] = [
        (
            number,
            one.text(label, "activity"),
            *map(_known, outcome.parts_of(label, outcome.measures)),
            "",
            score_cell(outcome, label, t),
            outcome.ranking_of(label),
        )
        for number, label in enumerate(map(str, outcome.table.index), start=1)
    ]
    fields = (
        Field(t("column.number"), 6, "whole"),
        Field(t("column.activity"), 46),
        *(Field(str(names[name]), 14, "number", t("workbook.criteria")) for name in criteria),
        Field(t("workbook.others"), 12, "text", t("workbook.criteria")),
        Field(t("workbook.total_score"), 11, "number"),
        Field(t("workbook.priority"), 10, "whole"),
    )
    return _form(one, "tvic14", name, fields, rows, notes=_noted(one, t("workbook.tvic14.note")))


def ranking_list_sheet(one: FormList, name: str) -> Sheet:
    """Return every proposal with rank, score, the part of each criterion, where it stands, and why."""
    t, outcome = one.t, one.outcome
    names = one.session.criteria.frame["name"]
    criteria = [str(label) for label in outcome.scoring.contributions.columns]
    rows: list[tuple[Value, ...]] = [
        (
            outcome.ranking_of(label),
            label,
            one.text(label, "activity"),
            one.village(label),
            one.text(label, "agency"),
            one.cost(label),
            *map(_known, outcome.parts_of(label, outcome.scoring.contributions)),
            score_cell(outcome, label, t),
            _known(outcome.table["running_total"][label], whole=True),
            t(f"standing.{outcome.table['standing'][label]}"),
            t(f"decided.status.{one.decided.table['status'][label]}"),
            one.reason(label),
        )
        for label in map(str, outcome.table.index)
    ]
    fields = (
        Field(t("column.rank"), 10, "whole"),
        Field(t("column.proposal_code"), 12),
        Field(t("column.activity"), 44),
        Field(t("column.location"), 18),
        Field(t("column.agency"), 26),
        Field(t("column.cost"), 18, "rupiah"),
        *(Field(str(names[name]), 12, "number", t("workbook.part")) for name in criteria),
        Field(t("column.score"), 10, "number"),
        Field(t("workbook.running_total"), 18, "rupiah"),
        Field(t("column.computed_standing"), 20),
        Field(t("column.decided_standing"), 20),
        Field(t("column.reason"), 70),
    )
    return Sheet(name, fields, tuple(rows), one.titles("ranking"), notes=_noted(one), frozen=3)


def _noted(one: FormList, *notes: str) -> tuple[str, ...]:
    """Return the notes of a form that shows scores, with why some are withheld."""
    return tuple(filter(None, (*notes, withheld_note(one.outcome, one.outcome.table.index, one.t))))


def _fields(
    t: Translator, keys: Sequence[str], widths: Sequence[int], kinds: Sequence[Kind]
) -> tuple[Field, ...]:
    return tuple(
        Field(t(f"column.{key}"), width, kind) for key, width, kind in zip(keys, widths, kinds, strict=True)
    )


def _form(
    one: FormList,
    form: str,
    name: str,
    fields: tuple[Field, ...],
    rows: list[tuple[Value, ...]],
    *,
    total_at: int | None = None,
    notes: tuple[str, ...] = (),
) -> Sheet:
    made = Sheet(name, fields, tuple(rows), one.titles(form), number_row=True, notes=notes, frozen=2)
    if total_at is None or not rows:
        return made
    amount = sum(int(str(row[total_at])) for row in rows if row[total_at] is not None)
    total: list[Value] = [None] * len(fields)
    total[1] = one.t("word.total")
    total[total_at] = total_formula(total_at, range(made.first_row, made.last_row + 1), amount)
    return Sheet(
        name,
        fields,
        (*rows, tuple(total)),
        made.titles,
        number_row=True,
        strong=frozenset({len(rows)}),
        notes=notes,
        frozen=2,
    )


def _known(value: object, *, whole: bool = False) -> float | int | None:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    return int(str(value)) if whole else float(str(value))
