"""Whose points would be a few people's: what of a proposal may be shown, and what may be published."""

from __future__ import annotations

import pandas as pd

from workbench.domain.criteria import Criteria, Measure
from workbench.domain.participants import AGREED_CARD
from workbench.engine.aggregation import CellValues


def thinly_scored(
    ballots: pd.DataFrame, cells: CellValues, criteria: Criteria, minimum: int
) -> frozenset[str]:
    """Name the proposals with a judged cell that fewer people than a minimum answered, but somebody did.

    Points that the forum agreed on together are nobody's own and hide nothing.

    Parameters
    ----------
    ballots : DataFrame
        The cards that count.
    cells : CellValues
        Of these cards.
    criteria : Criteria
    minimum : int

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
    own = ballots[(ballots["participant"] != AGREED_CARD) & ballots["points"].notna()]
    return frozenset(map(str, few.index[few & few.index.isin(own["proposal"])]))


def unpublished(table: pd.DataFrame, thin: frozenset[str]) -> frozenset[str]:
    """Name the proposals whose scores are not published: those that few people scored, and their equals.

    The score of one that few people scored is their own, of one person even that person's; who shares a rank
    with it has the same score. The rank itself is the decision and stays.

    Parameters
    ----------
    table : DataFrame
        The outcome's table.
    thin : frozenset of str
        From `thinly_scored`.

    Examples
    --------
    >>> ranks = pd.DataFrame({"rank": [1, 2, 2, None]}, index=["a", "b", "c", "d"])
    >>> sorted(unpublished(ranks, frozenset({"b"})))
    ['b', 'c']
    """
    ranks = table["rank"]
    shared = ranks[ranks.index.isin(thin)].dropna()
    return thin | frozenset(map(str, ranks.index[ranks.isin(shared)]))
