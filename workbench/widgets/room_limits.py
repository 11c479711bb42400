"""Batasan: what the plan must keep, each line with a name that is read aloud."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets

from workbench.domain.conditions import EACH, LIMITS, ONLY_PLANNED, SCOPE, Counted, Demand
from workbench.present.format import EMPTY
from workbench.room.setting import rules_of
from workbench.store.conditions_table import LIMIT_READERS, limit_words
from workbench.widgets.room_budget_lines import names_of
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_line_table import LineTable
from workbench.widgets.room_parts import (
    button,
    choice,
    column,
    note,
    row,
    said,
    seen,
    suggestion,
    table_html,
    text_field,
)

ASKED = (Demand.AT_LEAST, Demand.AT_MOST, Demand.ONLY_ONE, Demand.REQUIRES, Demand.COMMITTED)
"""Plans over several years are made with ``workbench years``, not in a room."""
WOMEN = "womens_proposal"


class LimitsPart:
    """Add and take out conditions.

    Attributes
    ----------
    held : LineTable
    demand, counted, scope : Dropdown
    name, limit, proposals, needs, basis, reason, number : Text
    group : Combobox
    table : HTML
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        self.demand = choice(
            t("limits.demand"), [(t(f"limits.demand.{one.value}"), one) for one in ASKED], name="limit-demand"
        )
        self.demand.observe(lambda _: self._offer(), names="value")
        self.name = text_field(t("limits.name"), width="860px", name="limit-name", hint=t("limits.name.hint"))
        self.counted = choice(
            t("limits.counted"),
            [(t(f"limits.counted.{one.value}"), one) for one in Counted],
            name="limit-counted",
        )
        self.limit = text_field(t("limits.limit"), name="limit-limit", hint=t("limits.limit.hint"))
        scopes = [(t("limits.scope.all"), ""), *((t(f"limits.scope.{one}"), one) for one in (*SCOPE, WOMEN))]
        self.scope = choice(t("limits.scope"), scopes, name="limit-scope")
        self.scope.observe(lambda _: self._offer(), names="value")
        self.group = suggestion(t("limits.group"), name="limit-group", width="640px")
        self.proposals = text_field(t("limits.proposals"), name="limit-proposals", hint="2 5")
        self.needs = text_field(t("limits.needs"), name="limit-needs", hint="3")
        self.basis = text_field(t("limits.basis"), width="860px", name="limit-basis")
        self.held = LineTable(desk, "conditions_set", lambda state: state.conditions.rows, "limit")
        self.reason, self.number = self.held.reason, self.held.number
        self.table, self.warning = widgets.HTML(), widgets.HTML()
        self.table.add_class("limit-table")
        self.view = column(
            note(t("limits.help")),
            self.demand,
            self.name,
            row(self.counted, self.limit),
            row(self.scope, self.group),
            row(self.proposals, self.needs),
            self.basis,
            self.reason,
            button(t("limits.add"), self.add, "primary", "limit-add"),
            self.warning,
            self.table,
            self.held.taking_out,
        )
        self._offer()

    def _offer(self) -> None:
        """Show the fields that the chosen demand asks for."""
        demand, scope = self.demand.value, self.scope.value
        limited = demand in LIMITS
        seen(self.counted, shown=limited)
        seen(self.limit, shown=limited)
        seen(self.scope, shown=limited)
        seen(self.group, shown=limited and bool(scope) and scope != WOMEN)
        seen(self.proposals, shown=not limited)
        seen(self.needs, shown=demand is Demand.REQUIRES)
        if limited and scope in SCOPE:
            names = names_of(self.desk.session().proposals.frame[scope])
            self.group.options = (self.desk.t("limits.each"), *names)

    def add(self) -> None:
        """Add one condition."""
        line = self._limited() if self.demand.value in LIMITS else self._listed()
        if line is None:
            return
        named = {"condition": self.name.value.strip(), "demand": self.demand.value.value, **line}
        if self.basis.value.strip():
            named["legal_basis"] = self.basis.value.strip()
        if self.held.set([*self.held.lines(), named]):
            for field in (self.name, self.limit, self.group, self.proposals, self.needs, self.basis):
                field.value = ""

    def _limited(self) -> dict[str, Any] | None:
        counted, text = self.counted.value, self.limit.value.strip()
        value = LIMIT_READERS[counted.value](text).value if text else None
        if value is None:
            self.desk.say(self.desk.t("limits.limit.wrong", value=text or EMPTY), wrong=True)
            return None
        line: dict[str, Any] = {"counted": counted.value, "limit": str(value)}
        if self.scope.value == WOMEN:
            line[WOMEN] = True
        elif self.scope.value:
            group = self.group.value.strip()
            line[self.scope.value] = EACH if group == self.desk.t("limits.each") else group
        return line

    def _listed(self) -> dict[str, Any] | None:
        line = {}
        fields = {"proposals": self.proposals, "needs": self.needs}
        for name, field in fields.items():
            words = field.value.replace(",", " ").split()
            labels = [self.desk.proposal_of(word) for word in words]
            if None in labels:
                value = words[labels.index(None)]
                self.desk.say(self.desk.t("proposals.unknown", number=value), wrong=True)
                return None
            if labels:
                line[name] = ", ".join(str(label) for label in labels)
        return line

    def show(self) -> None:
        """Show the conditions, and whether the rule in force keeps them."""
        t, state, lines = self.desk.t, self.desk.state, self.held.lines()
        self._offer()
        seen(self.reason, shown=state.scores_seen)
        head = (t("wall.number"), t("limits.name"), t("limits.demand"), t("limits.what"), t("limits.basis"))
        rows = [
            (
                str(place),
                str(line["condition"]),
                t(f"limits.demand.{line['demand']}"),
                self._what(line),
                str(line.get("legal_basis") or EMPTY),
            )
            for place, line in enumerate(lines, start=1)
        ]
        self.table.value = table_html(head, rows, numbers=(0,)) if rows else ""
        unkept = any(line["demand"] in ONLY_PLANNED for line in lines)
        planned = rules_of(state).budget_rule == "best_with_conditions"
        self.warning.value = said(t("limits.not_applied") if unkept and not planned else "")

    def _what(self, line: Mapping[str, Any]) -> str:
        """Return limit, group and proposals of a condition in words."""
        t = self.desk.t
        parts = []
        if line.get("limit"):
            parts.append(f"{limit_words(line)} {t('limits.counted.' + str(line.get('counted') or 'rupiah'))}")
        groups = [(name, str(line[name])) for name in SCOPE if line.get(name)]
        parts += [
            f"{t(f'limits.scope.{name}')}: {t('limits.each') if group == EACH else group}"
            for name, group in groups
        ]
        if line.get(WOMEN):
            parts.append(t(f"limits.scope.{WOMEN}"))
        numbers = self.desk.numbers()
        for name in ("proposals", "needs"):
            labels = [part.strip() for part in str(line.get(name) or "").replace(";", ",").split(",")]
            known = [str(numbers[label]) for label in labels if label in numbers]
            if known:
                parts.append(f"{t(f'limits.{name}')} {', '.join(known)}")
        return "; ".join(parts)

    @staticmethod
    def summary(desk: Desk) -> str:
        """Return how many conditions there are."""
        return desk.t("limits.summary", count=len(desk.state.conditions.rows))
