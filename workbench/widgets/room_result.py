"""Hasil dan garis pagu: picture, table, both readings, and what-if at the chair's recorded request."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from workbench.errors import WorkbenchError
from workbench.present.ceiling_line import ceiling_line
from workbench.present.deliberation_words import no_readings_sentence, reading_sentences
from workbench.present.documents import html_table
from workbench.present.pools import pool_name
from workbench.present.problems import error_sentence
from workbench.present.ranking_table import ranking_table
from workbench.room.showing import SHOW
from workbench.widgets.room_changes import change_sentences
from workbench.widgets.room_desk import Calculated, Desk
from workbench.widgets.room_parts import button, column, heading, note, row, said, seen
from workbench.widgets.room_what_if import WhatIfPart


class ResultPanel:
    """Show the outcome once a round is closed and none is open.

    Attributes
    ----------
    picture, table, words : HTML
    what_if : WhatIfPart
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        self.words = widgets.HTML()
        self.picture = widgets.HTML()
        self.picture.add_class("result-picture")
        self.table = widgets.HTML()
        self.table.add_class("result-table")
        self.readings = widgets.HTML()
        self.what_if = WhatIfPart(desk)
        self._shown = column(
            row(
                button(t("result.show"), lambda: self._put("ranking"), "primary", "result-show"),
                button(t("result.show_picture"), lambda: self._put("ceiling"), name="result-picture-show"),
                button(t("result.show_readings"), lambda: self._put("readings"), name="result-readings-show"),
            ),
            self.picture,
            self.table,
            heading(t("result.readings")),
            self.readings,
            heading(t("whatif")),
            self.what_if.view,
        )
        self.view = column(note(t("step.result.help")), self.words, self._shown)

    def _put(self, view: str) -> None:
        body: dict[str, Any] = {"view": view, "covered": True}
        self.desk.act(SHOW, body, done=self.desk.t("wallbar.done"))

    def show(self) -> None:
        """Show the outcome of the closed rounds."""
        state, t = self.desk.state, self.desk.t
        hidden = not state.scores_seen or state.open_round is not None
        seen(self._shown, shown=not hidden)
        if hidden:
            self.words.value = said(t("result.hidden"))
            return
        try:
            found = self.desk.calculated()
        except WorkbenchError as error:
            self.words.value = said(error_sentence(error, t), kind="alert")
            seen(self._shown, shown=False)
            return
        self.words.value = said(*change_sentences(self.desk))
        self._draw(found)
        self.what_if.show()

    def _draw(self, found: Calculated) -> None:
        t = self.desk.t
        pictures, tables = [], []
        for pool, (session, outcome) in found.lists.items():
            named = f"<h3>{pool_name(pool, t)}</h3>" if len(found.lists) > 1 else ""
            pictures.append(named + ceiling_line(outcome, session, t, surface="desk"))
            tables.append(named + html_table(ranking_table(outcome, session, t)))
        self.picture.value, self.table.value = "".join(pictures), "".join(tables)
        lines = [
            line
            for pool, one in self.desk.deliberated().items()
            for reading in one.readings
            for line in reading_sentences(reading, found.lists[pool][0], t)
        ]
        missing = dict.fromkeys(no_readings_sentence(one, t) for one in self.desk.deliberated().values())
        self.readings.value = said(*(lines or missing))
