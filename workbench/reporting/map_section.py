"""The schematic map of a report: villages of the district by what they proposed and got."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from markupsafe import Markup

from workbench.domain.regions import Level, ancestor, level_of
from workbench.domain.session import Session
from workbench.present.documents import html_figure, html_paragraph
from workbench.present.figure_style import figure_png
from workbench.present.i18n import Translator
from workbench.present.map_figure import map_figure, map_figure_alt
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
    figure = map_figure(shapes, geometry.names, counts, t, outline=geometry.polygons.get(district, ()))
    return (html_figure(figure_png(figure), t("report.map_caption"), map_figure_alt(counts, t)),)


def _counts_by_region(session: Session, outcome: Outcome, district: str, geometry: Geometry) -> pd.DataFrame:
    """Count proposals and funded ones by village; by district where no village has a shape."""
    villages = [code for code in session.regions.children(district).index if code in geometry.polygons]
    codes = session.proposals.frame["region"].reindex(outcome.table.index)
    if not villages:
        codes = codes.map(lambda code: ancestor(code, Level.DISTRICT))
    funded = outcome.table["standing"] == Standing.FUNDED.value
    counts = pd.DataFrame({"proposals": 1, "funded": funded.astype("int64")}).groupby(codes).sum()
    around = villages or [code for code in geometry.polygons if level_of(code) is Level.DISTRICT]
    return counts.reindex(sorted({*counts.index, *around}), fill_value=0)


def geometry_of(folder: Path, district: str) -> Geometry | None:
    """Return the boundaries that a session folder brings along, else those that ship for its regency."""
    own = [folder / name for name in ("peta_kecamatan.geojson", "peta_desa.geojson")]
    shapes = [read_geometry(path) for path in own if path.exists()]
    if shapes:
        return shapes[0] if len(shapes) == 1 else shapes[0].joined(shapes[1])
    regency = ancestor(district, Level.REGENCY)
    return shipped_geometry(regency) if regency else None
