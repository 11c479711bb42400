"""The price of a condition, live: slide a minimum for each village, a women's share or the ceiling."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from workbench.errors import WorkbenchError
from workbench.present.documents import html_sentences
from workbench.present.i18n import Translator, translator, worded
from workbench.present.trial_sentences import trial_sentences
from workbench.store.project_files import located
from workbench.store.session_folder import open_session
from workbench.widgets.inputs import district_choice, slider
from workbench.widgets.price_model import Pricing, pricing_of
from workbench.widgets.refusal import refusal_html


def price_of_conditions(folder: str | Path, language: str = "id") -> widgets.Widget:
    """Open a session folder and show what a condition would cost.

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
        pricing = pricing_of(opened.session, opened.rules, districts[0] if districts else "")
        return PricePanel(pricing, worded(t, opened.session.facts)).view
    except WorkbenchError as error:
        return widgets.HTML(refusal_html(error, t))


class PricePanel:
    """Bind the sliders to a `Pricing` and show what it says.

    Attributes
    ----------
    state : Pricing
        What is tried now.
    view : Widget
        The whole panel.
    """

    def __init__(self, state: Pricing, t: Translator) -> None:
        self.state = state
        self.t = t
        self.district = district_choice(state.session, state.district, t)
        self.per_village = self._slider("trial.per_village", 0, 5, 1)
        self.women = self._slider("trial.women", 0, 100, 5)
        self.ceiling = self._slider("trial.ceiling", -50, 100, 5)
        self.said = widgets.HTML()
        self.district.observe(self._on_district, names="value")
        for one in (self.per_village, self.women, self.ceiling):
            one.observe(self._on_slider, names="value")
        self._offer_women()
        self._show()
        note = widgets.HTML(f"<p>{t('trial.note')}</p>")
        self.view = widgets.VBox([self.district, self.per_village, self.women, self.ceiling, self.said, note])

    def _slider(self, key: str, low: int, high: int, step: int) -> widgets.IntSlider:
        name = self.t(key)
        return slider(name, low, high, step, name_px=280, width_px=560, while_moving=False)

    def _on_district(self, change: dict[str, Any]) -> None:
        self.state = pricing_of(self.state.session, self.state.rules, change["new"])
        self._offer_women()
        self._on_slider(change)

    def _on_slider(self, _: dict[str, Any]) -> None:
        tried = replace(
            self.state.tried,
            per_village=self.per_village.value,
            women_percent=self.women.value,
            ceiling_percent=self.ceiling.value,
        )
        self.state = replace(self.state, tried=tried)
        self._show()

    def _offer_women(self) -> None:
        """Offer the women's share only where the list says whose proposals are whose."""
        self.women.disabled = not self.state.women_known
        if self.women.disabled:
            self.women.value = 0

    def _show(self) -> None:
        if not self.state.has_ceiling:
            self.said.value = f"<p>{self.t('budgeting.compare.no_ceiling')}</p>"
            return
        try:
            found = self.state.priced(self.t("trial.women"))
        except WorkbenchError as error:
            self.said.value = refusal_html(error, self.t)
            return
        self.said.value = html_sentences(trial_sentences(found, self.state.part, self.t))
