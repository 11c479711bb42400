"""What the last round moved against the one before it: on the operator's page, and for the wall."""

from __future__ import annotations

from collections.abc import Mapping

import ipywidgets as widgets

from workbench.deliberation import RoundChanges, round_changes
from workbench.errors import WorkbenchError
from workbench.present.counted_words import counted_pages, counted_table
from workbench.present.pools import pool_name
from workbench.present.problems import error_sentence
from workbench.present.rounds_words import changes_sentences, changes_table
from workbench.present.wall import WallPage
from workbench.present.wall_rounds import round_pages
from workbench.room.counted_rounds import CountedRounds, counted_rounds
from workbench.room.showing import SHOW
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_parts import button, column, said, seen, table_html


def moved_rounds(desk: Desk) -> Mapping[str, RoundChanges]:
    """Return what the last closed round moved, by list; nothing of lists that only one round scored.

    Raises
    ------
    WorkbenchError
        As `calculate`.
    """

    def compare() -> dict[str, RoundChanges]:
        found = desk.calculated()
        lists = {pool: round_changes(part, found.rules) for pool, (part, _) in found.lists.items()}
        return {pool: one for pool, one in lists.items() if one is not None}

    closed = sum(not held.is_open for held in desk.state.rounds.values())
    return desk.keep("moved rounds", compare) if closed > 1 else {}


def moved_counts(desk: Desk) -> CountedRounds | None:
    """Return what the last closed round counted anew; None where it counted nothing that was there before.

    Raises
    ------
    WorkbenchError
        As `calculate`.
    """
    return desk.keep("moved counts", lambda: counted_rounds(desk.state))


def moved_pages(desk: Desk) -> tuple[WallPage, ...]:
    """Return the same for the wall; no page where there are no two rounds."""
    lists, counted = desk.calculated().lists, moved_counts(desk)
    names = {label: desk.name(label) for label in desk.state.proposals.rows}
    return (
        *(
            page
            for pool, found in moved_rounds(desk).items()
            for page in round_pages(found, lists[pool][0], desk.numbers(), desk.t)
        ),
        *(() if counted is None else counted_pages(counted, names, desk.t)),
    )


class MovedPart:
    """Show before and now of every proposal that was asked again, once a second round is closed.

    Attributes
    ----------
    words : HTML
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.words = widgets.HTML()
        self.words.add_class("moved-rounds")
        self.view = column(self.words, button(desk.t("moved.show"), self.put_on_wall, name="moved-show"))

    def put_on_wall(self) -> None:
        """Put what moved on the wall, behind its cover."""
        self.desk.act(SHOW, {"view": "rounds", "covered": True}, done=self.desk.t("wallbar.done"))

    def show(self) -> None:
        """Show what moved; while a round is open, and before two are closed, nothing."""
        desk = self.desk
        try:
            found = {} if desk.state.open_round is not None else moved_rounds(desk)
            counted = None if desk.state.open_round is not None else moved_counts(desk)
            lists = "".join(self._list(pool, one) for pool, one in found.items())
            self.words.value = lists + ("" if counted is None else self._counts(counted))
        except WorkbenchError as error:
            self.words.value = said(error_sentence(error, desk.t), kind="alert")
        seen(self.view, shown=bool(self.words.value))

    def _counts(self, found: CountedRounds) -> str:
        t, rows = self.desk.t, self.desk.state.proposals.rows
        table = counted_table(found, {label: self.desk.name(label) for label in rows}, t)
        head = f"<h3>{t('moved', round=found.round_number)}</h3>"
        drawn = table_html((spec.label for spec in table.columns), table.rows, numbers=(1, 2))
        return head + drawn + said(table.note)

    def _list(self, pool: str, found: RoundChanges) -> str:
        t, lists = self.desk.t, self.desk.calculated().lists
        session = lists[pool][0]
        head = t("moved", round=found.round_number)
        named = f"{head}: {pool_name(pool, t)}" if len(lists) > 1 else head
        table = changes_table(found, session, t)
        drawn = table_html((spec.label for spec in table.columns), table.rows)
        return f"<h3>{named}</h3>" + drawn + said(table.note, *changes_sentences(found, session, t))
