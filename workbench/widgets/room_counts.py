"""Ways that need few keys: tallies, raised hands, dots, the 3-5-7 vote, and orders of groups."""

from __future__ import annotations

import ipywidgets as widgets

from workbench.errors import WorkbenchError
from workbench.present.format import EMPTY
from workbench.present.problems import error_sentence
from workbench.room.counting import votes
from workbench.room.entries import Entry
from workbench.room.state import Round
from workbench.store.room import new_request
from workbench.widgets.room_cards import progress_sentence, recorded
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_growing import merged, places_of
from workbench.widgets.room_keying import choices_of, read_choices, read_count, read_counts, read_order
from workbench.widgets.room_lines import DONE, WRONG, FieldSpec, LineFields
from workbench.widgets.room_parts import note, said, table_html, text_field

SEPARATOR = "\n"


def _asked(desk: Desk, held: Round) -> list[str]:
    return [label for label in held.proposals if label not in desk.state.departures]


class TallyEntry:
    """Bind a line of five counts to each criterion and proposal."""

    def __init__(self, desk: Desk, held: Round) -> None:
        self.desk, self.number = desk, held.number
        rows = desk.state.criteria.rows
        specs = [
            FieldSpec(
                f"{criterion}{SEPARATOR}{label}",
                f"{rows[criterion]['name']} · {desk.name(label)}",
                "0 2 5 3 1",
            )
            for criterion in held.criteria
            for label in _asked(desk, held)
        ]
        self.lines = LineFields(specs, self._record, lambda: None)
        self.progress = widgets.HTML()
        self.view = widgets.VBox([note(desk.t("entry.tally.help")), self.progress, self.lines.view])
        for criterion, of in held.lines.items():
            for label in of:
                self.lines.settle(f"{criterion}{SEPARATOR}{label}", f"{DONE} {desk.t('entry.in')}")
        self.show()

    def _record(self, key: str, text: str) -> str:
        criterion, label = key.split(SEPARATOR)
        row = self.desk.state.criteria.rows[criterion]
        scale = range(int(row["scale_min"]), int(row["scale_max"]) + 1)
        counts = read_counts(text, scale)
        if counts is None:
            return f"{WRONG} {self.desk.t('entry.tally.wrong', count=len(scale))}"
        body = {"round": self.number, "proposal": label, "criterion": criterion, "counts": counts}
        return recorded(self.desk, "tally_keyed", body, self.show)

    def show(self) -> None:
        """Say how many cells are in."""
        self.progress.value = said(progress_sentence(self.desk, self.desk.state.rounds[self.number]))


class CountEntry:
    """Bind one count to each proposal: raised hands, or dots on the sheet."""

    def __init__(self, desk: Desk, held: Round) -> None:
        self.desk, self.number = desk, held.number
        specs = [FieldSpec(label, desk.name(label)) for label in _asked(desk, held)]
        self.lines = LineFields(specs, self._record, lambda: None)
        self.progress = widgets.HTML()
        self.view = widgets.VBox(
            [note(desk.t(f"entry.{held.way.value}.help")), self.progress, self.lines.view]
        )
        for label in held.lines.get("", {}):
            self.lines.settle(label, f"{DONE} {desk.t('entry.in')}")
        self.show()

    def _record(self, label: str, text: str) -> str:
        count = read_count(text)
        if count is None:
            return f"{WRONG} {self.desk.t('entry.count.wrong')}"
        body = {"round": self.number, "proposal": label, "votes": count}
        return recorded(self.desk, "votes_keyed", body, self.show)

    def show(self) -> None:
        """Say how many proposals are counted."""
        self.progress.value = said(progress_sentence(self.desk, self.desk.state.rounds[self.number]))


class VoteEntry:
    """Key one slip after the other: 3, 5 or 7 different proposals each; the counts grow on the wall.

    Attributes
    ----------
    slip : Text
    counts : HTML
    view : Widget
    """

    def __init__(self, desk: Desk, held: Round) -> None:
        self.desk, self.number = desk, held.number
        t = desk.t
        self.wanted = choices_of(len(_asked(desk, held)))
        self.slip = text_field(
            t("entry.slip"), width="720px", name="entry-slip", hint=t("entry.slip.hint", count=self.wanted)
        )
        self.slip.observe(lambda change: self._take(change["new"]), names="value")
        self.said = widgets.HTML()
        self.counts = widgets.HTML()
        self.view = widgets.VBox(
            [note(t("entry.votes.help", count=self.wanted)), self.slip, self.said, self.counts]
        )
        self.show()

    def _take(self, text: str) -> None:
        if not text.strip():
            return
        t = self.desk.t
        held = self.desk.state.rounds[self.number]
        by_number = {str(self.desk.numbers()[label]): label for label in _asked(self.desk, held)}
        chosen = read_choices(text, by_number, self.wanted)
        if chosen is None:
            self.said.value = said(t("entry.slip.wrong", count=self.wanted, value=text.strip()), kind="alert")
            return
        entries = [
            Entry("votes_added", {"round": self.number, "proposal": label, "votes": 1}, new_request(),
                  operator=self.desk.operator, channel="paper")
            for label in chosen
        ]  # fmt: skip
        try:
            receipts = self.desk.room.deliver(entries)
        except WorkbenchError as error:
            self.said.value = said(error_sentence(error, t), kind="alert")
            return
        wrong = [problem for receipt in receipts for problem in receipt.problems]
        self.slip.value = ""
        names = [self.desk.name(label) for label in chosen]
        self.said.value = (
            said(t("entry.slip.refused", count=len(wrong)), kind="alert")
            if wrong
            else said(t("entry.slip.taken", names=names), kind="status")
        )
        self.show()

    def show(self) -> None:
        """Show the counts, as the room sees them grow."""
        held = self.desk.state.rounds[self.number]
        cast = votes(held)
        rows = [(self.desk.name(label), str(cast.get(label, 0))) for label in _asked(self.desk, held)]
        self.counts.value = table_html(
            (self.desk.t("wall.proposal"), self.desk.t("wall.votes")), rows, numbers=(1,)
        )


class OrderEntry:
    """Key the order of one discussion group after the other; the plano table merges them.

    Attributes
    ----------
    group, order : Text
    table : HTML
    view : Widget
    """

    def __init__(self, desk: Desk, held: Round) -> None:
        self.desk, self.number = desk, held.number
        t = desk.t
        self.group = text_field(t("entry.group"), width="720px", name="entry-line")
        self.order = text_field(t("entry.order"), width="1000px", name="entry-line", hint="3 1=2 5 4")
        self.reason = text_field(t("entry.order.reason"), width="720px", name="entry-reason")
        self.order.observe(lambda change: self._take(change["new"]), names="value")
        self.said = widgets.HTML()
        self.table = widgets.HTML()
        self.view = widgets.VBox(
            [note(t("entry.orders.help")), self.group, self.order, self.reason, self.said, self.table]
        )
        self.show()

    def _take(self, text: str) -> None:
        if not text.strip():
            return
        t, group = self.desk.t, self.group.value.strip()
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
            self.group.value, self.order.value, self.reason.value = "", "", ""

    def show(self) -> None:
        """Show the plano table."""
        held, t = self.desk.state.rounds[self.number], self.desk.t
        places = {group: places_of(order) for group, order in held.orders.items()}
        sums, ranks = merged(places)
        rows = [
            (
                self.desk.name(label),
                *(
                    f"{places[group].get(label, 0):g}" if label in places[group] else EMPTY
                    for group in places
                ),
                f"{sums[label]:g}" if label in sums else EMPTY,
                str(ranks.get(label, EMPTY)),
            )
            for label in sorted(
                _asked(self.desk, held), key=lambda one: (ranks.get(one, 10**6), self.desk.numbers()[one])
            )
        ]
        head = (t("wall.proposal"), *places, t("wall.sum"), t("wall.rank"))
        self.table.value = table_html(head, rows, numbers=range(1, len(head)))
