"""The one calculation under other voices: cell values in, scores or a whole outcome out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbench.deliberation.answers import Answers, Floats
from workbench.domain.ballots import Ballots
from workbench.domain.participants import Participants
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.measures import anchored_utilities
from workbench.prioritisation import Outcome, prioritise
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

    @property
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

    def outcome_of(self, values: Floats) -> Outcome:
        """Return the whole outcome as if the room had filled in one card with these values.

        Conditions, weights of the criteria, ties, the ceiling: everything else is `prioritise` itself.

        Parameters
        ----------
        values : array (proposals * criteria,)
        """
        given = np.flatnonzero(~np.isnan(values))
        proposal, criterion = np.divmod(given, len(self.answers.criteria))
        names = self.answers.criteria[criterion]
        scale = self.session.criteria.frame.loc[names]
        # A mean of answers lies on the scale but for the computer's rounding.
        low, high = scale["scale_min"].to_numpy(dtype=float), scale["scale_max"].to_numpy(dtype=float)
        card = pd.DataFrame(
            {
                "round": pd.array(np.ones(len(given), dtype=np.int64), dtype="Int64"),
                "participant": ROOM,
                "proposal": self.answers.proposals[proposal],
                "criterion": names,
                "points": np.clip(values[given], low, high),
            }
        )
        return prioritise(
            replace(self.session, participants=self._with_room(), ballots=Ballots(card)), self.rules
        )

    def _with_room(self) -> Participants:
        people = self.session.participants.frame
        room = people.iloc[:1].reindex([ROOM]).rename_axis(index="participant")
        return Participants(pd.concat([people, room.astype(people.dtypes)]))
