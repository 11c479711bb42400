"""What any rule of the ceiling funds in a drawn recalculation: the rule itself, run again on what was drawn.

The walks down the ranks have batched twins (`workbench.robustness.funding`); every other rule runs through
`workbench.prioritisation.funding.fund`, so often as a stated number of draws allows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.allocation.program import SolverSettings
from workbench.engine.allocation.result import FundingStatus
from workbench.errors import InvalidInput, NoFeasiblePlan
from workbench.prioritisation import Outcome
from workbench.prioritisation.contest import Contest, solver_settings, state_contest
from workbench.prioritisation.funding import SHARES_MONEY, fund
from workbench.prioritisation.support import Cards, Support
from workbench.robustness.shares_again import SharesAgain

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

DRAWS = 100
"""Draws in which a rule without a batched twin runs again."""
LONG = ("best_total", "best_with_conditions", *SHARES_MONEY)
"""Rules whose every run takes long: a search for the best plan, or many rounds of buying."""
EFFORT = 40_000
"""Proposals times draws under a rule of `LONG`, and half of those under the others."""
FEWEST = 10


@dataclass(frozen=True)
class Refund:
    """A rule of the ceiling, ready to be run on drawn ranks, scores and cards.

    Attributes
    ----------
    session, rules
        What the outcome was computed from.
    listed : Index
        All proposals of the list.
    cards : Cards or None
        For rules that share money.
    weights : Series by criterion
        Of the outcome.
    room : int
    highest : float
    base : Contest
        Of the outcome itself.
    """

    session: Session
    rules: Rules
    listed: pd.Index
    cards: Cards | None
    weights: pd.Series
    room: int
    highest: float
    base: Contest

    @cached_property
    def shares(self) -> SharesAgain:
        """The rule without tables, where it shares money."""
        return SharesAgain.of(self.base)

    @property
    def committed(self) -> bool:
        """Whether proposals are funded beforehand, which the batched twins do not know."""
        return bool(self.base.committed)

    @classmethod
    def of(cls, session: Session, rules: Rules, outcome: Outcome, solving: SolverSettings) -> Refund | None:
        """Return the rule of an outcome; None without a ceiling."""
        if outcome.room is None:
            return None
        ranked = outcome.table[outcome.table["rank"].notna()]
        priced = ranked.index[ranked["cost"].notna()]
        shares = rules.budget_rule in SHARES_MONEY
        listed = session.proposals.at_stage(rules.stage).labels
        room, highest = max(outcome.room, 0), outcome.scoring.highest
        ranks, scores = ranked["rank"].astype("int64"), outcome.scoring.scores.loc[ranked.index]
        base = state_contest(session, rules, listed, ranks, scores, room, Support.unread(priced), highest)
        return cls(
            session,
            rules,
            listed,
            Cards.of(session, rules.round, priced) if shares else None,
            outcome.weights.values.astype("float64"),  # noqa: PD011 - a field of ours
            room,
            highest,
            replace(base, settings=solver_settings(rules, solving)),
        )

    def draws(self, wanted: int) -> int:
        """Return in how many of the wanted draws the rule runs again."""
        effort = EFFORT if self.rules.budget_rule in LONG else 2 * EFFORT
        return min(wanted, DRAWS, max(effort // max(len(self.listed), 1), FEWEST))

    def funded(
        self,
        ranks: pd.Series,
        scores: pd.Series,
        weights: pd.Series | None = None,
        counts: pd.Series | None = None,
    ) -> frozenset[str] | None:
        """Return what the rule funds in one draw; None where it finds no plan.

        Parameters
        ----------
        ranks : Series of int by proposal
            Of those that have a score in this draw.
        scores : Series of float by proposal
            The same.
        weights : Series by criterion, optional
            The outcome's own where none are given.
        counts : Series of int by participant, optional
            How often each is in the room.
        """
        support = self._support(ranks.index, weights, counts)
        try:
            if self.rules.budget_rule in SHARES_MONEY and self._same_compete(ranks):
                drawn = {str(label): int(rank) for label, rank in ranks.items()}
                return self.shares.funded(drawn, support.ballots)
            found = fund(self._contest(ranks, scores, support))
        except (NoFeasiblePlan, InvalidInput):
            return None
        return frozenset(label for label, held in found.status.items() if held is FundingStatus.FUNDED)

    def _same_compete(self, ranks: pd.Series) -> bool:
        same = self.base.ranks.index
        ranked = len(self.base.ranks) + len(self.base.unpriced)
        return len(ranks) == ranked and bool(same.isin(ranks.index).all())

    def _contest(self, ranks: pd.Series, scores: pd.Series, support: Support) -> Contest:
        """Return the contest of a draw: the outcome's own, in another order, where the same compete."""
        same = self.base.ranks.index
        if not self._same_compete(ranks):
            made = state_contest(
                self.session, self.rules, self.listed, ranks, scores, self.room, support, self.highest
            )
            return replace(made, settings=self.base.settings)
        drawn = ranks.to_dict()
        lines = pd.Index(sorted(same, key=lambda label: (drawn[label], str(label))), name=same.name)
        return replace(
            self.base,
            ranks=ranks.loc[lines].astype("int64"),
            scores=scores.loc[lines],
            costs=self.base.costs.loc[lines],
            order=pd.Series(range(1, len(lines) + 1), index=lines, dtype="int64"),
            groups=self.base.groups.loc[lines],
            support=support,
        )

    def _support(self, ranked: pd.Index, weights: pd.Series | None, counts: pd.Series | None) -> Support:
        if self.cards is None:
            return self.base.support  # nobody's card is read
        costs = self.session.proposals.frame["cost"].loc[ranked]
        priced = costs.index[costs.notna()]
        heavy = self.weights if weights is None else weights.reindex(self.weights.index).fillna(0.0)
        held = self.cards.support(heavy, priced)
        return held if counts is None else _repeated(held, counts)


def _repeated(held: Support, counts: pd.Series) -> Support:
    """Return the ballots with each participant as often as counted; those not counted are not in the room."""
    times = counts.reindex(held.ballots.index).fillna(0).astype("int64").to_numpy()
    drawn = held.ballots.iloc[np.repeat(np.arange(len(times)), times)]
    return replace(held, ballots=drawn.set_axis(pd.RangeIndex(len(drawn)), axis="index"))
