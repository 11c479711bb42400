"""What the drawn recalculations of one source of doubt say of ranks, ties and money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

LEVEL = 0.9
"""Of every interval: nine recalculations of ten."""


@dataclass(frozen=True)
class Money:
    """How often the rule of the ceiling was run again.

    Attributes
    ----------
    draws : int
        The first so many of the recalculations.
    without_plan : int
        Of these, in which no plan keeps the conditions: nothing is funded in them.
    """

    draws: int = 0
    without_plan: int = 0


@dataclass(frozen=True)
class Recalculation:
    """What happens to the order when one source of doubt is drawn anew.

    Attributes
    ----------
    source : str
        ``weights`` (any weights, flat on the simplex), ``people`` (who was in the room), ``rounding`` (what a
        point stands for) or ``joint`` (weights moved a little, and people).
    ranks : DataFrame
        Proposal x rank: share of the draws; proposals that share a rank in a draw share the better one. A row
        sums to one less `without_score`.
    places : DataFrame
        By proposal: ``best`` and ``worst``, the ranks that nine draws of ten lie between.
    funded : Series or None
        Share of the draws of `funding` in which the proposal is funded; missing for a proposal without a
        price, and for all where a rule shares money and points are rounded: cards are not drawn then. None
        without a ceiling.
    without_score : Series
        Share of the draws in which nobody drawn had answered on some criterion.
    groups : tuple of tuples
        Proposals that cannot be told apart (seri), best group first: with the first of its group none has a
        difference whose interval leaves out zero. Groups of one are left out.
    people, draws : int
        How many people were drawn from (0 where none were), and how often.
    funding : Money
        In how many of the draws the rule of the ceiling was run.
    seeds : mapping
        Seed of each thing that was drawn, by its name.
    level : float
        Of the intervals.
    """

    source: str
    ranks: pd.DataFrame
    places: pd.DataFrame
    funded: pd.Series | None
    without_score: pd.Series
    groups: tuple[tuple[str, ...], ...]
    people: int
    draws: int
    seeds: Mapping[str, int]
    funding: Money = Money()
    level: float = LEVEL

    def band(self, first: int, last: int) -> pd.Series:
        """Return the share of the draws in which each proposal has a rank from `first` to `last`."""
        return self.ranks.loc[:, first:last].sum(axis="columns").rename("share")

    def group_of(self, proposal: str) -> tuple[str, ...]:
        """Return the group of a proposal that cannot be told apart; empty for one that stands alone."""
        return next((group for group in self.groups if proposal in group), ())


@dataclass(frozen=True)
class CentralWeights:
    """Which weights put a proposal first.

    Attributes
    ----------
    first_draws : Series
        Number of draws in which the proposal is first, among proposals that are first in any.
    weights : DataFrame
        Proposal x criterion: mean weights of those draws.
    """

    first_draws: pd.Series
    weights: pd.DataFrame
