"""Forum, place and time: each field is written down as soon as it is left."""

from __future__ import annotations

from typing import Any

from workbench.widgets.room_desk import Desk
from workbench.widgets.room_parts import column, note, text_field

FIELDS = (
    "forum",
    "region_name",
    "plan_year",
    "date",
    "start",
    "zone",
    "place",
    "address",
    "minutes_number",
    "legal_basis",
)
NUMBERS = ("plan_year",)


class FactsPart:
    """Bind the facts of the meeting to fields.

    Attributes
    ----------
    fields : dict
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._quiet = False
        t = desk.t
        self.fields = {
            name: text_field(
                t(f"fact.{name}"), name=f"fact-{name.replace('_', '-')}", hint=t(f"fact.{name}.hint")
            )
            for name in FIELDS
        }
        for name, field in self.fields.items():
            field.observe(lambda change, name=name: self._set(name, change["new"]), names="value")
        self.view = column(note(t("prepare.facts.help")), *self.fields.values())

    def _set(self, name: str, text: str) -> None:
        if self._quiet:
            return
        value: Any = text.strip()
        if name in NUMBERS:
            if value and not value.isdecimal():
                self.desk.say(self.desk.t("prepare.not_a_year", value=value), wrong=True)
                return
            value = int(value) if value else None
        self.desk.act("facts_set", {"facts": {name: value}})

    def show(self) -> None:
        """Show the facts as they stand in the journal."""
        self._quiet = True
        try:
            for name, field in self.fields.items():
                field.value = str(self.desk.state.facts.get(name) or "")
        finally:
            self._quiet = False

    def summary(self) -> str:
        """Return the place, or that it is open."""
        facts = self.desk.state.facts
        return str(facts.get("place") or self.desk.t("prepare.open"))
