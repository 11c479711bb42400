"""A rule that shares money, run again on drawn cards without tables: the same decisions as `fund` makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.domain.rules import Rules
from workbench.engine.allocation.completions import Raise, spend
from workbench.engine.allocation.phragmen import buy_in_time
from workbench.engine.allocation.voters import Electorate, Listing, gathered
from workbench.prioritisation.contest import Contest


@dataclass(frozen=True)
class SharesAgain:
    """The proposals of a contest and what each costs, checked once for all draws.

    Attributes
    ----------
    rules : Rules
    listing : Listing
        What competes, without the committed proposals and their cost.
    committed : frozenset of str
        Funded in every draw.
    """

    rules: Rules
    listing: Listing
    committed: frozenset[str]

    @classmethod
    def of(cls, contest: Contest) -> SharesAgain:
        """Return the proposals of a contest.

        Raises
        ------
        NoFeasiblePlan
            ``committed_above_ceiling``.
        """
        held = contest.without_committed()
        return cls(contest.rules, Listing.of(held.costs, held.room), frozenset(contest.committed))

    def funded(self, ranks: Mapping[str, int], ballots: pd.DataFrame) -> frozenset[str] | None:
        """Return what is funded in one draw; None where nobody has a complete card.

        Parameters
        ----------
        ranks : mapping of proposal to int
            Of all that compete.
        ballots : DataFrame of int, participants by proposals
            Of all that compete, the committed ones too.
        """
        if ballots.empty:
            return None
        labels = self.listing.labels
        if not labels:
            return self.committed
        points = ballots[list(labels)].to_numpy()
        utility = self.rules.utility if self.rules.budget_rule == "equal_shares" else "cardinality"
        held = gathered(self.listing, points, np.arange(len(labels)), utility, self._lot(ranks))
        bought = RUN[str(self.rules.budget_rule)](self.rules, held)
        return self.committed.union(str(labels[place]) for place in (*held.free, *bought))

    def _lot(self, ranks: Mapping[str, int]) -> NDArray[np.int64]:
        """Return the public order: by rank, equal ranks by label."""
        labels = list(map(str, self.listing.labels))
        order = sorted(range(len(labels)), key=lambda place: (ranks[labels[place]], labels[place]))
        return np.argsort(np.array(order, dtype=np.int64))


def _equal_shares(rules: Rules, held: Electorate) -> tuple[int, ...]:
    how = Raise(rules.completion_step or None, rules.completion_until)
    done = spend(held, rules.completion, rules.share_start, how)
    return (*done.run.bought, *done.added)


def _phragmen(rules: Rules, held: Electorate) -> tuple[int, ...]:  # noqa: ARG001 - one signature for all
    return buy_in_time(held, (), held.ceiling, np.zeros(held.weights.size, dtype=object)).places


RUN = {"equal_shares": _equal_shares, "phragmen": _phragmen}
"""The rules of `SHARES_MONEY`."""
