"""Cards as the rules that share money read them: who supports which proposal, and how strongly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.domain.criteria import Measure
from workbench.domain.session import Session
from workbench.engine.measures import anchored_utilities
from workbench.prioritisation.rounds import counting_round

FULL_SUPPORT = 100
"""Points on a ballot of a proposal that a participant placed at the best end of every judged scale."""


@dataclass(frozen=True)
class Support:
    """The cards as the rules that share money read them.

    Attributes
    ----------
    ballots : DataFrame of int, participants by proposals
        0..`FULL_SUPPORT`; positive where a participant placed a proposal above the mean of the own complete
        cards (where all are equal: for all of them); zero elsewhere. Participants without a complete card
        among the competing proposals are left out.
    unscored : tuple of str
        Competing proposals on which nobody has a complete card: no rule that shares money can fund them.
    """

    ballots: pd.DataFrame
    unscored: tuple[str, ...]

    @classmethod
    def unread(cls, proposals: pd.Index) -> Support:
        """Return that no card was read, for rules that look at scores alone."""
        return cls(pd.DataFrame(columns=proposals), ())


def support_of(session: Session, weights: pd.Series, limit: int, proposals: pd.Index) -> Support:
    """Return the cards of the round that counts as ballots over some proposals.

    A participant's points on the judged criteria are placed on their declared scales and weighed as in the
    outcome. A card with a blank counts as no card: a blank is never a zero and never guessed. What lies above
    the participant's own mean is support, so that strict and generous hands weigh alike.

    Parameters
    ----------
    session : Session
    weights : Series
        By criterion, as in the outcome.
    limit : int
        `Rules.round`.
    proposals : Index
        The proposals that compete.

    Returns
    -------
    Support
    """
    return Cards.of(session, limit, proposals).support(weights, proposals)


@dataclass(frozen=True)
class Cards:
    """The complete cards of a session, placed on their scales, to be weighed once or many times.

    Attributes
    ----------
    placed : DataFrame of float, (participant, proposal) by judged criterion
        0 at the worst end of the declared scale, 1 at the best.
    """

    placed: pd.DataFrame

    @classmethod
    def of(cls, session: Session, limit: int, proposals: pd.Index) -> Cards:
        """Return the cards of the round that counts over some proposals; arguments as `support_of`."""
        judged = session.criteria.labels[session.criteria.frame["measure"] == Measure.JUDGED]
        cells = counting_round(session.ballots.frame, limit)
        cells = cells[cells["proposal"].isin(proposals) & cells["criterion"].isin(judged)]
        if cells.empty:
            return cls(pd.DataFrame(columns=judged))
        points = cells.set_index(["participant", "proposal", "criterion"])["points"]
        given = points.unstack("criterion").reindex(columns=judged).dropna()  # noqa: PD010 - nothing to aggregate
        return cls(anchored_utilities(given, session.criteria.frame.loc[given.columns]).values)

    def support(self, weights: pd.Series, proposals: pd.Index) -> Support:
        """Return the cards as ballots over some of their proposals, under some weights by criterion."""
        held = self.placed
        if len(held):
            held = held[held.index.get_level_values("proposal").isin(proposals)]
        if held.empty:
            return Support(pd.DataFrame(columns=proposals), tuple(proposals))
        worth = _worth(held, weights)
        ballots = worth.unstack("proposal").reindex(columns=proposals).sort_index()  # noqa: PD010 - as above
        level = ballots.max(axis="columns") == ballots.min(axis="columns")
        liked = ballots.gt(ballots.mean(axis="columns"), axis="index")
        liked |= ballots.notna() & level.to_numpy()[:, np.newaxis]
        given = ballots.where(liked).clip(lower=1).fillna(0).astype("int64")
        return Support(given, tuple(proposals[ballots.isna().all(axis="index")].tolist()))


def _worth(placed: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Return what every card gives its proposal, in whole points of `FULL_SUPPORT`."""
    heavy = weights.loc[placed.columns].to_numpy(dtype=float)
    if not heavy.sum() > 0:  # the judged criteria count nothing: the cards still say what people want
        heavy = np.ones_like(heavy)
    shares = placed.to_numpy() @ (heavy / heavy.sum())
    return pd.Series(np.rint(shares * FULL_SUPPORT), index=placed.index)
