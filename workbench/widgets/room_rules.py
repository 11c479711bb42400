"""Aturan main: the choices that a forum makes aloud; all others stand under "Analis"."""

from __future__ import annotations

import ipywidgets as widgets

from workbench.domain.rules import CHOICES
from workbench.present.i18n import Translator
from workbench.present.rules import rules_sentences
from workbench.room.setting import rules_of
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_parts import button, choice, column, note, said, seen, text_field

ASKED = ("budget_rule", "aggregation", "pools")


class RulesPart:
    """Offer a few choices and read all rules aloud.

    Attributes
    ----------
    choices : dict
    reason : Text
    view : Widget
    """

    def __init__(self, desk: Desk, names: tuple[str, ...] = ASKED) -> None:
        self.desk = desk
        t = desk.t
        self.choices = {
            name: choice(
                t(f"rule.{name}"),
                [(_words(name, value, t), value) for value in CHOICES[name]],
                width="860px",
                name=f"rule-{name.replace('_', '-')}",
            )
            for name in names
        }
        self.reason = text_field(t("room.reason"), name="rules-reason")
        self.sentences = widgets.HTML()
        self.view = column(
            note(t("prepare.rules.help")),
            *self.choices.values(),
            self.reason,
            button(t("prepare.rules.set"), self.set, "primary", "rules-set"),
            self.sentences,
        )

    def set(self) -> None:
        """Write down the choices that differ from what stands."""
        rules = rules_of(self.desk.state)
        changed = {
            name: part.value for name, part in self.choices.items() if part.value != getattr(rules, name)
        }
        if not changed:
            self.desk.say(self.desk.t("prepare.rules.same"))
            return
        body = {"rules": changed}
        if self.reason.value.strip():
            body["reason"] = self.reason.value.strip()
        if self.desk.act("rules_set", body):
            self.reason.value = ""

    def show(self) -> None:
        """Show the rules in force."""
        rules = rules_of(self.desk.state)
        for name, part in self.choices.items():
            part.value = getattr(rules, name)
        seen(self.reason, shown=self.desk.state.scores_seen)
        self.sentences.value = said(*rules_sentences(rules, self.desk.t))

    @staticmethod
    def summary(desk: Desk) -> str:
        """Return what happens at the line."""
        return desk.t(f"rule_short.budget_rule.{rules_of(desk.state).budget_rule}")


def _words(name: str, value: str, t: Translator) -> str:
    short = f"rule_short.{name}.{value}"
    return t(short) if t.has(short) else t(f"rule.{name}.{value}")
