"""A schematic map of districts, each filled by the class of one figure: by colour and by pattern alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.present.i18n import Translator
from workbench.present.map_figure import Rings, inner_point
from workbench.present.surfaces import ACCENT, INK, PALE, PAPER, WARM_GREY
from workbench.present.svg import clean, document, element, fitted, number, text

WIDTH, MAP_WIDTH, MARGIN, FOOT = 1040.0, 560.0, 10.0, 34.0
LINE, SIZE, SWATCH = 17.0, 12.0, 22.0
LONGEST_KEY = 26
"""Lines of the key in one column."""
CLOSEST = 0.7
"""Pixels between two points of an outline; what is closer cannot be seen."""
PATTERNS = ("lightest", "light", "dark", "darkest")


def classes_of(values: Sequence[int | float], most: int = len(PATTERNS)) -> list[tuple[float, float]]:
    """Return classes with about equally many districts, from the lowest value to the highest.

    Equal values are never parted, so there may be fewer classes than asked for.

    Examples
    --------
    >>> classes_of([1, 2, 3, 4, 5, 6, 7, 8])
    [(1, 2), (3, 4), (5, 6), (7, 8)]
    >>> classes_of([0, 0, 0, 5])
    [(0, 0), (5, 5)]
    """
    ordered = sorted(values)
    if not ordered:
        return []
    places = {round(len(ordered) * step / most) for step in range(1, most)}
    cuts = {ordered[place] for place in places if place < len(ordered)}
    starts = sorted({ordered[0], *cuts})
    ends = [max(value for value in ordered if value < start) for start in starts[1:]] + [ordered[-1]]
    return list(zip(starts, ends, strict=True))


def choropleth(
    polygons: Mapping[str, Rings],
    names: Mapping[str, str],
    values: Mapping[str, int | float | None],
    title: str,
    write: Callable[[int | float], str],
    t: Translator,
) -> str:
    """Draw the map as SVG.

    Parameters
    ----------
    polygons : mapping of code to rings
        Longitude and latitude. Further codes of `values` stand in the key as not on the map.
    names : mapping of code to name
    values : mapping of code to value
        None where nothing is known.
    title : str
        What the figure is.
    write : callable
        From a value to its text.
    t : Translator
    """
    values = _as_written(values, write)
    codes = sorted(values)
    numbers = {code: at for at, code in enumerate(codes, start=1)}
    known = [value for value in values.values() if value is not None]
    classes = classes_of(known)
    prefix = "p" + "".join(letter for letter in title.casefold() if letter.isascii() and letter.isalnum())

    def entry(code: str) -> tuple[str, str, str]:
        value = values[code]
        name = names.get(code, code)
        name = name if len(polygons.get(code, ())) else f"{name} ({t('figure.map.off_map')})"
        return str(numbers[code]), name, t("recap.unknown_short") if value is None else write(value)

    shapes, height = _shapes(polygons, values, classes, numbers, names, write, prefix)
    columns = -(-max(len(codes), 1) // LONGEST_KEY)
    lines = -(-max(len(codes), 1) // columns)
    height = max(height, (lines + len(classes) + 4) * LINE + 20) + FOOT
    parts = [
        element("defs", *_patterns(prefix)),
        *shapes,
        *_legend(classes, any(value is None for value in values.values()), prefix, write, title, t),
        *_key([entry(code) for code in codes], columns, (len(classes) + 3.2) * LINE + 14),
        text(t("figure.map.source"), MARGIN, height - 10, SIZE, fill=WARM_GREY),
    ]
    return document(WIDTH, height, title, parts, t("recap.map_alt", count=len(codes)))


def _as_written(
    values: Mapping[str, int | float | None], write: Callable[[int | float], str]
) -> dict[str, int | float | None]:
    """Return values of which those that are written alike are alike: one text never stands for two fills."""
    first: dict[str, int | float] = {}
    for value in sorted(value for value in values.values() if value is not None):
        first.setdefault(write(value), value)
    return {code: None if value is None else first[write(value)] for code, value in values.items()}


def _patterns(prefix: str) -> list[str]:
    """Return the fills: white, thin lines, crossed lines, and the full colour."""

    def lines(name: str, step: float, thick: float, turns: Sequence[int]) -> str:
        strokes = [
            element("line", x1=step / 2, y1=0, x2=step / 2, y2=step, stroke=ACCENT, stroke_width=thick,
                transform=f"rotate({turn} {number(step / 2)} {number(step / 2)})" if turn else None)
            for turn in turns
        ]  # fmt: skip
        ground = element("rect", width=step, height=step, fill=PAPER)
        return element("pattern", ground, *strokes, id=f"{prefix}-{name}", width=step, height=step,
            patternUnits="userSpaceOnUse", patternTransform="rotate(45)")  # fmt: skip

    return [lines("light", 7, 1.1, (0,)), lines("dark", 5, 1.5, (0, 90))]


def _fill(value: int | float | None, classes: Sequence[tuple[float, float]], prefix: str) -> str:
    if value is None:
        return PALE
    place = next(at for at, (_, end) in enumerate(classes) if value <= end)
    kind = PATTERNS[round(place * (len(PATTERNS) - 1) / max(len(classes) - 1, 1))]
    return {"lightest": PAPER, "darkest": ACCENT}.get(kind, f"url(#{prefix}-{kind})")


def _shapes(
    polygons: Mapping[str, Rings],
    values: Mapping[str, int | float | None],
    classes: Sequence[tuple[float, float]],
    numbers: Mapping[str, int],
    names: Mapping[str, str],
    write: Callable[[int | float], str],
    prefix: str,
) -> tuple[list[str], float]:
    placed, height = _placed(
        {code: rings for code, rings in polygons.items() if code in values and len(rings)}
    )
    shapes, labels = [], []
    for code, rings in placed.items():
        value = values[code]
        told = names.get(code, code) + ("" if value is None else f": {write(value)}")
        path = "".join("M" + "L".join(f"{number(x)} {number(y)}" for x, y in ring) + "Z" for ring in rings)
        shapes.append(
            element("path", element("title", clean(told)), d=path, fill_rule="evenodd",
                fill=_fill(value, classes, prefix), stroke=INK, stroke_width=0.8, stroke_linejoin="round")
        )  # fmt: skip
        x, y = inner_point(rings)
        labels.append(
            text(str(numbers[code]), x, y + 4, SIZE, text_anchor="middle", font_weight="bold", fill=INK,
                stroke=PAPER, stroke_width=3.5, paint_order="stroke", stroke_linejoin="round")
        )  # fmt: skip
    return shapes + labels, height


def _placed(polygons: Mapping[str, Rings]) -> tuple[dict[str, list[NDArray[np.float64]]], float]:
    """Return the outlines in pixels, north up, and the height that they take."""
    if not polygons:
        return {}, 0.0
    every = np.vstack([ring for rings in polygons.values() for ring in rings])
    low, high = every.min(axis=0), every.max(axis=0)
    wide = np.cos(np.radians((low[1] + high[1]) / 2))
    across, up = max((high[0] - low[0]) * wide, 1e-9), max(high[1] - low[1], 1e-9)
    scale = min((MAP_WIDTH - 2 * MARGIN) / across, 620.0 / up)
    placed = {
        code: [
            _thinned(np.column_stack([(ring[:, 0] - low[0]) * wide, high[1] - ring[:, 1]]) * scale + MARGIN)
            for ring in rings
        ]
        for code, rings in polygons.items()
    }
    return placed, up * scale + 2 * MARGIN


def _thinned(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    kept = [ring[0]]
    for point in ring[1:]:
        if np.abs(point - kept[-1]).max() >= CLOSEST:
            kept.append(point)
    return np.array(kept) if len(kept) > 2 else ring


def _legend(
    classes: Sequence[tuple[float, float]],
    unknown: bool,  # noqa: FBT001 - whether the class of unknown values is shown
    prefix: str,
    write: Callable[[int | float], str],
    title: str,
    t: Translator,
) -> list[str]:
    left, y = MAP_WIDTH + 20, 22.0
    parts = [text(title, left, y, SIZE + 3, font_weight="bold", fill=INK)]
    entries = [
        (_fill(end, classes, prefix), " \u2013 ".join(dict.fromkeys((write(start), write(end)))))
        for start, end in classes
    ]
    if unknown:
        entries.append((PALE, t("recap.unknown")))
    for fill, told in entries:
        y += LINE + 3
        parts += [
            element(
                "rect", x=left, y=y - 11, width=SWATCH, height=13, fill=fill, stroke=INK, stroke_width=0.8
            ),
            text(told, left + SWATCH + 8, y, SIZE, fill=INK),
        ]
    return parts


def _key(entries: Sequence[tuple[str, str, str]], columns: int, top: float) -> list[str]:
    """Write number, name and figure of every district beside the map."""
    left, wide = MAP_WIDTH + 20, (WIDTH - MAP_WIDTH - 30) / columns
    lines = -(-max(len(entries), 1) // columns)
    parts = []
    for at, (place, name, told) in enumerate(entries):
        x, y = left + wide * (at // lines), top + 22 + LINE * (at % lines)
        parts += [
            text(place, x + 20, y, SIZE, text_anchor="end", font_weight="bold", fill=INK),
            text(fitted(name, SIZE, wide - 100), x + 27, y, SIZE, fill=INK),
            text(told, x + wide - 8, y, SIZE, text_anchor="end", fill=INK),
        ]
    return parts
