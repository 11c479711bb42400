"""Cells of a Voronoi diagram with wavy shared edges, and the outlines of groups of cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

DIGITS = 4
"""Digits of a coordinate: about ten metres, were it a real place."""
WAVE = 0.12
"""How far the middle of an edge may leave the straight line, as a share of its length."""
DEPTH = 2
"""How often an edge is halved."""
SHORT = 0.003
"""Edges below this length stay straight: their waves would vanish in the rounding."""

Points = NDArray[np.float64]
Edge = tuple[int, int]


@dataclass(frozen=True)
class Cells:
    """Cells by position.

    Attributes
    ----------
    corners : tuple of tuple of int
        Corners of each cell in counter-clockwise order.
    paths : dict
        Points from the first corner of an edge (smaller number) to the second, the second left out.
    """

    corners: tuple[tuple[int, ...], ...]
    paths: dict[Edge, tuple[tuple[float, float], ...]]


def cells_of(land: Points, sea: Points, rng: np.random.Generator) -> Cells:
    """Return the Voronoi cells of the land's points; the sea's points bound them.

    Parameters
    ----------
    land, sea : array, n x 2
        Positions (longitude, latitude).
    rng : Generator
        Draws the waves of the edges, in the order of their corners.
    """
    from scipy.spatial import Voronoi

    diagram = Voronoi(np.vstack([land, sea]))
    vertices = np.asarray(diagram.vertices)
    corners = tuple(
        _counter_clockwise(diagram.regions[diagram.point_region[number]], vertices)
        for number in range(len(land))
    )
    edges = sorted({_edge(*pair) for cell in corners for pair in _sides(cell)})
    return Cells(corners, {edge: _wavy(vertices[edge[0]], vertices[edge[1]], rng) for edge in edges})


def _counter_clockwise(region: list[int], vertices: Points) -> tuple[int, ...]:
    points = vertices[region]
    centre = points.mean(axis=0)
    angles = np.arctan2(points[:, 1] - centre[1], points[:, 0] - centre[0])
    return tuple(region[index] for index in np.argsort(angles).tolist())


def _sides(cell: tuple[int, ...]) -> Iterable[Edge]:
    return zip(cell, cell[1:] + cell[:1], strict=True)


def _edge(one: int, other: int) -> Edge:
    return (one, other) if one < other else (other, one)


def _wavy(start: Points, end: Points, rng: np.random.Generator) -> tuple[tuple[float, float], ...]:
    line = [start, end]
    for _ in range(DEPTH if np.hypot(*(end - start)) > SHORT else 0):
        finer = [line[0]]
        for one, other in pairwise(line):
            along = other - one
            across = np.array([-along[1], along[0]])
            finer += [(one + other) / 2 + float(rng.uniform(-WAVE, WAVE)) * across, other]
        line = finer
    return tuple((round(float(x), DIGITS), round(float(y), DIGITS)) for x, y in line)


def rings_of(cells: Cells, members: NDArray[np.int64]) -> list[list[list[float]]]:
    """Return the closed outlines of a group of cells; one outline means contiguous and without holes."""
    sides = [side for number in members.tolist() for side in _sides(cells.corners[number])]
    shared = Counter(_edge(*side) for side in sides)
    following: dict[int, list[int]] = {}
    for start, end in sides:
        if shared[_edge(start, end)] == 1:
            following.setdefault(start, []).append(end)
    rings = []
    while following:
        rings.append(_walk(min(following), following, cells))
    return rings


def _walk(start: int, following: dict[int, list[int]], cells: Cells) -> list[list[float]]:
    ring: list[list[float]] = []
    here = start
    while here in following:
        there = following[here].pop()
        if not following[here]:
            del following[here]
        path = cells.paths[_edge(here, there)]
        points = path if here < there else tuple(reversed(path))
        ring += [list(point) for point in points[:-1]]
        here = there
    # Corners that fall together when rounded are one point.
    ring = [point for point, last in zip(ring, ring[-1:] + ring[:-1], strict=True) if point != last]
    return [*ring, ring[0]]
