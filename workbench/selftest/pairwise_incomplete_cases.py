"""Pairwise comparison with gaps.

Inputs of all kinds: judgements as ``known`` (``{"i,j": value}`` with ``n`` or ``labels``), ``upper`` or
``matrix`` with gaps (null, "?", or 0, which is no ratio); optional ``ri``. Answers that do not link all items
give ``{"error": "disconnected", "components": count, "component_members": positions}``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from workbench.engine.pairwise import (
    geometric_mean_weights,
    graph_random_index,
    harker_weights,
    lambda_optimal_completion,
)
from workbench.errors import DisconnectedJudgements
from workbench.selftest.pairwise_inputs import labels_of, matrix_of, number

Case = Mapping[str, Any]
Answer = dict[str, Any]

FULL = ("matrix", "upper")
_SEED = 1
_ROUNDING = 1e-12


def gapped_matrix_of(inputs: Case) -> pd.DataFrame:
    """Read judgements in which 0 in a matrix or triangle means not answered, as other programs write it."""
    return matrix_of({**inputs, **{name: _zero_gapped(inputs[name]) for name in FULL if name in inputs}})


def _zero_gapped(cells: Any) -> Any:  # noqa: ANN401 - rows of cells, listed or under labels
    if isinstance(cells, Mapping):
        return {label: _zero_gapped(row) for label, row in cells.items()}
    if isinstance(cells, list):
        return [_zero_gapped(row) for row in cells]
    return None if str(cells).strip() in ("0", "0.0") else cells


def or_disconnected(compute: Callable[[Case, pd.DataFrame], Answer]) -> Callable[[Case], Answer]:
    """Turn answers that do not link all items into the refusal that cases expect."""

    def answer(inputs: Case) -> Answer:
        try:
            return compute(inputs, gapped_matrix_of(inputs))
        except DisconnectedJudgements as refused:
            members = [sorted(part) for part in refused.facts["components"]]
            return {"error": "disconnected", "components": len(members), "component_members": sorted(members)}

    answer.__doc__ = compute.__doc__
    return answer


def _optimal(inputs: Case, matrix: pd.DataFrame) -> Answer:
    """Fill the gaps so that the principal eigenvalue is smallest, and take the ratio against ``ri``."""
    done = lambda_optimal_completion(matrix)
    n = len(matrix)
    ci = (done.lambda_max - n) / (n - 1) if n > 1 else 0.0
    ci = 0.0 if ci < _ROUNDING else ci
    given = inputs.get("ri")
    index = graph_random_index(matrix, seed=_SEED).value if given is None else number(given)
    completed, labels = {}, labels_of(inputs)
    for first, second, value in done.filled:
        completed[f"{first},{second}"], completed[f"{second},{first}"] = value, 1 / value
        if labels:
            one, other = labels[first], labels[second]
            completed[f"{one},{other}"], completed[f"{other},{one}"] = value, 1 / value
    return {
        "completed": completed,
        "weights": done.weights.tolist(),
        "lambda_max": done.lambda_max,
        "ci": ci,
        "ri": index,
        "cr": ci / index if index > 0 else 0.0,
    }


def _harker(_: Case, matrix: pd.DataFrame) -> Answer:
    """Weigh by Harker's method, and by least squares beside it."""
    found = harker_weights(matrix)
    weights = found.weights.tolist()
    llsm = geometric_mean_weights(matrix).tolist()
    return {"harker": weights, "weights": weights, "lambda_max": found.lambda_max, "llsm": llsm}


def _llsm(inputs: Case, matrix: pd.DataFrame) -> Answer:
    """Weigh by least squares; the consistency index is that of the optimal completion."""
    weights = geometric_mean_weights(matrix).tolist()
    return {**_optimal(inputs, matrix), "weights": weights, "llsm": weights}


INCOMPLETE_KINDS: Mapping[str, Callable[[Case], Answer]] = MappingProxyType(
    {
        "incomplete_evm_optimal": or_disconnected(_optimal),
        "incomplete_harker": or_disconnected(_harker),
        "incomplete_llsm": or_disconnected(_llsm),
        "incomplete_error": or_disconnected(_llsm),
    }
)
