"""Scoring and ranking: the weighted sum on fixed anchors, ties as values, second opinions beside it.

Every function takes labelled tables: proposals in the rows, criteria in the columns, weights and directions
by criterion. Labels that do not match are refused, and so is a missing value.
"""

from workbench.engine.scoring.divide_by_max import DividedByMax, wsm_max
from workbench.engine.scoring.methods_agree import MethodAgreement, methods_agree
from workbench.engine.scoring.plain_sum import PlainSum, plain_sum
from workbench.engine.scoring.promethee import Preference, Promethee, promethee_ii
from workbench.engine.scoring.ranking import Ranking, rank_with_ties
from workbench.engine.scoring.reversal import ReversalCheck, reversal_check
from workbench.engine.scoring.second_opinions import SECOND_OPINIONS, second_opinion
from workbench.engine.scoring.topsis import Topsis, topsis_minmax, topsis_vector
from workbench.engine.scoring.value_for_money import ValuePerRupiah, cost_counted_twice, value_per_rupiah
from workbench.engine.scoring.vikor import Vikor, vikor
from workbench.engine.scoring.weighted_product import WeightedProduct, weighted_product
from workbench.engine.scoring.weighted_sum import WeightedSum, weighted_sum

__all__ = [
    "SECOND_OPINIONS",
    "DividedByMax",
    "MethodAgreement",
    "PlainSum",
    "Preference",
    "Promethee",
    "Ranking",
    "ReversalCheck",
    "Topsis",
    "ValuePerRupiah",
    "Vikor",
    "WeightedProduct",
    "WeightedSum",
    "cost_counted_twice",
    "methods_agree",
    "plain_sum",
    "promethee_ii",
    "rank_with_ties",
    "reversal_check",
    "second_opinion",
    "topsis_minmax",
    "topsis_vector",
    "value_per_rupiah",
    "vikor",
    "weighted_product",
    "weighted_sum",
    "wsm_max",
]
