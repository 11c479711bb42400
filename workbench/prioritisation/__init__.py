"""The one calculation: `prioritise(session, rules) -> Outcome`. Every surface shows what it returns."""

from workbench.prioritisation.criterion_weights import CriterionWeights
from workbench.prioritisation.outcome import Outcome, Reason, Standing
from workbench.prioritisation.pools import PooledOutcome, pool_sessions, prioritise_pools
from workbench.prioritisation.prioritise import prioritise

__all__ = [
    "CriterionWeights",
    "Outcome",
    "PooledOutcome",
    "Reason",
    "Standing",
    "pool_sessions",
    "prioritise",
    "prioritise_pools",
]
