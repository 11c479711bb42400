"""Forms of points that came back filled: chosen on the page, taken into the open round or refused by cell."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from workbench.errors import InvalidInput, WorkbenchError
from workbench.present.problems import error_sentence, file_sentence, problem_place, problem_sentence
from workbench.store.intake.filled_forms import filled_tables
from workbench.store.intake.forms_in_room import take_into_room
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_parts import column, note, said

SHOWN = 8
"""Problems and notes of a form that the page lists."""


class FormsPart:
    """Bind filled forms to the journal.

    Attributes
    ----------
    upload : FileUpload
    said : HTML
    view : Widget
    """

    def __init__(self, desk: Desk, show: Callable[[], object]) -> None:
        self.desk = desk
        self._show = show
        t = desk.t
        self.upload = widgets.FileUpload(
            accept=".xlsx,.xls,.ods,.csv", multiple=True, description=t("entry.form.upload")
        )
        self.upload.layout.width = "auto"
        self.upload.add_class("entry-form")
        self.upload.observe(lambda change: self._take(change["new"]), names="value")
        self.said = widgets.HTML()
        self.said.add_class("entry-form-said")
        inner = column(note(t("entry.form.help")), self.upload, self.said)
        self.view = widgets.Accordion([inner], titles=(t("entry.form"),), selected_index=None)

    def _take(self, chosen: Any) -> None:  # noqa: ANN401 - as the browser hands files over
        if not chosen:
            return
        self.said.value = "".join(self._one(file) for file in chosen)
        self.upload.value = ()
        self._show()

    def _one(self, file: Mapping[str, Any]) -> str:
        """Take one form in; return what became of it."""
        t, name = self.desk.t, Path(str(file["name"]).replace("\\", "/")).name
        try:
            with tempfile.TemporaryDirectory() as place:
                path = Path(place) / name
                path.write_bytes(bytes(file["content"]))
                tables = filled_tables(path)
                if not tables:
                    return said(t("entry.form.none", file=name), kind="alert")
                taken = take_into_room(path, tables, self.desk.room, operator=self.desk.operator)
        except InvalidInput as error:
            refused = t("entry.form.refused", file=name, count=len(error.problems))
            return said(refused, *self._lines(error.problems), kind="alert")
        except WorkbenchError as error:
            return said(error_sentence(error, t), kind="alert")
        except OSError as error:
            return said(file_sentence(error, name, t), kind="alert")
        done = t("entry.form.done", file=name, lines=taken.lines, known=taken.known)
        return said(done, *self._lines(taken.notes), kind="status")

    def _lines(self, problems: Any) -> list[str]:  # noqa: ANN401 - problems of either kind
        t = self.desk.t
        lines = [f"{problem_place(one, t)}: {problem_sentence(one, t)}" for one in problems[:SHOWN]]
        more = len(problems) - SHOWN
        return [*lines, *([t("cli.import.more", count=more)] if more > 0 else [])]
