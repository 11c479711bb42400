"""The criteria of the sample and their points tables."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from workbench.domain import criteria as domain
from workbench.domain.columns import conform
from workbench.sample.wordlists import read

SCALE_MIN, SCALE_MAX = 1.0, 5.0


def criteria_table() -> pd.DataFrame:
    """Return the criteria, with weights as the forum wrote them and as numbers."""
    rows = [
        {
            "criterion": entry["code"],
            "name": entry["name"],
            "weight": float(entry["weight"].removesuffix("%").strip()) / 100,
            "weight_text": entry["weight"],
            "direction": domain.Direction.HIGHER.value,
            "scale_min": SCALE_MIN,
            "scale_max": SCALE_MAX,
            "scale_anchors": entry["anchors"],
            "measure": entry["measure"],
            "column": entry.get("column", ""),
        }
        for entry in read("criteria")["criterion"]
    ]
    return conform(pd.DataFrame(rows), domain.COLUMNS)


def points_table() -> pd.DataFrame:
    """Return the lines of both points tables; an end of an interval that is open is missing."""
    rows: list[dict[str, Any]] = []
    for entry in read("criteria")["criterion"]:
        code = entry["code"]
        for lower, upper, points in entry.get("intervals", []):
            end = None if math.isinf(upper) else float(upper)
            rows.append({"criterion": code, "lower": float(lower), "upper": end, "points": float(points)})
        for points, texts in entry.get("texts", {}).items():
            rows += [{"criterion": code, "text": text, "points": float(points)} for text in texts]
    return conform(pd.DataFrame(rows), domain.POINTS_COLUMNS)


def judged_criteria() -> dict[str, str]:
    """Return the judged criteria: code to the trait that people see in a proposal."""
    return {entry["code"]: entry["trait"] for entry in read("criteria")["criterion"] if "trait" in entry}
