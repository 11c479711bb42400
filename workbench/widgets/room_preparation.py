"""Persiapan: forum, ceiling, rules, people and invitations, criteria, bands, list of proposals, paper."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

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
from workbench.widgets.set_aside import SetAside


class Part(Protocol):
    """One part of the preparation."""

    view: widgets.Widget

    def __init__(self, desk: Desk) -> None:
        """Make its fields."""

    def show(self) -> None:
        """Show the state as it is now."""

    @staticmethod
    def summary(desk: Desk) -> str:
        """Return what its title says of the state; it need not be made for that."""


PARTS: Mapping[str, type[Part]] = MappingProxyType(
    {
        "facts": FactsPart,
        "budget": BudgetPart,
        "rules": RulesPart,
        "limits": LimitsPart,
        "people": PeoplePart,
        "criteria": CriteriaPart,
        "bands": BandsPart,
        "proposals": ProposalsPart,
        "paper": PaperPart,
    }
)
"""In the order of the page."""


class PreparationPanel:
    """Offer the parts of the preparation one at a time; each shows in its title whether it is filled.

    A part is made when it is opened: together they are most of the page, and a meeting begins with the first.

    Attributes
    ----------
    parts : dict
        Those that were opened, by name.
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.parts: dict[str, Part] = {}
        self._set_aside = SetAside()
        self.view = widgets.Accordion(children=[widgets.VBox() for _ in PARTS], selected_index=0)
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
        place = self.view.selected_index
        if place is not None:
            self._opened(place).show()
        self.view.titles = tuple(
            f"{self.desk.t(f'prepare.{name}')}: {part.summary(self.desk)}" for name, part in PARTS.items()
        )

    def _opened(self, place: int) -> Part:
        name = tuple(PARTS)[place]
        if name not in self.parts:
            self.parts[name] = PARTS[name](self.desk)
            self.view.children[place].children = (self.parts[name].view,)
            self._set_aside()
        return self.parts[name]
