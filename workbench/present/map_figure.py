"""A schematic map of a district: how many proposals each village has, and how many are accommodated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.present.figure_style import DOTS_PER_INCH, WIDTH, axes_at, blank_figure, styled
from workbench.present.i18n import Translator
from workbench.present.surfaces import ACCENT, INK, PALE, PAPER, WARM_GREY
from workbench.present.svg import fitted

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.path import Path

Rings = Sequence[NDArray[np.float64]]
"""Outlines of one region, each n x 2 (east, north); a ring inside another is a hole."""

MAP_WIDTH, LOWEST, LINE = 6.0, 4.4, 0.21
"""Inches: the map, the lowest figure, one line of the key."""
LARGEST, SMALLEST, NUMBER = 17.0, 5.0, 11.0
"""Points: most and least radius of the largest circle, and the room of a number beside a circle."""
MARGIN, FOOT = 0.1, 0.45


def map_figure(
    polygons: Mapping[str, Rings],
    names: Mapping[str, str],
    counts: pd.DataFrame,
    t: Translator,
    *,
    outline: Rings = (),
    around: Sequence[Rings] = (),
) -> Figure:
    """Draw the map.

    Parameters
    ----------
    polygons : mapping of code to rings
        The villages' outlines.
    names : mapping of code to name
    counts : DataFrame
        Index code; columns proposals, funded. A code without polygon stands in the key as not on the map.
    t : Translator
    outline : sequence of rings, optional
        The district's own outline, drawn stronger.
    around : sequence of rings of one region each, optional
        Neighbours that the list says nothing about: drawn faintly, without number or name.

    Returns
    -------
    Figure
        Numbered circles on the map, whose areas are the numbers of proposals, and a key with the names, so
        that no label can cover another; below it stands that these are no official boundaries.
    """
    codes = sorted(set(polygons) | {str(code) for code in counts.index})
    columns = 1 if len(codes) <= 24 else 2
    lines = -(-len(codes) // columns)
    height = max(LOWEST, lines * LINE + 0.45 + FOOT)
    with styled():
        figure = blank_figure(height)
        axes = axes_at(figure, MARGIN, FOOT, MAP_WIDTH, height - FOOT - MARGIN)
        _regions(axes, polygons, outline, around)
        numbers = {code: number for number, code in enumerate(codes, start=1)}
        _circles(axes, polygons, counts, numbers)
        _key(figure, codes, numbers, polygons, names, counts, columns, t)
        note = f"{t('figure.map.circle')}; {t('figure.map.source')}"
        figure.text(MARGIN / WIDTH, 0.13 / height, note, fontsize=8.5, color=WARM_GREY)
    return figure


def map_figure_alt(counts: pd.DataFrame, t: Translator) -> str:
    """Return what the map shows, for those who do not see it."""
    return t("figure.map.alt", count=len(counts))


def _regions(axes: Axes, polygons: Mapping[str, Rings], outline: Rings, around: Sequence[Rings]) -> None:
    from matplotlib.patches import PathPatch

    for rings in around:
        axes.add_patch(PathPatch(compound_path(rings), facecolor=PAPER, edgecolor=WARM_GREY, linewidth=0.25))
    for code in sorted(polygons):
        if len(polygons[code]):
            shape = PathPatch(
                compound_path(polygons[code]), facecolor=PALE, edgecolor=WARM_GREY, linewidth=0.7
            )
            axes.add_patch(shape)
    if len(outline):
        axes.add_patch(PathPatch(compound_path(outline), facecolor="none", edgecolor=INK, linewidth=1.6))
    axes.set_aspect("equal")
    axes.autoscale_view()
    axes.margins(0.03)
    axes.set_axis_off()


def compound_path(rings: Rings) -> Path:
    """Return one path of several rings; rings inside others run the other way, so that they are holes."""
    from matplotlib.path import Path

    closed = [_closed(np.asarray(ring, dtype=float)) for ring in rings]
    paths = [Path(ring) for ring in closed]
    turned = []
    for at, ring in enumerate(closed):
        depth = sum(other.contains_point(ring[0]) for place, other in enumerate(paths) if place != at)
        wanted = 1.0 if depth % 2 == 0 else -1.0
        turned.append(ring if _area(ring) * wanted >= 0 else ring[::-1])
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in turned))


def _closed(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    return ring if np.array_equal(ring[0], ring[-1]) else np.vstack([ring, ring[:1]])


def _area(ring: NDArray[np.float64]) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) / 2)


def inner_point(rings: Rings) -> tuple[float, float]:
    """Return a point inside a region: the middle of its widest stretch at half height of its largest ring.

    Examples
    --------
    >>> square = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 2.0], [0.0, 2.0]])
    >>> inner_point([square])
    (2.0, 1.0)
    """
    closed = [_closed(np.asarray(ring, dtype=float)) for ring in rings]
    largest = max(closed, key=lambda ring: abs(_area(ring)))
    height = float((largest[:, 1].min() + largest[:, 1].max()) / 2)
    crossings = sorted(x for ring in closed for x in _crossings(ring, height))
    stretches = list(zip(crossings[::2], crossings[1::2], strict=False))
    if not stretches:
        return float(largest[:, 0].mean()), height
    left, right = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
    return (left + right) / 2, height


def _crossings(ring: NDArray[np.float64], height: float) -> list[float]:
    start, end = ring[:-1], ring[1:]
    crosses = (start[:, 1] <= height) != (end[:, 1] <= height)
    start, end = start[crosses], end[crosses]
    share = (height - start[:, 1]) / (end[:, 1] - start[:, 1])
    return [float(x) for x in start[:, 0] + share * (end[:, 0] - start[:, 0])]


def _circles(
    axes: Axes, polygons: Mapping[str, Rings], counts: pd.DataFrame, numbers: Mapping[str, int]
) -> None:
    """Draw a hollow circle for what was proposed and a solid one inside for what is accommodated."""
    from matplotlib.patheffects import withStroke

    places = {code: inner_point(polygons[code]) for code in sorted(polygons) if len(polygons[code])}
    unit = _radius_of_one(axes, places, counts)
    for code, (x, y) in places.items():
        proposed, funded = _of(counts, code)
        areas = [np.pi * unit**2 * number for number in (proposed, funded)]
        if proposed:
            axes.scatter([x], [y], s=areas[0], c=PAPER, edgecolors=INK, linewidths=1.0, zorder=3)
            axes.scatter([x], [y], s=areas[1], c=ACCENT, linewidths=0, zorder=4)
        shift = unit * proposed**0.5 + 2.5 if proposed else 0.0
        axes.annotate(
            str(numbers[code]), (x, y), (shift, 0), textcoords="offset points", va="center",
            ha="left" if proposed else "center", fontsize=8.5, fontweight="bold", zorder=5,
            path_effects=[withStroke(linewidth=2.5, foreground=PAPER)],
        )  # fmt: skip


def _radius_of_one(axes: Axes, places: Mapping[str, tuple[float, float]], counts: pd.DataFrame) -> float:
    """Return the radius in points of one proposal, so that circles and their numbers keep apart."""
    roots = np.array([_of(counts, code)[0] ** 0.5 for code in places])
    if not roots.any():
        return 1.0
    axes.apply_aspect()
    points = axes.transData.transform(np.array(list(places.values()))) * 72 / DOTS_PER_INCH
    room = [LARGEST / roots.max()]
    for at in range(len(roots)):
        apart = np.hypot(*(points[at + 1 :] - points[at]).T) - NUMBER
        both = roots[at + 1 :] + roots[at]
        room += (apart[both > 0] / both[both > 0]).tolist()
    return float(max(min(room), SMALLEST / roots.max()))


def _of(counts: pd.DataFrame, code: str) -> tuple[int, int]:
    if code not in counts.index:
        return 0, 0
    return int(counts["proposals"][code]), int(counts["funded"][code])


def _key(
    figure: Figure,
    codes: Sequence[str],
    numbers: Mapping[str, int],
    polygons: Mapping[str, Rings],
    names: Mapping[str, str],
    counts: pd.DataFrame,
    columns: int,
    t: Translator,
) -> None:
    """Write number, name and counts of every village beside the map."""
    height = float(figure.get_size_inches()[1])
    left, wide = MARGIN + MAP_WIDTH + 0.15, (WIDTH - MAP_WIDTH - 0.35) / columns
    lines = -(-len(codes) // columns)
    figure.text(
        (left + wide * columns - 0.1) / WIDTH, 1 - 0.2 / height, t("figure.map.key"), ha="right", fontsize=8.5
    )
    for at, code in enumerate(codes):
        x = left + wide * (at // lines)
        y = 1 - (0.45 + LINE * (at % lines)) / height
        proposed, funded = _of(counts, code)
        name = names.get(code, code)
        if not len(polygons.get(code, ())):
            name = f"{name} ({t('figure.map.off_map')})"
        told = f"{t.style.count(funded)} / {t.style.count(proposed)}"
        figure.text((x + 0.22) / WIDTH, y, str(numbers[code]), ha="right", fontsize=8.5, fontweight="bold")
        figure.text((x + 0.3) / WIDTH, y, fitted(name, 9.2, (wide - 1.05) * 72), fontsize=8.5)
        figure.text((x + wide - 0.1) / WIDTH, y, told, ha="right", fontsize=8.5)
