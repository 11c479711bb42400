"""Kriteria: from a form that facilitators know, or weighed together, pair by pair, on the wall."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from workbench.domain.criteria import COLUMNS, POINTS_COLUMNS
from workbench.domain.template import Template
from workbench.errors import InvalidInput
from workbench.present.problems import error_sentence
from workbench.present.templates import template_sentences
from workbench.room.tables import table_body, table_from
from workbench.store.numbers import read_ratio
from workbench.store.templates import find_template, form_titles
from workbench.widgets.room_best_worst import BestWorstPart
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_own_criteria import OwnCriteriaPart
from workbench.widgets.room_pairs import PairsPart
from workbench.widgets.room_parts import (
    Mirror,
    button,
    choice,
    column,
    heading,
    note,
    row,
    said,
    seen,
    text_field,
)
from workbench.widgets.room_preferences import PreferencesPart


class CriteriaPart:
    """Choose a form, set weights, or let the room compare.

    Attributes
    ----------
    template : Dropdown
    weights : dict of Text
    own : OwnCriteriaPart
    pairs : PairsPart
    ends : BestWorstPart
    preferences : PreferencesPart
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        self._offered = False
        nothing = [(t("criteria.choose"), "")]
        self.template = choice(t("criteria.template"), nothing, width="860px", name="criteria-template")
        self.said = widgets.HTML()
        self.reason = text_field(t("room.reason"), name="criteria-reason")
        self.weights: dict[str, widgets.Text] = {}
        self._weights = widgets.VBox()
        self._mirror = Mirror()
        self.own = OwnCriteriaPart(desk)
        self.pairs = PairsPart(desk, self._reasoned)
        self.ends = BestWorstPart(desk, self._reasoned)
        self.preferences = PreferencesPart(desk)
        self.view = column(
            note(t("criteria.help")),
            row(self.template, button(t("criteria.use"), self.use, name="criteria-use")),
            self.said,
            self.reason,
            heading(t("criteria.weights")),
            self._weights,
            button(t("criteria.weights.set"), self.set_weights, "primary", "weights-set"),
            self.own.view,
            heading(t("criteria.pairs")),
            self.pairs.view,
            heading(t("best_worst")),
            self.ends.view,
            heading(t("preferences")),
            self.preferences.view,
        )

    def _reasoned(self, body: dict[str, Any]) -> dict[str, Any]:
        text = self.reason.value.strip()
        return {**body, "reason": text} if text else body

    def use(self) -> None:
        """Take the criteria of the chosen form over."""
        if not self.template.value:
            self.desk.say(self.desk.t("criteria.choose_first"), wrong=True)
            return
        try:
            template = find_template(self.template.value)
        except InvalidInput as error:
            self.desk.say(error_sentence(error, self.desk.t), wrong=True)
            return
        missing = template.own_columns(self.desk.session().proposals.frame.columns)
        if missing:
            self.desk.say(self.desk.t("criteria.columns_missing", columns=missing), wrong=True)
            return
        done = self.desk.t("criteria.used", title=template.title)
        if self.desk.act("criteria_set", self._reasoned(_criteria_body(template)), done=done):
            self._set_rest(template)

    def _set_rest(self, template: Template) -> None:
        """Take over what else the form says: its rules, its name, and conditions nobody has examined yet."""
        if template.rules:
            rules = {name: list(v) if isinstance(v, tuple) else v for name, v in template.rules.items()}
            self.desk.quiet_act("rules_set", self._reasoned({"rules": rules}))
        named = f"{template.title} ({template.provenance.year})"
        self.desk.quiet_act("facts_set", {"facts": {"template": named}})
        self.said.value = said(*template_sentences(template, self.desk.t))
        self.reason.value = ""
        self.desk.tell()

    def set_weights(self) -> None:
        """Write the weights down as the forum says them: 30 %, 3/10 or 5."""
        weights: dict[str, float | None] = {}
        for label, field in self.weights.items():
            text = field.value.strip()
            value = read_weight(text)
            if text and value is None:
                self.desk.say(self.desk.t("criteria.weight.wrong", value=text), wrong=True)
                return
            weights[label] = value
        texts = {label: field.value.strip() for label, field in self.weights.items() if field.value.strip()}
        self.desk.act("weights_set", self._reasoned({"weights": weights, "texts": texts}))

    def _offer_templates(self) -> None:
        """Name the forms when they are first looked at; the chosen one is read when it is used."""
        self._offered = True
        named = [(title, name) for name, title in form_titles().items()]
        self.template.options = [(self.desk.t("criteria.choose"), ""), *named]

    def show(self) -> None:
        """Show the criteria with their weights."""
        if not self._offered:
            self._offer_templates()
        rows = dict(self.desk.state.criteria.rows)
        if list(self.weights) != list(rows):
            self.weights = {
                label: text_field(str(held["name"]), width="460px", name="weight-field")
                for label, held in rows.items()
            }
            self._weights.children = tuple(self.weights.values())
        for label, held in rows.items():
            number = held.get("weight")
            stands = str(held.get("weight_text") or ("" if number is None else f"{number:g}"))
            self._mirror.show(self.weights[label], stands)
        seen(self.reason, shown=self.desk.state.scores_seen)
        self.own.show()
        self.pairs.show()
        self.ends.show()
        self.preferences.show()

    @staticmethod
    def summary(desk: Desk) -> str:
        """Return how many criteria there are."""
        return desk.t("criteria.summary", count=len(desk.state.criteria.rows))


def _criteria_body(template: Template) -> dict[str, Any]:
    assert template.criteria is not None  # noqa: S101 - the caller asked
    frame = template.criteria.members.reset_index()
    rows = table_from(table_body(frame, COLUMNS), COLUMNS, "criterion")
    points = table_from(table_body(template.criteria.points, POINTS_COLUMNS), POINTS_COLUMNS)
    return {
        "criteria": [dict(held) for held in rows.rows.values()],
        "points": [dict(held) for held in points.rows.values()],
    }


def read_weight(text: str) -> float | None:
    """Return a weight as people write it; None where it cannot be read with certainty.

    Examples
    --------
    >>> read_weight("30 %"), read_weight("3/10"), read_weight("5"), read_weight("berat")
    (0.3, 0.3, 5.0, None)
    """
    value = read_ratio(text).value
    return float(value) if isinstance(value, int | float) else None
