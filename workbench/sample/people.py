"""Participants: those who score in each district, and the few who compare the criteria."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from workbench.domain import participants as domain
from workbench.domain.columns import conform
from workbench.sample.places import District
from workbench.sample.streams import Stream, stream
from workbench.sample.wordlists import read

FEWEST, MOST = 36, 45
DELEGATES_PER_DISTRICT = 3
FEMALE, MALE = "female", "male"


def participant_table(seed: int, places: Sequence[District]) -> pd.DataFrame:
    """Draw the participants; card numbers are ``district-number``, those of the advisers start with 00."""
    words = read("words")
    rows = _advisers(words["people"])
    for district in places:
        rows += _district(district, words, stream(seed, Stream.PEOPLE, district.number))
    return conform(pd.DataFrame(rows), domain.COLUMNS)


def _advisers(words: Mapping[str, Any]) -> list[dict[str, Any]]:
    regency = read("regions")["regency"]["code"]
    return [
        {
            "participant": f"00-{number:03d}",
            "sex": sex,
            "region": regency,
            "constituency": constituency,
            "group": words["judges_group"],
            "voting_right": False,
        }
        for number, (constituency, sex) in enumerate(words["judges"], 1)
    ]


def _district(district: District, words: Mapping[str, Any], rng: np.random.Generator) -> list[dict[str, Any]]:
    people = words["people"]["constituencies"]
    size = int(rng.integers(FEWEST, MOST + 1))
    shares = np.array([share for _, share, _ in people])
    drawn = rng.choice(len(people), size=size, p=shares / shares.sum())
    groups = rng.permutation(np.resize(np.array(list(words["groups"].values())), size))
    homes = rng.permutation(np.resize(np.arange(len(district.villages)), size))
    rows = []
    for number, (index, group, home) in enumerate(
        zip(drawn.tolist(), groups.tolist(), homes.tolist(), strict=True), 1
    ):
        constituency, _, chance = people[index]
        village = district.villages[home]
        rows.append(
            {
                "participant": f"{district.number:02d}-{number:03d}",
                "sex": FEMALE if rng.random() < chance else MALE,
                "region": village.code,
                "hamlet": village.hamlets[int(rng.integers(len(village.hamlets)))],
                "constituency": constituency,
                "group": group,
                "voting_right": True,
            }
        )
    return rows


def delegates(participants: pd.DataFrame, places: Sequence[District]) -> tuple[str, ...]:
    """Return the cards of each district's delegates: its first women and men, at least one woman."""
    chosen: list[str] = []
    for district in places:
        here = participants[participants["region"].str.startswith(district.code + ".")]
        women = here.loc[here["sex"] == FEMALE, "participant"].tolist()[:1]
        others = [card for card in here["participant"].tolist() if card not in women]
        chosen += sorted(women + others[: DELEGATES_PER_DISTRICT - len(women)])
    return tuple(chosen)


def identity_table(participants: pd.DataFrame, cards: Sequence[str]) -> pd.DataFrame:
    """Return invented names for the chair and the first delegates, as many as the word list holds."""
    words = read("words")["people"]
    sexes = participants.set_index("participant")["sex"]
    names = {FEMALE: list(words["women"]), MALE: list(words["men"])}
    rows = [{"key": words["chair"], "name": names[MALE].pop(0), "position": words["chair_position"]}]
    for card in cards:
        if names[sexes[card]]:
            name = names[sexes[card]].pop(0)
            rows.append({"key": card, "name": name, "position": words["delegate_position"]})
    return conform(pd.DataFrame(rows), domain.IDENTITY_COLUMNS)
