"""Orders of discussion groups, keyed one after the other; the plano table merges them."""

from __future__ import annotations

import ipywidgets as widgets

from workbench.present.format import EMPTY
from workbench.room.round import Round
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_growing import merged, place_text, places_of
from workbench.widgets.room_keying import read_order
from workbench.widgets.room_lined import asked
from workbench.widgets.room_lines import WRONG, focus_when_shown, hand_over
from workbench.widgets.room_parts import note, said, table_html, text_field
from workbench.widgets.room_progress import keyed_sentence, recorded


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
            if self.desk.t("entry.not_saved") in answer:
                self.order.value = ""  # the same order typed again must be heard again
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
