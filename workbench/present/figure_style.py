"""One style for the figures of reports, and the same bytes for the same figure.

matplotlib is imported when a figure is drawn, never before, and its global state is left alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from workbench.present.surfaces import INK, WARM_GREY

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DOTS_PER_INCH = 110
WIDTH = 10.4
"""Inches: the width of a landscape A4 sheet between its margins."""

STYLE: Mapping[Any, Any] = MappingProxyType(
    {
        "font.family": "DejaVu Sans",  # ships with matplotlib, so every machine measures the same
        "font.size": 9,
        "axes.titlesize": 10,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.edgecolor": WARM_GREY,
        "axes.labelcolor": INK,
        "text.color": INK,
        "text.parse_math": False,  # a name may hold a dollar sign
        "xtick.color": WARM_GREY,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "hatch.linewidth": 0.7,
        "svg.hashsalt": "workbench",
        "svg.fonttype": "path",
        "path.simplify": False,
    }
)


@contextmanager
def styled() -> Iterator[None]:
    """Draw inside this context: the house's style on matplotlib's defaults, whatever a notebook has set."""
    import matplotlib as mpl

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(STYLE)
        yield


def blank_figure(height: float, width: float = WIDTH) -> Figure:
    """Return an empty figure of a size in inches; call it, and draw, inside `styled`."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), dpi=DOTS_PER_INCH, facecolor="white")


def axes_at(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Return axes at a place in inches: margins are given, not searched for, which is fast and stable."""
    across, up = figure.get_size_inches()
    axes: Axes = figure.add_axes((left / across, bottom / up, width / across, height / up))
    return axes


def figure_png(figure: Figure) -> bytes:
    """Return the figure as PNG; the same figure gives the same bytes."""
    return _saved(figure, "png", {"Software": None})


def figure_svg(figure: Figure) -> bytes:
    """Return the figure as SVG with letters as outlines; the same figure gives the same bytes."""
    return _saved(figure, "svg", {"Date": None, "Creator": None})


def _saved(figure: Figure, kind: str, metadata: dict[str, None]) -> bytes:
    with styled():
        buffer = io.BytesIO()
        figure.savefig(buffer, format=kind, dpi=DOTS_PER_INCH, metadata=metadata)
    return buffer.getvalue()
