"""The one calculation under other voices: cell values in, scores or a whole outcome out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from workbench.deliberation.answers import Answers, Floats
from workbench.deliberation.blocks import Blocks
from workbench.domain.ballots import Ballots
from workbench.domain.participants import Participants
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.allocation.program import SolverSettings
from workbench.engine.influence import Aggregation
from workbench.engine.measures import anchored_utilities
from workbench.prioritisation import Outcome, prioritise
from workbench.prioritisation.placing import Placed, place
from workbench.prioritisation.scoring import SCORING

ROOM = "(room)"
"""Card of the whole room in a recalculation."""


@dataclass(frozen=True, eq=False)
class Recalculation:
    """What a recalculation keeps: anchors, weights, conditions and ceiling. Only the cell values change."""

    session: Session
    rules: Rules
    outcome: Outcome
    answers: Answers
    solving: SolverSettings | None = None

    @cached_property
    def ranked(self) -> pd.Index:
        """Proposals that have a rank, sorted by label."""
        return self.outcome.table.index[self.outcome.table["rank"].notna()].sort_values()

    def scores(self, values: Floats, rows: pd.Index, proposals: pd.Index) -> pd.DataFrame:
        """Return scores by the method and on the fixed anchors of the rules: DataFrame, rows x proposals.

        Parameters
        ----------
        values : array (rows, proposals * criteria)
            Points of the judged cells, NaN where nobody is heard; a score that needs one is then missing.
        rows, proposals : Index
            Labels of the rows, and the proposals that are returned.
        """
        places = self.answers.proposals.get_indexer(proposals)
        shape = (len(rows), len(self.answers.proposals), len(self.answers.criteria))
        points = values.reshape(shape)[:, places]
        given = self.outcome.measures.loc[proposals]
        columns = {
            name: points[:, :, self.answers.criteria.get_loc(name)].ravel()
            if name in self.answers.criteria
            else np.tile(given[name].to_numpy(dtype=np.float64), len(rows))
            for name in given.columns
        }
        measures = pd.DataFrame(columns, columns=given.columns)
        utilities = anchored_utilities(measures, self.session.criteria.frame).values  # noqa: PD011 - ours
        method = SCORING[self.rules.scoring]
        scored = method(measures, utilities, self.outcome.weights.values, self.session.criteria)
        return pd.DataFrame(
            scored.scores.to_numpy().reshape(len(rows), len(proposals)), index=rows, columns=proposals
        )

    def placed(self, values: Floats) -> Placed:
        """Return ranks and funded list as if the room had filled in one card with these values.

        The same as `outcome_of`, without what no reading looks at. Not for rules under which people hold
        shares of the money: those look at the cards themselves.

        Parameters
        ----------
        values : array (proposals * criteria,)
        """
        given, frame = self.answers, self.session.criteria.frame
        scale = frame.loc[given.criteria]
        # A mean of answers lies on the scale but for the computer's rounding.
        low, high = scale["scale_min"].to_numpy(dtype=float), scale["scale_max"].to_numpy(dtype=float)
        points = np.clip(values.reshape(len(given.proposals), len(given.criteria)), low, high)
        cells = pd.DataFrame(points, index=given.proposals, columns=given.criteria)
        outcome = self.outcome
        return place(
            self.session,
            self.rules,
            outcome.screening.passed,
            outcome.weights.values,
            cells.reindex(index=outcome.measures.index, columns=frame.index),
            self.solving,
        )

    def outcome_of(self, values: Floats) -> Outcome:
        """Return the whole outcome as if the room had filled in one card with these values.

        Conditions, weights of the criteria, ties, the ceiling: everything else is `prioritise` itself.

        Parameters
        ----------
        values : array (proposals * criteria,)
        """
        return self.outcome_of_cards(pd.DataFrame(values[np.newaxis], index=[ROOM]))

    def outcome_of_cards(self, values: pd.DataFrame) -> Outcome:
        """Return the whole outcome as if these cards had been filled in, and no others.

        Parameters
        ----------
        values : DataFrame, cards x (proposals * criteria)
            Missing where a card says nothing.
        """
        row, cell = np.nonzero(values.notna().to_numpy())
        proposal, criterion = np.divmod(cell, len(self.answers.criteria))
        names = self.answers.criteria[criterion]
        scale = self.session.criteria.frame.loc[names]
        # A mean of answers lies on the scale but for the computer's rounding.
        low, high = scale["scale_min"].to_numpy(dtype=float), scale["scale_max"].to_numpy(dtype=float)
        cards = pd.Index([f"{ROOM} {label}" for label in values.index])
        ballots = pd.DataFrame(
            {
                "round": pd.array(np.ones(len(row), dtype=np.int64), dtype="Int64"),
                "participant": cards[row],
                "proposal": self.answers.proposals[proposal],
                "criterion": names,
                "points": np.clip(values.to_numpy()[row, cell], low, high),
            }
        )
        session = self.session.answered_by(self._with(cards), Ballots(ballots))
        return prioritise(session, self.rules, self.solving)

    def _with(self, cards: pd.Index) -> Participants:
        people = self.session.participants.frame
        rooms = people.iloc[:0].reindex(cards).rename_axis(index="participant")
        return Participants(pd.concat([people, rooms.astype(people.dtypes)]))


def aggregation_of(blocks: Blocks, again: Recalculation) -> Aggregation:
    """Return the scores of the ranked proposals under any voices, from blocks alone."""

    def aggregation(voices: pd.DataFrame) -> pd.DataFrame:
        values = blocks.heard(voices[again.answers.people].to_numpy())
        return again.scores(values, voices.index, again.ranked)

    return aggregation
