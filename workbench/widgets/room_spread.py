"""Sebaran: how varied the points are, in words; which proposals are worth a second round."""

from __future__ import annotations

import ipywidgets as widgets

from workbench.errors import WorkbenchError
from workbench.present.agreement_strip import agreement_strip
from workbench.present.deliberation_tables import spread_table
from workbench.present.deliberation_words import agreement_sentences
from workbench.present.i18n import Translator
from workbench.present.problems import error_sentence
from workbench.present.table import Table
from workbench.room.round import CARDED, Way
from workbench.room.showing import SHOW
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_moved import MovedPart
from workbench.widgets.room_parts import button, column, note, row, said, seen, table_html


class SpreadPanel:
    """Show strips and words once a round is closed.

    Attributes
    ----------
    picture, words : HTML
    moved : MovedPart
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        self.picture = widgets.HTML()
        self.words = widgets.HTML()
        self._show = button(t("spread.show"), self.put_on_wall, "primary", "spread-show")
        self._next = button(t("spread.second"), self.second_round, name="spread-second")
        self.moved = MovedPart(desk)
        self.view = column(
            note(t("step.spread.help")),
            row(self._show, self._next),
            self.words,
            self.moved.view,
            self.picture,
        )

    def put_on_wall(self) -> None:
        """Put the spread on the wall, behind its cover."""
        self.desk.act(SHOW, {"view": "spread", "covered": True}, done=self.desk.t("wallbar.done"))

    def second_round(self) -> None:
        """Go on to the second round."""
        self.desk.act("step_entered", {"step": "second_round"})

    def show(self) -> None:
        """Show what closed rounds say; while a round is open, nothing."""
        state, t = self.desk.state, self.desk.t
        hidden = not state.scores_seen or state.open_round is not None
        seen(self._show, shown=not hidden)
        seen(self._next, shown=not hidden)
        self.moved.show()
        if hidden:
            self.words.value, self.picture.value = said(t("result.hidden")), ""
            return
        try:
            found = self.desk.calculated()
            parts = self.desk.deliberated()
        except WorkbenchError as error:
            self.words.value, self.picture.value = said(error_sentence(error, t), kind="alert"), ""
            return
        missing = no_spread(self.desk)
        self.words.value = "".join(
            said(*([missing] if missing and one.spreads is None else agreement_sentences(one, t)))
            for one in parts.values()
        )
        pictures = []
        for pool, (session, outcome) in found.lists.items():
            spreads = parts[pool].spreads
            if spreads is not None:
                pictures.append(agreement_strip(spreads, outcome, session, t, top=60, surface="desk"))
            if spreads is not None and spreads.tallied:
                pictures.append(cells_html(spread_table(spreads, outcome, session, t, top=60), t))
        self.picture.value = "".join(pictures)


def cells_html(table: Table, t: Translator) -> str:
    """Return the spread of every criterion below the strips, which show the least agreed one alone."""
    head = (spec.label for spec in table.columns)
    return said(t("spread.criteria")) + table_html(head, table.rows, numbers=(0,))


def no_spread(desk: Desk) -> str:
    """Say why the way of the last closed round tells no spread; empty after cards."""
    closed = [held for held in desk.state.rounds.values() if not held.is_open]
    way = closed[-1].way if closed else Way.CARDS
    return "" if way in CARDED else desk.t(f"spread.none.{way.value}")
