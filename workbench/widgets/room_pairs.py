"""The room compares criteria: one pair at a time on page and wall; every answer is in the journal at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import ipywidgets as widgets

from workbench.present.comparing import comparing_html, pair_html
from workbench.room.setting import rules_of
from workbench.room.showing import SHOW, shown_of
from workbench.room.state import RoomState
from workbench.room.tables import Record
from workbench.widgets.compare_model import ROOM_CARD, ComparisonRoom, Line, Pair
from workbench.widgets.room_desk import Desk, Kept
from workbench.widgets.room_parts import button, column, note, row

STEPS = tuple(range(9, 1, -1))
COMPARED = "geometric_mean"
"""The way of weighing that takes the room's comparisons."""
Reasoned = Callable[[dict[str, Any]], dict[str, Any]]
"""Adds the reason that a change needs once scores were seen."""


class PairsPart:
    """Bind nine steps to each side to the pair that is asked.

    Attributes
    ----------
    steps : dict of Button by value
    view : Widget
    """

    def __init__(self, desk: Desk, reasoned: Reasoned) -> None:
        self.desk = desk
        self._reasoned = reasoned
        t = desk.t
        self._left_out: frozenset[frozenset[str]] = frozenset()
        self._room = Kept(self._resumed, self._parts)
        self.question = widgets.HTML()
        self.shown = widgets.HTML()
        self.question.add_class("pair-question")
        up = tuple(float(step) for step in STEPS)
        self.steps = {value: self._step(value) for value in (*up, 1.0, *(1 / step for step in reversed(up)))}
        self.view = column(
            note(t("pairs.help")),
            row(
                button(t("pairs.use"), self.use, name="pairs-use"),
                button(t("pairs.wall"), self.put_on_wall, name="pairs-wall"),
                button(t("compare.skip"), self.skip, name="pairs-skip"),
            ),
            self.question,
            widgets.HBox(list(self.steps.values()), layout=widgets.Layout(flex_flow="row wrap")),
            note(t("compare.legend")),
            self.shown,
        )

    def _step(self, value: float) -> widgets.Button:
        label = f"{value if value >= 1 else 1 / value:.0f}"
        made = widgets.Button(description=label, layout=widgets.Layout(width="56px", height="56px"))
        made.add_class("pair-step")
        made.on_click(lambda _: self.answer(value))
        return made

    @property
    def room(self) -> ComparisonRoom:
        """What the room has answered, from the journal; of the meeting nothing else is needed for it."""
        return self._room(self.desk.state)

    def _resumed(self, state: RoomState) -> ComparisonRoom:
        lines = own_answers(state.judgements.rows.values())
        made = ComparisonRoom.resumed(self.desk.criteria(), lines, rules_of(state))
        return replace(made, left_out=self._left_out)

    def _parts(self, state: RoomState) -> tuple[object, ...]:
        return state.judgements, state.criteria, state.points, state.rules, self._left_out

    def _pair(self) -> Pair | None:
        room = self.room
        return room.asking.pair if room.sets else None

    def answer(self, value: float) -> None:
        """Write the answer about the pair that is asked."""
        pair = self._pair()
        if pair is None or not room_has_card(self.desk):
            return
        first, second = pair
        body: dict[str, Any] = {"participant": ROOM_CARD, "first": first, "second": second, "value": value}
        if self.desk.act("pair_compared", self._reasoned(body)):
            self._follow()

    def skip(self) -> None:
        """Leave the pair out: the room does not know, which is not the same as equal."""
        pair = self._pair()
        if pair is None or not room_has_card(self.desk):
            return
        body = {"participant": ROOM_CARD, "first": pair[0], "second": pair[1]}
        self._left_out |= {frozenset(pair)}
        if self.desk.act("pair_left_out", self._reasoned(body)):
            self._follow()

    def use(self) -> None:
        """Let the weights come from the comparisons."""
        self.desk.act(
            "rules_set", self._reasoned({"rules": {"weighting": COMPARED}}), done=self.desk.t("pairs.used")
        )

    def put_on_wall(self) -> None:
        """Show the pair on the wall, large."""
        self.desk.act(SHOW, {"view": "pair", "details": self._details()}, done=self.desk.t("wallbar.done"))

    def _follow(self) -> None:
        """Let the wall follow while it shows pairs."""
        if shown_of(self.desk.state).view == "pair":
            self.put_on_wall()

    def _details(self) -> dict[str, Any]:
        pair = self._pair()
        lines = list(pair_lines(self.desk, self.room))
        sides = {} if pair is None else {"first": pair[0], "second": pair[1]}
        return {**sides, "lines": lines}

    def show(self) -> None:
        """Show the pair to ask, the weights so far, and what contradicts."""
        room = self.room
        if not room.sets:
            self.question.value = self.desk.t("compare.too_few")
            return
        names = {str(label): str(name) for label, name in room.criteria.members["name"].items()}
        self.question.value = pair_html(room.asking, names, self.desk.t)
        for part in self.steps.values():
            part.disabled = room.asking.pair is None
        if not room.answers:
            self.shown.value = ""  # nobody has compared anything yet: there is nothing that does not fit
            return
        found = room.shown()
        self.shown.value = comparing_html(found.weights, found.consistency, found.circle, names, self.desk.t)


def room_has_card(desk: Desk) -> bool:
    """Register the room's own card, which weighs criteria and scores nothing; tell whether it is there."""
    if ROOM_CARD in desk.state.participants:
        return True
    card = {"participant": ROOM_CARD, "voting_right": False}
    return desk.quiet_act("participants_registered", {"participants": [card]})


def own_answers(rows: Iterable[Record]) -> tuple[Line, ...]:
    """Return what the room has answered among all comparisons, in its order.

    Examples
    --------
    >>> own_answers([{"participant": "ruangan", "first": "K1", "second": "K2", "value": 3.0}])
    (('K1', 'K2', 3.0),)
    """
    return tuple(
        (str(row["first"]), str(row["second"]), float(row["value"]))
        for row in rows
        if row["participant"] == ROOM_CARD and row.get("value") is not None
    )


def pair_lines(desk: Desk, room: ComparisonRoom) -> tuple[str, ...]:
    """Return what is said on the wall about the answers so far: contradiction, consistency, weights."""
    if not room.answers:
        return ()
    t, found = desk.t, room.shown()
    names = {str(label): str(name) for label, name in room.criteria.members["name"].items()}
    said = []
    if found.circle:
        said.append(t("pairs.circle", names=[names[label] for label in found.circle]))
    if found.consistency is not None:
        ratio = found.consistency.consistency  # with three criteria the limit is 0.05, not 0.10
        said.append(t("pairs.ratio", ratio=float(ratio.cr), threshold=float(ratio.threshold)))
    known = found.weights.dropna()
    if len(known) == len(found.labels):
        parts = [
            t("wall.simulation.weight", name=names[str(label)], weight=float(value))
            for label, value in known.items()
        ]
        said.append(t("pairs.weights", weights=parts))
    return tuple(said)
