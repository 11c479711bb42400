"""Doubt is drawn: each rank with a bracket over the places it could take, tied (seri) ones marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from workbench.domain.session import Session
from workbench.present import svg
from workbench.present.doubt_words import of_hundred
from workbench.present.i18n import Translator
from workbench.present.surfaces import ACCENT, INK, PALE, PAPER, SURFACES, WARM_GREY, Surface
from workbench.prioritisation import Outcome
from workbench.robustness import Robustness

PAD = 8
MOST_PLACES = 3
"""The axis shows so many times the rows that are drawn; brackets that reach further end in an arrow."""


@dataclass(frozen=True)
class _Row:
    label: str
    rank: int
    shared: bool
    name: str
    funded: bool
    best: int
    worst: int
    count: int | None
    group: int | None
    """Position of its group among the groups; None for one that can be told from its neighbours."""


@dataclass(frozen=True)
class _Sheet:
    look: Surface
    width: float
    names: float
    left: float
    right: float
    top: float
    last: int
    t: Translator

    def x(self, rank: float) -> float:
        """Return where a rank stands."""
        share = (min(rank, self.last) - 1) / max(self.last - 1, 1)
        return self.left + share * (self.right - self.left)

    def y(self, place: int) -> float:
        """Return the middle of a row."""
        return self.top + (place + 0.5) * self.look.row


def rank_brackets(
    found: Robustness,
    outcome: Outcome,
    session: Session,
    t: Translator,
    *,
    top: int = 20,
    width: int | None = None,
    surface: str = "paper",
) -> str:
    """Draw the first ranks with the places that each takes in nine of ten recalculations.

    Parameters
    ----------
    found : Robustness
        With a joint recalculation.
    outcome, session
    t : Translator
    top : int
        Proposals that are shown, by rank.
    width : int, optional
        In px; defaults to what the surface usually has.
    surface : {"wall", "desk", "paper"}

    Returns
    -------
    str
        One SVG element; an empty text where nothing was drawn anew.
    """
    if found.joint is None:
        return ""
    rows = _rows(found, outcome, session, top)
    sheet = _sheet(rows, SURFACES[surface], float(width or SURFACES[surface].width), t)
    title = t("figure.brackets.title")
    drawn = [
        *_axis(sheet, len(rows)),
        *_line(sheet, rows),
        *(part for place, row in enumerate(rows) for part in _row(sheet, row, place)),
        *_groups(sheet, rows),
    ]
    height = sheet.y(len(rows)) + PAD
    return svg.document(sheet.width, height, title, drawn, _said(rows, found, t))


def _rows(found: Robustness, outcome: Outcome, session: Session, top: int) -> list[_Row]:
    joint = found.joint
    if joint is None:
        return []
    source = found.people or found.rounding
    groups = (
        {} if source is None else {label: at for at, group in enumerate(source.groups) for label in group}
    )
    activity, table = session.proposals.frame["activity"], outcome.table
    places, funded = joint.places.to_dict("index"), joint.funded
    return [
        _Row(
            label,
            outcome.ranking_of(label) or 0,
            bool(table["shared"][label] > 1),
            str(activity[label]),
            table["standing"][label] == "funded",
            int(places[label]["best"]),
            int(places[label]["worst"]),
            None if funded is None or pd.isna(funded[label]) else of_hundred(float(funded[label])),
            groups.get(label),
        )
        for label in map(str, table.index[table["rank"].notna()][:top])
    ]


def _sheet(rows: Sequence[_Row], look: Surface, width: float, t: Translator) -> _Sheet:
    names = svg.text_width("000=", look.size) + PAD
    count = svg.text_width(t("figure.brackets.count", count=100), look.note) + 2 * PAD
    tie = svg.text_width(t("figure.brackets.tied"), look.note) + 3 * PAD
    furthest = max((row.worst for row in rows), default=1)
    last = max(min(furthest, MOST_PLACES * len(rows)), len(rows), 2)
    return _Sheet(look, width, names, width * 0.40, width - count - tie, look.note * 2.6, last, t)


def _axis(sheet: _Sheet, rows: int) -> Iterator[str]:
    look, t = sheet.look, sheet.t
    step = max(5, -(-sheet.last // 50) * 5)
    marks = [1, *range(step, sheet.last + 1, step)]
    caption = t("figure.brackets.axis")
    yield svg.text(caption, sheet.left, look.note, look.note, fill=WARM_GREY)
    for mark in marks:
        x = sheet.x(mark)
        ends = {"x1": x, "x2": x, "y1": sheet.top - 4, "y2": sheet.top + rows * look.row}
        yield svg.element("line", **ends, stroke=PALE, stroke_width=1)
        yield svg.text(str(mark), x, sheet.top - 6, look.note, text_anchor="middle", fill=WARM_GREY)


def _line(sheet: _Sheet, rows: Sequence[_Row]) -> Iterator[str]:
    """Draw the ceiling line after the last funded row."""
    funded = [place for place, row in enumerate(rows) if row.funded]
    if funded and funded[-1] < len(rows) - 1:
        y = sheet.top + (funded[-1] + 1) * sheet.look.row
        across = {"x1": PAD, "x2": sheet.width - PAD, "y1": y, "y2": y}
        yield svg.element("line", **across, stroke=INK, stroke_width=1.5, stroke_dasharray="8 5")


def _row(sheet: _Sheet, row: _Row, place: int) -> Iterator[str]:
    look, y = sheet.look, sheet.y(place)
    base = y + look.size * 0.36
    rank = f"{row.rank}=" if row.shared else str(row.rank)
    yield svg.text(rank, sheet.names - PAD, base, look.size, text_anchor="end", fill=INK)
    room = sheet.left - sheet.names - 2 * PAD
    yield svg.text(svg.fitted(row.name, look.size, room), sheet.names, base, look.size, fill=INK)
    yield from _bracket(sheet, row, y)
    if row.count is not None:
        said = sheet.t("figure.brackets.count", count=row.count)
        x = sheet.width - PAD
        yield svg.text(said, x, y + look.note * 0.36, look.note, text_anchor="end", fill=INK)


def _bracket(sheet: _Sheet, row: _Row, y: float) -> Iterator[str]:
    colour, tick = (ACCENT if row.funded else WARM_GREY), sheet.look.row * 0.24
    left, right = sheet.x(row.best), sheet.x(row.worst)
    beyond = row.worst > sheet.last
    stroke = {"stroke": colour, "stroke_width": 2}
    if left != right:
        yield svg.element("line", x1=left, x2=right, y1=y, y2=y, **stroke)
        yield svg.element("line", x1=left, x2=left, y1=y - tick, y2=y + tick, **stroke)
    if beyond:
        points = [(right, y - tick), (right + PAD, y), (right, y + tick)]
        path = " ".join(f"{svg.number(x)},{svg.number(at)}" for x, at in points)
        yield svg.element("polygon", points=path, fill=colour)
    elif left != right:
        yield svg.element("line", x1=right, x2=right, y1=y - tick, y2=y + tick, **stroke)
    # Solid for the funded, hollow for the others, as on the ceiling line.
    dot = {"cx": sheet.x(row.rank), "cy": y, "r": sheet.look.row * 0.19}
    yield svg.element("circle", **dot, fill=colour if row.funded else PAPER, **stroke)


def _groups(sheet: _Sheet, rows: Sequence[_Row]) -> Iterator[str]:
    """Draw a bracket at the right over rows that cannot be told apart."""
    look, word = sheet.look, sheet.t("figure.brackets.tied")
    x = sheet.right + PAD * 1.5
    for group in sorted({row.group for row in rows if row.group is not None}):
        places = [place for place, row in enumerate(rows) if row.group == group]
        if len(places) < 2:
            continue
        top, bottom = sheet.y(places[0]) - look.row * 0.3, sheet.y(places[-1]) + look.row * 0.3
        path = f"M{svg.number(x - 4)} {svg.number(top)} H{svg.number(x)} V{svg.number(bottom)} h-4"
        yield svg.element("path", d=path, stroke=INK, stroke_width=1.4, fill="none")
        middle = (top + bottom) / 2 + look.note * 0.36
        yield svg.text(word, x + PAD / 2, middle, look.note, font_weight=700, fill=INK)


def _said(rows: Sequence[_Row], found: Robustness, t: Translator) -> str:
    tied = sum(row.group is not None for row in rows)
    sure = sum(row.best == row.worst for row in rows)
    return t("figure.brackets.alt", count=len(rows), draws=found.draws, sure=sure, tied=tied)
