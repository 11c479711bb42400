"""Inputs that more than one panel offers; each has a layout of its own, so that hiding one hides no other."""

from __future__ import annotations

import ipywidgets as widgets

from workbench.domain.session import Session
from workbench.present.i18n import Translator


def district_choice(session: Session, district: str, t: Translator) -> widgets.Dropdown:
    """Return the choice of a district; a session without districts offers its forum alone."""
    options = [(f"{session.regions.name(code)} ({code})", code) for code in session.proposals.districts]
    return widgets.Dropdown(
        options=options or [(session.facts.forum or "-", "")],
        value=district,
        description=t("explore.district"),
        layout=widgets.Layout(width="420px"),
    )


def slider(
    name: str,
    low: int,
    high: int,
    step: int = 1,
    *,
    name_px: int = 240,
    width_px: int = 520,
    while_moving: bool = True,
) -> widgets.IntSlider:
    """Return a slider of whole numbers with its name before it.

    Parameters
    ----------
    name : str
    low, high, step : int
        It starts at ``low``, or at 0 where that lies between.
    name_px, width_px : int
        Room of the name, and of all of it.
    while_moving : bool
        Whether the hand is followed, or only where it rests.
    """
    return widgets.IntSlider(
        value=max(low, 0),
        min=low,
        max=high,
        step=step,
        description=name,
        style={"description_width": f"{name_px}px"},
        layout=widgets.Layout(width=f"{width_px}px"),
        continuous_update=while_moving,
    )
