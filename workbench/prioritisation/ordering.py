"""From weights to ranks: scores, competition ranks, and the declared keys that part equal scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.domain.criteria import Criteria, Direction
from workbench.domain.proposals import Proposals
from workbench.domain.rules import Rules
from workbench.engine.scoring.ranking import RELATIVE_TOLERANCE, Ranking, rank_with_ties
from workbench.engine.scoring.tie_breaks import BrokenTies, TieKey, break_ties, lot_key
from workbench.prioritisation.scoring import SCORING, Scoring


@dataclass(frozen=True, eq=False)
class Grounds:
    """What neither the weights nor the ceiling change.

    Attributes
    ----------
    proposals : Proposals
        Of the ranked stage.
    passed : Series of bool by proposal
        Whether it meets every condition.
    measures : DataFrame
        Proposal x criterion in each criterion's own unit.
    utilities : DataFrame
        The same on the common scale.
    """

    proposals: Proposals
    passed: pd.Series
    measures: pd.DataFrame
    utilities: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Ordering:
    """Scores and ranks under one set of weights.

    Attributes
    ----------
    scoring : Scoring
    ranking : Ranking
        Before the tie keys.
    broken : BrokenTies
        After them.
    """

    scoring: Scoring
    ranking: Ranking
    broken: BrokenTies

    @property
    def ranks(self) -> pd.Series:
        """Rank by proposal, of those that have one."""
        return self.broken.ranks


def ordered(grounds: Grounds, criteria: Criteria, weights: pd.Series, rules: Rules) -> Ordering:
    """Score and rank the proposals that meet every condition.

    Parameters
    ----------
    grounds : Grounds
    criteria : Criteria
    weights : Series
        Weight by criterion.
    rules : Rules
    """
    utilities = grounds.utilities
    scoring = SCORING[rules.scoring](grounds.measures, utilities, weights, criteria)
    ranking = rank_with_ties(scoring.scores[grounds.passed], scale=scoring.highest)
    keys = (
        tie_keys(ranking, grounds.proposals, scoring, utilities, rules)
        if ranking.ties
        else _drawn(ranking.scores.index, rules)  # nothing to part: a lot alone leaves a trace, its seed
    )
    return Ordering(scoring, ranking, break_ties(ranking, keys))


def tie_keys(
    ranking: Ranking, proposals: Proposals, scoring: Scoring, utilities: pd.DataFrame, rules: Rules
) -> tuple[TieKey, ...]:
    """Return the declared tie keys with their values for the proposals of a ranking."""
    labels = ranking.scores.index
    at = proposals.labels.get_indexer(labels)
    keys = [
        TieKey(
            name,
            _heaviest(labels, scoring, utilities)
            if name == "heaviest_criterion"
            else _column(proposals.frame["cost" if name == "lower_cost" else name], at, labels),
            Direction.LOWER if name == "lower_cost" else Direction.HIGHER,
        )
        for name in rules.ties
        if name != "lot"
    ]
    for lot in _drawn(labels, rules):
        keys.insert(rules.ties.index("lot"), lot)
    return tuple(keys)


def _drawn(labels: pd.Index, rules: Rules) -> tuple[TieKey, ...]:
    if "lot" not in rules.ties or rules.lot_seed is None:
        return ()
    return (lot_key(labels, rules.lot_seed),)


def _column(column: pd.Series, at: NDArray[np.intp], labels: pd.Index) -> pd.Series:
    values = column.to_numpy(dtype=np.float64, na_value=np.nan)
    return pd.Series(values[at], index=labels, name=column.name)


def _heaviest(labels: pd.Index, scoring: Scoring, utilities: pd.DataFrame) -> pd.Series:
    # Weights from comparisons carry the computer's rounding: what is equal but for that is equally heavy.
    heavy = scoring.weights >= scoring.weights.max() * (1 - RELATIVE_TOLERANCE)
    heaviest = scoring.weights.index[heavy].sort_values()
    values: pd.Series = utilities.loc[labels, heaviest].sum(axis="columns", skipna=False)
    return values
