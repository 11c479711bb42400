"""Perbaikan: a line put right with a reason, what two operators keyed differently, a spoiled card."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import ipywidgets as widgets

from workbench.present.format import EMPTY
from workbench.room.counting import AGREED_CARD, differences
from workbench.room.round import CARDED, POINTED, Round, Way
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_holders import card_name, group_card_of
from workbench.widgets.room_keying import read_count, read_counts, read_points
from workbench.widgets.room_parts import button, column, note, row, said, seen, table_html, text_field

NAMED = (*CARDED, Way.TALLY)
"""Ways in which a line belongs to a card, or to a criterion, and not to a proposal alone."""
ASKED: Mapping[Way, str] = MappingProxyType(
    {
        **dict.fromkeys(Way, "repair.card"),
        Way.GROUPS: "repair.group",
        Way.TALLY: "repair.criterion",
    }
)
"""What the first field asks for."""


class RepairPart:
    """Bind a card, a proposal, digits and a reason to a correction.

    Attributes
    ----------
    card, number, digits, reason : Text
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        self.card = text_field(t("repair.card"), width="460px", name="repair-card")
        self.number = text_field(t("proposals.number"), width="340px", name="repair-number")
        self.digits = text_field(t("repair.digits"), width="460px", name="repair-digits")
        self.reason = text_field(t("room.reason"), name="repair-reason")
        self.differences = widgets.HTML()
        self._void = button(t("repair.void"), self.void, name="repair-void")
        self.view = column(
            note(t("repair.help")),
            self.differences,
            row(self.card, self.number),
            row(self.digits),
            self.reason,
            row(button(t("repair.record"), self.record, name="repair-record"), self._void),
        )

    def _held(self) -> Round | None:
        rounds = self.desk.state.rounds
        return rounds[max(rounds)] if rounds else None

    def _card(self, held: Round) -> str:
        text = self.card.value.strip()
        if held.way is Way.TALLY:
            return self._criterion(held, text)
        if held.way is Way.CONSENSUS:
            return AGREED_CARD
        if held.way is Way.GROUPS:
            return group_card_of(self.desk.state, text)
        if held.way not in POINTED:
            return ""
        known = [*held.lines, *self.desk.state.participants.rows]
        same = [
            str(card)
            for card in known
            if card == text or card.rsplit("-", 1)[-1].lstrip("0") == text.lstrip("0")
        ]
        return same[0] if same else text

    def _criterion(self, held: Round, text: str) -> str:
        """Return the criterion of a number in their order, of a name or of its beginning."""
        if text.isdecimal() and 1 <= int(text) <= len(held.criteria):
            return held.criteria[int(text) - 1]
        rows = self.desk.state.criteria.rows
        begun = [
            label
            for label in held.criteria
            if text and str(rows[label]["name"]).casefold().startswith(text.casefold())
        ]
        return begun[0] if len(begun) == 1 else text

    def _said(self, held: Round) -> Any:  # noqa: ANN401 - points, counts or a count
        text = self.digits.value.strip()
        if held.way in (*CARDED, Way.CONSENSUS):
            return read_points(text, held.criteria)
        if held.way is Way.TALLY:
            row_ = self.desk.state.criteria.rows.get(self._card(held), {})
            return read_counts(text, range(int(row_.get("scale_min", 1)), int(row_.get("scale_max", 5)) + 1))
        return read_count(text)

    def record(self) -> None:
        """Write the correction down; what was keyed before stays in the journal."""
        held, t = self._held(), self.desk.t
        if held is None:
            return
        label, said_ = self.desk.proposal_of(self.number.value), self._said(held)
        if label is None:
            self.desk.say(t("proposals.unknown", number=self.number.value.strip() or EMPTY), wrong=True)
            return
        if said_ is None:
            self.desk.say(t("repair.digits.wrong", count=len(held.criteria)), wrong=True)
            return
        body = {"round": held.number, "card": self._card(held), "proposal": label, "said": said_,
                "reason": self.reason.value.strip()}  # fmt: skip
        if self.desk.act("line_corrected", body, done=t("repair.done")):
            for field in (self.card, self.number, self.digits, self.reason):
                field.value = ""

    def void(self) -> None:
        """Take a spoiled card out of the open round."""
        held = self._held()
        if held is None:
            return
        body = {"round": held.number, "participant": self._card(held), "reason": self.reason.value.strip()}
        if self.desk.act("card_voided", body, done=self.desk.t("repair.voided")):
            self.card.value = self.reason.value = ""

    def show(self) -> None:
        """Show what two operators keyed differently; the card's points are theirs to look up on paper."""
        held, t = self._held(), self.desk.t
        apart = () if held is None else differences(held)
        seen(self.differences, shown=bool(apart))
        way = None if held is None else held.way
        seen(self.card, shown=way in NAMED)
        if way is not None:
            self.card.description, self.card.placeholder = t(ASKED[way]), t(f"{ASKED[way]}.hint")
        seen(self._void, shown=held is not None and held.is_open and held.way in CARDED)
        if not apart:
            self.differences.value = ""
            return
        operators = sorted({name for entry in apart for name in entry.said})
        rows = [
            (
                self._named(entry.card),
                self.desk.name(entry.proposal),
                *(
                    _digits(entry.said[operator]) if operator in entry.said else EMPTY
                    for operator in operators
                ),
            )
            for entry in apart
        ]
        head = (self.card.description if way in NAMED else "", t("wall.proposal"), *operators)
        self.differences.value = said(t("repair.differences", count=len(apart)), kind="alert") + table_html(
            head, rows
        )

    def _named(self, card: str) -> str:
        """Return a card, or the name of the criterion that a tally stands under."""
        held = self.desk.state.criteria.rows.get(card)
        return card_name(card) if held is None else str(held["name"])


def _digits(value: Any) -> str:  # noqa: ANN401 - points, counts or a count
    if isinstance(value, dict):
        return " ".join("-" if part is None else f"{part:g}" for part in value.values())
    return str(value)
