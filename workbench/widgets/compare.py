"""The room compares criteria: one pair at a time, large; consistency and circles while answering."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from workbench.domain.judgements import SCALE_LIMITS
from workbench.errors import WorkbenchError
from workbench.present.comparing import comparing_html, pair_html
from workbench.present.i18n import Translator, translator, worded
from workbench.present.problems import error_sentence
from workbench.store.project_files import located
from workbench.store.session_folder import OpenedSession, open_session
from workbench.store.session_writing import write_session
from workbench.widgets.compare_model import ROOM_CARD, ComparisonRoom, own_lines

STEPS = tuple(range(9, 1, -1))
BUTTON = "56px"
"""Wide and tall enough for a finger."""


def compare_criteria(folder: str | Path, language: str = "id", card: str = ROOM_CARD) -> widgets.Widget:
    """Open a session folder and let the room compare its criteria.

    Parameters
    ----------
    folder : str or Path
        A session folder.
    language : {"id", "en"}
    card : str
        The card that the answers are written under; the room's own by default.

    Returns
    -------
    Widget
        The panel; for a folder that cannot be used, or without two criteria to compare, a sentence instead of
        a traceback.
    """
    t = translator(language)
    try:
        place = located(folder)
        opened = open_session(place)
        t = worded(t, opened.session.facts)
        room = _resumed(opened, card)
        if not room.sets:
            return widgets.HTML(f"<p role='alert'>{t('compare.too_few')}</p>")
        return ComparePanel(room, t, lambda now: _write(place, now)).view
    except WorkbenchError as error:
        return widgets.HTML(_alert(error, t))


def _resumed(opened: OpenedSession, card: str = ROOM_CARD) -> ComparisonRoom:
    """Begin where the answers of this card in the folder end."""
    lines = own_lines(opened.session.judgements, card)
    return ComparisonRoom.resumed(opened.session.criteria, lines, opened.rules, card)


def _write(place: Path, room: ComparisonRoom) -> None:
    """Write the answers; what else stands in the folder is read again, so that nobody's edit is lost."""
    opened = open_session(place)
    write_session(place, room.written(opened.session), opened.rules, opened.resolution)


def _alert(error: WorkbenchError, t: Translator) -> str:
    return f"<p role='alert'>{escape(error_sentence(error, t)).replace(chr(10), '<br>')}</p>"


class ComparePanel:
    """Bind buttons to a `ComparisonRoom` and show what it says.

    Attributes
    ----------
    room : ComparisonRoom
    view : Widget
        The whole panel.
    """

    def __init__(self, room: ComparisonRoom, t: Translator, write: Callable[[ComparisonRoom], None]) -> None:
        self.room = room
        self.t = t
        self._write = write
        self.question = widgets.HTML()
        self.steps = {value: self._step(value) for value in self._values()}
        self.skip = self._button(t("compare.skip"), lambda _: self._on_skip())
        self.undo = self._button(t("compare.undo"), lambda _: self._set(self.room.withdrawn()))
        self.save = self._button(t("compare.save"), lambda _: self._on_save(), style="primary")
        self.shown = widgets.HTML()
        self.message = widgets.HTML()
        self._set(room)
        legend = widgets.HTML(f"<p>{t('compare.legend')}</p>")
        self.view = widgets.VBox(
            [
                self.question,
                widgets.HBox(list(self.steps.values()), layout=widgets.Layout(flex_flow="row wrap")),
                legend,
                widgets.HBox([self.skip, self.undo, self.save]),
                self.message,
                self.shown,
            ]
        )

    def _values(self) -> tuple[float, ...]:
        limit = int(SCALE_LIMITS[self.room.rules.comparison_scale] or STEPS[0])
        up = tuple(float(step) for step in STEPS if step <= limit)
        return (*up, 1.0, *(1 / step for step in reversed(up)))

    def _step(self, value: float) -> widgets.Button:
        label = f"{value if value >= 1 else 1 / value:.0f}"
        button = widgets.Button(description=label, layout=widgets.Layout(width=BUTTON, height=BUTTON))
        button.on_click(lambda _: self._on_answer(value))
        return button

    def _button(self, label: str, act: Callable[[Any], None], style: str = "") -> widgets.Button:
        layout = widgets.Layout(width="auto", height=BUTTON)
        button = widgets.Button(description=label, layout=layout, button_style=style)
        button.on_click(act)
        return button

    def _on_answer(self, value: float) -> None:
        pair = self.room.asking.pair
        if pair is not None:
            self._set(self.room.answered(*pair, value))

    def _on_skip(self) -> None:
        pair = self.room.asking.pair
        if pair is not None:
            self._set(self.room.without_answer(*pair))

    def _on_save(self) -> None:
        try:
            self._write(self.room)
        except WorkbenchError as error:
            self.message.value = _alert(error, self.t)
            return
        saved = self.t("compare.saved", count=len(self.room.answers), card=self.room.card)
        self.message.value = f"<p role='status'>{escape(saved)}</p>"

    def _set(self, room: ComparisonRoom) -> None:
        self.room = room
        names = {str(label): str(name) for label, name in room.criteria.members["name"].items()}
        asking = room.asking
        self.question.value = pair_html(asking, names, self.t)
        for value, button in self.steps.items():
            button.disabled = asking.pair is None
            button.tooltip = self._tooltip(value, names)
        self.skip.disabled = asking.pair is None
        self.undo.disabled = not room.answers
        self.save.disabled = not room.answers
        self.message.value = ""
        found = room.shown()
        self.shown.value = comparing_html(found.weights, found.consistency, found.circle, names, self.t)

    def _tooltip(self, value: float, names: dict[str, str]) -> str:
        pair = self.room.asking.pair
        if pair is None:
            return ""
        first, second = (names[label] for label in pair)
        if value == 1:
            return self.t("weights.level", first=first, second=second)
        heavier, lighter, by = (first, second, value) if value > 1 else (second, first, 1 / value)
        return self.t("compare.choice", first=heavier, second=lighter, value=round(by))
