"""One registered card put right: sex, hamlet, constituency, group, right to vote."""

from __future__ import annotations

from typing import Any

from workbench.domain.participants import SEXES
from workbench.present.deliberation_words import expected_constituencies
from workbench.present.format import EMPTY
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_parts import button, choice, column, heading, row, suggestion, text_field

KEPT = "\n"
"""What no cell can hold: the field stays as it is."""


class CardChangePart:
    """Change what is known of one card; empty fields stay as they are.

    Attributes
    ----------
    card : Text
    sex, voting : Dropdown
    group, hamlet : Text
    constituency : Combobox
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        self.card = text_field(t("people.card"), width="340px", name="card-change", hint="012")
        keep = (t("people.keep"), KEPT)
        sexes = [keep, *((t(f"deliberation.sex.{sex}"), sex) for sex in SEXES), (t("people.unsaid"), "")]
        self.sex = choice(t("people.sex"), sexes, width="440px", name="card-sex")
        rights = [keep, (t("people.votes"), True), (t("people.no_vote"), False)]
        self.voting = choice(t("people.voting"), rights, width="640px", name="card-voting")
        self.group = text_field(t("people.group"), width="440px", name="card-group")
        self.hamlet = text_field(t("people.hamlet"), width="440px", name="card-hamlet")
        self.constituency = suggestion(t("people.constituency"), expected_constituencies(t), width="440px")
        self.view = column(
            heading(t("people.change.title")),
            row(self.card, self.sex),
            row(self.group, self.hamlet),
            row(self.constituency, self.voting),
            button(t("people.change"), self.change, name="card-record"),
        )

    def change(self) -> None:
        """Write the changes of the named card down."""
        known, text = self.desk.state.participants.rows, self.card.value.strip()
        card = text if text in known else text.zfill(3)
        if card not in known:
            self.desk.say(self.desk.t("entry.card.unknown", card=text or EMPTY), wrong=True)
            return
        changes: dict[str, Any] = {
            name: field.value.strip()
            for name, field in (
                ("group", self.group),
                ("hamlet", self.hamlet),
                ("constituency", self.constituency),
            )
            if field.value.strip()
        }
        if self.sex.value != KEPT:
            changes["sex"] = self.sex.value
        if self.voting.value != KEPT:
            changes["voting_right"] = self.voting.value
        if not changes:
            self.desk.say(self.desk.t("people.change.nothing"), wrong=True)
            return
        if self.desk.act("participant_changed", {"participant": card, "changes": changes}):
            self.card.value = self.group.value = self.hamlet.value = self.constituency.value = ""
            self.sex.value = self.voting.value = KEPT
