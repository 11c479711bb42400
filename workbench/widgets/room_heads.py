"""Heads counted at the door, by sex, hamlet and constituency, and who was expected to come."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from workbench.domain.participants import SEXES
from workbench.present.deliberation_words import expected_constituencies
from workbench.present.format import EMPTY
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_parts import (
    button,
    choice,
    column,
    heading,
    note,
    row,
    suggestion,
    table_html,
    text_field,
)

MOST_HEADS = 5_000


class HeadsPart:
    """Count who came where that is quicker than marking cards; each line is written down at once.

    Attributes
    ----------
    count, hamlet, number : Text
    sex : Dropdown
    constituency : Combobox
    expected, hamlets : Text
        Constituencies and hamlets that were invited.
    table : HTML
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        self.expected = text_field(t("heads.expected"), width="860px", name="heads-expected")
        self.hamlets = text_field(t("heads.hamlets"), width="860px", name="heads-hamlets")
        self.count = text_field(t("heads.count"), width="340px", name="heads-count", hint="14")
        sexes = [(t("people.unsaid"), ""), *((t(f"deliberation.sex.{sex}"), sex) for sex in SEXES)]
        self.sex = choice(t("people.sex"), sexes, width="440px", name="heads-sex")
        self.hamlet = text_field(t("people.hamlet"), width="440px", name="heads-hamlet")
        self.constituency = suggestion(
            t("people.constituency"), expected_constituencies(t), width="440px", name="heads-constituency"
        )
        self.number = text_field(t("heads.number"), width="340px", name="heads-number")
        self.table = widgets.HTML()
        self.table.add_class("heads-table")
        self.view = column(
            heading(t("heads.invited")),
            self.expected,
            self.hamlets,
            button(t("heads.expect"), self.expect, name="heads-expect"),
            heading(t("heads.title")),
            note(t("heads.help")),
            row(self.count, self.sex),
            row(self.hamlet, self.constituency),
            button(t("heads.add"), self.add, "primary", "heads-add"),
            self.table,
            row(
                self.number,
                button(t("heads.remove"), self.remove, name="heads-remove"),
                button(t("heads.none"), self.clear, name="heads-clear"),
            ),
        )

    def expect(self) -> None:
        """Write down which constituencies and hamlets were invited: those who are missing are named."""
        body = {
            "invited": self.desk.state.facts.get("invited"),
            "constituencies": _names(self.expected.value),
            "hamlets": _names(self.hamlets.value),
        }
        if body["invited"] is None:
            self.desk.say(self.desk.t("people.invited.wrong"), wrong=True)
            return
        self.desk.act("invitations_set", body)

    def _lines(self) -> list[dict[str, Any]]:
        return [dict(line) for line in self.desk.state.attended.counted]

    def add(self) -> None:
        """Add heads of one kind."""
        text = self.count.value.strip()
        if not text.isdecimal() or not 0 < int(text) <= MOST_HEADS:
            self.desk.say(self.desk.t("heads.count.wrong", value=text or EMPTY), wrong=True)
            return
        details = {
            "sex": self.sex.value,
            "hamlet": self.hamlet.value.strip(),
            "constituency": self.constituency.value.strip(),
        }
        line = {"count": int(text), **{name: value for name, value in details.items() if value}}
        if self.desk.act("attendance_counted", {"heads": [*self._lines(), line]}):
            self.count.value = ""

    def remove(self) -> None:
        """Take one line out of the count; it stays in the journal."""
        lines, text = self._lines(), self.number.value.strip()
        if not text.isdecimal() or not 1 <= int(text) <= len(lines):
            self.desk.say(self.desk.t("heads.number.wrong", value=text or EMPTY, most=len(lines)), wrong=True)
            return
        kept = [line for place, line in enumerate(lines, start=1) if place != int(text)]
        if self.desk.act("attendance_counted", {"heads": kept}):
            self.number.value = ""

    def clear(self) -> None:
        """Count the cards marked present again, and no heads."""
        if self._lines():
            self.desk.act("attendance_counted", {"heads": []}, done=self.desk.t("heads.cleared"))

    def show(self) -> None:
        """Show the lines of the count and who was expected."""
        t, attended = self.desk.t, self.desk.state.attended
        self.expected.value = "; ".join(attended.expected)
        self.hamlets.value = "; ".join(attended.hamlets)
        rows = [
            (
                str(place),
                str(line["count"]),
                t(f"deliberation.sex.{line['sex']}") if line.get("sex") else EMPTY,
                str(line.get("hamlet") or EMPTY),
                str(line.get("constituency") or EMPTY),
            )
            for place, line in enumerate(attended.counted, start=1)
        ]
        total = sum(line["count"] for line in attended.counted)
        head = (
            t("wall.number"),
            t("heads.count"),
            t("people.sex"),
            t("people.hamlet"),
            t("people.constituency"),
        )
        foot = [("", str(total), t("heads.total"), "", "")] if rows else []
        self.table.value = table_html(head, [*rows, *foot], numbers=(0, 1)) if rows else ""


def _names(text: str) -> list[str]:
    """Return names separated by semicolons or commas, each once."""
    return list(dict.fromkeys(part.strip() for part in text.replace(",", ";").split(";") if part.strip()))
