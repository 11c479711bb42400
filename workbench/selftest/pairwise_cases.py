"""Pairwise comparison: one matrix, or one hierarchy.

"Judgements" are ``upper`` (above the diagonal, row by row), ``matrix`` (full) or ``known``
(``{"i,j": value}`` or ``[i, j, value]``, with ``n`` or ``labels``). Numbers may be text such as "1/3", and
a full matrix may carry reciprocals as printed (0.33 beside 3). Items are numbered from 0 in the order of the
case, and lists in results follow that order. ``ri`` is the random
index to divide by, as a number or as the name of a table; without it ``table`` names one: own (default),
saaty_1980, saaty_2005, thesis_id, alonso_lamata. ``method`` is eigenvector, geometric_mean or column_mean.
Kinds that weigh one matrix return ``weights``, ``w1``, ``w2``, ..., ``order`` (heaviest first), ``ranks``,
``lambda_max``, ``ci``, ``cr``, ``ri`` and ``gci``, besides what they are named for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from workbench.engine.pairwise import (
    column_mean_weights,
    congruence,
    consistency,
    dissonance,
    distributive_synthesis,
    eigenvector_weights,
    equivalent_geometric_threshold,
    fitted_random_index,
    geometric_consistency,
    geometric_mean_weights,
    ideal_synthesis,
    intensity_violations,
    judgements_to_review,
    order_violations,
    random_index,
    row_average_consistency,
    weights_by,
    worst_triad,
)
from workbench.engine.weighting.ordinal import rank_order_centroids, rank_order_weights
from workbench.selftest.pairwise_group_cases import GROUP_KINDS
from workbench.selftest.pairwise_incomplete_cases import INCOMPLETE_KINDS
from workbench.selftest.pairwise_inputs import (
    any_matrix,
    index_of,
    labels_of,
    matrix_of,
    number,
    rows_of,
    table_of,
)

Case = Mapping[str, Any]
Answer = dict[str, Any]

RESERVED = frozenset({"goal", "alts", "alternatives", "method", "table", "ri_table", "ri", "n", "scale"})
"""Names in the inputs of a hierarchy that are no criteria."""

BELOW = ("matrices", "criteria", "alternatives")
"""Where the judgements below the criteria may stand together, under the names of the criteria."""


def _ratios(inputs: Case, matrix: pd.DataFrame) -> Answer:
    found = consistency(matrix)
    index = index_of(inputs, len(matrix))
    cr = found.ci / index if index > 0 and len(matrix) > 2 else 0.0
    gci = geometric_consistency(matrix).gci
    return {
        "n": len(matrix),
        "lambda_max": found.lambda_max,
        "ci": found.ci,
        "ri": index,
        "cr": cr,
        "gci": gci,
    }


def _weighed(weights: list[float]) -> Answer:
    """Return weights as a list and one by one, positions heaviest first, and ranks with ties."""
    rounded = [round(weight, 12) for weight in weights]
    ranks = [1 + sum(other > weight for other in rounded) for weight in rounded]
    return {
        "weights": weights,
        **{f"w{place}": weight for place, weight in enumerate(weights, 1)},
        "order": sorted(range(len(ranks)), key=ranks.__getitem__),
        "ranks": ranks,
    }


def ahp_evm(inputs: Case) -> Answer:
    """Weigh by the principal eigenvector. Inputs: judgements; optional ``ri``."""
    matrix = matrix_of(inputs)
    weights = eigenvector_weights(matrix).tolist()
    llsm = geometric_mean_weights(matrix).tolist()
    return {**_ratios(inputs, matrix), **_weighed(weights), "llsm": llsm}


def ahp_any(inputs: Case) -> Answer:
    """Weigh a matrix on which all methods agree. Inputs: judgements; optional ``method``."""
    matrix = matrix_of(inputs)
    weights = weights_by(inputs.get("method", "geometric_mean"), matrix).tolist()
    return {**_ratios(inputs, matrix), **_weighed(weights)}


def ahp_column_normalisation(inputs: Case) -> Answer:
    """Reproduce the spreadsheet's column means. Inputs: judgements; optional ``ri``."""
    matrix = matrix_of(inputs)
    weights = column_mean_weights(matrix)
    value, ci, cr = row_average_consistency(matrix, weights, index_of(inputs, len(matrix)))
    exact = consistency(matrix).lambda_max
    return {**_weighed(weights.tolist()), "lambda_avg": value, "ci": ci, "cr": cr, "lambda_max": exact}


def ahp_evm_revise(inputs: Case) -> Answer:
    """Name the judgement with the largest a_ij w_j / w_i. Inputs: judgements; optional ``ri``, ``labels``."""
    matrix = matrix_of(inputs)
    reviews = judgements_to_review(matrix, method="eigenvector", most=1)
    answer = ahp_evm(inputs)
    if not reviews:
        return {**answer, "revise_pair": None}
    first = reviews[0]
    ratio = first.cr_after / first.cr if first.cr > 0 else 0.0
    labels = labels_of(inputs) or list(matrix.index)
    return {
        **answer,
        "revise_pair": [first.first, first.second],
        "revise_labels": [labels[first.first], labels[first.second]],
        "suggestion": first.suggestion,
        "cr_after": answer["cr"] * ratio,
    }


def cop_check(inputs: Case) -> Answer:
    """Check the conditions of order preservation of the eigenvector. Inputs: judgements; optional ``ri``."""
    matrix = matrix_of(inputs)
    weights = eigenvector_weights(matrix)
    answer = ahp_evm(inputs)
    orders, intensities = order_violations(matrix, weights), intensity_violations(matrix, weights, most=10**6)
    return {
        **answer,
        "cr_ok": answer["cr"] <= 0.10,
        "cop_violated": bool(orders or intensities),
        "pop_violated": bool(orders),
        "poip_violated": bool(intensities),
        "order_violations": len(orders),
        "intensity_violations": len(intensities),
    }


def consistency_indices(inputs: Case) -> Answer:
    """Measure inconsistency every way there is. Inputs: judgements; optional ``ri``."""
    matrix = matrix_of(inputs)
    triad = worst_triad(matrix)
    return {
        **ahp_evm(inputs),
        "congruence": congruence(matrix),
        "dissonance": dissonance(matrix),
        "koczkodaj": triad.inconsistency if triad else 0.0,
        "worst_triad": sorted(triad.items) if triad else [],
        "gci": geometric_consistency(matrix).gci,
    }


def gci(inputs: Case) -> Answer:
    """Compute the geometric consistency index. Inputs: judgements."""
    found = geometric_consistency(matrix_of(inputs))
    return {"gci": found.gci, "threshold": found.threshold, "acceptable": found.acceptable}


def gci_threshold(inputs: Case) -> Answer:
    """Translate a consistency ratio into a GCI. Inputs: ``n``; optional ``ri``, ``cr`` (default 0.10)."""
    n = int(inputs["n"])
    return {"gci": equivalent_geometric_threshold(n, number(inputs.get("cr", 0.10)), index_of(inputs, n))}


def random_index_of(inputs: Case) -> Answer:
    """Look up random indices. Inputs: ``n``, one or a list; optional ``table`` (default own)."""
    given, table = inputs["n"], table_of(inputs)
    if isinstance(given, list | tuple):
        return {"ri": [random_index(int(n), table) for n in given]}
    return {"ri": random_index(int(given), table)}


def cr_linear_fit(inputs: Case) -> Answer:
    """Divide by the linear fit of Alonso & Lamata. Inputs: judgements, or ``lambda_max`` with ``n``."""
    if "lambda_max" in inputs:
        n, value = int(inputs["n"]), number(inputs["lambda_max"])
    else:
        found = consistency(matrix_of(inputs))
        n, value = found.n, found.lambda_max
    if n <= 2:
        return {"lambda_max": value, "ri": 0.0, "cr": 0.0}
    index = fitted_random_index(n)
    return {"lambda_max": value, "ri": index, "cr": (value - n) / ((n - 1) * index)}


def ahp_hierarchy(inputs: Case) -> Answer:
    """Join criteria and alternatives by eigenvectors, distributively.

    Inputs: ``goal`` (judgements among the criteria); ``names`` or ``criteria``; ``alts``; under each
    criterion's name, there under ``matrices``, or under ``criteria`` or ``alternatives`` as a mapping, the
    judgements among the alternatives; optional ``method``, ``table`` or ``ri`` (of the goal).
    """
    held = next((inputs[key] for key in BELOW if isinstance(inputs.get(key), Mapping)), inputs)
    names = list(
        inputs.get("names") or inputs.get("criteria") or [key for key in held if key not in RESERVED]
    )
    method = inputs.get("method", "eigenvector")
    goal = any_matrix(inputs["goal"])
    weights = pd.Series(weights_by(method, goal).to_numpy(), index=names)
    below = {name: any_matrix(held[name]) for name in names}
    local = pd.DataFrame({name: weights_by(method, matrix) for name, matrix in below.items()})
    target = distributive_synthesis(weights, local).tolist()
    return {
        **_weighed(target),
        "criteria": weights.tolist(),
        "target": target,
        "ideal": ideal_synthesis(weights, local).tolist(),
        "local": {name: local[name].tolist() for name in names},
        "cr_goal": _ratios(inputs, goal)["cr"],
        "cr": {name: _ratios({"table": table_of(inputs)}, matrix)["cr"] for name, matrix in below.items()},
    }


def ahp_hierarchy_wsm(inputs: Case) -> Answer:
    """Join weighed criteria with given priorities of the alternatives.

    Inputs: ``goal`` (judgements among the criteria); ``alternative_priorities``, one row per criterion and
    one column per alternative, listed or under labels; optional ``names``, ``method``.
    """
    goal = any_matrix(inputs["goal"])
    weights = weights_by(inputs.get("method", "eigenvector"), goal)
    priorities = rows_of(inputs["alternative_priorities"], inputs.get("names", inputs.get("criteria")))
    target = (pd.DataFrame(priorities, index=goal.index).T @ weights).tolist()
    return {
        **_weighed(target),
        "criteria": weights.tolist(),
        "target": target,
        "cr_goal": _ratios(inputs, goal)["cr"],
    }


def rank_order_centroid(inputs: Case) -> Answer:
    """Weigh by an order. Inputs: ``n``, ``labels`` or ``order``; or ``ranks`` (1 heaviest, with ties)."""
    if "ranks" in inputs:
        return _weighed(rank_order_weights(pd.Series([number(rank) for rank in inputs["ranks"]])).tolist())
    n = inputs["n"] if "n" in inputs else len(labels_of(inputs))
    return _weighed(rank_order_centroids(int(n)).tolist())


KINDS: Mapping[str, Callable[[Case], Answer]] = MappingProxyType(
    {
        "ahp_evm": ahp_evm,
        "ahp_any": ahp_any,
        "ahp_cr": ahp_evm,
        "ahp_column_normalisation": ahp_column_normalisation,
        "ahp_evm_revise": ahp_evm_revise,
        "ahp_hierarchy": ahp_hierarchy,
        "ahp_hierarchy_wsm": ahp_hierarchy_wsm,
        "consistency_indices": consistency_indices,
        "cop_check": cop_check,
        "cr_linear_fit": cr_linear_fit,
        "gci": gci,
        "gci_threshold": gci_threshold,
        "random_index": random_index_of,
        "random_index_table": random_index_of,
        "rank_order_centroid": rank_order_centroid,
        **INCOMPLETE_KINDS,
        **GROUP_KINDS,
    }
)
"""What computes each kind of case: the inputs in, every output there is out."""
