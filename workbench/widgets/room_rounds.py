"""Putaran: choose a way that the room can wait for, open, key in, settle, close."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Protocol

import ipywidgets as widgets

from workbench.deliberation.disputes import disputed
from workbench.errors import WorkbenchError
from workbench.room.estimate import Estimate
from workbench.room.groups import groups_of
from workbench.room.round import CARDED, POINTED, Round, Way
from workbench.room.rounds import scorable
from workbench.widgets.room_cards import CardEntry
from workbench.widgets.room_count_criterion import counted_criterion, fits, make_counted
from workbench.widgets.room_counts import OrderEntry
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_keying import choices_of
from workbench.widgets.room_lined import ConsensusEntry, CountEntry, TallyEntry
from workbench.widgets.room_moved import MovedPart
from workbench.widgets.room_offers import OffersPart
from workbench.widgets.room_parts import button, choice, column, heading, note, row, said, seen, text_field
from workbench.widgets.room_progress import keyed_sentence
from workbench.widgets.room_repair import RepairPart
from workbench.widgets.room_slips import PreferenceEntry, VoteEntry
from workbench.widgets.room_views import voters

TWICE = (*CARDED, Way.TALLY, Way.HANDS, Way.DOTS)
"""Ways that two operators can key; what is read aloud, or agreed, has been heard by all."""
GROUPS_ASKED: Mapping[Way, str] = MappingProxyType(
    {Way.ORDERS: "round.groups", Way.GROUPS: "round.groups.scoring"}
)
"""What asks for the number of groups, in the ways that count groups and not people."""


class EntryPart(Protocol):
    """How one way is keyed in."""

    view: widgets.Widget

    def show(self) -> None:
        """Show how far the entry is."""


ENTRIES: Mapping[Way, Callable[[Desk, Round], EntryPart]] = MappingProxyType(
    {
        **dict.fromkeys(CARDED, CardEntry),
        Way.TALLY: TallyEntry,
        Way.CONSENSUS: ConsensusEntry,
        Way.HANDS: CountEntry,
        Way.DOTS: CountEntry,
        Way.VOTES: VoteEntry,
        Way.PREFERENCES: PreferenceEntry,
        Way.ORDERS: OrderEntry,
    }
)


class RoundPanel:
    """Open the next round, key the open one in, close it.

    Attributes
    ----------
    way : Dropdown
    cards, each, scope : Text
        How many cards (or groups) there are, how many dots each has, which proposals are asked.
    double : Checkbox
    view : Widget
    """

    def __init__(self, desk: Desk, *, second: bool) -> None:
        self.desk = desk
        self.second = second
        t = desk.t
        self._entry: tuple[int, EntryPart] | None = None
        self._followed = 0
        self.way = choice(
            t("round.way"),
            [(t(f"room.way.{way.value}"), way) for way in Way],
            Way.CARDS,
            width="860px",
            name="round-way",
        )
        self.cards = text_field(t("round.cards"), width="340px", name="round-cards")
        self.each = text_field(t("round.each"), width="340px", name="round-each", hint="5")
        self.scope = text_field(t("round.scope"), name="round-scope", hint=t("round.scope.hint"))
        self.double = widgets.Checkbox(
            description=t("round.double"), indent=False, layout=widgets.Layout(width="640px")
        )
        self.double.add_class("round-double")
        self.way.observe(lambda _: self._choose(), names="value")
        for part in (self.cards, self.each, self.scope, self.double):
            part.observe(lambda _: self._estimate(), names="value")
        self.offers = OffersPart(desk, self.take)
        self._criterion = button(t("round.criterion"), self.make_criterion, "warning", "round-criterion")
        self.head = widgets.HTML()
        self._opening = column(
            note(t("round.help")),
            self.way,
            row(self.cards, self.each, self.double),
            self.scope,
            self.offers.view,
            row(self._criterion, button(t("round.open"), self.open, "primary", "round-open")),
        )
        self._place = widgets.VBox()
        self.reason = text_field(t("round.close.reason"), name="round-reason")
        self._close = button(t("round.close"), self.close, "primary", "round-close")
        self._reopen = button(t("round.reopen"), self.reopen, "warning", "round-reopen")
        self._on = button(t("round.on.second" if second else "round.on"), self.go_on, "primary", "round-on")
        self.repair = RepairPart(desk)
        self._repair_head = heading(t("repair"))
        self.moved = MovedPart(desk)
        self.view = column(
            self.head,
            *([self.moved.view] if second else []),
            self._opening,
            self._place,
            self.reason,
            row(self._on, self._close, self._reopen),
            self._repair_head,
            self.repair.view,
        )
        self._usual: dict[widgets.Text, str] = {}

    def _prepare(self) -> None:
        """Propose what is usual, unless something else was written: all voters, all that is disputed."""
        by_group = self.way.value in GROUPS_ASKED
        cards = str(self._groups() or "") if by_group else str(voters(self.desk.state))
        scope = " ".join(map(str, self._disputed())) if self.second else ""
        for field, usual in ((self.cards, cards), (self.scope, scope)):
            if field.value in ("", self._usual.get(field, "")):
                field.value = usual
            self._usual[field] = usual

    def _choose(self) -> None:
        """Ask for what the chosen way needs, and for nothing else."""
        way = self.way.value
        self.cards.description = self.desk.t(GROUPS_ASKED.get(way, "round.cards"))
        seen(self.cards, shown=way is not Way.CONSENSUS)
        seen(self.each, shown=way is Way.DOTS)
        seen(self.double, shown=way in TWICE)
        self._prepare()
        self._estimate()

    def _disputed(self) -> list[int]:
        """Return the numbers of what is worth asking again: varied points, and what waits for points."""
        numbers = self.desk.numbers()
        try:
            found = self.desk.calculated()
            varied = [
                str(label)
                for part, _ in found.lists.values()
                for label in disputed(part, found.rules).proposals
            ]
        except WorkbenchError:
            varied = []
        return sorted({numbers[label] for label in (*varied, *self.desk.state.to_score)})

    def _groups(self) -> int:
        return len(groups_of(self.desk.state))

    def asked(self) -> list[str] | None:
        """Return the proposals of the next round; None where a number is unknown."""
        numbers = self.scope.value.replace(",", " ").split()
        if not numbers:
            return list(scorable(self.desk.state))
        labels = [self.desk.proposal_of(number) for number in numbers]
        return None if None in labels else [label for label in labels if label is not None]

    def _estimate(self) -> None:
        way, asked, text = self.way.value, self.asked(), self.cards.value.strip()
        cards = int(text) if text.isdecimal() else None
        seen(
            self._criterion,
            shown=way not in POINTED and not fits(self.desk.state, self._body(asked or [], cards)),
        )
        if asked is None or not (text.isdecimal() or way is Way.CONSENSUS):
            self.offers.nothing()
            return
        self.offers.show(way, cards or 0, len(asked), double=self._double())

    def take(self, offer: Estimate) -> None:
        """Let the coming round collect as an offer says; it is opened by a press of its own."""
        t = self.desk.t
        if offer.way is self.way.value:  # fewer proposals, the same way
            self.desk.say(t("round.taken.shortlist", count=offer.proposals))
            self.scope.focus()
            return
        self.way.value = offer.way
        self.cards.value = str(offer.cards)
        self.desk.say(t("round.taken", way=t(f"room.way.{offer.way.value}")))

    def make_criterion(self) -> None:
        """Let the count of the coming round be the one criterion."""
        text = self.cards.value.strip()
        asked = self.asked() or []
        make_counted(self.desk, self._body(asked, int(text) if text.isdecimal() else None))

    def open(self) -> None:
        """Open the next round."""
        t, asked, text = self.desk.t, self.asked(), self.cards.value.strip()
        if asked is None:
            self.desk.say(t("round.scope.wrong", value=self.scope.value), wrong=True)
            return
        wrong = next((given for given in (text, self._each()) if given and not given.isdecimal()), "")
        if wrong:
            self.desk.say(t("round.cards.wrong", value=wrong), wrong=True)
            return
        if self.way.value not in POINTED and counted_criterion(self.desk.state) is None:
            self.desk.say(t("round.criterion.first"), wrong=True)
            return
        body = self._body(asked, int(text) if text else None)
        self.desk.act("round_opened", body, done=t("round.opened", number=body["round"]))

    def _double(self) -> bool:
        return self.double.value and self.way.value in TWICE

    def _each(self) -> str:
        """Return how many dots each card has, as it was typed; empty where that does not matter."""
        return self.each.value.strip() if self.way.value is Way.DOTS else ""

    def _body(self, asked: list[str], cards: int | None) -> dict[str, Any]:
        way = self.way.value
        number = max(self.desk.state.rounds, default=0) + 1
        body: dict[str, Any] = {"round": number, "way": way.value, "proposals": asked}
        if cards is not None and way is not Way.CONSENSUS:
            body["cards"] = cards
        if way not in POINTED:
            body["criteria"] = [counted_criterion(self.desk.state)]
        if way is Way.VOTES:
            body["each"] = choices_of(len(asked))
        elif self._each().isdecimal():
            body["each"] = int(self._each())
        if self._double():
            body["double_entry"] = True
        return body

    def close(self) -> None:
        """Close the open round; from then on its results may be shown."""
        held = self.desk.state.open_round
        if held is None:
            return
        body: dict[str, Any] = {"round": held.number}
        if self.reason.value.strip():
            body["reason"] = self.reason.value.strip()
        done = " ".join((self.desk.t("round.closed", number=held.number), keyed_sentence(self.desk, held)))
        if self.desk.act("round_closed", body, done=done):
            self.reason.value = ""

    def reopen(self) -> None:
        """Open the last round again, with a reason."""
        number = max(self.desk.state.rounds, default=0)
        body = {"round": number, "reason": self.reason.value.strip()}
        if self.desk.act("round_reopened", body, done=self.desk.t("round.reopened", number=number)):
            self.reason.value = ""

    def go_on(self) -> None:
        """Go on to what the closed round says."""
        self.desk.act("step_entered", {"step": "result" if self.second else "spread"})

    def show(self) -> None:
        """Show the open round, or what is needed to open the next."""
        state, t = self.desk.state, self.desk.t
        held = state.open_round
        waiting = held is None and not state.locked
        seen(self._opening, shown=waiting and (self.second or not state.rounds))
        seen(self._on, shown=held is None and bool(state.rounds))
        seen(self._close, shown=held is not None)
        seen(self._reopen, shown=held is None and bool(state.rounds) and not state.locked)
        seen(self.reason, shown=bool(state.rounds) and not state.locked)
        last = state.rounds[max(state.rounds)] if state.rounds else None
        repaired = (
            last is not None and last.way is not Way.ORDERS and not state.locked
        )  # orders are given anew
        seen(self.repair.view, shown=repaired)
        seen(self._repair_head, shown=repaired)
        if held is None:
            self._entry = None
            self._place.children = ()
            self.head.value = said(*self._closed_words())
            self._go_on_as(last)
            self._choose()
        else:
            self.head.value = said(t("round.now", number=held.number, way=t(f"room.way.{held.way.value}")))
            if self._entry is None or self._entry[0] != held.number:
                self._entry = (held.number, ENTRIES[held.way](self.desk, held))
                self._place.children = (self._entry[1].view,)
            self._entry[1].show()
        self.repair.show()
        if self.second:
            self.moved.show()

    def _go_on_as(self, last: Round | None) -> None:
        """Propose once that a further round collects as the last one did."""
        if last is not None and last.number > self._followed:
            self._followed = last.number
            self.way.value = last.way

    def _closed_words(self) -> list[str]:
        """Say of every round how it was held and what came in; of the locked result where it is opened."""
        state, t = self.desk.state, self.desk.t
        if not state.rounds:
            return [t("round.none")]
        lines = [
            " ".join(
                (
                    t("round.was", number=held.number, way=t(f"room.way.{held.way.value}")),
                    keyed_sentence(self.desk, held),
                )
            )
            for _, held in sorted(state.rounds.items())
        ]
        return [*lines, t("round.locked")] if state.locked else lines
