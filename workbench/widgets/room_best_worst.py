"""The room weighs criteria by two ends: the most and the least important, and how far the others stand."""

from __future__ import annotations

from html import escape

import ipywidgets as widgets

from workbench.domain.preferences import PAIRED
from workbench.errors import WorkbenchError
from workbench.room.showing import SHOW, shown_of
from workbench.widgets.best_worst_model import BestWorst
from workbench.widgets.best_worst_words import best_worst_lines, question_sentence
from workbench.widgets.compare_model import ROOM_CARD
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_pairs import Reasoned, room_has_card
from workbench.widgets.room_parts import button, choice, column, note, row, said, seen
from workbench.widgets.room_preferences import kept_answers, sibling_sets

STEPS = tuple(range(1, 10))
WEIGHTING = "best_worst"
BIG = "<p style='font-size:32px;margin:6px 0;line-height:1.2'>{}</p>"


class BestWorstPart:
    """Bind two ends and nine steps to the answers of the room's own card.

    Attributes
    ----------
    siblings, best, worst : Dropdown
    steps : dict of Button by value
    question, shown : HTML
    view : Widget
    """

    def __init__(self, desk: Desk, reasoned: Reasoned) -> None:
        self.desk = desk
        self._reasoned = reasoned
        t = desk.t
        self.siblings = choice(t("best_worst.siblings"), [], name="ends-siblings")
        self.best = choice(t("best_worst.best"), [], name="ends-best")
        self.worst = choice(t("best_worst.worst"), [], name="ends-worst")
        self.question, self.shown = widgets.HTML(), widgets.HTML()
        self.question.add_class("ends-question")
        self.shown.add_class("ends-shown")
        self.steps = {float(value): self._step(value) for value in STEPS}
        self._back = button(t("best_worst.back"), self.withdraw, name="ends-back")
        self._asking = column(
            self.question,
            row(*self.steps.values(), self._back),
            note(t("best_worst.legend")),
            self.shown,
            row(
                button(t("best_worst.wall"), self.put_on_wall, name="ends-wall"),
                button(t("best_worst.use"), self.use, name="ends-use"),
            ),
        )
        self.siblings.observe(lambda _: self.show(), names="value")
        self.view = column(
            note(t("best_worst.help")),
            self.siblings,
            row(self.best, self.worst),
            button(t("best_worst.name"), self.name, "primary", "ends-name"),
            self._asking,
        )
        self._offered: tuple[object, ...] = ()

    def _step(self, value: int) -> widgets.Button:
        made = widgets.Button(description=str(value), layout=widgets.Layout(width="56px", height="56px"))
        made.add_class("ends-step")
        made.on_click(lambda _: self.answer(float(value)))
        return made

    @property
    def labels(self) -> tuple[str, ...]:
        """The criteria that are weighed against each other now."""
        sets = sibling_sets(self.desk)
        return sets.get(str(self.siblings.value or ""), next(iter(sets.values()), ()))

    @property
    def room(self) -> BestWorst:
        """What the room has answered, from the journal."""
        rows = self.desk.state.preferences.rows.values()
        return BestWorst.resumed(self.labels, [line for line in rows if line["participant"] == ROOM_CARD])

    def name(self) -> None:
        """Write down which criterion is the most important and which the least."""
        best, worst = str(self.best.value or ""), str(self.worst.value or "")
        if not best or not worst:
            self.desk.say(self.desk.t("best_worst.name_first"), wrong=True)
        elif best == worst:
            self.desk.say(self.desk.t("best_worst.same"), wrong=True)
        else:
            self._write(self.room.named(best, worst), self.desk.t("best_worst.named"))

    def answer(self, value: float) -> None:
        """Write the answer about the pair that is asked."""
        room = self.room
        if room.asked is not None:
            self._write(room.answered(room.asked, value))

    def withdraw(self) -> None:
        """Ask the pair that was answered last once more."""
        if self.room.latest is not None:
            self._write(self.room.withdrawn())

    def _write(self, room: BestWorst, done: str = "") -> None:
        if not room_has_card(self.desk):
            return
        kept = kept_answers(self.desk.state, ROOM_CARD, PAIRED, self.labels)
        body = self._reasoned({"participant": ROOM_CARD, "answers": [*kept, *room.lines()]})
        if self.desk.act("preferences_given", body, done=done) and self._on_wall():
            self.put_on_wall()

    def _on_wall(self) -> bool:
        shown = shown_of(self.desk.state)
        return shown.view == "pair" and shown.details.get("asked") == WEIGHTING

    def use(self) -> None:
        """Let the weights come from the two ends, once all is answered."""
        room, t = self.room, self.desk.t
        left = sum(pair not in room.answers for pair in room.pairs)
        try:
            found = room.weighed()
        except WorkbenchError:
            self.desk.say("\n".join(best_worst_lines(room, self._names(), t)), wrong=True)
            return
        if found is None:
            key = "best_worst.unfinished" if room.pairs else "best_worst.name_first"
            self.desk.say(t(key, left=left), wrong=True)
            return
        body = self._reasoned({"rules": {"weighting": WEIGHTING}})
        self.desk.act("rules_set", body, done=t("best_worst.used"))

    def put_on_wall(self) -> None:
        """Show the question on the wall, large; the wall follows from then on."""
        room = self.room
        sides = {} if room.asked is None else {"first": room.asked[0], "second": room.asked[1]}
        lines = list(best_worst_lines(room, self._names(), self.desk.t))
        details = {**sides, "lines": lines, "asked": WEIGHTING}
        self.desk.act(SHOW, {"view": "pair", "details": details}, done=self.desk.t("wallbar.done"))

    def _names(self) -> dict[str, str]:
        return {str(label): str(name) for label, name in self.desk.criteria().members["name"].items()}

    def _offer(self, names: dict[str, str]) -> None:
        """Offer the criteria of the set, with what the journal holds chosen."""
        room, sets = self.room, sibling_sets(self.desk)
        offered = (self.labels, room.best, room.worst, tuple(names.items()))
        topmost = self.desk.t("preferences.topmost")
        groups = [(names.get(parent, topmost), parent) for parent in sets]
        if [*self.siblings.options] != groups:
            self.siblings.options = groups
        if offered != self._offered:
            self._offered = offered
            options = [(self.desk.t("best_worst.choose"), ""), *((names[one], one) for one in self.labels)]
            for field, value in ((self.best, room.best), (self.worst, room.worst)):
                field.options = options
                field.value = value if value in self.labels else ""
        seen(self.siblings, shown=len(sets) > 1)

    def show(self) -> None:
        """Show the pair to ask, what does not fit, and the weights."""
        names, t = self._names(), self.desk.t
        self._offer(names)
        room = self.room
        seen(self._asking, shown=bool(room.pairs))
        if not room.pairs:
            return
        left = sum(pair not in room.answers for pair in room.pairs)
        asked = t("best_worst.done") if room.asked is None else question_sentence(room.asked, names, t)
        self.question.value = BIG.format(escape(asked)) + said(
            t("best_worst.left", left=left, count=len(room.pairs))
        )
        for part in self.steps.values():
            part.disabled = room.asked is None
        self._back.disabled = room.latest is None
        self.shown.value = said(*best_worst_lines(room, names, t))
