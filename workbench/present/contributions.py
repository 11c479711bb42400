"""What each criterion gives to the score: stacked bars for the first ranked proposals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.domain.session import Session
from workbench.present import svg
from workbench.present.i18n import Translator
from workbench.present.surfaces import INK, PAPER, SURFACES, WARM_GREY, Surface
from workbench.prioritisation import Outcome

COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#f0e442")
"""Six of Okabe and Ito (2008), in an order that also steps between light and dark."""
PATTERNS = (
    "",
    "M0 8 L8 0 M-2 2 L2 -2 M6 10 L10 6",
    "M0 4 H8",
    "M4 0 V8",
    "M0 0 L8 8 M-2 6 L2 10 M6 -2 L10 2",
    "M0 4 H8 M4 0 V8",
)
"""The second sign of each colour, so that black and white print can be read: none, /, -, |, back /, +."""
PAD = 8


@dataclass(frozen=True)
class _Series:
    """One criterion, or the rest of them together."""

    name: str
    share: float
    values: dict[str, float]


def contribution_bars(
    outcome: Outcome,
    session: Session,
    t: Translator,
    *,
    top: int = 10,
    width: int | None = None,
    surface: str = "desk",
) -> str:
    """Draw the contributions of the criteria to the scores.

    Parameters
    ----------
    outcome, session
        The computed outcome and the session it came from.
    t : Translator
    top : int
        Proposals that are shown, by rank.
    width : int, optional
        In px; defaults to what the surface usually has.
    surface : {"wall", "desk", "paper"}

    Returns
    -------
    str
        One SVG element. At most six series: of more criteria the lightest stand together as one.
    """
    look = SURFACES[surface]
    wide = float(width or look.width)
    labels = outcome.table.index[outcome.table["rank"].notna()][:top].tolist()
    series = _series(outcome, session, labels, t)
    title = t("figure.contributions.title")
    head = [svg.text(title, PAD, look.title, look.title, font_weight=600, fill=INK)] if look.title else []
    legend, below = _legend(series, look, wide, t, look.title * 1.3)
    rows: list[str] = []
    for number, label in enumerate(labels):
        place = _Place(look, wide, below + number * look.row, t, outcome.scoring.highest)
        rows += _row(outcome, session, label, series, place)
    said = t("figure.contributions.alt", criteria=len(session.criteria), count=len(labels))
    height = below + max(len(labels), 1) * look.row + PAD
    return svg.document(wide, height, title, [_definitions(), *head, *legend, *rows], said)


def _series(outcome: Outcome, session: Session, labels: list[str], t: Translator) -> tuple[_Series, ...]:
    """Return the criteria by weight; the lightest together where there are more than colours."""
    given = outcome.scoring.contributions.reindex(labels)
    weights = {str(label): float(weight) for label, weight in outcome.weights.values.items()}
    order = sorted(weights, key=lambda label: (-weights[label], label))
    own = order if len(order) <= len(COLOURS) else order[: len(COLOURS) - 1]
    names = session.criteria.frame["name"]
    series = [
        _Series(str(names[label]), weights[label], {str(k): float(v) for k, v in given[label].items()})
        for label in own
    ]
    rest = order[len(own) :]
    if rest:
        together = given[rest].sum(axis="columns")
        values = {str(k): float(v) for k, v in together.items()}
        series.append(_Series(t("word.other_criteria"), sum(weights[label] for label in rest), values))
    return tuple(series)


def _definitions() -> str:
    """Define one pattern for each colour; equal in every picture, so that pictures may share a page."""
    patterns = []
    for number, (colour, path) in enumerate(zip(COLOURS, PATTERNS, strict=True)):
        ground = svg.element("rect", width=8, height=8, fill=colour)
        lines = svg.element("path", d=path, stroke=INK, stroke_width=1.1, fill="none") if path else ""
        patterns.append(
            svg.element(
                "pattern",
                ground,
                lines,
                id=f"criterion-{number}",
                width=8,
                height=8,
                patternUnits="userSpaceOnUse",
            )
        )
    return svg.element("defs", *patterns)


def _legend(
    series: Sequence[_Series], look: Surface, width: float, t: Translator, top: float
) -> tuple[list[str], float]:
    """Draw the names beside their signs, in as many lines as they need."""
    drawn: list[str] = []
    x, y, step = float(PAD), top + PAD, look.note * 1.7
    for number, entry in enumerate(series):
        share = t.style.percent(entry.share, 1)
        name = svg.fitted(entry.name, look.note, width - 4 * look.note - svg.text_width(share, look.note))
        label = f"{name} ({share})"
        room = look.note * 1.6 + svg.text_width(label, look.note) + 2 * PAD
        if x > PAD and x + room > width:
            x, y = float(PAD), y + step
        sign = {"x": x, "y": y, "width": look.note * 1.2, "height": look.note}
        drawn.append(
            svg.element("rect", **sign, fill=f"url(#criterion-{number})", stroke=INK, stroke_width=0.8)
        )
        drawn.append(svg.text(label, x + look.note * 1.6, y + look.note * 0.86, look.note, fill=INK))
        x += room
    return drawn, y + step + PAD


@dataclass(frozen=True)
class _Place:
    look: Surface
    width: float
    y: float
    t: Translator
    highest: float

    @property
    def left(self) -> float:
        """Where the bars begin."""
        return max(self.width * 0.42, 12 * self.look.size)

    def x(self, score: float) -> float:
        """Return where a score of 0..highest stands; the number of the score has its room at the right."""
        room = self.width - self.left - svg.text_width("100,00", self.look.size) - 2 * PAD
        return self.left + room * score / self.highest


def _row(
    outcome: Outcome, session: Session, label: str, series: Sequence[_Series], place: _Place
) -> Iterator[str]:
    look = place.look
    base = place.y + look.row * 0.5 + look.size * 0.36
    names_x = svg.text_width("000=", look.size) + PAD
    facts = outcome.reasons[label].facts
    rank = f"{facts['rank']}=" if facts["shared"] > 1 else str(facts["rank"])
    yield svg.text(rank, names_x - PAD, base, look.size, text_anchor="end", fill=INK)
    activity = str(session.proposals.frame["activity"][label])
    name = svg.fitted(activity, look.size, place.left - names_x - 2 * PAD)
    yield svg.text(name, names_x, base, look.size, fill=INK)
    top, height = place.y + look.row * 0.18, look.row * 0.64
    whole = {"x": place.left, "y": top, "width": place.x(place.highest) - place.left, "height": height}
    yield svg.element("rect", **whole, fill=PAPER, stroke=WARM_GREY, stroke_width=0.6, stroke_dasharray="2 3")
    if label in outcome.withheld:  # the length of a bar would tell the score
        said = place.t("score.few")
        yield svg.text(said, place.left + PAD, base, look.size, fill=WARM_GREY, font_style="italic")
        return
    at = 0.0
    for number, entry in enumerate(series):
        gain = entry.values[label]
        if gain == gain and gain > 0:  # noqa: PLR0124 - a missing gain is not drawn
            part = {"x": place.x(at), "y": top, "width": place.x(at + gain) - place.x(at), "height": height}
            fill = f"url(#criterion-{number})"
            yield svg.element("rect", **part, fill=fill, stroke=INK, stroke_width=0.8)
            at += gain
    score = place.t.style.number(outcome.score_shown(label))
    x = place.x(place.highest) + PAD
    yield svg.text(score, x, base, look.size, font_weight=600, fill=INK)
