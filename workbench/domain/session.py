"""A session (musyawarah): proposals, criteria, people, cards, conditions and ceiling, checked together."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field, replace

import pandas as pd

from workbench.domain import ballots as cards
from workbench.domain import budget as money
from workbench.domain.ballots import Ballots, Gates, Judgements
from workbench.domain.bands import Bands
from workbench.domain.budget import Budget
from workbench.domain.checks import problem_at, raise_if_any
from workbench.domain.condition_checks import check as check_conditions
from workbench.domain.conditions import Conditions
from workbench.domain.criteria import Criteria, Measure
from workbench.domain.facts import Facts
from workbench.domain.judgements import check_judgements
from workbench.domain.participants import Participants
from workbench.domain.preferences import Preferences, check_preferences
from workbench.domain.proposals import Proposals
from workbench.domain.regions import Regions, lies_in
from workbench.errors import Problem, same_labels


@dataclass(frozen=True)
class Session:
    """Everything that one calculation needs, frozen.

    Attributes
    ----------
    facts, proposals, criteria, participants, ballots, judgements, preferences, gates, budget
        The checked tables.
    regions : Regions
        The names and the edition of the codes in use.
    conditions : Conditions
        What a plan must keep: shares, counts, dependencies, commitments.
    bands : Bands
        Names for parts of the score, for reading it alone.
    notes : tuple of Problem
        What a person should know about the input: rows set aside, values used as they stand.
    """

    facts: Facts
    proposals: Proposals
    criteria: Criteria
    regions: Regions
    participants: Participants = field(default_factory=lambda: Participants.from_table(pd.DataFrame()))
    ballots: Ballots = field(default_factory=Ballots.empty)
    judgements: Judgements = field(default_factory=Judgements.empty)
    preferences: Preferences = field(default_factory=Preferences.empty)
    gates: Gates = field(default_factory=Gates.empty)
    budget: Budget = field(default_factory=Budget.empty)
    conditions: Conditions = field(default_factory=Conditions.empty)
    bands: Bands = field(default_factory=Bands.empty)
    notes: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        raise_if_any(self.check())

    def check(self) -> list[Problem]:
        """Name what does not fit between the tables, all at once."""
        columns = self.criteria.frame.loc[self.criteria.frame["measure"] != Measure.JUDGED, "column"]
        absent = columns[~columns.isin(self.proposals.frame.columns)]
        return [
            *(
                problem_at(None, "criterion_column_missing", "column", name, criterion=label)
                for label, name in absent.items()
            ),
            *cards.check_ballots(self.ballots.frame, self.proposals, self.criteria, self.participants),
            *check_judgements(self.judgements.frame, self.criteria, self.participants),
            *check_preferences(self.preferences.frame, self.criteria, self.participants),
            *cards.check_gates(self.gates.frame, self.proposals),
            *money.check(self.budget.frame),
            *check_conditions(self.conditions.frame),
        ]

    def tried(self, criteria: Criteria | None = None, budget: Budget | None = None) -> Session:
        """Return the session with other weights or another ceiling, without checking its tables again.

        A slider asks for this many times a second, and neither can make a checked session contradict itself
        as long as the criteria keep their labels.

        Raises
        ------
        LabelMismatch
            Where the criteria are others.
        """
        if criteria is not None:
            same_labels("criteria", self.criteria.labels, criteria.labels)
        given = {"criteria": criteria, "budget": budget}
        return self._unchecked(**{name: table for name, table in given.items() if table is not None})

    def answered_by(self, participants: Participants, ballots: Ballots) -> Session:
        """Return the session with other cards, without checking its tables again.

        For cards that are made of a checked session's own answers: as if its groups had filled them in.
        """
        return self._unchecked(participants=participants, ballots=ballots)

    def noted(self, notes: tuple[Problem, ...]) -> Session:
        """Return the session with other notes; its tables are not checked again."""
        return self._unchecked(notes=notes)

    def _unchecked(self, **tables: object) -> Session:
        made = copy(self)
        for name, table in tables.items():
            object.__setattr__(made, name, table)
        return made

    def within(self, region: str) -> Session:
        """Return the session of one district or village.

        Weights belong to the whole session, so all comparisons of criteria stay; participants stay who live
        there, scored a proposal there, or compared criteria.
        """
        return self._restricted(
            self.proposals.within(region),
            self.budget.within(region),
            replace(self.facts, region=region, region_name=self.regions.name(region)),
            lives_there=lies_in(self.participants.frame["region"], region),
        )

    def of_proposals(self, proposals: Proposals) -> Session:
        """Return the session with fewer proposals and the cards and conditions that belong to them."""
        everyone = pd.Series(data=True, index=self.participants.labels)
        return self._restricted(proposals, self.budget, self.facts, lives_there=everyone)

    def _restricted(
        self, proposals: Proposals, budget: Budget, facts: Facts, lives_there: pd.Series[bool]
    ) -> Session:
        lines = self.ballots.frame[self.ballots.frame["proposal"].isin(proposals.labels)]
        people = self.participants.frame
        weighing = {*self.judgements.frame["participant"], *self.preferences.frame["participant"]}
        active = people.index.isin(lines["participant"]) | people.index.isin(weighing)
        gates = self.gates.frame[self.gates.frame["proposal"].isin(proposals.labels)]
        kept = set(proposals.labels)
        # What refers to a proposal goes with it, and whoever is referred to stays: nothing to check again.
        return self._unchecked(
            facts=facts,
            proposals=proposals,
            budget=budget,
            conditions=self.conditions.among(proposals),
            participants=Participants(people[lives_there.to_numpy() | active]),
            ballots=Ballots(lines.reset_index(drop=True)),
            gates=Gates(gates.reset_index(drop=True)),
            notes=tuple(note for note in self.notes if _is_about(note, kept, facts.region)),
        )


def _is_about(note: Problem, proposals: set[str], region: str) -> bool:
    return note.facts.get("proposal") in proposals or (bool(region) and note.facts.get("district") == region)
