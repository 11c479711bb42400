"""From the values of the cells to scores, ranks and the funded list: what other voices would change."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from workbench.domain.criteria import Criteria, Measure
from workbench.domain.proposals import Proposals
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.allocation.program import SolverSettings
from workbench.engine.allocation.result import Allocation
from workbench.engine.measures import Utilities, anchored_utilities, points_from_table
from workbench.engine.scoring.ranking import Ranking
from workbench.engine.scoring.tie_breaks import BrokenTies
from workbench.prioritisation.contest import Contest, solver_settings, state_contest
from workbench.prioritisation.funding import SHARES_MONEY, Funding, allocation_of, fund
from workbench.prioritisation.ordering import Grounds, Ordering, ordered
from workbench.prioritisation.scoring import Scoring
from workbench.prioritisation.support import Support, support_of


@dataclass(frozen=True, eq=False)
class Placed:
    """The steps from values to the funded list.

    Attributes
    ----------
    measures, utilities, scoring, ranking, broken
        As in `Outcome`.
    contest, funding, allocation
        None where there is no ceiling.
    """

    measures: pd.DataFrame
    utilities: Utilities
    scoring: Scoring
    ranking: Ranking
    broken: BrokenTies
    contest: Contest | None
    funding: Funding | None
    allocation: Allocation | None


def place(
    session: Session,
    rules: Rules,
    passed: pd.Series,
    weights: pd.Series,
    values: pd.DataFrame,
    solving: SolverSettings | None = None,
) -> Placed:
    """Score, rank and fund the proposals of the ranked stage.

    Parameters
    ----------
    session, rules
        As for `prioritise`.
    passed : Series of bool by proposal
        Whether it meets every condition.
    weights : Series by criterion
    values : DataFrame, proposals x criteria
        Points of the judged cells, missing where nobody is heard.
    solving : SolverSettings, optional

    Raises
    ------
    InvalidInput
    NoFeasiblePlan
        As `prioritise`.
    """
    proposals, criteria = session.proposals.at_stage(rules.stage), session.criteria
    measures = measured(proposals, criteria, values)
    utilities = anchored_utilities(measures, criteria.frame)
    grounds = Grounds(proposals, passed, measures, utilities.values)
    order = ordered(grounds, criteria, weights, rules)
    room = session.budget.room()
    contest = None if room is None else contested(session, rules, order, weights, room)
    funding, allocation = _funded(contest, order.ranks, solving or SolverSettings())
    return Placed(
        measures, utilities, order.scoring, order.ranking, order.broken, contest, funding, allocation
    )


def measured(proposals: Proposals, criteria: Criteria, values: pd.DataFrame) -> pd.DataFrame:
    """Return proposal x criterion in each criterion's own unit: points of people, of tables, or numbers."""
    columns = {}
    for label, criterion in criteria.frame.iterrows():
        if criterion["measure"] == Measure.JUDGED:
            columns[label] = values[label]
            continue
        column = proposals.frame[criterion["column"]]
        if criterion["measure"] == Measure.POINTS_TABLE:
            lines = criteria.points[criteria.points["criterion"] == label]
            columns[label] = points_from_table(column, lines)
        else:
            columns[label] = pd.to_numeric(column, errors="coerce").astype("float64")
    return pd.DataFrame(columns, index=proposals.labels, columns=criteria.labels)


def contested(session: Session, rules: Rules, order: Ordering, weights: pd.Series, room: int) -> Contest:
    """Return what competes for the room under the ceiling, in the order of the ranks.

    Raises
    ------
    InvalidInput
        ``committed_not_competing``.
    """
    ranks, scoring = order.ranks, order.scoring
    costs = session.proposals.frame["cost"].loc[ranks.index]
    priced = costs.index[costs.notna()]
    shares = rules.budget_rule in SHARES_MONEY
    support = support_of(session, weights, rules.round, priced) if shares else Support.unread(priced)
    # Earmarks above the ceiling leave no room; the ceiling line stands at zero and the report says why.
    listed = scoring.scores.index
    return state_contest(
        session, rules, listed, ranks, scoring.scores, max(room, 0), support, scoring.highest
    )


def _funded(
    contest: Contest | None, ranks: pd.Series, solving: SolverSettings
) -> tuple[Funding | None, Allocation | None]:
    if contest is None:
        return None, None
    funding = fund(replace(contest, settings=solver_settings(contest.rules, solving)))
    return funding, allocation_of(contest, funding, ranks)
