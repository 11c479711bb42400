"""A room that compares criteria together, pair by pair: its answers, what to ask next, what contradicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

import numpy as np
import pandas as pd

from workbench.domain.ballots import JUDGEMENT_COLUMNS, Judgements
from workbench.domain.columns import conform
from workbench.domain.criteria import Criteria
from workbench.domain.judgements import SCALE_LIMITS
from workbench.domain.participants import COLUMNS as PEOPLE_COLUMNS
from workbench.domain.participants import Participants
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.pairwise.incomplete import IncompleteConsistency, live_consistency
from workbench.engine.pairwise.matrix import judgement_matrix
from workbench.engine.pairwise.orders import preference_circle
from workbench.engine.pairwise.weights import geometric_mean_weights
from workbench.errors import DisconnectedJudgements
from workbench.prioritisation.questions import Asking, ask_next

ROOM_CARD = "ruangan"
"""The card under which a room that answers together stands in the tables."""

Pair = tuple[str, str]
Line = tuple[str, str, float]
"""First is so many times as important as second."""


@dataclass(frozen=True)
class ComparisonRoom:
    """What the room has answered; frozen, each answer gives a new one.

    Attributes
    ----------
    criteria : Criteria
    rules : Rules
    card : str
        The card that the answers are written under.
    answers : mapping of pair to value
        First is `value` times as important as second; each pair stands there once, in the order answered.
    left_out : frozenset of pairs
        Pairs that the room did not want to answer.
    """

    criteria: Criteria
    rules: Rules
    card: str = ROOM_CARD
    answers: Mapping[Pair, float] = field(default_factory=lambda: MappingProxyType({}))
    left_out: frozenset[frozenset[str]] = frozenset()

    @classmethod
    def resumed(
        cls, criteria: Criteria, lines: Iterable[Line], rules: Rules, card: str = ROOM_CARD
    ) -> ComparisonRoom:
        """Begin where the answers of a card end; of two about one pair the earlier stands.

        Parameters
        ----------
        criteria : Criteria
        lines : iterable of (first, second, value)
            What the card has answered, in its order; `own_lines` takes them out of a session.
        """
        once: dict[Pair, float] = {}
        for first, second, value in lines:
            if (second, first) not in once:
                once[first, second] = value
        return cls(criteria, rules, card, MappingProxyType(once))

    def answered(self, first: str, second: str, value: float) -> ComparisonRoom:
        """Return the room with one answer; an earlier answer about the pair is replaced."""
        kept = {pair: given for pair, given in self.answers.items() if set(pair) != {first, second}}
        return replace(
            self,
            answers=MappingProxyType({**kept, (first, second): value}),
            left_out=self.left_out - {frozenset((first, second))},
        )

    def without_answer(self, first: str, second: str) -> ComparisonRoom:
        """Return the room that leaves a pair out: it does not know, which is not the same as equal."""
        kept = {pair: given for pair, given in self.answers.items() if set(pair) != {first, second}}
        return replace(
            self,
            answers=MappingProxyType(kept),
            left_out=self.left_out | {frozenset((first, second))},
        )

    def withdrawn(self) -> ComparisonRoom:
        """Return the room without its latest answer."""
        kept = dict(self.answers)
        if kept:
            kept.popitem()
        return replace(self, answers=MappingProxyType(kept), left_out=frozenset())

    @property
    def latest(self) -> Pair | None:
        """The pair that was answered last."""
        return next(reversed(list(self.answers)), None)

    @cached_property
    def sets(self) -> tuple[tuple[str, ...], ...]:
        """The sets of siblings that can be compared, the topmost first."""
        return tuple(labels for labels in self.criteria.siblings().values() if len(labels) > 1)

    @cached_property
    def _current(self) -> tuple[tuple[str, ...], Asking]:
        """The first siblings with a pair left, else the last ones, with what to ask among them."""
        for labels in self.sets[:-1]:
            asking = self._asking(labels)
            if asking.pair:
                return labels, asking
        return self.sets[-1], self._asking(self.sets[-1])

    @property
    def labels(self) -> tuple[str, ...]:
        """The siblings that are being compared now: the first set with a pair left, else the last one."""
        return self._current[0]

    @property
    def asking(self) -> Asking:
        """What to ask next among `labels`."""
        return self._current[1]

    def _asking(self, labels: tuple[str, ...]) -> Asking:
        left_out = [tuple(sorted(pair)) for pair in self.left_out if pair <= set(labels)]
        limit = SCALE_LIMITS[self.rules.comparison_scale] or 9.0
        return ask_next(self._among(labels), labels, [(one, two) for one, two in left_out], limit)

    def _among(self, labels: tuple[str, ...]) -> dict[Pair, float]:
        return {pair: value for pair, value in self.answers.items() if set(pair) <= set(labels)}

    def shown(self, labels: tuple[str, ...] | None = None) -> Comparing:
        """Return weights, consistency and circle of one set of siblings; the current one by default.

        After an answer the set of that answer is shown, even where the next pair is of another one.
        """
        chosen = labels or self._latest_set()
        lines = [(*pair, value) for pair, value in self._among(chosen).items()]
        matrix = judgement_matrix(lines, chosen, scale_limit=None)
        circle: tuple[str, ...] = ()
        if self.latest is not None and set(self.latest) <= set(chosen):
            circle = preference_circle(matrix, *self.latest)
        try:
            return Comparing(
                chosen,
                geometric_mean_weights(matrix),
                live_consistency(matrix, self.rules.random_index),
                circle,
            )
        except DisconnectedJudgements:
            return Comparing(chosen, pd.Series(np.nan, index=list(chosen)), None, circle)

    def _latest_set(self) -> tuple[str, ...]:
        if self.latest is None:
            return self.labels
        return next((labels for labels in self.sets if set(self.latest) <= set(labels)), self.labels)

    def written(self, session: Session) -> Session:
        """Return a session with the room's answers in place of its earlier ones; a new card is listed too.

        Other people's comparisons in it are kept and never shown.
        """
        lines = session.judgements.frame
        own = [(self.card, *pair, value) for pair, value in self.answers.items()]
        written = conform(
            pd.DataFrame(own, columns=[column.name for column in JUDGEMENT_COLUMNS]), JUDGEMENT_COLUMNS
        )
        others = lines[lines["participant"] != self.card]
        frame = pd.concat([others, written], ignore_index=True) if len(others) else written
        people = self._among_people(session.participants)
        return replace(session, judgements=Judgements(frame), participants=people)

    def _among_people(self, people: Participants) -> Participants:
        if self.card in people.labels or not self.answers:
            return people
        # The room is one voice about criteria; it holds no card for scoring.
        row = conform(pd.DataFrame({"participant": [self.card], "voting_right": [False]}), PEOPLE_COLUMNS)
        table = people.frame.reset_index()
        return Participants.from_table(pd.concat([table, row], ignore_index=True) if len(table) else row)


def own_lines(judgements: Judgements, card: str = ROOM_CARD) -> tuple[Line, ...]:
    """Return what one card has answered, in its order."""
    lines = judgements.frame
    own = lines[(lines["participant"] == card) & lines["value"].notna()]
    return tuple(
        (str(first), str(second), float(value))
        for first, second, value in zip(own["first"], own["second"], own["value"], strict=True)
    )


@dataclass(frozen=True, eq=False)
class Comparing:
    """What is shown about one set of siblings while the room answers.

    Attributes
    ----------
    labels : tuple of str
    weights : Series
        Local weight by criterion; missing as long as the answers do not link them all.
    consistency : IncompleteConsistency or None
        Against the linear random index of the answers so far.
    circle : tuple of str
        The circle that the latest answer closes; empty where it fits.
    """

    labels: tuple[str, ...]
    weights: pd.Series
    consistency: IncompleteConsistency | None
    circle: tuple[str, ...]
