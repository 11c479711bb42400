"""The operator's desk without its looks: an open room, acts and refusals, and what follows from both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

from workbench.deliberation import Deliberation, deliberate
from workbench.domain.budget import Budget
from workbench.domain.criteria import Criteria
from workbench.domain.facts import WORDS, Facts
from workbench.domain.resolution import Resolution
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.errors import InvalidInput, WorkbenchError
from workbench.present.i18n import Translator, worded
from workbench.present.problems import error_sentence, problem_sentence
from workbench.prioritisation import Outcome, pool_sessions, prioritise
from workbench.room.session import room_resolution, session_of
from workbench.room.setting import rules_of
from workbench.room.state import RoomState
from workbench.room.values import budget_of, criteria_of
from workbench.store.room import Room

Value = TypeVar("Value")


def clock() -> str:
    """Return the time of this laptop as it is written beside an entry."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def card_numbers(state: RoomState) -> dict[str, int]:
    """Return the number of every proposal on cards and wall; it stays when others leave the list."""
    return {label: number for number, label in enumerate(state.proposals.rows, start=1)}


@dataclass(frozen=True)
class Calculated:
    """What follows from a state.

    Attributes
    ----------
    session, rules
        As closed rounds leave them.
    lists : mapping of pool to (Session, Outcome)
        One entry for each list that is ranked on its own.
    resolution : Resolution or None
    """

    session: Session
    rules: Rules
    lists: Mapping[str, tuple[Session, Outcome]]
    resolution: Resolution | None

    @property
    def first(self) -> tuple[Session, Outcome]:
        """The first list and its outcome."""
        return next(iter(self.lists.values()))


PASSING = frozenset(
    {"history", "step", "simulation", "attended", "rounds", "undone", "set_aside", "to_score"}
)
"""Fields of a state that no result follows from, and the rounds, of which only closed ones count."""


def substance(state: RoomState) -> tuple[object, ...]:
    """Return what results follow from; two states whose parts are the same objects have the same results."""
    kept = (getattr(state, entry.name) for entry in fields(state) if entry.name not in PASSING)
    closed = (held for held in state.rounds.values() if not held.is_open)
    return (*kept, *closed)


class Kept(Generic[Value]):
    """A value computed of a state, kept as long as what it follows from stays the same.

    Parameters
    ----------
    compute : callable
    parts : callable
        What of a state the value follows from; as long as these are the same objects it is kept.
    """

    def __init__(
        self,
        compute: Callable[[RoomState], Value],
        parts: Callable[[RoomState], tuple[object, ...]] = substance,
    ) -> None:
        self._compute = compute
        self._parts = parts
        self._of: tuple[object, ...] | None = None
        self._value: Value | None = None

    def __call__(self, state: RoomState) -> Value:
        """Return the value of a state."""
        parts = self._parts(state)
        known = self._of
        if (
            known is None
            or len(known) != len(parts)
            or any(a is not b for a, b in zip(known, parts, strict=True))
        ):
            self._value = self._compute(state)
            self._of = parts
        return cast("Value", self._value)


def calculate(state: RoomState) -> Calculated:
    """Compute the outcome of a state with the one calculation there is.

    Raises
    ------
    WorkbenchError
        As `prioritise`: weights are missing, comparisons do not link all criteria.
    """
    session, rules = session_of(state), rules_of(state)
    lists = {pool: (part, prioritise(part, rules)) for pool, part in pool_sessions(session, rules).items()}
    return Calculated(session, rules, lists, room_resolution(state, session))


def refusal_sentence(error: InvalidInput, t: Translator) -> str:
    """Return what speaks against an act, one sentence a line, without the words for files and columns."""
    return "\n".join(dict.fromkeys(problem_sentence(problem, t) for problem in error.problems))


@dataclass(frozen=True)
class Said:
    """What the page says after an act.

    Attributes
    ----------
    text : str
    wrong : bool
        Whether it was refused.
    """

    text: str = ""
    wrong: bool = False


class Desk:
    """Bind acts to a room and keep what was computed of its state.

    Attributes
    ----------
    room : Room
    t : Translator
        With the words of the room's place, as the facts of the meeting declare them.
    operator : str
        Who keys in, by role.
    said : Said
        What became of the last act.
    """

    def __init__(self, room: Room, t: Translator, operator: str = "") -> None:
        self.room = room
        self._t = t
        self.operator = operator
        self.said = Said()
        self._listeners: list[Callable[[], None]] = []
        self._session = Kept(session_of)
        self._criteria = Kept(criteria_of, lambda state: (state.criteria, state.points))
        self._budget = Kept(budget_of, lambda state: (state.budget,))
        self._further: dict[str, Kept[Any]] = {}
        self._calculated = Kept(calculate)
        self._deliberated = Kept(self._deliberate)

    @property
    def t(self) -> Translator:
        """Return the words of this room; those of its place as soon as they are declared."""
        words = {name: str(self.state.facts.get(name) or "") for name in WORDS}
        given = replace(Facts(), **words)  # type: ignore[arg-type]
        return worded(self._t, given) if any(words.values()) else self._t

    @property
    def state(self) -> RoomState:
        """The state of the room."""
        return self.room.state

    def listen(self, listener: Callable[[], None]) -> None:
        """Call something after each act, whether it was taken or refused."""
        self._listeners.append(listener)

    def act(
        self, kind: str, body: Mapping[str, Any] | None = None, *, channel: str = "room", done: str = ""
    ) -> bool:
        """Do one thing; return whether it stands in the journal, and say so on the page."""
        taken = self.quiet_act(kind, body, channel=channel, done=done)
        self.tell()
        return taken

    def quiet_act(
        self, kind: str, body: Mapping[str, Any] | None = None, *, channel: str = "room", done: str = ""
    ) -> bool:
        """Do one thing without telling the page, for acts that show their own effect."""
        try:
            self.room.act(kind, body, operator=self.operator, channel=channel)
        except InvalidInput as error:
            self.said = Said(refusal_sentence(error, self.t), wrong=True)
            return False
        except WorkbenchError as error:
            self.said = Said(error_sentence(error, self.t), wrong=True)
            return False
        self.said = Said(done or self.t("room.recorded"))
        return True

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Say something that no act caused."""
        self.said = Said(text, wrong)
        self.tell()

    def tell(self) -> None:
        """Let every listener look at the state again."""
        for listener in self._listeners:
            listener()

    def calculated(self) -> Calculated:
        """Return what follows from the state, computed once for each state.

        Raises
        ------
        WorkbenchError
            As `calculate`.
        """
        return self._calculated(self.state)

    def session(self) -> Session:
        """Return the session as closed rounds leave it, built once for each state that changes it."""
        return self._session(self.state)

    def criteria(self) -> Criteria:
        """Return the criteria in force, without building the session around them."""
        return self._criteria(self.state)

    def budget(self) -> Budget:
        """Return ceiling and earmarks, without building the session around them."""
        return self._budget(self.state)

    def deliberated(self) -> Mapping[str, Deliberation]:
        """Return what the room thinks together, by list.

        Raises
        ------
        WorkbenchError
            As `calculate`.
        """
        return self._deliberated(self.state)

    def keep(
        self,
        name: str,
        compute: Callable[[], Value],
        parts: Callable[[RoomState], tuple[object, ...]] = substance,
    ) -> Value:
        """Return a further value that follows from some parts of the state, computed once for each change."""
        if name not in self._further:
            self._further[name] = Kept(lambda _: compute(), parts)
        return cast("Value", self._further[name](self.state))

    def _deliberate(self, _: RoomState) -> Mapping[str, Deliberation]:
        found = self.calculated()
        return {pool: deliberate(part, found.rules, outcome) for pool, (part, outcome) in found.lists.items()}

    def numbers(self) -> dict[str, int]:
        """Return the numbers of the proposals."""
        return card_numbers(self.state)

    def name(self, label: str) -> str:
        """Return number and name of a proposal."""
        activity = str(self.state.proposals.rows[label].get("activity", ""))
        return self.t("wall.named", number=self.numbers()[label], name=activity)

    def proposal_of(self, number: str) -> str | None:
        """Return the proposal of a number as it is keyed in; None where there is none."""
        by_number = {str(value): label for label, value in self.numbers().items()}
        return by_number.get(number.strip().lstrip("0"))
