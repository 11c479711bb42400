"""Needs against cost: points per rupiah, and whether cost counts twice, in score and ceiling."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.domain.criteria import Measure
from workbench.domain.session import Session
from workbench.engine.scoring.value_for_money import (
    CostCount,
    ValuePerRupiah,
    cost_counted_twice,
    value_per_rupiah,
)
from workbench.prioritisation import Outcome

COST_COLUMN = "cost"


@dataclass(frozen=True)
class NeedsAgainstCost:
    """The ranked proposals by score per rupiah, and the warning about cost.

    Attributes
    ----------
    value : ValuePerRupiah
        Of the ranked proposals.
    cost : CostCount
        Whether a criterion looks at the cost although a ceiling bounds it too, and its share of the weight.
    """

    value: ValuePerRupiah
    cost: CostCount


def needs_against_cost(session: Session, outcome: Outcome) -> NeedsAgainstCost:
    """Set scores against costs; the list never makes the result."""
    ranked = outcome.table[outcome.table["rank"].notna()]
    criteria = session.criteria.frame
    looks_at_cost = (criteria["measure"] != Measure.JUDGED.value) & (criteria["column"] == COST_COLUMN)
    return NeedsAgainstCost(
        value_per_rupiah(ranked["score"].astype("float64"), pd.Series(ranked["cost"])),
        cost_counted_twice(
            outcome.scoring.weights,
            criteria.index[looks_at_cost].tolist(),
            under_a_ceiling=outcome.room is not None,
        ),
    )
