"""Drafts of one district's proposals: what is asked for, before anything is missing or misspelt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from workbench.sample.kinds import Kind
from workbench.sample.places import District, Village
from workbench.sample.quantities import (
    Reach,
    Volume,
    draw_cost,
    draw_reach,
    draw_volume,
    rounded_as_people_do,
)
from workbench.sample.wording import draw_place, filler, pick
from workbench.sample.wordlists import read

TWIN_SHARE = 0.04
"""Share of near-duplicates: the same work in the same village, worded anew."""
VERBATIM_SHARE = 0.2
"""Share of the near-duplicates that repeat the wording too."""
REWORDED_SHARE, REPRICED_SHARE = 0.35, 0.4
"""How often the district's meeting words or prices a proposal of a village anew."""
BETWEEN_VILLAGES_SHARE = 0.35
"""Of the works that name another village, how many belong to no single village."""
UNREADY_LAND_SHARE, NO_AUTHORITY_SHARE = 0.03, 0.02
TIMES_PROPOSED = (0.62, 0.22, 0.11, 0.05)
VILLAGE_SHAPE, KIND_SHAPE = 1.8, 6.0
"""Shapes of the gamma draws that make villages and kinds uneven; smaller is more uneven."""


@dataclass(frozen=True)
class Draft:
    """One proposal in the making.

    Attributes
    ----------
    kind : Kind
        The kind of activity.
    village : Village or None
        Where; None for work between villages.
    hamlet, place : str
        The hamlet and the place as it is written.
    phrase : int
        Which wording of the kind.
    fill : dict
        What the places of a wording hold.
    volume, reach, cost, times
        Volume, whom it serves, whole rupiah, how often it was proposed.
    traits : tuple of float
        What people would give on urgency, benefit and readiness.
    unready_land, no_authority : bool
        Whether a condition will fail.
    twin : int or None
        The position of the draft that this one repeats.
    """

    kind: Kind
    village: Village | None
    hamlet: str
    place: str
    phrase: int
    fill: dict[str, str]
    volume: Volume
    reach: Reach
    cost: int
    times: int
    traits: tuple[float, float, float]
    unready_land: bool
    no_authority: bool
    twin: int | None = None

    @property
    def text(self) -> str:
        """The wording with its places filled."""
        return self.kind.phrases[self.phrase].format(**self.fill)


def draft_district(district: District, kinds: Sequence[Kind], rng: np.random.Generator) -> list[Draft]:
    """Draft all proposals of a district, the near-duplicates last."""
    twins = round(TWIN_SHARE * district.proposals)
    originals = district.proposals - twins
    shares = np.array([kind.share for kind in kinds]) * rng.gamma(KIND_SHAPE, size=len(kinds))
    sizes = 0.15 + rng.gamma(VILLAGE_SHAPE, size=len(district.villages))
    chosen = rng.choice(len(kinds), size=originals, p=shares / shares.sum())
    homes = rng.choice(len(district.villages), size=originals, p=sizes / sizes.sum())
    words = read("words")["places"]
    drafts = [
        _draft(kinds[kind], district, district.villages[home], words, rng)
        for kind, home in zip(chosen.tolist(), homes.tolist(), strict=True)
    ]
    repeatable = [position for position, draft in enumerate(drafts) if draft.kind.same_work]
    repeated = rng.choice(repeatable, size=twins, replace=False)
    return drafts + [_twin_of(position, drafts, rng) for position in repeated.tolist()]


def _draft(
    kind: Kind, district: District, home: Village, words: dict[str, str], rng: np.random.Generator
) -> Draft:
    phrase = int(rng.integers(len(kind.phrases)))
    between = rng.random() < BETWEEN_VILLAGES_SHARE and "{other}" in kind.phrases[phrase]
    hamlet, place = draw_place(home, words, rng)
    volume = draw_volume(kind, rng)
    reach = draw_reach(kind, volume.quantity, home.poverty, rng)
    times = 1 + int(rng.choice(len(TIMES_PROPOSED), p=TIMES_PROPOSED))
    unready = bool(rng.random() < UNREADY_LAND_SHARE)
    return Draft(
        kind=kind,
        village=None if between else home,
        hamlet="" if between else hamlet,
        place=words["between"].format(name=district.name) if between else place,
        phrase=phrase,
        fill=filler(district, home, place, words, rng),
        volume=volume,
        reach=reach,
        cost=draw_cost(kind, volume.quantity, rng),
        times=times,
        traits=_traits(kind, reach, times, rng, unready=unready),
        unready_land=unready,
        no_authority=bool(rng.random() < NO_AUTHORITY_SHARE),
    )


def _traits(
    kind: Kind, reach: Reach, times: int, rng: np.random.Generator, *, unready: bool
) -> tuple[float, float, float]:
    urgency, benefit, readiness = kind.judged
    more = float(np.log(reach.households / kind.households))
    return (
        urgency + 0.12 * (times - 1) + float(rng.normal(0.0, 0.6)),
        benefit + 0.35 * more + float(rng.normal(0.0, 0.45)),
        readiness - 1.2 * unready + float(rng.normal(0.0, 0.55)),
    )


def _twin_of(position: int, drafts: Sequence[Draft], rng: np.random.Generator) -> Draft:
    first = drafts[position]
    verbatim = rng.random() < VERBATIM_SHARE
    wordings = len(first.kind.phrases)
    step = 0 if verbatim else 1 + int(rng.integers(wordings - 1))
    changed = rounded_as_people_do(first.cost * float(rng.uniform(0.85, 1.15)), rng)
    urgency, benefit, readiness = first.traits
    return replace(
        first,
        phrase=(first.phrase + step) % wordings,
        cost=first.cost if verbatim or rng.random() < 0.4 else changed,
        times=1,
        traits=(urgency, benefit, readiness + float(rng.normal(0.0, 0.2))),
        twin=position,
    )


def reworded(draft: Draft, rng: np.random.Generator) -> Draft:
    """Return the draft as its village first wrote it: at times other words, at times another cost."""
    other = int(rng.integers(len(draft.kind.phrases)))
    phrase = other if draft.kind.same_work and rng.random() < REWORDED_SHARE else draft.phrase
    asked = rounded_as_people_do(draft.cost * float(rng.uniform(0.7, 1.1)), rng)
    cost = asked if rng.random() < REPRICED_SHARE else draft.cost
    return replace(draft, phrase=phrase, cost=cost)


def problem_of(draft: Draft, rng: np.random.Generator) -> str:
    """Return the problem that the proposal answers."""
    return pick(draft.kind.problems, rng)
