"""What competes for the ceiling: ranked and priced proposals, and everything a budget rule may look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.allocation.conditions import Condition
from workbench.engine.allocation.program import SolverSettings
from workbench.engine.allocation.readings import Needs
from workbench.errors import NoFeasiblePlan
from workbench.prioritisation.plan_conditions import committed_of, conditions_of
from workbench.prioritisation.plan_groups import groups_of
from workbench.prioritisation.support import Support


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
    rules : Rules
        The choices that a budget rule is told by.
    groups : DataFrame by proposal
        What conditions and quotas refer to.
    conditions : tuple of Condition
        What the exact plan with conditions must keep.
    committed : mapping of proposal to str
        Funded beforehand, with the name of the line that says so.
    proposers : Series of str by proposal
    called : mapping of village to str
        The name of a village by its code.
    withheld : frozenset of str
        Proposals whose score is shown to nobody, as in `Outcome`.

    Notes
    -----
    All series but `villages` are in rank order.
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
    rules: Rules = field(default_factory=Rules)
    groups: pd.DataFrame = field(default_factory=pd.DataFrame)
    conditions: tuple[Condition, ...] = ()
    committed: Mapping[str, str] = field(default_factory=dict)
    proposers: pd.Series = field(default_factory=lambda: pd.Series(dtype="str"))
    called: Mapping[str, str] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()

    def total_shown(self, labels: Iterable[str], total: float) -> float | None:
        """Return a figure made of the scores of some proposals; None where one of them is withheld."""
        return None if self.withheld.intersection(labels) else total

    def gap_shown(self, gap: float) -> float:
        """Return the gap of a plan; in whole thousandths, as it is read aloud, where scores are withheld.

        A sharp bound of what another plan could add is made of the scores that the plan leaves out.
        """
        return round(gap, 3) if self.withheld.intersection(self.ranks.index) else gap

    def needs(self) -> Needs:
        """Return what a rule of `workbench.engine.allocation.readings` looks at."""
        rules = self.rules
        return Needs(
            self.scores,
            self.costs,
            self.room,
            ballots=None if self.support.ballots.empty else self.support.ballots,
            groups=self.groups if len(self.groups.columns) else None,
            conditions=self.conditions,
            committed=tuple(self.committed),
            tie_key=self.order,
            utility=rules.utility,
            completion=rules.completion,
            step=rules.completion_step or None,
            until=rules.completion_until,
            start=rules.share_start,
            settings=self.settings,
            ranks=self.ranks,
        )

    def without_committed(self) -> Contest:
        """Return the contest of the others for what the committed proposals leave.

        Every rule that knows no conditions decides the same way in it.

        Raises
        ------
        NoFeasiblePlan
            ``committed_above_ceiling``.
        """
        if not self.committed:
            return self
        bound = sum(int(cost) for cost in self.costs[list(self.committed)])
        if bound > self.room:
            raise NoFeasiblePlan("committed_above_ceiling", committed=bound, ceiling=self.room)
        open_to = self.ranks.index[~self.ranks.index.isin(list(self.committed))]
        ballots = self.support.ballots
        held = replace(self.support, ballots=ballots[open_to]) if len(ballots) else self.support
        return replace(
            self,
            ranks=self.ranks.loc[open_to],
            scores=self.scores.loc[open_to],
            costs=self.costs.loc[open_to],
            order=self.order.loc[open_to],
            room=self.room - bound,
            support=held,
            groups=self.groups.loc[open_to] if len(self.groups.columns) else self.groups,
            conditions=(),
            committed={},
        )

    @property
    def quota_groups(self) -> pd.Series:
        """The village or the proposer of every competing proposal, as the quota rule asks."""
        held = self.villages if self.rules.quota_of == "village" else self.proposers
        return held.loc[self.ranks.index]


def state_contest(
    session: Session,
    rules: Rules,
    listed: pd.Index,
    ranks: pd.Series,
    scores: pd.Series,
    room: int,
    support: Support,
    highest: float,
) -> Contest:
    """Return the contest of one list.

    Parameters
    ----------
    session, rules
        Of one list.
    listed : Index
        The proposals of the list, without those of other stages.
    ranks : Series of int by proposal
        Of all ranked proposals.
    scores : Series of float by proposal
    room : int
        Whole rupiah, at least zero.
    support : Support
        Of the priced ones; `Support.unread` for rules that look at scores alone.
    highest : float

    Raises
    ------
    InvalidInput
        ``committed_not_competing``.
    """
    frame = session.proposals.frame
    labels = ranks.index
    order = sorted(labels, key=lambda label: (int(ranks[label]), str(label)))
    costs = frame["cost"].loc[order]
    lines = costs.index[costs.notna()]
    groups = groups_of(session, lines)
    held = conditions_of(session, groups)
    return Contest(
        ranks=ranks.loc[lines].astype("int64"),
        scores=scores.loc[lines],
        costs=costs.loc[lines].astype("int64"),
        room=room,
        order=pd.Series(range(1, len(lines) + 1), index=lines, dtype="int64"),
        villages=groups.villages.loc[listed],
        unpriced=tuple(costs.index[costs.isna()].tolist()),
        support=support,
        highest=highest,
        settings=solver_settings(rules, SolverSettings()),
        rules=rules,
        groups=held.groups,
        conditions=held.conditions,
        committed=committed_of(session, lines),
        proposers=frame["proposer"].loc[listed],
        called=groups.names["village"],
    )


def solver_settings(rules: Rules, settings: SolverSettings) -> SolverSettings:
    """Return the limits of the exact plan as the rules state them; how it is run stays as given."""
    return SolverSettings(rules.plan_gap, float(rules.plan_seconds), settings.most_cuts, settings.around)
