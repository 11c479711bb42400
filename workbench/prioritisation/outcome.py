"""The outcome (hasil skoring): computed, frozen, with every step that led to it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import pandas as pd

from workbench.domain.rules import Rules
from workbench.engine.aggregation import CellValues
from workbench.engine.allocation.result import Allocation
from workbench.engine.funnel import Funnel
from workbench.engine.gates import Screening
from workbench.engine.measures import Utilities
from workbench.engine.scoring.ranking import Ranking
from workbench.engine.scoring.tie_breaks import BrokenTies
from workbench.prioritisation.criterion_weights import CriterionWeights
from workbench.prioritisation.scoring import Scoring


class Standing(StrEnum):
    """Where a proposal stands; every proposal has exactly one, so that none can disappear."""

    FUNDED = "funded"
    OVER_THE_LINE = "over_the_line"
    DOES_NOT_FIT = "does_not_fit"
    TIED_AT_LINE = "tied_at_line"
    NOT_CHOSEN = "not_chosen"
    """The plan as a whole is better, or fairer, without it."""
    NO_SUPPORT = "no_support"
    """Nobody's card supports it, under a rule where supporters pay."""
    OVER_QUOTA = "over_quota"
    TIED_AT_QUOTA = "tied_at_quota"
    """It shares the rank at which its village's or proposer's quota ends: the forum decides."""
    UNPRICED = "unpriced"
    """Ranked, but without a cost no rule can set it against the ceiling."""
    RANKED = "ranked"
    """Ranked; no ceiling was given, so nothing is funded and nothing falls."""
    GATE_FAILED = "gate_failed"
    """Not rankable: it does not meet a declared condition."""
    NOT_SCORED = "not_scored"
    """Not rankable: nobody gave points, or a needed column is empty, for the named criteria."""


NOT_FUNDED = (
    Standing.OVER_THE_LINE,
    Standing.DOES_NOT_FIT,
    Standing.TIED_AT_LINE,
    Standing.NOT_CHOSEN,
    Standing.NO_SUPPORT,
    Standing.OVER_QUOTA,
    Standing.TIED_AT_QUOTA,
)
"""Priced and ranked, and not inside the ceiling."""
NOT_RANKABLE = (Standing.GATE_FAILED, Standing.NOT_SCORED)
"""Listed apart with what is missing."""


@dataclass(frozen=True)
class Reason:
    """Why a proposal stands where it does.

    Attributes
    ----------
    code : str
        Name of the sentence: a `Standing`.
    facts : mapping
        What the sentence needs: rank, score, rupiah, names of gates or criteria.
    """

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", MappingProxyType(dict(self.facts)))


@dataclass(frozen=True)
class Proof:
    """What is known about an exact plan.

    Attributes
    ----------
    proven : bool
        Whether no better plan exists.
    gap : float
        The share of the total that a better plan could still add, at most.
    asked_gap : float
        The gap at which the solver was allowed to stop.
    seconds : float
        What each solve may take, as so many steps.
    interrupted : bool
        Whether the clock ended a search before its steps did, so that another machine may find another plan.
    tie_order_applied : bool
        Whether the public order decided between equally good plans to the end.
    total_score : float
        Sum of the scores of the plan.
    """

    proven: bool
    gap: float
    asked_gap: float
    seconds: float
    interrupted: bool
    tie_order_applied: bool
    total_score: float


@dataclass(frozen=True)
class Shared:
    """What Equal Shares gave each participant.

    Attributes
    ----------
    participants : int
        Complete cards.
    first_share, share : float
        Rupiah for each at the start, and in the run that counts.
    completed : int
        Proposals that the completion added without raising shares.
    """

    participants: int
    first_share: float
    share: float
    completed: int


@dataclass(frozen=True)
class Outcome:
    """The result of one calculation with its steps.

    Attributes
    ----------
    rules : Rules
        Every choice that was made.
    table : DataFrame
        Index ``proposal``: first all ranked ones by rank (label order inside a shared rank), then those not
        rankable by label. Columns rank, shared (how many share the rank), score (0..100), points_sum,
        answers (fewest answers of a judged cell), cost, running_total, shortfall, standing, decided_by.
    reasons : Mapping
        `Reason` by proposal, for every proposal of the table.
    ceiling, earmarked, room : int or None
        Rupiah; room is what the priorities compete for. None when no ceiling was given.
    screening, weights, cells, measures, utilities, scoring, ranking, tie_breaks, allocation, funnel
        The steps. `measures` is proposal x criterion in each criterion's own unit.
    history : Index
        Proposals of other stages: the history of the ranked ones, never ranked themselves.
    proof : Proof or None
        For the exact plan: whether it is proven, and under which limits.
    shared : Shared or None
        For Equal Shares: what every participant's share was.
    unenforced : tuple of str
        Kinds of budget lines that the budget rule in force does not apply, to be said aloud.
    thin : frozenset of str
        Proposals with a judged cell that fewer people than the smallest shown group stand behind.
    withheld : frozenset of str
        These and their equals: rank, cost, reason and standing are shown, neither the score nor a part of it
        nor the points. Whatever a person reads takes scores from `score_shown` and sums of them from
        `total_shown`; the table and the steps keep them for whoever computes again.
    """

    rules: Rules
    table: pd.DataFrame
    reasons: Mapping[str, Reason]
    ceiling: int | None
    earmarked: int
    room: int | None
    screening: Screening
    weights: CriterionWeights
    cells: CellValues
    measures: pd.DataFrame
    utilities: Utilities
    scoring: Scoring
    ranking: Ranking
    tie_breaks: BrokenTies
    allocation: Allocation | None
    funnel: Funnel
    history: pd.Index
    proof: Proof | None = None
    shared: Shared | None = None
    unenforced: tuple[str, ...] = ()
    thin: frozenset[str] = frozenset()
    withheld: frozenset[str] = frozenset()

    def score_shown(self, label: str) -> float | None:
        """Return the score that may be shown; None where it is withheld, or there is none."""
        if label in self.withheld or self.ranking_of(label) is None:
            return None
        return float(self.scoring.scores[label])

    def total_shown(self, labels: Iterable[str], total: float) -> float | None:
        """Return a sum of the scores of some proposals; None where one of them is withheld."""
        return None if self.withheld.intersection(labels) else total

    @property
    def shows_no_score(self) -> bool:
        """Whether the score of every ranked proposal is withheld, as in a room of very few people."""
        ranked = self.table.index[self.table["rank"].notna()]
        return len(ranked) > 0 and self.withheld.issuperset(ranked)

    def parts_of(self, label: str, steps: pd.DataFrame) -> list[float]:
        """Return the cells of one proposal in a step; all missing where its score is withheld."""
        if label in self.withheld or label not in steps.index:
            return [math.nan] * len(steps.columns)
        return [float(cells[label]) for _, cells in steps.items()]

    def standing(self, *standings: Standing) -> pd.DataFrame:
        """Return the lines of the table with one of the standings, in rank order."""
        return self.table[self.table["standing"].isin(standings)]

    def ranking_of(self, proposal: str) -> int | None:
        """Return the rank of a proposal; None for one that is not ranked."""
        rank = self.table["rank"][proposal]
        return None if rank is pd.NA else int(rank)

    def cost_of(self, proposal: str) -> int | None:
        """Return the cost of a proposal in whole rupiah; None for an unpriced one."""
        cost = self.table["cost"][proposal]
        return None if cost is pd.NA else int(cost)

    @property
    def spent(self) -> int:
        """Rupiah given to funded proposals."""
        return self.allocation.spent if self.allocation else 0

    @property
    def left(self) -> int | None:
        """Rupiah left under the ceiling; None when no ceiling was given."""
        return self.allocation.left if self.allocation else None
