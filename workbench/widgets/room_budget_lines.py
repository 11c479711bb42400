"""Finer lines of the pagu: by agency (OPD), field, pool or source; each is one line with its own amount."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import ipywidgets as widgets

from workbench.domain.budget import LineKind
from workbench.present.format import EMPTY
from workbench.room.setting import rules_of
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_line_table import LineTable
from workbench.widgets.room_money import MoneyDoor
from workbench.widgets.room_parts import (
    button,
    choice,
    column,
    heading,
    note,
    said,
    seen,
    suggestion,
    table_html,
    text_field,
)

SCOPES = ("agency", "field", "pool", "source")
FROM_LIST = {"agency": "agency", "field": "field", "pool": "pool", "source": "funding_source"}
"""The column of the list of proposals that knows the names of a scope."""


class BudgetLinesPart:
    """Add and take out lines.

    Attributes
    ----------
    kind : Dropdown
    scopes : dict of Combobox
    held : LineTable
    amount, reason, number : Text
    table : HTML
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        self.kind = choice(
            t("lines.kind"),
            [(t(f"lines.kind.{kind.value}"), kind.value) for kind in LineKind],
            name="line-kind",
        )
        self.scopes = {
            scope: suggestion(t(f"lines.{scope}"), name=f"line-{scope}", width="640px") for scope in SCOPES
        }
        self._money = MoneyDoor(desk)
        self.amount = text_field(t("lines.amount"), name="line-amount", hint="Rp 150.000.000")
        self.held = LineTable(desk, "budget_set", lambda state: state.budget.rows, "line")
        self.reason, self.number = self.held.reason, self.held.number
        self.table = widgets.HTML()
        self.table.add_class("line-table")
        self.warning = widgets.HTML()
        self.view = column(
            heading(t("lines.title")),
            note(t("lines.help")),
            self.kind,
            *self.scopes.values(),
            self.amount,
            self.reason,
            button(t("lines.add"), self.add, "primary", "line-add"),
            self.warning,
            self.table,
            self.held.taking_out,
        )

    def add(self) -> None:
        """Add one line."""
        named = {scope: field.value.strip() for scope, field in self.scopes.items() if field.value.strip()}
        if not named:
            self.desk.say(self.desk.t("lines.scope_missing"), wrong=True)
            return
        line = {"kind": self.kind.value, **named}
        if any(_place(line) == _place(held) for held in self.held.lines()):
            self.desk.say(self.desk.t("lines.repeated"), wrong=True)
            return
        amount = self._money.amount(self.amount.description, self.amount.value)
        if amount is not None and self.held.set([*self.held.lines(), {**line, "amount": amount}]):
            for field in (self.amount, *self.scopes.values()):
                field.value = ""
            self._money.forget()

    def show(self) -> None:
        """Show the lines, and what of them the rules in force do not apply."""
        t, state = self.desk.t, self.desk.state
        frame = self.desk.session().proposals.frame
        for scope, field in self.scopes.items():
            field.options = names_of(frame[FROM_LIST[scope]])
        seen(self.reason, shown=state.scores_seen)
        rows = [
            (
                str(place),
                t(f"lines.kind.{line.get('kind') or LineKind.CEILING.value}"),
                *(str(line.get(scope) or EMPTY) for scope in SCOPES),
                t.style.rupiah(line["amount"]),
            )
            for place, line in enumerate(self.held.lines(), start=1)
        ]
        head = (
            t("wall.number"),
            t("lines.kind"),
            *(t(f"lines.{scope}") for scope in SCOPES),
            t("lines.amount"),
        )
        self.table.value = table_html(head, rows, numbers=(0, 6)) if rows else ""
        self.warning.value = said(*self._warnings())

    def _warnings(self) -> Iterable[str]:
        t, state, lines = self.desk.t, self.desk.state, self.held.lines()
        rules = rules_of(state)
        separate = rules.pools == "apart"
        if separate and any(not line.get("pool") for line in lines):
            yield t("lines.pool_missing")
        if not separate and any(line.get("pool") for line in lines):
            yield t("lines.pool_unused")
        planned = rules.budget_rule == "best_with_conditions"
        finer = any(line.get("agency") or line.get("field") for line in lines)
        shares = any(line.get("kind") in (LineKind.AT_LEAST, LineKind.AT_MOST) for line in lines)
        if (finer or shares) and not planned:
            yield t("lines.not_applied")


def names_of(values: Iterable[object]) -> tuple[str, ...]:
    """Return the names that stand in a column, each once, in the order of the alphabet."""
    return tuple(sorted({str(value) for value in values} - {""}))


def _place(line: dict[str, Any]) -> tuple[object, ...]:
    return tuple(line.get(name) or "" for name in ("kind", "region", *SCOPES))
