"""Forums written out by hand, and everything that an outcome says of them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from tests.strategies import DISTRICT, Tables
from workbench.prioritisation import Outcome

NOBODY = pd.DataFrame()


def fixed(
    points: dict[str, dict[str, float | None]],
    *,
    cost: dict[str, int | None] | None = None,
    ceiling: int | None = None,
    weights: dict[str, float | None] | None = None,
    **more: pd.DataFrame,
) -> Tables:
    """Return tables of a forum in which one person gave the points (1 to 5) by proposal and criterion."""
    labels = list(points)
    criteria = list(dict.fromkeys(k for cells in points.values() for k in cells)) or ["K1"]
    weights = weights or dict.fromkeys(criteria, 1.0)
    lines = [(1, "1", label, k, value) for label, cells in points.items() for k, value in cells.items()]
    budget = [] if ceiling is None else [{"region": DISTRICT, "kind": "ceiling", "amount": ceiling}]
    return replace(
        Tables(
            proposals=pd.DataFrame(
                {
                    "proposal": pd.Series(labels, dtype="str"),
                    "activity": "x",
                    "region": DISTRICT,
                    "cost": pd.array([(cost or {}).get(label) for label in labels], dtype="Int64"),
                }
            ),
            criteria=pd.DataFrame(
                {"criterion": criteria, "name": criteria, "weight": [weights[k] for k in criteria],
                 "scale_min": 1.0, "scale_max": 5.0}
            ),
            points=NOBODY,
            participants=pd.DataFrame({"participant": ["1", "2", "3"]}),
            ballots=pd.DataFrame(lines, columns=["round", "participant", "proposal", "criterion", "points"]),
            judgements=NOBODY,
            gates=NOBODY,
            budget=pd.DataFrame(budget),
        ),
        **more,
    )  # fmt: skip


def comparisons(lines: list[tuple[str, str, str, float]]) -> pd.DataFrame:
    return pd.DataFrame(lines, columns=["participant", "first", "second", "value"])


def text_of(outcome: Outcome) -> str:
    """Return everything that an outcome says, in full precision, by label and not by position."""
    table = outcome.table
    parts = [table.to_csv(float_format="%.17g"), str(table.dtypes.to_dict())]
    parts += [f"{label} {reason.code} {dict(reason.facts)}" for label, reason in outcome.reasons.items()]
    frames = (
        outcome.scoring.contributions,
        outcome.utilities.values,  # noqa: PD011 - a frame of this house
        outcome.measures,
        outcome.cells.answers,
    )
    parts += [frame.sort_index().sort_index(axis="columns").to_csv(float_format="%.17g") for frame in frames]
    parts += [outcome.scoring.weights.sort_index().to_csv(float_format="%.17g")]
    parts += [str(outcome.weights.consistency), str(outcome.weights.individual_ratios.tolist())]
    parts += [
        str((outcome.ceiling, outcome.earmarked, outcome.room, outcome.unenforced, list(outcome.history)))
    ]
    parts += [
        str(outcome.tie_breaks.ties),
        str(dict(outcome.tie_breaks.seeds)),
        outcome.funnel.steps.to_csv(),
    ]
    return "\n".join(parts)
