"""The projector's page: it reads the room and shows what the operator put on the wall, and nothing else."""

from __future__ import annotations

import asyncio
from datetime import datetime
from itertools import count
from pathlib import Path

import ipywidgets as widgets

from workbench.errors import JournalRefused
from workbench.present.i18n import Translator, translator
from workbench.present.wall import WallPage, page_place, paragraph, wall_html
from workbench.room.showing import Shown, shown_of
from workbench.store.journal_format import has_journal
from workbench.store.practice import is_practice
from workbench.store.room import Room, open_room
from workbench.store.room_place import room_folder
from workbench.widgets.room_desk import Desk, clock
from workbench.widgets.room_views import wall_pages

BEAT = 0.4
"""Seconds between two looks at the journal."""
LOOKS_A_PULSE = 5
"""After so many looks the page hears that this kernel is alive; where it hears nothing it opens anew."""


def projector(folder: str | Path = "", language: str = "id") -> widgets.Widget:
    """Show the wall of a folder's room.

    Parameters
    ----------
    folder : str or Path
        A session folder; empty: the one that the page was started with.
    language : {"id", "en"}

    Returns
    -------
    Widget
        A page that covers the screen. Until the room is open, or where it cannot be read, one sentence.
    """
    return Projector(room_folder(folder) if folder else None, translator(language)).view


class Projector:
    """Look at the journal and show what stands on the wall.

    Attributes
    ----------
    page : HTML
        The page.
    forward, back : Button
        Out of sight; keys press them (page down, arrow, space; page up).
    pulse : HTML
        Out of sight; changes as long as this kernel lives.
    view : Widget
    fault : str
        What could not be drawn, for the operator; never on the wall.
    """

    def __init__(self, folder: Path | None, t: Translator, *, watch: bool = True) -> None:
        self.t = t
        self._given = folder
        self.fault = ""
        self._desk: Desk | None = None
        self._drawn: tuple[object, ...] = ()
        self._pages: tuple[WallPage, ...] = ()
        self._shown = Shown()
        self._at = 0
        self.page = widgets.HTML()
        self.forward = self._key("wall-next", 1)
        self.back = self._key("wall-back", -1)
        self.pulse = widgets.HTML("0")
        self.pulse.add_class("wall-pulse")
        self.view = widgets.VBox([self.page, widgets.HBox([self.back, self.forward, self.pulse])])
        self.look()
        if watch:
            self._watch()

    def _key(self, name: str, step: int) -> widgets.Button:
        made = widgets.Button(description=self.t(f"wall.key.{name}"), layout=widgets.Layout(width="200px"))
        made.add_class(name)
        made.on_click(lambda _: self.turn(step))
        return made

    def _watch(self) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return  # a batch has no loop, and nobody who looks
        self._task = loop.create_task(self._beat())

    async def _beat(self) -> None:
        for number in count(1):
            await asyncio.sleep(BEAT)
            self.look()
            if number % LOOKS_A_PULSE == 0:
                self.pulse.value = str(number)

    def look(self) -> None:
        """Catch up with the journal and draw anew if anything that is shown has changed."""
        try:
            desk = self._opened()
            if desk is None:
                self._say(self.t("wall.waiting"))
                return
            desk.room.refresh()
            shown = shown_of(desk.state)
            if (desk.state, shown) != (self._drawn[:2] if self._drawn else ()):
                self._take(desk, shown)
            self._draw()
        except JournalRefused as error:
            self.fault = repr(error)
            self._say(self.t("wall.fault.journal"))
        except Exception as error:  # noqa: BLE001 - whatever happens, the wall shows a plain sentence
            self.fault = repr(error)
            self._close()  # the journal may have been replaced: look at it anew with the next beat
            self._say(self.t("wall.fault"))

    def _close(self) -> None:
        desk, self._desk = self._desk, None
        if desk is not None:
            desk.room.close()

    def _opened(self) -> Desk | None:
        folder = self._given or room_folder()
        if self._desk is not None and self._desk.room.folder != folder:
            self._close()
        if self._desk is None:
            if folder is None or not has_journal(folder):
                return None
            room: Room = open_room(folder, clock)
            self._desk = Desk(room, self.t)
        return self._desk

    def _take(self, desk: Desk, shown: Shown) -> None:
        if shown.request != self._shown.request:
            self._at = shown.page
        self._shown = shown
        self._pages = wall_pages(desk, shown)
        self._drawn = (desk.state, shown)

    def turn(self, step: int) -> None:
        """Turn a page; on a covered page the first step reveals."""
        self._at = min(max(self._at + step, 0), max(len(self._pages) - 1, 0))
        self._draw()

    def _draw(self) -> None:
        self._at = min(self._at, max(len(self._pages) - 1, 0))
        page = self._pages[self._at]
        covers = int(self._shown.covered)
        count = len(self._pages) - covers
        place = page_place(self._at - covers, count, self.t) if self._at >= covers else ""
        self._put(wall_html(page, place, self._time()))

    def _time(self) -> str:
        zone = "" if self._desk is None else str(self._desk.state.facts.get("zone", ""))
        clock_time = f"{datetime.now().astimezone():%H.%M} {zone}".strip()
        practising = self._desk is not None and is_practice(self._desk.room.folder)
        return f"{self.t('wall.practice')} · {clock_time}" if practising else clock_time

    def _say(self, text: str) -> None:
        self._drawn = ()
        self._put(wall_html(WallPage(self.t("wall.forum"), paragraph(text)), "", self._time()))

    def _put(self, content: str) -> None:
        if self.page.value != content:
            self.page.value = content
