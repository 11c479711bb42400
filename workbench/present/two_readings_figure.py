"""Two readings of one room as two columns joined by lines; those that cross the ceiling are thick."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.deliberation import GROUP, PERSON, GroupReading
from workbench.domain.session import Session
from workbench.present import svg
from workbench.present.i18n import Translator
from workbench.present.surfaces import ACCENT, INK, PAPER, SURFACES, WARM_GREY, Surface
from workbench.prioritisation import Outcome, Standing

PAD = 8
COLUMN = 0.4
"""Share of the width that each column of names has."""


@dataclass(frozen=True)
class _Sheet:
    look: Surface
    left: float
    right: float
    top: float
    rows: dict[str, tuple[int, int]]
    funded: tuple[frozenset[str], frozenset[str]]

    def y(self, row: int) -> float:
        return self.top + (row + 0.5) * self.look.row


def two_readings_figure(
    reading: GroupReading,
    outcome: Outcome,
    session: Session,
    t: Translator,
    *,
    top: int = 20,
    surface: str = "paper",
) -> str:
    """Draw one person one voice at the left, one group one voice at the right.

    Parameters
    ----------
    reading : GroupReading
        Of a grouping whose groups can be told apart.
    outcome, session
        The computed outcome and the session it came from.
    t : Translator
    top : int
        Proposals that are among the first in one of the readings; all that cross the ceiling are added.
    surface : {"wall", "desk", "paper"}

    Returns
    -------
    str
        One SVG element. A filled dot is funded, a hollow one is not.
    """
    look = SURFACES[surface]
    sheet = _sheet(reading, outcome, look, top)
    heads = ((PERSON, sheet.left, "end"), (GROUP, sheet.right, "start"))
    drawn = [
        svg.text(t(f"deliberation.reading.{name}"), x, look.note * 1.3, look.note, text_anchor=anchor,
                 font_weight=700, fill=INK)
        for name, x, anchor in heads
    ]  # fmt: skip
    crossing = {*reading.enters, *reading.leaves}
    for label in sorted(sheet.rows, key=lambda label: (label in crossing, sheet.rows[label])):
        drawn += _joined(sheet, label, crossing=label in crossing)
        drawn += _named(sheet, reading, session, label)
    said = t(
        "figure.two_readings.alt",
        count=len(sheet.rows),
        enters=len(reading.enters),
        leaves=len(reading.leaves),
    )
    height = sheet.top + len(sheet.rows) * look.row + PAD
    return svg.document(look.width, height, t("figure.two_readings.title"), drawn, said)


def _sheet(reading: GroupReading, outcome: Outcome, look: Surface, top: int) -> _Sheet:
    ranks = reading.ranks
    shown = (ranks[[PERSON, GROUP]] <= top).any(axis="columns")
    shown |= ranks.index.isin([*reading.enters, *reading.leaves])
    labels = [str(label) for label in ranks.index[shown]]
    orders = [sorted(labels, key=lambda label: (int(ranks[name][label]), label)) for name in (PERSON, GROUP)]
    before = frozenset(map(str, outcome.standing(Standing.FUNDED).index))
    after = (before | {*reading.enters}) - {*reading.leaves}
    return _Sheet(
        look=look,
        left=look.width * COLUMN,
        right=look.width * (1 - COLUMN),
        top=look.note * 2.2,
        rows={label: (orders[0].index(label), orders[1].index(label)) for label in labels},
        funded=(before, after),
    )


def _joined(sheet: _Sheet, label: str, *, crossing: bool) -> Iterator[str]:
    first, second = sheet.rows[label]
    gap = sheet.look.size * 0.8
    ends = {"x1": sheet.left + gap, "x2": sheet.right - gap, "y1": sheet.y(first), "y2": sheet.y(second)}
    colour = INK if crossing else WARM_GREY
    yield svg.element("line", **ends, stroke=colour, stroke_width=4.5 if crossing else 1)
    for side, x in ((0, ends["x1"]), (1, ends["x2"])):
        fill = ACCENT if label in sheet.funded[side] else PAPER
        y = sheet.y(sheet.rows[label][side])
        yield svg.element(
            "circle", cx=x, cy=y, r=sheet.look.size * 0.32, fill=fill, stroke=ACCENT, stroke_width=1.5
        )


def _named(sheet: _Sheet, reading: GroupReading, session: Session, label: str) -> Iterator[str]:
    size = sheet.look.size
    activity = str(session.proposals.frame["activity"][label])
    room = sheet.left - PAD - size * 3
    name = svg.fitted(activity, size, room)
    sides = ((0, PERSON, sheet.left, "end", -1), (1, GROUP, sheet.right, "start", 1))
    for side, column, x, anchor, sign in sides:
        base = sheet.y(sheet.rows[label][side]) + size * 0.35
        rank = str(int(reading.ranks[column][label]))
        middle = x + sign * size * 1.1
        yield svg.text(rank, middle, base, size, text_anchor="middle", font_weight=600, fill=INK)
        yield svg.text(name, x + sign * size * 2.2, base, size, text_anchor=anchor, fill=INK)
