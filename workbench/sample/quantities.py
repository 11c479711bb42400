"""Numbers of a proposal: volume as people write it, cost as people round it, households it reaches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.sample.kinds import SERVES_A_PLACE, SERVES_PERSONS, Kind

UNIT_IN_VOLUME_SHARE = 0.12
"""How often the unit is typed into the volume and its own cell stays empty."""
COARSE_SHARE, MEDIUM_SHARE = 0.70, 0.20
"""How often a cost is rounded coarsely, moderately; the rest comes from a bill of quantities."""
HIGHEST_COST = 1_500_000_000
PEOPLE_PER_HOUSEHOLD = (3.1, 4.2)


@dataclass(frozen=True)
class Volume:
    """A volume: the text and unit of the form, and the quantity that is paid for."""

    text: str
    unit: str
    quantity: float


@dataclass(frozen=True)
class Reach:
    """Whom a proposal serves: households, poor households, men and women."""

    households: int
    poor: int
    male: int
    female: int


def draw_volume(kind: Kind, rng: np.random.Generator) -> Volume:
    """Draw a volume of the kind."""
    amount = float(rng.choice(kind.amounts))
    if kind.form == "area":
        width = float(rng.choice(kind.widths))
        return Volume(f"{plain(width)} x {plain(amount)}", kind.unit, width * amount)
    together = kind.form == "package" or rng.random() < UNIT_IN_VOLUME_SHARE
    text = f"{plain(amount)} {kind.unit}" if together else plain(amount)
    return Volume(text, "" if together else kind.unit, amount)


def plain(number: float) -> str:
    """Write a number as the forms do: no decimals where there are none, else a comma.

    Examples
    --------
    >>> plain(200.0), plain(2.5)
    ('200', '2,5')
    """
    return f"{number:g}".replace(".", ",")


def draw_cost(kind: Kind, quantity: float, rng: np.random.Generator) -> int:
    """Draw a cost in whole rupiah: quantity times a lognormal unit price, rounded as people round."""
    price = kind.price * float(np.exp(rng.normal(0.0, kind.spread)))
    return rounded_as_people_do(min(quantity * price, HIGHEST_COST), rng)


def rounded_as_people_do(amount: float, rng: np.random.Generator) -> int:
    """Round to what is usual for an amount of that size, at times finer, at times to the thousand."""
    chance = rng.random()
    if chance < COARSE_SHARE:
        step = _coarse_step(amount)
    elif chance < COARSE_SHARE + MEDIUM_SHARE:
        step = 500_000
    else:
        step = 1_000
    return max(step, round(amount / step) * step)


def _coarse_step(amount: float) -> int:
    steps = ((50_000_000, 2_500_000), (200_000_000, 5_000_000), (500_000_000, 10_000_000))
    return next((step for limit, step in steps if amount < limit), 50_000_000)


def draw_reach(kind: Kind, quantity: float, poverty: float, rng: np.random.Generator) -> Reach:
    """Draw whom a proposal serves; `poverty` is the village's share of poor households."""
    counted = kind.serves != SERVES_A_PLACE
    usual = kind.households * float(np.exp(rng.normal(0.0, 0.6)))
    households = round(quantity) if counted else max(2, round(usual))
    poor = int(rng.binomial(households, kind.poor or poverty))
    size = float(rng.uniform(*PEOPLE_PER_HOUSEHOLD))
    people = households if kind.serves == SERVES_PERSONS else round(households * size)
    female = int(rng.binomial(people, kind.female))
    return Reach(households, poor, people - female, female)
