"""What each village asked for and got, as numbers of proposals and as money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from workbench.domain.session import Session
from workbench.present.figure_style import WIDTH, axes_at, blank_figure, styled
from workbench.present.format import MILLION
from workbench.present.i18n import Translator
from workbench.present.places import village_totals
from workbench.present.surfaces import ACCENT, INK, PAPER, WARM_GREY
from workbench.present.svg import fitted
from workbench.prioritisation import Outcome

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW = 0.27
"""Inches for one village."""
NAMES, TOP, BOTTOM, BETWEEN, RIGHT = 2.2, 0.75, 0.15, 0.35, 0.15


def village_figure(outcome: Outcome, session: Session, t: Translator) -> Figure:
    """Draw proposed (hollow) and accommodated (solid) for each village, with the figures beside the bars.

    Parameters
    ----------
    outcome, session
        The computed outcome and the session it came from.
    t : Translator

    Returns
    -------
    Figure
        As high as the number of villages asks for.
    """
    totals = village_totals(outcome, session, t)
    rows = max(len(totals), 1)
    with styled():
        figure = blank_figure(TOP + rows * ROW + BOTTOM)
        wide = (WIDTH - NAMES - BETWEEN - RIGHT) / 2
        numbers = axes_at(figure, NAMES, BOTTOM, wide, rows * ROW)
        money = axes_at(figure, NAMES + wide + BETWEEN, BOTTOM, wide, rows * ROW)
        counts = [
            f"{t.style.count(int(funded))} / {t.style.count(int(proposed))}"
            for funded, proposed in zip(totals["funded"], totals["proposals"], strict=True)
        ]
        amounts = [_amounts(line, t) for _, line in totals.iterrows()]
        _bars(numbers, totals["proposals"], totals["funded"], counts, t("figure.villages.counts"))
        _bars(money, totals["cost"], totals["cost_funded"], amounts, t("figure.villages.money"))
        _names(numbers, [str(name) for name in totals["name"]])
        _legend(figure, t)
    return figure


def village_figure_alt(outcome: Outcome, session: Session, t: Translator) -> str:
    """Return what the figure shows, for those who do not see it."""
    return t("figure.villages.alt", count=len(village_totals(outcome, session, t)))


def _amounts(line: pd.Series, t: Translator) -> str:
    """Return the money of a village; where no proposal of it has a cost, that and no zero."""
    if line["proposals"] and line["unpriced"] == line["proposals"]:
        return t("figure.ceiling_line.unpriced")
    return f"{_millions(int(line['cost_funded']), t)} / {_millions(int(line['cost']), t)}"


def _millions(amount: int, t: Translator) -> str:
    broken = 0 < amount < 100 * MILLION and amount % MILLION
    return t.style.number(amount / MILLION, 1 if broken else 0)


def _bars(axes: Axes, proposed: pd.Series, funded: pd.Series, texts: list[str], title: str) -> None:
    places = range(len(proposed))
    whole, part = proposed.to_numpy(dtype=float), funded.to_numpy(dtype=float)
    axes.barh(places, whole, height=0.62, color=PAPER, edgecolor=WARM_GREY, linewidth=1.0)
    axes.barh(places, part, height=0.62, color=ACCENT, edgecolor=ACCENT, linewidth=1.0)
    most = max(float(whole.max()) if len(whole) else 0.0, 1.0)
    axes.set_xlim(0, most * 1.38)  # the room right of the longest bar is for its figures
    axes.set_ylim(max(len(whole), 1) - 0.5, -0.5)
    for place, (end, text) in enumerate(zip(whole, texts, strict=True)):
        axes.text(end + most * 0.02, place, text, va="center", ha="left", fontsize=8.5, color=INK)
    axes.set_title(title, pad=5)
    axes.set_xticks([])
    axes.set_yticks([])
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)


def _names(axes: Axes, names: list[str]) -> None:
    points = (NAMES - 0.2) * 72
    axes.set_yticks(range(len(names)), [fitted(name, 9, points) for name in names])
    axes.tick_params(axis="y", length=0, pad=4)


def _legend(figure: Figure, t: Translator) -> None:
    from matplotlib.patches import Patch

    handles = [
        Patch(facecolor=ACCENT, edgecolor=ACCENT, label=t("figure.villages.funded")),
        Patch(facecolor=PAPER, edgecolor=WARM_GREY, label=t("figure.villages.proposed")),
    ]
    figure.legend(
        handles=handles, loc="upper right", ncols=2, frameon=False, fontsize=8.5, bbox_to_anchor=(0.995, 1.0)
    )
