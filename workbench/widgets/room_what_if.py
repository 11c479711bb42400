"""Andai: another ceiling, other weights; marked as no result, and closed again by the next round."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from workbench.errors import WorkbenchError
from workbench.present.ceiling_line import list_picture
from workbench.present.problems import error_sentence
from workbench.prioritisation.trials import trials_of
from workbench.room.showing import SHOW
from workbench.store.solver_output import QUIET
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_money import tried_amount
from workbench.widgets.room_parts import button, column, note, row, said, seen, text_field
from workbench.widgets.trial_bench import TrialBench


def trial_bench(desk: Desk) -> TrialBench:
    """Return the trials of what is declared, prepared once for each change of it.

    Raises
    ------
    WorkbenchError
        As `prioritise`.
    """

    def prepared() -> TrialBench:
        found = desk.calculated()
        session, outcome = found.first
        return TrialBench(trials_of(session, found.rules, outcome, QUIET))

    return desk.keep("trials", prepared)


class WhatIfPart:
    """Open at the chair's recorded request, try, show on the wall, close.

    Attributes
    ----------
    request, ceiling : Text
    sliders : dict of IntSlider
    picture : HTML
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        self._quiet = False
        self.request = text_field(t("whatif.request"), name="whatif-request", hint=t("whatif.request.hint"))
        self._open = button(t("whatif.open"), self.open, name="whatif-open")
        self._close = button(t("whatif.close"), self.close, name="whatif-close")
        self.ceiling = text_field(t("whatif.ceiling"), width="460px", name="whatif-ceiling")
        self.ceiling.observe(lambda _: self._try(), names="value")
        self.sliders: dict[str, widgets.IntSlider] = {}
        self._sliders = widgets.VBox()
        self.mark = widgets.HTML()
        self.picture = widgets.HTML()
        self.picture.add_class("whatif-picture")
        self._trying = column(
            self.mark,
            self.ceiling,
            self._sliders,
            row(button(t("whatif.wall"), self.put_on_wall, "primary", "whatif-wall"), self._close),
            self.picture,
        )
        self.view = column(note(t("whatif.help")), row(self.request, self._open), self._trying)

    def open(self) -> None:
        """Write the chair's request down; only then may anybody play with the result."""
        body = {"reason": self.request.value.strip()}
        if self.desk.act("simulation_opened", body, done=self.desk.t("whatif.opened")):
            self.request.value = ""

    def close(self) -> None:
        """End the simulation; the wall goes back to the result."""
        self.desk.act("simulation_closed", {}, done=self.desk.t("whatif.closed"))

    def _details(self) -> dict[str, Any]:
        details: dict[str, Any] = {}
        amount = tried_amount(self.ceiling.description, self.ceiling.value)
        _, outcome = self.desk.calculated().first
        if amount is not None and amount != outcome.ceiling:
            details["ceiling"] = amount
        weights = {label: slider.value for label, slider in self.sliders.items()}
        if weights != self._declared():
            details["weights"] = weights
        return details

    def _declared(self) -> dict[str, int]:
        weights = self.desk.calculated().first[1].weights.values
        return {str(label): round(100 * float(weight)) for label, weight in weights.items()}

    def put_on_wall(self) -> None:
        """Show who would enter and leave, marked as a simulation."""
        try:
            details = self._details()
        except WorkbenchError as error:
            self.desk.say(error_sentence(error, self.desk.t), wrong=True)
            return
        self.desk.act(SHOW, {"view": "simulation", "details": details}, done=self.desk.t("wallbar.done"))

    def _try(self) -> None:
        if self._quiet:
            return
        t = self.desk.t
        try:
            found = trial_bench(self.desk).listed(self._details())
        except WorkbenchError as error:
            self.picture.value = said(error_sentence(error, t), kind="alert")
            return
        self.picture.value = list_picture(found, self.desk.calculated().first[0], t, surface="desk")

    def show(self) -> None:
        """Show the inputs as declared, or what is needed to open the simulation."""
        state, t = self.desk.state, self.desk.t
        seen(self.request, shown=not state.simulation_allowed)
        seen(self._open, shown=not state.simulation_allowed)
        seen(self._trying, shown=state.simulation_allowed)
        if not state.simulation_allowed:
            return
        self.mark.value = said(t("whatif.mark", reason=state.simulation), kind="alert")
        declared = self._declared()
        if list(self.sliders) != list(declared):
            self._make_sliders(declared)
            outcome = self.desk.calculated().first[1]
            self._quiet = True
            try:
                self.ceiling.value = "" if outcome.ceiling is None else t.style.rupiah(outcome.ceiling)
            finally:
                self._quiet = False
        self._try()

    def _make_sliders(self, declared: dict[str, int]) -> None:
        names = self.desk.calculated().first[0].criteria.frame["name"]
        self.sliders = {
            label: widgets.IntSlider(
                value=value, min=0, max=100, description=str(names[label]), continuous_update=True,
                style={"description_width": "260px"}, layout=widgets.Layout(width="640px"),
            )
            for label, value in declared.items()
        }  # fmt: skip
        for slider in self.sliders.values():
            slider.observe(lambda _: self._try(), names="value")
        self._sliders.children = tuple(self.sliders.values())
