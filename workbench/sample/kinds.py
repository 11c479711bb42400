"""Kinds of activity: how often one is proposed, how it is worded, what it costs and whom it reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workbench.sample.wordlists import read

USUAL_FEMALE_SHARE = 0.5
SERVES_A_PLACE, SERVES_PERSONS = "place", "persons"
"""Whom a volume counts: nobody (it serves a place), persons; else households."""
TRAITS = ("urgency", "benefit", "readiness")
"""What people judge on cards."""


@dataclass(frozen=True)
class Kind:
    """One kind of activity.

    Attributes
    ----------
    key, group, field, agency, program, priority, target : str
        Its key, the discussion group that scores it, and the columns that follow from it.
    share : float
        Weight in the draw.
    phrases, problems : tuple of str
        Wordings with places to fill, and problems that lead to it.
    form, unit : str
        How its volume is written: ``area``, ``plain`` or ``package``; and its unit.
    widths, amounts : tuple of float
        Usual widths (of an area) and lengths or numbers.
    price, spread : float
        Median rupiah of one unit and the standard deviation of its logarithm.
    households, poor, female : float
        Median households reached, the share of poor ones (0: that of the village), the share of women.
    serves : str
        ``place``, ``households`` or ``persons``: what one unit of the volume serves.
    same_work : bool
        Whether all phrases name the same work, so that one may stand for another.
    womens : float
        Probability that women propose it.
    judged : tuple of float
        Usual points on `TRAITS`.
    """

    key: str
    group: str
    field: str
    agency: str
    program: str
    priority: str
    target: str
    share: float
    phrases: tuple[str, ...]
    problems: tuple[str, ...]
    form: str
    unit: str
    widths: tuple[float, ...]
    amounts: tuple[float, ...]
    price: float
    spread: float
    households: float
    poor: float
    female: float
    serves: str
    same_work: bool
    womens: float
    judged: tuple[float, float, float]


def kinds() -> tuple[Kind, ...]:
    """Return every kind of activity, in the order of the word list.

    Examples
    --------
    >>> len({kind.key for kind in kinds()}) == len(kinds())
    True
    """
    return tuple(_kind(entry) for entry in read("activities")["kind"])


def _kind(entry: dict[str, Any]) -> Kind:
    volume = entry["volume"]
    urgency, benefit, readiness = entry["judged"]
    texts = {
        name: entry[name] for name in ("key", "group", "field", "agency", "program", "priority", "target")
    }
    return Kind(
        **texts,
        share=entry["share"],
        phrases=tuple(entry["phrases"]),
        problems=tuple(entry["problems"]),
        form=volume["form"],
        unit=volume["unit"],
        widths=tuple(volume.get("widths", (1.0,))),
        amounts=tuple(volume["amounts"]),
        price=entry["price"][0],
        spread=entry["price"][1],
        households=entry["households"],
        poor=entry.get("poor", 0.0),
        female=entry.get("female", USUAL_FEMALE_SHARE),
        serves=entry.get("serves", SERVES_A_PLACE),
        same_work=entry.get("same_work", True),
        womens=entry["womens"],
        judged=(urgency, benefit, readiness),
    )
