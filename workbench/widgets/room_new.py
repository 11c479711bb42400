"""A new meeting from a list that somebody sent: named, understood, asked about, and only then written."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from workbench.domain.intake import Intake, ListKind
from workbench.domain.rules import Rules
from workbench.errors import WorkbenchError
from workbench.present.i18n import Translator
from workbench.present.intake_page import sheets_left_out, summary
from workbench.present.problems import error_sentence, file_sentence, problem_place, problem_sentence
from workbench.publishing.import_log import REPORTS
from workbench.publishing.intake_files import PAGE, write_intake_files
from workbench.store.intake.conversions import MONEY_UNITS
from workbench.store.intake.form_tables import add_form_tables
from workbench.store.intake.reading import Answers, read_list
from workbench.store.intake.to_session import session_of
from workbench.store.meetings import meetings_place, new_place
from workbench.store.practice import made_whole
from workbench.store.project_files import located
from workbench.store.session_writing import write_session
from workbench.widgets.room_parts import button, choice, column, note, row, said, seen, text_field

SHOWN_PROBLEMS = 8


class NewMeetingPart:
    """Take a list of proposals over into a folder of its own and hand the folder on.

    Attributes
    ----------
    name, path, region, sheet : Text
    upload : FileUpload
    unit : Dropdown
    said : HTML
    view : Widget
    """

    def __init__(self, t: Translator, enter: Callable[[Path, str], object]) -> None:
        self.t = t
        self._enter = enter
        self.name = text_field(t("new.name"), name="new-name", hint=t("new.name.hint"))
        self.path = text_field(t("new.path"), width="860px", name="new-path", hint=t("new.path.hint"))
        self.upload = widgets.FileUpload(
            accept=".xlsx,.xls,.csv,.ods,.zip,.gz", multiple=False, description=t("new.upload")
        )
        self.upload.add_class("new-upload")
        self.upload.layout.width = "auto"
        units = [(t("new.unsaid"), ""), *((unit, unit) for unit in MONEY_UNITS)]
        self.unit = choice(t("new.unit"), units, name="new-unit")
        self.region = text_field(t("new.region"), name="new-region", hint="73.02.01")
        self.sheet = text_field(t("new.sheet"), name="new-sheet")
        self._asked = column(note(t("new.questions")), self.unit, self.region, self.sheet)
        seen(self._asked, shown=False)
        self.said = widgets.HTML()
        self.said.add_class("new-said")
        self.view = column(
            note(t("new.help")),
            self.name,
            row(self.path, self.upload),
            self._asked,
            button(t("new.make"), self.make, "primary", "new-make"),
            self.said,
        )

    def make(self) -> None:
        """Read the list; write the folder and open its room where nothing is left to ask."""
        try:
            folder = new_place(meetings_place(), self.name.value)
            with tempfile.TemporaryDirectory() as place:
                source = self._source(Path(place))
                if source is None:
                    self.said.value = said(self.t("new.no_list"), kind="alert")
                    return
                intake = read_list(source, self._answers())
                if not self._usable(intake):
                    return
                with made_whole(folder):
                    session = session_of(intake)
                    named = replace(session.facts, forum=session.facts.forum or self.name.value.strip())
                    write_session(folder, replace(session, facts=named), Rules())
                    add_form_tables(source, folder)
                    write_intake_files(folder / REPORTS, intake, self.t)
        except WorkbenchError as error:
            self.said.value = said(error_sentence(error, self.t), kind="alert")
            return
        except OSError as error:
            self.said.value = said(file_sentence(error, meetings_place(), self.t), kind="alert")
            return
        self._enter(folder, self._taken(intake, folder))

    def _taken(self, intake: Intake, folder: Path) -> str:
        """Say what became of the list, and where every line that was set aside stands with its reason."""
        facts = {
            "used": len(intake.table),
            "aside": len(intake.aside),
            "sheets": len(sheets_left_out(intake)),
        }
        return self.t("new.done", file=intake.file, report=folder / REPORTS / PAGE, **facts)

    def _source(self, place: Path) -> Path | None:
        """Return the list: what was chosen on the page, else the address that was typed."""
        chosen: Any = self.upload.value
        if chosen:
            path = place / Path(str(chosen[0]["name"]).replace("\\", "/")).name
            path.write_bytes(bytes(chosen[0]["content"]))
            return path
        text = self.path.value.strip().strip('"')
        return located(text) if text else None

    def _answers(self) -> Answers:
        return Answers(None, self.unit.value, self.region.value.strip(), self.sheet.value.strip(), ())

    def _usable(self, intake: Intake) -> bool:
        """Say what the list is and what must be answered first; tell whether it can be used."""
        t = self.t
        seen(self._asked, shown=bool(intake.questions))
        if intake.questions:
            lines = [f"{problem_place(one, t)}: {problem_sentence(one, t)}" for one in intake.questions]
            more = len(lines) - SHOWN_PROBLEMS
            rest = (t("cli.import.more", count=more),) if more > 0 else ()
            shown = (*summary(intake, t), *lines[:SHOWN_PROBLEMS], *rest, t("new.columns"))
            self.said.value = said(*shown, kind="alert")
            return False
        if intake.kind is not ListKind.PROPOSALS:
            kind = t(f"intake.kind.{intake.kind.value}")
            self.said.value = said(t("new.other_list", kind=kind), kind="alert")
            return False
        return True
