"""Analis: every rule, who keyed what when, and the closing hash; nothing an operator needs in the room."""

from __future__ import annotations

import ipywidgets as widgets

from workbench.domain.rules import CHOICES
from workbench.widgets.room_aside import AsidePart
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_parts import column, heading, said, table_html
from workbench.widgets.room_rule_details import RuleDetailsPart
from workbench.widgets.room_rules import RulesPart

SHOWN_ACTS = 40


class AnalystPanel:
    """Show what stands behind the result.

    Attributes
    ----------
    rules : RulesPart
    details : RuleDetailsPart
    aside : AsidePart
    history, tip : HTML
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        self.rules = RulesPart(desk, tuple(CHOICES))
        self.details = RuleDetailsPart(desk)
        self.aside = AsidePart(desk)
        self.history = widgets.HTML()
        self.tip = widgets.HTML()
        self.view = column(
            heading(t("analyst.rules")),
            self.rules.view,
            self.details.view,
            self.aside.view,
            heading(t("analyst.history")),
            self.tip,
            self.history,
        )

    def show(self) -> None:
        """Show the rules in force and the latest acts."""
        t, state = self.desk.t, self.desk.state
        self.rules.show()
        self.details.show()
        self.aside.show()
        tip = self.desk.room.tip
        aside = len(state.set_aside)
        self.tip.value = said(
            t("analyst.tip", count=tip.seq, hash=tip.hash[:16]),
            t("analyst.aside", count=aside) if aside else "",
        )
        rows = [
            (entry.at[11:19], t(f"act.{entry.kind}"), entry.operator, _about(self.desk, dict(entry.body)),
             t("analyst.undone") if entry.request in state.undone else "")
            for entry in reversed(state.history[-SHOWN_ACTS:])
        ]  # fmt: skip
        head = (t("analyst.time"), t("analyst.act"), t("entry.operator"), t("analyst.about"), "")
        self.history.value = table_html(head, rows)


def _about(desk: Desk, body: dict[str, object]) -> str:
    label = body.get("proposal")
    name = desk.name(label) if isinstance(label, str) and label in desk.state.proposals else ""
    parts = [name, str(body.get("reason", "")), str(body.get("step", "")), str(body.get("view", ""))]
    return " · ".join(part for part in parts if part)
