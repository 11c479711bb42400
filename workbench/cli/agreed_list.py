"""One list with what its cards say together: each part is calculated when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from workbench.deliberation import (
    Deliberation,
    Disputed,
    OpinionsFound,
    PairSupport,
    PriorityConsensus,
    RoundChanges,
    Voices,
    WeightedReading,
    deliberate,
    disputed,
    find_opinions,
    priority_consensus,
    round_changes,
    support_of,
    weighted_reading,
    whose_voice,
)
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.prioritisation import Outcome, prioritise
from workbench.store.solver_output import QUIET

Stated = tuple[str, dict[str, float]]
"""A grouping, and the weights of its groups."""


@dataclass(frozen=True)
class AgreedList:
    """One list with what its cards say together.

    Attributes
    ----------
    session : Session
    rules : Rules
    expected : tuple of str
        Constituencies that should be present.
    stated : Stated or None
        Weights that were asked for.
    """

    session: Session
    rules: Rules
    expected: tuple[str, ...]
    stated: Stated | None

    @cached_property
    def outcome(self) -> Outcome:
        """The ranking."""
        return prioritise(self.session, self.rules, QUIET)

    @cached_property
    def together(self) -> Deliberation:
        """Readings, spread, agreement and attendance."""
        return deliberate(self.session, self.rules, self.outcome, self.expected, QUIET)

    @cached_property
    def weighted(self) -> WeightedReading | None:
        """The reading with the weights asked for; None where none were."""
        if self.stated is None:
            return None
        grouping, weights = self.stated
        return weighted_reading(self.session, self.rules, self.outcome, grouping, weights, QUIET)

    @cached_property
    def voices(self) -> Voices:
        """Whose voice decides."""
        return whose_voice(self.session, self.rules, self.outcome)

    @cached_property
    def opinions(self) -> OpinionsFound:
        """Groups of like answers, where there are any."""
        return find_opinions(self.session, self.rules, self.outcome)

    @cached_property
    def support(self) -> PairSupport:
        """Who stands behind the order of neighbours."""
        return support_of(self.session, self.rules, self.outcome)

    @cached_property
    def priorities(self) -> tuple[PriorityConsensus, ...]:
        """Agreement on the weights of criteria."""
        return priority_consensus(self.session, self.rules)

    @cached_property
    def disputed(self) -> Disputed:
        """What is to be asked again."""
        return disputed(self.session, self.rules, QUIET)

    @cached_property
    def changes(self) -> RoundChanges | None:
        """What moved between the last two rounds; None where there was one."""
        return round_changes(self.session, self.rules, QUIET)
