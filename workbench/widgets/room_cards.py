"""Paper cards by keyboard alone: card number, Enter, digits, Enter, ...; the hand never leaves the keys."""

from __future__ import annotations

import ipywidgets as widgets

from workbench.room.counting import progress
from workbench.room.estimate import room_pace
from workbench.room.groups import card_problems, cards_of
from workbench.room.round import Round, Way
from workbench.store.room_place import page_moves_focus
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_forms import FormsPart
from workbench.widgets.room_holders import card_name, group_list, typed_card
from workbench.widgets.room_keying import read_points
from workbench.widgets.room_lines import DONE, WRONG, FieldSpec, LineFields, focus_when_shown, hand_over
from workbench.widgets.room_operators import OperatorChoice
from workbench.widgets.room_parts import note, said, text_field
from workbench.widgets.room_progress import progress_sentence, recorded


class CardEntry:
    """Bind the number of a card, or of a group, and a line for each proposal to the journal.

    Attributes
    ----------
    operator : OperatorChoice
    card : Text
    lines : LineFields
    forms : FormsPart
        Filled forms, beside the cards that are keyed in.
    progress : HTML
    view : Widget
    """

    def __init__(self, desk: Desk, held: Round) -> None:
        self.desk = desk
        self.number = held.number
        self.criteria = held.criteria
        t = desk.t
        self._shown = ""
        self._by_group = held.way is Way.GROUPS
        self._words = "entry.group_card" if self._by_group else "entry.card"
        names = [str(desk.state.criteria.rows[label]["name"]) for label in held.criteria]
        self.operator = OperatorChoice(desk, held, self._change_operator)
        self.card = text_field(
            t(self._words), width="720px", name="entry-line", hint="1" if self._by_group else "012"
        )
        self.card.style.description_width = "520px"
        self.card.add_class("entry-card")
        self.card.observe(lambda change: self._take_card(change["new"]), names="value")
        self.said = widgets.HTML()
        self.progress = widgets.HTML()
        self.progress.add_class("entry-progress")
        hint = "".join(str(place % 10) for place in range(1, len(held.criteria) + 1))
        specs = [
            FieldSpec(label, desk.name(label), hint)
            for label in held.proposals
            if label not in desk.state.departures
        ]
        self.lines = LineFields(specs, self._record, self._card_done)
        self.forms = FormsPart(desk, self.show)
        self.view = widgets.VBox(
            [
                note(t("entry.help.groups" if self._by_group else "entry.help", criteria=names)),
                self.operator.view,
                *([note(group_list(desk.state, t))] if self._by_group else []),
                self.progress,
                self.card,
                self.said,
                self.lines.view,
                *([] if self._by_group else [self.forms.view]),  # forms are people's
            ]
        )
        focus_when_shown(self.card)
        self.show()

    def _change_operator(self) -> None:
        self.card.value = ""
        self.lines.clear()
        self.card.focus()

    def _typed(self, text: str) -> str:
        return typed_card(self.desk.state, self._held().way, text.strip())

    def _held(self) -> Round:
        return self.desk.state.rounds[self.number]

    def _take_card(self, text: str) -> None:
        """Look a card up: what of it is in already is closed; a card that may not score is refused."""
        if not text.strip():
            return
        label, t, state, held = self._typed(text), self.desk.t, self.desk.state, self._held()
        self._turn_to(label)
        if label not in cards_of(state, held.way):
            self.said.value = said(t(f"{self._words}.unknown", card=text.strip()), kind="alert")
            self.card.focus()
            return
        if card_problems(state, held, label):
            self.said.value = said(t(f"{self._words}.refused", card=card_name(label)), kind="alert")
            self.card.focus()
            return
        self.said.value = said(t(f"{self._words}.taken", card=card_name(label)))
        self._settle(label, held)
        if not page_moves_focus():
            self._focus_first()

    def _turn_to(self, label: str) -> None:
        """Empty the lines for another card: what an unfinished one left behind says nothing of this one."""
        if label != self._shown:
            self.lines.clear()
            self._shown = label

    def _settle(self, label: str, held: Round) -> None:
        """Close the lines of a card that this operator has keyed already."""
        operator = self.operator.keyed_by
        keyed = {proposal for proposal, by in held.lines.get(label, {}).items() if operator in by}
        for key, field in self.lines.fields.items():
            if key in keyed:
                self.lines.settle(key, f"{DONE} {self.desk.t('entry.in')}")
            elif field.disabled:
                field.disabled = False
                self.lines.mark(key, "")

    def _focus_first(self) -> None:
        for field in self.lines.fields.values():
            if not field.disabled:
                field.focus()
                return

    def _record(self, proposal: str, text: str) -> str:
        t = self.desk.t
        card = self._typed(self.card.value)
        if not self.card.value.strip():
            return f"{WRONG} {t(self._words + '.first')}"
        points = read_points(text, self.criteria)
        if points is None:
            return f"{WRONG} {t('entry.digits', count=len(self.criteria))}"
        body = {"round": self.number, "participant": card, "proposal": proposal, "points": points}
        return recorded(self.desk, "ballot_keyed", body, self.show)

    def _card_done(self) -> None:
        """Make ready for the next card; in the app the next keys replace the number, nothing else may."""
        card = card_name(self._typed(self.card.value))
        self.lines.clear()
        self._shown = ""
        self.said.value = said(self.desk.t(f"{self._words}.done", card=card), kind="status")
        hand_over(self.card)

    def show(self) -> None:
        """Say how many cards are in."""
        held = self._held()
        self.progress.value = said(progress_sentence(self.desk, held), self._time_left(held))

    def _time_left(self, held: Round) -> str:
        """Say how long the rest takes at this room's own pace; nothing before there is one."""
        pace, counted = room_pace(self.desk.state), progress(held)
        if pace is None or counted.lines_expected is None:
            return ""
        seconds = max(counted.lines_expected - counted.lines, 0) * pace.line_seconds(len(held.criteria))
        return self.desk.t("entry.time_left", minutes=int(-(-seconds // 60)), seconds=pace.seconds)
