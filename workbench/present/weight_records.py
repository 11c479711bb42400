"""Weights and what was found about them as plain values for machines; no person, and no few people, apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pandas as pd

from workbench.prioritisation.criterion_weights import Comparisons, SiblingWeights


def group_record(group: SiblingWeights, minimum_group: int) -> dict[str, Any]:
    """Return one set of siblings as JSON values.

    Parameters
    ----------
    group : SiblingWeights
    minimum_group : int
        Counts of fewer people are null.
    """
    found = group.comparisons
    return {
        "parent": group.parent,
        "method": group.method,
        "local": {str(label): float(value) for label, value in group.values.items()},  # noqa: PD011
        "answered": group.answered,
        "set_aside": group.set_aside,
        "ways": None if group.ways is None else _ways(group.ways, minimum_group),
        "comparisons": None if found is None else comparisons_record(found, minimum_group),
    }


def comparisons_record(found: Comparisons, minimum_group: int) -> dict[str, Any]:
    """Return what was found about comparisons as JSON values."""
    ratio, index = found.consistency, found.random_index
    return {
        "cr": ratio.cr,
        "threshold": ratio.threshold,
        "acceptable": ratio.acceptable,
        "lambda_max": ratio.lambda_max,
        "random_index": ratio.random_index,
        "random_index_table": ratio.table,
        "random_index_simulation": None if index is None else asdict(index),
        "gci": None if found.geometric is None else asdict(found.geometric),
        "unanswered": found.unanswered,
        "worst_triad": None if found.triad is None else asdict(found.triad),
        "look_again": [asdict(review) for review in found.reviews],
        "order_violations": [asdict(one) for one in found.violations],
        "contradictions": [asdict(one) for one in found.contradictions],
        "order_changes": [list(pair) for pair in found.order_changes],
        "individuals": _individuals(found, minimum_group),
    }


def _individuals(found: Comparisons, minimum: int) -> dict[str, int | None]:
    people, above = len(found.individual_ratios), found.above_threshold
    seen = people >= minimum and all(part == 0 or part >= minimum for part in (above, people - above))
    return {"complete": people if people >= minimum else None, "above_threshold": above if seen else None}


def _ways(ways: pd.DataFrame, minimum: int) -> dict[str, Mapping[str, Any]]:
    lines: list[Any] = ways.to_dict("records")
    return {
        str(way): {
            "participants": int(line["participants"]) if line["participants"] >= minimum else None,
            "answers": int(line["answers"]) if line["participants"] >= minimum else None,
            "share": float(line["share"]),
            "observed_variance": (
                float(line["observed_variance"]) if line["participants"] >= minimum else None
            ),
        }
        for way, line in zip(ways.index, lines, strict=True)
    }
