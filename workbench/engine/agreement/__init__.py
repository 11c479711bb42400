"""How far a room agrees: on an order, on priorities, on each proposal, on each pair, and between rounds.

No result carries a participant's points. Distances between participants are for the facilitator's own screen;
between groups and methods they may be shown.
"""

from workbench.engine.agreement.concordance import (
    Concordance,
    PermutationTest,
    kendall_w,
    permutation_test,
)
from workbench.engine.agreement.delphi import (
    DelphiRule,
    RoundComparison,
    Stop,
    compare_rounds,
    disputed_items,
    distribution_change,
    stop_decision,
)
from workbench.engine.agreement.distances import DISTANCES, kendall_distances, spearman_distances
from workbench.engine.agreement.entropy import (
    FORMS,
    ConsensusBaseline,
    ShannonConsensus,
    consensus_baseline,
    shannon_consensus,
)
from workbench.engine.agreement.opinion_groups import Finding, OpinionGroups, Search, opinion_groups
from workbench.engine.agreement.scaling import RankingMap, ranking_map
from workbench.engine.agreement.spread import Level, LevelThresholds, Spread, spread, tastle_wierman
from workbench.engine.agreement.support import PairwiseSupport, pairwise_support

__all__ = [
    "DISTANCES",
    "FORMS",
    "Concordance",
    "ConsensusBaseline",
    "DelphiRule",
    "Finding",
    "Level",
    "LevelThresholds",
    "OpinionGroups",
    "PairwiseSupport",
    "PermutationTest",
    "RankingMap",
    "RoundComparison",
    "Search",
    "ShannonConsensus",
    "Spread",
    "Stop",
    "compare_rounds",
    "consensus_baseline",
    "disputed_items",
    "distribution_change",
    "kendall_distances",
    "kendall_w",
    "opinion_groups",
    "pairwise_support",
    "permutation_test",
    "ranking_map",
    "shannon_consensus",
    "spearman_distances",
    "spread",
    "stop_decision",
    "tastle_wierman",
]
