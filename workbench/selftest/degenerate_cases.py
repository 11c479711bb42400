"""Inputs at the edge of what a method is defined for."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from workbench.domain.criteria import Direction
from workbench.engine.pairwise import consistency, eigenvector_weights, geometric_mean_weights
from workbench.engine.scoring.ranking import rank_with_ties
from workbench.engine.scoring.second_opinions import SECOND_OPINIONS
from workbench.engine.scoring.topsis import minmax_normalised
from workbench.engine.scoring.weighted_sum import weighted_sum
from workbench.errors import WorkbenchError
from workbench.selftest import agreement_cases, allocation_cases, pairwise_group_cases
from workbench.selftest.pairwise_incomplete_cases import or_disconnected
from workbench.selftest.refusals import refusal
from workbench.selftest.scoring_inputs import Case, decision_of, order_of, ranks_of

Answer = dict[str, Any]

TABLE = frozenset({"weights", "direction", "directions", "objectives", "types", "values"})
"""Inputs that say that a matrix is a table of proposals and not one of judgements."""

METHODS: Mapping[str, str] = MappingProxyType(
    {
        "wsm": "weighted_sum",
        "saw": "weighted_sum",
        "topsis": "topsis_vector",
        "promethee": "promethee_ii",
        "promethee2": "promethee_ii",
    }
)
"""Other names of the methods that run on a table."""


def degenerate(inputs: Case) -> Answer:
    """Answer inputs at the edge: nothing, nobody, one of a kind, all equal, columns of zeros.

    Inputs: table with ``weights``, ``direction`` or ``values``, or not square (then every method runs;
    ``order`` is that of ``method``, by default the weighted sum of the columns stretched over 0..1);
    or judgements (then ``weights``, ``cr``); or those of ``aij`` (``uppers``), ``kendall_w``
    (``ratings_by_rater``), ``consensus_shannon`` (``priorities``), ``voting`` (``profile``),
    ``budget_equal_shares`` (``approvals``) or ``budget_knapsack`` (``budget``), answered as there.
    """
    answer = next((adapter for key, adapter in BY_INPUT.items() if key in inputs), _matrix)
    try:
        return answer(inputs)
    except WorkbenchError as error:
        return refusal(error)


BY_INPUT: Mapping[str, Callable[[Case], Answer]] = MappingProxyType(
    {
        "uppers": pairwise_group_cases.aij,
        "matrices": pairwise_group_cases.aij,
        "ratings_by_rater": agreement_cases.kendall_w,
        "ratings_by_object": agreement_cases.kendall_w,
        "priorities": agreement_cases.consensus_shannon,
        "profile": agreement_cases.voting,
        "approvals": allocation_cases.budget_equal_shares,
        "budget": allocation_cases.budget_knapsack,
    }
)
"""Who answers an input that only one kind has."""


def _matrix(inputs: Case) -> Answer:
    if TABLE & set(inputs) or not _is_square(inputs.get("matrix")):
        return _all_methods(inputs)
    return or_disconnected(_weighed)(inputs)


def _is_square(cells: object) -> bool:
    """Tell whether a matrix may be one of judgements; one that is not there leaves that open."""
    rows = list(cells.values()) if isinstance(cells, Mapping) else cells
    return not isinstance(rows, list) or all(len(row) == len(rows) for row in rows)


def _method(inputs: Case) -> str:
    name = str(inputs.get("method", "weighted_sum"))
    return METHODS.get(name, name)


def _weighed(_: Case, matrix: pd.DataFrame) -> Answer:
    weights = geometric_mean_weights(matrix).tolist()
    if matrix.isna().to_numpy().any():
        return {"weights": weights, "nan": any(map(math.isnan, weights))}
    found = consistency(matrix)
    return {
        "weights": weights,
        "eigenvector": eigenvector_weights(matrix).tolist(),
        "cr": found.cr,
        "nan": any(map(math.isnan, [*weights, found.cr])),
    }


def _all_methods(inputs: Case) -> Answer:
    table, weights, directions = decision_of(inputs)
    higher = np.array([direction == Direction.HIGHER for direction in directions])
    utilities = pd.DataFrame(
        minmax_normalised(table.to_numpy(), higher), index=table.index, columns=table.columns
    )
    scores = {"weighted_sum": weighted_sum(utilities, weights).scores}
    # Dividing by the largest is not defined for negative values; the other methods are.
    usable = [name for name in SECOND_OPINIONS if name != "wsm_max" or (table.to_numpy() >= 0).all()]
    scores |= {name: SECOND_OPINIONS[name](table, weights, directions).scores for name in usable}
    chosen = scores[_method(inputs)]
    return {
        "order": order_of(chosen),
        "ranks": ranks_of(chosen),
        "ties": [list(group) for group in rank_with_ties(chosen, scale=1.0).ties],
        "scores": chosen.tolist(),
        "nan": any(bool(series.isna().any()) for series in scores.values()),
        "orders": {name: order_of(series) for name, series in scores.items()},
        "closeness": scores["topsis_vector"].tolist(),
        "Q": (1 - scores["vikor"]).tolist(),
        "phi": scores["promethee_ii"].tolist(),
    }


KINDS: Mapping[str, Callable[[Case], Answer]] = MappingProxyType({"degenerate": degenerate})
"""From the kind of a case to the function that computes it."""
