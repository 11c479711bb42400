"""Pictures for kinds of proposals and for points, for people who read little; black line, no colour."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from workbench.present import svg
from workbench.present.surfaces import INK, PAPER

SHORT = 3
"""Letters up to which a word must stand alone: ``sd`` is a school, the beginning of another word is not."""
SIZE = 40
"""Side of a pictogram as it is drawn."""
MOUTHS = (-9, -4.5, 0, 4.5, 9)
"""How far the middle of a mouth hangs below its corners, from the worst to the best face."""


@dataclass(frozen=True)
class Pictogram:
    """One picture.

    Attributes
    ----------
    name : str
    words : tuple of str
        Words of a proposal that call for it.
    shape : str
        Drawn in a square of `SIZE`.
    """

    name: str
    words: tuple[str, ...]
    shape: str


@cache
def pictograms() -> Mapping[str, Pictogram]:
    """Return all pictograms by name; the first whose word occurs is taken, the last is for anything else."""
    text = resources.files("workbench.present").joinpath("pictograms.json").read_text(encoding="utf-8")
    return {
        name: Pictogram(name, tuple(held["words"]), held["shape"]) for name, held in json.loads(text).items()
    }


def pictogram_of(activity: str) -> Pictogram:
    """Return the picture of a proposal, by the words of its activity.

    Examples
    --------
    >>> pictogram_of("Pipanisasi air bersih Dusun Krajan").name, pictogram_of("Rabat beton jalan").name
    ('water', 'road')
    """
    said = activity.casefold()
    found = list(pictograms().values())
    return next(
        (one for one in found[:-1] if any(_begins_a_word(word, said) for word in one.words)), found[-1]
    )


def _begins_a_word(word: str, said: str) -> bool:
    """Tell whether a word occurs from its beginning; very short ones only as a whole."""
    end = r"\b" if len(word) <= SHORT else ""
    return re.search(rf"\b{re.escape(word)}{end}", said) is not None


def placed(shape: str, x: float, y: float, size: float) -> str:
    """Return a shape at a place and in a size."""
    return svg.element("g", shape, transform=f"translate({x:.2f} {y:.2f}) scale({size / SIZE:.4f})")


def face(level: int, x: float, y: float, size: float) -> str:
    """Draw one of five faces, 0 the worst and 4 the best, with its corner at a place."""
    r = size / 2
    cx, cy = x + r, y + r
    left, right, corners = cx - r * 0.5, cx + r * 0.5, cy + r * 0.35
    middle = corners + MOUTHS[level] * size / 30
    mouth = f"M{left:.2f} {corners:.2f} Q{cx:.2f} {middle:.2f} {right:.2f} {corners:.2f}"
    return "".join(
        (
            svg.element("circle", cx=cx, cy=cy, r=r - 1, fill=PAPER, stroke=INK, stroke_width=1.6),
            svg.element("circle", cx=cx - r * 0.35, cy=cy - r * 0.25, r=r * 0.09, fill=INK),
            svg.element("circle", cx=cx + r * 0.35, cy=cy - r * 0.25, r=r * 0.09, fill=INK),
            svg.element("path", d=mouth, fill="none", stroke=INK, stroke_width=1.8),
        )
    )
