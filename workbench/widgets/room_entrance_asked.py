"""What the first page asks: a known meeting, a new list, practice, or a folder elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import ipywidgets as widgets

from workbench.present.i18n import Translator
from workbench.widgets.room_new import NewMeetingPart
from workbench.widgets.room_parts import button, choice, column, heading, note, row, seen, text_field


class Doors(Protocol):
    """What the buttons of the page do."""

    t: Translator

    def go_on(self) -> None:
        """Open the chosen meeting."""

    def open(self) -> None:
        """Open the folder that stands in the field."""

    def begin(self, folder: Path, told: str = "") -> None:
        """Open a folder, or ask which of its districts meets."""

    def cut(self) -> None:
        """Open the meeting of the chosen district."""

    def practise(self) -> None:
        """Open the class case."""

    def practise_anew(self) -> None:
        """Open the class case at its beginning."""


class Asked:
    """The questions of the first page.

    Parameters
    ----------
    doors : Doors
    given : str
        The folder that the page was started with, should it have been refused.

    Attributes
    ----------
    known, district : Dropdown
    path : Text
    new : NewMeetingPart
    said : HTML
    view : Widget
    """

    def __init__(self, doors: Doors, given: str = "") -> None:
        t = doors.t
        self.known = choice(t("entrance.known"), [], width="860px", name="known-meetings")
        hint = t("room.folder.hint")
        self.path = text_field(t("room.folder"), given, name="room-folder", hint=hint)
        self.district = choice(t("room.district"), [], name="room-district")
        self.new = NewMeetingPart(t, doors.begin)
        self.said = widgets.HTML()
        self._choosing = column(
            note(t("room.district.ask")),
            row(self.district, button(t("room.district.open"), doors.cut, "primary", "room-cut")),
        )
        self._really = button(t("practice.really"), doors.practise_anew, "warning", "entrance-really")
        self._go_on = column(
            heading(t("entrance.go_on")),
            row(self.known, button(t("entrance.open"), doors.go_on, "primary", "entrance-open")),
        )
        self.view = column(
            note(t("entrance.help")),
            self.said,
            self._choosing,
            self._go_on,
            heading(t("entrance.new")),
            self.new.view,
            heading(t("entrance.practice")),
            note(t("entrance.practice.help")),
            row(
                button(t("entrance.practise"), doors.practise, name="entrance-practise"),
                button(t("practice.restart"), lambda: seen(self._really, shown=True), name="entrance-again"),
                self._really,
            ),
            heading(t("entrance.elsewhere")),
            row(self.path, button(t("room.open"), doors.open, name="room-open")),
        )

    def show(self, meetings: Sequence[tuple[str, str]]) -> None:
        """Begin anew with the meetings that are known, as words and folder."""
        seen(self._choosing, shown=False)
        seen(self._really, shown=False)
        self.known.options = meetings
        self.known.value = meetings[0][1] if meetings else None
        seen(self._go_on, shown=bool(meetings))

    def offer(self, districts: Mapping[str, str]) -> None:
        """Ask which district of a list meets."""
        self.district.options = [(f"{name} ({code})", code) for code, name in districts.items()]
        self.district.value = next(iter(districts), None)  # a list that was empty chooses nothing by itself
        seen(self._choosing, shown=True)
