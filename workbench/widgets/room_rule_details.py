"""The choices that are numbers or an order: seats of a quota, rounds, seed of a lot, what decides a tie."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from workbench.domain.rules import TIE_KEYS, matters
from workbench.present.format import EMPTY
from workbench.room.setting import rules_of
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_parts import button, column, note, seen, text_field

WHOLE = ("quota", "completion_step", "lot_seed", "most_rounds", "plan_seconds", "minimum_group")


class RuleDetailsPart:
    """Bind the whole numbers and the order of tie keys to fields.

    Attributes
    ----------
    numbers : dict of Text
    ties, reason : Text
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        self.numbers = {
            name: text_field(t(f"rule.{name}"), width="860px", name=f"rule-{name.replace('_', '-')}")
            for name in WHOLE
        }
        self.ties = text_field(t("rule.ties"), width="860px", name="rule-ties", hint="1 2 3")
        self.reason = text_field(t("room.reason"), name="rule-details-reason")
        self.keys = widgets.HTML()
        words = [f"{at} {t(f'tie.{key}')}" for at, key in enumerate(TIE_KEYS, start=1)]
        self.view = column(
            *self.numbers.values(),
            self.ties,
            note(t("details.ties", keys=words)),
            self.reason,
            button(t("details.set"), self.set, name="rule-details-set"),
        )
        for field in self.numbers.values():
            field.style.description_width = "520px"
        self.ties.style.description_width = "520px"

    def set(self) -> None:
        """Write down what differs from the rules in force."""
        rules, t = rules_of(self.desk.state), self.desk.t
        changed: dict[str, Any] = {}
        for name, field in self.numbers.items():
            text = field.value.strip()
            if text and not text.isdecimal():
                self.desk.say(t("details.wrong", name=t(f"rule.{name}"), value=text), wrong=True)
                return
            value = int(text) if text else None if name == "lot_seed" else getattr(rules, name)
            if value != getattr(rules, name):
                changed[name] = value
        ties = self._ties()
        if ties is None:
            self.desk.say(t("details.wrong", name=t("rule.ties"), value=self.ties.value or EMPTY), wrong=True)
            return
        if ties != list(rules.ties):
            changed["ties"] = ties
        if not changed:
            self.desk.say(t("prepare.rules.same"))
            return
        reason = self.reason.value.strip()
        if self.desk.act("rules_set", {"rules": changed, **({"reason": reason} if reason else {})}):
            self.reason.value = ""

    def _ties(self) -> list[str] | None:
        words = self.ties.value.replace(",", " ").split()
        if not all(word.isdecimal() and 1 <= int(word) <= len(TIE_KEYS) for word in words):
            return None
        return [TIE_KEYS[int(word) - 1] for word in words]

    def show(self) -> None:
        """Show the rules in force; what does not matter under them is out of sight."""
        rules = rules_of(self.desk.state)
        for name, field in self.numbers.items():
            value = getattr(rules, name)
            field.value = "" if value is None else str(value)
            seen(field, shown=matters(name, rules) or name == "quota")
        self.ties.value = " ".join(str(TIE_KEYS.index(key) + 1) for key in rules.ties)
        seen(self.reason, shown=self.desk.state.scores_seen)
