"""Wording of a proposal: phrases with their places filled, and the faults of whoever keys them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from workbench.sample.places import District, Village

FAULT_SHARE, CAPITALS_SHARE, SMALL_SHARE = 0.17, 0.09, 0.05
WHOLE_VILLAGE_SHARE = 0.12
NEIGHBOURHOOD_SHARE = 0.30


def pick(options: Sequence[str], rng: np.random.Generator) -> str:
    """Return one of the options."""
    return options[int(rng.integers(len(options)))]


def draw_place(village: Village, words: Mapping[str, Any], rng: np.random.Generator) -> tuple[str, str]:
    """Draw where in the village: the hamlet (empty for the whole village), and the place as it is written."""
    chance = rng.random()
    if chance < WHOLE_VILLAGE_SHARE:
        return "", village.label
    hamlet = pick(village.hamlets, rng)
    if chance > 1 - NEIGHBOURHOOD_SHARE:
        numbers = {"rt": int(rng.integers(1, 9)), "rw": int(rng.integers(1, 6))}
        return hamlet, words["neighbourhood"].format(hamlet=hamlet, **numbers)
    return hamlet, hamlet


def filler(
    district: District, village: Village, place: str, words: Mapping[str, Any], rng: np.random.Generator
) -> dict[str, str]:
    """Draw everything a phrase may name."""
    others = [other.label for other in district.villages if other.code != village.code]
    return {
        "place": place,
        "village": village.name,
        "other": pick(others, rng),
        "number": pick(words["school_numbers"], rng),
        "name": pick(words["group_names"], rng),
    }


def as_typed(text: str, faults: Mapping[str, Sequence[str]], rng: np.random.Generator) -> str:
    """Return a text as somebody typed it: mostly right, at times with one fault, in capitals or in small."""
    chance = rng.random()
    if chance < FAULT_SHARE:
        return _with_fault(text, faults, rng)
    if chance < FAULT_SHARE + CAPITALS_SHARE:
        return text.upper()
    if chance < FAULT_SHARE + CAPITALS_SHARE + SMALL_SHARE:
        return text.lower()
    return text


def _with_fault(text: str, faults: Mapping[str, Sequence[str]], rng: np.random.Generator) -> str:
    words = text.split(" ")
    known = [position for position, word in enumerate(words) if word in faults]
    if not known:
        return text
    position = known[int(rng.integers(len(known)))]
    words[position] = pick(faults[words[position]], rng)
    return " ".join(words)
