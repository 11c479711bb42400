"""Copeland's score and the Condorcet check: who wins its duels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.engine.rankings.pairwise import PairwiseTable, pairwise_table
from workbench.engine.rankings.places import competition_ranks
from workbench.engine.rankings.profile import Profile


@dataclass(frozen=True, eq=False)
class CopelandResult:
    """Duels won, with the pairwise table that people can check.

    Attributes
    ----------
    points : Series by proposal
        1 for a duel won, 1/2 for a tied one, 0 for a lost one.
    ranks : Series by proposal
        Most points first, ties share the place.
    condorcet_winner, condorcet_loser : label or None
        The proposal that wins (loses) every duel; None when there is none.
    not_compared : tuple of pairs
        Pairs that no participant compared; each counts as a tied duel.
    pairwise : PairwiseTable
    """

    points: pd.Series
    ranks: pd.Series
    condorcet_winner: object | None
    condorcet_loser: object | None
    not_compared: tuple[tuple[object, object], ...]
    pairwise: PairwiseTable


def copeland(room: Profile) -> CopelandResult:
    """Score every proposal by its duels: 1 won, 1/2 tied, 0 lost (Copeland 1951).

    A duel is decided by the participants who ranked both proposals and do not tie them. A duel in which
    nobody takes a side, because all tie or nobody ranked both, is tied.

    Examples
    --------
    >>> from workbench.engine.rankings.profile import profile_from_orders
    >>> result = copeland(profile_from_orders([(2, ["a", "b", "c"]), (1, ["c", "b", "a"])]))
    >>> result.points.to_dict(), result.condorcet_winner
    ({'a': 2.0, 'b': 1.0, 'c': 0.0}, 'a')
    """
    table = pairwise_table(room)
    margins = table.margins.to_numpy()
    others = len(margins) - 1
    won, lost = (margins > 0).sum(axis=1), (margins < 0).sum(axis=1)
    points = pd.Series(won + (others - won - lost) / 2, index=room.proposals)
    return CopelandResult(
        points=points,
        ranks=competition_ranks(points),
        condorcet_winner=_sole(room.proposals, won == others),
        condorcet_loser=_sole(room.proposals, lost == others) if others else None,
        not_compared=table.not_compared,
        pairwise=table,
    )


def _sole(names: pd.Index, holds: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> object | None:
    places = np.flatnonzero(holds)
    return names[places[0]] if len(places) else None
