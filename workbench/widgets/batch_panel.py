"""All reports of a kabupaten from a notebook: name the folders, press a button, watch the bar."""

from __future__ import annotations

import asyncio
import time
import webbrowser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from workbench.errors import WorkbenchError
from workbench.present.i18n import Translator, translator
from workbench.present.problems import error_sentence, file_sentence, problem_lines
from workbench.widgets.batch_model import (
    Finished,
    Maker,
    Order,
    Progress,
    order_of,
    seconds_left,
    usual_out,
)
from workbench.widgets.room_parts import button, said, seen

WIDE = {"width": "640px"}
NAMED = {"description_width": "260px"}
MOST_WORKERS = 64
MINUTE = 60


class _Stopped(Exception):  # noqa: N818 - it is asked for, no error
    """A person pressed the stop button; ends the batch between two reports."""


def batch_of_reports(
    make: Maker, folder: str | Path, out: str | Path = "", language: str = "id"
) -> widgets.Widget:
    """Show the front of the batch.

    Parameters
    ----------
    make : callable
        Makes the reports, for example `workbench.reporting.batch_front.ReportsMaker`.
    folder : str or Path
        The session folder that the front names first.
    out : str or Path
        Folder of the reports; one named after the session folder when not given.
    language : {"id", "en"}

    Returns
    -------
    Widget
        The panel.
    """
    return BatchPanel(make, str(folder), str(out), translator(language)).view


class BatchPanel:
    """Bind fields and buttons to a maker of reports.

    The reports are made in a thread while an event loop runs, so the page answers meanwhile; without a loop,
    as in a batch, the button returns when all is made.

    Attributes
    ----------
    source, out, workers, again : Widget
        What is asked for.
    go, stop, look : Button
        Make the reports, end between two of them, open the index page.
    bar, course : Widget
        How far it is.
    said : HTML
        What came of it, or what is wrong.
    task : Task or None
        The work that runs beside the page.
    view : Widget
    """

    def __init__(
        self,
        make: Maker,
        folder: str,
        out: str,
        t: Translator,
        browse: Callable[[str], bool] = webbrowser.open,
    ) -> None:
        self.make, self.t, self.browse = make, t, browse
        self.task: asyncio.Task[None] | None = None
        self._index: Path | None = None
        self._started, self._stopping = 0.0, False
        self.source = widgets.Text(value=folder, description=t("batch.source"), style=NAMED, layout=WIDE)
        self.out = widgets.Text(
            value=out or usual_out(folder), description=t("batch.out"), style=NAMED, layout=WIDE
        )
        self.workers = widgets.BoundedIntText(
            value=0,
            min=0,
            max=MOST_WORKERS,
            description=t("batch.workers"),
            style=NAMED,
            layout={"width": "340px"},
        )
        self.again = widgets.Checkbox(value=False, description=t("batch.again"), indent=False, layout=WIDE)
        self.go = button(t("batch.go"), self._go, "primary")
        self.stop = button(t("batch.stop"), self._stop)
        self.look = button(t("batch.look"), self._look, "success")
        self.bar = widgets.IntProgress(value=0, min=0, max=1, layout=WIDE)
        self.course, self.said = widgets.HTML(), widgets.HTML()
        self.source.observe(self._on_source, names="value")
        for part in (self.stop, self.look, self.bar):
            seen(part, shown=False)
        buttons = widgets.HBox([self.go, self.stop])
        fields = [self.source, self.out, self.workers, self.again]
        self.view = widgets.VBox([*fields, buttons, self.bar, self.course, self.said, self.look])

    def _on_source(self, change: dict[str, Any]) -> None:
        """Let the folder of the reports follow, unless a person named another."""
        if self.out.value == usual_out(change["old"]):
            self.out.value = usual_out(change["new"])

    def _go(self) -> None:
        if self.go.disabled:
            return  # a second press that came while the first was taken
        try:
            order = order_of(self.source.value, self.out.value, self.workers.value, force=self.again.value)
        except WorkbenchError as error:
            self._begin(busy=False)
            self._refuse(error_sentence(error, self.t))
            return
        self._begin(busy=True)
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._end(self._made(order, self._advance))
            return
        self.task = loop.create_task(self._beside(order, loop))

    async def _beside(self, order: Order, loop: asyncio.AbstractEventLoop) -> None:
        """Make the reports in a thread; only the loop's own thread writes into the page."""

        def advance(progress: Progress) -> None:
            loop.call_soon_threadsafe(self._advance, progress)

        self._end(await asyncio.to_thread(self._made, order, advance))

    def _begin(self, *, busy: bool) -> None:
        self._index, self._started, self._stopping = None, time.monotonic(), False
        self.bar.value, self.bar.bar_style = 0, ""
        self.said.value = ""
        self.course.value = said(self.t("batch.preparing")) if busy else ""
        self._busy(busy=busy)
        seen(self.look, shown=False)

    def _busy(self, *, busy: bool) -> None:
        for part in (self.source, self.out, self.workers, self.again, self.go):
            part.disabled = busy
        self.stop.disabled = False
        seen(self.stop, shown=busy)
        seen(self.bar, shown=busy)

    def _made(self, order: Order, advance: Callable[[Progress], None]) -> Callable[[], None]:
        """Make the reports; return what says what came of it, whatever that is."""
        done = 0

        def note(progress: Progress) -> None:
            nonlocal done
            done = progress.done
            advance(progress)
            if self._stopping and progress.done < progress.total:
                raise _Stopped

        try:
            finished = self.make(order.source, order.out, order.workers, note, force=order.force)
        except _Stopped:
            sentence = self.t("batch.stopped", done=done)
        except WorkbenchError as error:
            sentence = error_sentence(error, self.t)
        except OSError as error:
            sentence = file_sentence(error, order.out, self.t)
        except Exception as error:  # noqa: BLE001 - a defect must not leave the page waiting for ever
            sentence = self.t("batch.broken", error=type(error).__name__, message=str(error))
        else:
            return partial(self._tell, finished)
        return partial(self._refuse, sentence)

    def _end(self, tell: Callable[[], None]) -> None:
        self.course.value = ""
        self._busy(busy=False)
        tell()

    def _advance(self, progress: Progress) -> None:
        self.bar.max, self.bar.value = progress.total, progress.done
        facts = {"done": progress.done, "total": progress.total}
        left = seconds_left(progress, time.monotonic() - self._started)
        if self._stopping:
            course = self.t("batch.stopping")
        elif progress.done == progress.total:
            course = self.t("batch.finishing", **facts)
        elif left is None:
            course = self.t("batch.course", **facts)
        elif left < MINUTE:
            course = self.t("batch.course_seconds", seconds=max(1, round(left)), **facts)
        else:
            course = self.t("batch.course_minutes", minutes=-int(-left // MINUTE), **facts)
        self.course.value = said(course)

    def _tell(self, done: Finished) -> None:
        t = self.t
        counts = {"written": done.written, "unchanged": done.unchanged, "failed": len(done.failures)}
        failed = [
            sentence
            for one in done.failures
            for sentence in (
                t("cli.reports_failed", name=one.name, code=one.code, reason=one.reason),
                *problem_lines(one.problems, t),
            )
        ]
        self._index = done.index.absolute()
        sentences = [
            t("cli.reports_done", seconds=done.seconds, **counts),
            *failed,
            t("batch.index", path=self._index),
        ]
        self.said.value = said(*sentences, kind="status")
        seen(self.look, shown=True)

    def _refuse(self, sentence: str) -> None:
        self.said.value = said(*sentence.splitlines(), kind="alert")

    def _stop(self) -> None:
        self._stopping = True
        self.stop.disabled = True
        self.course.value = said(self.t("batch.stopping"))

    def _look(self) -> None:
        if self._index is not None and not self.browse(self._index.as_uri()):
            self._refuse(self.t("batch.no_browser", path=self._index))
