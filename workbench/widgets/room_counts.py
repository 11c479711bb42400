"""Ways that grow on the wall while they are read aloud: the 3-5-7 vote, and orders of discussion groups."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets as widgets

from workbench.errors import WorkbenchError
from workbench.present.format import EMPTY
from workbench.present.problems import error_sentence
from workbench.room.counting import votes
from workbench.room.entries import Entry
from workbench.room.round import Round
from workbench.store.room import new_request
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_growing import merged, place_text, places_of
from workbench.widgets.room_keying import choices_of, read_choices, read_order
from workbench.widgets.room_lined import asked
from workbench.widgets.room_lines import WRONG, focus_when_shown, hand_over
from workbench.widgets.room_parts import button, note, row, said, seen, table_html, text_field
from workbench.widgets.room_progress import keyed_sentence, recorded


class VoteEntry:
    """Key one slip after the other: 3, 5 or 7 different proposals each; the counts grow on the wall.

    Attributes
    ----------
    slip : Text
    progress, counts : HTML
    view : Widget
    """

    def __init__(self, desk: Desk, held: Round) -> None:
        self.desk, self.number = desk, held.number
        t = desk.t
        self.wanted = choices_of(len(asked(desk, held)))
        self.slip = text_field(
            t("entry.slip"), width="720px", name="entry-slip", hint=t("entry.slip.hint", count=self.wanted)
        )
        self.slip.add_class("entry-line")
        self.slip.observe(lambda change: self._take(change["new"]), names="value")
        self._last: tuple[str, ...] = ()
        self._back = button(t("entry.slip.back"), self.take_back, name="entry-slip-back")
        self.said, self.progress, self.counts = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.progress.add_class("entry-progress")
        self.view = widgets.VBox(
            [
                note(t("entry.votes.help", count=self.wanted)),
                self.progress,
                row(self.slip, self._back),
                self.said,
                self.counts,
            ]
        )
        focus_when_shown(self.slip)
        self.show()

    def _take(self, text: str) -> None:
        if not text.strip():
            return
        t, held = self.desk.t, self.desk.state.rounds[self.number]
        by_number = {str(self.desk.numbers()[label]): label for label in asked(self.desk, held)}
        chosen = read_choices(text, by_number, self.wanted)
        if chosen is None:
            self.said.value = said(t("entry.slip.wrong", count=self.wanted, value=text.strip()), kind="alert")
            return
        if self._deliver(chosen, 1):
            self.slip.value = ""
            self._last = tuple(chosen)
            names = [self.desk.name(label) for label in chosen]
            self.said.value = said(t("entry.slip.taken", names=names), kind="status")
        self.show()

    def take_back(self) -> None:
        """Take the slip back that was keyed last; both stay in the journal."""
        if self._last and self._deliver(self._last, -1):
            names = [self.desk.name(label) for label in self._last]
            self.said.value = said(self.desk.t("entry.slip.taken_back", names=names), kind="status")
            self._last = ()
            self.slip.focus()
        self.show()

    def _deliver(self, chosen: Sequence[str], votes: int) -> bool:
        """Write the votes of one slip down in one piece; return whether all of them stand in the journal."""
        entries = [
            Entry("votes_added", {"round": self.number, "proposal": label, "votes": votes}, new_request(),
                  operator=self.desk.operator, channel="paper")
            for label in chosen
        ]  # fmt: skip
        try:
            receipts = self.desk.room.deliver(entries)
        except WorkbenchError as error:
            self.said.value = said(error_sentence(error, self.desk.t), kind="alert")
            return False
        wrong = [problem for receipt in receipts for problem in receipt.problems]
        if wrong:
            self.said.value = said(self.desk.t("entry.slip.refused", count=len(wrong)), kind="alert")
        return not wrong

    def show(self) -> None:
        """Show the counts, as the room sees them grow."""
        held, t = self.desk.state.rounds[self.number], self.desk.t
        cast = votes(held)
        seen(self._back, shown=bool(self._last))
        self.progress.value = said(keyed_sentence(self.desk, held))
        rows = [(self.desk.name(label), str(cast.get(label, 0))) for label in asked(self.desk, held)]
        self.counts.value = table_html((t("wall.proposal"), t("wall.votes")), rows, numbers=(1,))


class OrderEntry:
    """Key the order of one discussion group after the other; the plano table merges them.

    Attributes
    ----------
    group, order, reason : Text
    progress, table : HTML
    view : Widget
    """

    def __init__(self, desk: Desk, held: Round) -> None:
        self.desk, self.number = desk, held.number
        t = desk.t
        self.group = text_field(t("entry.group"), width="720px", name="entry-line")
        self.order = text_field(t("entry.order"), width="1000px", name="entry-line", hint="3 1=2 5 4")
        self.reason = text_field(t("entry.order.reason"), width="720px", name="entry-reason")
        self._lacks_group = False
        self.order.observe(lambda change: self._take(change["new"]), names="value")
        self.group.observe(lambda _: self._named(), names="value")
        self.reason.observe(lambda _: self._take(self.order.value), names="value")
        self.said, self.progress, self.table = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.progress.add_class("entry-progress")
        self.view = widgets.VBox(
            [
                note(t("entry.orders.help")),
                self.progress,
                self.group,
                self.order,
                self.reason,
                self.said,
                self.table,
            ]
        )
        focus_when_shown(self.group)
        self.show()

    def _named(self) -> None:
        """Take an order that only lacked its group; any other waits for its own to be put right."""
        if self._lacks_group and self.group.value.strip():
            self._take(self.order.value)

    def _take(self, text: str) -> None:
        if not text.strip():
            return
        t, group = self.desk.t, self.group.value.strip()
        self._lacks_group = not group
        by_number = {str(number): label for label, number in self.desk.numbers().items()}
        order = read_order(text, by_number)
        if not group or order is None:
            self.said.value = said(t("entry.order.wrong", value=text.strip()), kind="alert")
            return
        body: dict[str, object] = {"round": self.number, "group": group, "order": order}
        if self.reason.value.strip():
            body["reason"] = self.reason.value.strip()
        answer = recorded(self.desk, "order_given", body, self.show)
        self.said.value = said(answer, kind="alert" if answer.startswith(WRONG) else "status")
        if not answer.startswith(WRONG):
            self.order.value = self.reason.value = ""
            hand_over(self.group)
        else:
            self.order.focus()

    def show(self) -> None:
        """Show the plano table."""
        held, t = self.desk.state.rounds[self.number], self.desk.t
        places = {group: places_of(order) for group, order in held.orders.items()}
        sums, ranks = merged(places)
        self.progress.value = said(keyed_sentence(self.desk, held))
        rows = [
            (
                self.desk.name(label),
                *(place_text(of.get(label), t) for of in places.values()),
                place_text(sums.get(label), t),
                str(ranks.get(label, EMPTY)),
            )
            for label in sorted(
                asked(self.desk, held), key=lambda one: (ranks.get(one, 10**6), self.desk.numbers()[one])
            )
        ]
        head = (t("wall.proposal"), *places, t("wall.sum"), t("wall.rank"))
        self.table.value = table_html(head, rows, numbers=range(1, len(head)))
