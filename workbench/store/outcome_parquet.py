"""The outcome file as a Parquet table for analysts: one row a proposal, one column a criterion's part."""

from __future__ import annotations

import importlib.util
import io
import json
from typing import Any

from workbench.errors import WorkbenchError

EXTRA = "parquet"
NESTED = ("reason", "measures", "contributions", "decided_by", "withheld")
WHOLE = (
    "rank", "shared", "answers", "cost", "running_total", "shortfall", "beneficiaries", "poor_households",
    "times_proposed",
)  # fmt: skip
DAY = "proposed_on"
FLAGS = ("womens_proposal", "score_public")
NUMBERS = ("score", "points_sum")


def can_write_parquet() -> bool:
    """Tell whether the package that writes Parquet is installed."""
    return importlib.util.find_spec("polars") is not None


def parquet_bytes(content: bytes) -> bytes:
    """Return the proposals of an outcome file as Parquet.

    Parameters
    ----------
    content : bytes
        From `workbench.store.outcome_file.outcome_bytes`.

    Returns
    -------
    bytes
        Columns of the file's proposals with pool, reason (its code), decided_by as text, and
        ``measure_K`` and ``part_K`` for every criterion K. Whole rupiah are 64-bit integers, a
        ``proposed_on`` is a date; unknown is null. Where ``score_public`` is false the score is few people's
        and not to be shown.

    Raises
    ------
    WorkbenchError
        ``parquet_extra_missing`` where polars is not installed.
    """
    if not can_write_parquet():
        raise WorkbenchError("parquet_extra_missing", extra=EXTRA)
    import polars as pl

    outcome = json.loads(content)
    criteria = [criterion["criterion"] for criterion in outcome["criteria"]]
    rows = [_row(line, part["pool"], criteria) for part in outcome["lists"] for line in part["proposals"]]
    numbers = [*NUMBERS, *(f"{kind}_{name}" for name in criteria for kind in ("measure", "part"))]
    types: dict[str, Any] = dict.fromkeys(numbers, pl.Float64)
    types |= dict.fromkeys(WHOLE, pl.Int64) | dict.fromkeys(FLAGS, pl.Boolean)
    names = list(rows[0]) if rows else ["proposal"]
    frame = pl.DataFrame(rows, schema={name: types.get(name, pl.String) for name in names}, orient="row")
    if DAY in frame.columns:
        frame = frame.with_columns(pl.col(DAY).str.to_date("%Y-%m-%d"))
    stream = io.BytesIO()
    frame.write_parquet(stream)
    return stream.getvalue()


def _row(line: dict[str, Any], pool: str, criteria: list[str]) -> dict[str, Any]:
    flat = {"proposal": line["proposal"], "pool": pool}
    flat |= {name: value for name, value in line.items() if name not in NESTED}
    flat |= {"decided_by": ", ".join(line["decided_by"]), "reason": line["reason"]["code"]}
    for name in criteria:
        flat[f"measure_{name}"] = (line["measures"] or {}).get(name)
        flat[f"part_{name}"] = (line["contributions"] or {}).get(name)
    return flat
