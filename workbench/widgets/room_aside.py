"""What a merge set aside: named, with its reason, and taken in after all where the forum says so."""

from __future__ import annotations

import ipywidgets as widgets

from workbench.present.format import EMPTY
from workbench.present.problems import problem_sentence
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_parts import button, column, heading, note, row, seen, table_html, text_field


class AsidePart:
    """Show the entries that were set aside, and admit some of them with a reason.

    Attributes
    ----------
    numbers, reason : Text
    table : HTML
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        self.table = widgets.HTML()
        self.table.add_class("aside-table")
        self.numbers = text_field(t("aside.numbers"), name="aside-numbers", hint=t("aside.numbers.hint"))
        self.reason = text_field(t("room.reason"), name="aside-reason")
        self.view = column(
            heading(t("aside.title")),
            note(t("aside.help")),
            self.table,
            row(self.numbers, self.reason),
            button(t("aside.admit"), self.admit, name="aside-admit"),
        )

    def admit(self) -> None:
        """Take in the named entries, or all of them."""
        aside, text = self.desk.state.set_aside, self.numbers.value.replace(",", " ").split()
        wrong = [word for word in text if not word.isdecimal() or not 1 <= int(word) <= len(aside)]
        if wrong:
            self.desk.say(
                self.desk.t("heads.number.wrong", value=wrong[0] or EMPTY, most=len(aside)), wrong=True
            )
            return
        chosen = [aside[int(word) - 1] for word in text] if text else list(aside)
        body = {
            "requests": [held.entry.request for held in chosen],
            "reason": self.reason.value.strip(),
        }
        if self.desk.act("admitted", body, done=self.desk.t("aside.done", count=len(chosen))):
            self.numbers.value = self.reason.value = ""

    def show(self) -> None:
        """Show what stands aside; nothing at all where nothing does."""
        t, aside = self.desk.t, self.desk.state.set_aside
        seen(self.view, shown=bool(aside))
        rows = [
            (
                str(place),
                t(f"act.{held.entry.kind}"),
                held.entry.operator or EMPTY,
                problem_sentence(held.problems[0], t),
            )
            for place, held in enumerate(aside, start=1)
        ]
        head = (t("wall.number"), t("analyst.act"), t("entry.operator"), t("aside.why"))
        self.table.value = table_html(head, rows, numbers=(0,)) if rows else ""
