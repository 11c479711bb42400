"""Ways of weighting criteria other than complete pairwise comparison, and one estimator that joins them."""

from workbench.engine.weighting.best_worst import BestWorstWeights, answer_gaps, best_worst_weights
from workbench.engine.weighting.combined import CombinedWeights, combine_evidence
from workbench.engine.weighting.deck import question_deck
from workbench.engine.weighting.direct import direct_weights, percent_weights
from workbench.engine.weighting.evidence import (
    VARIANCES,
    best_worst_evidence,
    judgement_evidence,
    points_evidence,
    rank_evidence,
)
from workbench.engine.weighting.ordinal import rank_order_centroids, rank_order_weights
from workbench.engine.weighting.questions import NextQuestion, StopRule, may_stop, next_question

__all__ = [
    "VARIANCES",
    "BestWorstWeights",
    "CombinedWeights",
    "NextQuestion",
    "StopRule",
    "answer_gaps",
    "best_worst_evidence",
    "best_worst_weights",
    "combine_evidence",
    "direct_weights",
    "judgement_evidence",
    "may_stop",
    "next_question",
    "percent_weights",
    "points_evidence",
    "question_deck",
    "rank_evidence",
    "rank_order_centroids",
    "rank_order_weights",
]
