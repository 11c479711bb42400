from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from workbench.engine.rankings import Profile, profile


def room_of(rows: list[list[float]], weights: list[float] | None = None) -> Profile:
    """Ranks as typed: rows participants, columns proposals a, b, c, ..."""
    names = [f"p{number:02d}" for number in range(len(rows))]
    table = pd.DataFrame(rows, index=names, columns=[f"u{number:02d}" for number in range(len(rows[0]))])
    return profile(table.astype(float), None if weights is None else pd.Series(weights, index=names))


@st.composite
def drawn_rooms(draw, complete: bool = False, ties: bool = True, most: int = 6):
    """Rooms as they happen: up to nine ballots of up to six proposals, ties and gaps, counts up to 40."""
    width = draw(st.integers(2, most))
    height = draw(st.integers(1, 9))
    if ties:
        cell = st.integers(1, width) if complete else st.one_of(st.integers(1, width), st.just(float("nan")))
        rows = draw(
            st.lists(st.lists(cell, min_size=width, max_size=width), min_size=height, max_size=height)
        )
    else:
        rows = draw(st.lists(st.permutations(range(1, width + 1)), min_size=height, max_size=height))
    weights = draw(st.lists(st.integers(1, 40), min_size=height, max_size=height))
    return room_of([list(map(float, row)) for row in rows], [float(weight) for weight in weights])


@pytest.fixture(scope="session")
def peers() -> dict:
    place = Path(__file__).resolve().parents[2] / "fixtures" / "agreement" / "rankings_peers.json"
    return json.loads(place.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def rooms():
    return drawn_rooms


@pytest.fixture(scope="session")
def room():
    return room_of


@pytest.fixture(scope="session")
def shuffled():
    """The same room typed in another order of rows and columns."""

    def shuffle(given: Profile, seed: int) -> Profile:
        random = np.random.default_rng(seed)
        table = given.ranks.iloc[
            random.permutation(len(given.participants)), random.permutation(len(given.proposals))
        ]
        return profile(table, given.weights.iloc[random.permutation(len(given.weights))])

    return shuffle
