"""Rankings into one order: profiles, the voting methods on them, and the votes that meetings count by hand.

How each reads ties and gaps:

===================== ========================================= ==========================================
method                ties of a participant                     proposals that a participant left unranked
===================== ========================================= ==========================================
borda                 average ranks (half a point each)         compared with nothing; points are the share
                                                                of comparisons won, on the complete scale
copeland              no side in that duel                      no side; a duel of nobody is tied and listed
schulze               no side in that duel                      no side
kemeny                either order costs nothing                either order costs nothing
majority_judgement    not a ranking: equal words                shares of the answers that were given
merge_group_orders    average ranks                             refused, with the gaps listed
preference_points     refused (one line a place)                no points
mad_vote, dot_vote    no order                                  no vote
count_pairwise_wins   no win for either, pair listed            pair listed as missing
===================== ========================================= ==========================================

"Unranked means last" is never assumed; `unranked_last` says it.
"""

from workbench.engine.rankings.ballots import (
    MergedOrder,
    Tally,
    choices_required,
    dot_vote,
    mad_vote,
    merge_group_orders,
    preference_points,
)
from workbench.engine.rankings.borda import BordaResult, borda, borda_by_voices
from workbench.engine.rankings.copeland import CopelandResult, copeland
from workbench.engine.rankings.kemeny import (
    KemenyResult,
    kemeny,
    kemeny_by_dynamic_programme,
    kemeny_distance,
)
from workbench.engine.rankings.majority_judgement import MajorityJudgement, majority_judgement
from workbench.engine.rankings.methods import METHODS, rank, scores_by_voices
from workbench.engine.rankings.pairwise import (
    PairwiseTable,
    PairwiseWins,
    count_pairwise_wins,
    pairwise_table,
)
from workbench.engine.rankings.places import competition_ranks, tie_groups
from workbench.engine.rankings.profile import (
    Profile,
    one_group_one_voice,
    profile,
    profile_from_orders,
    profile_from_scores,
    unranked_last,
)
from workbench.engine.rankings.schulze import STRENGTHS, SchulzeResult, schulze

__all__ = [
    "METHODS",
    "STRENGTHS",
    "BordaResult",
    "CopelandResult",
    "KemenyResult",
    "MajorityJudgement",
    "MergedOrder",
    "PairwiseTable",
    "PairwiseWins",
    "Profile",
    "SchulzeResult",
    "Tally",
    "borda",
    "borda_by_voices",
    "choices_required",
    "competition_ranks",
    "copeland",
    "count_pairwise_wins",
    "dot_vote",
    "kemeny",
    "kemeny_by_dynamic_programme",
    "kemeny_distance",
    "mad_vote",
    "majority_judgement",
    "merge_group_orders",
    "one_group_one_voice",
    "pairwise_table",
    "preference_points",
    "profile",
    "profile_from_orders",
    "profile_from_scores",
    "rank",
    "schulze",
    "scores_by_voices",
    "tie_groups",
    "unranked_last",
]
