"""Criteria weighed on cards: an order of criteria, or beans laid on them; one line a card, by keyboard."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import ipywidgets as widgets

from workbench.domain.preferences import Way
from workbench.room.state import RoomState
from workbench.room.tables import Record
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_holders import card_of
from workbench.widgets.room_keying import read_order, read_points
from workbench.widgets.room_lines import WRONG, hand_over
from workbench.widgets.room_parts import button, choice, column, note, row, said, seen, table_html, text_field
from workbench.widgets.room_progress import recorded

WEIGHTINGS: Mapping[Way, str] = MappingProxyType({Way.RANK: "rank_order", Way.POINTS: "combined"})
"""How answers of each way become weights; beans are fitted together with all other answers."""
ANSWERED = ("way", "criterion", "other", "value")


class PreferencesPart:
    """Bind a card's number and a line about the criteria to the journal; what anybody gave is not shown.

    Attributes
    ----------
    way, siblings : Dropdown
        How people answered, and about which criteria where these have groups.
    beans : Text
        How many beans each has; empty where it does not matter.
    card, line, reason : Text
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        options = [(t(f"preferences.way.{way.value}"), way) for way in WEIGHTINGS]
        self.way = choice(t("preferences.way"), options, name="preference-way")
        self.siblings = choice(t("preferences.siblings"), [], name="preference-siblings")
        self.beans = text_field(t("preferences.beans"), width="400px", name="preference-beans", hint="10")
        self.numbers = widgets.HTML()
        self.card = text_field(t("entry.card"), width="520px", name="preference-card", hint="012")
        # A hint that changes later takes away what a quick hand has typed by then.
        hint = t(f"preferences.hint.{self.way.value.value}")
        self.line = text_field(t("preferences.line"), width="720px", name="preference-line", hint=hint)
        for field in (self.card, self.line):
            field.add_class("entry-line")
            field.add_class("entry-later")
        self.reason = text_field(t("room.reason"), name="preference-reason")
        self.said, self.progress = widgets.HTML(), widgets.HTML()
        self.said.add_class("preference-said")
        self.progress.add_class("preference-progress")
        self.way.observe(lambda _: self.show(), names="value")
        self.siblings.observe(lambda _: self.show(), names="value")
        self.line.observe(lambda change: self._take(change["new"]), names="value")
        self.view = column(
            note(t("preferences.help")),
            row(self.way, self.beans),
            self.siblings,
            self.numbers,
            self.reason,
            self.card,
            self.line,
            self.said,
            self.progress,
            button(t("preferences.use"), self.use, name="preference-use"),
        )

    @property
    def labels(self) -> tuple[str, ...]:
        """The criteria that are answered about, in the order of their numbers."""
        sets = sibling_sets(self.desk)
        return sets.get(str(self.siblings.value or ""), next(iter(sets.values()), ()))

    def _take(self, text: str) -> None:
        if not text.strip():
            return
        if not self.card.value.strip():
            self._refuse(self.desk.t("entry.card.first"))
            return
        values = self._order(text) if self.way.value is Way.RANK else self._beans(text)
        if values:
            card, way = card_of(self.desk.state, self.card.value.strip()), self.way.value
            kept = kept_answers(self.desk.state, card, (way,), self.labels)
            answers = [*kept, *_answers(way, values)]
            self._give(card, self._reasoned({"participant": card, "answers": answers}))

    def _refuse(self, sentence: str) -> None:
        """Say why a line is not recorded; it never waits for another card to be typed."""
        self.said.value = said(sentence, kind="alert")
        self._go_on()

    def _go_on(self) -> None:
        self.line.value = ""
        hand_over(self.card)

    def _give(self, card: str, body: dict[str, Any]) -> None:
        answer = recorded(self.desk, "preferences_given", body, self.show)
        if answer.startswith(WRONG):
            self._refuse(answer)
            return
        self.said.value = said(self.desk.t("entry.card.done", card=card), kind="status")
        self._go_on()

    def _reasoned(self, body: dict[str, Any]) -> dict[str, Any]:
        text = self.reason.value.strip()
        return {**body, "reason": text} if text else body

    def _order(self, text: str) -> dict[str, float]:
        """Return the place of each criterion; nothing where the line is no order of all, which is said."""
        numbers = {str(at): label for at, label in enumerate(self.labels, start=1)}
        levels = read_order(text, numbers)
        named = [label for level in levels or () for label in level]
        if levels is None or sorted(named) != sorted(self.labels):
            missing = [number for number, label in numbers.items() if label not in named]
            facts = {"value": text.strip(), "numbers": missing or list(numbers)}
            self._refuse(self.desk.t("preferences.order.wrong", **facts))
            return {}
        return places_of_levels(levels)

    def _beans(self, text: str) -> dict[str, float]:
        """Return the beans on each criterion; nothing where the line cannot be read or the sum is wrong."""
        given = read_points(text, self.labels)
        if given is None:
            facts = {"value": text.strip(), "count": len(self.labels)}
            self._refuse(self.desk.t("preferences.beans.wrong", **facts))
            return {}
        values = {label: value for label, value in given.items() if value is not None}
        total, wanted = int(sum(values.values())), self.beans.value.strip()
        if total == 0 or (wanted.isdecimal() and total != int(wanted)):
            self._refuse(self.desk.t("preferences.beans.sum", total=total, wanted=wanted or "1"))
            return {}
        return values

    def use(self) -> None:
        """Let the weights come from what the cards say."""
        weighting = WEIGHTINGS[self.way.value]
        body = self._reasoned({"rules": {"weighting": weighting}})
        self.desk.act("rules_set", body, done=self.desk.t("preferences.used"))

    def show(self) -> None:
        """Show the numbers of the criteria, and how many cards are in; never what they say."""
        t, criteria = self.desk.t, self.desk.criteria()
        names = {str(label): str(name) for label, name in criteria.members["name"].items()}
        sets = sibling_sets(self.desk)
        offered = [(names.get(parent, t("preferences.topmost")), parent) for parent in sets]
        if [*self.siblings.options] != offered:
            self.siblings.options = offered
        seen(self.siblings, shown=len(sets) > 1)
        seen(self.beans, shown=self.way.value is Way.POINTS)
        seen(self.reason, shown=self.desk.state.scores_seen)
        self.line.placeholder = t(f"preferences.hint.{self.way.value.value}")
        rows = [(str(at), names[label]) for at, label in enumerate(self.labels, start=1)]
        self.numbers.value = table_html((t("wall.number"), t("wall.criterion")), rows, numbers=(0,))
        self.progress.value = said(t("preferences.progress", **self._counted()))

    def _counted(self) -> dict[str, int]:
        cards: dict[str, set[str]] = {way.value: set() for way in WEIGHTINGS}
        for line in self.desk.state.preferences.rows.values():
            cards.setdefault(str(line["way"]), set()).add(str(line["participant"]))
        return {way.value: len(cards[way.value]) for way in WEIGHTINGS}


def sibling_sets(desk: Desk) -> dict[str, tuple[str, ...]]:
    """Return the sets of criteria that can be weighed against each other, by their parent."""
    found = desk.criteria().siblings().items()
    return {str(parent): tuple(labels) for parent, labels in found if len(labels) > 1}


def kept_answers(state: RoomState, card: str, ways: Collection[Way], labels: Collection[str]) -> list[Record]:
    """Return what a card said in other ways or about other criteria; a new answer leaves that as it is."""
    return [
        {name: line[name] for name in ANSWERED if line.get(name) not in (None, "")}
        for line in state.preferences.rows.values()
        if line["participant"] == card and not (line["way"] in ways and line["criterion"] in labels)
    ]


def places_of_levels(levels: Sequence[Sequence[str]]) -> dict[str, float]:
    """Return the place of each criterion in an order; equal ones share theirs, and the next is left out.

    Examples
    --------
    >>> places_of_levels([["K2"], ["K1", "K3"], ["K4"]])
    {'K2': 1.0, 'K1': 2.0, 'K3': 2.0, 'K4': 4.0}
    """
    places: dict[str, float] = {}
    for level in levels:
        places |= dict.fromkeys(level, float(len(places) + 1))
    return places


def _answers(way: Way, values: Mapping[str, float]) -> list[Record]:
    return [{"way": way.value, "criterion": label, "value": value} for label, value in values.items()]
