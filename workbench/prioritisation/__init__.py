"""The one calculation: `prioritise(session, rules) -> Outcome`. Every surface shows what it returns."""

from workbench.prioritisation.outcome import CriterionWeights, Outcome, Reason, Standing
from workbench.prioritisation.prioritise import prioritise

__all__ = ["CriterionWeights", "Outcome", "Reason", "Standing", "prioritise"]
