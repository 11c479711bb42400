"""Schematic geometry: contiguous villages inside contiguous districts on an island that does not exist.

Points are spread evenly over a blob and gathered into districts and villages; villages are the cells of a
Voronoi diagram, the coast is where they meet cells of the sea. Neighbours share their wavy edges point by
point. The island lies around zero latitude and longitude, in open sea.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.sample.cells import Cells, cells_of, rings_of
from workbench.sample.places import District
from workbench.sample.streams import Stream, stream

WIDTH, HEIGHT = 0.42, 0.27
"""Half axes of the island in degrees."""
DENSITY = 6000
ROUNDS = 25
ATTEMPTS = 50
SEA_POINTS = 150

Points = NDArray[np.float64]


def draw_geometry(seed: int, places: Sequence[District]) -> dict[str, Any]:
    """Draw the island.

    Parameters
    ----------
    seed : int
        Seed of the sample.
    places : sequence of District
        The districts with their villages.

    Returns
    -------
    dict
        ``villages`` and ``districts``: GeoJSON feature collections with properties kode, nama and, for
        villages, kode_kec.

    Raises
    ------
    RuntimeError
        If no attempt gives contiguous districts, which no seed has shown so far.
    """
    for attempt in range(ATTEMPTS):
        cells, owners = _island(places, stream(seed, Stream.GEOMETRY, attempt))
        district_rings = [rings_of(cells, np.flatnonzero(owners == number)) for number in range(len(places))]
        if all(len(rings) == 1 for rings in district_rings):
            return _collections(places, cells, [rings[0] for rings in district_rings])
    raise RuntimeError(f"no contiguous island after {ATTEMPTS} attempts with seed {seed}")


def _island(places: Sequence[District], rng: np.random.Generator) -> tuple[Cells, NDArray[np.int64]]:
    phases = rng.uniform(0.0, 2 * np.pi, size=4)
    land = _land_points(phases, rng)
    counts = [len(district.villages) for district in places]
    of_district = _shares(land, np.array(counts, dtype=np.float64), rng)
    centres, owners = [], []
    for number, count in enumerate(counts):
        mine = land[of_district == number]
        centres.append(_centres(mine, count, rng))
        owners += [number] * count
    return cells_of(np.vstack(centres), _sea_points(phases), rng), np.array(owners)


def _radius(angles: Points, phases: Points) -> Points:
    """Return how far the coast lies in each direction, around 1."""
    waves = [0.13, 0.07, 0.045, 0.03]
    ripples = [size * np.sin((order + 2) * angles + phases[order]) for order, size in enumerate(waves)]
    return np.asarray(1.0 + np.sum(ripples, axis=0))


def _scaled(angles: Points, radii: Points) -> Points:
    return np.column_stack([WIDTH * radii * np.cos(angles), HEIGHT * radii * np.sin(angles)])


def _land_points(phases: Points, rng: np.random.Generator) -> Points:
    angles = rng.uniform(-np.pi, np.pi, DENSITY)
    radii = np.sqrt(rng.random(DENSITY)) * _radius(angles, phases)
    return _scaled(angles, radii)


def _sea_points(phases: Points) -> Points:
    angles = np.linspace(-np.pi, np.pi, SEA_POINTS, endpoint=False)
    rings = [_scaled(angles + shift, scale * _radius(angles + shift, phases)) for shift, scale in SEA_RINGS]
    return np.vstack(rings)


SEA_RINGS = ((0.0, 1.09), (np.pi / SEA_POINTS, 1.18), (0.0, 1.5), (0.0, 2.5))
"""Rings of sea points: angle shift and distance as a multiple of the coast."""


def _shares(land: Points, sizes: Points, rng: np.random.Generator) -> NDArray[np.int64]:
    """Give every point of the land to one district, areas growing with `sizes` (a power diagram)."""
    centres = _centres(land, len(sizes), rng)
    order = np.lexsort((centres[:, 1], centres[:, 0]))
    centres, wanted = centres[order], sizes / sizes.sum()
    bonus = np.zeros(len(sizes))
    for _ in range(200):
        distance = ((land[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2) - bonus
        nearest = distance.argmin(axis=1)
        held = np.bincount(nearest, minlength=len(sizes)) / len(land)
        bonus += 0.02 * (wanted - held) * WIDTH
    return np.asarray(nearest)


def _centres(points: Points, number: int, rng: np.random.Generator) -> Points:
    """Spread centres evenly over points (Lloyd's rounds)."""
    centres = points[rng.choice(len(points), size=number, replace=False)]
    for _ in range(ROUNDS):
        nearest = ((points[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
        centres = np.vstack(
            [
                points[nearest == index].mean(axis=0) if (nearest == index).any() else centres[index]
                for index in range(number)
            ]
        )
    return centres


def _collections(
    places: Sequence[District], cells: Cells, district_rings: Sequence[list[list[float]]]
) -> dict[str, Any]:
    villages = [(district, village) for district in places for village in district.villages]
    village_features = [
        _feature(
            {"kode": village.code, "nama": village.name, "kode_kec": district.code},
            rings_of(cells, np.array([number]))[0],
        )
        for number, (district, village) in enumerate(villages)
    ]
    district_features = [
        _feature({"kode": district.code, "nama": district.name}, ring)
        for district, ring in zip(places, district_rings, strict=True)
    ]
    return {"villages": _collection(village_features), "districts": _collection(district_features)}


def _feature(properties: dict[str, str], ring: list[list[float]]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}
