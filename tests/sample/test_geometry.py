"""The island: contiguous, without gaps or overlaps, and small enough to ship."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest


def rings(collection) -> dict[str, np.ndarray]:
    return {
        feature["properties"]["kode"]: np.array(feature["geometry"]["coordinates"][0])
        for feature in collection["features"]
    }


def area(ring: np.ndarray) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)


def segments(ring: np.ndarray) -> list[tuple[tuple[float, float], ...]]:
    points = [tuple(point) for point in ring.tolist()]
    return [tuple(sorted(pair)) for pair in pairwise(points) if pair[0] != pair[1]]


@pytest.fixture(scope="module")
def villages(sample) -> dict[str, np.ndarray]:
    return rings(sample.geometry["villages"])


@pytest.fixture(scope="module")
def areas(sample) -> dict[str, np.ndarray]:
    return rings(sample.geometry["districts"])


def test_every_region_has_its_polygon_and_name(sample, villages, areas):
    names = sample.tables["regions"].set_index("region")["name"]
    for collection, level in ((sample.geometry["villages"], 3), (sample.geometry["districts"], 2)):
        listed = {f["properties"]["kode"]: f["properties"]["nama"] for f in collection["features"]}
        assert listed == names[names.index.str.count(r"\.") == level].to_dict()
    for feature in sample.geometry["villages"]["features"]:
        assert feature["properties"]["kode"].startswith(feature["properties"]["kode_kec"] + ".")


def test_it_is_small_and_far_from_indonesia(sample, villages):
    assert len(json.dumps(dict(sample.geometry))) < 250_000
    points = np.vstack(list(villages.values()))
    assert np.abs(points).max() < 1.0


def test_rings_are_closed_simple_and_counter_clockwise(villages, areas):
    for code, ring in {**villages, **areas}.items():
        assert ring[0].tolist() == ring[-1].tolist(), code
        assert area(ring) > 0, code
        inner = Counter(tuple(point) for point in ring[:-1].tolist())
        assert max(inner.values()) == 1, code
        assert not crossings(ring), code


def crossings(ring: np.ndarray) -> list[tuple[int, int]]:
    start, end = ring[:-1], ring[1:]

    def side(p, q, r):
        return np.sign(
            (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1])
            - (q[..., 1] - p[..., 1]) * (r[..., 0] - p[..., 0])
        )

    a, b, c, d = start[:, None], end[:, None], start[None], end[None]
    crossing = (side(a, b, c) * side(a, b, d) < 0) & (side(c, d, a) * side(c, d, b) < 0)
    return list(zip(*np.nonzero(crossing), strict=True))


def test_villages_meet_exactly_and_fill_their_district(villages, areas):
    use = Counter(segment for ring in villages.values() for segment in segments(ring))
    assert set(use.values()) == {1, 2}
    for code, outline in areas.items():
        mine = [ring for village, ring in villages.items() if village.startswith(code + ".")]
        assert sum(map(area, mine)) == pytest.approx(area(outline), rel=1e-9)
        inside = Counter(segment for ring in mine for segment in segments(ring))
        assert set(segments(outline)) == {segment for segment, times in inside.items() if times == 1}
    coast = {segment for segment, times in use.items() if times == 1}
    outer = Counter(segment for ring in areas.values() for segment in segments(ring))
    assert {segment for segment, times in outer.items() if times == 1} == coast
