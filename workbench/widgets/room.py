"""The operator's page: the guided path, one step at a time; leaving and coming back continues it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import ipywidgets as widgets

from workbench.errors import WorkbenchError
from workbench.present.i18n import Translator, translator
from workbench.present.problems import error_sentence
from workbench.room.replay import undoable
from workbench.room.setting import STEPS
from workbench.store.room_place import ask_to_stop, may_stop, room_folder
from workbench.widgets.room_analyst import AnalystPanel
from workbench.widgets.room_conditions import ConditionsPanel
from workbench.widgets.room_decision import DecisionPanel
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_entrance import Entrance
from workbench.widgets.room_fault import Fault
from workbench.widgets.room_minutes import MinutesPanel
from workbench.widgets.room_parts import button, note, row, said, seen
from workbench.widgets.room_practice import PracticeBar
from workbench.widgets.room_preparation import PreparationPanel
from workbench.widgets.room_result import ResultPanel
from workbench.widgets.room_rounds import RoundPanel
from workbench.widgets.room_spread import SpreadPanel
from workbench.widgets.room_wall_bar import WallBar
from workbench.widgets.room_watch import Watch
from workbench.widgets.set_aside import SetAside

BEAT = 1.0
"""Seconds between two looks at what other pages wrote."""


class Panel(Protocol):
    """One step of the path."""

    view: widgets.Widget

    def show(self) -> None:
        """Show the state as it is now."""


PANELS: Mapping[str, Callable[[Desk], Panel]] = MappingProxyType(
    {
        "preparation": PreparationPanel,
        "conditions": ConditionsPanel,
        "first_round": lambda desk: RoundPanel(desk, second=False),
        "spread": SpreadPanel,
        "second_round": lambda desk: RoundPanel(desk, second=True),
        "result": ResultPanel,
        "decision": DecisionPanel,
        "minutes": MinutesPanel,
    }
)
"""The panel of each step of `workbench.room.setting.STEPS`."""


def meeting_room(folder: str | Path = "", language: str = "id") -> widgets.Widget:
    """Open the room of a session folder for the operator.

    Parameters
    ----------
    folder : str or Path
        A session folder; empty: the one that the page was started with, else the page asks.
    language : {"id", "en"}

    Returns
    -------
    Widget
        The page; for a folder that cannot be used, the list of its problems instead of a traceback.
    """
    t = translator(language)
    watch = Watch(t)
    watch.begin()
    fault = Fault(t)
    fault.watch()
    first = entrance(room_folder(folder), t, watch.end)
    page = widgets.VBox([watch.view, first.view, watch.style, fault.view])
    page.add_class("room-page")
    return page


def entrance(folder: Path | None, t: Translator, end: Callable[[], object] = lambda: None) -> Entrance:
    """Return the first page, which opens rooms of this module; `end` hears that the app is closed."""

    def page(desk: Desk, first: Entrance) -> widgets.Widget:
        return MeetingRoom(desk, restart=first.restart, leave=first.leave, end=end).view

    return Entrance(t, page, folder)


class MeetingRoom:
    """Show the step where the room stands, what was said last, and the strip of the wall.

    Attributes
    ----------
    desk : Desk
    steps : ToggleButtons
    view : Widget
    """

    def __init__(
        self,
        desk: Desk,
        *,
        watch: bool = True,
        restart: Callable[[], object] = lambda: None,
        leave: Callable[[], object] = lambda: None,
        end: Callable[[], object] = lambda: None,
    ) -> None:
        self.desk = desk
        t = desk.t
        self._panels: dict[str, Panel] = {}
        self._set_aside = SetAside()
        self._quiet = False
        self._gone = False
        self._told = end
        self.title = widgets.HTML()
        self.message = widgets.HTML()
        self.message.add_class("room-message-line")
        self.steps = widgets.ToggleButtons(
            options=[(f"{place}. {t(f'step.{name}')}", name) for place, name in enumerate(STEPS, start=1)],
            value=self._step(),
            style={"button_width": "auto"},
        )
        self.steps.add_class("room-steps")
        self.steps.observe(lambda change: self._enter(change["new"]), names="value")
        self.wall = WallBar(desk)
        self.body = widgets.VBox()
        self.body.add_class("room-body")
        self.analyst = widgets.Accordion(
            children=[widgets.VBox()], titles=(t("room.analyst"),), selected_index=None
        )
        self.analyst.observe(lambda _: self._show_analyst(), names="selected_index")
        self._undo = button(t("room.undo"), self._ask_undo, name="room-undo")
        self._really = button(t("room.undo.really"), self._take_back, "warning", "room-undo-really")
        self._wanted = ""
        self._leave = button(t("room.leave"), lambda: self._go(leave), name="room-leave")
        self._stop = button(t("room.stop"), self._end, name="room-stop")
        self.practice = PracticeBar(desk, lambda: self._go(restart))
        seen(self._really, shown=False)
        seen(self._stop, shown=may_stop())
        self.view = widgets.VBox(
            [
                row(self.title, self._undo, self._really, self._leave, self._stop),
                self.practice.view,
                self.steps,
                self.wall.view,
                self.message,
                self.body,
                self.analyst,
            ]
        )
        self.view.add_class("room-page")
        desk.listen(self.show)
        self.show()
        if watch:
            self._watch()

    def _step(self) -> str:
        return self.desk.state.step if self.desk.state.step in STEPS else STEPS[0]

    def _enter(self, step: str) -> None:
        if not self._quiet and step != self.desk.state.step:
            self.desk.act(
                "step_entered",
                {"step": step},
                done=self.desk.t("room.step", name=self.desk.t(f"step.{step}")),
            )

    def show(self) -> None:
        """Show the state as it is now."""
        step = self._step()
        self._quiet = True  # following the journal is not a wish of the operator's
        try:
            self.steps.value = step
        finally:
            self._quiet = False
        if step not in self._panels:
            self._panels[step] = PANELS[step](self.desk)
            self._set_aside()
        panel = self._panels[step]
        panel.show()
        if self.body.children != (panel.view,):
            self.body.children = (panel.view,)
        self.wall.show()
        state, t = self.desk.state, self.desk.t
        forum = str(state.facts.get("forum", "")) or t("wall.forum")
        final = t("room.locked") if state.locked else ""
        safe = t("room.safe", count=len(state.history))
        self.title.value = (
            f"<span style='font-size:22px;font-weight:700'>{_escaped(forum)}</span> "
            f"<span style='font-size:15px'>{_escaped(' '.join((safe, final)))}</span>"
        )
        self.message.value = said(self.desk.said.text, kind="alert" if self.desk.said.wrong else "status")
        self._show_analyst()

    def _show_analyst(self) -> None:
        if self.analyst.selected_index == 0:
            if "analyst" not in self._panels:
                self._panels["analyst"] = AnalystPanel(self.desk)
                self.analyst.children = (self._panels["analyst"].view,)
                self._set_aside()
            self._panels["analyst"].show()

    def _go(self, elsewhere: Callable[[], object]) -> None:
        """Stop looking at this room and go elsewhere."""
        self._gone = True
        self.practice.stop()
        elsewhere()

    def _end(self) -> None:
        """Say good-bye, then let the app end; what was recorded is in the folder."""
        self._told()
        self.view.children = (note(self.desk.t("room.stopped")),)
        ask_to_stop()

    def _ask_undo(self) -> None:
        entry = undoable(self.desk.state)
        seen(self._really, shown=entry is not None)
        if entry is None:
            self.desk.say(self.desk.t("room.undo.nothing"))
            return
        self._wanted = entry.request
        self.desk.say(self.desk.t("room.undo.ask", what=self.desk.t(f"act.{entry.kind}")))

    def _take_back(self) -> None:
        seen(self._really, shown=False)
        self.desk.act("undone", {"request": self._wanted}, done=self.desk.t("room.undone"))

    def _watch(self) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return  # a batch has no loop, and nobody who looks
        self._task = loop.create_task(self._beat())

    async def _beat(self) -> None:
        while not self._gone:
            await asyncio.sleep(BEAT)
            self.look()

    def look(self) -> None:
        """Catch up with what a second operator's page wrote."""
        if self._gone:
            return
        before = self.desk.state
        try:
            if self.desk.room.refresh() is not before:
                self.show()
        except WorkbenchError as error:
            self.message.value = said(error_sentence(error, self.desk.t), kind="alert")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
