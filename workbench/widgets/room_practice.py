"""Latihan inside the room: its mark, back to the beginning by one click, and a simulated room that plays."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import ipywidgets as widgets

from workbench.errors import WorkbenchError
from workbench.present.journal_words import rehearsal_words
from workbench.present.problems import error_sentence
from workbench.room.entries import Entry
from workbench.room.rehearsal import rehearsal
from workbench.room.replay import replay
from workbench.store.practice import is_practice
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_parts import button, row, said, seen

SEED = 1
BEAT = 0.25
"""Seconds between two deliveries of the simulated room."""
PASSING = frozenset({"room_opened", "step_entered", "wall_shown"})
"""What may have happened before the simulated room plays: nothing that people entered."""

LOOK = "border:3px double #1f1f1f;padding:4px 12px;font-size:20px;font-weight:700"


class PracticeBar:
    """Say that this is practice, put it back to its beginning, let a simulated room play.

    Attributes
    ----------
    mark : HTML
    view : Widget
        Out of sight in a real room.
    """

    def __init__(self, desk: Desk, restart: Callable[[], object]) -> None:
        self.desk = desk
        self._restart = restart
        self._entries: Iterator[Entry] = iter(())
        self._task: asyncio.Task[None] | None = None
        t = desk.t
        self.mark = widgets.HTML(
            f"<span role='note' style='{LOOK}'>{t('practice.mark')}</span>",
            layout=widgets.Layout(width="auto"),
        )
        self.mark.add_class("practice-mark")
        self._again = button(t("practice.restart"), self._ask, name="practice-restart")
        self._really = button(t("practice.really"), self.restart, "warning", "practice-really")
        self._play = button(t("practice.play"), self.play, name="practice-play")
        self._stop = button(t("practice.stop"), self.stop, name="practice-stop")
        seen(self._really, shown=False)
        seen(self._stop, shown=False)
        self.said = widgets.HTML()
        self.view = row(self.mark, self._again, self._really, self._play, self._stop, self.said)
        seen(self.view, shown=is_practice(desk.room.folder))

    def _ask(self) -> None:
        seen(self._really, shown=True)
        self.said.value = said(self.desk.t("practice.ask"))

    def restart(self) -> None:
        """Put the practice back to its beginning; a real room is refused by the store."""
        self.stop()
        self._restart()

    def play(self) -> None:
        """Let a simulated room play from the beginning, delivery by delivery."""
        entries = [held.entry for held in self.desk.room.entries()]
        if any(entry.kind not in PASSING for entry in entries):
            self.said.value = said(self.desk.t("practice.play.first"), kind="alert")
            return
        opened = replay(entries[:1])
        self._entries = iter(rehearsal(opened, SEED, rehearsal_words(self.desk.t)))
        seen(self._stop, shown=True)
        seen(self._play, shown=False)
        self.said.value = said(self.desk.t("practice.playing"), kind="status")
        try:
            self._task = asyncio.get_running_loop().create_task(self._beat())
        except RuntimeError:  # a batch has no loop: all at once
            self.desk.room.deliver(self._entries)
            self.step()
            self.desk.tell()

    async def _beat(self) -> None:
        while self.step():
            await asyncio.sleep(BEAT)

    def step(self) -> bool:
        """Deliver one more thing and show it; tell whether there is more."""
        entry = next(self._entries, None)
        if entry is None:
            self.stop()
            self.said.value = said(self.desk.t("practice.played"), kind="status")
            return False
        try:
            self.desk.room.deliver([entry])
        except WorkbenchError as error:
            self.stop()
            self.said.value = said(error_sentence(error, self.desk.t), kind="alert")
            return False
        self.desk.tell()
        return True

    def stop(self) -> None:
        """Let the simulated room fall silent; what it said stays."""
        self._entries = iter(())
        task, self._task = self._task, None
        if task is not None and not task.done():
            task.cancel()
        seen(self._stop, shown=False)
        seen(self._play, shown=True)
        self.said.value = ""
