"""Schematic shapes of regions ("peta skematis, bukan batas resmi"): GeoJSON in, rings by code out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.domain.region_codes import Level, is_region_code, level_of
from workbench.errors import InvalidInput, Problem
from workbench.store.file_kinds import read_bytes
from workbench.store.project_files import data_folder

Ring = npt.NDArray[np.float64]

RING_DEPTH = MappingProxyType({"Polygon": 1, "MultiPolygon": 2})
"""How many lists lie around a ring in the coordinates of each type of shape."""


@dataclass(frozen=True)
class Geometry:
    """Shapes of regions.

    Attributes
    ----------
    polygons : mapping of code to tuple of (n, 2) arrays
        Every ring of a region, islands and holes alike, as longitude and latitude; the last point repeats the
        first. Fill by the even-odd rule, so that holes stay open.
    names : mapping of code to name
    """

    polygons: Mapping[str, tuple[Ring, ...]]
    names: Mapping[str, str]

    def at_level(self, level: Level) -> Geometry:
        """Return the shapes of one level alone."""
        codes = [code for code in self.polygons if level_of(code) is level]
        return _geometry({code: self.polygons[code] for code in codes}, self.names)

    def joined(self, other: Geometry) -> Geometry:
        """Return both; the other's shapes win."""
        return _geometry({**self.polygons, **other.polygons}, {**self.names, **other.names})


def _geometry(polygons: Mapping[str, tuple[Ring, ...]], names: Mapping[str, str]) -> Geometry:
    ordered = {code: polygons[code] for code in sorted(polygons)}
    return Geometry(MappingProxyType(ordered), MappingProxyType({code: names[code] for code in ordered}))


def read_geometry(path: Path) -> Geometry:
    """Return the shapes of a GeoJSON file whose features carry ``kode`` and ``nama``.

    Raises
    ------
    InvalidInput
        ``geometry_unreadable`` (no GeoJSON), and with the number of the feature ``geometry_feature_invalid``
        (code, shape or coordinates) and ``duplicate_id``.
    """
    content = read_bytes(path)
    try:
        features = json.loads(content.decode("utf-8-sig"))["features"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InvalidInput([Problem("geometry_unreadable", file=path.name)]) from error
    if not isinstance(features, list):
        raise InvalidInput([Problem("geometry_unreadable", file=path.name)])
    polygons: dict[str, tuple[Ring, ...]] = {}
    names: dict[str, str] = {}
    problems = []
    for number, feature in enumerate(features, start=1):
        try:
            code, name, rings = _feature(feature)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            facts = {"feature": number, "reason": str(error)}
            problems.append(Problem("geometry_feature_invalid", file=path.name, facts=facts))
            continue
        if code in polygons:
            problems.append(Problem("duplicate_id", file=path.name, value=code, facts={"feature": number}))
        polygons[code], names[code] = rings, name
    if problems:
        raise InvalidInput(problems)
    return _geometry(polygons, names)


def _feature(feature: Any) -> tuple[str, str, tuple[Ring, ...]]:  # noqa: ANN401 - JSON of any kind
    properties, shape = feature["properties"], feature["geometry"]
    code = str(properties["kode"])
    if not is_region_code(code):
        raise ValueError("code")
    if shape["type"] not in RING_DEPTH:
        raise ValueError("shape")
    coordinates = shape["coordinates"]
    rings = tuple(_rings([coordinates] if RING_DEPTH[shape["type"]] == 1 else coordinates))
    if not rings:
        raise ValueError("coordinates")
    return code, str(properties["nama"]), rings


def _rings(parts: Any) -> Iterator[Ring]:  # noqa: ANN401
    for part in parts:
        for points in part:
            ring = np.array([point[:2] for point in points], dtype=np.float64)
            if ring.ndim != 2 or ring.shape[1] != 2 or not np.isfinite(ring).all():
                raise ValueError("coordinates")
            ring.flags.writeable = False
            yield ring


def shipped_geometry(regency_code: str) -> Geometry | None:
    """Return the shapes of a regency's districts, and of its villages where they ship; None where none do.

    Examples
    --------
    >>> shapes = shipped_geometry("73.02")
    >>> len(shapes.at_level(Level.DISTRICT).polygons), len(shapes.at_level(Level.VILLAGE).polygons)
    (10, 136)
    >>> shipped_geometry("11.01") is None
    True
    """
    if not is_region_code(regency_code):
        return None
    folder = data_folder() / "peta"
    # Coarse before detailed, so that the detailed shapes win.
    files = sorted(folder.glob(f"*_{regency_code}_*.geojson"), key=lambda file: (len(file.name), file.name))
    shapes: Geometry | None = None
    for file in files:
        read = read_geometry(file)
        shapes = read if shapes is None else shapes.joined(read)
    return shapes


def shipped_regencies() -> Geometry:
    """Return the coarse shapes of all regencies and cities.

    Examples
    --------
    >>> len(shipped_regencies().polygons)
    514
    """
    return read_geometry(data_folder() / "peta" / "kabupaten_kota_nasional_lite.geojson")
