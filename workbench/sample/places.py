"""The fictional places: districts, villages, hamlets, and how poor each village is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.sample.streams import Stream, stream
from workbench.sample.wordlists import read

FEWEST_HAMLETS, MOST_HAMLETS = 3, 6


@dataclass(frozen=True)
class Village:
    """A village or ward: code, name, the name with its kind, hamlets, and its share of poor households."""

    code: str
    name: str
    label: str
    hamlets: tuple[str, ...]
    poverty: float


@dataclass(frozen=True)
class District:
    """A district: code, name, how many proposals reach its meeting, and its villages in code order."""

    code: str
    name: str
    proposals: int
    villages: tuple[Village, ...]

    @property
    def number(self) -> int:
        """The last group of the code."""
        return int(self.code.rsplit(".", 1)[1])


def districts(seed: int) -> tuple[District, ...]:
    """Return every district with its villages; names are fixed, hamlets and poverty follow the seed."""
    rng = stream(seed, Stream.PLACES)
    words = read("words")["places"]
    result = []
    for entry in read("regions")["district"]:
        names, wards = entry["villages"], entry["wards"]
        villages = []
        for position, name in enumerate(names):
            ward = position < wards
            code = f"{entry['code']}.{1001 + position if ward else 2001 + position - wards}"
            label = words["ward" if ward else "village"].format(name=name)
            picked = _hamlets(words, words["ward_hamlet" if ward else "hamlet"], rng)
            poverty = float(np.clip(rng.beta(3, 9), 0.05, 0.6))
            villages.append(Village(code, name, label, picked, poverty))
        result.append(District(entry["code"], entry["name"], entry["proposals"], tuple(villages)))
    return tuple(result)


def _hamlets(words: dict[str, list[str]], form: str, rng: np.random.Generator) -> tuple[str, ...]:
    number = int(rng.integers(FEWEST_HAMLETS, MOST_HAMLETS + 1))
    picked = rng.choice(len(words["hamlets"]), size=number, replace=False)
    return tuple(form.format(name=words["hamlets"][index]) for index in sorted(picked.tolist()))


def region_table(places: tuple[District, ...]) -> pd.DataFrame:
    """Return code and name of every region: province, regency, districts, villages."""
    listed = read("regions")
    rows = [(listed["province"]["code"], listed["province"]["name"])]
    rows.append((listed["regency"]["code"], listed["regency"]["name"]))
    for district in places:
        rows.append((district.code, district.name))
        rows += [(village.code, village.name) for village in district.villages]
    return pd.DataFrame(rows, columns=["region", "name"])
