"""How long the entry of the coming round takes, and quicker ways that one press chooses."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from workbench.room.estimate import LIMIT_MINUTES, Estimate, entry_time, quicker, room_pace
from workbench.room.groups import groups_of, small_groups
from workbench.room.round import CARDED, Way
from workbench.room.rounds import judged_criteria
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_keying import choices_of, pace_sentence
from workbench.widgets.room_parts import button, column, row, said

Take = Callable[[Estimate], object]


class OffersPart:
    """Say how long it takes; above the limit, show a button for every way that takes less.

    Attributes
    ----------
    words : HTML
    offers : tuple of (Estimate, Button)
        What can be chosen, the quickest first.
    view : Widget
    """

    def __init__(self, desk: Desk, take: Take) -> None:
        self.desk = desk
        self._take = take
        self.words = widgets.HTML()
        self.words.add_class("round-estimate")
        self.offers: tuple[tuple[Estimate, widgets.Button], ...] = ()
        self._place = row()
        self.view = column(self.words, self._place)
        self._drawn: tuple[Estimate, ...] = ()

    def nothing(self) -> None:
        """Say nothing: what was typed does not tell how much there is to key in."""
        self.words.value = ""
        self._offer(())

    def show(self, way: Way, cards: int, asked: int, *, double: bool) -> None:
        """Say how long a round takes, and offer what is quicker where that is too long."""
        t, state = self.desk.t, self.desk.state
        criteria, pace = len(judged_criteria(state)), room_pace(state)
        found = entry_time(way, cards, asked, criteria, pace=pace)
        lines = [t("round.estimate", minutes=found.minutes, proposals=asked)]
        if way in CARDED:
            lines.append(pace_sentence(pace, criteria, t))
        if double:
            lines.append(t("round.double.time"))
        if way is Way.GROUPS:
            lines += self._groups()
        if way is Way.VOTES:
            lines.append(t("round.choices", count=choices_of(asked)))
        if found.too_long:
            lines.append(t("round.too_long", patience=LIMIT_MINUTES))
        self.words.value = said(*lines, kind="alert" if found.too_long else "")
        groups = len(groups_of(state))
        offers = quicker(cards, asked, criteria, groups, pace=pace) if found.too_long else ()
        self._offer(tuple(offer for offer in offers if (offer.way, offer.proposals) != (way, asked)))

    def _groups(self) -> list[str]:
        """Say what one card a group means, and which groups are too small to be told apart."""
        t, sizes, small = self.desk.t, groups_of(self.desk.state), small_groups(self.desk.state)
        lines = [t("round.groups.meaning") if sizes else t("round.groups.none")]
        return [*lines, *([t("round.groups.small", groups=list(small))] if small else [])]

    def _offer(self, offers: tuple[Estimate, ...]) -> None:
        if offers == self._drawn:
            return
        self._drawn = offers
        self.offers = tuple((offer, self._button(offer)) for offer in offers)
        self._place.children = tuple(made for _, made in self.offers)

    def _button(self, offer: Estimate) -> widgets.Button:
        facts = {"cards": offer.cards, "proposals": offer.proposals, "minutes": offer.minutes}
        kind = "shortlist" if offer.way is Way.CARDS else offer.way.value
        words = self.desk.t(f"round.offer.{kind}", **facts)
        return button(words, lambda: self._take(offer), "info", f"round-offer-{kind}")
