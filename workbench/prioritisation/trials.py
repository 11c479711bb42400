"""Many trials of other weights and another ceiling on one outcome, each as quick as a slider moves.

A trial goes through the steps of `prioritise`; what neither weights nor ceiling change is taken from the
outcome. Under a rule that does not walk down the ranks, `prioritise` itself is run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from numpy.typing import NDArray

from workbench.domain.criteria import Criteria
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.allocation.program import SolverSettings
from workbench.engine.scoring.inputs import normalised_weights
from workbench.prioritisation.contest import Contest
from workbench.prioritisation.funding import AT_LINE, Funding, fund
from workbench.prioritisation.listed import Listed, listed, listed_lines
from workbench.prioritisation.ordering import Grounds, Ordering, ordered
from workbench.prioritisation.outcome import Outcome
from workbench.prioritisation.placing import contested
from workbench.prioritisation.prioritise import prioritise
from workbench.prioritisation.scoring import UNWEIGHTED

Points = Mapping[str, float]
"""Weight by criterion in any unit; what is absent counts for nothing."""
QUICK = (*AT_LINE, "by_value")
"""The budget rules that look at ranks, scores and costs alone."""


@dataclass(frozen=True, eq=False)
class Trials:
    """One list under one ceiling, ready for other weights.

    Attributes
    ----------
    session : Session
        With the ceiling that is tried.
    rules : Rules
        As declared.
    grounds : Grounds
    order : Ordering
        Under the declared weights.
    weights : Series
        The declared ones, by criterion.
    costs : mapping of proposal to int or None
    contest : Contest or None
        Of the declared order; None without a ceiling, or under a rule outside `QUICK`.
    bare : Listed
        Ceiling, room and earmarks, with no lines.
    solving : SolverSettings
    thin : frozenset of str
        As in `Outcome`: neither weights nor the ceiling change who scored.
    """

    session: Session
    rules: Rules
    grounds: Grounds
    order: Ordering
    weights: pd.Series
    costs: Mapping[str, int | None]
    contest: Contest | None
    bare: Listed
    solving: SolverSettings
    thin: frozenset[str]

    def at_ceiling(self, amount: int, region: str = "") -> Trials:
        """Return the trials under another ceiling, in whole rupiah.

        Raises
        ------
        InvalidInput
            As `prioritise`.
        """
        session = self.session.tried(budget=self.session.budget.with_ceiling(region, amount))
        return _under_ceiling(self, session)

    def listed(self, points: Points | None = None) -> Listed:
        """Return the list under other weights, or under the declared ones where none are given.

        Raises
        ------
        WorkbenchError
            As `prioritise`: all weights are zero, conditions contradict each other.
        """
        if self.rules.budget_rule not in QUICK or (points is not None and not sum(points.values()) > 0):
            return listed(self.outcome(points))
        order = ordered(self.grounds, self.session.criteria, self._weights(points), self.rules)
        lines = listed_lines(order, self.costs, self._funding(order), self.thin)
        return replace(self.bare, lines=lines, highest=order.scoring.highest)

    def outcome(self, points: Points | None = None) -> Outcome:
        """Return the whole outcome under other weights; they are direct, whatever the rules say."""
        if points is None:
            return prioritise(self.session, self.rules, self.solving)
        session = self.session.tried(criteria=reweighted(self.session.criteria, points))
        return prioritise(session, replace(self.rules, weighting="direct"), self.solving)

    def _weights(self, points: Points | None) -> pd.Series:
        if points is None or self.rules.scoring in UNWEIGHTED:
            return self.weights
        labels = self.session.criteria.labels
        return normalised_weights(pd.Series([float(points.get(str(k), 0)) for k in labels], index=labels))

    def _funding(self, order: Ordering) -> Funding | None:
        if self.contest is None:
            return None
        ranks = order.ranks
        lines = [label for label in ranks.index if self.costs[label] is not None]
        if len(lines) == len(self.contest.costs) and set(lines) == set(self.contest.costs.index):
            return fund(_in_order(self.contest, order, lines))
        room = self.contest.room
        return fund(contested(self.session, self.rules, order, order.scoring.weights, room))


def trials_of(
    session: Session, rules: Rules, outcome: Outcome, solving: SolverSettings | None = None
) -> Trials:
    """Return the trials of an outcome; session and rules are those it was computed from."""
    grounds = Grounds(
        session.proposals.at_stage(rules.stage),
        outcome.screening.passed,
        outcome.measures,
        outcome.utilities.values,
    )
    cost = outcome.table["cost"]
    bare = Listed((), outcome.scoring.highest, rules.budget_rule, None, None, 0)
    trials = Trials(
        session=session,
        rules=rules,
        grounds=grounds,
        order=Ordering(outcome.scoring, outcome.ranking, outcome.tie_breaks),
        weights=outcome.weights.values,
        costs={str(k): None if pd.isna(v) else int(v) for k, v in cost.items()},
        contest=None,
        bare=bare,
        solving=solving or SolverSettings(),
        thin=outcome.thin,
    )
    return _under_ceiling(trials, session)


def reweighted(criteria: Criteria, points: Points) -> Criteria:
    """Return criteria with tried weights, which are of the whole: groups no longer divide them."""
    flat = criteria.flat()
    values = [float(points.get(str(label), 0)) for label in flat.labels]
    return replace(
        flat, frame=flat.frame.assign(weight=values, weight_text=[f"{value:g}" for value in values])
    )


def _under_ceiling(trials: Trials, session: Session) -> Trials:
    budget, rules = session.budget, trials.rules
    ceiling, earmarked = budget.ceiling(), budget.earmarked()
    room = None if ceiling is None else ceiling - earmarked
    contest = None
    if room is not None and rules.budget_rule in QUICK:
        contest = contested(session, rules, trials.order, trials.weights, room)
    bare = replace(trials.bare, ceiling=ceiling, room=room, earmarked=earmarked)
    return replace(trials, session=session, contest=contest, bare=bare)


def _in_order(contest: Contest, order: Ordering, lines: list[str]) -> Contest:
    """Return the contest of the same proposals in another order."""
    ranks = order.ranks
    known = dict(zip(ranks.index.tolist(), ranks.tolist(), strict=True))
    labels = pd.Index(sorted(lines, key=lambda label: (known[label], str(label))))
    scores = order.scoring.scores
    return replace(
        contest,
        ranks=pd.Series(
            [known[label] for label in labels.tolist()], index=labels, dtype="int64", name=ranks.name
        ),
        scores=pd.Series(_at(scores, labels), index=labels, name=scores.name),
        costs=pd.Series(_at(contest.costs, labels), index=labels, name=contest.costs.name),
        order=pd.Series(range(1, len(labels) + 1), index=labels, dtype="int64"),
    )


def _at(column: pd.Series, labels: pd.Index) -> NDArray[Any]:
    """Return the values of a column at labels that it has, which ``loc`` would make sure of again."""
    return column.to_numpy()[column.index.get_indexer(labels)]
