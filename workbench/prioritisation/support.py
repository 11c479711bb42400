"""Cards as the rules that share money read them: who supports which proposal, and how strongly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.domain.criteria import Measure
from workbench.domain.session import Session
from workbench.engine.measures import anchored_utilities
from workbench.prioritisation.rounds import counting_round

Floats = NDArray[np.float64]

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
        if self.placed.empty:
            return Support(pd.DataFrame(columns=proposals), tuple(proposals))
        row, column, people, listed = self._cells
        every = np.full((len(people), len(listed) + 1), np.nan)  # the last column: of nobody's cards
        every[row, column] = _worth(self.placed, weights)
        worth = every[:, listed.get_indexer(proposals)]
        present = ~np.isnan(worth)
        there = present.any(axis=1)
        worth, present = worth[there], present[there]
        ballots = pd.DataFrame(_liked(worth, present), index=people[there], columns=proposals)
        return Support(ballots, tuple(proposals[~present.any(axis=0)].tolist()))

    @cached_property
    def _cells(self) -> _Cells:
        """Return where every card stands in a table of participants by proposals."""
        row, people = pd.factorize(self.placed.index.get_level_values("participant"), sort=True)
        column, listed = pd.factorize(self.placed.index.get_level_values("proposal"), sort=True)
        return _Cells(row, column, pd.Index(people), pd.Index(listed))


class _Cells(NamedTuple):
    row: NDArray[np.intp]
    column: NDArray[np.intp]
    people: pd.Index
    listed: pd.Index


def _liked(worth: Floats, present: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the points of what each person placed above the own mean; all of them where all are equal."""
    held = np.where(present, worth, 0.0)
    mean = held.sum(axis=1, keepdims=True) / present.sum(axis=1, keepdims=True)
    most = np.where(present, worth, -np.inf).max(axis=1, keepdims=True, initial=-np.inf)
    least = np.where(present, worth, np.inf).min(axis=1, keepdims=True, initial=np.inf)
    liked = present & ((held > mean) | (most == least))
    return np.where(liked, np.maximum(held, 1.0), 0.0).astype(np.int64)


def _worth(placed: pd.DataFrame, weights: pd.Series) -> Floats:
    """Return what every card gives its proposal, in whole points of `FULL_SUPPORT`."""
    heavy = weights.loc[placed.columns].to_numpy(dtype=float)
    if not heavy.sum() > 0:  # the judged criteria count nothing: the cards still say what people want
        heavy = np.ones_like(heavy)
    shares = placed.to_numpy() @ (heavy / heavy.sum())
    return np.asarray(np.rint(shares * FULL_SUPPORT))
