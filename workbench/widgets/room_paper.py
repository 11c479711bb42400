"""Kertas: cards to fill in, the list for the wall, and the script to be read aloud, as PDF in the folder."""

from __future__ import annotations

from pathlib import Path

import ipywidgets as widgets

from workbench.errors import WorkbenchError
from workbench.present.paper.pdf import pdf_bytes
from workbench.present.problems import error_sentence, file_sentence
from workbench.present.room_paper import card_paper, group_card_paper, script_paper, wall_list_paper
from workbench.room.setting import rules_of
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_parts import button, column, note, row, said

FOLDER = "cetak"


class PaperPart:
    """Write the papers that the room needs.

    Attributes
    ----------
    said : HTML
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        self.said = widgets.HTML()
        self.said.add_class("paper-said")
        self.view = column(
            note(t("paper.help")),
            row(button(t("paper.print"), self.write, "primary", "paper-print")),
            self.said,
        )

    def write(self) -> None:
        """Write cards, list and script into the folder."""
        t = self.desk.t
        session, rules, numbers = self.desk.session(), rules_of(self.desk.state), self.desk.numbers()
        place = Path(self.desk.room.folder) / FOLDER
        papers = {
            t("paper.file.cards"): card_paper(session, numbers, t),
            t("paper.file.list"): wall_list_paper(session, numbers, t),
            t("paper.file.script"): script_paper(session, rules, numbers, t),
        }
        of_groups = group_card_paper(session, numbers, t)
        if of_groups is not None:
            papers[t("paper.file.group_cards")] = of_groups
        try:
            place.mkdir(exist_ok=True)
            for name, paper in papers.items():
                (place / name).write_bytes(pdf_bytes(paper))
        except WorkbenchError as error:
            self.said.value = said(error_sentence(error, t), kind="alert")
            return
        except OSError as error:
            self.said.value = said(file_sentence(error, place, t), kind="alert")
            return
        self.said.value = said(t("paper.written", folder=str(place)), *papers, kind="status")

    def show(self) -> None:
        """Nothing of it changes with the state."""

    @staticmethod
    def summary(desk: Desk) -> str:
        """Return what it is for."""
        return desk.t("paper.summary")
