"""The first page: go on with a meeting, begin a new one from a list, or practise; no address to type."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import ipywidgets as widgets

from workbench.errors import JournalRefused, WorkbenchError
from workbench.present.i18n import Translator
from workbench.present.problems import error_sentence, file_sentence
from workbench.store.meeting_folder import districts_to_choose, meeting_folder
from workbench.store.meetings import Meeting, known_meetings, meetings_place, remember, trouble_ahead
from workbench.store.practice import prepare_practice, reset_practice
from workbench.store.room import Room, open_room
from workbench.store.room_place import choose_folder, leave_folder, room_folder
from workbench.widgets.room_desk import Desk, clock
from workbench.widgets.room_new import NewMeetingPart
from workbench.widgets.room_parts import button, choice, column, heading, note, row, said, seen, text_field

PATIENCE = 8
"""How often a file is asked for that the projector's page still holds; Windows lets nobody else delete it."""
PAUSE = 0.5

OpenRoom = Callable[[Desk, "Entrance"], widgets.Widget]
"""Makes the page of an open room, which can come back to the first page."""


class Entrance:
    """Ask for the meeting, and for the district where a list holds many; then open the room.

    Attributes
    ----------
    known, district : Dropdown
    path : Text
    new : NewMeetingPart
    view : Widget
    desk : Desk or None
    """

    def __init__(self, t: Translator, page: OpenRoom) -> None:
        self.t = t
        self._page = page
        self.desk: Desk | None = None
        self._folder: Path | None = None
        self._told = ""
        self.known = choice(t("entrance.known"), [], width="860px", name="known-meetings")
        hint = t("room.folder.hint")
        self.path = text_field(t("room.folder"), name="room-folder", hint=hint)
        self.district = choice(t("room.district"), [], name="room-district")
        self.new = NewMeetingPart(t, self.begin)
        self.said = widgets.HTML()
        self._choosing = column(
            note(t("room.district.ask")),
            row(self.district, button(t("room.district.open"), self.cut, "primary", "room-cut")),
        )
        self._really = button(t("practice.really"), self.practise_anew, "warning", "entrance-really")
        self._go_on = column(
            heading(t("entrance.go_on")),
            row(self.known, button(t("entrance.open"), self.go_on, "primary", "entrance-open")),
        )
        self._asked = column(
            note(t("entrance.help")),
            self.said,
            self._choosing,
            self._go_on,
            heading(t("entrance.new")),
            self.new.view,
            heading(t("entrance.practice")),
            note(t("entrance.practice.help")),
            row(
                button(t("entrance.practise"), self.practise, name="entrance-practise"),
                button(t("practice.restart"), lambda: seen(self._really, shown=True), name="entrance-again"),
                self._really,
            ),
            heading(t("entrance.elsewhere")),
            row(self.path, button(t("room.open"), self.open, name="room-open")),
        )
        self.view = widgets.VBox([self._asked])
        self.view.add_class("room-page")
        self.show()

    def show(self) -> None:
        """Show the page with the meetings that there are now."""
        seen(self._choosing, shown=False)
        seen(self._really, shown=False)
        meetings = known_meetings(meetings_place())
        self.known.options = [(self._named(meeting), str(meeting.folder)) for meeting in meetings]
        self.known.value = str(meetings[0].folder) if meetings else None
        seen(self._go_on, shown=bool(meetings))
        self.view.children = (self._asked,)

    def _named(self, meeting: Meeting) -> str:
        kind = "practice" if meeting.practice else "going" if meeting.is_open else "waiting"
        day = datetime.fromtimestamp(meeting.changed).astimezone()
        facts = {"name": meeting.folder.name, "when": f"{self.t.style.date(day.date())} {day:%H.%M}"}
        return self.t(f"entrance.meeting.{kind}", **facts)

    def go_on(self) -> None:
        """Open the chosen meeting."""
        if self.known.value is not None:
            self.begin(Path(self.known.value))

    def open(self) -> None:
        """Open the folder that stands in the field."""
        folder = room_folder(self.path.value.strip().strip('"'))
        if folder is None or not self.path.value.strip():
            self.said.value = said(self.t("room.folder.ask"), kind="alert")
            return
        self.begin(folder)

    def begin(self, folder: Path, told: str = "") -> None:
        """Open a folder, or ask which of its districts meets; the room begins with what is to be told."""
        self._folder, self._told = folder, told
        try:
            districts = districts_to_choose(folder)
            if not districts:
                self._enter(folder)
        except WorkbenchError as error:
            self._refused(error)
            return
        self.district.options = [(f"{name} ({code})", code) for code, name in districts.items()]
        self.district.value = next(iter(districts), None)  # a list that was empty chooses nothing by itself
        seen(self._choosing, shown=bool(districts))

    def cut(self) -> None:
        """Write the folder of the chosen district's meeting and open its room."""
        if self._folder is None or self.district.value is None:
            return
        try:
            self._enter(meeting_folder(self._folder, self.district.value))
        except WorkbenchError as error:
            self._refused(error)

    def _refused(self, error: WorkbenchError) -> None:
        lines = [error_sentence(error, self.t)]
        if isinstance(error, JournalRefused) and self._folder and trouble_ahead(self._folder) == "read_only":
            lines.insert(0, self.t("entrance.trouble.read_only"))
        self.said.value = said(*lines, kind="alert")

    def _practice(self) -> Path:
        return meetings_place() / self.t("practice.folder")

    def practise(self) -> None:
        """Open the class case, made the first time it is asked for."""
        try:
            self._enter(prepare_practice(self._practice(), mark=self.t("rehearse.mark")))
        except WorkbenchError as error:
            self._refused(error)
        except OSError as error:
            self._not_written(error)

    def practise_anew(self) -> None:
        """Put the class case back to its beginning and open it."""
        try:
            folder = prepare_practice(self._practice(), mark=self.t("rehearse.mark"))
        except WorkbenchError as error:
            self._refused(error)
            return
        except OSError as error:
            self._not_written(error)
            return
        self._reset(folder)

    def restart(self) -> None:
        """Put the practice that is open back to its beginning."""
        if self.desk is not None:
            folder = self.desk.room.folder
            self.leave()
            self._reset(folder)

    def _reset(self, folder: Path) -> None:
        leave_folder()  # the projector's page lets go of the journal
        try:
            _patiently(lambda: reset_practice(folder, self.t("rehearse.mark")))
            self._enter(folder)
        except WorkbenchError as error:
            self._refused(error)
        except OSError as error:
            self._not_written(error)

    def _not_written(self, error: OSError) -> None:
        self.said.value = said(file_sentence(error, meetings_place(), self.t), kind="alert")

    def leave(self) -> None:
        """Close the room and show the first page again; everything stands in the folder."""
        if self.desk is not None:
            self.desk.room.close()
            self.desk = None
        leave_folder()
        self.said.value = ""
        self.show()

    def _enter(self, folder: Path) -> None:
        room: Room = open_room(folder, clock)
        self.desk = Desk(room, self.t)
        self.said.value = ""
        trouble = trouble_ahead(folder)
        words = [self._told, self.t(f"entrance.trouble.{trouble}") if trouble else ""]
        if any(words):
            self.desk.say("\n".join(filter(None, words)), wrong=bool(trouble))
        self._told = ""
        choose_folder(folder)
        remember(meetings_place(), folder)
        self.view.children = (self._page(self.desk, self),)


def _patiently(act: Callable[[], object]) -> None:
    """Do something that another page may hold up for a moment."""
    for attempt in range(PATIENCE):
        try:
            act()
        except PermissionError:
            if attempt == PATIENCE - 1:
                raise
            time.sleep(PAUSE)
        else:
            return
