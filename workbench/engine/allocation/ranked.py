"""Fund by rank until the money ends: the rule that a hall can redo by hand.

Two readings of "until the money ends" are in use and both are here: *stop*, where the first rank group that
does not fit closes the line for everyone below, and *skip*, where what does not fit is passed over and the
walk goes on. Proposals that share a rank are never separated by the order of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import pandas as pd

from workbench.engine.allocation.money import (
    amounts,
    checked_ceiling,
    checked_costs,
    label_key,
    refuse_duplicates,
)
from workbench.engine.allocation.result import Allocation, FundingStatus, RankStep, StepDecision
from workbench.errors import InvalidValue, UnknownMethod, same_labels

__all__ = ["AT_LINE", "Allocation", "FundingStatus", "GroupDecision", "fund_by_rank", "skip", "stop"]


@dataclass(frozen=True)
class GroupDecision:
    """What a rule says about one rank group.

    Attributes
    ----------
    status : mapping of label to FundingStatus
        For every priced member.
    decision : StepDecision
        What happened to the group as a whole.
    closes : bool
        Whether everybody below is over the line.
    """

    status: Mapping[Hashable, FundingStatus]
    decision: StepDecision
    closes: bool


def stop(costs: Mapping[Hashable, int], left: int) -> GroupDecision:
    """Close the line at the first rank group that does not fit as a whole.

    Parameters
    ----------
    costs : mapping of label to int
        Rupiah of the members of one rank group.
    left : int
        Rupiah left.

    Returns
    -------
    GroupDecision
        All funded; or none, where members that would fit alone are tied at the line.

    Examples
    --------
    >>> stop({"a": 6, "b": 5}, 10).closes
    True
    """
    if sum(costs.values()) <= left:
        return _all_fit(costs)
    status = {
        label: FundingStatus.TIED_AT_LINE if cost <= left else FundingStatus.OVER_THE_LINE
        for label, cost in costs.items()
    }
    tied = FundingStatus.TIED_AT_LINE in status.values()
    return GroupDecision(status, StepDecision.TIE_AT_LINE if tied else StepDecision.CLOSES_LINE, closes=True)


def skip(costs: Mapping[Hashable, int], left: int) -> GroupDecision:
    """Pass over what does not fit even alone, and go on.

    Members that fit alone but not together leave the choice to the forum, and the walk ends there because
    what follows depends on that choice.

    Parameters
    ----------
    costs : mapping of label to int
        Rupiah of the members of one rank group.
    left : int
        Rupiah left.

    Returns
    -------
    GroupDecision
        What is funded, passed over or tied.

    Examples
    --------
    >>> skip({"a": 6, "b": 50}, 10).decision.value
    'partly_skipped'
    """
    if sum(costs.values()) <= left:
        return _all_fit(costs)
    fitting = {label: cost for label, cost in costs.items() if cost <= left}
    together = sum(fitting.values()) <= left
    standing = FundingStatus.FUNDED if together else FundingStatus.TIED_AT_LINE
    status = {label: standing if label in fitting else FundingStatus.DOES_NOT_FIT for label in costs}
    if not together:
        return GroupDecision(status, StepDecision.TIE_AT_LINE, closes=True)
    return GroupDecision(
        status, StepDecision.PARTLY_SKIPPED if fitting else StepDecision.SKIPPED, closes=False
    )


AT_LINE: Mapping[str, Callable[[Mapping[Hashable, int], int], GroupDecision]] = MappingProxyType(
    {"stop": stop, "skip": skip}
)
"""What happens at the line, by name."""


def fund_by_rank(ranks: pd.Series, costs: pd.Series, ceiling: int, at_line: str = "stop") -> Allocation:
    """Fund proposals in rank order until the ceiling is reached.

    Parameters
    ----------
    ranks : Series of int by proposal
        1 is best; equal ranks are a tie group, which is funded together or left to the forum.
    costs : Series of Int64 by proposal
        Whole rupiah; NA is unpriced: it keeps its rank but neither blocks nor uses the line.
    ceiling : int
        Whole rupiah.
    at_line : {"stop", "skip"}
        A name of `AT_LINE`.

    Returns
    -------
    Allocation
        Status and shortfall of every proposal, the line, the money and the steps.

    Raises
    ------
    LabelMismatch
        When ranks and costs are not about the same proposals.
    InvalidValue
        ``duplicate_proposal``, ``rank_not_whole``, ``no_ceiling``, ``amount_not_whole``, ``amount_negative``
        or ``amount_too_large``.
    UnknownMethod
        When `at_line` is not a name of `AT_LINE`.

    Examples
    --------
    >>> ranks = pd.Series({"road": 1, "school": 2, "well": 3})
    >>> costs = pd.Series({"road": 60, "school": 50, "well": 30})
    >>> fund_by_rank(ranks, costs, 100, "skip").funded
    ('road', 'well')
    >>> fund_by_rank(ranks, costs, 100, "stop").funded
    ('road',)
    """
    if at_line not in AT_LINE:
        raise UnknownMethod(method=at_line, known=tuple(AT_LINE))
    refuse_duplicates("ranks", ranks.index)
    checked = checked_costs(costs)
    same_labels("costs", ranks.index, costs.index)
    walk = _Walk(AT_LINE[at_line], checked_ceiling(ceiling), checked)
    for rank, members in _rank_groups(ranks):
        walk.consider(rank, members)
    return walk.allocation(f"by_rank_{at_line}", ranks.index)


def _all_fit(costs: Mapping[Hashable, int]) -> GroupDecision:
    return GroupDecision(dict.fromkeys(costs, FundingStatus.FUNDED), StepDecision.FITS, closes=False)


def _rank_groups(ranks: pd.Series) -> Iterator[tuple[int, tuple[Hashable, ...]]]:
    groups: dict[int, list[Hashable]] = {}
    for label, rank in zip(ranks.index.tolist(), ranks.tolist(), strict=True):
        if isinstance(rank, bool | np.bool_) or not isinstance(rank, int | np.integer) or rank < 1:
            raise InvalidValue("rank_not_whole", proposal=label, value=rank, remedy="ranks are 1, 2, 3, ...")
        groups.setdefault(int(rank), []).append(label)
    for rank in sorted(groups):
        yield rank, tuple(sorted(groups[rank], key=label_key))


@dataclass
class _Walk:
    """The state of one walk down the list; lives only inside `fund_by_rank`."""

    at_line: Callable[[Mapping[Hashable, int], int], GroupDecision]
    ceiling: int
    costs: Mapping[Hashable, int | None]
    spent: int = 0
    waiting: int = 0
    closed: bool = False
    line_after_rank: int | None = None
    status: dict[Hashable, FundingStatus] = field(default_factory=dict)
    running_total: dict[Hashable, int] = field(default_factory=dict)
    shortfall: dict[Hashable, int] = field(default_factory=dict)
    steps: list[RankStep] = field(default_factory=list)

    def consider(self, rank: int, members: tuple[Hashable, ...]) -> None:
        asked = {label: cost for label in members if (cost := self.costs[label])}
        left = self.ceiling - self.spent
        decision = self._decide(asked, left)
        for label in members:
            self.status[label] = self._status(label, decision)
        self._note_shortfalls(asked, decision, left)
        self.closed = self.closed or decision.closes
        self._spend(rank, members, asked)
        funded = tuple(label for label in members if self.status[label] is FundingStatus.FUNDED)
        self.steps.append(RankStep(rank, members, sum(asked.values()), left, funded, decision.decision))

    def _decide(self, asked: Mapping[Hashable, int], left: int) -> GroupDecision:
        if not asked:
            return GroupDecision({}, StepDecision.NOTHING_TO_PAY, closes=False)
        if self.closed:
            return GroupDecision(
                dict.fromkeys(asked, FundingStatus.OVER_THE_LINE), StepDecision.AFTER_LINE, closes=False
            )
        return self.at_line(asked, left)

    def _status(self, label: Hashable, decision: GroupDecision) -> FundingStatus:
        if self.costs[label] is None:
            return FundingStatus.UNPRICED
        return decision.status.get(label, FundingStatus.FUNDED)  # absent: it costs nothing

    def _note_shortfalls(self, asked: Mapping[Hashable, int], decision: GroupDecision, left: int) -> None:
        queued = {
            label: cost
            for label, cost in asked.items()
            if decision.status[label] in (FundingStatus.OVER_THE_LINE, FundingStatus.TIED_AT_LINE)
        }
        self.waiting += sum(queued.values())
        for label, cost in asked.items():
            if label in queued:
                self.shortfall[label] = self.waiting - left
            elif decision.status[label] is FundingStatus.DOES_NOT_FIT:
                self.shortfall[label] = cost - left

    def _spend(self, rank: int, members: tuple[Hashable, ...], asked: Mapping[Hashable, int]) -> None:
        for label in members:
            if label in asked and self.status[label] is FundingStatus.FUNDED:
                self.spent += asked[label]
                self.line_after_rank = rank
            self.running_total[label] = self.spent

    def allocation(self, rule: str, index: pd.Index) -> Allocation:
        labels = index.tolist()
        return Allocation(
            rule=rule,
            status=pd.Series(
                [self.status[label] for label in labels], index=index, name="status", dtype=object
            ),
            order=tuple(self.running_total),
            running_total=amounts((self.running_total[label] for label in labels), index, "running_total"),
            spent=self.spent,
            left=self.ceiling - self.spent,
            ceiling=self.ceiling,
            shortfall=amounts((self.shortfall.get(label) for label in labels), index, "shortfall"),
            line_after_rank=self.line_after_rank,
            steps=tuple(self.steps),
        )
