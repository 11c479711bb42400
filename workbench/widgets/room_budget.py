"""Pagu: the ceiling and what is bound before the ranking starts, in whole rupiah."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.domain.budget import LineKind
from workbench.widgets.room_budget_lines import BudgetLinesPart
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_money import money_in
from workbench.widgets.room_parts import button, column, note, seen, text_field


class BudgetPart:
    """Bind the ceiling to fields that take any usual way of writing money.

    Attributes
    ----------
    ceiling, earmarked, reason : Text
    lines : BudgetLinesPart
        By agency, field, pool or source.
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        self.ceiling = text_field(t("prepare.ceiling"), name="budget-ceiling", hint="Rp 1.500.000.000")
        self.earmarked = text_field(t("prepare.earmarked"), name="budget-earmarked", hint="Rp 0")
        self.reason = text_field(t("room.reason"), name="budget-reason")
        self.lines = BudgetLinesPart(desk)
        self.view = column(
            note(t("prepare.budget.help")),
            self.ceiling,
            self.earmarked,
            self.reason,
            button(t("prepare.budget.set"), self.set, "primary", "budget-set"),
            self.lines.view,
        )

    def set(self) -> None:
        """Write the ceiling down; finer lines (by agency, field or pool) are kept as they are."""
        amounts = {}
        for kind, field in ((LineKind.CEILING, self.ceiling), (LineKind.EARMARK, self.earmarked)):
            amount = money_in(field.value)
            if field.value.strip() and amount is None:
                self.desk.say(self.desk.t("prepare.not_money", value=field.value.strip()), wrong=True)
                return
            amounts[kind] = amount
        kept = [dict(line) for line in self.desk.state.budget.rows.values() if not _is_whole(line)]
        lines: list[dict[str, Any]] = [
            {"kind": kind.value, "amount": amount} for kind, amount in amounts.items() if amount is not None
        ]
        body: dict[str, Any] = {"lines": [*lines, *kept]}
        if self.reason.value.strip():
            body["reason"] = self.reason.value.strip()
        if self.desk.act("budget_set", body):
            self.reason.value = ""

    def show(self) -> None:
        """Show the ceiling as it stands in the journal."""
        budget = self.desk.session().budget
        rupiah = self.desk.t.style.rupiah
        ceiling, earmarked = budget.ceiling(), budget.earmarked()
        self.ceiling.value = "" if ceiling is None else rupiah(ceiling)
        self.earmarked.value = rupiah(earmarked) if earmarked else ""
        seen(self.reason, shown=self.desk.state.scores_seen)
        self.lines.show()

    def summary(self) -> str:
        """Return the room for priorities, or that there is no ceiling."""
        room = self.desk.session().budget.room()
        return self.desk.t("prepare.open") if room is None else self.desk.t.style.rupiah(room)


def _is_whole(line: Mapping[str, Any]) -> bool:
    whole = not any(line.get(name) for name in ("agency", "field", "pool"))
    return whole and line.get("kind", LineKind.CEILING.value) in (
        LineKind.CEILING.value,
        LineKind.EARMARK.value,
    )
