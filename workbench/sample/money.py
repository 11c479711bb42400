"""The ceiling of each district and what is bound inside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from workbench.domain import budget as domain
from workbench.domain.columns import conform
from workbench.sample.places import District
from workbench.sample.streams import Stream, stream
from workbench.sample.wordlists import read

LOWEST, HIGHEST = 4_000_000_000, 6_500_000_000
CEILING_STEP, EARMARK_STEP = 25_000_000, 5_000_000
EARMARK_SHARE = (0.05, 0.09)


def budget_table(seed: int, places: Sequence[District]) -> pd.DataFrame:
    """Return one ceiling and one earmark a district; districts with more villages get more."""
    words = read("words")["budget"]
    rng = stream(seed, Stream.BUDGET)
    counts = [len(district.villages) for district in places]
    rows: list[dict[str, Any]] = []
    for district, count in zip(places, counts, strict=True):
        position = (count - min(counts)) / (max(counts) - min(counts))
        position = min(1.0, max(0.0, 0.7 * position + 0.3 * float(rng.random())))
        ceiling = round((LOWEST + position * (HIGHEST - LOWEST)) / CEILING_STEP) * CEILING_STEP
        earmark = round(ceiling * float(rng.uniform(*EARMARK_SHARE)) / EARMARK_STEP) * EARMARK_STEP
        for kind, amount in ((domain.LineKind.CEILING, ceiling), (domain.LineKind.EARMARK, earmark)):
            line = {"region": district.code, "source": words["source"], "kind": kind.value}
            rows.append(line | {"amount": amount, "note": words[kind.value]})
    return conform(pd.DataFrame(rows), domain.COLUMNS)
