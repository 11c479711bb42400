"""What every rule of the allocation answers: a status for each proposal, the money, and the steps taken."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd


class FundingStatus(StrEnum):
    """Where a proposal stands against the ceiling."""

    FUNDED = "funded"
    OVER_THE_LINE = "over_the_line"
    """The line was closed before its turn came, or it is the proposal that closed it."""
    DOES_NOT_FIT = "does_not_fit"
    """Its turn came, it cost more than what was left, and the rule went on without it."""
    TIED_AT_LINE = "tied_at_line"
    """It shares its rank with others and the money does not reach for all: the forum decides."""
    UNPRICED = "unpriced"
    """It keeps its rank but has no cost yet, so no rule can set it against the ceiling."""
    NOT_CHOSEN = "not_chosen"
    """The plan as a whole is better, or fairer, without it."""
    NO_SUPPORT = "no_support"
    """Nobody's ballot supports it, under a rule where supporters pay."""
    OVER_QUOTA = "over_quota"
    """Its village or proposer already has as many funded proposals as the quota allows."""
    TIED_AT_QUOTA = "tied_at_quota"
    """It shares the rank at which its group's quota ends: the forum decides who is listed."""


class StepDecision(StrEnum):
    """What happened when a rank group was considered."""

    FITS = "fits"
    SKIPPED = "skipped"
    """None of its members fit; the walk goes on."""
    PARTLY_SKIPPED = "partly_skipped"
    """Members that do not fit even alone were skipped, the others are funded."""
    CLOSES_LINE = "closes_line"
    TIE_AT_LINE = "tie_at_line"
    """The money does not reach for all who share the rank; the walk ends until the forum has decided."""
    AFTER_LINE = "after_line"
    NOTHING_TO_PAY = "nothing_to_pay"
    """All its members are unpriced or cost nothing."""


@dataclass(frozen=True)
class RankStep:
    """One rank group of the walk down the list.

    Attributes
    ----------
    rank : int
        The shared rank.
    proposals : tuple of labels
        All members, ordered by label for display only.
    demand : int
        Rupiah that the priced members ask for together.
    left_before : int
        Rupiah left when the group was considered.
    funded : tuple of labels
        Members that were funded.
    decision : StepDecision
        What happened.
    """

    rank: int
    proposals: tuple[Hashable, ...]
    demand: int
    left_before: int
    funded: tuple[Hashable, ...]
    decision: StepDecision


@dataclass(frozen=True)
class Allocation:
    """A funded list by rank, in whole rupiah, with the reason for every proposal.

    Attributes
    ----------
    rule : str
        Name of the rule that made it.
    status : Series of FundingStatus by proposal
        Index in the order of the ranks that were given.
    order : tuple of labels
        In rank order; members of a tie group are ordered by label for display only.
    running_total : Series of Int64 by proposal
        Rupiah spent from the top of `order` down to and including the proposal.
    spent, left, ceiling : int
        Rupiah; ``spent + left == ceiling`` and ``left >= 0`` always.
    shortfall : Series of Int64 by proposal
        Rupiah that are missing for a priced proposal that is not funded; NA for the others. While the walk
        goes on: its cost less what was left at its turn. From the group that closed the line downwards: what
        all waiting proposals down to and including its own rank group cost, less what was left.
    line_after_rank : int or None
        Rank of the last proposal that money was spent on; None when none was.
    steps : tuple of RankStep
        The walk, one step for each rank group.

    Notes
    -----
    A proposal that costs nothing is always funded and moves neither the line nor the running total.
    """

    rule: str
    status: pd.Series
    order: tuple[Hashable, ...]
    running_total: pd.Series
    spent: int
    left: int
    ceiling: int
    shortfall: pd.Series
    line_after_rank: int | None
    steps: tuple[RankStep, ...]

    def with_status(self, status: FundingStatus) -> tuple[Hashable, ...]:
        """Return the labels that have this status, in rank order."""
        held = self.status.to_dict()
        return tuple(label for label in self.order if held[label] is status)

    @property
    def funded(self) -> tuple[Hashable, ...]:
        """The funded proposals in rank order."""
        return self.with_status(FundingStatus.FUNDED)
