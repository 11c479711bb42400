"""The first look at a session folder: ranking, ceiling line, reasons; weights and ceiling to try."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from workbench.errors import WorkbenchError
from workbench.present.ceiling_line import list_picture
from workbench.present.documents import html_sentences, html_table
from workbench.present.doubt_sentences import moved_weight_sentences
from workbench.present.i18n import Translator, translator, worded
from workbench.present.pools import pool_name
from workbench.present.ranking_table import ranking_table
from workbench.robustness import stability_of
from workbench.store.project_files import located
from workbench.store.session_folder import open_session
from workbench.widgets.deferred import Deferred
from workbench.widgets.explore_model import Exploration, whole_points
from workbench.widgets.inputs import district_choice, slider
from workbench.widgets.refusal import refusal_html
from workbench.widgets.trial_bench import TrialBench

MILLION = 1_000_000


def explore(folder: str | Path, language: str = "id") -> widgets.Widget:
    """Open a session folder and show it, ready to be tried.

    Parameters
    ----------
    folder : str or Path
        A session folder.
    language : {"id", "en"}

    Returns
    -------
    Widget
        The panel; for a folder that cannot be used, the list of its problems instead of a traceback.
    """
    t = translator(language)
    try:
        opened = open_session(located(folder))
        districts = opened.session.proposals.districts
        return ExplorePanel(
            Exploration(opened.session, opened.rules, districts[0] if districts else ""),
            worded(t, opened.session.facts),
        ).view
    except WorkbenchError as error:
        return widgets.HTML(refusal_html(error, t))


class ExplorePanel:
    """Bind the inputs to an `Exploration` and show its outcome.

    Attributes
    ----------
    state : Exploration
        What is shown now.
    view : Widget
        The whole panel.
    """

    def __init__(self, state: Exploration, t: Translator) -> None:
        self.state = state
        self.t = t
        self._quiet = False
        self.district = district_choice(state.session, state.district, t)
        self.pool = widgets.Dropdown(description=t("explore.pool"), layout=widgets.Layout(width="320px"))
        self._offer_pools()
        self.ceiling = widgets.BoundedFloatText(
            min=0,
            max=10**7,
            step=10,
            description=t("explore.ceiling"),
            style={"description_width": "initial"},
        )
        self.sliders = {
            str(label): slider(str(name), 0, 100)
            for label, name in state.session.criteria.frame["name"].items()
        }
        self.reset = widgets.Button(description=t("explore.reset"), layout=widgets.Layout(width="auto"))
        self.mark = widgets.HTML()
        self.picture = widgets.HTML()
        self.sureness = widgets.HTML()
        self._moved = ""
        self._later = Deferred()
        self.table = widgets.HTML()
        self._bind()
        self._show_declared()
        self.view = self._arranged()

    def _offer_pools(self) -> None:
        """Offer the pools that are ranked apart; where all are together there is nothing to choose."""
        pools = self.state.pools
        self.pool.options = [(pool_name(pool, self.t), pool) for pool in pools]
        self.pool.value = self.state.pool if self.state.pool in pools else pools[0]
        self.pool.layout.display = "" if len(pools) > 1 else "none"

    def _bind(self) -> None:
        self.pool.observe(self._on_pool, names="value")
        self.district.observe(self._on_district, names="value")
        self.ceiling.observe(self._on_input, names="value")
        for one in self.sliders.values():
            one.observe(self._on_input, names="value")
        self.reset.on_click(lambda _: self._show_declared())

    def _arranged(self) -> widgets.Widget:
        top = widgets.HBox([self.district, self.pool, self.ceiling, self.reset])
        return widgets.VBox([top, *self.sliders.values(), self.mark, self.picture, self.sureness, self.table])

    def _on_district(self, change: dict[str, Any]) -> None:
        self.state = replace(self.state, district=change["new"])
        self._offer_pools()
        self._show_declared()

    def _on_pool(self, change: dict[str, Any]) -> None:
        self.state = replace(self.state, pool=change["new"] or "")
        self._show_declared()

    def _on_input(self, change: dict[str, Any]) -> None:
        if self._quiet:
            return
        points = {label: slider.value for label, slider in self.sliders.items()}
        labels = {id(slider): label for label, slider in self.sliders.items()}
        self._moved = labels.get(id(change["owner"]), "")
        budget = self._bench.declared.bare.ceiling
        asked = round(self.ceiling.value * MILLION)
        self.state = replace(
            self.state,
            weights=None if points == self._points else points,
            ceiling=None if asked == _whole_millions(budget) else asked,
        )
        self._show()

    def _show_declared(self) -> None:
        self.state = self.state.declared()
        self._moved = ""
        trials = self.state.trials
        self._bench = TrialBench(trials, self.state.district)
        self._points = whole_points(trials.weights)
        self._quiet = True  # setting the inputs is not a trial of its own
        try:
            self.ceiling.value = _whole_millions(self.state.part.budget.ceiling()) / MILLION
            for label, points in self._points.items():
                self.sliders[label].value = points
        finally:
            self._quiet = False
        self._show()

    def _show(self) -> None:
        """Draw the list at once; what takes longer follows when the hand rests."""
        state = self.state
        try:
            found = self._bench.listed({"weights": state.weights, "ceiling": state.ceiling})
        except WorkbenchError as error:
            self.mark.value = refusal_html(error, self.t)
            return
        word = self.t("explore.simulation" if state.is_simulation else "explore.declared")
        self.mark.value = f"<p><strong>{word}</strong></p>"
        self.picture.value = list_picture(found, self._bench.declared.session, self.t, surface="desk")
        self.sureness.value = ""
        self._later(lambda: self._say_the_rest(state))

    def _say_the_rest(self, state: Exploration) -> None:
        """Show the whole table, and how far the moved weight may go before something changes."""
        part, outcome = state.part, state.outcome
        self.table.value = html_table(ranking_table(outcome, part, self.t))
        found = stability_of(part, outcome.rules, outcome)
        said = () if found is None else moved_weight_sentences(found, self._moved, part, self.t)
        self.sureness.value = html_sentences(said) if said else ""


def _whole_millions(amount: int | None) -> int:
    """Return the ceiling as the input shows it: in whole millions, zero where none was given."""
    return 0 if amount is None else round(amount / MILLION) * MILLION
