"""Persiapan: forum, ceiling, rules, people and invitations, criteria, bands, list of proposals, paper."""

from __future__ import annotations

import ipywidgets as widgets

from workbench.widgets.room_bands import BandsPart
from workbench.widgets.room_budget import BudgetPart
from workbench.widgets.room_criteria import CriteriaPart
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_facts import FactsPart
from workbench.widgets.room_limits import LimitsPart
from workbench.widgets.room_paper import PaperPart
from workbench.widgets.room_people import PeoplePart
from workbench.widgets.room_proposals import ProposalsPart
from workbench.widgets.room_rules import RulesPart

PARTS = (
    ("facts", FactsPart),
    ("budget", BudgetPart),
    ("rules", RulesPart),
    ("limits", LimitsPart),
    ("people", PeoplePart),
    ("criteria", CriteriaPart),
    ("bands", BandsPart),
    ("proposals", ProposalsPart),
    ("paper", PaperPart),
)


class PreparationPanel:
    """Offer the parts of the preparation one at a time; each shows in its title whether it is filled.

    Attributes
    ----------
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.parts = {name: make(desk) for name, make in PARTS}
        self.view = widgets.Accordion(children=[part.view for part in self.parts.values()], selected_index=0)
        self.view.add_class("room-preparation")
        self.view.observe(lambda _: self._turn(), names="selected_index")

    def _turn(self) -> None:
        """Open another part; what was said about the last one goes with it."""
        if self.desk.said.text:
            self.desk.say("")
        else:
            self.show()

    def show(self) -> None:
        """Show the state as it is now."""
        for place, (name, part) in enumerate(self.parts.items()):
            if place == self.view.selected_index:
                part.show()
            title = f"{self.desk.t(f'prepare.{name}')}: {part.summary()}"
            self.view.set_title(place, title)
