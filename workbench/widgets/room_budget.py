"""Pagu: the ceiling and what is bound before the ranking starts, in whole rupiah."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.domain.budget import LineKind
from workbench.widgets.room_budget_lines import BudgetLinesPart
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_money import MoneyDoor
from workbench.widgets.room_parts import Mirror, button, column, note, seen, text_field


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
        self._money = MoneyDoor(desk)
        self._mirror = Mirror()
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
        lines: list[dict[str, Any]] = []
        fields = {LineKind.CEILING: self.ceiling, LineKind.EARMARK: self.earmarked}
        filled = {kind: field.value for kind, field in fields.items() if field.value.strip()}
        if not filled and not self.desk.state.budget.rows:
            self.desk.say(self.desk.t("prepare.budget.empty"), wrong=True)
            return
        amounts = self._money.amounts(self.desk.t("prepare.budget"), list(filled.values()))
        if amounts is None:
            return
        given = dict(zip(filled, amounts, strict=True))
        for kind in fields:
            found = self._whole(kind, given.get(kind))
            if found is None:
                self.desk.say(self.desk.t("prepare.budget.several"), wrong=True)
                return
            lines += found
        lines += [dict(line) for line in self.desk.state.budget.rows.values() if not _is_whole(line)]
        reason = self.reason.value.strip()
        if self.desk.act("budget_set", {"lines": lines, **({"reason": reason} if reason else {})}):
            self.reason.value = ""
            self._money.forget()

    def _whole(self, kind: LineKind, amount: int | None) -> list[dict[str, Any]] | None:
        """Return the lines of a kind that make up the whole; None where several sources would be lost."""
        rows = self.desk.state.budget.rows.values()
        held = [
            dict(line)
            for line in rows
            if _is_whole(line) and (line.get("kind") or LineKind.CEILING.value) == kind.value
        ]
        if amount is None:
            return [] if len(held) < 2 else None
        if held and sum(line["amount"] for line in held) == amount:
            return held
        return None if len(held) > 1 else [{**(held[0] if held else {"kind": kind.value}), "amount": amount}]

    def show(self) -> None:
        """Show the ceiling as it stands in the journal."""
        budget = self.desk.budget()
        rupiah = self.desk.t.style.rupiah
        ceiling, earmarked = budget.ceiling(), budget.earmarked()
        self._mirror.show(self.ceiling, "" if ceiling is None else rupiah(ceiling))
        self._mirror.show(self.earmarked, rupiah(earmarked) if earmarked else "")
        seen(self.reason, shown=self.desk.state.scores_seen)
        self.lines.show()

    @staticmethod
    def summary(desk: Desk) -> str:
        """Return the room for priorities, or that there is no ceiling."""
        room = desk.budget().room()
        return desk.t("prepare.open") if room is None else desk.t.style.rupiah(room)


def _is_whole(line: Mapping[str, Any]) -> bool:
    whole = not any(line.get(name) for name in ("agency", "field", "pool"))
    return whole and line.get("kind", LineKind.CEILING.value) in (
        LineKind.CEILING.value,
        LineKind.EARMARK.value,
    )
