"""The schematic map of a report: villages of the district by what they proposed and got."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from workbench.domain.region_codes import Level, ancestor, level_of
from workbench.domain.session import Session
from workbench.present.documents import html_figure, html_paragraph
from workbench.present.figure_style import figure_svg
from workbench.present.i18n import Translator
from workbench.present.map_figure import Rings, map_figure, map_figure_alt
from workbench.prioritisation import Outcome, Standing
from workbench.store.geometry import Geometry, read_geometry, shipped_geometry


def map_blocks(
    folder: Path, district: str, session: Session, outcome: Outcome, t: Translator
) -> tuple[Markup, ...]:
    """Return the map of a district; where no boundaries ship, say so.

    Parameters
    ----------
    folder : Path
        The session folder, which may hold boundaries of its own.
    district : str
        Its code; empty for a session that names none.
    session, outcome
    t : Translator
    """
    geometry = geometry_of(folder, district)
    if geometry is None:
        return (html_paragraph(t("report.no_map")),)
    counts = _counts_by_region(session, outcome, district, geometry)
    shapes = {code: geometry.polygons[code] for code in counts.index if code in geometry.polygons}
    figure = map_figure(
        shapes,
        geometry.names,
        counts,
        t,
        outline=geometry.polygons.get(district, ()),
        around=_neighbours(shapes, district, geometry),
    )
    return (html_figure(figure_svg(figure, map_figure_alt(counts, t)), t("report.map_caption")),)


def _counts_by_region(session: Session, outcome: Outcome, district: str, geometry: Geometry) -> pd.DataFrame:
    """Count proposals and funded ones by village; by district where no village has a shape."""
    villages = [code for code in session.regions.children(district).index if code in geometry.polygons]
    codes = session.proposals.frame["region"].reindex(outcome.table.index)
    if not villages:
        codes = codes.map(lambda code: ancestor(code, Level.DISTRICT))
    funded = outcome.table["standing"] == Standing.FUNDED.value
    counts = pd.DataFrame({"proposals": 1, "funded": funded.astype("int64")}).groupby(codes).sum()
    asked = villages or [code for code in _districts(geometry) if _lies_in(code, district)]
    return counts.reindex(sorted({*counts.index, *asked}), fill_value=0)


def _neighbours(shapes: Mapping[str, Rings], district: str, geometry: Geometry) -> list[Rings]:
    """Return the other districts where one is shown among them: its list knows nothing of theirs."""
    if any(level_of(code) is Level.VILLAGE for code in shapes):
        return []
    return [
        geometry.polygons[code]
        for code in _districts(geometry)
        if code not in shapes and not _lies_in(code, district)
    ]


def _districts(geometry: Geometry) -> list[str]:
    return [code for code in geometry.polygons if level_of(code) is Level.DISTRICT]


def _lies_in(code: str, region: str) -> bool:
    """Tell whether a code is a region itself or lies in it; all lie in a region that is not named.

    Examples
    --------
    >>> _lies_in("73.02.01", "73.02"), _lies_in("73.02.01", "73.02.011")
    (True, False)
    """
    return not region or f"{code}.".startswith(f"{region}.")


def geometry_of(folder: Path, district: str) -> Geometry | None:
    """Return the boundaries that a session folder brings along, else those that ship for its regency."""
    own = [folder / name for name in ("peta_kecamatan.geojson", "peta_desa.geojson")]
    shapes = [read_geometry(path) for path in own if path.exists()]
    if shapes:
        return shapes[0] if len(shapes) == 1 else shapes[0].joined(shapes[1])
    regency = ancestor(district, Level.REGENCY)
    return shipped_geometry(regency) if regency else None
