"""Secret ballots: each discussion group scores the proposals of its fields, in one round."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.domain import ballots as domain
from workbench.domain.columns import conform
from workbench.sample.criteria import SCALE_MAX, SCALE_MIN, judged_criteria
from workbench.sample.places import District
from workbench.sample.streams import Stream, stream
from workbench.sample.wordlists import read

OWN_VILLAGE = 0.5
"""How much kinder people are to their own village, in points."""
LENIENCE, NOISE = 0.3, 0.7
LEAVES_EARLY_SHARE = 0.08
NOT_ENTERED_SHARE, BLANK_SHARE = 0.004, 0.015


def ballot_table(
    seed: int, places: Sequence[District], traits: pd.DataFrame, participants: pd.DataFrame
) -> pd.DataFrame:
    """Draw the cards of all districts.

    Parameters
    ----------
    seed : int
        Seed of the sample.
    places : sequence of District
        The districts.
    traits : DataFrame
        Index proposal: district, village, group and the judged traits.
    participants : DataFrame
        Columns participant, region, group.
    """
    groups: dict[str, str] = read("words")["groups"]
    tables = []
    for district in places:
        rng = stream(seed, Stream.BALLOTS, district.number)
        for key, name in groups.items():
            scored = traits[(traits["district"] == district.code) & (traits["group"] == key)]
            here = participants["region"].str.startswith(district.code + ".")
            cards = participants[here & (participants["group"] == name)]
            tables.append(_group(scored, cards, rng))
    return conform(pd.concat(tables, ignore_index=True), domain.COLUMNS)


def _group(scored: pd.DataFrame, cards: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    points = _points(scored, cards, rng)
    present = _present(points.shape, rng)
    people, proposals, columns = np.nonzero(present)
    codes = np.array(list(judged_criteria()))
    return pd.DataFrame(
        {
            "round": np.ones(len(people), dtype=np.int64),
            "participant": cards["participant"].to_numpy()[people],
            "proposal": scored.index.to_numpy()[proposals],
            "criterion": codes[columns],
            "points": points[present],
        }
    )


def _points(scored: pd.DataFrame, cards: pd.DataFrame, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return points, participant x proposal x criterion; a cell left blank is NaN."""
    seen = scored[list(judged_criteria().values())].to_numpy(dtype=np.float64)
    own = cards["region"].to_numpy()[:, None] == scored["village"].to_numpy()[None, :]
    lenience = rng.normal(0.0, LENIENCE, size=len(cards))
    meant = seen[None, :, :] + lenience[:, None, None] + OWN_VILLAGE * own[:, :, None]
    points = np.clip(np.rint(meant + rng.normal(0.0, NOISE, size=meant.shape)), SCALE_MIN, SCALE_MAX)
    points[rng.random(points.shape) < BLANK_SHARE] = np.nan
    return np.asarray(points)


def _present(shape: tuple[int, ...], rng: np.random.Generator) -> NDArray[np.bool_]:
    """Return which cells were entered; some people leave before the last proposals."""
    people, proposals, _ = shape
    present = rng.random(shape) >= NOT_ENTERED_SHARE
    early = rng.random(people) < LEAVES_EARLY_SHARE
    last = (rng.uniform(0.4, 0.9, size=people) * proposals).astype(np.int64)
    for person in np.flatnonzero(early).tolist():
        present[person, last[person] :, :] = False
    return present
