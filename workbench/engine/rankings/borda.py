"""Borda's count, with ties and unranked proposals, for one weighting or many at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.engine.rankings.places import competition_ranks
from workbench.engine.rankings.profile import Floats, Profile
from workbench.errors import same_labels


@dataclass(frozen=True, eq=False)
class BordaResult:
    """Result of Borda's count with its steps.

    Attributes
    ----------
    points : Series by proposal
        Total points: in complete rankings of m proposals m-1 for a first place down to 0 for a last one.
    average_rank : Series by proposal
        Mean place over the room (1 to m); the order is the same, the smallest first.
    compared : Series by proposal
        Weight of the comparisons behind each proposal; 0 means that nobody compared it.
    ranks : Series by proposal
        Most points first, ties share the place; NaN where nobody compared it.
    """

    points: pd.Series
    average_rank: pd.Series
    compared: pd.Series
    ranks: pd.Series


def borda(room: Profile) -> BordaResult:
    """Score every proposal by the comparisons that it wins.

    Complete rankings: a proposal gets one point for every proposal ranked below it and half a point for every
    other one tied with it, which is Borda's count with average ranks (Borda 1781; Black 1976 for ties).
    Incomplete rankings: a participant compares only what that participant ranked. A proposal's points are the
    share of its comparisons that it wins, times (m-1), times the weight of the room, so that being ranked by
    few is neither a loss nor a gain; with complete rankings this is the count above.

    Examples
    --------
    >>> from workbench.engine.rankings.profile import profile_from_orders
    >>> room = profile_from_orders([(42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM")])
    >>> borda(room).points.to_dict()
    {'C': 173.0, 'K': 107.0, 'M': 126.0, 'N': 194.0}
    """
    won, compared = _comparisons(room.ranks.to_numpy())
    weights = room.weights.to_numpy()
    total_won, total_compared = weights @ won, weights @ compared
    places = len(room.proposals) - 1
    mean_points = _mean_points(total_won, total_compared, places)
    # A complete room divides nothing: its points stay the whole or half numbers that people count by hand.
    points = total_won if room.is_complete else mean_points * weights.sum()
    labelled = pd.Series(points, index=room.proposals)
    return BordaResult(
        points=labelled,
        average_rank=pd.Series(places + 1 - mean_points, index=room.proposals),
        compared=pd.Series(total_compared, index=room.proposals),
        ranks=competition_ranks(labelled),
    )


def borda_by_voices(room: Profile, voices: pd.DataFrame) -> pd.DataFrame:
    """Give Borda's mean points under many weightings of the same rankings at once.

    Parameters
    ----------
    room : Profile
        Its own weights are not used.
    voices : DataFrame, voices x participants
        One weighting a row: a coalition, a resample of the room, the room without one group.

    Returns
    -------
    DataFrame, voices x proposals
        Mean points 0 to m-1, more is better; NaN where a weighting compares a proposal with nothing.

    Raises
    ------
    LabelMismatch
        When the columns of ``voices`` are not the participants of the profile.

    Examples
    --------
    >>> from workbench.engine.rankings.profile import profile_from_orders
    >>> room = profile_from_orders([(1, ["a", "b"]), (1, ["b", "a"])])
    >>> voices = pd.DataFrame([[1, 1], [1, 0]], index=["all", "first"], columns=room.participants)
    >>> borda_by_voices(room, voices).loc["first"].tolist()
    [1.0, 0.0]
    """
    same_labels("voices of participants", room.participants, voices.columns)
    weights = voices[room.participants].to_numpy(dtype="float64")
    won, compared = _comparisons(room.ranks.to_numpy())
    means = _mean_points(weights @ won, weights @ compared, len(room.proposals) - 1)
    return pd.DataFrame(means, index=voices.index, columns=room.proposals)


def _comparisons(ranks: Floats) -> tuple[Floats, Floats]:
    """Give for every participant and proposal the comparisons won (ties half) and made."""
    known = ~np.isnan(ranks)
    ranked = known.sum(axis=1, keepdims=True).astype("float64")
    won = np.where(known, ranked - np.where(known, ranks, 0.0), 0.0)
    return won, np.where(known, ranked - 1.0, 0.0)


def _mean_points(won: Floats, compared: Floats, places: int) -> Floats:
    share = np.divide(won, compared, out=np.full(won.shape, np.nan), where=compared > 0)
    # A lone proposal is compared with nothing and still has its place.
    return np.zeros(won.shape) if places == 0 else share * places
