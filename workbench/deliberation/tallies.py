"""What a tally says of the room: how many gave which points, cell by cell, and nothing across cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.domain.criteria import Measure
from workbench.domain.participants import TALLY_CARD, is_bare_card
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.measures import anchored_utilities
from workbench.prioritisation import Outcome
from workbench.prioritisation.rounds import counting_round

EMPTY = pd.DataFrame(columns=pd.MultiIndex.from_arrays([[], []], names=["proposal", "criterion"]))
"""No tally."""


@dataclass(frozen=True, eq=False)
class Tally:
    """Marks by cell: a column holds as many numbers as marks were counted in its cell, NaN beyond the last.

    A row ties nothing together: the first mark of one cell and of another are not the same person's. It holds
    no card and no order of keying.

    Attributes
    ----------
    marks : DataFrame, marks x (proposal, criterion)
        In points of the criterion.
    utilities : DataFrame, marks x (proposal, criterion)
        Criteria that count, between their anchors: 0 is worst, 1 is best. On one criterion these are the
        values that the same points on cards would have (`personal_values`).
    """

    marks: pd.DataFrame
    utilities: pd.DataFrame

    @property
    def proposals(self) -> tuple[str, ...]:
        """The proposals with marks, in label order."""
        return tuple(map(str, self.marks.columns.get_level_values("proposal").unique()))


def tally_of(session: Session, rules: Rules, outcome: Outcome) -> Tally:
    """Gather the marks that count; a proposal that also has people's cards is read from the cards.

    Parameters
    ----------
    session, rules
        As for `prioritise`.
    outcome : Outcome
        Of exactly these.
    """
    marks = _marks(session, rules, outcome)
    weights = outcome.scoring.weights
    counts = weights.index[(weights > 0) | (weights.sum() <= 0)]
    weighed = marks.loc[:, marks.columns.get_level_values("criterion").isin(counts)]
    return Tally(marks, _between_anchors(weighed, session))


def _marks(session: Session, rules: Rules, outcome: Outcome) -> pd.DataFrame:
    lines = counting_round(session.ballots.frame, rules.round)
    cards = [str(card) for card in lines["participant"].unique()]
    marks = [card for card in cards if card.startswith(f"{TALLY_CARD}-")]
    if not marks:
        return EMPTY
    frame = session.criteria.frame
    judged = frame.index[(frame["measure"] == Measure.JUDGED.value).to_numpy()]
    lines = lines[lines["points"].notna() & lines["criterion"].isin(judged)]
    of_people = lines.loc[
        ~lines["participant"].isin([card for card in cards if is_bare_card(card)]), "proposal"
    ]
    lines = lines[lines["participant"].isin(marks) & ~lines["proposal"].isin(of_people.unique())]
    lines = lines[lines["proposal"].isin(outcome.table.index)]
    found = lines.set_index(["participant", "proposal", "criterion"])["points"].astype("float64")
    return found.unstack(["proposal", "criterion"]).sort_index(axis="columns")  # noqa: PD010 - not a pivot


def _between_anchors(marks: pd.DataFrame, session: Session) -> pd.DataFrame:
    """Place all cells of a criterion between its anchors at once."""
    placed = marks.copy()
    of_criterion = marks.columns.get_level_values("criterion")
    for criterion in of_criterion.unique():
        chosen = of_criterion == criterion
        points = marks.loc[:, chosen].to_numpy()
        column = pd.DataFrame(points.reshape(-1, 1), columns=[criterion])
        found = anchored_utilities(column, session.criteria.frame.loc[[criterion]]).values  # noqa: PD011
        placed.loc[:, chosen] = np.clip(found.to_numpy().reshape(points.shape), 0.0, 1.0).round(9)
    return placed
