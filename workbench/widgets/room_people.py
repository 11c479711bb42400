"""Peserta: cards handed out, invitations, who is here; cards are numbers, names stay on paper."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from workbench.domain.participants import SEXES
from workbench.present.deliberation_words import attendance_sentences, expected_constituencies
from workbench.widgets.room_card_change import CardChangePart
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_heads import HeadsPart
from workbench.widgets.room_parts import (
    button,
    choice,
    column,
    heading,
    note,
    row,
    said,
    suggestion,
    text_field,
)
from workbench.widgets.room_views import attendance

MOST_CARDS = 500


class PeoplePart:
    """Register cards, say who was invited, mark who is absent.

    Attributes
    ----------
    count, group, sex, hamlet, constituency : widgets
        For the next cards to be handed out.
    first : Text
        The number that the next cards begin with; empty: the one after the last card.
    invited, absent : Text
    change : CardChangePart
    heads : HeadsPart
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        self.count = text_field(t("people.count"), width="340px", name="people-count", hint="12")
        sexes = [(t("people.unsaid"), ""), *((t(f"deliberation.sex.{sex}"), sex) for sex in SEXES)]
        self.sex = choice(t("people.sex"), sexes, width="440px", name="people-sex")
        self.group = text_field(t("people.group"), width="440px", name="people-group")
        self.hamlet = text_field(t("people.hamlet"), width="440px", name="people-hamlet")
        self.constituency = suggestion(t("people.constituency"), expected_constituencies(t), width="440px")
        self.first = text_field(t("people.first"), width="440px", name="people-first", hint="101")
        self.change = CardChangePart(desk)
        self.heads = HeadsPart(desk)
        self.invited = text_field(t("people.invited"), width="340px", name="people-invited")
        self.absent = text_field(t("people.absent"), name="people-absent", hint="004 011")
        self.said = widgets.HTML()
        self.view = column(
            note(t("people.help")),
            row(self.count, self.sex),
            row(self.group, self.hamlet),
            row(self.constituency, self.first),
            button(t("people.add"), self.register, "primary", "people-add"),
            self.change.view,
            heading(t("people.attendance")),
            row(self.invited, button(t("people.invite"), self.invite, name="people-invite")),
            row(
                self.absent,
                button(t("people.mark_absent"), lambda: self.mark(present=False), name="people-mark"),
                button(t("people.mark_present"), lambda: self.mark(present=True), name="people-here"),
                button(t("people.all_present"), self.all_here, name="people-all"),
            ),
            self.said,
            self.heads.view,
        )

    def register(self) -> None:
        """Hand out the next cards, numbered on from the last one."""
        text = self.count.value.strip()
        if not text.isdecimal() or not 0 < int(text) <= MOST_CARDS:
            self.desk.say(self.desk.t("people.count.wrong", most=MOST_CARDS), wrong=True)
            return
        details = {
            "sex": self.sex.value,
            "group": self.group.value.strip(),
            "hamlet": self.hamlet.value.strip(),
            "constituency": self.constituency.value.strip(),
        }
        known = {name: value for name, value in details.items() if value}
        first = self.first.value.strip()
        if first and not first.isdecimal():
            self.desk.say(self.desk.t("people.first.wrong", value=first), wrong=True)
            return
        numbers = self._next(int(text), int(first) if first else None)
        cards: list[dict[str, Any]] = [{"participant": card, **known} for card in numbers]
        labels = [card["participant"] for card in cards]
        if self.desk.quiet_act("participants_registered", {"participants": cards}):
            # who takes a card is here
            self.desk.quiet_act("attendance_marked", {"participants": labels, "present": True})
            self.count.value = self.first.value = ""
            self.desk.say(self.desk.t("people.added", first=labels[0], last=labels[-1]))
        else:
            self.desk.tell()

    def _next(self, count: int, first: int | None) -> list[str]:
        if first is None:
            taken = self.desk.state.participants.rows
            first = max((int(card) for card in taken if card.isdecimal()), default=0) + 1
        return [f"{number:03d}" for number in range(first, first + count)]

    def invite(self) -> None:
        """Write down how many were invited, the base of the quorum."""
        text = self.invited.value.strip()
        if not text.isdecimal():
            self.desk.say(self.desk.t("people.invited.wrong"), wrong=True)
            return
        expected = list(self.desk.state.attended.expected)
        hamlets = list(self.desk.state.attended.hamlets)
        body = {"invited": int(text), "constituencies": expected, "hamlets": hamlets}
        self.desk.act("invitations_set", body)

    def mark(self, *, present: bool) -> None:
        """Mark the named cards as absent or present."""
        cards = self.absent.value.replace(",", " ").split()
        known = self.desk.state.participants.rows
        labels = [card if card in known else card.zfill(3) for card in cards]
        if labels and self.desk.act("attendance_marked", {"participants": labels, "present": present}):
            self.absent.value = ""

    def all_here(self) -> None:
        """Mark every card with a vote that is not marked yet."""
        state = self.desk.state
        labels = [card for card in state.participants.rows if card not in state.attended.present]
        if labels:
            self.desk.act("attendance_marked", {"participants": labels, "present": True})

    def show(self) -> None:
        """Show who is here."""
        invited = self.desk.state.facts.get("invited")
        self.invited.value = "" if invited is None else str(invited)
        self.heads.show()
        found = attendance(self.desk)
        none = (self.desk.t("people.none_marked"),)
        self.said.value = said(*(attendance_sentences(found, self.desk.t) if found.present else none))

    @staticmethod
    def summary(desk: Desk) -> str:
        """Return how many cards there are."""
        return desk.t("people.summary", count=len(desk.state.participants.rows))
