"""Distances between orders as a heat map and as a map; both read in black and white.

Only what may be named stands on them: methods, the room, and groups of at least the minimum of people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from workbench.engine.agreement import ranking_map
from workbench.present import svg
from workbench.present.i18n import Translator
from workbench.present.surfaces import INK, PALE, PAPER, SURFACES, WARM_GREY, Surface

PAD = 8
SQUARE = 3.6
"""Width of a square of the heat map, in font sizes."""
DARKEST = 0.78
"""Share of ink in the darkest square, so that its number stays legible in white."""
LEAST_FOR_A_MAP = 3
FLAT = 0.36
"""Height of the map as a share of its width."""
MARKS = ("circle", "square", "diamond", "triangle")


def heat_map(
    distances: pd.DataFrame, names: Mapping[str, str], t: Translator, *, surface: str = "paper"
) -> str:
    """Draw how far every two orders are apart: the darker and the larger the number, the further.

    Parameters
    ----------
    distances : DataFrame, orders x orders
        0 the same order, 1 the reverse; missing where two cannot be compared.
    names : mapping of order to name
    t : Translator
    surface : {"wall", "desk", "paper"}

    Returns
    -------
    str
        One SVG element; every square carries its number in hundredths.
    """
    look = SURFACES[surface]
    labels = [str(label) for label in distances.index]
    side = look.size * SQUARE
    left = look.width * 0.3
    top = look.note * 2.2
    drawn = []
    for number, label in enumerate(labels):
        x, y = left + (number + 0.5) * side, top + number * look.row
        drawn.append(svg.text(str(number + 1), x, look.note * 1.4, look.note, text_anchor="middle", fill=INK))
        name = svg.fitted(f"{names[label]}  {number + 1}", look.size, left - 2 * PAD)
        drawn.append(svg.text(name, left - PAD, y + look.row * 0.68, look.size, text_anchor="end", fill=INK))
        for place, other in enumerate(labels):
            drawn += _square(distances.loc[label, other], left + place * side, y, side, look, t)
    height = top + len(labels) * look.row + PAD
    said = t("figure.distances.alt", count=len(labels))
    return svg.document(look.width, height, t("figure.distances.title"), drawn, said)


def _square(distance: object, x: float, y: float, side: float, look: Surface, t: Translator) -> Iterator[str]:
    known = not pd.isna(distance)  # type: ignore[call-overload]
    value = float(str(distance)) if known else 0.0
    ink = value * DARKEST
    fill = "#{0:02x}{0:02x}{0:02x}".format(round(255 * (1 - ink)))
    yield svg.element("rect", x=x, y=y, width=side - 2, height=look.row - 2, fill=fill, stroke=WARM_GREY)
    written = t.style.number(100 * value, 0) if known else "\u2013"
    colour = PAPER if ink > 0.5 else INK
    yield svg.text(written, x + side / 2, y + look.row * 0.66, look.size, text_anchor="middle", fill=colour)


def order_map(
    distances: pd.DataFrame, names: Mapping[str, str], t: Translator, *, surface: str = "paper"
) -> str:
    """Draw orders as points: the closer two stand, the more alike their orders; empty where too few compare.

    Parameters
    ----------
    distances, names, t, surface
        As for `heat_map`; orders that cannot be compared with every other one are left out.

    Returns
    -------
    str
        One SVG element, or empty text with fewer than three orders. Points differ by their shape and carry
        their name; the share of the distances that a flat map holds stands below.
    """
    known = distances.index[distances.notna().all(axis=1)]
    known = known if len(known) >= LEAST_FOR_A_MAP else distances.dropna(thresh=2).index
    table = distances.loc[known, known]
    if len(known) < LEAST_FOR_A_MAP or table.isna().any(axis=None):
        return ""
    look = SURFACES[surface]
    found = ranking_map(table)
    spots = _spots(found.coordinates, look)
    frame = {"width": look.width - 2, "height": look.width * FLAT - 2, "fill": "none", "stroke": PALE}
    drawn = [svg.element("rect", x=1, y=1, **frame)]
    for number, (label, (x, y)) in enumerate(spots.items()):
        drawn.append(_mark(MARKS[number % len(MARKS)], x, y, look.size * 0.45, filled=number % 8 < 4))
        drawn.append(_label(names[label], x, y, look))
    said = t("figure.order_map.explained", share=found.explained)
    height = look.width * FLAT
    drawn.append(svg.text(said, PAD, height - PAD, look.note, fill=WARM_GREY))
    return svg.document(look.width, height, t("figure.order_map.title"), drawn, said)


def _spots(coordinates: pd.DataFrame, look: Surface) -> dict[str, tuple[float, float]]:
    """Place the points on one scale in both directions, so that distances keep their proportions."""
    wide, high = look.width, look.width * FLAT
    margin = look.size * 3
    reach = coordinates.max() - coordinates.min()
    scale = min(
        (wide - 2 * margin - wide * 0.3) / max(float(reach["x1"]), 1e-9),
        (high - 2 * margin) / max(float(reach["x2"]), 1e-9),
    )
    scale = min(scale, wide / 0.2)
    middle = (coordinates.max() + coordinates.min()) / 2
    return {
        str(label): (
            wide * 0.42 + (float(line["x1"]) - float(middle["x1"])) * scale,
            high / 2 - (float(line["x2"]) - float(middle["x2"])) * scale,
        )
        for label, line in coordinates.iterrows()
    }


def _label(name: str, x: float, y: float, look: Surface) -> str:
    room = look.width - x - look.size
    return svg.text(svg.fitted(name, look.size, room), x + look.size * 0.8, y + look.size * 0.35, look.size,
                    fill=INK)  # fmt: skip


def _mark(shape: str, x: float, y: float, size: float, *, filled: bool) -> str:
    style = {"fill": INK if filled else PAPER, "stroke": INK, "stroke_width": 1.5}
    if shape == "circle":
        return svg.element("circle", cx=x, cy=y, r=size, **style)
    if shape == "square":
        return svg.element("rect", x=x - size, y=y - size, width=2 * size, height=2 * size, **style)
    points = {
        "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
        "triangle": ((0, -1.2), (1.2, 1), (-1.2, 1)),
    }[shape]
    drawn = " ".join(f"{svg.number(x + dx * size)},{svg.number(y + dy * size)}" for dx, dy in points)
    return svg.element("polygon", points=drawn, **style)
