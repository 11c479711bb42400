"""A table of the room that is one entry: its lines are set together, and one is taken out by its number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as widgets

from workbench.present.format import EMPTY
from workbench.room.state import RoomState
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_parts import button, row, text_field

Line = dict[str, Any]


class LineTable:
    """The lines of one table, so that two of them never stand half changed.

    Parameters
    ----------
    desk : Desk
    act : str
        The act that sets the whole table.
    rows : callable
        From the state of the room to the rows of the table.
    name : str
        What the names of the fields begin with.

    Attributes
    ----------
    reason, number : Text
    taking_out : Widget
        The number of a line and the button that takes it out.
    """

    def __init__(
        self, desk: Desk, act: str, rows: Callable[[RoomState], Mapping[str, Mapping[str, Any]]], name: str
    ) -> None:
        self._desk, self._act, self._rows = desk, act, rows
        t = desk.t
        self.reason = text_field(t("room.reason"), name=f"{name}-reason")
        self.number = text_field(t("heads.number"), width="420px", name=f"{name}-number")
        self.taking_out: widgets.Widget = row(
            self.number, button(t("heads.remove"), self.remove, name=f"{name}-remove")
        )

    def lines(self) -> list[Line]:
        """Return the lines as they stand."""
        return [dict(line) for line in self._rows(self._desk.state).values()]

    def set(self, lines: list[Line]) -> bool:
        """Set the whole table, with the reason that was written; tell whether it was taken."""
        reason = self.reason.value.strip()
        taken = self._desk.act(self._act, {"lines": lines, **({"reason": reason} if reason else {})})
        if taken:
            self.reason.value = ""
        return taken

    def remove(self) -> None:
        """Take one line out."""
        lines, text = self.lines(), self.number.value.strip()
        if not text.isdecimal() or not 1 <= int(text) <= len(lines):
            said = self._desk.t("heads.number.wrong", value=text or EMPTY, most=len(lines))
            self._desk.say(said, wrong=True)
            return
        if self.set([line for place, line in enumerate(lines, start=1) if place != int(text)]):
            self.number.value = ""
