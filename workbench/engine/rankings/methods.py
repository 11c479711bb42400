"""The rank methods by name, and many weightings of one room under any of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from workbench.engine.rankings.borda import borda, borda_by_voices
from workbench.engine.rankings.copeland import copeland
from workbench.engine.rankings.kemeny import kemeny
from workbench.engine.rankings.profile import Profile
from workbench.engine.rankings.schulze import schulze
from workbench.errors import UnknownMethod, same_labels


def borda_ranks(room: Profile) -> pd.Series:
    """Rank by Borda's count."""
    return borda(room).ranks


def copeland_ranks(room: Profile) -> pd.Series:
    """Rank by duels won."""
    return copeland(room).ranks


def schulze_ranks(room: Profile) -> pd.Series:
    """Rank by Schulze's beatpaths, winning votes."""
    return schulze(room).ranks.astype("float64")


def kemeny_ranks(room: Profile) -> pd.Series:
    """Rank by Kemeny's order."""
    return kemeny(room).ranks


METHODS: Mapping[str, Callable[[Profile], pd.Series]] = MappingProxyType(
    {"borda": borda_ranks, "copeland": copeland_ranks, "schulze": schulze_ranks, "kemeny": kemeny_ranks}
)


def rank(room: Profile, method: str) -> pd.Series:
    """Rank the proposals of a room by a named method.

    Returns
    -------
    Series by proposal
        1 is best, ties share the place.

    Raises
    ------
    UnknownMethod

    Examples
    --------
    >>> from workbench.engine.rankings.profile import profile_from_orders
    >>> rank(profile_from_orders([(2, "ab"), (1, "ba")]), "kemeny").to_dict()
    {'a': 1.0, 'b': 2.0}
    """
    if method not in METHODS:
        raise UnknownMethod(subject="rank method", name=method, known=tuple(METHODS))
    return METHODS[method](room)


def scores_by_voices(room: Profile, voices: pd.DataFrame, method: str = "borda") -> pd.DataFrame:
    """Score the proposals under many weightings of the same rankings.

    The shape that `workbench.engine.influence` asks of an aggregation.

    Parameters
    ----------
    room : Profile
        Its own weights are not used.
    voices : DataFrame, voices x participants
        One weighting a row; a row of zeros scores nothing (NaN).
    method : str
        A name of `METHODS`. Borda is computed for all rows at once and gives mean points; the others give
        minus the place, one calculation a row.

    Returns
    -------
    DataFrame, voices x proposals
        More is better; only the order counts.

    Raises
    ------
    UnknownMethod, LabelMismatch

    Examples
    --------
    >>> from workbench.engine.rankings.profile import profile_from_orders
    >>> room = profile_from_orders([(1, "ab"), (1, "ba")])
    >>> voices = pd.DataFrame([[2, 1]], index=["first twice"], columns=room.participants)
    >>> scores_by_voices(room, voices, "kemeny").iloc[0].tolist()
    [-1.0, -2.0]
    """
    if method not in METHODS:
        raise UnknownMethod(subject="rank method", name=method, known=tuple(METHODS))
    same_labels("voices of participants", room.participants, voices.columns)
    if method == "borda":
        return borda_by_voices(room, voices)
    weights = voices[room.participants].to_numpy(dtype="float64")
    scores = np.full((len(voices), len(room.proposals)), np.nan)
    for row, given in enumerate(weights):
        if given.sum() > 0:
            heard = Profile(room.ranks, pd.Series(given, index=room.participants))
            scores[row] = -METHODS[method](heard).to_numpy()
    return pd.DataFrame(scores, index=voices.index, columns=room.proposals)
