"""Keputusan musyawarah: what the forum decides beside the computed rank, each with its reason."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from workbench.errors import WorkbenchError
from workbench.present.deliberation_tables import resolution_table
from workbench.present.documents import html_table
from workbench.present.format import EMPTY
from workbench.present.problems import error_sentence
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_parts import (
    button,
    choice,
    column,
    heading,
    note,
    row,
    said,
    table_html,
    text_field,
)


class DecisionPanel:
    """Bind a proposal, a place or a decision, and a reason to the journal.

    Attributes
    ----------
    number, rank, reason : Text
    decision : Dropdown
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        self.number = text_field(t("proposals.number"), width="340px", name="decision-number")
        self.number.observe(lambda _: self._say_computed(), names="value")
        self.computed = widgets.HTML()
        self.rank = text_field(t("decision.rank"), width="340px", name="decision-rank")
        self.decision = choice(
            t("decision.decision"),
            [
                (t("decision.none"), ""),
                (t("resolution.funded"), "funded"),
                (t("resolution.not_funded"), "not_funded"),
            ],
            width="460px",
            name="decision-choice",
        )
        self.reason = text_field(t("room.reason"), width="860px", name="decision-reason")
        self.table = widgets.HTML()
        self.table.add_class("decision-table")
        self.numbers = widgets.HTML()
        self.numbers.add_class("decision-numbers")
        self.view = column(
            note(t("step.decision.help")),
            row(self.number, self.computed),
            row(self.rank, self.decision),
            self.reason,
            row(
                button(t("decision.record"), self.record, "primary", "decision-record"),
                button(t("decision.withdraw"), self.withdraw, name="decision-withdraw"),
            ),
            self.table,
            heading(t("wall.list")),
            self.numbers,
        )

    def _label(self) -> str | None:
        label = self.desk.proposal_of(self.number.value)
        if label is None:
            self.desk.say(
                self.desk.t("proposals.unknown", number=self.number.value.strip() or EMPTY), wrong=True
            )
        return label

    def _say_computed(self) -> None:
        label, t = self.desk.proposal_of(self.number.value), self.desk.t
        self.computed.value = "" if label is None else said(self.desk.name(label), self._rank_words(label))
        if label is None and self.number.value.strip():
            self.computed.value = said(t("proposals.unknown", number=self.number.value.strip()), kind="alert")

    def _rank_words(self, label: str) -> str:
        t = self.desk.t
        if self.desk.state.open_round is not None or not self.desk.state.scores_seen:
            return t("result.hidden")
        try:
            for _, outcome in self.desk.calculated().lists.values():
                rank = outcome.ranking_of(label) if label in outcome.table.index else None
                if rank is not None:
                    standing = t(f"standing.{outcome.table['standing'][label]}")
                    return t("decision.computed", rank=rank, standing=standing)
        except WorkbenchError as error:
            return error_sentence(error, t)
        return t("decision.unranked")

    def record(self) -> None:
        """Write the decision down beside what was computed."""
        label = self._label()
        if label is None:
            return
        text = self.rank.value.strip()
        if text and not text.isdecimal():
            self.desk.say(self.desk.t("decision.rank.wrong", value=text), wrong=True)
            return
        body: dict[str, Any] = {"proposal": label, "reason": self.reason.value.strip()}
        if text:
            body["decided_rank"] = int(text)
        if self.decision.value:
            body["decision"] = self.decision.value
        if self.desk.act(
            "decision_made", body, done=self.desk.t("decision.done", name=self.desk.name(label))
        ):
            for field in (self.number, self.rank, self.reason):
                field.value = ""
            self.decision.value = ""

    def withdraw(self) -> None:
        """Take a decision back, with a reason."""
        label = self._label()
        if label is not None:
            body = {"proposal": label, "reason": self.reason.value.strip()}
            self.desk.act("decision_withdrawn", body)

    def _listed(self) -> str:
        """Return the numbers to decide by, each with its computed place once that has been seen."""
        t, numbers, rows = self.desk.t, self.desk.numbers(), self.desk.state.proposals.rows
        hidden = not self._ranked()
        lines = [
            (str(numbers[label]), str(rows[label]["activity"]), "" if hidden else self._rank_words(label))
            for label in self.desk.state.listed
        ]
        return table_html((t("wall.number"), t("wall.proposal"), t("wall.computed")), lines, numbers=(0,))

    def _ranked(self) -> bool:
        """Tell whether there are places that the room has seen."""
        if self.desk.state.open_round is not None or not self.desk.state.scores_seen:
            return False
        try:
            return bool(self.desk.calculated().lists)
        except WorkbenchError:
            return False

    def show(self) -> None:
        """Show the decisions beside the computed places."""
        t = self.desk.t
        self.numbers.value = self._listed()
        if self.desk.state.open_round is not None:
            self.table.value = said(t("result.hidden"))
            return
        try:
            found = self.desk.calculated()
        except WorkbenchError as error:
            self.table.value = said(error_sentence(error, t), kind="alert")
            return
        if found.resolution is None or not len(found.resolution.frame):
            self.table.value = said(t("resolution.none"))
            return
        self.table.value = "".join(
            html_table(resolution_table(found.resolution, outcome, session, t))
            for session, outcome in found.lists.values()
        )
