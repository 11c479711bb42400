"""Shapes of regions: what ships agrees with the codes that ship, what is broken is named."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.region_codes import Level, ancestor
from workbench.errors import InvalidInput
from workbench.store.geometry import read_geometry, shipped_geometry, shipped_regencies
from workbench.store.regions import shipped_regions

SQUARE = [[120.0, -5.0], [120.1, -5.0], [120.1, -5.1], [120.0, -5.0]]


def feature(code: str = "99.01", shape: str = "Polygon", coordinates: Any = None) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"kode": code, "nama": "Harapan"},
        "geometry": {"type": shape, "coordinates": [SQUARE] if coordinates is None else coordinates},
    }


def written(folder, *features: Any):
    path = folder / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def test_rings_islands_and_holes_are_all_kept(tmp_path):
    shapes = read_geometry(
        written(tmp_path, feature("99.02", "MultiPolygon", [[SQUARE, SQUARE], [SQUARE]]), feature("99.01"))
    )
    assert list(shapes.polygons) == ["99.01", "99.02"]
    assert len(shapes.polygons["99.02"]) == 3
    np.testing.assert_array_equal(shapes.polygons["99.01"][0], SQUARE)
    assert shapes.names["99.01"] == "Harapan"


@pytest.mark.parametrize(
    "bad",
    [
        feature("bukan kode"),
        feature(shape="Point", coordinates=[1, 2]),
        feature(coordinates=[[[1], [2, 3]]]),
        feature(coordinates=[]),
        feature(coordinates=[[["a", "b"]]]),
        feature(coordinates=[[[1e999, 0.0]]]),
        {"type": "Feature"},
        None,
    ],
)
def test_a_bad_feature_is_named_by_its_number(tmp_path, bad):
    with pytest.raises(InvalidInput) as caught:
        read_geometry(written(tmp_path, feature("99.02"), bad))
    (problem,) = caught.value.problems
    assert (problem.code, problem.facts["feature"]) == ("geometry_feature_invalid", 2)


def test_a_region_drawn_twice_is_named(tmp_path):
    with pytest.raises(InvalidInput) as caught:
        read_geometry(written(tmp_path, feature(), feature()))
    assert [problem.code for problem in caught.value.problems] == ["duplicate_id"]


@pytest.mark.parametrize("content", [b"{", b"[]", b"{}", b'{"features": 5}', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_geojson_is_refused(tmp_path, content):
    path = tmp_path / "a.geojson"
    path.write_bytes(content)
    with pytest.raises(InvalidInput):
        read_geometry(path)


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.one_of(anything, st.builds(feature, coordinates=anything)), max_size=3))
def test_any_features_give_shapes_or_a_refusal(tmp_path_factory, features):
    path = written(tmp_path_factory.mktemp("peta"), *features)
    try:
        shapes = read_geometry(path)
    except InvalidInput:
        return
    assert all(np.isfinite(ring).all() for rings in shapes.polygons.values() for ring in rings)


@pytest.mark.parametrize(
    ("regency", "districts", "villages"),
    [
        ("73.02", 10, 136),
        ("51.08", 9, 148),
        ("73.07", 9, 80),
        ("32.02", 47, 0),
        ("35.07", 33, 0),
        ("35.73", 5, 57),
    ],
)
def test_shipped_shapes_bear_listed_codes(regency, districts, villages):
    shapes = shipped_geometry(regency)
    assert shapes is not None
    assert len(shapes.at_level(Level.DISTRICT).polygons) == districts
    assert len(shapes.at_level(Level.VILLAGE).polygons) == villages
    assert {ancestor(code, Level.REGENCY) for code in shapes.polygons} == {regency}
    assert set(shapes.polygons) <= set(shipped_regions().names.index)


def test_the_detailed_shape_wins():
    shapes = shipped_geometry("73.02")
    assert shapes is not None
    assert sum(len(ring) for ring in shapes.polygons["73.02.01"]) > 100


def test_nothing_ships_for_most_regencies():
    assert shipped_geometry("11.01") is None
    assert shipped_geometry("../..") is None
    assert shipped_geometry("73") is None


def test_all_regencies_are_drawn_coarsely():
    regencies = shipped_regions().names.index
    assert set(shipped_regencies().polygons) == set(regencies[regencies.str.len() == 5])
