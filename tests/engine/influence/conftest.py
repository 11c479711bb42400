from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from workbench.engine.influence import safe_cells


class Room:
    """People with points and groups, the sum of points as the rule, and every voice that was asked for."""

    def __init__(self, sizes: dict[str, int], proposals: int = 5, seed: int = 1) -> None:
        random = np.random.default_rng(seed)
        names = [f"p{number:03d}" for number in random.permutation(sum(sizes.values()))]
        self.groups = pd.Series([name for name, size in sizes.items() for _ in range(size)], index=names)
        self.points = pd.DataFrame(
            random.integers(1, 6, (len(names), proposals)).astype(float),
            index=names,
            columns=[f"u{number:02d}" for number in range(proposals)],
        )
        self.asked: list[pd.DataFrame] = []

    def cells(self, minimum_size: int = 5):
        return safe_cells(self.groups, minimum_size)

    def rule(self, voices: pd.DataFrame) -> pd.DataFrame:
        self.asked.append(voices)
        return voices @ self.points.loc[voices.columns]


@pytest.fixture(scope="session")
def room_of():
    return Room
