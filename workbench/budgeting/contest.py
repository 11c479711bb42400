"""What competes for the ceiling: ranked and priced proposals of an outcome, and the cards behind them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from workbench.domain.criteria import Criteria, Measure
from workbench.domain.regions import Level, ancestor
from workbench.domain.session import Session
from workbench.engine.allocation.program import SolverSettings
from workbench.engine.allocation.readings import Needs
from workbench.engine.measures import anchored_utilities
from workbench.errors import InvalidValue
from workbench.prioritisation.outcome import Outcome
from workbench.prioritisation.prioritise import counting_round

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


@dataclass(frozen=True)
class Contest:
    """The proposals that compete for the ceiling, in the form the rules of the allocation read.

    Attributes
    ----------
    ranks : Series of int by proposal
        Ranks of the outcome, declared tie keys applied; equal ranks are ties that the forum left open.
    scores : Series of float by proposal
    costs : Series of int64 by proposal
        Whole rupiah.
    room : int
        Whole rupiah that the priorities compete for.
    order : Series of int by proposal
        Public order for rules that must separate all: by rank, equal ranks by label.
    villages : Series of str by proposal
        Village of every proposal of the outcome, also of those that do not compete: its code, or its name
        where there is none.
    unpriced : tuple of str
        Ranked, but without a cost no rule can set them against the ceiling.
    support : Support
    highest : float
        The highest score there is: no proposal can rise above it.
    settings : SolverSettings
        Limits of the exact plan.

    Notes
    -----
    All series but `villages` are in the order of the outcome's table.
    """

    ranks: pd.Series
    scores: pd.Series
    costs: pd.Series
    room: int
    order: pd.Series
    villages: pd.Series
    unpriced: tuple[str, ...]
    support: Support
    highest: float = 100.0
    settings: SolverSettings = field(default_factory=SolverSettings)

    def needs(self) -> Needs:
        """Return what a rule of `workbench.engine.allocation.readings` looks at.

        Money is shared by the points on the ballots, and shares are raised by as much as lets one more
        proposal be paid (``add_opt``).
        """
        return Needs(
            self.scores,
            self.costs,
            self.room,
            ballots=None if self.support.ballots.empty else self.support.ballots,
            tie_key=self.order,
            utility="score",
            completion="add_opt",
            settings=self.settings,
        )


def contest_of(session: Session, outcome: Outcome, settings: SolverSettings | None = None) -> Contest:
    """Return what competes for the ceiling of an outcome.

    Parameters
    ----------
    session : Session
        The session that the outcome was computed from.
    outcome : Outcome
    settings : SolverSettings, optional
        Limits of the exact plan.

    Returns
    -------
    Contest

    Raises
    ------
    InvalidValue
        ``no_ceiling`` when the session has none: without a ceiling nothing competes.
    """
    if outcome.room is None:
        raise InvalidValue("no_ceiling")
    ranked = outcome.table[outcome.table["rank"].notna()]
    lines = ranked[ranked["cost"].notna()]
    return Contest(
        ranks=lines["rank"].astype("int64"),
        scores=outcome.scoring.scores.loc[lines.index],
        costs=lines["cost"].astype("int64"),
        room=max(outcome.room, 0),  # as the outcome: earmarks above the ceiling leave no room
        order=pd.Series(range(1, len(lines) + 1), index=lines.index, dtype="int64"),
        villages=_villages(session, outcome),
        unpriced=tuple(ranked.index[ranked["cost"].isna()].tolist()),
        support=support_of(session, outcome, lines.index),
        highest=outcome.scoring.highest,
        settings=settings or SolverSettings(),
    )


def support_of(session: Session, outcome: Outcome, proposals: pd.Index) -> Support:
    """Return the cards of the round that counts as ballots over some proposals.

    A participant's points on the judged criteria are placed on their declared scales and weighed as in the
    outcome. A card with a blank counts as no card: a blank is never a zero and never guessed. What lies above
    the participant's own mean is support, so that strict and generous hands weigh alike.

    Parameters
    ----------
    session, outcome
        As `contest_of`.
    proposals : Index
        The proposals that compete.

    Returns
    -------
    Support
    """
    judged = session.criteria.labels[session.criteria.frame["measure"] == Measure.JUDGED]
    cells = counting_round(session.ballots.frame, outcome.rules.round)
    cells = cells[cells["proposal"].isin(proposals) & cells["criterion"].isin(judged)]
    if cells.empty:
        return Support(pd.DataFrame(columns=proposals), tuple(proposals))
    points = cells.set_index(["participant", "proposal", "criterion"])["points"]
    cards = points.unstack("criterion").reindex(columns=judged).dropna()  # noqa: PD010 - nothing to aggregate
    worth = _worth(cards, session.criteria, outcome.weights.values)
    ballots = worth.unstack("proposal").reindex(columns=proposals).sort_index()  # noqa: PD010 - as above
    level = ballots.max(axis="columns") == ballots.min(axis="columns")
    liked = ballots.gt(ballots.mean(axis="columns"), axis="index")
    liked |= ballots.notna() & level.to_numpy()[:, np.newaxis]
    given = ballots.where(liked).clip(lower=1).fillna(0).astype("int64")
    return Support(given, tuple(proposals[ballots.isna().all(axis="index")].tolist()))


def _worth(cards: pd.DataFrame, criteria: Criteria, weights: pd.Series) -> pd.Series:
    """Return what every card gives its proposal, in whole points of `FULL_SUPPORT`."""
    heavy = weights.loc[cards.columns].to_numpy(dtype=float)
    if not heavy.sum() > 0:  # the judged criteria count nothing: the cards still say what people want
        heavy = np.ones_like(heavy)
    placed = anchored_utilities(cards, criteria.frame.loc[cards.columns])
    shares = placed.values.to_numpy() @ (heavy / heavy.sum())  # noqa: PD011 - a frame of ours
    return pd.Series(np.rint(shares * FULL_SUPPORT), index=cards.index)


def _villages(session: Session, outcome: Outcome) -> pd.Series:
    frame = session.proposals.frame.loc[outcome.table.index]
    codes = [ancestor(code, Level.VILLAGE) for code in frame["region"]]
    named = [code or text for code, text in zip(codes, frame["village"], strict=True)]
    return pd.Series(named, index=frame.index, dtype="str")
