"""From the values of the cells to scores, ranks and the funded list: what other voices would change."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from workbench.domain.criteria import Criteria, Direction, Measure
from workbench.domain.proposals import Proposals
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.allocation.program import SolverSettings
from workbench.engine.allocation.result import Allocation
from workbench.engine.measures import Utilities, anchored_utilities, points_from_table
from workbench.engine.scoring.ranking import RELATIVE_TOLERANCE, Ranking, rank_with_ties
from workbench.engine.scoring.tie_breaks import BrokenTies, TieKey, break_ties, lot_key
from workbench.prioritisation.contest import Contest, solver_settings, state_contest
from workbench.prioritisation.funding import SHARES_MONEY, Funding, allocation_of, fund
from workbench.prioritisation.scoring import SCORING, Scoring
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
    scoring = SCORING[rules.scoring](measures, utilities.values, weights, criteria)
    ranking = rank_with_ties(scoring.scores[passed], scale=scoring.highest)
    broken = break_ties(ranking, tie_keys(ranking, proposals, scoring, utilities.values, rules))
    room = session.budget.room()
    contest = None
    if room is not None:
        contest = _contest(session, rules, broken.ranks, weights, scoring, room)
    funding, allocation = _funded(contest, broken.ranks, solving or SolverSettings())
    return Placed(measures, utilities, scoring, ranking, broken, contest, funding, allocation)


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


def tie_keys(
    ranking: Ranking, proposals: Proposals, scoring: Scoring, utilities: pd.DataFrame, rules: Rules
) -> tuple[TieKey, ...]:
    """Return the declared tie keys with their values for the proposals of a ranking."""
    labels = ranking.scores.index
    frame = proposals.frame.loc[labels]
    # Weights from comparisons carry the computer's rounding: what is equal but for that is equally heavy.
    heavy = scoring.weights >= scoring.weights.max() * (1 - RELATIVE_TOLERANCE)
    heaviest = scoring.weights.index[heavy].sort_values()
    values = {
        "heaviest_criterion": utilities.loc[labels, heaviest].sum(axis="columns", skipna=False),
        "poor_households": frame["poor_households"].astype("float64"),
        "womens_proposal": frame["womens_proposal"].astype("float64"),
        "self_help": frame["self_help"].astype("float64"),
        "lower_cost": frame["cost"].astype("float64"),
    }
    keys = [
        TieKey(name, values[name], Direction.LOWER if name == "lower_cost" else Direction.HIGHER)
        for name in rules.ties
        if name != "lot"
    ]
    if "lot" in rules.ties and rules.lot_seed is not None:
        keys.insert(rules.ties.index("lot"), lot_key(labels, rules.lot_seed))
    return tuple(keys)


def _contest(
    session: Session, rules: Rules, ranks: pd.Series, weights: pd.Series, scoring: Scoring, room: int
) -> Contest:
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
