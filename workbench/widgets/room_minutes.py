"""Berita acara: lock what was agreed, write the documents, and open again only with a reason."""

from __future__ import annotations

from pathlib import Path

import ipywidgets as widgets

from workbench.errors import WorkbenchError
from workbench.present.collecting_words import collecting_sentences
from workbench.present.problems import error_sentence, file_sentence
from workbench.present.summary import summary_sentences
from workbench.publishing.minutes import FORMATS, Asked, minutes_files, minutes_of, possible
from workbench.store.kept_files import write_keeping
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_parts import button, column, note, row, said, seen, text_field

DOCUMENTS = "dokumen"


class MinutesPanel:
    """Lock, write, reopen.

    Attributes
    ----------
    reason : Text
    summary, files : HTML
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        self.summary = widgets.HTML()
        self.files = widgets.HTML()
        self.files.add_class("minutes-files")
        self.reason = text_field(t("minutes.reopen.reason"), width="860px", name="reopen-reason")
        self._lock = button(t("minutes.lock"), self.lock, "primary", "minutes-lock")
        self._write = button(t("minutes.write"), self.write, "primary", "minutes-write")
        self._reopen = button(t("minutes.reopen"), self.reopen, "warning", "minutes-reopen")
        self.view = column(
            note(t("step.minutes.help")),
            self.summary,
            row(self._lock, self._write),
            self.files,
            self.reason,
            self._reopen,
        )

    def lock(self) -> None:
        """Lock the result; what is written from now on is final."""
        self.desk.act("session_locked", {}, done=self.desk.t("minutes.locked"))

    def reopen(self) -> None:
        """Open the locked result again, with a reason that stays on record."""
        if self.desk.act(
            "session_reopened", {"reason": self.reason.value.strip()}, done=self.desk.t("minutes.reopened")
        ):
            self.reason.value = ""

    def write(self) -> None:
        """Write the berita acara with its annexes; a draft that somebody edited is kept beside it."""
        folder, t = Path(self.desk.room.folder), self.desk.t
        formats = possible(FORMATS)
        try:
            files = minutes_files(minutes_of(folder, Asked(formats=formats)), formats)
            kept = write_keeping(folder / DOCUMENTS, files)
        except WorkbenchError as error:
            self.files.value = said(error_sentence(error, t), kind="alert")
            return
        except OSError as error:
            self.files.value = said(file_sentence(error, folder / DOCUMENTS, t), kind="alert")
            return
        lines = [t("minutes.written", folder=str(folder / DOCUMENTS)), *files]
        if kept:
            lines.append(t("minutes.kept", files=kept))
        self.files.value = said(*lines, kind="status")

    def show(self) -> None:
        """Show what will be written, and whether it is final."""
        state, t = self.desk.state, self.desk.t
        seen(self._lock, shown=not state.locked)
        seen(self._reopen, shown=state.locked)
        seen(self.reason, shown=state.locked)
        if state.open_round is not None:
            self.summary.value = said(t("result.hidden"))
            return
        try:
            lists = self.desk.calculated().lists.values()
            lines = [line for session, outcome in lists for line in summary_sentences(outcome, session, t)]
        except WorkbenchError as error:
            self.summary.value = said(error_sentence(error, t), kind="alert")
            return
        self.summary.value = said(*lines, *collecting_sentences(self.desk.session(), t))
