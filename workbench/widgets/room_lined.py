"""Ways that need one line a proposal: tallies, raised hands, dots, and points that the forum agrees on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets

from workbench.room.counting import AGREED_CARD
from workbench.room.round import Round
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_keying import read_count, read_counts, read_points
from workbench.widgets.room_lines import DONE, WRONG, FieldSpec, LineFields
from workbench.widgets.room_operators import OperatorChoice
from workbench.widgets.room_parts import note, said
from workbench.widgets.room_progress import progress_sentence, recorded

SEPARATOR = "\n"


def asked(desk: Desk, held: Round) -> list[str]:
    """Return the proposals of a round that are still on the list."""
    return [label for label in held.proposals if label not in desk.state.departures]


class LinedEntry(ABC):
    """Bind a line for each field to an act; with double entry each operator keys all of them.

    Attributes
    ----------
    operator : OperatorChoice
    lines : LineFields
    progress : HTML
    view : Widget
    """

    act: str

    def __init__(self, desk: Desk, held: Round) -> None:
        self.desk, self.number = desk, held.number
        self.operator = OperatorChoice(desk, held, self._change_operator)
        self.lines = LineFields(self._specs(), self._record, lambda: None)
        self.progress = widgets.HTML()
        self.progress.add_class("entry-progress")
        self.view = widgets.VBox([note(self._help()), self.operator.view, self.progress, self.lines.view])
        self._settle()
        self.lines.wait_for_hand()
        self.show()

    @abstractmethod
    def _help(self) -> str: ...

    @abstractmethod
    def _specs(self) -> Sequence[FieldSpec]: ...

    @abstractmethod
    def _place(self, key: str) -> tuple[str, str]:
        """Return card and proposal of a field, as its line stands in the round."""

    @abstractmethod
    def _body(self, key: str, text: str) -> dict[str, Any] | None:
        """Return what the act says beside its round; None where the line cannot be read."""

    @abstractmethod
    def _unread(self, key: str) -> str:
        """Return what to say of a line that cannot be read."""

    @property
    def held(self) -> Round:
        """The round as it is now."""
        return self.desk.state.rounds[self.number]

    def _change_operator(self) -> None:
        self.lines.clear()
        self._settle()
        self.lines.take_hand()

    def _settle(self) -> None:
        """Close the fields whose lines this operator has keyed already."""
        keyed, words = self.held.lines, f"{DONE} {self.desk.t('entry.in')}"
        for key in self.lines.fields:
            card, label = self._place(key)
            if self.operator.keyed_by in keyed.get(card, {}).get(label, {}):
                self.lines.settle(key, words)

    def _record(self, key: str, text: str) -> str:
        body = self._body(key, text)
        if body is None:
            return f"{WRONG} {self._unread(key)}"
        answer = recorded(self.desk, self.act, {"round": self.number, **body}, self.show)
        return answer if answer.startswith(WRONG) else answer + self._remark(body)

    def _remark(self, body: dict[str, Any]) -> str:  # noqa: ARG002 - what a way has to say about its line
        return ""

    def show(self) -> None:
        """Say how many lines are in."""
        self.progress.value = said(progress_sentence(self.desk, self.held))


class TallyEntry(LinedEntry):
    """Five counts for each criterion and proposal, criterion by criterion as the sheets hang on the wall."""

    act = "tally_keyed"

    def _help(self) -> str:
        return self.desk.t("entry.tally.help")

    def _specs(self) -> Sequence[FieldSpec]:
        rows = self.desk.state.criteria.rows
        return [
            FieldSpec(
                f"{criterion}{SEPARATOR}{label}",
                self.desk.name(label),
                "0 2 5 3 1",
                str(rows[criterion]["name"]),
            )
            for criterion in self.held.criteria
            for label in asked(self.desk, self.held)
        ]

    def _place(self, key: str) -> tuple[str, str]:
        criterion, label = key.split(SEPARATOR)
        return criterion, label

    def _scale(self, key: str) -> range:
        row = self.desk.state.criteria.rows[self._place(key)[0]]
        return range(int(row["scale_min"]), int(row["scale_max"]) + 1)

    def _body(self, key: str, text: str) -> dict[str, Any] | None:
        counts = read_counts(text, self._scale(key))
        criterion, label = self._place(key)
        return None if counts is None else {"proposal": label, "criterion": criterion, "counts": counts}

    def _unread(self, key: str) -> str:
        return self.desk.t("entry.tally.wrong", count=len(self._scale(key)))

    def _remark(self, body: dict[str, Any]) -> str:
        """Say where the marks are fewer than the cards: a card left blank, or a mark that was missed."""
        marks, cards = sum(body["counts"].values()), self.held.cards
        if cards is None or marks == cards:
            return ""
        return f" · {self.desk.t('entry.tally.short', marks=marks, cards=cards)}"


class CountEntry(LinedEntry):
    """One count for each proposal: raised hands, or dots on the sheet."""

    act = "votes_keyed"

    def _help(self) -> str:
        return self.desk.t(f"entry.{self.held.way.value}.help")

    def _specs(self) -> Sequence[FieldSpec]:
        return [FieldSpec(label, self.desk.name(label)) for label in asked(self.desk, self.held)]

    def _place(self, key: str) -> tuple[str, str]:
        return "", key

    def _body(self, key: str, text: str) -> dict[str, Any] | None:
        count = read_count(text)
        return None if count is None else {"proposal": key, "votes": count}

    def _unread(self, key: str) -> str:  # noqa: ARG002 - the same for all
        return self.desk.t("entry.count.wrong")


class ConsensusEntry(LinedEntry):
    """The points that the forum agrees on directly, one line a proposal."""

    act = "points_agreed"

    def _help(self) -> str:
        names = [str(self.desk.state.criteria.rows[label]["name"]) for label in self.held.criteria]
        return self.desk.t("entry.consensus.help", criteria=names)

    def _specs(self) -> Sequence[FieldSpec]:
        return [FieldSpec(label, self.desk.name(label)) for label in asked(self.desk, self.held)]

    def _place(self, key: str) -> tuple[str, str]:
        return AGREED_CARD, key

    def _body(self, key: str, text: str) -> dict[str, Any] | None:
        points = read_points(text, self.held.criteria)
        return None if points is None else {"proposal": key, "points": points}

    def _unread(self, key: str) -> str:  # noqa: ARG002 - the same for all
        return self.desk.t("entry.digits", count=len(self.held.criteria))
