"""The ranked list alone, as plain values: what a picture of the ceiling needs, and nothing slow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.engine.allocation.result import FundingStatus
from workbench.prioritisation.disclosure import withheld_scores
from workbench.prioritisation.funding import Funding
from workbench.prioritisation.ordering import Ordering
from workbench.prioritisation.outcome import Outcome, Standing


@dataclass(frozen=True)
class ListedLine:
    """One ranked proposal.

    Attributes
    ----------
    proposal : str
    rank, shared : int
        Its rank and how many share it.
    score : float or None
        None where it is withheld, as in `Outcome`.
    cost : int or None
        Whole rupiah; None for an unpriced one.
    standing : Standing
    shortfall : int or None
        Rupiah that are missing, where money is what is missing.
    """

    proposal: str
    rank: int
    shared: int
    score: float | None
    cost: int | None
    standing: Standing
    shortfall: int | None

    @property
    def funded(self) -> bool:
        """Whether it stands inside the ceiling."""
        return self.standing is Standing.FUNDED


@dataclass(frozen=True)
class Listed:
    """The ranked proposals against the ceiling.

    Attributes
    ----------
    lines : tuple of ListedLine
        In rank order, label order inside a shared rank.
    highest : float
        The highest score there is.
    rule : str
        The name in `Rules.budget_rule`.
    ceiling, room : int or None
        Rupiah; None when no ceiling was given.
    earmarked : int
    """

    lines: tuple[ListedLine, ...]
    highest: float
    rule: str
    ceiling: int | None
    room: int | None
    earmarked: int

    @property
    def has_ceiling(self) -> bool:
        """Whether there is a line at all."""
        return self.room is not None

    @property
    def funded(self) -> tuple[str, ...]:
        """The funded proposals in rank order."""
        return tuple(line.proposal for line in self.lines if line.funded)

    @property
    def spent(self) -> int:
        """Rupiah given to funded proposals."""
        return sum(line.cost or 0 for line in self.lines if line.funded)

    @property
    def left(self) -> int | None:
        """Rupiah left under the ceiling; None when no ceiling was given."""
        return None if self.room is None else max(self.room, 0) - self.spent

    @property
    def last_rank(self) -> int | None:
        """Rank of the last proposal that money was spent on; None when none was."""
        paid = [line.rank for line in self.lines if line.funded and line.cost]
        return paid[-1] if paid else None


def listed(outcome: Outcome) -> Listed:
    """Return the ranked list of an outcome."""
    ranked = outcome.table[outcome.table["rank"].notna()]
    records: list[Any] = ranked.to_dict("records")
    return Listed(
        tuple(
            ListedLine(
                str(label),
                int(line["rank"]),
                int(line["shared"]),
                outcome.score_shown(str(label)),
                None if pd.isna(line["cost"]) else int(line["cost"]),
                Standing(line["standing"]),
                outcome.reasons[str(label)].facts.get("shortfall"),
            )
            for label, line in zip(ranked.index, records, strict=True)
        ),
        float(outcome.scoring.highest),
        outcome.rules.budget_rule,
        outcome.ceiling,
        outcome.room,
        outcome.earmarked,
    )


def listed_lines(
    order: Ordering, costs: Mapping[str, int | None], funding: Funding | None, thin: frozenset[str]
) -> tuple[ListedLine, ...]:
    """Return the lines of an order and of what a budget rule funds in it; without one all are ranked.

    Of the thinly scored and their equals in this order no score is told.
    """
    ranks = dict(zip(map(str, order.ranks.index.tolist()), order.ranks.tolist(), strict=True))
    shared: dict[int, int] = {}
    for rank in ranks.values():
        shared[rank] = shared.get(rank, 0) + 1
    withheld = withheld_scores(order.ranks, order.scoring.scores, thin)
    told = order.scoring.scores.drop(list(withheld)) if withheld else order.scoring.scores
    scores = dict(zip(told.index.tolist(), told.tolist(), strict=True))
    missing = {} if funding is None else funding.shortfall
    return tuple(
        ListedLine(
            label, rank, shared[rank], scores.get(label), costs[label], _standing(label, funding),
            missing.get(label),
        )
        for label, rank in sorted(ranks.items(), key=lambda pair: (pair[1], pair[0]))
    )  # fmt: skip


def _standing(label: str, funding: Funding | None) -> Standing:
    if funding is None:
        return Standing.RANKED
    return Standing(funding.status.get(label, FundingStatus.UNPRICED).value)
