"""Schulze's beatpath method."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from workbench.engine.rankings.pairwise import PairwiseTable, pairwise_table
from workbench.engine.rankings.places import TIE_TOLERANCE
from workbench.engine.rankings.profile import Floats, Profile
from workbench.errors import UnknownMethod


def winning_votes(table: PairwiseTable) -> Floats:
    """Measure a won duel by the weight that won it; lost and tied duels have no strength."""
    return np.where(table.margins.to_numpy() > 0, table.wins.to_numpy(), 0.0)


def margins(table: PairwiseTable) -> Floats:
    """Measure a won duel by its lead; lost and tied duels have no strength."""
    leads: Floats = np.maximum(table.margins.to_numpy(), 0.0)
    return leads


STRENGTHS: Mapping[str, Callable[[PairwiseTable], Floats]] = MappingProxyType(
    {"winning_votes": winning_votes, "margins": margins}
)
"""Ways to measure how strongly a duel was won. They agree when everybody ranks everything without ties."""


@dataclass(frozen=True, eq=False)
class SchulzeResult:
    """Beatpaths and the order that follows.

    Attributes
    ----------
    ranks : Series by proposal
        1 + the number of proposals that beat it; proposals that do not beat each other may share a place.
    beats : DataFrame, proposals x proposals
        True where the row's strongest path to the column is stronger than the way back.
    paths : DataFrame, proposals x proposals
        Strength of the strongest path (the weakest duel on the best way).
    strength : str
        How a duel was measured, a name of `STRENGTHS`.
    """

    ranks: pd.Series
    beats: pd.DataFrame
    paths: pd.DataFrame
    strength: str


def schulze(room: Profile, strength: str = "winning_votes") -> SchulzeResult:
    """Order proposals by strongest paths of won duels (Schulze 2011), O(m^3).

    A participant who ties two proposals or ranks only one of them takes no side in their duel.

    Parameters
    ----------
    room : Profile
    strength : str
        ``"winning_votes"`` (Schulze's recommendation) or ``"margins"``; the choice can matter once there are
        ties or unranked proposals.

    Raises
    ------
    UnknownMethod
        For another ``strength``.

    Examples
    --------
    >>> from workbench.engine.rankings.profile import profile_from_orders
    >>> schulze(profile_from_orders([(2, ["a", "b", "c"]), (1, ["c", "a", "b"])])).ranks.to_dict()
    {'a': 1, 'b': 2, 'c': 3}
    """
    if strength not in STRENGTHS:
        raise UnknownMethod(subject="schulze strength", name=strength, known=tuple(STRENGTHS))
    paths = widest_paths(STRENGTHS[strength](pairwise_table(room)))
    beats = paths - paths.T > TIE_TOLERANCE * room.weights.sum()
    names = room.proposals
    return SchulzeResult(
        ranks=pd.Series(beats.sum(axis=0) + 1, index=names),
        beats=pd.DataFrame(beats, names, names),
        paths=pd.DataFrame(paths, names, names),
        strength=strength,
    )


def widest_paths(strengths: Floats) -> Floats:
    """Find the strongest path between any two items, a path being as strong as its weakest step.

    Takes a square array of direct strengths; the diagonal of the answer is zero.

    Examples
    --------
    >>> widest_paths(np.array([[0.0, 5.0, 0.0], [0.0, 0.0, 3.0], [1.0, 0.0, 0.0]]))[0].tolist()
    [0.0, 5.0, 3.0]
    """
    paths = strengths.copy()
    for via in range(len(paths)):
        np.maximum(paths, np.minimum(paths[:, [via]], paths[[via], :]), out=paths)
    np.fill_diagonal(paths, 0.0)
    return paths
