"""The first page: go on with a meeting, begin a new one from a list, or practise; no address to type."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

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
from workbench.widgets.room_parts import said

if TYPE_CHECKING:
    from workbench.widgets.room_entrance_asked import Asked

PATIENCE = 8
"""How often a file is asked for that the projector's page still holds; Windows lets nobody else delete it."""
PAUSE = 0.5

OpenRoom = Callable[[Desk, "Entrance"], widgets.Widget]
"""Makes the page of an open room, which can come back to the first page."""


class Entrance:
    """Ask for the meeting, and for the district where a list holds many; then open the room.

    Where a folder is given nothing is asked, and the questions are not even made: they are a third of the
    page's widgets and read the importer.

    Attributes
    ----------
    asked : Asked
    view : Widget
    desk : Desk or None
    """

    def __init__(self, t: Translator, page: OpenRoom, given: Path | None = None) -> None:
        self.t = t
        self._page = page
        self._given = "" if given is None else str(given)
        self.desk: Desk | None = None
        self._folder: Path | None = None
        self._told = ""
        self.view = widgets.VBox()
        self.view.add_class("room-page")
        if given is None:
            self.show()
        else:
            self.begin(given)

    @cached_property
    def asked(self) -> Asked:
        """The questions; made when they are asked for the first time."""
        from workbench.widgets.room_entrance_asked import Asked  # with the importer

        return Asked(self, self._given)

    def show(self) -> None:
        """Show the page with the meetings that there are now."""
        meetings = known_meetings(meetings_place())
        self.asked.show([(self._named(meeting), str(meeting.folder)) for meeting in meetings])
        self.view.children = (self.asked.view,)

    def _ask(self) -> Asked:
        """Return the questions as they stand on the page."""
        if self.view.children != (self.asked.view,):
            self.show()
        return self.asked

    def _named(self, meeting: Meeting) -> str:
        kind = "practice" if meeting.practice else "going" if meeting.is_open else "waiting"
        day = datetime.fromtimestamp(meeting.changed).astimezone()
        facts = {"name": meeting.folder.name, "when": f"{self.t.style.date(day.date())} {day:%H.%M}"}
        return self.t(f"entrance.meeting.{kind}", **facts)

    def go_on(self) -> None:
        """Open the chosen meeting."""
        if self.asked.known.value is not None:
            self.begin(Path(self.asked.known.value))

    def open(self) -> None:
        """Open the folder that stands in the field."""
        path = self.asked.path.value.strip()
        folder = room_folder(path.strip('"'))
        if folder is None or not path:
            self.asked.said.value = said(self.t("room.folder.ask"), kind="alert")
            return
        self.begin(folder)

    def begin(self, folder: Path, told: str = "") -> None:
        """Open a folder, or ask which of its districts meets; the room begins with what is to be told."""
        self._folder, self._told = folder, told
        try:
            districts = districts_to_choose(folder)
            if not districts:
                self._enter(folder)
                return
        except WorkbenchError as error:
            self._refused(error)
            return
        self._ask().offer(districts)

    def cut(self) -> None:
        """Write the folder of the chosen district's meeting and open its room."""
        district = self.asked.district.value
        if self._folder is None or district is None:
            return
        try:
            self._enter(meeting_folder(self._folder, district))
        except WorkbenchError as error:
            self._refused(error)

    def _refused(self, error: WorkbenchError) -> None:
        lines = [error_sentence(error, self.t)]
        if isinstance(error, JournalRefused) and self._folder and trouble_ahead(self._folder) == "read_only":
            lines.insert(0, self.t("entrance.trouble.read_only"))
        self._ask().said.value = said(*lines, kind="alert")

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
        self._ask().said.value = said(file_sentence(error, meetings_place(), self.t), kind="alert")

    def leave(self) -> None:
        """Close the room and show the first page again; everything stands in the folder."""
        if self.desk is not None:
            self.desk.room.close()
            self.desk = None
        leave_folder()
        self.asked.said.value = ""
        self.show()

    def _enter(self, folder: Path) -> None:
        room: Room = open_room(folder, clock)
        self.desk = Desk(room, self.t)
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
