"""The tables of a report by name; each is a pure function to a `Table`."""

from workbench.present.overview_tables import (
    data_quality_counts_table,
    data_quality_table,
    faulty_rows_table,
    funnel_table,
    reproducibility_table,
    rules_table,
    village_totals_table,
)
from workbench.present.proposal_tables import (
    funded_table,
    not_funded_table,
    not_rankable_table,
    ranked_table,
    unpriced_table,
)
from workbench.present.scoring_tables import contributions_table, points_sums_table, weights_table
from workbench.present.table import ColumnSpec, Table

__all__ = [
    "ColumnSpec",
    "Table",
    "contributions_table",
    "data_quality_counts_table",
    "data_quality_table",
    "faulty_rows_table",
    "funded_table",
    "funnel_table",
    "not_funded_table",
    "not_rankable_table",
    "points_sums_table",
    "ranked_table",
    "reproducibility_table",
    "rules_table",
    "unpriced_table",
    "village_totals_table",
    "weights_table",
]
