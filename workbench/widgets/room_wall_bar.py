"""The strip of the operator's page that says what stands on the wall and changes it."""

from __future__ import annotations

import ipywidgets as widgets

from workbench.present.wall import page_place
from workbench.room.showing import SHOW, VIEWS, may_show, shown_of
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_parts import button, choice, row, said
from workbench.widgets.room_views import wall_pages

COVERED = ("spread", "rounds", "ranking", "ceiling", "readings")
"""Views that wait for a key before the room sees them."""
NEEDS_DETAILS = ("pair", "simulation")
"""Views that their own panels put on the wall."""


class WallBar:
    """Choose a view, show it, turn its pages, draw the curtain.

    Attributes
    ----------
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        self.choice = choice(t("wallbar.view"), self._options(), width="460px", name="wall-choice")
        self.choice.style.description_width = "70px"
        self.now = widgets.HTML()
        self.view = row(
            self.choice,
            button(t("wallbar.show"), self.show_chosen, "primary", "wall-show"),
            button(t("wallbar.back"), lambda: self.turn(-1), name="wall-page-back"),
            button(t("wallbar.next"), lambda: self.turn(1), name="wall-page-next"),
            button(t("wallbar.curtain"), lambda: self.put("curtain"), name="wall-curtain"),
            self.now,
            widgets.HTML(f"<a href='layar.ipynb' target='layar'>{t('wallbar.open')}</a>"),
        )

    def _options(self) -> list[tuple[str, str]]:
        state = self.desk.state
        return [
            (self.desk.t(f"wall.view.{view}"), view)
            for view in VIEWS
            if view not in NEEDS_DETAILS and may_show(state, view)
        ]

    def show(self) -> None:
        """Offer what may be shown by now, and say what is."""
        options = self._options()
        if list(self.choice.options) != options:
            kept = self.choice.value
            self.choice.options = options
            self.choice.value = kept if kept in [view for _, view in options] else options[0][1]
        shown = shown_of(self.desk.state)
        name = self.desk.t(f"wall.view.{shown.view}")
        cover = self.desk.t("wallbar.covered") if shown.covered else ""
        self.now.value = said(self.desk.t("wallbar.now", view=name, cover=cover))

    def put(self, view: str) -> None:
        """Put a view on the wall; results wait for the key that reveals them."""
        self.desk.act(SHOW, {"view": view, "covered": view in COVERED}, done=self.desk.t("wallbar.done"))

    def show_chosen(self) -> None:
        """Put the chosen view on the wall."""
        self.put(self.choice.value)

    def turn(self, step: int) -> None:
        """Turn a page of what is shown; the first step forward takes a cover away."""
        shown = shown_of(self.desk.state)
        body = {"view": shown.view, "details": dict(shown.details)}
        if shown.covered and step > 0:
            self.desk.act(SHOW, {**body, "page": 0}, done=self.desk.t("wallbar.revealed"))
            return
        last = len(wall_pages(self.desk, shown)) - 1
        page = min(max(shown.page + step, 0), max(last, 0))
        place = page_place(page, last + 1, self.desk.t)
        self.desk.act(SHOW, {**body, "page": page}, done=self.desk.t("wallbar.turned", place=place))
