"""Ceilings that cross, drawn: agencies by villages, often with ties and amounts of every size."""

from __future__ import annotations

import numpy as np

from workbench.engine.allocation.program import Program
from workbench.engine.allocation.rows import Row


def crossing(seed, size, agencies=2, villages=3, finest=6, magnitude=1):
    """Return a programme whose ceilings cross and mostly bind, and a public tie order."""
    chance = np.random.default_rng(seed)
    costs = chance.integers(1, 10, size) * magnitude + chance.integers(0, 2, size)
    rows = [Row("ceiling", "ceiling", costs, upper=int(costs.sum() * 0.5))]
    for many in (agencies, villages):
        group = chance.integers(0, many, size)
        for held in range(many):
            inside = costs * (group == held)
            upper = int(inside.sum() * chance.uniform(0.3, 0.7))
            rows.append(Row(f"{many} {held}", "group_ceiling", inside, upper=upper))
    free = np.zeros(size, dtype=bool)
    return Program(chance.integers(1, finest, size), tuple(rows), free, free), chance.permutation(size)
