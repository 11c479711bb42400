"""Daftar usulan: late, merged, split, withdrawn and renegotiated proposals, each with its reason."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from workbench.domain.columns import Kind
from workbench.domain.proposals import COLUMNS
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.widgets.room_changes import change_sentences
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_money import MoneyDoor
from workbench.widgets.room_parts import (
    button,
    choice,
    column,
    heading,
    note,
    row,
    said,
    seen,
    table_html,
    text_field,
)

ACTS = ("add", "cost", "volume", "detail", "withdraw", "return", "merge", "split")
DETAILS = (
    "activity", "village", "hamlet", "location", "problem", "field", "agency", "funding_source", "pool",
    "proposer", "womens_proposal", "beneficiaries", "beneficiaries_female", "poor_households", "self_help",
)  # fmt: skip
"""What else of a proposal the forum may put right, by the names of the list's columns."""
KINDS = {column.name: column.kind for column in COLUMNS}


class ProposalsPart:
    """Choose what happens to which proposal, give the reason, write it down.

    Attributes
    ----------
    act : Dropdown
    detail : Dropdown
    number, name, place, amount, reason : Text
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        self.table = widgets.HTML()
        self.act = choice(
            t("proposals.act"), [(t(f"proposals.{act}"), act) for act in ACTS], name="proposal-act"
        )
        self.act.observe(lambda _: self._offer(), names="value")
        self._asked_about = ""
        self._money = MoneyDoor(desk)
        self.number = text_field(t("proposals.number"), width="340px", name="proposal-number")
        self.name = text_field(t("proposals.name"), name="proposal-name")
        self.amount = text_field(t("proposals.amount"), name="proposal-amount")
        self.place = text_field(t("proposals.into"), width="340px", name="proposal-into")
        self.detail = choice(
            t("proposals.detail.which"),
            [(t(f"proposals.detail.{name}"), name) for name in DETAILS],
            name="proposal-detail",
        )
        self.reason = text_field(t("room.reason"), name="proposal-reason")
        self.changes = widgets.HTML()
        self.view = column(
            note(t("proposals.help")),
            self.act,
            row(self.number, self.place),
            self.detail,
            self.name,
            self.amount,
            self.reason,
            button(t("proposals.record"), self.record, "primary", "proposal-record"),
            heading(t("proposals.changes")),
            self.changes,
            heading(t("wall.list")),
            self.table,
        )
        self._offer()

    def _offer(self) -> None:
        act = self.act.value
        seen(self.number, shown=act != "add")
        seen(self.detail, shown=act == "detail")
        seen(self.name, shown=act in ("add", "split", "volume", "detail"))
        seen(self.amount, shown=act in ("add", "cost", "split"))
        seen(self.place, shown=act == "merge")
        t = self.desk.t
        named = {"split": "parts", "volume": "volume_text", "detail": "detail.value"}
        self.name.description = t(f"proposals.{named.get(act, 'name')}")
        self.amount.description = t("proposals.costs" if act == "split" else "proposals.amount")

    def record(self) -> None:
        """Write the chosen act down with its reason."""
        act = {
            "add": self._add,
            "cost": self._cost,
            "volume": self._volume,
            "detail": self._detail,
            "return": self._return,
            "withdraw": self._withdraw,
            "merge": self._merge,
            "split": self._split,
        }[self.act.value]
        found = act()
        if found is None:
            return
        kind, body = found
        reason = self.reason.value.strip()
        done = self._done(kind, body)
        if self.desk.act(kind, {**body, **({"reason": reason} if reason else {})}, done=done):
            for field in (self.number, self.name, self.amount, self.place, self.reason):
                field.value = ""
            self._money.forget()

    def _done(self, kind: str, body: dict[str, Any]) -> str:
        """Say what was recorded, and of which proposal: two acts after one another must not look alike."""
        made = body.get("proposal", body.get("proposals", ("",))[0])
        name = str(made["activity"]) if isinstance(made, dict) else self.desk.name(str(made))
        return self.desk.t("proposals.recorded", what=self.desk.t(f"act.{kind}"), name=name)

    def _named(self, field: widgets.Text) -> str | None:
        label = self.desk.proposal_of(field.value)
        if label is None:
            self.desk.say(self.desk.t("proposals.unknown", number=field.value.strip() or EMPTY), wrong=True)
        return label

    def _amount(self) -> int | None:
        return self._money.amount(self.amount.description, self.amount.value)

    def _new(self, name: str, cost: int | None, number: int) -> dict[str, Any]:
        region = str(self.desk.state.facts.get("region", ""))
        stage = str(self.desk.state.rules.get("stage", ""))
        record = {
            "proposal": new_label(self.desk, number),
            "activity": name,
            "region": region,
            "cost": cost,
            "stage": stage,
        }
        return {key: value for key, value in record.items() if value not in ("", None)}

    def _add(self) -> tuple[str, dict[str, Any]] | None:
        cost = self._amount() if self.amount.value.strip() else None
        if self.amount.value.strip() and cost is None:
            return None
        return self._once(self.name.value.strip(), cost)

    def _once(self, name: str, cost: int | None) -> tuple[str, dict[str, Any]] | None:
        """Return the late proposal; one of a known name is asked about first, and taken the next time."""
        same = [
            label
            for label, row in self.desk.state.proposals.rows.items()
            if label not in self.desk.state.departures and _alike(str(row["activity"])) == _alike(name)
        ]
        if same and self._asked_about != name:
            self._asked_about = name
            self.desk.say(self.desk.t("proposals.same_name", name=self.desk.name(same[0])), wrong=True)
            return None
        self._asked_about = ""
        return "proposal_added", {"proposal": self._new(name, cost, 0)}

    def _cost(self) -> tuple[str, dict[str, Any]] | None:
        label = self._named(self.number)
        cost = None if label is None else self._amount()
        return None if label is None or cost is None else self._changed(label, "cost", cost)

    def _volume(self) -> tuple[str, dict[str, Any]] | None:
        label = self._named(self.number)
        return None if label is None else self._changed(label, "volume", self.name.value.strip())

    def _detail(self) -> tuple[str, dict[str, Any]] | None:
        label, name, text = self._named(self.number), self.detail.value, self.name.value.strip()
        if label is None:
            return None
        if KINDS[name] is Kind.RUPIAH and text:
            amount = self._money.amount(self.desk.t(f"proposals.detail.{name}"), text)
            return None if amount is None else self._changed(label, name, amount)
        value = read_detail(name, text, self.desk.t)
        if value is None and text:
            self.desk.say(self.desk.t("proposals.detail.wrong", value=text), wrong=True)
            return None
        return self._changed(label, name, value)

    def _changed(self, label: str, name: str, value: object) -> tuple[str, dict[str, Any]]:
        return "proposal_changed", {"proposal": label, "changes": {name: value}}

    def _return(self) -> tuple[str, dict[str, Any]] | None:
        label = self._named(self.number)
        return None if label is None else ("proposal_returned", {"proposal": label})

    def _withdraw(self) -> tuple[str, dict[str, Any]] | None:
        label = self._named(self.number)
        return None if label is None else ("proposal_withdrawn", {"proposal": label})

    def _merge(self) -> tuple[str, dict[str, Any]] | None:
        label = self._named(self.number)
        into = None if label is None else self._named(self.place)
        return None if into is None else ("proposals_merged", {"into": into, "proposals": [label]})

    def _split(self) -> tuple[str, dict[str, Any]] | None:
        label = self._named(self.number)
        if label is None:
            return None
        names = [part.strip() for part in self.name.value.split(";") if part.strip()]
        texts = [part for part in self.amount.value.split(";") if part.strip()]
        costs = self._money.amounts(self.amount.description, texts)
        if costs is None:
            return None
        if costs and len(costs) != len(names):
            self.desk.say(
                self.desk.t("proposals.split.uneven", names=len(names), costs=len(costs)), wrong=True
            )
            return None
        parts = [self._new(name, costs[at] if costs else None, at) for at, name in enumerate(names)]
        return "proposal_split", {"proposal": label, "parts": parts}

    def show(self) -> None:
        """Show the list and what was changed since scores were seen."""
        t, state = self.desk.t, self.desk.state
        self.changes.value = said(*(change_sentences(self.desk) or (t("changes.none"),)))
        numbers = self.desk.numbers()
        rows = []
        for label, record in state.proposals.rows.items():
            left = state.departures.get(label)
            fate = "" if left is None else t(f"fate.{left.fate.value}", reason=left.reason)
            again = t("proposals.to_score") if label in state.to_score else ""
            cost = record.get("cost")
            rows.append(
                (
                    str(numbers[label]),
                    str(record["activity"]),
                    t.style.rupiah(cost),
                    " ".join(filter(None, (fate, again))),
                )
            )
        head = (t("wall.number"), t("wall.proposal"), t("wall.cost"), t("proposals.note"))
        self.table.value = table_html(head, rows, numbers=(0, 2))

    @staticmethod
    def summary(desk: Desk) -> str:
        """Return how many proposals are on the list."""
        return desk.t("proposals.summary", count=len(desk.state.listed))


def _alike(name: str) -> str:
    return " ".join(name.casefold().split())


def read_detail(name: str, text: str, t: Translator) -> str | int | bool | None:
    """Return what a column of the list holds; None where the text does not fit it, or is empty."""
    kind = KINDS[name]
    if kind is Kind.FLAG:
        return {t("word.yes").casefold(): True, t("word.no").casefold(): False}.get(text.casefold())
    if kind is Kind.COUNT:
        return int(text) if text.isdecimal() else None
    return text


def new_label(desk: Desk, number: int) -> str:
    """Return a code that no proposal has: late ones are numbered on, ``BARU-13``."""
    at = len(desk.state.proposals.rows) + 1 + number
    while f"BARU-{at}" in desk.state.proposals:
        at += 1
    return f"BARU-{at}"
