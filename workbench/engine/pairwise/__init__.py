"""Pairwise comparison: matrices of judgements, weights, consistency, groups and hierarchies (AHP).

A matrix of judgements is a frame, labels by labels, NaN where nobody answered. Build it with
`judgement_matrix`, weigh it with `geometric_mean_weights` (any connected answers) or `eigenvector_weights`,
judge it with `consistency` or `incomplete_consistency`. A room is a `JudgementStack`.
"""

from workbench.engine.pairwise.consistency import (
    THRESHOLDS,
    Consistency,
    GeometricConsistency,
    consistency,
    equivalent_geometric_threshold,
    geometric_consistency,
    geometric_threshold,
    residuals,
    row_average_consistency,
)
from workbench.engine.pairwise.graph import components, pairs_of
from workbench.engine.pairwise.group import (
    GroupJudgements,
    aggregate_judgements,
    group_judgements,
    group_weights,
    individual_weights,
    leave_one_group_out,
    median_judgements,
)
from workbench.engine.pairwise.harker import HarkerWeights, harker_weights
from workbench.engine.pairwise.hierarchy import (
    SYNTHESES,
    HierarchyWeights,
    distributive_synthesis,
    hierarchy_weights,
    ideal_synthesis,
    local_weights,
    synthesise,
)
from workbench.engine.pairwise.incomplete import (
    Completion,
    GraphRandomIndex,
    IncompleteConsistency,
    graph_random_index,
    incomplete_consistency,
    lambda_optimal_completion,
    linear_random_index,
    live_consistency,
)
from workbench.engine.pairwise.matrix import SAATY_SCALE, judgement_matrix
from workbench.engine.pairwise.orders import (
    Contradiction,
    IntensityViolation,
    OrderViolation,
    contradictions,
    intensity_violations,
    order_violations,
    preference_circle,
)
from workbench.engine.pairwise.priorities import arithmetic_priorities, geometric_priorities
from workbench.engine.pairwise.random_index import (
    RANDOM_INDEX_TABLES,
    RandomIndexTable,
    fitted_random_index,
    random_index,
    random_index_table,
)
from workbench.engine.pairwise.review import Review, judgements_to_review
from workbench.engine.pairwise.stack import JudgementStack, stack_judgements
from workbench.engine.pairwise.triads import Triad, congruence, dissonance, worst_triad
from workbench.engine.pairwise.weights import (
    WEIGHTING,
    column_mean_weights,
    eigenvector_weights,
    geometric_mean_weights,
    order_changes,
    weights_by,
)

__all__ = [
    "RANDOM_INDEX_TABLES",
    "SAATY_SCALE",
    "SYNTHESES",
    "THRESHOLDS",
    "WEIGHTING",
    "Completion",
    "Consistency",
    "Contradiction",
    "GeometricConsistency",
    "GraphRandomIndex",
    "GroupJudgements",
    "HarkerWeights",
    "HierarchyWeights",
    "IncompleteConsistency",
    "IntensityViolation",
    "JudgementStack",
    "OrderViolation",
    "RandomIndexTable",
    "Review",
    "Triad",
    "aggregate_judgements",
    "arithmetic_priorities",
    "column_mean_weights",
    "components",
    "congruence",
    "consistency",
    "contradictions",
    "dissonance",
    "distributive_synthesis",
    "eigenvector_weights",
    "equivalent_geometric_threshold",
    "fitted_random_index",
    "geometric_consistency",
    "geometric_mean_weights",
    "geometric_priorities",
    "geometric_threshold",
    "graph_random_index",
    "group_judgements",
    "group_weights",
    "harker_weights",
    "hierarchy_weights",
    "ideal_synthesis",
    "incomplete_consistency",
    "individual_weights",
    "intensity_violations",
    "judgement_matrix",
    "judgements_to_review",
    "lambda_optimal_completion",
    "leave_one_group_out",
    "linear_random_index",
    "live_consistency",
    "local_weights",
    "median_judgements",
    "order_changes",
    "order_violations",
    "pairs_of",
    "preference_circle",
    "random_index",
    "random_index_table",
    "residuals",
    "row_average_consistency",
    "stack_judgements",
    "synthesise",
    "weights_by",
    "worst_triad",
]
