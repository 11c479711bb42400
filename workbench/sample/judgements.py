"""Pairwise comparisons of the criteria by the advisers, with the contradictions of real people."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from workbench.domain import ballots as domain
from workbench.domain.columns import conform
from workbench.sample.streams import Stream, stream
from workbench.sample.wordlists import read

HIGHEST = 9
"""The top of Saaty's scale."""
CAREFUL, HASTY = 0.25, 0.9
"""Spread of the logarithm of an answer, for most advisers and for every fourth."""
TASTE = 0.3
"""How much advisers differ in what they hold to be important."""


def judgement_table(seed: int) -> pd.DataFrame:
    """Draw all comparisons; each line names the more important criterion first, so values are 1..9."""
    importance = read("criteria")["comparisons"]["importance"]
    labels = sorted(importance)
    rows = []
    for number, _ in enumerate(read("words")["people"]["judges"], 1):
        rng = stream(seed, Stream.JUDGEMENTS, number)
        held = np.log([importance[label] for label in labels]) * 1.4 + rng.normal(0.0, TASTE, len(labels))
        spread = HASTY if number % 4 == 0 else CAREFUL
        for one, other in combinations(range(len(labels)), 2):
            ratio = float(held[one] - held[other] + rng.normal(0.0, spread))
            first, second = (one, other) if ratio >= 0 else (other, one)
            value = float(min(HIGHEST, max(1, round(float(np.exp(abs(ratio)))))))
            rows.append((f"00-{number:03d}", labels[first], labels[second], value))
    names = [column.name for column in domain.JUDGEMENT_COLUMNS]
    return conform(pd.DataFrame(rows, columns=names), domain.JUDGEMENT_COLUMNS)
