"""A strip of the scale for each proposal: the middle half of the room as a band, the median as a mark."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from workbench.deliberation import Spreads
from workbench.domain.session import Session
from workbench.present import svg
from workbench.present.i18n import Translator
from workbench.present.surfaces import ACCENT_LIGHT, INK, PAPER, SURFACES, WARM_GREY, Surface
from workbench.prioritisation import Outcome

PAD = 8
NAME_SHARE, WORD_SHARE = 0.42, 0.2
TICKS = 5


def agreement_strip(
    spreads: Spreads,
    outcome: Outcome,
    session: Session,
    t: Translator,
    *,
    top: int = 20,
    surface: str = "paper",
) -> str:
    """Draw how far the room agrees on the first ranked proposals.

    Parameters
    ----------
    spreads : Spreads
        Holds nothing of proposals with too few answers, so nothing is drawn for them.
    outcome, session
        The computed outcome and the session it came from.
    t : Translator
    top : int
        Proposals that are shown, by rank.
    surface : {"wall", "desk", "paper"}

    Returns
    -------
    str
        One SVG element. The figures are those of all judged criteria together; where criteria have different
        scales the ends are called worst and best.
    """
    look = SURFACES[surface]
    ranked = outcome.table.index[outcome.table["rank"].notna()]
    labels = ranked[ranked.isin(spreads.overall.index)][:top]
    left = look.width * NAME_SHARE
    right = look.width * (1 - WORD_SHARE)
    below = look.note * 2.0
    drawn = list(_scale(spreads, look, t, (left, right, below + len(labels) * look.row)))
    for number, label in enumerate(labels):
        y = below + number * look.row
        drawn += _name(outcome, session, str(label), look, (y, left))
        drawn += _strip(spreads.overall.loc[label], look, t, (y, left, right))
    said = t("figure.agreement.alt", count=len(labels))
    height = below + max(1, len(labels)) * look.row + PAD
    return svg.document(look.width, height, t("figure.agreement.title"), drawn, said)


def _scale(
    spreads: Spreads, look: Surface, t: Translator, place: tuple[float, float, float]
) -> Iterator[str]:
    left, right, bottom = place
    for number in range(TICKS):
        x = left + (right - left) * number / (TICKS - 1)
        yield svg.element("line", x1=x, x2=x, y1=look.note * 1.6, y2=bottom, stroke="#d8d3c9", stroke_width=1)
        tick = _tick(spreads, number, t)
        yield svg.text(tick, x, look.note * 1.2, look.note, text_anchor="middle", fill=WARM_GREY)


def _tick(spreads: Spreads, number: int, t: Translator) -> str:
    if spreads.scale is None:
        return {0: t("deliberation.worst"), TICKS - 1: t("deliberation.best")}.get(number, "")
    low, high = spreads.scale
    value = low + (high - low) * number / (TICKS - 1)
    return t.style.number(value, 0 if value == int(value) else 1)


def _name(
    outcome: Outcome, session: Session, label: str, look: Surface, place: tuple[float, float]
) -> Iterator[str]:
    y, left = place
    base = y + look.row * 0.65
    number = str(outcome.ranking_of(label))
    yield svg.text(number, PAD + look.size * 2, base, look.size, text_anchor="end", font_weight=600, fill=INK)
    name = svg.fitted(str(session.proposals.frame["activity"][label]), look.size, left - look.size * 4)
    yield svg.text(name, PAD + look.size * 2.6, base, look.size, fill=INK)


def _strip(line: pd.Series, look: Surface, t: Translator, place: tuple[float, float, float]) -> Iterator[str]:
    y, left, right = place
    word = t(f"deliberation.level.{line['level']}")
    yield svg.text(word, right + look.size, y + look.row * 0.65, look.size, fill=INK)
    if pd.isna(line["median"]):
        return
    low, middle, high = (
        left + (right - left) * float(line[name]) for name in ("lower_quartile", "median", "upper_quartile")
    )
    top, tall = y + look.row * 0.25, look.row * 0.5
    yield svg.element(
        "rect", x=low, y=top, width=max(high - low, 2), height=tall, fill=ACCENT_LIGHT, stroke=INK
    )
    mark = {"x": middle - 2.5, "y": top - 3, "width": 5, "height": tall + 6}
    yield svg.element("rect", **mark, fill=INK, stroke=PAPER, stroke_width=1)
