"""One style for the figures of reports, and the same bytes for the same figure.

matplotlib is imported when a figure is drawn, never before, and its global state is left alone.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from workbench.present.surfaces import INK, WARM_GREY
from workbench.present.svg import document, element

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DOTS_PER_INCH = 110
WIDTH = 10.4
"""Inches: the width of a landscape A4 sheet between its margins."""

UNITS, POINTS = 100, 72
"""Of an inch: what pictures of a page are measured in, and what matplotlib writes."""
UNTOLD = ("Date", "Creator", "Format", "Type")
"""What the file would say of itself; the clock's date makes every file another."""
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
"""Letters of a name that no XML holds."""
STYLE_RULES = re.compile(r"<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL)
LINES = "stroke-linejoin:round;stroke-linecap:butt"
"""What those rules say, as it is said of this figure alone."""
GROUP = re.compile(r'<g id="[^"]*"')
FAMILY = re.compile(r" ?font-family: 'DejaVu Sans';")
OUTLINE = re.compile(r' d="[^"]*"')
FINER = re.compile(r"(\.\d\d)\d+")
"""Decimals beyond the hundredth of a point, which nobody sees."""

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
        "svg.fonttype": "none",
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


def figure_svg(figure: Figure, alt: str) -> str:
    """Return the figure as SVG that stands in a page: its words are words, its lines sharp at any size.

    Parameters
    ----------
    figure : Figure
    alt : str
        What it shows, for those who do not see it.

    Returns
    -------
    str
        The same figure gives the same text. No rule of it reaches what else stands in the page.
    """
    with styled():
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", metadata=dict.fromkeys(UNTOLD))
    drawn = UNPRINTABLE.sub(" ", buffer.getvalue()).replace(" xlink:href=", " href=")
    body = drawn[drawn.index(">", drawn.index("<svg")) + 1 : drawn.rindex("</svg>")]
    body = FAMILY.sub("", GROUP.sub("<g", STYLE_RULES.sub("", body)))
    body = OUTLINE.sub(lambda found: FINER.sub(r"\1", found[0]), body)
    width, height = figure.get_size_inches() * UNITS
    whole = element("g", body, transform=f"scale({UNITS / POINTS:.6f})", style=LINES)
    return document(float(width), float(height), alt, [whole])
