"""Whose points and totals would be a few people's: what of a proposal may be shown to anybody."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import numpy as np
import pandas as pd

from workbench.domain.criteria import Criteria, Measure
from workbench.domain.participants import AGREED_CARD
from workbench.engine.aggregation import CellValues


def thinly_scored(
    ballots: pd.DataFrame,
    cells: CellValues,
    criteria: Criteria,
    minimum: int,
    of_groups: AbstractSet[str] = frozenset(),
) -> frozenset[str]:
    """Name the proposals with a judged cell that fewer people than a minimum answered, but somebody did.

    Points that the forum, or a group of at least the minimum, agreed on together are nobody's own and hide
    nothing.

    Parameters
    ----------
    ballots : DataFrame
        The cards that count.
    cells : CellValues
        Of these cards.
    criteria : Criteria
    minimum : int
    of_groups : set of str
        Cards of groups with at least the minimum of members (`Participants.cards_of_groups`).

    Examples
    --------
    >>> from workbench.engine.aggregation import aggregate_cells
    >>> frame = pd.DataFrame({"criterion": ["K"], "name": "Mendesak", "weight": 1.0, "measure": "judged"})
    >>> criteria = Criteria.from_tables(frame.assign(scale_min=1.0, scale_max=5.0))
    >>> cards = pd.DataFrame({"participant": ["1"], "proposal": "road", "criterion": "K", "points": 4.0})
    >>> cells = aggregate_cells(cards, pd.Index(["road"]), pd.Index(["K"]))
    >>> sorted(thinly_scored(cards, cells, criteria, 5))
    ['road']
    """
    judged = criteria.labels[(criteria.frame["measure"] == Measure.JUDGED.value).to_numpy()]
    answers = cells.answers.reindex(columns=judged)
    few = ((answers > 0) & (answers < minimum)).any(axis="columns")
    own = ballots[~ballots["participant"].isin({AGREED_CARD, *of_groups}) & ballots["points"].notna()]
    return frozenset(map(str, few.index[few & few.index.isin(own["proposal"])]))


def withheld_scores(ranks: pd.Series, scores: pd.Series, thin: frozenset[str]) -> frozenset[str]:
    """Name the proposals whose total score is shown to nobody: few people's, and whatever would tell it.

    The total of one that few people scored is their own, of one person even that person's. Who shares a rank
    with it has the same total, and shown totals less than `NEAR` from it would bracket it closely.
    Rank, cost, decision and reason stay: they are what the forum decides about.

    Parameters
    ----------
    ranks : Series
        Rank by proposal, missing for the unranked.
    scores : Series
        Score by proposal, of all that are ranked.
    thin : frozenset of str
        From `thinly_scored`.

    Examples
    --------
    >>> ranks = pd.Series({"a": 1, "b": 2, "c": 2, "d": 4, "e": None})
    >>> scores = pd.Series({"a": 80.0, "b": 60.0, "c": 60.0, "d": 59.6})
    >>> sorted(withheld_scores(ranks, scores, frozenset({"b"})))
    ['b', 'c', 'd']
    """
    ranked = ranks.dropna()
    few = ranked.index.isin(thin)
    if not few.any():
        return thin
    totals = scores.reindex(ranked.index).to_numpy(dtype=np.float64)
    places = ranked.to_numpy(dtype=np.int64)
    near = np.abs(np.subtract.outer(totals, totals[few])) < NEAR
    near |= np.equal.outer(places, places[few])
    return thin | frozenset(map(str, ranked.index[near.any(axis=1)]))


NEAR = 0.5
"""Points of a hundred. A rank cannot be hidden, so it brackets the total by those shown above and below:
never closer than this on either side."""
