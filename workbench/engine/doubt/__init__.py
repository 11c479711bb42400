"""How sure is the order: sampled weights, resampled people, rounded judgements, and exact sensitivity.

Scores between 0 and 1 (utilities) go in, proposals in the rows and criteria in the columns; whatever draws
takes its seed as an argument.
"""

from workbench.engine.doubt.acceptability import (
    Acceptability,
    confidence_factors,
    pairwise_winning,
    rank_acceptability,
    rank_acceptability_in_order,
)
from workbench.engine.doubt.critical_weights import CriticalWeights, critical_weights
from workbench.engine.doubt.flips import ValueFlip, WeightFlip, value_flips, weight_flips
from workbench.engine.doubt.participants import bootstrap_participants
from workbench.engine.doubt.rank_doubt import RankDoubt, rank_doubt
from workbench.engine.doubt.rounding import round_judgements
from workbench.engine.doubt.stability import WeightStability, weight_stability
from workbench.engine.doubt.weight_sampling import flat_weights, ordered_flat_weights

__all__ = [
    "Acceptability",
    "CriticalWeights",
    "RankDoubt",
    "ValueFlip",
    "WeightFlip",
    "WeightStability",
    "bootstrap_participants",
    "confidence_factors",
    "critical_weights",
    "flat_weights",
    "ordered_flat_weights",
    "pairwise_winning",
    "rank_acceptability",
    "rank_acceptability_in_order",
    "rank_doubt",
    "round_judgements",
    "value_flips",
    "weight_flips",
    "weight_stability",
]
