"""The answers of the cards that count, as arrays in label order: the one source of every figure here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.domain.criteria import Measure
from workbench.domain.participants import group_of_card, is_bare_card
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.measures import anchored_utilities
from workbench.prioritisation import Outcome
from workbench.prioritisation.rounds import counting_round

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Answers:
    """One entry for each answer; a blank cell of a card is none.

    Never shown and never part of a result: these are people's points.

    Attributes
    ----------
    people, proposals, criteria : Index
        Sorted labels: who gave at least one answer, what the outcome lists, and the judged criteria.
    person, cell : array (answers,)
        Positions; a cell is ``proposal * len(criteria) + criterion``.
    points : array (answers,)
    """

    people: pd.Index
    proposals: pd.Index
    criteria: pd.Index
    person: Whole
    cell: Whole
    points: Floats

    def __len__(self) -> int:
        return len(self.points)

    def of_criterion(self, criterion: str) -> pd.DataFrame:
        """Return the points on one criterion: DataFrame, people x proposals, NaN without an answer."""
        position = self.criteria.get_loc(criterion)
        return self._table(self.cell % len(self.criteria) == position)

    def of_criteria(self, criteria: pd.Index) -> pd.DataFrame:
        """Return the points on some criteria: DataFrame, people x (proposal, criterion)."""
        table = np.full((len(self.people), len(self.proposals) * len(self.criteria)), np.nan)
        table[self.person, self.cell] = self.points
        columns = pd.MultiIndex.from_product([self.proposals, self.criteria])
        chosen = columns.get_level_values(1).isin(criteria)
        return pd.DataFrame(table[:, chosen], index=self.people, columns=columns[chosen])

    def _table(self, chosen: NDArray[np.bool_]) -> pd.DataFrame:
        table = np.full((len(self.people), len(self.proposals)), np.nan)
        table[self.person[chosen], self.cell[chosen] // len(self.criteria)] = self.points[chosen]
        return pd.DataFrame(table, index=self.people, columns=self.proposals)


def answers_of(session: Session, rules: Rules, outcome: Outcome) -> Answers:
    """Gather the answers behind an outcome.

    Marks of a tally tie nobody's answers together, a group's card and an agreed value are nobody's: none says
    how people agree, so all stay out.
    """
    lines = _judged_lines(session, rules, outcome)
    bare = [card for card in lines["participant"].unique() if is_bare_card(card)]
    return _gathered(lines[~lines["participant"].isin(bare)] if bare else lines, session, outcome)


def group_answers_of(session: Session, rules: Rules, outcome: Outcome) -> Answers:
    """Gather what groups answered together, a group in the place of a person.

    A proposal that also has people's cards is read from these.
    """
    lines = _judged_lines(session, rules, outcome)
    cards = lines["participant"].unique()
    of_groups = lines["participant"].isin([card for card in cards if group_of_card(card)])
    bare = lines["participant"].isin([card for card in cards if is_bare_card(card)])
    by_people = lines.loc[~bare, "proposal"].unique()
    return _gathered(lines[of_groups & ~lines["proposal"].isin(by_people)], session, outcome)


def _judged_lines(session: Session, rules: Rules, outcome: Outcome) -> pd.DataFrame:
    lines = counting_round(session.ballots.frame, rules.round)
    lines = lines[lines["points"].notna() & lines["proposal"].isin(outcome.table.index)]
    return lines[lines["criterion"].isin(_judged(session))]


def _judged(session: Session) -> pd.Index:
    frame = session.criteria.frame
    return frame.index[(frame["measure"] == Measure.JUDGED.value).to_numpy()].sort_values()


def _gathered(lines: pd.DataFrame, session: Session, outcome: Outcome) -> Answers:
    proposals = outcome.table.index.sort_values()
    criteria = _judged(session)
    people = pd.Index(sorted(lines["participant"].unique()), dtype="str", name="participant")
    cell = proposals.get_indexer(pd.Index(lines["proposal"])) * max(1, len(criteria))
    cell = cell + criteria.get_indexer(pd.Index(lines["criterion"]))
    person = people.get_indexer(pd.Index(lines["participant"]))
    order = np.lexsort((person, cell))  # by proposal, criterion, participant: all three are sorted labels
    return Answers(
        people=people,
        proposals=proposals,
        criteria=criteria,
        person=person[order],
        cell=cell[order],
        points=lines["points"].to_numpy(dtype=np.float64)[order],
    )


def personal_values(answers: Answers, session: Session, outcome: Outcome) -> pd.DataFrame:
    """Return what each person thinks of each proposal: DataFrame, people x proposals, 0..1, 1 is best.

    The weighted mean of the person's own answers between the anchors of the judged criteria; NaN where one of
    those that count is unanswered. Criteria that are looked up or measured are the same for everybody, so
    they say nothing about agreement and stay out.
    """
    weights = outcome.scoring.weights.reindex(answers.criteria).astype("float64")
    weights = weights if weights.sum() > 0 else weights.where(weights > 0, 1.0)
    total = np.zeros((len(answers.people), len(answers.proposals)))
    for criterion, weight in (weights / weights.sum()).items():
        if weight > 0:
            column = answers.of_criterion(str(criterion)).to_numpy().reshape(-1, 1)
            anchors = session.criteria.frame.loc[[criterion]]
            values = anchored_utilities(pd.DataFrame(column, columns=[criterion]), anchors).values  # noqa: PD011
            total += weight * values.to_numpy().reshape(total.shape)
    return pd.DataFrame(np.clip(total, 0.0, 1.0), index=answers.people, columns=answers.proposals)
